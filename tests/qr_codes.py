"""The QR codes on our pages and papers, read back from how they are drawn.

A code is the set of its dark squares, as (column, row). Two addresses never share one.
"""

import re
from io import BytesIO

import pikepdf
import segno

DRAWN = re.compile(r'<path[^>]* class="qrline"[^>]* d="([^"]+)"')
STEP = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")
ROWS_OF_THE_SMALLEST = 21


def code_of(address):
    """The code that leads to ``address``."""
    rows = segno.make(address, error="m", micro=False).matrix
    return {(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark}


def codes_on_page(text):
    """The codes of a page, in its order."""
    return [_dark(_strokes(path)) for path in DRAWN.findall(text)]


def codes_on_paper(content):
    """For each page of a PDF the codes on it."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [[_dark(path) for path in _paths(page) if _is_code(path)] for page in pdf.pages]


def _strokes(path):
    """(x, y, length) of each stroke of an SVG path as segno writes it."""
    x = y = 0
    found = []
    for command, first, second in STEP.findall(path):
        if command == "h":
            found.append((x, y, float(first)))
            x += float(first)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            x, y = float(first), float(second)
    return found


def _paths(page):
    """The same strokes from a page of a PDF, path by path."""
    path, at = [], None
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "m":
                at = [float(one) for one in operands]
            case "l":
                x, y = at
                path.append((x, y, float(operands[0]) - x))
                at = [float(one) for one in operands]
            case _:
                yield path
                path = []


def _is_code(strokes):
    """Told from rules and ornaments: every stroke runs through the middle of a row."""
    return len(strokes) > ROWS_OF_THE_SMALLEST and all(y % 1 == 0.5 for _, y, _ in strokes)


def _dark(strokes):
    return {(int(x) + step, int(y)) for x, y, length in strokes for step in range(round(length))}
