"""What a participant can do just now: one list for the page of a registration and for my-tasks.

Whether it really works at the moment of pressing is for ``workflow`` to say; here is what is worth
showing.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone

from training.enums import EventStatus, RegistrationStatus, TestOccasion
from training.models import Attendance, TestAttempt

# People look for the link when they have made their coffee.
LINK_BEFORE = timedelta(minutes=60)
PRETEST_BEFORE = timedelta(days=3)
CALLED_OFF = [EventStatus.CANCELLED, EventStatus.POSTPONED]


class Step(NamedTuple):
    """One thing to do: what, why, where, until when. ``is_needed``: the certificate depends on it
    or the day does."""

    key: str
    title: str
    text: str
    url: str
    action: str
    until: datetime | None = None
    is_needed: bool = True


def with_deeds(registrations):
    """The same registrations with all that ``next_steps`` looks at, in two queries.

    Besides, each knows the keys of the sessions it was ``present_in`` and the tests that it has
    ``taken``.
    """
    present = Attendance.objects.filter(registration=OuterRef("pk"), is_present=True)
    attempts = TestAttempt.objects.filter(registration=OuterRef("pk"))
    return (
        registrations.select_related("event__unit", "evaluation")
        .prefetch_related("event__sessions")
        .annotate(
            present_in=ArraySubquery(present.values("session")),
            taken=ArraySubquery(attempts.values("occasion")),
        )
    )


def next_steps(registration, *, now):
    """The steps of one person at this moment, the most urgent first. Needs ``with_deeds``."""
    if registration.event.status in CALLED_OFF:
        return []
    if registration.status == RegistrationStatus.QUALIFIED:
        found = [_confirm_name(registration)]
    elif registration.status == RegistrationStatus.ACCEPTED:
        found = [
            *_check_ins(registration, now),
            _join(registration, now),
            _pretest(registration, now),
            _posttest(registration, now),
            _evaluation(registration, now),
            _confirm_name(registration),
        ]
    else:
        found = []
    return [step for step in found if step]


def _check_ins(registration, now):
    for session in registration.event.sessions.all():
        if session.pk not in registration.present_in and session.is_open_for_check_in(now=now):
            address = reverse("training:check_in", args=[registration.event.slug])
            yield Step(
                "check_in",
                f"Isi daftar hadir sesi {session.number}",
                f"{session.title}. Ketik kode enam angka yang ditampilkan panitia, paling lambat "
                f"pukul {_clock(session.check_in_closes_at)}.",
                f"{address}?sesi={session.number}",
                "Catat kehadiran",
                session.check_in_closes_at,
            )


def _join(registration, now):
    """The session that runs or is about to begin, where there is a link to follow it."""
    event = registration.event
    if not (event.is_online and event.online_url):
        return None
    for session in event.sessions.all():
        if session.starts_at - LINK_BEFORE <= now < session.ends_at:
            return Step(
                "join",
                f"Ikuti sesi {session.number} secara daring",
                f"{session.title}, {_clock(session.starts_at)} sampai "
                f"{_clock(session.ends_at)}. Pakai nama lengkap Anda di Zoom agar kehadiran Anda "
                "dikenali.",
                event.online_url,
                "Buka tautan",
                session.ends_at,
            )
    return None


def _pretest(registration, now):
    sessions = list(registration.event.sessions.all())
    if not registration.event.has_pretest or TestOccasion.PRE in registration.taken:
        return None
    if not sessions[0].starts_at - PRETEST_BEFORE <= now < sessions[0].ends_at:
        return None
    return Step(
        "pretest",
        "Kerjakan tes awal",
        "Untuk melihat apa yang sudah Anda ketahui. Nilainya tidak memengaruhi sertifikat; "
        "dikerjakan satu kali.",
        reverse("training:test", args=[registration.pk, "awal"]),
        "Mulai tes awal",
        sessions[0].ends_at,
    )


def _posttest(registration, now):
    event = registration.event
    if not event.has_posttest or TestOccasion.POST in registration.taken:
        return None
    if now < _last_begins_at(event) or _is_late(event, now):
        return None
    minimum = event.posttest_minimum
    return Step(
        "posttest",
        "Kerjakan tes akhir",
        f"Sertifikat memerlukan nilai paling sedikit {minimum}; dikerjakan satu kali."
        if minimum is not None
        else "Untuk melihat apa yang bertambah; dikerjakan satu kali.",
        reverse("training:test", args=[registration.pk, "akhir"]),
        "Mulai tes akhir",
        event.evaluation_closes_at,
        minimum is not None,
    )


def _evaluation(registration, now):
    event = registration.event
    if hasattr(registration, "evaluation") or now < _last_begins_at(event):
        return None
    if event.status not in (EventStatus.RUNNING, EventStatus.FINISHED) or _is_late(event, now):
        return None
    return Step(
        "evaluation",
        "Isi evaluasi",
        "Pendapat Anda tentang materi, narasumber, dan penyelenggaraan."
        + (" Sertifikat memerlukannya." if event.evaluation_required else ""),
        reverse("training:evaluation", args=[registration.pk]),
        "Isi evaluasi",
        event.evaluation_closes_at,
        event.evaluation_required,
    )


def _confirm_name(registration):
    """Who was entered by somebody else has not said yet how the name is written."""
    if not registration.event.gives_certificate or registration.name_confirmed_at:
        return None
    return Step(
        "name",
        "Periksa nama Anda untuk sertifikat",
        f"Sekarang tertulis “{registration.name}”. Begitulah sertifikat dicetak.",
        reverse("training:name_confirm", args=[registration.pk]),
        "Periksa nama",
    )


def _last_begins_at(event):
    return max(session.starts_at for session in event.sessions.all())


def _is_late(event, now):
    return event.evaluation_closes_at is not None and now >= event.evaluation_closes_at


def _clock(moment):
    return f"{timezone.localtime(moment):%H.%M} WIB"
