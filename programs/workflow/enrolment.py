"""Into e-Smart and through it, as far as people decide. What facts decide is in ``stages``."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from programs import arrows
from programs.enums import MembershipRole, MembershipState, NotificationKind
from programs.esmart_enums import EnrolmentSource, EnrolmentStatus
from programs.esmart_news import desk_page_of, page_of, tell_officers, tell_people
from programs.models import Enrolment, EnrolmentHistoryEntry, Membership, Organization, Program
from programs.notifications import notify, notify_many
from programs.templatetags.bina import tanggal
from programs.transitions import TransitionNotAllowed, begin, finish
from programs.workflow.accounts import account_for
from programs.workflow.esmart_figures import refresh_soon
from programs.workflow.mentoring import drop_all
from programs.workflow.organizations import update_ikm
from programs.workflow.stages import follow_facts

ESMART = "e-smart-ikm"


def esmart():
    """The program row of e-Smart IKM."""
    return Program.objects.get(slug=ESMART)


@transaction.atomic
def enrol(organization, *, by, today, source=EnrolmentSource.OWNER, details=None):
    """Enrol an IKM, by its own people or an officer. It waits for verification.

    ``details`` are what the register shall say of the IKM from now on, as its form read them.
    ``TransitionNotAllowed`` when it is in e-Smart already.
    """
    enrolment = _enter(
        organization,
        by=by,
        source=source,
        status=EnrolmentStatus.REGISTERED,
        confirmed_at=timezone.now() if source == EnrolmentSource.OWNER else None,
    )
    if details is not None:
        enrolment.organization = update_ikm(organization, details, by=by)
    _tell_registered(enrolment)
    return enrolment


@transaction.atomic
def propose(organization, *, owner_email, owner_name, by, today):
    """A Dinas fills in for an IKM of its region; nothing counts before the owner confirms by mail.

    The owner gets an account, if there is none with this e-mail, and becomes the owner of the IKM
    by confirming (product.md §1, assisted entry). Where an owner is known, nobody else is asked.
    """
    known = owner_emails(organization)
    if known and owner_email.lower() not in known:
        raise TransitionNotAllowed(
            f"{organization} sudah punya pemilik di sini. Persetujuan hanya diminta kepadanya."
        )
    enrolment = _enter(
        organization,
        by=by,
        source=EnrolmentSource.AGENCY,
        status=EnrolmentStatus.PROPOSED,
        owner_email=owner_email,
    )
    owner = account_for(owner_email, name=owner_name)
    notify(
        owner,
        key=f"esmart.propose.{enrolment.pk}",
        kind=NotificationKind.DECISION,
        subject=f"Setujui pendaftaran {organization} ke e-Smart IKM"[:150],
        body=(
            f"{by} mengisi pendaftaran e-Smart IKM untuk usaha Anda, {organization}. "
            "Periksa isinya, lalu setujui bila benar. Tanpa persetujuan Anda, pendaftaran ini "
            "tidak berlaku. Bila Anda tidak mengenalnya, pilih Tolak."
        ),
        url=reverse("esmart:confirm", args=[enrolment.code]),
    )
    return enrolment


def owner_emails(organization):
    """The addresses of those who own the IKM here, in small letters."""
    owned = organization.memberships.filter(
        role=MembershipRole.OWNER, state=MembershipState.APPROVED
    )
    return [email.lower() for email in owned.order_by("pk").values_list("user__email", flat=True)]


@transaction.atomic
def confirm(enrolment, *, by, today):
    """The owner's yes to what a Dinas filled in. ``by`` is the person whom the mail was sent to."""
    enrolment = begin(arrows.CONFIRM, enrolment)
    enrolment.confirmed_at = timezone.now()
    if not Membership.objects.filter(
        user=by, organization=enrolment.organization, state=MembershipState.APPROVED
    ).exists():
        Membership.objects.filter(
            user=by, organization=enrolment.organization, state=MembershipState.PENDING
        ).update(state=MembershipState.ENDED)
        Membership.objects.create(
            user=by,
            organization=enrolment.organization,
            role=MembershipRole.OWNER,
            state=MembershipState.APPROVED,
            decided_by=by,
        )
    finish(arrows.CONFIRM, enrolment, by=by)
    _tell_registered(enrolment)
    return enrolment


@transaction.atomic
def verify(enrolment, *, by, today):
    """An officer takes the IKM in. A workshop that it has passed before counts at once."""
    enrolment = begin(arrows.VERIFY, enrolment)
    enrolment.verified_by, enrolment.verified_at = by, timezone.now()
    finish(arrows.VERIFY, enrolment, by=by)
    tell_people(
        enrolment.organization,
        fact=f"verify.{enrolment.pk}",
        subject="Pendaftaran e-Smart IKM diterima",
        body=(
            f"{enrolment.organization} sudah menjadi peserta e-Smart IKM. Langkah berikutnya: "
            "ikuti lokakarya. Jadwalnya kami beritahukan di sini."
        ),
        url=page_of(enrolment),
        kind=NotificationKind.DECISION,
    )
    return follow_facts(enrolment.organization, today=today) or enrolment


@transaction.atomic
def refuse(enrolment, *, by, reason, today):
    """Turn an enrolment down with a reason: an officer, or the owner who knows nothing of it."""
    enrolment = begin(arrows.REFUSE, enrolment)
    finish(arrows.REFUSE, enrolment, by=by, reason=reason)
    tell_people(
        enrolment.organization,
        fact=f"refuse.{enrolment.pk}",
        subject="Pendaftaran e-Smart IKM belum dapat diterima",
        body=f"Alasannya: {reason}\n\nPerbaiki data usaha Anda, lalu daftar lagi.",
        url=page_of(enrolment),
        kind=NotificationKind.DECISION,
    )
    return enrolment


@transaction.atomic
def schedule(enrolment, *, workshop, workshop_on, by, today):
    """Give the IKM a place in a workshop on a day to come; its people are told."""
    enrolment = begin(arrows.SCHEDULE, enrolment)
    if workshop_on < today:
        raise TransitionNotAllowed("Tanggal lokakarya sudah lewat. Pilih hari ini atau sesudahnya.")
    enrolment.workshop, enrolment.workshop_on = " ".join(workshop.split()), workshop_on
    enrolment.full_clean()
    finish(arrows.SCHEDULE, enrolment, by=by)
    tell_people(
        enrolment.organization,
        fact=f"schedule.{enrolment.pk}.{workshop_on:%Y%m%d}",
        subject=f"Lokakarya e-Smart IKM {tanggal(workshop_on)}",
        body=(
            f"{enrolment.organization} dijadwalkan mengikuti {enrolment.workshop} pada "
            f"{tanggal(workshop_on)}. Siapkan foto produk dan daftar harga."
        ),
        url=page_of(enrolment),
        kind=NotificationKind.TASK,
    )
    return enrolment


@transaction.atomic
def unschedule(enrolment, *, by, reason, today):
    """Take the place in a workshop back; the IKM waits for another."""
    enrolment = begin(arrows.UNSCHEDULE, enrolment)
    enrolment.workshop, enrolment.workshop_on = "", None
    finish(arrows.UNSCHEDULE, enrolment, by=by, reason=reason)
    tell_people(
        enrolment.organization,
        fact=f"unschedule.{enrolment.pk}.{enrolment.history.count()}",
        subject="Jadwal lokakarya e-Smart IKM dibatalkan",
        body=f"Alasannya: {reason}\n\nJadwal yang baru kami beritahukan di sini.",
        url=page_of(enrolment),
        kind=NotificationKind.TASK,
    )
    return enrolment


@transaction.atomic
def graduate(enrolment, *, by, today):
    """An officer finds that the IKM stands on its own feet: *naik kelas*."""
    enrolment = begin(arrows.GRADUATE, enrolment)
    finish(arrows.GRADUATE, enrolment, by=by)
    tell_people(
        enrolment.organization,
        fact=f"graduate.{enrolment.pk}",
        subject="Selamat, usaha Anda naik kelas",
        body=f"{enrolment.organization} telah naik kelas dalam e-Smart IKM.",
        url=page_of(enrolment),
        kind=NotificationKind.DECISION,
    )
    return enrolment


@transaction.atomic
def leave(enrolment, *, by, reason, today):
    """The IKM leaves e-Smart. What it reported stays on record; it may enrol anew.

    Nobody calls it any more: its open mentoring ends with it.
    """
    enrolment = begin(arrows.LEAVE, enrolment)
    finish(arrows.LEAVE, enrolment, by=by, reason=reason)
    drop_all(enrolment, by=by, reason="IKM keluar dari e-Smart.", today=today)
    refresh_soon()
    return enrolment


def never_enrolled(organizations):
    """The keys of those that never were in e-Smart: who left is not brought back by a file."""
    keys = {organization.pk for organization in organizations}
    known = Enrolment.objects.filter(program__slug=ESMART, organization__in=keys)
    return keys - set(known.values_list("organization", flat=True))


@transaction.atomic
def enrol_many(organizations, *, by, today):
    """Enrol IKM that a file brought in and that never were in e-Smart; they wait for verification.

    Their people are told, and the officers once for all of them.
    """
    outside = never_enrolled(organizations)
    program = esmart()
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(
                organization=organization,
                program=program,
                status=EnrolmentStatus.REGISTERED,
                source=EnrolmentSource.IMPORT,
                entered_by=by,
            )
            for organization in organizations
            if organization.pk in outside
        ],
        batch_size=1000,
    )
    EnrolmentHistoryEntry.objects.bulk_create(
        [
            EnrolmentHistoryEntry(
                enrolment=one, action="enrol", from_status="", to_status=one.status, actor=by
            )
            for one in enrolments
        ],
        batch_size=1000,
    )
    if enrolments:
        _tell_imported(enrolments)
    return enrolments


def _tell_imported(enrolments):
    of_ikm = {one.organization_id: one for one in enrolments}
    memberships = Membership.objects.filter(
        organization__in=of_ikm, state=MembershipState.APPROVED, user__is_active=True
    ).select_related("user", "organization")
    notify_many(
        [
            (
                membership.user,
                f"esmart.enrol.{of_ikm[membership.organization_id].pk}.{membership.user_id}",
                "Usaha Anda didaftarkan ke e-Smart IKM",
                f"Petugas mendaftarkan {membership.organization} ke e-Smart IKM dan memeriksa "
                "datanya. Hasilnya kami beritahukan di sini.",
                page_of(of_ikm[membership.organization_id]),
            )
            for membership in memberships
        ],
        kind=NotificationKind.NEWS,
    )
    tell_officers(
        "verify_enrolment",
        fact=f"imported.{enrolments[0].pk}",
        subject=f"Verifikasi e-Smart: {len(enrolments)} IKM dari impor",
        body="Periksa data usahanya, lalu terima atau tolak dengan alasan.",
        url=reverse("admin:programs_enrolment_changelist"),
    )


def _enter(organization, *, by, source, status, **facts):
    # Whoever enrols the same IKM at the same moment waits here.
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if Enrolment.objects.running().filter(organization=organization, program__slug=ESMART).exists():
        raise TransitionNotAllowed(f"{organization} sudah terdaftar pada e-Smart IKM.")
    enrolment = Enrolment(
        organization=organization,
        program=esmart(),
        status=status,
        source=source,
        entered_by=by,
        **facts,
    )
    enrolment.full_clean(exclude=["code"])
    enrolment.save()
    enrolment.history.create(action="enrol", from_status="", to_status=status, actor=by)
    return enrolment


def _tell_registered(enrolment):
    tell_people(
        enrolment.organization,
        fact=f"enrol.{enrolment.pk}",
        subject="Pendaftaran e-Smart IKM kami terima",
        body=(
            f"Pendaftaran {enrolment.organization} sedang diperiksa petugas. Hasilnya kami "
            "beritahukan di sini, biasanya dalam 2 hari kerja."
        ),
        url=page_of(enrolment),
    )
    tell_officers(
        "verify_enrolment",
        fact=f"to-verify.{enrolment.pk}",
        subject=f"Verifikasi e-Smart: {enrolment.organization}",
        body="Periksa data usahanya, lalu terima atau tolak dengan alasan.",
        url=desk_page_of(enrolment),
    )
