"""Charts drawn on the server: they print, need no script, and stand beside a table."""

from dataclasses import dataclass
from datetime import date

from django import template
from django.utils.dateformat import format as format_date

from programs import tile_map as drawing

register = template.Library()
# Of one line of a list of bars, in pixels: its words, the bar, and the space below.
BAR_HEIGHT = 46
# Of a chart of months, in pixels: the room above for words, and the highest column.
COLUMN_TOP, COLUMN_HEIGHT = 26, 140
# The part of the width that the words below the first column need on a phone.
ROOM_OF_A_MARK = 0.24


@dataclass
class Slice:
    label: str
    amount: int
    tone: str
    start: str
    width: str


@register.inclusion_tag("parts/stacked_bar.html")
def stacked_bar(whole, slices, rest="Sisa"):
    """One bar for a sum of money and its parts, with the same as a table.

    ``slices`` are (label, amount, tone); the tones are q4, q3, q2, q1 and bar2 (the one that the
    page is about). What is left of ``whole`` is named ``rest``.
    """
    drawn, used = [], 0
    for label, amount, tone in slices:
        drawn.append(Slice(label, amount, tone, _percent(used, whole), _percent(amount, whole)))
        used += amount
    words = ", ".join(f"{piece.label} {_words(piece.amount, whole)}" for piece in drawn)
    return {
        "slices": drawn,
        "rest": rest,
        "left": whole - used,
        "words": f"{words}, {rest} {_words(whole - used, whole)}",
    }


@dataclass
class Bar:
    label: str
    amount: int
    whole: int
    words: str
    top: str
    width: str


@register.inclusion_tag("parts/bar_list.html")
def bar_list(rows, about, amount_heading, whole_heading=""):
    """One bar for each of ``rows``, how much of its own whole is used, with the same as a table.

    ``rows`` are (label, amount, whole, words to stand at the end of the line); ``about`` says what
    is shown. Without ``whole_heading`` the whole is only the scale, and the words are the amounts.
    """
    bars = [
        Bar(label, amount, whole, words, str(BAR_HEIGHT * position), _percent(amount, whole))
        for position, (label, amount, whole, words) in enumerate(rows)
    ]
    return {
        "bars": bars,
        "height": str(BAR_HEIGHT * len(bars)),
        "bar_height": str(BAR_HEIGHT),
        "about": about,
        "amount_heading": amount_heading,
        "whole_heading": whole_heading,
        "described": "; ".join(
            f"{bar.label} {bar.amount} dari {bar.whole}"
            if whole_heading
            else f"{bar.label} {bar.words}"
            for bar in bars
        ),
    }


@dataclass
class Column:
    month: date
    words: str
    left: str
    width: str
    top: str
    height: str
    mark: str


@register.inclusion_tag("parts/month_columns.html")
def month_columns(rows, about, amount_heading):
    """A column for each month of ``rows``, oldest first, with the same as a table.

    ``rows`` are (first day of the month, amount, words of the amount). Months without a row must be
    in it with nothing, so that time has one measure.
    """
    most = max((amount for _, amount, _ in rows), default=0)
    # A few months stay as slim as those of a year.
    room = max(len(rows), 12)
    step = 100 / room
    columns = []
    for place, (month, amount, words) in enumerate(rows):
        height = COLUMN_HEIGHT * amount / most if most else 0
        columns.append(
            Column(
                month,
                words,
                f"{place * step:.2f}%",
                f"{step * 0.76:.2f}%",
                f"{COLUMN_TOP + COLUMN_HEIGHT - height:.1f}",
                f"{height:.1f}",
                _mark_of(month, place, room),
            )
        )
    highest = max(rows, key=lambda row: row[1], default=None)
    return {
        "columns": columns,
        "about": about,
        "amount_heading": amount_heading,
        "highest": highest if most else None,
        "floor": str(COLUMN_TOP + COLUMN_HEIGHT),
        "below": str(COLUMN_TOP + COLUMN_HEIGHT + 18),
        "height": str(COLUMN_TOP + COLUMN_HEIGHT + 24),
    }


def _mark_of(month, place, room):
    """What stands below a column: its year where one begins, and the month of the first."""
    if month.month == 1:
        return str(month.year)
    # Not so close before a year that the two would touch on a phone.
    is_roomy = (13 - month.month) / room > ROOM_OF_A_MARK
    return format_date(month, "M Y") if place == 0 and is_roomy else ""


# Of a sparkline, in units of its drawing; the line keeps clear of the edges.
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 100, 28, 3


@register.inclusion_tag("parts/sparkline.html")
def sparkline(rows, about):
    """The course of a figure as a small line in the cell of a table, without axes.

    ``rows`` are (first day of the month, amount, words of the amount), oldest first. What it shows
    in numbers stands on the page of the indicator.
    """
    amounts = [amount for _, amount, _ in rows]
    if len(amounts) < 2:
        return {}
    least, most = min(amounts), max(amounts)
    step = (SPARK_WIDTH - 2 * SPARK_EDGE) / (len(amounts) - 1)
    room = SPARK_HEIGHT - 2 * SPARK_EDGE
    points = [
        (SPARK_EDGE + step * place, SPARK_EDGE + room * (1 - _share(amount, least, most)))
        for place, amount in enumerate(amounts)
    ]
    return {
        "about": about,
        "first": rows[0],
        "last": rows[-1],
        "points": " ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        "width": str(SPARK_WIDTH),
        "height": str(SPARK_HEIGHT),
    }


def _share(amount, least, most):
    """Where ``amount`` lies between the two, from 0 to 1; what never changes, in the middle."""
    return (amount - least) / (most - least) if most > least else 0.5


@register.inclusion_tag("parts/tile_map.html")
def tile_map(shares, about, unit, outside=""):
    """The 38 provinces as tiles; the page has the same as a table.

    ``shares`` is {province code: (part, whole)}, ``unit`` what is counted, ``outside`` what a
    province that is not in it is called in the legend.
    """
    drawn = drawing.tiles(shares, unit)
    return {
        "tiles": drawn,
        "about": about,
        "legend": drawing.LEGEND,
        "outside": outside if any(tile.shade == drawing.OUTSIDE for tile in drawn) else "",
        "width": str(drawing.COLUMNS * drawing.SIZE),
        "height": str(drawing.ROWS * drawing.SIZE),
    }


@register.inclusion_tag("parts/tile_map.html")
def amount_map(amounts, about, unit):
    """The 38 provinces as tiles, shaded by whole numbers; the page has the same as a table.

    ``amounts`` is {province code: number}, ``unit`` what is counted.
    """
    tiles, legend = drawing.amount_tiles(amounts, unit)
    return {
        "tiles": tiles,
        "about": about,
        "legend": legend,
        "outside": "",
        "width": str(drawing.COLUMNS * drawing.SIZE),
        "height": str(drawing.ROWS * drawing.SIZE),
    }


def _percent(amount, whole):
    """For SVG: a point, never the comma of our language."""
    return f"{100 * amount / whole:.2f}%" if whole else "0%"


def _words(amount, whole):
    return f"{100 * amount / whole:.1f} persen".replace(".", ",") if whole else "0 persen"
