"""The month of all programs as a paper and as a workbook: the same figures as on the screen."""

import datetime
import io

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from programs import roles
from programs.achievement import by_province, of_all_provinces, standings
from programs.enums import Counting
from programs.models import OfficialFigure, Program
from tests.config.minister import indicator, live, target
from tests.factories.programs import RegionFactory, officer
from tests.pdf_text import pages, words
from tests.people import body_of, sign_in

pytestmark = pytest.mark.django_db

OCTOBER = {"bulan": "2025-10"}


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.AUDITOR))


@pytest.fixture
def figures():
    """One green, one only published, one in percent."""
    RegionFactory(code="13.71")
    smk = indicator(source="BPSDMI")
    live(smk, (2024, 10, 80), (2025, 3, 88), (2025, 10, 12))
    live(smk, (2025, 3, 8), region="13")
    target(smk, 110, year=2025)
    published = indicator("bbi-onboard", is_counted=False, unit="usaha", name="Usaha onboard")
    OfficialFigure.objects.create(
        indicator=published, as_of=datetime.date(2020, 12, 31), value=3_800_000, source="Antara"
    )
    rate = indicator("tpt", unit="persen", name="=Pengangguran", counting=Counting.MONTHLY)
    live(rate, (2025, 10, 1830))
    return smk


def pdf(client, **query):
    return client.get(reverse("minister:pdf"), query)


def book_of(client, **query):
    answer = client.get(reverse("minister:xlsx"), query)
    book = load_workbook(io.BytesIO(body_of(answer)), read_only=True)
    return {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}


def test_the_paper_tells_what_the_screen_tells(desk, figures):
    answer = pdf(desk, **OCTOBER)

    assert answer["Content-Type"] == "application/pdf"
    assert "program-dan-sasaran-2025-10.pdf" in answer["Content-Disposition"]
    text = words(answer.content)
    for said in [
        "Laporan program dan sasaran",
        "Indonesia, akhir Oktober 2025.",
        "Indikator lm-smk",
        "Sesuai sasaran",
        "tercapai 90 persen",
        "naik 12 dari bulan lalu (13,6 %)",
        "naik 20 dari tahun lalu (25,0 %)",
        "Hanya diumumkan",
        "Angka resmi yang terbaru",
        "Usaha onboard31 Desember 20203.800.000Antara",
        "SMK yang pernah menandatangani PKS.",
        "BPSDMI",
        "Halaman 1 dari",
    ]:
        assert said in text, said


def test_the_paper_is_a4_and_every_page_has_its_number(desk, figures):
    for number in range(12):
        one = indicator(f"contoh-{number}", program=_program(number))
        live(one, (2025, 1, 5))

    content = pdf(desk, **OCTOBER).content

    told = pages(content)
    assert len(told) > 2
    for number, text in enumerate(told, 1):
        assert f"Halaman {number} dari {len(told)}" in " ".join(text.split())
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert {
            tuple(round(float(side)) for side in page.MediaBox[2:]) for page in opened.pages
        } == {(842, 595)}


def test_a_paper_of_an_empty_register_says_so(desk):
    Program.objects.create(slug="sentra", name="Sentra IKM", summary="Sentra.")

    text = words(pdf(desk).content)

    assert "Belum ada angka yang dihitung" in text
    assert "Belum punya indikator: Sentra IKM." in text


def test_letters_that_no_paper_can_show_do_not_cost_the_paper(desk, figures):
    figures.name = "SMK 😀 bermitra"
    figures.save()

    assert "SMK □ bermitra" in words(pdf(desk, **OCTOBER).content)


def test_the_paper_of_a_province_is_named_so(desk, figures):
    answer = pdf(desk, wilayah="13", **OCTOBER)

    assert "program-dan-sasaran-2025-10-sb.pdf" in answer["Content-Disposition"]
    assert "Sumatera Barat, akhir Oktober 2025." in words(answer.content)


def test_the_workbook_has_numbers_to_go_on_with(desk, figures):
    sheets = book_of(desk, **OCTOBER)

    assert [*sheets] == ["Ringkasan", "Per bulan", "Per provinsi", "Angka resmi", "Keterangan"]
    smk = next(row for row in sheets["Ringkasan"] if row[1] == "Indikator lm-smk")
    assert smk[2:8] == ("SMK", 100, "Sesuai sasaran", 110, 90, 88)
    assert ("Indikator lm-smk", "2025-10", 12, 100) in {row[1:] for row in sheets["Per bulan"]}
    assert ("Indikator lm-smk", "13", "Sumatera Barat", 8) in {
        row[1:] for row in sheets["Per provinsi"]
    }
    assert 3_800_000 in {row[3] for row in sheets["Angka resmi"]}
    meaning = next(row for row in sheets["Keterangan"] if row[0] == "lm-smk")
    assert meaning[3:] == (
        "SMK yang pernah menandatangani PKS.", "dijumlahkan dalam satu tahun", "BPSDMI",
    )  # fmt: skip


def test_percent_are_told_as_percent_and_a_name_is_no_formula(desk, figures):
    answer = desk.get(reverse("minister:xlsx"), OCTOBER)
    sheet = load_workbook(io.BytesIO(body_of(answer)))["Ringkasan"]

    (row,) = [row for row in sheet.iter_rows(min_row=2) if row[1].value == "=Pengangguran"]

    assert row[1].data_type == "s"
    assert float(row[3].value) == 18.3


def test_all_provinces_at_once_are_what_each_indicator_says_alone(figures):
    for counting in Counting:
        one = indicator(f"cara-{counting.lower()}", counting=counting)
        live(one, (2024, 5, 3), (2025, 9, 2), (2025, 10, 7), region="13")
    told = standings(today=datetime.date(2025, 10, 31), is_over=True)

    at_once = of_all_provinces(told)

    for standing in told:
        alone = by_province(standing.indicator, month=standing.month)
        assert at_once.get(standing.indicator.pk, {}) == alone
    assert sorted(figure for found in at_once.values() for figure in found.values()) == [
        7,
        8,
        9,
        12,
    ]


@pytest.mark.parametrize("name", ["pdf", "xlsx"])
def test_a_report_costs_the_same_with_more_indicators(desk, figures, name):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            body_of(desk.get(reverse(f"minister:{name}"), OCTOBER))
        return len(queries)

    cost()
    few = cost()
    for number in range(5):
        live(indicator(f"contoh-{number}", program=_program(number)), (2025, 1, 5))

    assert cost() == few <= 12


@pytest.mark.parametrize("name", ["pdf", "xlsx"])
def test_who_may_not_see_the_programs_gets_no_report(client, name):
    sign_in(client, officer(roles.FIELD_VERIFIER))

    assert client.get(reverse(f"minister:{name}")).status_code == 403


def _program(number):
    return Program.objects.create(slug=f"p{number}", name=f"Program {number}", summary="Contoh.")
