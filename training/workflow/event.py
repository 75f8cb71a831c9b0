"""An event's life: announced, changed, postponed, cancelled, begun and ended by the clock.

Nothing else in the project writes ``Event.status``.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Min

from programs.transitions import TransitionNotAllowed, begin, finish
from programs.workflow.live_figures import refresh_soon
from training import arrows
from training.enums import ANNOUNCED, BEFORE_IT_BEGINS, EventStatus, RegistrationStatus
from training.models import Event, RegistrationHistoryEntry, RemovedSession
from training.news import tell, tell_status, when_in_words
from training.workflow.places import assign_quotas, fill_free_places

# Their registration still means something; the others have nothing to be told.
CONCERNED = [
    RegistrationStatus.PENDING,
    RegistrationStatus.WAITING,
    RegistrationStatus.ACCEPTED,
]
COPIED = [
    "unit", "kind", "series", "program", "summary", "description", "mode", "place", "place_region",
    "audience_kinds", "commodities", "capacity", "has_waiting_list", "needs_approval",
    "gives_certificate", "certificate_code", "session_minutes_percent", "sessions_percent",
    "evaluation_required", "has_pretest", "has_posttest", "posttest_minimum", "contact",
]  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What participants have in their calendars: a change of it is told to them."""

    title: str
    place: str
    online_url: str
    sessions: tuple

    @classmethod
    def of(cls, event):
        return cls(
            event.title,
            f"{event.get_mode_display()} {event.place}".strip(),
            event.online_url,
            tuple(event.sessions.values_list("number", "title", "starts_at", "ends_at")),
        )


def refresh_span(event):
    """Bring the event's first and last minute in line with its sessions."""
    span = event.sessions.aggregate(starts_at=Min("starts_at"), ends_at=Max("ends_at"))
    event.starts_at, event.ends_at = span["starts_at"], span["ends_at"]
    event.save(update_fields=["starts_at", "ends_at"])


@transaction.atomic
def publish(event, *, by):
    """Announce the event. It needs sessions, and a way to be reached."""
    event = begin(arrows.PUBLISH, event)
    refresh_span(event)
    if event.starts_at is None:
        raise TransitionNotAllowed("Tambahkan paling sedikit satu sesi sebelum mengumumkan.")
    if event.closes_at > event.ends_at:
        raise TransitionNotAllowed("Pendaftaran harus ditutup sebelum sesi terakhir selesai.")
    if event.mode != "ONLINE" and not event.place:
        raise TransitionNotAllowed("Isi tempat kegiatan: acara ini tidak hanya daring.")
    if (event.has_posttest or event.has_pretest) and not event.questions.exists():
        raise TransitionNotAllowed("Tambahkan soal, atau matikan tes awal dan tes akhir.")
    finish(arrows.PUBLISH, event, by=by)
    return event


@transaction.atomic
def close(event, *, by):
    """End the registration, by hand or by the clock (``by`` is None)."""
    event = begin(arrows.CLOSE, event)
    finish(arrows.CLOSE, event, by=by)
    return event


@transaction.atomic
def reopen(event, *, by, closes_at, now):
    """Take registrations again until ``closes_at``."""
    event = begin(arrows.REOPEN, event)
    if closes_at <= now:
        raise TransitionNotAllowed("Waktu tutup yang baru harus sesudah sekarang.")
    event.closes_at = closes_at
    finish(arrows.REOPEN, event, by=by)
    return event


@transaction.atomic
def save_changes(event, *, by, before):
    """Write down that officers changed the event, and tell those whom it concerns.

    ``before`` is ``Shown.of(event)`` from before the edit (None for a new event). Called in the
    transaction that saved the edit.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    refresh_span(event)
    assign_quotas(event)
    if event.status == EventStatus.DRAFT or before is None:
        return event
    after = Shown.of(event)
    if before != after:
        event.calendar_sequence += 1
        event.save(update_fields=["calendar_sequence"])
        _keep_removed_sessions(event, before, after)
        changes = _what_changed(before, after)
        event.history.create(
            action="change",
            from_status=event.status,
            to_status=event.status,
            actor=by,
            reason=" ".join(changes)[:500],
        )
        tell(
            event,
            _concerned(event),
            fact=f"changed.{event.calendar_sequence}",
            subject=f"Perubahan: {event.title}",
            body="\n".join(
                [*changes, "", "Jadwal terbaru ada pada lampiran surel dan di halaman Anda."]
            ),
            seat=True,
        )
    fill_free_places(event)
    event.refresh_from_db()
    return event


@transaction.atomic
def postpone(event, *, by, reason):
    """Put the event off without a new day yet. Registrations stay, everybody is told."""
    event = begin(arrows.POSTPONE, event)
    event.calendar_sequence += 1
    finish(arrows.POSTPONE, event, by=by, reason=reason)
    tell(
        event,
        _concerned(event),
        fact=f"postponed.{event.calendar_sequence}",
        subject=f"Ditunda: {event.title}",
        body=(
            f"{event.title}, semula {when_in_words(event)}, ditunda. Alasan: {reason}\n\n"
            "Pendaftaran Anda tetap berlaku. Anda menerima surel begitu jadwal barunya ada."
        ),
        seat=True,
    )
    return event


@transaction.atomic
def reschedule(event, *, by, times, closes_at):
    """Give a postponed event its new days. ``times`` is {session number: (starts_at, ends_at)}."""
    event = begin(arrows.RESCHEDULE, event)
    for session in event.sessions.all():
        session.starts_at, session.ends_at = times[session.number]
        session.check_in_opens_at = session.check_in_closes_at = None
        session.full_clean()
        session.save()
    event.closes_at = closes_at
    refresh_span(event)
    if not event.opens_at < closes_at <= event.ends_at:
        raise TransitionNotAllowed("Pendaftaran harus ditutup sebelum sesi terakhir selesai.")
    event.calendar_sequence += 1
    finish(arrows.RESCHEDULE, event, by=by)
    tell(
        event,
        _concerned(event),
        fact=f"rescheduled.{event.calendar_sequence}",
        subject=f"Jadwal baru: {event.title}",
        body=(
            f"{event.title} diselenggarakan {when_in_words(event)}. Pendaftaran Anda tetap "
            "berlaku. Bila Anda tidak dapat ikut pada hari itu, undurkan diri di halaman Anda."
        ),
        seat=True,
    )
    fill_free_places(event)
    return event


@transaction.atomic
def cancel(event, *, by, reason):
    """Call the event off for good and tell everybody who was registered or waiting."""
    event = begin(arrows.CANCEL, event)
    event.calendar_sequence += 1
    finish(arrows.CANCEL, event, by=by, reason=reason)
    tell(
        event,
        _concerned(event),
        fact="cancelled",
        subject=f"Dibatalkan: {event.title}",
        body=(
            f"{event.title}, {when_in_words(event)}, dibatalkan. Alasan: {reason}\n\n"
            "Anda tidak perlu melakukan apa pun. Lihat kegiatan lain di halaman Pelatihan."
        ),
        seat=True,
    )
    return event


@transaction.atomic
def start(event, *, by=None):
    """The first session begins. Who still waits did not get a place, and is told."""
    event = begin(arrows.BEGIN, event)
    finish(arrows.BEGIN, event, by=by)
    refresh_soon("training")
    left = list(
        event.registrations.filter(
            status__in=[RegistrationStatus.PENDING, RegistrationStatus.WAITING]
        ).select_related("user")
    )
    entries = []
    for registration in left:
        entries.append(
            RegistrationHistoryEntry(
                registration=registration,
                action=arrows.LEAVE_UNPLACED.action,
                from_status=registration.status,
                to_status=RegistrationStatus.UNPLACED,
                actor=by,
            )
        )
        registration.status = RegistrationStatus.UNPLACED
    event.registrations.filter(pk__in=[one.pk for one in left]).update(
        status=RegistrationStatus.UNPLACED
    )
    RegistrationHistoryEntry.objects.bulk_create(entries, batch_size=1000)
    tell_status(event, left)
    return event


@transaction.atomic
def end(event, *, by=None):
    """The last session is over: evaluation and post-test are what is left to do."""
    event = begin(arrows.FINISH, event)
    finish(arrows.FINISH, event, by=by)
    if event.evaluation_required or event.has_posttest:
        todo = [
            "mengisi evaluasi" if event.evaluation_required else "",
            "mengerjakan tes akhir" if event.has_posttest else "",
        ]
        tell(
            event,
            event.registrations.placed().select_related("user"),
            fact="after",
            subject=f"Tinggal satu langkah: {event.title}",
            body=(
                f"Terima kasih sudah mengikuti {event.title}. Yang masih perlu Anda lakukan: "
                f"{' dan '.join(part for part in todo if part)}. Keduanya di halaman Anda."
            ),
        )
    return event


@transaction.atomic
def archive(event, *, by):
    """Close the file: nothing about the event changes any more but its certificates."""
    event = begin(arrows.ARCHIVE, event)
    if event.registrations.to_certify().exists() and event.certificates_ordered_at:
        raise TransitionNotAllowed("Sertifikat masih diterbitkan. Tunggu sampai semuanya terbit.")
    finish(arrows.ARCHIVE, event, by=by)
    return event


@transaction.atomic
def copy(event, *, by, title, slug):
    """A new draft like ``event``: terms, quotas, sessions with speakers, questions; no people.

    The times are copied as they are, so that the officer moves them; nothing is announced.
    """
    new = Event(title=title, slug=slug, opens_at=event.opens_at, closes_at=event.closes_at)
    for name in COPIED:
        setattr(new, name, getattr(event, name))
    new.full_clean()
    new.save()
    new.regions.set(event.regions.all())
    for quota in event.quotas.all():
        new.quotas.create(region=quota.region, kind=quota.kind, places=quota.places)
    for session in event.sessions.prefetch_related("speakers"):
        twin = new.sessions.create(
            number=session.number,
            title=session.title,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            jp=session.jp,
        )
        for speaker in session.speakers.all():
            twin.speakers.create(
                role=speaker.role,
                name=speaker.name,
                position=speaker.position,
                institution=speaker.institution,
            )
    for question in event.questions.all():
        new.questions.create(
            number=question.number,
            text=question.text,
            options=question.options,
            correct=question.correct,
        )
    refresh_span(new)
    new.history.create(
        action="copy", from_status="", to_status=new.status, actor=by, reason=f"Salinan {event}"
    )
    return new


def may_still_change(event):
    """Times, places and terms can be edited until the event has begun."""
    return event.status in [EventStatus.DRAFT, *BEFORE_IT_BEGINS]


def is_public(event):
    return event.status in ANNOUNCED


def _concerned(event):
    return event.registrations.filter(status__in=CONCERNED).select_related("user")


def _keep_removed_sessions(event, before, after):
    """Note which session numbers are no more, for the calendars that still hold their entries."""
    standing = {number for number, *_ in after.sessions}
    once = {number for number, *_ in before.sessions}
    event.removed_sessions.filter(number__in=standing | once).delete()
    RemovedSession.objects.bulk_create(
        RemovedSession(
            event=event, number=number, title=title, starts_at=starts_at, ends_at=ends_at
        )
        for number, title, starts_at, ends_at in before.sessions
        if number not in standing
    )


def _what_changed(before, after):
    """Sentences for the people: from what, to what."""
    changes = []
    if before.title != after.title:
        changes.append(f"Judul: “{before.title}” menjadi “{after.title}”.")
    if before.place != after.place:
        changes.append(f"Tempat: {before.place} menjadi {after.place}.")
    if before.online_url != after.online_url:
        changes.append("Tautan daring berubah; yang baru ada di halaman Anda.")
    if before.sessions != after.sessions:
        changes.append("Susunan acara atau waktunya berubah.")
    return changes
