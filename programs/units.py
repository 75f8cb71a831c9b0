"""Numbers with what is counted: rupiah and percent are written in their own way.

``unit`` is that of an ``Indicator``; in “persen” numbers are hundredths (``programs.percents``).
"""

from programs.percents import format_percent
from programs.rupiah import format_rupiah, group_thousands, in_short

MONEY, PERCENT = "rupiah", "persen"


def plain(number, unit):
    """“Rp3.270.000.000”, “2.612”, or “99,77” of what is told in percent."""
    if unit == MONEY:
        return format_rupiah(number)
    return format_percent(number) if unit == PERCENT else group_thousands(number)


def with_unit(number, unit):
    """“Rp3.270.000.000”, “2.612 SMK”, “99,77 persen”."""
    return plain(number, unit) if unit == MONEY else f"{plain(number, unit)} {unit}"


def short(number, unit):
    """“Rp3,27 miliar”, “1,6 juta”, “99,77 %”: for headlines and the lines of a chart."""
    if unit == PERCENT:
        return f"{format_percent(number)}\N{NO-BREAK SPACE}%"
    return f"Rp{in_short(number)}" if unit == MONEY else in_short(number)
