"""The lines of a file of campaign participants, read one after the other: there are millions.

A file is text with commas, semicolons or tabs, or the first sheet of a workbook. Each line becomes
a participant, or a refusal that names the column and says what to do. Nothing here writes.
"""

import csv
import hashlib
import io
import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from django.core.exceptions import ValidationError

from programs.dates import parse_date
from programs.identifiers import normalize_nib
from programs.models import Region
from programs.spreadsheets import PROBLEMS, UTF_16, TableRefused, plain_heading, read_lines
from programs.table_import import digits_of, region_code_of, words_of
from programs.templatetags.bina import tanggal
from programs.workbook_reading import MAX_ROWS

COLUMNS = ["nib", "nama", "kode_kabkota", "tanggal"]
LONGEST_LINE = 4096
LONGEST_NAME = 200
# How many different dates and regions are read anew only once.
REMEMBERED = 4096
# What no text of ours may hold: control characters, and the mark for a letter that was not UTF-8.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")


class Participant(NamedTuple):
    line: int
    key: str
    name: str
    region: str
    joined_on: str


class Refusal(NamedTuple):
    line: int
    column: str
    words: str


class LineRefused(Exception):
    def __init__(self, column, words):
        super().__init__(column, words)
        self.column, self.words = column, words


class CampaignLines:
    """The data lines of ``file`` (binary), as participants of ``campaign`` or refusals.

    Raises ``TableRefused`` when it is no table with our columns. Lines without anything in them do
    not count, so that a reader who skips so many lines is always where another one stopped.
    """

    def __init__(self, file, campaign, *, today):
        self.campaign, self.today = campaign, today
        self._regions = dict(Region.objects.values_list("code", "kind"))
        self.region_of = lru_cache(REMEMBERED)(self._region)
        self.day_of = lru_cache(REMEMBERED)(self._day)
        self._lines = _numbered_lines(file)
        heading = next(self._lines, None)
        if heading is None:
            raise TableRefused(PROBLEMS["empty"])
        self._places, self.unknown = _match(heading[1] or [])

    def __iter__(self):
        for line, cells in self._lines:
            if cells is None:
                yield Refusal(
                    line,
                    "",
                    f"Baris ini lebih panjang dari {LONGEST_LINE} huruf atau tanda kutipnya tidak "
                    "ditutup. Perbaiki baris ini.",
                )
                continue
            try:
                yield self._participant(line, cells)
            except LineRefused as problem:
                yield Refusal(line, problem.column, UNREADABLE.sub("?", problem.words)[:300])

    def after(self, done):
        """All lines but the first ``done``, which were told of before."""
        self._lines = islice(self._lines, done, None)
        return iter(self)

    def _participant(self, line, cells):
        last = len(cells)
        nib, name, code, day = (cells[place] if place < last else "" for place in self._places)
        name = _name(name)
        nib = _nib(nib)
        region = self.region_of(code)
        return Participant(line, nib or key_of(name, region), name, region, self.day_of(day))

    def _region(self, cell):
        code = region_code_of(words_of(cell))
        kind = self._regions.get(code)
        if not code:
            raise LineRefused("kode_kabkota", "Isi kode kabupaten/kota. Contoh: 13.75.")
        if kind is None:
            raise LineRefused(
                "kode_kabkota",
                "Kode ini bukan kode kabupaten/kota menurut Kemendagri. Contoh: 13.75. "
                f"Anda menulis “{code[:20]}”.",
            )
        if kind == Region.Kind.PROVINCE:
            raise LineRefused(
                "kode_kabkota",
                "Kode dua angka adalah provinsi. Tulis kabupaten/kotanya, misalnya 13.75. "
                f"Anda menulis “{code}”.",
            )
        return code

    def _day(self, cell):
        try:
            day = parse_date(cell)
        except ValueError as problem:
            raise LineRefused("tanggal", str(problem)) from None
        if problem := problem_of_day(self.campaign, day, today=self.today):
            raise LineRefused("tanggal", problem)
        return day.isoformat()


def problem_of_day(campaign, day, *, today):
    """Why nobody can have joined on ``day``, in a sentence; empty if they can."""
    if day > today:
        return (
            f"Tanggal {tanggal(day)} belum tiba. Tulis tanggal ikut kampanye, paling lambat hari "
            "ini."
        )
    if campaign.runs_on(day):
        return ""
    until = f" sampai {tanggal(campaign.ends_on)}" if campaign.ends_on else ""
    return (
        f"Tanggal {tanggal(day)} di luar kampanye ini, yang berjalan mulai "
        f"{tanggal(campaign.starts_on)}{until}."
    )


def key_of(name, region):
    """What a business without a NIB is known by in a campaign: its name and kabupaten/kota."""
    told = f"{' '.join(name.split()).lower()}|{region}"
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def _name(cell):
    name = words_of(cell)
    if not name:
        raise LineRefused("nama", "Isi nama usaha. Contoh: Keripik Sanjai Uni.")
    if len(name) > LONGEST_NAME:
        raise LineRefused(
            "nama",
            f"Nama usaha paling panjang {LONGEST_NAME} huruf. Anda menulis {len(name)} huruf.",
        )
    if UNREADABLE.search(name):
        raise LineRefused(
            "nama",
            "Ada huruf yang tidak terbaca. Di Excel pilih Simpan sebagai, CSV UTF-8, lalu kirim "
            "lagi.",
        )
    return name


def _nib(cell):
    """The NIB, or nothing: not every business has one."""
    if isinstance(cell, str) and len(cell) == 13 and cell.isascii() and cell.isdigit():
        return cell  # nearly all of them
    try:
        typed = digits_of(cell)
        return normalize_nib(typed) if typed else ""
    except ValidationError as problem:
        raise LineRefused("nib", problem.messages[0]) from None
    except ValueError as problem:
        raise LineRefused("nib", str(problem)) from None


def _match(heading):
    """Where our columns stand, and the headings that we do not know."""
    wanted = {plain_heading(name): name for name in COLUMNS}
    places, unknown = {}, []
    for place, said in enumerate(heading):
        name = wanted.get(plain_heading(said))
        if name is None:
            unknown += [str(said)] if said else []
        elif name in places:
            raise TableRefused(f"Kolom “{said}” ada dua kali. Hapus salah satunya.")
        else:
            places[name] = place
    if missing := [name for name in COLUMNS if name not in places]:
        raise TableRefused(
            f"Kolom {', '.join(missing)} tidak ada. Baris pertama harus berisi judul "
            f"{', '.join(COLUMNS)}; urutannya bebas."
        )
    return [places[name] for name in COLUMNS], unknown


def _numbered_lines(file):
    """(line as an editor shows it, its cells) of every line with something in it.

    Cells are None where they cannot be told apart.
    """
    file.seek(0)
    begin = file.read(8)
    file.seek(0)
    if begin.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        yield from _workbook_lines(file)
        return
    encoding = "utf-16" if begin.startswith(UTF_16) else "utf-8-sig"
    yield from _text_lines(_Text(file, encoding=encoding, errors="replace"))


class _Text(io.TextIOWrapper):
    """The letters of a file that stays open: it is for its opener to close."""

    def close(self):
        pass


def _workbook_lines(file):
    lines = read_lines(file)
    if len(lines) >= MAX_ROWS:
        raise TableRefused(
            f"Berkas Excel ini berisi {MAX_ROWS} baris atau lebih. Simpan sebagai CSV UTF-8, lalu "
            "kirim lagi; berkas CSV boleh berisi jutaan baris."
        )
    yield from lines


def _text_lines(text):
    delimiter, number = "", 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            while line and not line.endswith("\n"):
                line = text.readline(LONGEST_LINE)
            yield number, None
            continue
        if line.isspace():
            continue
        line = line.rstrip("\n")
        delimiter = delimiter or max(",;\t", key=line.count)
        cells = line.split(delimiter) if '"' not in line else _quoted(line, delimiter)
        if cells is None or any(cells):
            yield number, cells


def _quoted(line, delimiter):
    """Line by line, so that a quotation mark that nobody closed costs one line and not the rest."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
