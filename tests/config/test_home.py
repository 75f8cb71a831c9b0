"""The home page: for whom, what is open, what came of it, where. Open to all."""

import datetime

import pytest
import time_machine
from pytest_django.asserts import assertContains, assertNotContains

from config.home import HEADLINES, ON_THE_MAP
from programs.enums import Counting
from programs.models import OfficialFigure
from tests.factories.diklat import BatchFactory
from tests.factories.esmart import ProgramFactory
from tests.factories.figures import IndicatorFactory, counted
from tests.factories.programs import HolidayFactory, NewsFactory, ProvinceFactory, UserFactory
from tests.factories.subsidies import SchemeFactory
from tests.factories.training import EventFactory
from tests.people import sign_in
from training.diklat_enums import BatchStatus

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 27, 3, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 27)  # a Friday


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def indicators():
    """All that the page tells, with an indicator of a year among them."""
    program = ProgramFactory(slug="link-and-match", name="Link and match")
    return {
        slug: IndicatorFactory(
            program=program,
            slug=slug,
            name=f"Indikator {slug}",
            unit="rupiah" if slug == "esmart-omzet" else "SMK",
            counting=Counting.YEARLY if slug == "mesin-ikm" else Counting.CUMULATIVE,
        )
        for slug in {*HEADLINES, *ON_THE_MAP}
    }


def test_four_doors_lead_to_the_programs_for_those_who_stand_there(client):
    page = client.get("/")

    for title, word in [
        ("Saya pelaku IKM", "ikm"),
        ("Saya aparatur dinas", "aparatur"),
        ("Saya dari SMK", "smk"),
        ("Saya dari perusahaan", "perusahaan"),
    ]:
        assertContains(page, title)
        assertContains(page, f'href="/program/?untuk={word}"')


def test_on_an_empty_register_the_page_stands_without_figures_and_map(client):
    page = client.get("/")

    assertContains(page, "Pengajuan bantuan mesin belum dibuka")
    assertContains(page, "e-Smart IKM")
    shown_when_there = [
        "Program dalam angka",
        "38 provinsi",
        "Berita dari kementerian",
        "Diklat 3in1:",
    ]
    for heading in shown_when_there:
        assertNotContains(page, heading)


def test_before_anything_is_counted_the_figures_are_those_announced(client, indicators):
    OfficialFigure.objects.create(
        indicator=indicators["esmart-omzet"],
        as_of=datetime.date(2019, 12, 31),
        value=3_270_000_000,
        source="Siaran pers",
    )

    page = client.get("/")

    assertContains(page, "<b>Rp3,27 miliar</b>", html=True)
    assertContains(page, "Angka resmi 31 Desember 2019. Sumber: Siaran pers.")
    assertContains(page, "Belum dihitung dan belum diumumkan.")
    assertNotContains(page, "38 provinsi")


def test_our_own_count_is_told_with_its_time_and_what_was_announced(client, indicators):
    counted(indicators["kampanye-semuanya-ada-di-sini"], {"2020-07": 1_600_000})
    OfficialFigure.objects.create(
        indicator=indicators["kampanye-semuanya-ada-di-sini"],
        as_of=datetime.date(2020, 7, 1),
        value=2_925,
        source="VOI",
    )

    page = client.get("/")

    assertContains(page, "<b>1,6 juta</b>", html=True)
    assertContains(page, "Dihitung 27 November 2026, 10.00 WIB.")
    assertContains(page, "Angka resmi 1 Juli 2020: 2.925. Sumber: VOI.")


@pytest.fixture
def on_the_map(indicators):
    counted(indicators["lm-smk"], {"2020-01": 30})
    counted(indicators["lm-smk"], {"2020-01": 20}, province=ProvinceFactory(code="13"))
    counted(indicators["mesin-ikm"], {"2025-12": 50, "2026-02": 4})
    aceh = ProvinceFactory(code="11", name="Aceh")
    counted(indicators["mesin-ikm"], {"2025-12": 50, "2026-02": 4}, province=aceh)


def test_the_map_shows_the_first_indicator_that_has_something(client, on_the_map):
    page = client.get("/")

    assertContains(page, "<title>Sumatera Barat: 20 SMK</title>", html=True)
    assertContains(page, "30 SMK, kumulatif sejak awal program.")
    assert page.context["leading"] == [("Sumatera Barat", "20 SMK")]
    assert page.context["provinces"][:2] == [("Sumatera Barat", "20"), ("Aceh", "0")]


def test_the_map_is_switched_by_a_link_and_counts_a_year_as_a_year(client, on_the_map):
    page = client.get("/", {"peta": "mesin-ikm"})

    assertContains(page, 'href="?peta=lm-smk#peta"')
    assertContains(page, "<title>Aceh: 4 SMK</title>", html=True)


@pytest.mark.parametrize("word", ["", "tidak-ada", "lm-perusahaan", "<script>", "\x00", "x" * 5000])
def test_a_map_that_does_not_exist_is_answered_with_the_usual_one(client, on_the_map, word):
    page = client.get("/", {"peta": word})

    assert page.status_code == 200
    assert page.context["map_shown"].indicator.slug == "lm-smk"


def test_what_is_open_says_how_many_working_days_are_left(client):
    HolidayFactory(date=datetime.date(2026, 12, 1))
    HolidayFactory(date=datetime.date(2026, 12, 6))  # a Sunday
    HolidayFactory(date=datetime.date(2027, 1, 1))
    SchemeFactory(closes_on=datetime.date(2026, 12, 8), opens_on=datetime.date(2026, 11, 2))

    assertContains(client.get("/"), "Ditutup Selasa, 8 Desember 2026, 6 hari kerja lagi")


def test_a_diklat_that_takes_registrations_is_named(client):
    BatchFactory(
        status=BatchStatus.OPEN, opens_on=TODAY, closes_on=TODAY + datetime.timedelta(days=3)
    )

    assertContains(client.get("/"), "Diklat 3in1:")


def test_the_three_latest_news_are_told(client):
    for number in range(5):
        NewsFactory(
            title=f"Kabar nomor {number}", published_at=NOW - datetime.timedelta(days=number)
        )
    NewsFactory(title="Konsep", published_at=None)

    page = client.get("/")

    assert [one.title for one in page.context["news"]] == [
        "Kabar nomor 0",
        "Kabar nomor 1",
        "Kabar nomor 2",
    ]
    assertContains(page, "Lihat semua berita")


def test_nothing_of_a_person_is_on_the_page_of_a_stranger(client):
    own = sign_in(client, UserFactory(name="Rahmah Contoh")).get("/")
    client.logout()

    assertContains(own, "Buka beranda saya")
    assertNotContains(client.get("/"), "Rahmah")


def test_the_page_asks_ten_questions_at_most_whatever_there_is(
    client, on_the_map, indicators, django_assert_max_num_queries
):
    SchemeFactory(closes_on=datetime.date(2026, 12, 8), opens_on=datetime.date(2026, 11, 2))
    soon = NOW + datetime.timedelta(days=9)
    EventFactory(starts_at=soon, ends_at=soon + datetime.timedelta(hours=2), sessions=0)
    BatchFactory(status=BatchStatus.OPEN, opens_on=TODAY, closes_on=TODAY)
    NewsFactory(program=ProgramFactory())
    with django_assert_max_num_queries(10):
        client.get("/")
    for indicator in indicators.values():
        counted(indicator, {f"2024-{month:02}": month for month in range(1, 13)})
        for day in range(1, 5):
            OfficialFigure.objects.create(
                indicator=indicator, as_of=datetime.date(2024, 1, day), value=day, source="Siaran"
            )
    with django_assert_max_num_queries(10):
        client.get("/")
