"""What the register expects of a person. Each app has a module like this for *Beranda saya*."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst

from programs.enums import MembershipRole, MembershipState
from programs.models import Membership


@dataclass(frozen=True)
class Task:
    """One thing that somebody has to do: what, why, until when, and where."""

    title: str
    text: str
    url: str
    action: str
    due_on: datetime.date | None = None
    badge: str = ""


@dataclass(frozen=True)
class Record:
    """One thing of somebody's that goes its way: what it is and where it stands."""

    title: str
    about: str
    url: str
    badge: str = ""
    icon: str = ""
    kind: str = ""


def tasks_for(user, today):
    """People who ask to join an organization that ``user`` owns."""
    waiting = Membership.objects.filter(
        state=MembershipState.PENDING,
        organization__memberships__user=user,
        organization__memberships__role=MembershipRole.OWNER,
        organization__memberships__state=MembershipState.APPROVED,
    ).select_related("user", "organization")
    return [
        Task(
            title=f"{membership.user} ingin bergabung dengan {membership.organization}",
            text="Setujui hanya bila Anda mengenalnya: anggota dapat melihat data usaha.",
            url=reverse("programs:member_list", args=[membership.organization_id]),
            action="Putuskan",
        )
        for membership in waiting
    ]


def records_for(user):
    """The organizations somebody belongs to, or asked to belong to."""
    memberships = user.memberships.exclude(state=MembershipState.ENDED).select_related(
        "organization__region__province"
    )
    return [_as_record(membership) for membership in memberships]


def _as_record(membership):
    organization = membership.organization
    if membership.state == MembershipState.PENDING:
        return Record(
            title=organization.name,
            about="Permintaan bergabung",
            url=reverse("programs:organization_list"),
            badge="Menunggu persetujuan",
            icon="clock",
            kind="warn",
        )
    region = f", {organization.region.full_name}" if organization.region else ""
    return Record(
        title=organization.name,
        about=f"{capfirst(organization.get_kind_display())}{region}",
        url=reverse("programs:organization_detail", args=[organization.pk]),
        badge=capfirst(membership.get_role_display()),
        icon="user",
        kind="info",
    )
