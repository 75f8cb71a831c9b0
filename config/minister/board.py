"""All programs on one screen: what each line of the minister's page tells, in words."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.utils.functional import cached_property

from programs.achievement import ON_COURSE, WITHIN_REACH, Standing, in_unit, standings
from programs.comparisons import (
    LIGHTS,
    NO_TARGET,
    NOT_COUNTED,
    ONLY_PUBLISHED,
    change_by_month,
    change_by_year,
    light_of,
)
from programs.models import Indicator, Program

MONTHS_OF_A_LINE = 24
# What the colours and figures mean, on the screen as on paper.
MEANINGS = [
    "Yang diharapkan sampai suatu hari adalah bagian sasaran setahun menurut hari yang sudah "
    "lewat. Untuk angka kumulatif: yang sudah ada pada awal tahun ditambah bagian dari "
    "kekurangannya.",
    f"{ON_COURSE} persen ke atas dari yang diharapkan: sesuai sasaran. {WITHIN_REACH} persen "
    f"sampai di bawah {ON_COURSE} persen: perlu perhatian. Di bawah {WITHIN_REACH} persen: "
    "tertinggal.",
    "Persen di kolom sasaran adalah bagian dari seluruh sasaran tahun itu.",
    "Angka keadaan satu bulan, misalnya IKM yang menjual, berasal dari bulan terakhir yang sudah "
    "lengkap dilaporkan.",
]


@dataclass
class Line:
    """An indicator as the page, the paper and the workbook tell it."""

    standing: Standing

    @property
    def indicator(self):
        return self.standing.indicator

    @cached_property
    def light(self):
        return light_of(self.standing)

    @cached_property
    def by_month(self):
        return change_by_month(self.standing)

    @cached_property
    def by_year(self):
        return change_by_year(self.standing)

    @property
    def target_words(self):
        target = self.standing.target
        return in_unit(self.indicator, target.value) if target else ""

    @property
    def course(self):
        """The last two years for the small line: (month, figure, words)."""
        if self.standing.value is None:
            return []
        told = self.standing.series.told(last=self.standing.month, most=MONTHS_OF_A_LINE)
        return [(month, figure, in_unit(self.indicator, figure)) for month, figure in told]

    @cached_property
    def official(self):
        """What was last published, if it says something else than we count; several may differ."""
        said = self.standing.newest_official
        values = {one.value for one in said}
        return [] if values == {self.standing.value} else said

    @property
    def official_words(self):
        """“10.000 atau 2.216”."""
        values = sorted({one.value for one in self.official}, reverse=True)
        return " atau ".join(in_unit(self.indicator, value) for value in values)

    @property
    def said(self):
        """[(official figure, its words)] of the last day on which anything was published."""
        return [(one, in_unit(self.indicator, one.value)) for one in self.standing.newest_official]

    @property
    def official_sources(self):
        return "; ".join(dict.fromkeys(one.source for one in self.official))


@dataclass
class Section:
    """A program with all its indicators."""

    program: Program
    lines: list

    @property
    def shown(self):
        """What we count or what has a target; of a program without any, its headline."""
        ours = [line for line in self.lines if line.light != ONLY_PUBLISHED or line.target_words]
        return ours or self.lines[:1]

    @property
    def further(self):
        """What was only published, for those who want to know."""
        return [line for line in self.lines if line not in self.shown]


@dataclass
class Board:
    """``without`` are the names of the programs that have no indicator yet."""

    sections: list
    without: list

    @property
    def lines(self):
        return [line for section in self.sections for line in section.lines]

    @property
    def further(self):
        return [line for section in self.sections for line in section.further]

    @property
    def summary(self):
        """[(light, how many indicators)]: the three colours, then those without, if any."""
        tally = Counter(line.light for line in self.lines)
        return [
            *((light, tally[light]) for light in [*LIGHTS.values(), NO_TARGET]),
            *((light, tally[light]) for light in [NOT_COUNTED, ONLY_PUBLISHED] if tally[light]),
        ]

    @property
    def counted(self):
        """The first and the last moment at which a figure was computed; None before any was."""
        moments = [line.indicator.counted_at for line in self.lines if line.indicator.counted_at]
        return (min(moments), max(moments)) if moments else None


def board(asked):
    """All programs as ``asked``, in four questions, whatever their number."""
    without = Program.objects.filter(indicators=None).order_by("name").values("name")
    # Asked along with the indicators: the page has a budget of questions.
    indicators = Indicator.objects.annotate(without=ArraySubquery(without))
    found = {}
    for standing in standings(
        indicators, today=asked.day, region=asked.region, is_over=asked.is_over
    ):
        program = standing.indicator.program
        found.setdefault(program.pk, Section(program, [])).lines.append(Line(standing))
        names = standing.indicator.without
    if not found:
        names = [one["name"] for one in without]
    return Board([*found.values()], names)
