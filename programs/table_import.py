"""What every import of a table shares: rows with their faults, the report, and the kept file.

An import reads a file row by row (``check``, which writes nothing) and then writes all of it or
nothing (``record``). What each row is, and what is wrong with it, is the import's own affair.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from programs.spreadsheets import TableRefused, read_table

# How long a checked file waits for the officer's yes; it lies on the server, not in the browser.
KEPT_SECONDS = 30 * 60
# What Excel makes of a long number in a narrow column, and writes so into a CSV.
SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
REGION_CODE = re.compile(r"(\d{2})(?:\.?(\d{2})|\.(\d))", re.ASCII)
WITH_ZEROS = re.compile(r"([0-9]+)[.,]0+")


class ImportRefused(Exception):
    """At the last moment the file could not be recorded; nothing was. The message says why."""


class TableKind(NamedTuple):
    """One kind of table: how it is read and written, by whom, and how people speak of it."""

    key: str
    noun: str
    permission: str
    columns: list
    example: tuple
    check: Callable
    record: Callable
    hints: list
    code_lists: Callable


class Result(TextChoices):
    READY = "READY", "akan dicatat"
    CHANGED = "CHANGED", "akan diperbarui"
    KNOWN = "KNOWN", "sudah tercatat"
    REFUSED = "REFUSED", "ditolak"


@dataclass
class ImportRow:
    """One line of a file, and what is wrong with it: (column, sentence). Doubts never refuse."""

    number: int
    problems: list = field(default_factory=list)
    doubts: list = field(default_factory=list)

    def refuse(self, column, words):
        self.problems.append((column, words))

    def doubt(self, column, words):
        self.doubts.append((column, words))

    def read(self, column, cell, reader):
        """What ``reader`` makes of a cell; if it cannot, the row is refused and None comes back."""
        try:
            return reader(cell)
        except ValidationError as problem:
            self.refuse(column, problem.messages[0])
        except ValueError as problem:
            self.refuse(column, str(problem))
        return None

    def sentences(self):
        """“Baris 4, kolom nilai: …” for the reports of page and command."""
        return self._told(self.problems)

    def doubt_sentences(self):
        return self._told(self.doubts)

    def _told(self, remarks):
        for column, words in remarks:
            place = f", kolom {column}" if column else ""
            yield f"Baris {self.number}{place}: {words}"


@dataclass
class ImportReport:
    """All rows of a file with what becomes of each; ``notes`` are about the file as a whole."""

    rows: list
    unknown: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def having(self, *results):
        return [row for row in self.rows if row.result in results]

    @property
    def ready(self):
        return self.having(Result.READY)

    @property
    def changed(self):
        return self.having(Result.CHANGED)

    @property
    def known(self):
        return self.having(Result.KNOWN)

    @property
    def refused(self):
        return self.having(Result.REFUSED)

    @property
    def doubtful(self):
        return [row for row in self.rows if row.doubts and not row.problems]

    @property
    def writes(self):
        """How many rows recording would write."""
        return len(self.ready) + len(self.changed)


def read_import(file, columns, **options):
    """The table of ``file``; ``TableRefused`` if a column is missing."""
    table = read_table(file, columns=columns, **options)
    if table.missing:
        raise TableRefused(
            f"Kolom {', '.join(table.missing)} tidak ada. Baris pertama harus berisi judul "
            f"{', '.join(columns)}; urutannya bebas."
        )
    return table


def put_rounding_first(rows, table):
    """What Excel left of a rounded number would only mislead, so the rounding is said alone."""
    by_number = {row.number: row for row in rows}
    for number, words in table.problems:
        by_number[number].problems = [("", words)]


def refuse_repeated(rows, column, value_of, words):
    """Each ``value_of(row)`` stands once in a file. ``words`` may name {value} and {line}."""
    first = {}
    for row in rows:
        value = value_of(row)
        if value and first.setdefault(value, row.number) != row.number:
            row.refuse(column, words.format(value=value, line=first[value]))


def words_of(cell):
    """The text of a cell, without blanks too many."""
    return " ".join(str("" if cell is None else cell).split())


def digits_of(cell):
    """A number that names something, as it was meant before a spreadsheet program took it."""
    typed = words_of(cell)
    if SCIENTIFIC.fullmatch(typed):
        raise ValueError(
            f"Excel menyingkat angka ini menjadi {typed[:30]}. Ubah format kolom ini menjadi Teks, "
            "ketik ulang angkanya, lalu simpan."
        )
    match = WITH_ZEROS.fullmatch(typed)
    # 8.000 is eight thousand where it counts; a number that names something is longer.
    return match[1] if match and len(match[1]) > 4 else typed


def region_code_of(cell):
    """“1375”, “13.75” and the 13.1 that Excel makes of 13.10, as Kemendagri writes them."""
    typed = str(cell).strip().replace(",", ".")
    if match := REGION_CODE.fullmatch(typed):
        province, whole, shortened = match.groups()
        return f"{province}.{whole or shortened + '0'}"
    return typed


class KeptFile:
    """A checked file that waits for its officer's yes. Another officer's code leads nowhere."""

    def __init__(self, request, what):
        self._place = f"{what}:{request.user.pk}"

    def keep(self, content):
        """The code under which ``content`` waits."""
        code = secrets.token_urlsafe(24)
        cache.set(self._key(code), content, KEPT_SECONDS)
        return code

    def get(self, code):
        return cache.get(self._key(code))

    def drop(self, code):
        cache.delete(self._key(code))

    def _key(self, code):
        return f"{self._place}:{code[:64]}"
