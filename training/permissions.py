"""Who may press which button. Whether it works just now is for ``workflow`` to say."""

from programs.enums import MembershipState, OrganizationKind
from programs.models import Organization
from training.models.event_queries import units_of


def own_units(user):
    """The keys of the units that ``user`` works for; as Django's permissions, once a request."""
    if not hasattr(user, "_own_units"):
        user._own_units = set(units_of(user).values_list("organization", flat=True))
    return user._own_units


def runs(user, event):
    """Who holds the event: officers of its unit, and those who may run every unit's."""
    if user.has_perm("training.run_every_event"):
        return True
    return user.has_perm("training.change_event") and event.unit_id in own_units(user)


def can_run(user, event):
    """Change it, enter participants, keep the attendance list, conclude it."""
    return runs(user, event)


def can_look_at(user, event):
    """See its participants on the desk; an auditor looks on."""
    return user.has_perm("training.view_every_event") or runs(user, event)


def can_issue_certificates(user, event):
    return user.has_perm("training.issue_certificates") and runs(user, event)


def can_hold(user):
    """Whether there is a unit in whose name an officer may hold events."""
    return user.has_perm("training.run_every_event") or bool(own_units(user))


def units_to_hold_for(user):
    """The units in whose name an officer may hold events."""
    units = Organization.objects.of_kind(OrganizationKind.UNIT)
    if user.has_perm("training.run_every_event"):
        return units
    return units.filter(pk__in=units_of(user))


def agencies_of(user):
    """The Dinas that somebody works for, in whose name they may register a group."""
    return Organization.objects.filter(
        kind=OrganizationKind.AGENCY,
        memberships__user=user,
        memberships__state=MembershipState.APPROVED,
    )


def can_withdraw(user, registration):
    """The person, the Dinas that sent them, and whoever holds the event."""
    return (
        registration.user_id == user.pk
        or (
            registration.sent_by_id is not None
            and agencies_of(user).filter(pk=registration.sent_by_id).exists()
        )
        or runs(user, registration.event)
    )
