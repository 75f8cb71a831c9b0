"""Rates and means as the ministry publishes them: two decimals, with the Indonesian comma.

A part of people is rounded down, so that no rate is shown higher than it is and 100 % means all:
283 of 303 were published as 93,39 % (``domain.md`` §C4).
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

HUNDREDTH = Decimal("0.01")


class Rate(NamedTuple):
    """``count`` of ``base`` people."""

    count: int
    base: int

    @property
    def percent(self):
        """With two decimals; None of nobody."""
        if not self.base:
            return None
        return (Decimal(100 * self.count) / self.base).quantize(HUNDREDTH, ROUND_DOWN)

    @property
    def text(self):
        """“93,39 %”, never parted at the end of a line; None of nobody."""
        if self.percent is None:
            return None
        return f"{with_comma(self.percent)}\N{NO-BREAK SPACE}%"


class Rates(NamedTuple):
    """The three rates by which a Diklat 3in1 is judged: training, certification, placement."""

    trained: Rate
    certified: Rate
    placed: Rate


def rates(*, started, trained, certified, placed):
    """Trained of those who started; certified and placed each of the trained.

    Placed is not counted of the certified: the ministry publishes 93,39 % certified beside 100 %
    placed.
    """
    return Rates(Rate(trained, started), Rate(certified, trained), Rate(placed, trained))


def satisfaction(marks):
    """The mean of marks from 1 to 5 to two decimals, None without any."""
    marks = [mark for mark in marks if mark is not None]
    if not marks:
        return None
    return (Decimal(sum(marks)) / len(marks)).quantize(HUNDREDTH, ROUND_HALF_UP)


def with_comma(number):
    """Decimal("4.27") as “4,27”."""
    return str(number).replace(".", ",")
