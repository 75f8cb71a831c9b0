"""Who belongs to an organization. Nobody enters without the word of an owner or an officer."""

from django.db import transaction
from django.urls import reverse

from programs.enums import MembershipRole, MembershipState, NotificationKind
from programs.models import Membership, Organization
from programs.notifications import notify
from programs.transitions import TransitionNotAllowed


@transaction.atomic
def request_to_join(organization, *, by):
    """Ask to belong to an organization. Its owners are told; without any, officers decide."""
    _lock(organization)
    known = organization.memberships.filter(user=by).exclude(state=MembershipState.ENDED).first()
    if known:
        raise TransitionNotAllowed(
            f"Anda sudah menjadi anggota {organization}."
            if known.state == MembershipState.APPROVED
            else f"Permintaan Anda untuk {organization} masih menunggu persetujuan."
        )
    membership = Membership.objects.create(user=by, organization=organization)
    for owner in _owners(organization):
        notify(
            owner.user,
            key=f"programs.membership.{membership.pk}.requested.{owner.user_id}",
            kind=NotificationKind.TASK,
            subject=f"{by} ingin bergabung dengan {organization}",
            body=(
                f"{by} ({by.email}) meminta menjadi anggota {organization}. Setujui hanya bila "
                "Anda mengenalnya: anggota dapat melihat data usaha dan mengisi permohonan."
            ),
            url=_page(organization),
        )
    return membership


@transaction.atomic
def approve(membership, *, by):
    """Let somebody in who asked for it."""
    membership = _begin(membership, MembershipState.PENDING)
    membership.state, membership.decided_by = MembershipState.APPROVED, by
    membership.save(update_fields=["state", "decided_by"])
    organization = membership.organization
    _tell(
        membership,
        fact="approved",
        subject=f"Anda sekarang anggota {organization}",
        body=f"{by} menyetujui permintaan Anda. Anda dapat melihat dan mengisi data usaha ini.",
        url=reverse("programs:organization_detail", args=[organization.pk]),
    )
    return membership


@transaction.atomic
def refuse(membership, *, by):
    """Decline a request to belong. The person may ask again."""
    membership = _begin(membership, MembershipState.PENDING)
    membership.state, membership.decided_by = MembershipState.ENDED, by
    membership.save(update_fields=["state", "decided_by"])
    _tell(
        membership,
        fact="refused",
        subject=f"Permintaan bergabung dengan {membership.organization} tidak disetujui",
        body="Bila Anda bekerja di sana, bicarakan dahulu dengan pemiliknya, lalu minta lagi.",
    )
    return membership


@transaction.atomic
def end(membership, *, by):
    """End a membership. An organization with other members keeps at least one owner."""
    membership = _begin(membership, MembershipState.APPROVED)
    organization = membership.organization
    others = organization.memberships.filter(state=MembershipState.APPROVED).exclude(
        pk=membership.pk
    )
    owners = others.filter(role=MembershipRole.OWNER)
    if membership.role == MembershipRole.OWNER and not owners.exists():
        raise TransitionNotAllowed(
            f"{membership.user} satu-satunya pemilik {organization} di sini. Jadikan anggota lain "
            "pemilik lebih dahulu, atau hubungi kami."
        )
    membership.state, membership.decided_by = MembershipState.ENDED, by
    membership.save(update_fields=["state", "decided_by"])
    if membership.user != by:
        _tell(
            membership,
            fact="ended",
            subject=f"Keanggotaan Anda di {organization} berakhir",
            body=f"{by} mengakhiri keanggotaan Anda. Bila ini keliru, hubungi pemiliknya.",
        )
    return membership


@transaction.atomic
def make_owner(membership, *, by):
    """Let a member decide with the owners who belongs to the organization."""
    membership = _begin(membership, MembershipState.APPROVED)
    membership.role, membership.decided_by = MembershipRole.OWNER, by
    membership.save(update_fields=["role", "decided_by"])
    _tell(
        membership,
        fact="owner",
        subject=f"Anda sekarang pemilik {membership.organization}",
        body=f"{by} memberi Anda hak pemilik: Anda ikut menyetujui siapa yang menjadi anggota.",
        url=_page(membership.organization),
    )
    return membership


def _lock(organization):
    """Two decisions on the people of one organization come one after the other."""
    Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)


def _begin(membership, state):
    _lock(membership.organization)
    membership = Membership.objects.select_related("organization", "user").get(pk=membership.pk)
    if membership.state != state:
        raise TransitionNotAllowed(
            f"Keanggotaan {membership.user} sudah {membership.get_state_display()}. Muat ulang "
            "halaman untuk melihat keadaan terbaru."
        )
    return membership


def _owners(organization):
    return organization.memberships.filter(
        role=MembershipRole.OWNER, state=MembershipState.APPROVED
    ).select_related("user")


def _page(organization):
    return reverse("programs:member_list", args=[organization.pk])


def _tell(membership, *, fact, **words):
    notify(
        membership.user,
        key=f"programs.membership.{membership.pk}.{fact}",
        kind=NotificationKind.NEWS,
        **words,
    )
