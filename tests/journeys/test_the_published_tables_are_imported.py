"""An officer imports the three tables of the published size, and reads the published numbers."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from config.demo_data.link_and_match_files import agreement_rows, company_rows, school_rows
from partnerships.models import Agreement
from programs import roles
from programs.models import Region
from programs.spreadsheets import stream_csv
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_three_files_to_the_figures(visitor, tmp_path):
    call_command("load_reference", verbosity=0)
    call_command("load_partnerships", verbosity=0)
    regions = list(
        Region.objects.exclude(province=None).order_by("code").values_list("code", flat=True)
    )
    officer = Officer(visitor, roles.BPSDMI_OFFICER)
    officer.page.context.set_default_timeout(60_000)

    for key, rows in [
        ("schoolprofile", school_rows(regions)),
        ("companyprofile", company_rows(regions)),
        ("agreement", agreement_rows()),
    ]:
        file = tmp_path / f"{key}.csv"
        file.write_text("".join(stream_csv(rows)), encoding="utf-8")
        send(officer, key, file)

    assert Agreement.objects.signed().count() == 4997
    figures = officer.at.visit(reverse("admin:partnerships_figures"))
    figures.sees("2.612", "885", "4.997")


def send(officer, key, file):
    """Upload, read the preview, confirm."""
    officer.at.visit(reverse(f"admin:partnerships_{key}_import_table"))
    officer.page.locator("input[type=file]").set_input_files(file)
    officer.at.press("Periksa berkas")
    officer.at.send()
