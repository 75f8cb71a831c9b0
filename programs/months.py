"""Calendar months, each told by its first day: the step in which sales are reported."""

import re
from datetime import date, datetime

from programs.dates import parse_date

YEAR_AND_MONTH = re.compile(r"([0-9]{4})\s*[-/.]\s*([0-9]{1,2})")
EXAMPLE = "Tulis bulan sebagai tahun dan bulan, misalnya 2026-10."


def first_of(day):
    """The first day of the month of ``day``."""
    return day.replace(day=1)


def month_after(month, months=1):
    """The month so many months after ``month``; a negative number goes back."""
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def months_between(first, last):
    """Every month from that of ``first`` to that of ``last``, oldest first; none if it is later."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [month_after(first, number) for number in range(count)]


def parse_month(value):
    """2026-10, 2026/10, or any day of the month as a spreadsheet keeps it."""
    if isinstance(value, datetime | date):
        return date(value.year, value.month, 1)
    typed = " ".join(str("" if value is None else value).split())
    if not typed:
        raise ValueError(f"Isi bulan. {EXAMPLE}")
    said = f"Anda menulis “{typed[:40]}”."
    if match := YEAR_AND_MONTH.fullmatch(typed):
        year, month = int(match[1]), int(match[2])
        if not (1 <= month <= 12 and 2000 <= year <= 2100):
            raise ValueError(f"{EXAMPLE} {said}")
        return date(year, month, 1)
    try:
        return first_of(parse_date(int(typed) if typed.isdecimal() else typed))
    except ValueError:
        raise ValueError(f"{EXAMPLE} {said}") from None
