"""Somebody without an account, on a phone: from the home page to the own program in two presses."""

import datetime

import pytest
from django.utils import timezone

from programs.models import OfficialFigure, PublishedFigure, Target
from tests.axe import faults_everywhere
from tests.factories.esmart import ProgramFactory
from tests.factories.figures import IndicatorFactory, counted
from tests.factories.programs import NewsFactory, ProvinceFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
OPEN_ALL_FOLDS = "document.querySelectorAll('main details').forEach((fold) => { fold.open = true })"


@pytest.fixture
def programs():
    """One for each door, of which the first has everything that a page of a program can show."""
    link = ProgramFactory(
        slug="link-and-match",
        name="Link and match",
        audiences=["SCHOOL", "COMPANY"],
        began_on=datetime.date(2017, 2, 28),
        story="SMK dan perusahaan bekerja sama.\n\nBerjalan sejak 2017.",
        how_to_join="Buat akun, lalu usulkan kerja sama.",
    )
    ProgramFactory(slug="e-smart-ikm", name="e-Smart IKM", audiences=["IKM"])
    ProgramFactory(slug="bimtek-aparatur", name="Bimtek aparatur", audiences=["APPARATUS"])
    schools = IndicatorFactory(program=link, slug="lm-smk", name="SMK bermitra", unit="SMK")
    counted(schools, {"2019-03": 2_500, "2024-02": 104})
    for code, value in [("11", 40), ("35", 900), ("32", 1_560), ("33", 104)]:
        counted(schools, {"2019-03": value}, province=ProvinceFactory(code=code))
    counted(
        IndicatorFactory(program=link, name="PKS tahun ini", unit="PKS", counting="YEARLY"),
        {f"{timezone.localdate().year}-01": 12},
    )
    for value, source in [(2_612, "Siaran pers"), (2_599, "Harian Contoh")]:
        OfficialFigure.objects.create(
            indicator=schools, as_of=datetime.date(2020, 10, 26), value=value, source=source
        )
    OfficialFigure.objects.create(
        indicator=schools, as_of=datetime.date(2017, 10, 31), value=1_019, source="Berita lama"
    )
    for year, value in [(2019, 2_600), (2020, 3_000)]:
        Target.objects.create(indicator=schools, year=year, value=value, source="Renstra")
    Target.objects.create(
        indicator=schools, year=2020, value=2_800, source="Berita", is_in_use=False
    )
    PublishedFigure.objects.create(
        indicator=schools,
        value=2_590,
        period="sampai Oktober 2026",
        counted_at=timezone.now(),
        definition="SMK menurut daftar lama",
        occasion="Siaran pers",
        published_by=UserFactory(),
    )
    NewsFactory(title="SMK dapat mencari perusahaan", program=link)


@pytest.mark.parametrize(
    ("door", "program", "way"),
    [
        ("Saya dari SMK", "Link and match", "Usulkan kerja sama"),
        ("Saya dari perusahaan", "Link and match", "Lihat cara bekerja sama"),
        ("Saya pelaku IKM", "e-Smart IKM", "Daftarkan usaha Anda"),
        ("Saya aparatur dinas", "Bimtek aparatur", "Lihat jadwal bimtek"),
    ],
)
def test_two_presses_lead_to_the_own_program(visitor, programs, door, program, way):
    stranger = visitor()
    stranger.visit("/")

    stranger.press(door, exact=False)
    stranger.press(program)

    assert stranger.page.get_by_role("heading", level=1).inner_text() == program
    stranger.sees("Cara ikut", way)


def test_every_public_page_can_be_used_by_everybody(visitor, programs):
    news = NewsFactory(title="Kabar dengan halaman sendiri")
    stranger = visitor()
    for address in (
        "/?peta=lm-smk",
        "/program/",
        "/program/?untuk=smk",
        "/program/?untuk=siapa",
        "/program/link-and-match/",
        "/program/link-and-match/?tahun=2019&urut=nama",
        "/berita/",
        news.get_absolute_url(),
    ):
        stranger.visit(address)
        stranger.page.evaluate(OPEN_ALL_FOLDS)
        assert faults_everywhere(stranger.page) == [], address
    assert stranger.complaints == []


def test_map_and_years_are_switched_without_javascript(browser, live_server, programs):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/program/link-and-match/")

    page.get_by_role("link", name="2019", exact=True).click()
    assert page.get_by_role("heading", name="Sasaran dan realisasi 2019").is_visible()
    page.get_by_role("link", name="PKS tahun ini", exact=True).click()

    assert page.get_by_role("heading", name="PKS tahun ini dari waktu ke waktu").is_visible()
    assert page.get_by_role("heading", name="Sasaran dan realisasi 2019").is_visible()
    page.context.close()
