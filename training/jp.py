"""Jam pelajaran (JP) of one person, year by year, against what civil servants are entitled to.

A JP is 45 minutes of training. ``domain.md`` §C3: ASN have a right to 20 JP a year or more; of PPPK
it is believed that 24 JP a year are the most (LAN 15/2020), which is shown and never enforced.
"""

from itertools import groupby
from typing import NamedTuple

ENTITLEMENT = 20
PPPK_MOST = 24


class Line(NamedTuple):
    """An activity that counts; ``number`` is the certificate's, "" where none was issued yet."""

    title: str
    kind: str
    unit: str
    ended_on: object
    jp: int
    number: str


class Year(NamedTuple):
    year: int
    lines: list

    @property
    def total(self):
        return sum(line.jp for line in self.lines)

    @property
    def missing(self):
        """JP that a civil servant may still ask for this year."""
        return max(ENTITLEMENT - self.total, 0)


def by_year(lines):
    """The years in which something counts, the newest first; in each the earliest first."""
    in_order = sorted(lines, key=lambda line: (-line.ended_on.year, line.ended_on))
    return [
        Year(year, list(of_the_year))
        for year, of_the_year in groupby(in_order, key=lambda line: line.ended_on.year)
    ]
