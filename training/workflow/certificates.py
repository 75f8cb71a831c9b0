"""Certificates: numbers without a gap for each unit and year, issued in batches by a worker.

Each batch is one transaction: numbers, papers, statuses and messages come together or not at all.
A worker that is killed loses its batch and no number; the next one goes on where it stopped.
"""

from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from programs.enums import NotificationKind, PaperKind
from programs.papers import (
    issue_paper,
    issue_papers,
    next_number,
    next_numbers,
    replace_paper,
    revoke_paper,
)
from programs.transitions import TransitionNotAllowed, begin, finish
from programs.workflow.participations import withdraw_participations
from training import arrows
from training.enums import EventMode, EventStatus, RegistrationStatus
from training.models import Event, Registration, RegistrationHistoryEntry
from training.news import tell, tell_status, when_in_words
from training.ranks import rank_label
from training.workflow.jp_record import revoke_jp_records
from training.workflow.results import participation_key

BATCH = 100
# A task gives way before Celery's time limit; the sweep goes on.
WORK_FOR = timedelta(minutes=5)
KEYS = "training.certificate."
ROMAN_MONTHS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


@transaction.atomic
def order_certificates(event, *, by, now):
    """Ask for the certificates of all who qualified; ``issue_certificates`` is handed to a worker
    by the caller, where there is one.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if not event.gives_certificate:
        raise TransitionNotAllowed("Kegiatan ini tidak memberi sertifikat.")
    if event.status != EventStatus.CONCLUDED:
        raise TransitionNotAllowed("Tetapkan hasil kegiatan sebelum menerbitkan sertifikat.")
    if not event.registrations.to_certify().exists():
        raise TransitionNotAllowed(
            "Tidak ada peserta yang memenuhi syarat dan belum bersertifikat."
        )
    event.certificates_ordered_at, event.certificates_ordered_by = now, by
    event.save(update_fields=["certificates_ordered_at", "certificates_ordered_by"])
    return event


@transaction.atomic
def issue_next_batch(event_id, *, today, size=BATCH):
    """Issue the next certificates of an event; returns how many. 0: all have theirs.

    Another worker at the same event makes this one stand back and return 0.
    """
    event = (
        Event.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("unit", "place_region", "certificates_ordered_by")
        .filter(pk=event_id, certificates_ordered_at__isnull=False, status=EventStatus.CONCLUDED)
        .first()
    )
    if event is None:
        return 0
    batch = list(
        event.registrations.to_certify()
        .select_for_update(of=("self",))
        .select_related("user", "region__province")[:size]
    )
    if not batch:
        return 0
    by = event.certificates_ordered_by
    numbers = next_numbers(_series(event, today), len(batch))
    about = _facts_of(event)
    papers = issue_papers(
        PaperKind.CERTIFICATE,
        [
            {
                "key": f"{KEYS}{registration.pk}",
                "number": _number(event, number, today),
                "subject": event.title,
                "holder": registration.name,
                "facts": about | _facts_about(registration),
            }
            for registration, number in zip(batch, numbers, strict=True)
        ],
        on=today,
        by=by,
    )
    for registration, paper in zip(batch, papers, strict=True):
        registration.certificate, registration.status = paper, RegistrationStatus.CERTIFIED
    Registration.objects.bulk_update(batch, ["certificate", "status"])
    RegistrationHistoryEntry.objects.bulk_create(
        [
            RegistrationHistoryEntry(
                registration=registration,
                action=arrows.CERTIFY.action,
                from_status=RegistrationStatus.QUALIFIED,
                to_status=RegistrationStatus.CERTIFIED,
                actor=by,
            )
            for registration in batch
        ]
    )
    tell_status(event, batch)
    return len(batch)


@shared_task
def issue_certificates(event_id):
    """Issue the ordered certificates of one event, batch by batch."""
    until = timezone.now() + WORK_FOR
    while issue_next_batch(event_id, today=timezone.localdate()):
        if timezone.now() > until:
            return


@transaction.atomic
def revoke(registration, *, by, reason):
    """Take a certificate back for good; its public page says so, its holder reads the reason."""
    registration = begin(arrows.REVOKE, registration)
    finish(arrows.REVOKE, registration, by=by, reason=reason)
    revoke_paper(registration.certificate, reason=reason)
    withdraw_participations([participation_key(registration)])
    revoke_jp_records(registration.user_id, registration.certificate)
    tell_status(registration.event, [registration], why=reason)
    return registration


@transaction.atomic
def replace(registration, *, by, reason, name, today):
    """Issue a corrected certificate under a new number; the old one says what replaced it."""
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related(
            "event__unit", "event__place_region", "user", "certificate", "region__province"
        )
        .get(pk=registration.pk)
    )
    if registration.status != RegistrationStatus.CERTIFIED:
        raise TransitionNotAllowed("Hanya sertifikat yang berlaku dapat diganti.")
    if not reason.strip():
        raise TransitionNotAllowed("Penggantian sertifikat harus disertai alasan.")
    event, old = registration.event, registration.certificate
    registration.name = name
    new = issue_paper(
        PaperKind.CERTIFICATE,
        key=f"{KEYS}{registration.pk}.after.{old.pk}",
        number=_number(event, next_number(_series(event, today)), today),
        subject=event.title,
        holder=name,
        facts=_facts_of(event) | _facts_about(registration) | {"replaces": old.number},
        on=today,
        by=by,
    )
    replace_paper(old, new, reason=reason)
    registration.certificate = new
    registration.name_confirmed_at = timezone.now()
    registration.save(update_fields=["name", "certificate", "name_confirmed_at"])
    registration.history.create(
        action="replace",
        from_status=registration.status,
        to_status=registration.status,
        actor=by,
        reason=reason,
    )
    tell(
        event,
        [registration],
        fact=f"replaced.{new.pk}",
        subject=f"Sertifikat Anda diganti: {event.title}",
        body=(
            f"Sertifikat nomor {old.number} diganti dengan nomor {new.number}. Alasan: {reason}\n\n"
            "Pakai yang baru; yang lama tidak berlaku lagi."
        ),
        kind=NotificationKind.NEWS,
    )
    return registration


def registration_of(paper):
    """The key of the registration that a certificate was issued for, replaced or not."""
    return int(paper.key.removeprefix(KEYS).partition(".")[0])


def _series(event, today):
    """One series for each unit and year (``domain.md`` §C3)."""
    return f"sertifikat/{event.unit_id}/{today.year}"


def _number(event, number, today):
    unit = event.unit.satker_code or f"U{event.unit_id}"
    month = ROMAN_MONTHS[today.month - 1]
    return f"{number:04d}/{unit}/{event.certificate_code}/{month}/{today.year}"


def _facts_of(event):
    """What stands on every certificate of the event."""
    sessions = event.sessions.all()
    return {
        "unit": event.unit.name,
        "kind": event.get_kind_display(),
        "event": event.title,
        "when": when_in_words(event),
        "place": _where(event),
        "jp_total": sum(session.jp for session in sessions),
        "sessions": [
            {
                "title": session.title,
                "jp": session.jp,
                "day": date_format(timezone.localtime(session.starts_at), "j F Y"),
            }
            for session in sessions
        ],
        "contact": event.contact,
        "replaces": "",
    }


def _where(event):
    """“secara daring”, “di Hotel Contoh, Kota Padang”, or both."""
    place = event.place
    if event.place_region and event.place_region.name not in place:
        place = f"{place}, {event.place_region}" if place else str(event.place_region)
    if event.mode == EventMode.ONLINE or not place:
        return "secara daring"
    return f"di {place} dan secara daring" if event.is_online else f"di {place}"


def _facts_about(registration):
    return {
        "nip": registration.nip,
        "rank": rank_label(registration.rank) if registration.rank else "",
        "position": registration.position,
        "institution": registration.institution,
        "region": registration.region.full_name if registration.region else "",
        "jp": registration.attended_jp,
    }
