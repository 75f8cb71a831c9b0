"""Charts of targets and of years: what they draw, say and put into their tables."""

import datetime
import re

import pytest
from django.template import Context, Template

BARS = Template("{% load progress_charts %}{% target_bars rows 'Sasaran' %}")
TREND = Template("{% load progress_charts %}{% trend_line series 'SMK' unit %}")


def bars(*rows):
    return BARS.render(Context({"rows": rows}))


def trend(*points, unit="SMK", is_joined=True):
    drawn = [(datetime.date(year, month, 1), amount) for year, month, amount in points]
    series = [("Tercatat", drawn, is_joined)]
    return TREND.render(Context({"series": series, "unit": unit}))


def amounts_of_the_grid(chart):
    return re.findall(r'class="t2" x="0"[^>]*>([^<]+)<', chart)


def test_a_bar_reaches_as_far_as_its_part_of_the_target():
    chart = bars(("SMK bermitra", "SMK", 1_300, 2_600, None))

    assert 'width="46.00%"' in chart
    assert 'x1="92.00%"' in chart
    assert "Tercatat 1.300 SMK (50 persen); sasaran 2.600 SMK." in chart


def test_what_was_announced_is_a_mark_and_a_target_passed_stays_in_the_picture():
    chart = bars(("Perusahaan", "perusahaan", 0, 750, 885))

    assert 'cx="92.00%"' in chart
    assert 'x1="77.97%"' in chart
    assert "angka resmi 885 perusahaan (118 persen)" in chart


def test_far_beyond_a_target_the_percent_are_grouped():
    assert "(63.600 persen)" in bars(("Peserta", "IKM", 10_176, 16, None))


def test_what_is_not_counted_has_no_bar_and_says_so():
    chart = bars(("Tenaga kerja", "orang", None, 1_000_000, None))

    assert "Belum dihitung; sasaran 1.000.000 orang." in chart
    assert "Angka resmi</li>" not in chart


@pytest.mark.parametrize(
    ("highest", "unit", "grid"),
    [
        (0, "SMK", ["0", "1"]),
        (1, "SMK", ["0", "1"]),
        (12, "SMK", ["0", "5", "10", "15"]),
        (2_612, "SMK", ["0", "1.000", "2.000", "3.000"]),
        (3_270_000_000, "rupiah", ["Rp0", "Rp1 miliar", "Rp2 miliar", "Rp3 miliar", "Rp4 miliar"]),
        (9_977, "persen", ["0\xa0%", "50\xa0%", "100\xa0%"]),
    ],
)
def test_the_grid_stands_at_round_numbers(highest, unit, grid):
    assert amounts_of_the_grid(trend((2020, 1, 0), (2021, 1, highest), unit=unit)) == grid


def test_a_single_month_is_drawn_as_well():
    chart = trend((2026, 11, 5))

    assert "Tercatat dari 5 pada November 2026" in chart
    assert "nan" not in chart


def test_a_line_tells_its_last_amount_and_the_table_all():
    chart = trend((2024, 1, 10), (2025, 1, 20), (2026, 1, 30))

    assert chart.count("<circle") == 1
    assert re.findall(r'<td class="r">(\d+)</td>', chart) == ["10", "20", "30"]
    assert re.findall(r'text-anchor="middle">(\d{4})<', chart) == ["2025", "2026"]


def test_announcements_are_points_without_a_line():
    chart = trend((2019, 12, 10), (2020, 12, 20), is_joined=False)

    assert "<polyline" not in chart
    assert chart.count("<title>") == 2


def test_names_of_officers_are_no_markup():
    assert "<b>x" not in bars(("<b>x</b>", "SMK", 1, 2, None)).replace("<b>&lt;", "")
