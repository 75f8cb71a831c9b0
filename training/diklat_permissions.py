"""Who may press which button of Diklat 3in1. Whether it works just now is for ``workflow``."""

from django.db.models import Q

from programs.enums import MembershipState, OrganizationKind
from programs.models import Organization, User
from programs.permissions import is_member
from training.models.event_queries import units_of
from training.permissions import own_units

# Whoever sends people to a training: a Dinas, or a company that wants its people trained.
SENDERS = [OrganizationKind.AGENCY, OrganizationKind.COMPANY]


def can_enter_desk(user):
    return user.has_perm("training.manage_batch") or user.has_perm("training.view_every_batch")


def can_plan(user):
    """New courses and batches: for officers of a unit, and for those who manage all."""
    return user.has_perm("training.manage_batch") and (
        user.has_perm("training.manage_every_batch") or bool(own_units(user))
    )


def can_manage_unit(user, unit):
    if not user.has_perm("training.manage_batch"):
        return False
    return user.has_perm("training.manage_every_batch") or is_member(user, unit)


def can_manage(user, batch):
    """An officer of the unit that holds it; the auditor and other units only look on."""
    return can_manage_unit(user, batch.course.unit)


def manageable_units(user):
    """Under which units ``user`` may enter courses."""
    units = Organization.objects.of_kind(OrganizationKind.UNIT)
    if user.has_perm("training.manage_every_batch"):
        return units
    return units.filter(pk__in=units_of(user))


def can_open_nik(user, batch):
    return can_manage(user, batch)


def sending_organizations(user):
    """The Dinas and companies for which ``user`` may send people."""
    return Organization.objects.filter(
        kind__in=SENDERS, memberships__user=user, memberships__state=MembershipState.APPROVED
    ).order_by("name", "pk")


def is_own(user, trainee):
    return trainee.user_id == user.pk


def has_sent(user, trainee):
    return trainee.sent_by is not None and is_member(user, trainee.sent_by)


def can_withdraw(user, trainee):
    """The person, or the organization that sent them; officers do it on the desk."""
    return is_own(user, trainee) or has_sent(user, trainee) or can_manage(user, trainee.batch)


def officers_of(batch):
    """The officers of the unit, who are told what waits for them."""
    holds = Q(groups__permissions__codename="manage_batch") | Q(
        user_permissions__codename="manage_batch"
    )
    return (
        User.objects.filter(
            memberships__organization=batch.course.unit_id,
            memberships__state=MembershipState.APPROVED,
            is_active=True,
            is_staff=True,
        )
        .filter(holds)
        .distinct()
        .order_by("pk")
    )
