"""Putting right what stands in a registration, by the organizers, until the event is archived."""

from django.db import transaction
from django.utils.text import capfirst

from programs.enums import NotificationKind
from programs.identifiers import mask_account
from programs.transitions import TransitionNotAllowed
from training.audience import reasons_against, terms_of
from training.enums import BEFORE_IT_BEGINS, ENDED_WITHOUT_PLACE, EventStatus
from training.models import Registration
from training.news import tell
from training.ranks import rank_label
from training.workflow.places import Places, fill_free_places, lock_event
from training.workflow.results import bring_into_register

# What of a registration may be put right; as what somebody comes decides about too much else.
CORRECTED = [
    "name", "servant_kind", "nip", "rank", "position", "position_kind", "institution", "nib",
    "region",
]  # fmt: skip
# While places are given away. Afterwards a place stays under the quota it was given under, and a
# region is what it is: the figures should tell the truth.
GIVING_PLACES = [*BEFORE_IT_BEGINS, EventStatus.POSTPONED]
CLOSED = {
    EventStatus.CANCELLED: "Kegiatan ini dibatalkan; data pesertanya tidak diubah lagi.",
    EventStatus.ARCHIVED: "Kegiatan ini sudah diarsipkan; data pesertanya tidak diubah lagi.",
}


def reason_against_correcting(registration):
    """Why the data of ``registration`` cannot be put right now, in a sentence; "": they can."""
    if registration.event.status in CLOSED:
        return CLOSED[registration.event.status]
    if registration.status in ENDED_WITHOUT_PLACE:
        return "Orang ini tidak terdaftar lagi pada kegiatan ini; datanya tidak diubah lagi."
    if registration.user.closed_at:
        return "Akun orang ini sudah ditutup; datanya tidak diisi lagi."
    return ""


@transaction.atomic
def correct(registration, *, changes, by, reason):
    """Put right what is written of a participant.

    ``changes`` are new values by name (``CORRECTED``; ``organization`` goes with a company's NIB);
    what stands there already is passed over.

    Before the event begins a new region must be one that the event is for, with a free place in its
    quota if there is one; the waiting list then moves up into what became free. The name stands
    once the certificate is issued. Raises ``TransitionNotAllowed`` with the reason.
    """
    event = lock_event(registration.event)
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("user", "region__province")
        .get(pk=registration.pk)
    )
    registration.event = event
    if refusal := reason_against_correcting(registration):
        raise TransitionNotAllowed(refusal)
    if not reason.strip():
        raise TransitionNotAllowed("Pembetulan data harus disertai alasan.")
    before = {name: getattr(registration, name) for name in changes}
    changed = [name for name in CORRECTED if name in changes and changes[name] != before[name]]
    if not changed:
        raise TransitionNotAllowed("Belum ada yang diubah. Ubah isiannya, lalu simpan.")
    _refuse_what_is_settled(registration, changed, changes)
    for name, value in changes.items():
        setattr(registration, name, value)
    if "name" in changed:
        # The person said yes to another name.
        registration.name_confirmed_at = None
    changes_places = "region" in changed and event.status in GIVING_PLACES
    if changes_places:
        _move_to_the_quota_of_the_region(event, registration)
    untouched = {field.name for field in Registration._meta.fields} - {*changed}
    registration.clean_fields(exclude=untouched | {"region"})
    registration.save()
    _write_down(registration, changed, before, by=by, reason=reason)
    bring_into_register(registration)
    if changes_places:
        fill_free_places(event)
        registration.refresh_from_db()
    return registration


def _refuse_what_is_settled(registration, changed, changes):
    if "name" in changed and registration.certificate_id:
        raise TransitionNotAllowed(
            "Sertifikat sudah terbit. Nama di sertifikat diubah dengan menggantinya di halaman "
            "Sertifikat."
        )
    if "nip" in changed and changes["nip"]:
        others = registration.event.registrations.active().exclude(pk=registration.pk)
        if other := others.filter(nip=changes["nip"]).first():
            raise TransitionNotAllowed(
                f"NIP ini sudah dipakai {other.name} pada kegiatan ini. Periksa keduanya."
            )


def _move_to_the_quota_of_the_region(event, registration):
    """Tie the registration to the quota of its new region; whoever has a place needs one there."""
    region = registration.region
    against = reasons_against(terms_of(event), {"kind": registration.kind, "region": region})
    if any(verdict.rule == "region" for verdict in against):
        raise TransitionNotAllowed(
            f"{region.full_name} di luar wilayah kegiatan ini. Bila orangnya boleh ikut, tambahkan "
            "wilayah itu pada kegiatan lebih dahulu; bila tidak, tolak pendaftarannya."
        )
    quota, _ = Places(event).quotas_for(kind=registration.kind, region=region)
    is_another = quota is not None and quota.pk != registration.region_quota_id
    if is_another and registration.holds_a_place and quota.is_full:
        raise TransitionNotAllowed(
            f"Kuota {quota.region.full_name} sudah penuh: {quota.taken} dari {quota.places} tempat "
            "terisi. Tambah kuotanya pada kegiatan lebih dahulu."
        )
    registration.region_quota = quota


def _write_down(registration, changed, before, *, by, reason):
    """The line of the history, and the message to the person: what was, what is, and why."""
    said = "; ".join(
        f"{_label(name)}: {_in_words(name, before[name])} menjadi "
        f"{_in_words(name, getattr(registration, name))}"
        for name in changed
    )
    entry = registration.history.create(
        action="correct",
        from_status=registration.status,
        to_status=registration.status,
        actor=by,
        reason=f"{said}. Alasan: {reason}",
    )
    event = registration.event
    body = [f"Panitia membetulkan data pendaftaran Anda. {said}.", f"Alasan: {reason}"]
    if registration.certificate_id:
        body.append(
            "Sertifikat Anda tetap berlaku seperti tercetak. Bila sertifikat itu perlu diganti, "
            "hubungi panitia."
        )
    elif "name" in changed and event.gives_certificate:
        body.append("Periksa nama itu di halaman pendaftaran: begitulah sertifikat dicetak.")
    body.append("Bila ada yang keliru, hubungi narahubung.")
    tell(
        event,
        [registration],
        fact=f"corrected.{entry.pk}",
        subject=f"Data pendaftaran Anda dibetulkan: {event.title}",
        body="\n\n".join(body),
        kind=NotificationKind.NEWS,
    )


def _label(name):
    return capfirst(Registration._meta.get_field(name).verbose_name)


def _in_words(name, value):
    """A value as the history shows it; of a NIP enough to recognize it."""
    if not value:
        return "(kosong)"
    if name == "region":
        shown = value.full_name
    elif name == "nip":
        shown = mask_account(value)
    elif name == "rank":
        shown = rank_label(value)
    else:
        shown = dict(Registration._meta.get_field(name).flatchoices).get(value, value)
    return f"“{shown}”"
