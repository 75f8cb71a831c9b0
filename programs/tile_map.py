"""The map of the 38 provinces as tiles of one size, so that small provinces count as much."""

import csv
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import NamedTuple

from programs.rupiah import group_thousands
from programs.units import PERCENT, plain, with_unit

SIZE = 10  # of a tile with its gap, in the units of the drawing
COLUMNS, ROWS = 14, 7
# From how many of a hundred on a tile takes which shade, the darkest first.
SHADES = [(85, "q4"), (60, "q3"), (40, "q2"), (20, "q1"), (0, "q0")]
LEGEND = [
    ("q0", "di bawah 20 %"),
    ("q1", "20–39 %"),
    ("q2", "40–59 %"),
    ("q3", "60–84 %"),
    ("q4", "85 % ke atas"),
]
OUTSIDE = "out"
SHORT_WORDS = [(10**12, "T"), (10**9, "M"), (10**6, "jt"), (10**3, "rb")]


class Place(NamedTuple):
    """Where the tile of a province lies; ``letters`` are those of ISO 3166-2."""

    code: str
    name: str
    letters: str
    column: int
    row: int


class Tile(NamedTuple):
    """One drawn tile: its shade, its place in the drawing, and what it says."""

    place: Place
    shade: str
    ink: str
    x: str
    y: str
    middle: str
    upper: str
    lower: str
    figure: str
    words: str


@cache
def places():
    path = Path(__file__).parent / "data" / "provinces.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Place(
                row["kode"],
                row["nama"],
                row["kode_iso"],
                int(row["kolom_peta"]),
                int(row["baris_peta"]),
            )
            for row in csv.DictReader(file)
        ]


def shade_of(part, whole):
    percent = 100 * part / whole
    return next(shade for least, shade in SHADES if percent >= least)


def tiles(shares, unit):
    """The tiles of ``shares``, {province code: (part, whole)}; provinces without are outside."""
    return [_share_tile(place, *shares.get(place.code, (0, 0)), unit) for place in places()]


def amount_tiles(amounts, unit):
    """(tiles, legend) of ``amounts``, {province code: whole number}; missing provinces have none.

    Nothing has the lightest shade. What is more is parted into four shades with about as many
    different amounts each, so that a few large ones do not make all the rest look alike. The legend
    names the real ranges.
    """
    bounds = _quarters(sorted({amount for amount in amounts.values() if amount > 0}))
    drawn, ranges = [], {}
    for place in places():
        amount = amounts.get(place.code, 0)
        shade = f"q{1 + bisect_right(bounds, amount)}" if amount > 0 else "q0"
        ranges.setdefault(shade, []).append(amount)
        drawn.append(
            _tile(
                place, shade, _in_a_tile(amount, unit), f"{place.name}: {with_unit(amount, unit)}"
            )
        )
    return drawn, [(shade, _range(ranges[shade], unit)) for shade in sorted(ranges)]


def _quarters(values):
    """Where the second, third and fourth quarter of ``values`` begin."""
    return [values[len(values) * part // 4] for part in (1, 2, 3)] if values else []


def _range(amounts, unit):
    least, most = min(amounts), max(amounts)
    until = with_unit(most, unit)
    return until if least == most else f"{plain(least, unit)} sampai {until}"


def _in_a_tile(amount, unit):
    """An amount in the few letters for which a tile has room: 9.400, 12,5 rb, 3,3 M."""
    if unit == PERCENT:
        return plain(amount, unit)
    for size, word in SHORT_WORDS:
        if abs(amount) >= size * 10:
            return f"{group_thousands(round(amount / size))} {word}"
        if abs(amount) >= size and size > 1000:
            return f"{amount / size:.1f} {word}".replace(".", ",")
    return group_thousands(amount)


def _share_tile(place, part, whole, unit):
    return _tile(
        place,
        shade_of(part, whole) if whole else OUTSIDE,
        f"{part}/{whole}" if whole else "",
        f"{place.name}: {part} dari {whole} {unit}" if whole else f"{place.name}: di luar",
    )


def _tile(place, shade, figure, words):
    x, y = place.column * SIZE, (place.row - 1) * SIZE
    return Tile(
        place,
        shade,
        "hi" if shade in ("q3", "q4") else "lo",
        # With a point: in templates a number is written as our language does.
        x=f"{x}.3",
        y=f"{y}.3",
        middle=f"{x + SIZE // 2}",
        upper=f"{y + 5}.4",
        lower=f"{y + 8}.2",
        figure=figure,
        words=words,
    )
