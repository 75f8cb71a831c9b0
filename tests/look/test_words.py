"""How money, days, moments and sizes are written."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from programs.templatetags import bina, charts

MORNING = datetime(2026, 9, 16, 1, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (bina.rupiah(1_500_000), "Rp1.500.000"),
        (bina.rupiah(-26_400_000), "−Rp26.400.000"),
        (bina.rupiah(0), "Rp0"),
        (bina.rupiah(None), "–"),
        (bina.tanggal(date(2026, 8, 17)), "17 Agustus 2026"),
        (bina.tanggal(datetime(2026, 8, 16, 23, 0, tzinfo=UTC)), "17 Agustus 2026"),
        (bina.tanggal_hari(date(2026, 8, 17)), "Senin, 17 Agustus 2026"),
        (bina.tanggal_hari(date(2026, 11, 20)), "Jumat, 20 November 2026"),
        (bina.tanggal(None), "–"),
        (bina.waktu(MORNING), "16 September 2026, 08.14 WIB"),
        (bina.jam(MORNING), "08.14 WIB"),
        (bina.ukuran(300), "1 KB"),
        (bina.ukuran(860_160), "840 KB"),
        (bina.ukuran(1_258_291), "1,2 MB"),
        (bina.ukuran(5 * 1024 * 1024), "5 MB"),
        (bina.persen(30), "30\N{NO-BREAK SPACE}%"),
        (bina.berakhiran("0012344471"), "••••4471"),
        (bina.disamarkan("Sari Dewi"), "S••• D•••"),
        (bina.hari_kerja_lagi(3), "3 hari kerja lagi"),
        (bina.hari_kerja_lagi(0), "Jatuh tempo hari ini"),
        (bina.hari_kerja_lagi(-2), "Terlambat 2 hari kerja"),
        (bina.hari_kerja_lagi(None), "Menunggu pemohon"),
        (bina.initials("Pemeriksa administrasi umum"), "PA"),
    ],
)
def test_it_is_written_as_people_write_it(words, said):
    assert words == said


@pytest.mark.parametrize(
    ("days", "kind", "icon"),
    [(3, "ok", "check"), (0, "warn", "clock"), (-1, "danger", "alert"), (None, "", "pause")],
)
def test_the_officers_clock_has_colour_and_picture(days, kind, icon):
    assert bina.sla_badge(days) == {
        "kind": kind,
        "icon": icon,
        "word": bina.hari_kerja_lagi(days),
    }


def test_turning_the_page_keeps_the_filters():
    request = RequestFactory().get("/?tahap=kunjungan&halaman=2")

    assert bina.page_query({"request": request}, "halaman", 3) == "?tahap=kunjungan&halaman=3"


def test_a_long_list_shows_only_the_pages_around():
    page = Paginator(range(200), 10).get_page(10)

    assert bina.page_numbers(page) == [1, "…", 9, 10, 11, "…", 20]


class TwoFaults(forms.Form):
    nib = forms.CharField(label="NIB")
    origin = forms.ChoiceField(label="Asal", choices=[("D", "D")], widget=forms.RadioSelect)

    def clean_nib(self):
        raise forms.ValidationError("NIB harus 13 angka.")


def test_the_summary_leads_to_the_first_control_of_every_fault():
    form = TwoFaults({"nib": "9"})
    form.add_error(None, "Pagu tahun ini sudah habis.")

    summary = bina.error_summary(form, None)

    assert summary["faults"] == [
        (None, "Pagu tahun ini sudah habis."),
        ("id_nib", "NIB harus 13 angka."),
        ("id_origin_0", f"Asal: {bina.DJANGOS_WORDS}"),
    ]


def test_the_summary_counts_the_forms_of_a_formset():
    Lines = forms.formset_factory(TwoFaults, extra=0)  # noqa: N806 - a class
    typed = {"form-0-nib": "1", "form-1-nib": "2", "form-1-origin": "D"}
    lines = Lines({"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, **typed})

    assert [target for target, _ in bina.error_summary(lines)["faults"]] == [
        "id_form-0-nib",
        "id_form-0-origin_0",
        "id_form-1-nib",
    ]


def test_without_faults_there_is_no_summary():
    summary = Template("{% load bina %}{% error_summary form %}").render(
        Context({"form": TwoFaults()})
    )

    assert summary.strip() == ""


def test_a_bar_of_money_leaves_nothing_unsaid():
    bar = charts.stacked_bar(8_000, [("Dibayar", 2_000, "q4"), ("Ini", 100, "bar2")])

    assert [(piece.start, piece.width) for piece in bar["slices"]] == [
        ("0.00%", "25.00%"),
        ("25.00%", "1.25%"),
    ]
    assert bar["left"] == 5_900
    assert bar["words"] == "Dibayar 25,0 persen, Ini 1,2 persen, Sisa 73,8 persen"


def test_a_bar_without_money_is_empty():
    assert charts.stacked_bar(0, [("Dibayar", 0, "q4")])["slices"][0].width == "0%"
