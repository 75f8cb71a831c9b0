"""Reminders to those who hold a place: the day before, and an hour before each day begins."""

from datetime import timedelta
from itertools import groupby

from django.utils import timezone

from programs.enums import NotificationKind
from training.enums import RegistrationStatus
from training.news import tell, when_in_words


def remind_the_day_before(event, *, now):
    """D-1: when, where, and what to have ready. Told once for each new date of the event."""
    tell(
        event,
        _participants(event),
        fact=f"day_before.{event.calendar_sequence}",
        subject=f"Besok: {event.title}",
        body=(
            f"{event.title} dimulai {when_in_words(event)}, pukul {_clock(event.starts_at)}. "
            f"{_where(event)}\n\nBila Anda tidak jadi ikut, undurkan diri sekarang di halaman "
            "Anda: orang di daftar tunggu langsung mendapat tempatnya."
        ),
        kind=NotificationKind.REMINDER,
        seat=True,
    )


def remind_an_hour_before(event, *, now):
    """H-1: the link or the place once more, before the first session of each day."""
    sessions = event.sessions.order_by("starts_at")
    for day, of_the_day in groupby(sessions, key=lambda one: timezone.localdate(one.starts_at)):
        first = next(of_the_day)
        if now <= first.starts_at <= now + timedelta(minutes=60):
            tell(
                event,
                _participants(event),
                fact=f"hour_before.{event.calendar_sequence}.{day:%Y%m%d}",
                subject=f"Sebentar lagi: {event.title}",
                body=(
                    f"Sesi {first.number}, {first.title}, dimulai pukul {_clock(first.starts_at)}. "
                    f"{_where(event)}\n\nDaftar hadir diisi di halaman Anda dengan kode enam angka "
                    "yang ditampilkan panitia."
                ),
                kind=NotificationKind.REMINDER,
            )


def _participants(event):
    accepted = event.registrations.filter(status=RegistrationStatus.ACCEPTED)
    return accepted.select_related("user")


def _where(event):
    parts = [f"Tempat: {event.place}." if event.place else ""]
    if event.is_online:
        parts.append("Tautan daring ada di halaman Anda.")
    return " ".join(part for part in parts if part)


def _clock(moment):
    return f"{timezone.localtime(moment):%H.%M} WIB"
