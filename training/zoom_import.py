"""A Zoom report for one session: what it would record, line by line, and recording it.

One file is recorded whole or not at all; the same file again adds nothing.
"""

from typing import NamedTuple

from training.presence import minutes_in
from training.workflow.attendance import import_report, preview_report
from training.zoom_report import read_report


class ImportRefused(Exception):
    """Lines of the report cannot be read; nothing was recorded."""


class Row(NamedTuple):
    """Somebody in the report; ``registration`` is None where nobody fits."""

    name: str
    email: str
    minutes: int
    suffices: bool
    registration: object

    @property
    def by(self):
        """By what the person was found."""
        if self.registration is None:
            return ""
        return "surel" if self.email == self.registration.user.email.lower() else "nama"


class Preview(NamedTuple):
    """``problems`` are (line, column, sentence); ``misses`` says that nobody was in the session
    at its time, so that another session or time zone is meant."""

    report: object
    rows: list
    misses: bool

    @property
    def problems(self):
        return self.report.problems

    @property
    def matched(self):
        return [row for row in self.rows if row.registration]

    @property
    def unmatched(self):
        return [row for row in self.rows if not row.registration]

    @property
    def by_email(self):
        return sum(row.by == "surel" for row in self.rows)

    @property
    def by_name(self):
        return sum(row.by == "nama" for row in self.rows)

    @property
    def enough(self):
        return sum(row.suffices for row in self.matched)


def check(session, file, *, zone):
    """What recording ``file`` would do; nothing is written. Raises ``ReportRefused``."""
    report = read_report(file, zone=zone)
    needed = session.minutes * session.event.session_minutes_percent
    rows = []
    for one, registration in preview_report(session, report):
        minutes = minutes_in(one.spans, session.starts_at, session.ends_at)
        rows.append(Row(one.name, one.email, minutes, minutes * 100 >= needed, registration))
    rows.sort(key=lambda row: (row.registration is not None, row.name.lower()))
    return Preview(report, rows, misses=bool(rows) and all(row.minutes == 0 for row in rows))


def record(session, file, *, zone, by, kept=None):
    """Record ``file``; ``kept`` is the accepted upload, for the archive. All lines or none."""
    report = read_report(file, zone=zone)
    if report.problems:
        raise ImportRefused(
            f"{len(report.problems)} baris laporan ini tidak terbaca; tidak ada yang dicatat. "
            "Perbaiki atau hapus baris itu, lalu unggah lagi."
        )
    return import_report(session, report, by=by, file=kept)
