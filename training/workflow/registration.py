"""A registration from the form to the decision about a place.

Nothing else in the project writes ``Registration.status`` before the event, and nobody gets a
place past ``training.workflow.places``.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from programs.documents import store_document
from programs.plain_rows import insert, sent_together
from programs.transitions import TransitionNotAllowed, begin, finish
from training import arrows
from training.enums import (
    BEFORE_IT_BEGINS,
    ENDED_WITHOUT_PLACE,
    EventStatus,
    RegistrationSource,
    RegistrationStatus,
)
from training.models import Registration, RegistrationHistoryEntry
from training.news import tell_entered_by, tell_status
from training.workflow.places import Places, fill_free_places, lock_event, take_ticket

Status = RegistrationStatus
# Only these may come from a form; everything else the workflow decides.
DETAILS = [
    "kind", "name", "phone", "nip", "servant_kind", "rank", "position", "position_kind",
    "institution", "nib", "organization", "region", "needs",
]  # fmt: skip
LEFT_TO_THE_FORM = ["event", "user", "organization", "region", "registered_by", "status", "source"]


class AlreadyRegistered(TransitionNotAllowed):
    """The person has a registration for this event; it is kept as ``registration``."""

    def __init__(self, registration):
        super().__init__(f"{registration.name} sudah terdaftar pada kegiatan ini.")
        self.registration = registration


def refuse_unless_open(event, *, now):
    """Raise ``TransitionNotAllowed`` with the reason when people cannot register themselves now."""
    if event.status == EventStatus.OPEN and event.opens_at <= now < event.closes_at:
        return
    if event.status == EventStatus.OPEN and now < event.opens_at:
        raise TransitionNotAllowed("Pendaftaran kegiatan ini belum dibuka.")
    if event.status == EventStatus.CANCELLED:
        raise TransitionNotAllowed("Kegiatan ini dibatalkan.")
    if event.status == EventStatus.POSTPONED:
        raise TransitionNotAllowed("Kegiatan ini ditunda; jadwal barunya akan diumumkan.")
    raise TransitionNotAllowed("Pendaftaran kegiatan ini sudah ditutup.")


def _refuse_if_turned_down(event):
    """Whom the organizers turned down does not come back by a new form, from an old page either.

    The organizers may still enter the person themselves.
    """
    if event.turned_down:
        raise TransitionNotAllowed(
            "Panitia tidak menerima pendaftaran Anda pada kegiatan ini; alasannya tertulis di "
            "Kegiatan saya. Bila menurut Anda keliru, hubungi narahubung agar panitia mendaftarkan "
            "Anda."
        )


def register(event, *, user, details, by, now, letter=None):
    """Register one person, who does it for themselves; a place, or the waiting list, at once.

    ``details`` are the answers of the form (``DETAILS``), ``letter`` an accepted file (surat
    tugas). Raises ``AlreadyRegistered``, or ``TransitionNotAllowed`` with the reason.
    """
    return _register_all(
        event, [(user, details, letter)], by=by, now=now, source=RegistrationSource.SELF
    )[0]


def register_group(event, people, *, by, agency, now):
    """Let a Dinas register its people: all of them or none. ``people`` are (user, details)."""
    return _register_all(
        event,
        [(user, details, None) for user, details in people],
        by=by,
        now=now,
        source=RegistrationSource.AGENCY,
        sent_by=agency,
    )


def register_by_officer(event, people, *, by, now):
    """Let the organizers enter people, after the closing as well, until the event is over."""
    return _register_all(
        event,
        [(user, details, None) for user, details in people],
        by=by,
        now=now,
        source=RegistrationSource.OFFICER,
    )


def _register_all(event, people, *, by, now, source, sent_by=None):
    """All of ``people`` in one transaction; the unique constraints know who is there already."""
    try:
        with transaction.atomic():
            return _place_all(event, people, by=by, now=now, source=source, sent_by=sent_by)
    except IntegrityError as problem:
        if known := _known_among(event, people):
            raise AlreadyRegistered(known) from problem
        raise


def _known_among(event, people):
    active = event.registrations.active()
    nips = [details["nip"] for _, details, _ in people if details.get("nip")]
    return (
        active.filter(user__in=[user for user, *_ in people]).first()
        or active.filter(nip__in=nips).first()
    )


def _place_all(event, people, *, by, now, source, sent_by):
    rows = [
        _unplaced(event, user, details, letter, by=by, source=source, sent_by=sent_by)
        for user, details, letter in people
    ]
    # From here to the commit the event is ours alone: as few statements as possible.
    take_ticket(event, rows)
    if source == RegistrationSource.OFFICER:
        if event.status not in [*BEFORE_IT_BEGINS, EventStatus.RUNNING]:
            raise TransitionNotAllowed(
                "Peserta hanya dapat didaftarkan selama kegiatan diumumkan atau berlangsung."
            )
    else:
        refuse_unless_open(event, now=now)
    if source == RegistrationSource.SELF:
        _refuse_if_turned_down(event)
    places = Places(event)
    for row in rows:
        row.status = _status_for(event, places, row, source)
        if row.status == Status.ACCEPTED:
            row.placed_at = now
    with sent_together():
        insert(Registration, rows)
        insert(
            RegistrationHistoryEntry,
            [
                RegistrationHistoryEntry(
                    registration=row,
                    action="register",
                    from_status="",
                    to_status=row.status,
                    actor=by,
                )
                for row in rows
            ],
        )
        if source == RegistrationSource.SELF:
            tell_status(event, rows)
        else:
            tell_entered_by(event, rows, by=by, sender=sent_by)
    return rows


def _unplaced(event, user, details, letter, *, by, source, sent_by):
    row = Registration(
        event=event,
        user=user,
        registered_by=by,
        source=source,
        sent_by=sent_by,
        **{name: details[name] for name in DETAILS if name in details},
    )
    row.clean_fields(exclude=[*LEFT_TO_THE_FORM, "arrival", "sent_by"])
    if source == RegistrationSource.SELF:
        row.name_confirmed_at = timezone.now()
    if letter:
        row.assignment_letter = store_document(letter, organization=None, by=by)
    return row


def _status_for(event, places, row, source):
    quotas = places.quotas_for(kind=row.kind, region=row.region)
    row.region_quota, row.kind_quota = quotas
    if event.needs_approval and source != RegistrationSource.OFFICER:
        return Status.PENDING
    if places.take(*quotas):
        return Status.ACCEPTED
    if event.has_waiting_list and event.status in BEFORE_IT_BEGINS:
        return Status.WAITING
    if event.has_waiting_list:
        raise TransitionNotAllowed(
            "Semua tempat sudah terisi, dan kegiatan ini sudah dimulai. Tambah tempatnya pada "
            "kegiatan lebih dahulu bila orang ini tetap ikut."
        )
    raise TransitionNotAllowed(
        "Semua tempat sudah terisi, dan kegiatan ini tidak memiliki daftar tunggu. Lihat jadwal "
        "kegiatan berikutnya."
    )


@transaction.atomic
def accept(registration, *, by):
    """Accept somebody whom the organizers had to look at first; without a free place they wait."""
    event = lock_event(registration.event)
    registration = begin(arrows.ACCEPT, registration)
    places = Places(event)
    if places.take(registration.region_quota, registration.kind_quota):
        registration.placed_at = timezone.now()
        finish(arrows.ACCEPT, registration, by=by)
    elif event.has_waiting_list:
        finish(arrows.QUEUE, registration, by=by)
    else:
        raise TransitionNotAllowed("Semua tempat sudah terisi. Tambah tempat, atau tolak.")
    tell_status(event, [registration])
    return registration


@transaction.atomic
def reject(registration, *, by, reason):
    """Refuse a registration, or take its place away, with the reason in words."""
    event = lock_event(registration.event)
    registration = begin(arrows.REJECT, registration)
    finish(arrows.REJECT, registration, by=by, reason=reason)
    tell_status(event, [registration], why=reason)
    fill_free_places(event)
    return registration


@transaction.atomic
def withdraw(registration, *, by, reason=""):
    """Give the place up; the next of the waiting list moves up in the same breath."""
    event = lock_event(registration.event)
    registration = begin(arrows.WITHDRAW, registration)
    if event.status not in [*BEFORE_IT_BEGINS, EventStatus.POSTPONED]:
        raise TransitionNotAllowed(
            "Kegiatan ini sudah dimulai. Bila Anda tidak hadir, tidak perlu melakukan apa pun."
        )
    finish(arrows.WITHDRAW, registration, by=by, reason=reason)
    tell_status(event, [registration])
    fill_free_places(event)
    return registration


@transaction.atomic
def confirm_name(registration, *, by, name):
    """Fix the name as it will stand on the certificate. Afterwards only a replacement helps."""
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("event")
        .get(pk=registration.pk)
    )
    refuse_name_unless_open(registration)
    before = registration.name
    registration.name, registration.name_confirmed_at = name, timezone.now()
    registration.save(update_fields=["name", "name_confirmed_at"])
    if before != name:
        registration.history.create(
            action="confirm_name",
            from_status=registration.status,
            to_status=registration.status,
            actor=by,
            reason=f"Nama semula: {before}",
        )
    return registration


def refuse_name_unless_open(registration):
    """Raise with the reason when the name on the certificate cannot be confirmed any more."""
    if registration.certificate_id:
        raise TransitionNotAllowed(
            "Sertifikat sudah terbit. Minta panitia menggantinya bila namanya keliru."
        )
    if not registration.event.gives_certificate:
        raise TransitionNotAllowed("Kegiatan ini tidak memberi sertifikat.")
    if registration.status in ENDED_WITHOUT_PLACE:
        raise TransitionNotAllowed("Anda tidak terdaftar lagi pada kegiatan ini.")


@transaction.atomic
def attach_letter(registration, *, by, letter):
    """Hand in the surat tugas, or another one in its place."""
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    registration.assignment_letter = store_document(letter, organization=None, by=by)
    registration.save(update_fields=["assignment_letter"])
    return registration
