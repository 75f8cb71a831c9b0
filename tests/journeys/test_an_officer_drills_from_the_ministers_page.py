"""From all programs to one figure, to its rows, to a record; and the month taken along on paper."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from partnerships.enums import AgreementStatus
from programs import roles
from programs.models import Indicator, Target
from programs.workflow import live_figures
from tests.factories.partnerships import AgreementFactory, PartnerFactory, SchoolFactory
from tests.factories.programs import RegionFactory
from tests.journeys.officers import Officer
from tests.pdf_text import words

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/admin/menteri/"


@pytest.fixture
def signed():
    """Three PKS, two of them of a school in Sumatera Barat, and a target that they reach."""
    call_command("load_reference", verbosity=0)
    for code in ("13.71", "13.71", "32.73"):
        agreement = AgreementFactory(
            school=SchoolFactory(region=RegionFactory(code=code)),
            company=PartnerFactory(),
            status=AgreementStatus.ACTIVE,
        )
    Target.objects.update_or_create(
        indicator=Indicator.objects.get(slug="lm-pks"),
        year=timezone.localdate().year,
        region=None,
        is_in_use=True,
        defaults={"value": 3, "source": "Renstra"},
    )
    live_figures.recount("partnerships")
    return agreement


def test_an_officer_drills_from_the_ministers_page(visitor, signed, tmp_path):
    officer = Officer(visitor, roles.BPSDMI_OFFICER)
    at, page = officer.at, officer.page
    at.press("Program dan sasaran", exact=False)
    assert page.url.endswith(PAGE)
    at.sees("Perjanjian kerja sama (PKS)", "Sesuai sasaran", "Angka dihitung")

    at.press("Perjanjian kerja sama (PKS)")
    at.sees("3 PKS", "Jawa Barat", "Renstra")
    at.press("Lihat baris di balik angka ini")
    at.sees("3 baris")
    page.locator("#wilayah").select_option("32")
    at.press("Tampilkan")
    at.sees("1 baris", signed.number)
    at.press(signed.number)
    assert f"/{signed.pk}/" in page.url

    page.go_back()
    at.look().sees("1 baris")
    at.press("Program dan sasaran", exact=False)
    link = page.get_by_role("link", name="Laporan PDF")
    answer = page.request.get(at.origin + link.get_attribute("href"))
    assert "Perjanjian kerja sama (PKS)" in words(answer.body())
    at.look_everywhere(PAGE)
    at.look_everywhere(f"{PAGE}lm-pks/")
    at.look_everywhere(f"{PAGE}lm-pks/baris/")
    at.look_everywhere(f"{PAGE}lm-pks/bekukan/")


def test_a_figure_is_frozen_from_the_page_of_its_indicator(visitor, signed):
    officer = Officer(visitor, roles.BPSDMI_OFFICER)
    officer.at.visit(f"{PAGE}lm-pks/")
    officer.at.press("Bekukan angka")
    officer.at.sees("3 PKS", "Dihitung pada")
    officer.page.get_by_label("Untuk apa angka ini dibekukan?").fill("Siaran pers")

    officer.at.press("Bekukan angka")

    officer.at.sees("dibekukan. Nilainya tidak berubah lagi.", "Siaran pers")
