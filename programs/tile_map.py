"""The map of the 38 provinces as tiles of one size, so that small provinces count as much."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

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
    return [_tile(place, *shares.get(place.code, (0, 0)), unit) for place in places()]


def _tile(place, part, whole, unit):
    x, y = place.column * SIZE, (place.row - 1) * SIZE
    shade = shade_of(part, whole) if whole else OUTSIDE
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
        figure=f"{part}/{whole}" if whole else "",
        words=f"{place.name}: {part} dari {whole} {unit}" if whole else f"{place.name}: di luar",
    )
