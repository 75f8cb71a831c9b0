"""Tables as officers hand them in, for the tests of the imports."""

import io

from programs.spreadsheets import write_xlsx


def csv_of(columns, *rows, delimiter=";", mark=""):
    """A CSV; cells that hold the delimiter are quoted."""
    lines = [columns, *rows]
    text = "\n".join(delimiter.join(_cell(value, delimiter) for value in line) for line in lines)
    return io.BytesIO((mark + text).encode())


def xlsx_of(columns, *rows):
    file = io.BytesIO()
    write_xlsx(file, {"Data": [columns, *rows]})
    return file


def row_of(columns, example, **changes):
    """The values of ``example`` (by column) with ``changes``, in the order of the columns."""
    return [(example | changes)[column] for column in columns]


def said(report):
    return [words for row in report.rows for words in row.sentences()]


def doubts(report):
    return [words for row in report.rows for words in row.doubt_sentences()]


def _cell(value, delimiter):
    return f'"{value}"' if delimiter in str(value) else str(value)
