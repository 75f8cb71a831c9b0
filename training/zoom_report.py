"""Zoom's report of who was in a meeting or webinar, as the host exports it.

One line is one stay: who drops out and comes back has several. Whose they are is for
``training.presence``.
"""

import re
from datetime import datetime
from typing import NamedTuple

from programs.spreadsheets import TableRefused, plain_heading, read_lines
from training.zoom_times import read_moments

MAX_LINES = 20_000
LONGEST_NAME, LONGEST_EMAIL = 200, 254
# By how well they fit: reports of several meetings also have a “User Name”, that of the host.
HEADINGS = {
    "name": [
        "name original name", "user name original name", "nama nama asli", "name", "user name",
        "participant", "nama", "nama pengguna", "peserta",
    ],
    "join": ["join time", "waktu bergabung", "waktu masuk"],
    "leave": ["leave time", "waktu keluar", "waktu meninggalkan"],
}  # fmt: skip
OPTIONAL = {
    "email": ["user email", "email", "e mail", "email pengguna", "surel"],
    "waiting": ["in waiting room", "di ruang tunggu"],
    "attended": ["attended", "menghadiri"],
}
AS_ZOOM_WRITES = {"name": "Name (Original Name)", "join": "Join Time", "leave": "Leave Time"}
TOTALS = {"total duration minutes", "duration minutes", "total durasi menit", "durasi menit"}
SUMMARY = {"topic", "topik", "meeting id", "webinar id"}
YES, NO = {"yes", "ya", "true"}, {"no", "tidak", "false"}
NAME_AND_ORIGINAL = re.compile(r"(.*\S)\s*\(([^()]*)\)")
HOW_TO_EXPORT = (
    "Di situs Zoom buka Reports (Laporan), Usage (Penggunaan), tekan angka di kolom Participants, "
    "biarkan “Show unique users” tanpa centang, lalu tekan Export."
)
EXAMPLE = "Tulis seperti 06/22/2020 08:55:12 AM atau 2020-06-22 08:55:12."


class ReportRefused(Exception):
    """The file is no report that we can work with. The message says what to do."""


class Join(NamedTuple):
    """One stay of somebody: ``name`` as it stood in Zoom, ``original_name`` before a renaming."""

    line: int
    name: str
    original_name: str
    email: str
    joined_at: datetime
    left_at: datetime


class Report(NamedTuple):
    """``problems`` are (line, column, sentence); ``skipped`` lines tell of people outside: in the
    waiting room, or registered for a webinar and never there."""

    joins: list
    problems: list
    skipped: int

    @property
    def span(self):
        """From the first arrival to the last departure; None if nobody came."""
        if not self.joins:
            return None
        return min(join.joined_at for join in self.joins), max(join.left_at for join in self.joins)


class _Stay(NamedTuple):
    """One line as it stands in the file, with the headings of its table."""

    line: int
    headings: dict
    cells: dict


def read_report(file, *, zone):
    """Every stay in ``file`` (.csv or .xlsx), its times being those of ``zone``.

    Raises ``ReportRefused`` if it is no participants report.
    """
    try:
        lines = read_lines(file)
    except TableRefused as refusal:
        raise ReportRefused(str(refusal)) from None
    if not lines:
        raise ReportRefused(f"Berkas ini kosong. {HOW_TO_EXPORT}")
    if len(lines) > MAX_LINES:
        raise ReportRefused(
            "Berkas ini berisi lebih dari 20.000 baris. Unggah laporan satu pertemuan saja."
        )
    stays = _stays(lines)
    if not stays:
        raise ReportRefused(f"Tidak ada seorang peserta pun di laporan ini. {HOW_TO_EXPORT}")
    inside = [stay for stay in stays if not _is_outside(stay.cells)]
    moments = read_moments(stay.cells[key] for stay in inside for key in ("join", "leave"))
    joins, problems = [], []
    for stay in inside:
        wrong = list(_problems(stay, moments))
        problems += [(stay.line, stay.headings[key], sentence) for key, sentence in wrong]
        if not wrong:
            joins.append(_join(stay, moments, zone))
    return Report(joins, problems, skipped=len(stays) - len(inside))


def _stays(lines):
    """The lines below a heading of participants; a webinar's report has several such tables."""
    tables = [_columns(values) for _, values in lines]
    if not any(tables):
        raise ReportRefused(_what_is_missing([values for _, values in lines]))
    stays, columns, headings = [], None, {}
    for position, (number, values) in enumerate(lines):
        if tables[position]:
            columns = tables[position]
            headings = {key: str(values[column]) for key, column in columns.items()}
        elif not SUMMARY.isdisjoint(map(plain_heading, values)):
            columns = None  # what a meeting was, and not who was there
        elif columns and not _is_title(values, tables[position + 1 : position + 2]):
            cells = {
                key: str(values[column]).strip() if column < len(values) else ""
                for key, column in columns.items()
            }
            stays.append(_Stay(number, headings, cells))
    return stays


def _columns(values):
    """{what: column} if this line is the heading of a table of stays, else None."""
    plain = [plain_heading(value) for value in values]
    columns = {}
    for key, names in HEADINGS.items():
        column = next((plain.index(name) for name in names if name in plain), None)
        if column is None:
            return None
        columns[key] = column
    for key, names in OPTIONAL.items():
        found = [column for column, heading in enumerate(plain) if heading in names]
        if found:
            # The host's address stands before the name, the participant's after it.
            columns[key] = min(found, key=lambda column: (column < columns["name"], column))
    return columns


def _is_title(values, following):
    """“Panelist Details”, alone in the line above a heading."""
    return any(following) and sum(value != "" for value in values) == 1


def _is_outside(cells):
    return cells.get("waiting", "").lower() in YES or cells.get("attended", "").lower() in NO


def _what_is_missing(lines):
    nearest, most = set(), 0
    for values in lines:
        plain = set(map(plain_heading, values))
        known = {key for key, names in HEADINGS.items() if not plain.isdisjoint(names)}
        if known == {"name"} and plain & TOTALS:
            return (
                "Laporan ini hanya memuat jumlah menit tiap orang, tanpa waktu masuk dan keluar. "
                f"{HOW_TO_EXPORT}"
            )
        if len(known) > most:
            nearest, most = known, len(known)
    missing = ", ".join(words for key, words in AS_ZOOM_WRITES.items() if key not in nearest)
    return f"Ini bukan laporan peserta dari Zoom: kolom {missing} tidak ada. {HOW_TO_EXPORT}"


def _problems(stay, moments):
    if not stay.cells["name"]:
        yield "name", "Nama kosong. Isi nama orang ini, atau hapus barisnya."
    joined, left = moments[stay.cells["join"]], moments[stay.cells["leave"]]
    for key, moment in (("join", joined), ("leave", left)):
        written = stay.cells[key]
        if moment is None:
            said = f"“{written[:40]}” tidak terbaca sebagai waktu." if written else "Waktu kosong."
            yield key, f"{said} {EXAMPLE}"
    if joined and left and left < joined:
        yield (
            "leave",
            f"Waktu keluar ({stay.cells['leave']}) mendahului waktu masuk ({stay.cells['join']}). "
            "Perbaiki salah satunya.",
        )


def _join(stay, moments, zone):
    name, original = stay.cells["name"], ""
    if renamed := NAME_AND_ORIGINAL.fullmatch(name):
        name, original = renamed[1], renamed[2].strip()
    email = stay.cells.get("email", "").lower()
    return Join(
        line=stay.line,
        name=name[:LONGEST_NAME],
        original_name=original[:LONGEST_NAME],
        # Without account Zoom leaves it empty or writes a dash.
        email=email if "@" in email and len(email) <= LONGEST_EMAIL else "",
        joined_at=moments[stay.cells["join"]].replace(tzinfo=zone),
        left_at=moments[stay.cells["leave"]].replace(tzinfo=zone),
    )
