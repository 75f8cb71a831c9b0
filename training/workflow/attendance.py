"""Who was there: by the code on the screen, by the organizers' list, by the Zoom report."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from programs.documents import store_document
from programs.transitions import TransitionNotAllowed
from training.check_in_codes import Shown, Verdict, verdict_among
from training.enums import HELD, EventStatus, RegistrationStatus
from training.models import Attendance, Session, ZoomAttendee, ZoomReport
from training.models.session import CHECK_IN_MINUTES
from training.presence import attendees, match, minutes_in

# Attendance is put right until the results are concluded.
OPEN_FOR_MARKS = [EventStatus.RUNNING, EventStatus.FINISHED]
OPEN_FOR_CODES = [EventStatus.OPEN, EventStatus.CLOSED, *OPEN_FOR_MARKS]
# Somebody in a Zoom report who is no participant: a host, a recorder, a guest.
OUTSIDER = "outsider"
# The organizers have the last word; that they spoke before the evidence came is on record.
MARKED_BEFORE = "Dicatat panitia sebelum ada kode atau laporan Zoom."


class WrongCode(TransitionNotAllowed):
    """The typed code is not the one on the screen now; many of these in a row are guesses."""


@transaction.atomic
def open_check_in(session, *, by, now, minutes=CHECK_IN_MINUTES):
    """Open the session's attendance list now, for ``minutes``; again, if it was closed."""
    session = _lock_session(session)
    if session.event.status not in [EventStatus.OPEN, EventStatus.CLOSED, EventStatus.RUNNING]:
        raise TransitionNotAllowed("Daftar hadir hanya dapat dibuka selama kegiatan berlangsung.")
    if now < session.starts_at - timedelta(hours=1):
        raise TransitionNotAllowed("Daftar hadir paling awal dibuka satu jam sebelum sesi dimulai.")
    if not session.check_in_opens_at or session.check_in_opens_at > now:
        session.check_in_opens_at = now
    session.check_in_closes_at = now + timedelta(minutes=minutes)
    session.save(update_fields=["check_in_opens_at", "check_in_closes_at"])
    return session


@transaction.atomic
def close_check_in(session, *, by, now):
    """End the session's attendance list before its time."""
    session = _lock_session(session)
    if session.is_open_for_check_in(now=now):
        session.check_in_closes_at = max(now, session.check_in_opens_at + timedelta(seconds=1))
        session.save(update_fields=["check_in_closes_at"])
    return session


@transaction.atomic
def check_in(registration, session, *, code, now):
    """Record that a participant typed the code in time. Twice does no harm.

    Raises ``TransitionNotAllowed`` with what to do: window closed, code of another time or of
    another session, no place in the event.
    """
    _refuse_codes_unless_held(session.event)
    if registration.status != RegistrationStatus.ACCEPTED:
        raise TransitionNotAllowed(
            "Daftar hadir hanya untuk peserta yang mendapat tempat. Hubungi panitia bila keliru."
        )
    if not session.check_in_opens_at or now < session.check_in_opens_at:
        raise TransitionNotAllowed(
            f"Daftar hadir sesi {session.number} belum dibuka. Tunggu sampai panitia menampilkan "
            "kodenya."
        )
    if now >= session.check_in_closes_at:
        raise TransitionNotAllowed(
            f"Daftar hadir sesi {session.number} sudah ditutup pukul "
            f"{_clock(session.check_in_closes_at)}. Minta panitia mencatat kehadiran Anda."
        )
    _refuse_unless_right(session, code, now)
    attendance, _ = Attendance.objects.get_or_create(registration=registration, session=session)
    if attendance.checked_in_at is None:
        attendance.checked_in_at = now
        _explain_contradiction(attendance)
        attendance.save(update_fields=["checked_in_at", "mark_reason"])
    return attendance


@transaction.atomic
def mark(session, marks, *, by, now, reason=""):
    """Record the organizers' list: ``marks`` is {registration: True, False or None}.

    None takes an earlier mark back. To call absent whom code or Zoom show as present takes a
    reason. Refused once the results are concluded.
    """
    session = _lock_session(session)
    _refuse_unless_open_for_marks(session.event)
    known = {row.registration_id: row for row in session.attendances.select_for_update()}
    for registration, is_present in marks.items():
        row = known.get(registration.pk) or Attendance(registration=registration, session=session)
        if row.marked == is_present:
            continue
        contradicts = is_present is False and (row.checked_in_at or row.zoom_suffices)
        if contradicts and not reason.strip():
            raise TransitionNotAllowed(
                f"Tulis alasannya: kode atau laporan Zoom menunjukkan {registration.name} hadir."
            )
        row.marked = is_present
        row.marked_by = by if is_present is not None else None
        row.marked_at = now if is_present is not None else None
        row.mark_reason = reason if is_present is not None else ""
        row.save()
    return session


@dataclass(frozen=True)
class ZoomResult:
    """What an import made of a report: people by how they were found, and who was not."""

    matched: int
    unmatched: int
    enough: int


def preview_report(session, report):
    """What importing ``report`` would do, without writing: (attendee, registration or None)."""
    people = list(session.event.registrations.placed().select_related("user"))
    found = attendees(report.joins)
    matched, _ = match(found, [(person.user.email, person.name) for person in people])
    return [
        (one, people[matched[index][0]] if index in matched else None)
        for index, one in enumerate(found)
    ]


@transaction.atomic
def import_report(session, report, *, by, file=None):
    """Take a Zoom participants report over for one session.

    Stays are added to those of earlier reports, so that the same file changes nothing. Matches that
    officers made by hand stand. ``file`` is the accepted upload, kept as evidence.
    """
    session = _lock_session(session)
    _refuse_unless_open_for_marks(session.event)
    ZoomReport.objects.create(
        session=session,
        document=store_document(file, organization=None, by=by) if file else None,
        lines=len(report.joins),
        imported_by=by,
    )
    known = {(row.name, row.email): row for row in session.zoom_attendees.all()}
    rows = []
    for one, registration in preview_report(session, report):
        row = known.get((one.name, one.email)) or ZoomAttendee(
            session=session, name=one.name, email=one.email, spans=[]
        )
        spans = {tuple(span) for span in row.spans}
        spans |= {(start.isoformat(), end.isoformat()) for start, end in one.spans}
        row.spans = [list(span) for span in sorted(spans)]
        row.minutes = _minutes(row, session)
        if row.matched_by != "hand" and not row.is_ignored:
            row.registration = registration
            row.matched_by = "report" if registration else ""
        rows.append(row)
    # One INSERT … ON CONFLICT for old rows and new: an UPDATE of thousands takes seconds.
    ZoomAttendee.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["session", "name", "email"],
        update_fields=["spans", "minutes", "registration", "matched_by"],
    )
    enough = _write_minutes(session)
    matched = sum(1 for row in rows if row.registration_id)
    return ZoomResult(matched, len(rows) - matched, enough)


@transaction.atomic
def identify(session, people, *, by):
    """Say by hand who people in the session's Zoom report are.

    ``people`` is {attendee: registration}; OUTSIDER is somebody who is no participant, None was
    not decided after all.
    """
    session = _lock_session(session)
    _refuse_unless_open_for_marks(session.event)
    for attendee, who in people.items():
        registration = None if who == OUTSIDER else who
        if registration and registration.event_id != session.event_id:
            raise TransitionNotAllowed("Orang itu peserta kegiatan lain.")
        attendee.registration, attendee.is_ignored = registration, who == OUTSIDER
        attendee.matched_by = "hand" if who else ""
    ZoomAttendee.objects.bulk_update(people, ["registration", "is_ignored", "matched_by"])
    _write_minutes(session)
    return session


def _write_minutes(session):
    """Bring the attendance rows in line with the matched people of all reports."""
    stays = {}
    for row in session.zoom_attendees.exclude(registration=None):
        # One person with two devices: the stays together, overlaps counted once.
        stays.setdefault(row.registration_id, []).extend(_spans(row))
    needed = session.minutes * session.event.session_minutes_percent
    wanted = {}
    for registration_id, spans in stays.items():
        minutes = minutes_in(spans, session.starts_at, session.ends_at)
        wanted[registration_id] = (minutes, minutes * 100 >= needed)
    known = {row.registration_id: row for row in session.attendances.select_for_update()}
    changed = []
    for pk in known.keys() | wanted.keys():
        row = known.get(pk) or Attendance(registration_id=pk, session=session)
        minutes, suffices = wanted.get(pk, (None, False))
        if (row.zoom_minutes, row.zoom_suffices) != (minutes, suffices):
            row.zoom_minutes, row.zoom_suffices = minutes, suffices
            _explain_contradiction(row)
            changed.append(row)
    Attendance.objects.bulk_create(
        changed,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["registration", "session"],
        update_fields=["zoom_minutes", "zoom_suffices", "mark_reason"],
    )
    return sum(1 for _, suffices in wanted.values() if suffices)


def _minutes(row, session):
    return minutes_in(_spans(row), session.starts_at, session.ends_at)


def _spans(row):
    return [
        (datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in row.spans
    ]


def _lock_session(session):
    return (
        Session.objects.select_for_update(of=("self",)).select_related("event").get(pk=session.pk)
    )


def _refuse_unless_open_for_marks(event):
    if event.status in OPEN_FOR_MARKS:
        return
    if event.status in HELD:
        raise TransitionNotAllowed(
            "Hasil kegiatan ini sudah ditetapkan. Buka kembali hasilnya untuk membetulkan "
            "kehadiran."
        )
    raise TransitionNotAllowed("Kehadiran baru dapat dicatat setelah kegiatan dimulai.")


def _explain_contradiction(row):
    """Evidence for somebody who is marked absent without a reason: the mark stands, explained."""
    if row.marked is False and not row.mark_reason and (row.checked_in_at or row.zoom_suffices):
        row.mark_reason = MARKED_BEFORE


def _refuse_codes_unless_held(event):
    if event.status in OPEN_FOR_CODES:
        return
    if event.status in HELD:
        raise TransitionNotAllowed(
            "Hasil kegiatan ini sudah ditetapkan. Bila kehadiran Anda keliru, hubungi panitia."
        )
    raise TransitionNotAllowed(f"Kegiatan ini {event.get_status_display()}.")


def _refuse_unless_right(session, code, now):
    """Raise with what is wrong with the typed code, as exactly as can be known."""
    others = {one.pk: one for one in session.event.sessions.exclude(pk=session.pk)}
    shown = [
        Shown(one.pk, one.code_secret, one.check_in_opens_at, one.check_in_closes_at)
        for one in others.values()
        if one.check_in_opens_at
    ]
    answer = verdict_among(session.code_secret, session.pk, code, now, others=shown)
    if answer.verdict == Verdict.RIGHT:
        return
    if answer.verdict == Verdict.EXPIRED:
        words = "Kode itu sudah berganti. Ketik kode yang sekarang tampak di layar panitia."
    elif answer.verdict == Verdict.OTHER_SESSION:
        words = (
            f"Kode itu milik sesi {others[answer.session_id].number}. Ketik kode yang tampak untuk "
            f"sesi {session.number}."
        )
    elif answer.verdict == Verdict.INCOMPLETE:
        words = "Ketik keenam angka kode yang tampak di layar panitia."
    else:
        words = (
            "Kode itu tidak cocok. Periksa keenam angkanya di layar panitia; kode dari hari lain "
            "tidak berlaku lagi."
        )
    raise WrongCode(words)


def _clock(moment):
    return f"{timezone.localtime(moment):%H.%M} WIB"
