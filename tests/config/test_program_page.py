"""The page of a program: story, targets, figures over time and by province, how to take part."""

import datetime

import pytest
import time_machine
from pytest_django.asserts import assertContains, assertNotContains

from programs.enums import Counting
from programs.models import OfficialFigure, PublishedFigure, Target
from tests.factories.esmart import ProgramFactory
from tests.factories.figures import IndicatorFactory, counted
from tests.factories.programs import ProvinceFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/program/link-and-match/"
TODAY = datetime.datetime(2026, 11, 28, 3, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def program():
    return ProgramFactory(
        slug="link-and-match",
        name="Link and match",
        audiences=["SCHOOL", "COMPANY"],
        began_on=datetime.date(2017, 2, 28),
        story="Paragraf pertama.\r\n\r\nParagraf kedua.",
        how_to_join="Buat akun lebih dahulu.",
    )


@pytest.fixture
def schools(program):
    return counted(
        IndicatorFactory(
            program=program, slug="lm-smk", name="SMK bermitra", unit="SMK", position=1
        ),
        {"2019-03": 2_500, "2020-02": 104},
    )


def said(indicator, value, day=datetime.date(2020, 10, 26), source="Siaran pers", **more):
    return OfficialFigure.objects.create(
        indicator=indicator, value=value, as_of=day, source=source, **more
    )


def test_a_stranger_reads_what_it_is_for_whom_and_how_to_take_part(client, program):
    page = client.get(PAGE)

    assertContains(page, '<p class="mt">Paragraf pertama.</p>', html=True)
    assertContains(page, '<p class="mt">Paragraf kedua.</p>', html=True)
    assertContains(page, "Berjalan sejak Februari 2017")
    assertContains(page, "SMK dan lembaga pendidikan, perusahaan")
    assertContains(page, "Buat akun lebih dahulu.")
    assertContains(page, 'href="/kemitraan/"')


def test_a_program_that_ended_is_not_joined(client, program):
    program.is_active = False
    program.save()

    page = client.get(PAGE)

    assertContains(page, "tidak menerima peserta baru")
    assertNotContains(page, "Lihat cara bekerja sama")


def test_a_program_outside_this_site_says_whom_to_ask(client):
    ProgramFactory(slug="sentra-ikm")

    assertContains(client.get("/program/sentra-ikm/"), "tidak dibuka lewat situs ini")


def test_a_program_that_does_not_exist_is_not_found(client):
    assert client.get(PAGE).status_code == 404


def test_before_anything_is_counted_the_page_says_so(client, program):
    IndicatorFactory(program=program)

    page = client.get(PAGE)

    assertContains(page, "Belum ada angka untuk ditampilkan")
    assertContains(page, "hanya diumumkan sebagai angka nasional")


def test_our_count_stands_beside_what_was_announced(client, schools):
    said(schools, 2_612)

    page = client.get(PAGE)

    assertContains(page, "<b>2.604</b>", html=True)
    assertContains(page, "Angka resmi 26 Oktober 2020: 2.612. Sumber: Siaran pers.")
    assertContains(page, "Dihitung 28 November 2026, 10.00 WIB.")


def test_figures_of_one_day_that_contradict_each_other_are_all_shown(client, schools):
    said(schools, 2_612, source="Siaran pers")
    said(schools, 2_599, source="Harian Contoh", note="angka lain")
    said(schools, 1_019, day=datetime.date(2017, 10, 31), source="Berita lama")

    page = client.get(PAGE)

    assertContains(page, "2.612 dan 2.599. Sumbernya berbeda-beda.")
    assertContains(page, "Harian Contoh; angka lain")
    assertContains(page, "Untuk hari yang sama diumumkan angka yang berbeda.")
    assertContains(page, "Berita lama")


def test_a_frozen_figure_keeps_the_definition_of_its_day(client, schools):
    PublishedFigure.objects.create(
        indicator=schools,
        value=2_590,
        period="sampai Oktober 2026",
        counted_at=TODAY,
        definition="SMK menurut daftar lama",
        occasion="Siaran pers akhir tahun",
        published_by=UserFactory(),
    )

    page = client.get(PAGE)

    assertContains(page, "Siaran pers akhir tahun")
    assertContains(page, "2.590")
    assertContains(page, "SMK menurut daftar lama")


@pytest.fixture
def targets(schools):
    for year, value, is_in_use in [(2019, 2_600, True), (2019, 2_300, False), (2020, 3_000, True)]:
        Target.objects.create(
            indicator=schools,
            year=year,
            value=value,
            is_in_use=is_in_use,
            source="Renstra" if is_in_use else "Berita Contoh",
        )


def test_the_last_year_with_a_target_is_shown_first(client, targets):
    page = client.get(PAGE)

    assert page.context["year"] == 2020
    assertContains(page, "Tercatat 2.604 SMK (86 persen); sasaran 3.000 SMK.")


def test_another_year_is_one_press_away(client, targets, schools):
    said(schools, 2_612, day=datetime.date(2019, 3, 31))

    page = client.get(PAGE, {"tahun": "2019"})

    assertContains(
        page,
        "Tercatat 2.500 SMK (96 persen), angka resmi 2.612 SMK (100 persen); sasaran 2.600 SMK.",
    )
    assertContains(page, "SMK bermitra: 2.300 SMK. Sumber: Berita Contoh.")


@pytest.mark.parametrize("year", ["", "1999", "20x9", "٢٠١٩", "9" * 400, "-2019", "2019.0"])
def test_a_year_without_targets_is_answered_with_the_usual_one(client, targets, year):
    assert client.get(PAGE, {"tahun": year}).context["year"] == 2020


@pytest.mark.parametrize("slug", ["", "tidak-ada", "<b>", "\x00", "lm-smk'"])
def test_an_indicator_that_does_not_exist_is_answered_with_the_first(client, schools, slug):
    page = client.get(PAGE, {"indikator": slug, "urut": slug})

    assert page.context["chosen"].indicator == schools


def test_a_growing_count_is_a_line_with_what_was_announced_beside_it(client, schools):
    said(schools, 1_019, day=datetime.date(2017, 10, 31))

    page = client.get(PAGE)

    lines = {label: points for label, points, _ in page.context["lines"]}
    assert lines["Angka resmi"] == [(datetime.date(2017, 10, 31), 1_019)]
    assert lines["Tercatat di sini"][-1] == (datetime.date(2026, 11, 30), 2_604)
    # Every third month of more than seven years, and the last one.
    assert len(lines["Tercatat di sini"]) == 31
    assertContains(page, "<polyline")


def test_a_count_of_a_year_is_a_column_for_each_month(client, program):
    counted(
        IndicatorFactory(program=program, name="Peserta", counting=Counting.YEARLY),
        {"2026-01": 30, "2026-03": 12},
    )

    page = client.get(PAGE)

    months = [(month.month, amount) for month, amount, _ in page.context["columns"]]
    assert months[:3] == [(1, 30), (2, 0), (3, 12)]
    assert months[-1] == (11, 0)


def test_what_is_only_announced_is_shown_over_time_by_its_announcements(client, program):
    indicator = IndicatorFactory(program=program, name="Ekspor", unit="dolar AS")
    said(indicator, 100, day=datetime.date(2019, 12, 31))

    assertContains(client.get(PAGE), "baru diumumkan untuk satu hari")
    said(indicator, 150, day=datetime.date(2020, 12, 31))

    [(label, points, is_joined)] = client.get(PAGE).context["lines"]
    assert (label, is_joined) == ("Angka resmi", False)
    assert [value for _, value in points] == [100, 150]


def test_the_provinces_stand_on_a_map_and_in_a_table(client, schools):
    counted(schools, {"2019-03": 2_000}, province=ProvinceFactory(code="35", name="Jawa Timur"))
    counted(schools, {"2020-02": 104}, province=ProvinceFactory(code="13"))

    page = client.get(PAGE)

    assertContains(page, "<title>Jawa Timur: 2.000 SMK</title>", html=True)
    assert page.context["provinces"][:2] == [
        ("Jawa Timur", 2_000, "2.000"),
        ("Sumatera Barat", 104, "104"),
    ]
    assertContains(page, "Ditambah 500 tanpa provinsi.")
    by_name = client.get(PAGE, {"urut": "nama"})
    assert by_name.context["provinces"][0] == ("Aceh", 0, "0")
    assertContains(by_name, 'id="provinsi" open>')
    assertContains(page, 'id="provinsi">')


def test_more_figures_ask_no_more_questions(
    client, targets, schools, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        client.get(PAGE)
    for number in range(6):
        indicator = IndicatorFactory(program=schools.program, position=50 + number)
        counted(indicator, {f"2025-{month:02}": 5 for month in range(1, 13)})
        for day in range(1, 6):
            said(indicator, day, day=datetime.date(2025, 1, day))
    with django_assert_max_num_queries(10):
        client.get(PAGE)
