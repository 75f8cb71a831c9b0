"""Charts of how far a program has come: against its targets, and over the years."""

from dataclasses import dataclass
from datetime import date
from math import ceil, log10

from django import template
from django.utils.dateformat import format as format_date

from programs.months import month_after
from programs.rupiah import group_thousands
from programs.units import short, with_unit

register = template.Library()
# Of a chart of a line, in pixels: the room above the highest line of the grid, and its height.
TOP, HEIGHT = 20, 220
# The part of the width in which the line runs: the amounts of the grid stand left of it.
LEFT, RIGHT = 14, 96
# As many words below the line as a phone has room for.
MARKS = 4
# The longest bar leaves this part of its track free, so that a target beyond it can be seen.
REACH = 92


@dataclass
class TargetBar:
    """One indicator against its target; the positions are of the track, in percent."""

    label: str
    words: str
    reached: str
    target: str
    said: str
    cells: list


@register.inclusion_tag("parts/target_bars.html")
def target_bars(rows, about):
    """A bar for what is reached and a tick for the target, for each of ``rows``, with a table.

    ``rows`` are (label, unit, reached, target, said): whole numbers. What is not counted here is
    None and has no bar; ``said`` is what was announced, or None.
    """
    bars = [_target_bar(*row) for row in rows]
    return {"about": about, "bars": bars, "has_said": any(bar.said for bar in bars)}


def _target_bar(label, unit, reached, target, said):
    scale = max(reached or 0, target, said or 0) * 100 / REACH
    told = [("tercatat", reached), ("angka resmi", said)]
    words = [
        f"{name} {with_unit(number, unit)} ({group_thousands(100 * number // target)} persen)"
        for name, number in told
        if number is not None
    ] or ["belum dihitung"]
    return TargetBar(
        label,
        f"{', '.join(words)}; sasaran {with_unit(target, unit)}",
        _of(reached or 0, scale),
        _of(target, scale),
        _of(said, scale) if said is not None else "",
        ["–" if number is None else with_unit(number, unit) for number in (reached, said, target)],
    )


@dataclass
class Point:
    day: date
    x: str
    y: str
    words: str


@dataclass
class Line:
    """``points`` are those that are drawn as such; ``rows`` all of them, for the table."""

    label: str
    number: int
    path: str
    points: list
    rows: list


@register.inclusion_tag("parts/trend_line.html")
def trend_line(series, about, unit):
    """Lines over time with one measure, and the same as a table.

    ``series`` are (label, [(day, amount)] oldest first, whether its points are joined), all in
    ``unit``: what was announced now and then is points alone. The last amount of a line stands
    beside it; points tell theirs when pointed at, and the table tells all.
    """
    told = [point for _, points, _ in series for point in points]
    first = min(day for day, _ in told)
    last = max(max(day for day, _ in told), month_after(first, 11))
    step, most = _grid(max(amount for _, amount in told))

    def x_of(day):
        return LEFT + (RIGHT - LEFT) * (day - first).days / (last - first).days

    def y_of(amount):
        return TOP + HEIGHT * (1 - amount / most)

    lines = []
    for number, (label, points, is_joined) in enumerate(series, 1):
        drawn = [
            Point(day, f"{x_of(day):.2f}", f"{y_of(amount):.1f}", short(amount, unit))
            for day, amount in points
        ]
        path = " ".join(f"{point.x},{point.y}" for point in drawn) if is_joined else ""
        lines.append(Line(label, number, path, drawn[-1:] if is_joined else drawn, drawn))
    return {
        "about": about,
        "described": "; ".join(
            f"{line.label} dari {_told(line.rows[0])} menjadi {_told(line.rows[-1])}"
            for line in lines
        ),
        "lines": lines,
        "grid": [
            (f"{y_of(amount):.0f}", f"{y_of(amount) - 5:.0f}", short(amount, unit))
            for amount in range(0, most + 1, step)
        ],
        "marks": _marks(first, last, x_of),
        "height": str(TOP + HEIGHT + 26),
        "below": str(TOP + HEIGHT + 20),
    }


def _told(point):
    return f"{point.words} pada {format_date(point.day, 'F Y')}"


def _grid(highest):
    """(step, top) of the grid: three to five lines at round numbers; never less than one each."""
    rough = max(highest, 4) / 4
    size = 10 ** int(log10(rough))
    step = next(int(size * part) for part in (1, 2, 5, 10) if size * part >= rough)
    return step, step * ceil(max(highest, 1) / step)


def _marks(first, last, x_of):
    """(x, words) below the line: years, or months while it is short."""
    januaries = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    if len(januaries) < 2:
        return [
            (f"{x_of(first):.2f}%", format_date(first, "M Y"), "start"),
            (f"{x_of(last):.2f}%", format_date(last, "M Y"), "end"),
        ]
    every = ceil(len(januaries) / MARKS)
    return [(f"{x_of(day):.2f}%", str(day.year), "middle") for day in januaries[::every]]


def _of(amount, scale):
    """For SVG: a point, never the comma of our language."""
    return f"{100 * amount / scale:.2f}%"
