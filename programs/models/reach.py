"""Whose rows somebody reaches: those of the own organizations, and of the region of one's Dinas."""

from django.db.models import Q

from programs.enums import MembershipState
from programs.models.organization import Membership, OrganizationQuerySet


def places_of(user):
    """The organizations that ``user`` belongs to, for use inside a query."""
    return Membership.objects.filter(user=user, state=MembershipState.APPROVED).values(
        "organization"
    )


def reached_by(user, prefix="organization__"):
    """The condition “of an IKM of one's own, or of the region of one's Dinas”."""
    own = Q(**{f"{prefix.removesuffix('__')}__in": places_of(user)})
    return own | OrganizationQuerySet.in_regions_of(user, prefix)
