"""Tables in and out: Excel and CSV files that officers export, fill in and import."""

import codecs
import csv
import io
import re
import tempfile
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from programs.confined import ReaderFailed, read_confined
from programs.dates import parse_date
from programs.workbook_reading import read_workbook

__all__ = [
    "Table", "TableRefused", "parse_date", "plain_heading", "read_lines", "read_table", "safe_cell",
    "stream_csv", "temporary_xlsx", "write_xlsx",
]  # fmt: skip

MB = 1024 * 1024
MAX_SIZE = 5 * MB
BOM = "\ufeff"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# A spreadsheet program runs what begins like this as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]+)?")
# Beyond 15 digits Excel has already replaced the last ones by zeros.
EXACT_BELOW = 10**15


class TableRefused(Exception):
    """The file cannot be read as a table. The message says to its sender what to do."""


class Table(NamedTuple):
    """``rows`` are (row number as Excel shows it, {key: value}); the rest is for people to read."""

    rows: list
    unknown: list
    missing: list
    problems: list


PROBLEMS = {
    "password": "Berkas ini dikunci dengan kata sandi. Buka di Excel, hapus kata sandinya, simpan, "
    "lalu unggah lagi.",
    "old": "Berkas ini Excel lama (.xls). Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi.",
    "empty": "Tidak ada baris data di berkas ini. Baris pertama berisi judul kolom, datanya mulai "
    "di baris berikutnya.",
    "encoding": "Huruf dalam berkas CSV ini tidak terbaca. Di Excel pilih Simpan sebagai, CSV "
    "UTF-8, lalu unggah lagi; atau unggah berkas .xlsx.",
    "broken": "Berkas ini tidak dapat dibaca sebagai tabel. Simpan sebagai .xlsx atau CSV UTF-8, "
    "lalu unggah lagi.",
    "stuck": "Lembar pertama berkas ini terlalu besar; mungkin ada isi di sel yang sangat jauh. "
    "Salin tabelnya saja ke lembar baru, simpan sebagai .xlsx, lalu unggah lagi.",
}


def safe_cell(value):
    """``value`` so that no spreadsheet program takes it for a formula. Numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return value
    text = str(value)
    if text.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def stream_csv(rows, *, delimiter=","):
    """CSV line by line, with the mark by which Excel recognizes UTF-8."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=delimiter)
    yield BOM
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def write_xlsx(target, sheets):
    """Write ``{title: rows}``, the first row of each being its header, to a path or a buffer.

    Texts are stored as texts, so that a formula in them stays words and a NIK keeps its digits.
    """
    workbook = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
        sheet.freeze_panes = "A2"
        rows = iter(rows)
        header = list(next(rows, []))
        for number, heading in enumerate(header, 1):
            width = min(max(len(str(heading)) + 2, 12), 40)
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.append([_xlsx_cell(sheet, heading, bold=True) for heading in header])
        for row in rows:
            sheet.append([_xlsx_cell(sheet, value) for value in row])
    workbook.save(target)


def temporary_xlsx(sheets):
    """An open temporary file with ``sheets`` as in ``write_xlsx``; it is gone once it was sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(file, sheets)
    file.seek(0)
    return file


def read_table(file, *, columns=None, optional=(), max_rows=5000):
    """Read the first sheet of an ``.xlsx``, or a CSV with commas or semicolons.

    ``columns`` are the headings we know, as names or as ``{heading: key}``; they may come in any
    order and case. Without it every heading is taken. Rows without any value are left out.
    Raises ``TableRefused`` if there is nothing to work with.
    """
    lines = read_lines(file)
    if len(lines) < 2:
        raise TableRefused(PROBLEMS["empty"])
    if len(lines) - 1 > max_rows:
        raise TableRefused(
            f"Berkas ini berisi lebih dari {max_rows} baris. Bagi menjadi beberapa berkas, lalu "
            "unggah satu per satu."
        )
    keys, unknown, missing = _match_headings(lines[0][1], columns, optional)
    rows, problems = [], []
    for number, line in lines[1:]:
        row = dict.fromkeys(keys.values(), "")
        for position, key in keys.items():
            row[key] = line[position] if position < len(line) else ""
            if isinstance(row[key], float) and abs(row[key]) >= EXACT_BELOW:
                row[key] = ""
                problems.append(
                    (
                        number,
                        f"Angka di kolom “{lines[0][1][position]}” lebih dari 15 angka, "
                        "sehingga Excel membulatkannya. Ubah format kolom itu menjadi Teks, lalu "
                        "ketik ulang angkanya.",
                    )
                )
        rows.append((number, row))
    return Table(rows, unknown, missing, problems)


def read_lines(file):
    """[(line number as Excel shows it, values)] of every line with something in it.

    For lists that do not begin in the first line; all others are for ``read_table``.
    """
    file.seek(0)
    content = file.read(MAX_SIZE + 1)
    if len(content) > MAX_SIZE:
        raise TableRefused(
            "Berkas ini lebih besar dari 5 MB. Bagi menjadi beberapa berkas, lalu unggah satu per "
            "satu."
        )
    lines = [[_tidy(value) for value in line] for line in _lines(content)]
    return [
        (number, line)
        for number, line in enumerate(lines, 1)
        if any(value not in ("", None) for value in line)
    ]


def plain_heading(heading):
    """“Nama_SMK ” and “nama smk” are the same heading."""
    return " ".join(re.sub(r"[\W_]+", " ", str(heading)).casefold().split())


def _lines(content):
    if content.startswith(b"PK\x03\x04"):
        return _workbook_lines(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        # Excel hides a workbook with a password in the container of the old format.
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise TableRefused(PROBLEMS["password" if locked else "old"])
    return _csv_lines(content)


def _workbook_lines(content):
    try:
        answer = read_confined(read_workbook, content)
    except ReaderFailed:
        raise TableRefused(PROBLEMS["stuck"]) from None
    if "problem" in answer:
        raise TableRefused(PROBLEMS[answer["problem"]])
    return answer["rows"]


def _csv_lines(content):
    try:
        # Excel's “Unicode text” is UTF-16 with tabs.
        text = content.decode("utf-16" if content.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise TableRefused(PROBLEMS["encoding"]) from None
    if "\0" in text:
        raise TableRefused(PROBLEMS["broken"])
    heading = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise TableRefused(PROBLEMS["broken"]) from None


def _match_headings(headings, columns, optional):
    """{position: key}, the headings we do not know, and the columns that are not there."""
    headings = [str(heading) for heading in headings]
    if columns is None:
        columns = [heading for heading in headings if heading]
    if not isinstance(columns, dict):
        columns = {name: name for name in columns}
    known = {plain_heading(name): key for name, key in columns.items()}
    keys, unknown, seen = {}, [], set()
    for position, heading in enumerate(headings):
        plain = plain_heading(heading)
        if plain and plain in seen:
            raise TableRefused(
                f"Kolom “{heading}” ada dua kali. Hapus salah satunya, lalu unggah lagi."
            )
        seen.add(plain)
        if plain in known:
            keys[position] = known[plain]
        elif heading:
            unknown.append(heading)
    missing = [name for name in columns if plain_heading(name) not in seen and name not in optional]
    return keys, unknown, missing


def _tidy(value):
    """Excel keeps whole numbers as floats, and people leave blanks at the ends."""
    if isinstance(value, str):
        return " ".join(value.split()) if "\n" not in value else value.strip()
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_BELOW:
        return int(value)
    return value


def _xlsx_cell(sheet, value, *, bold=False):
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.make_naive(value)  # Excel has no time zones
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
