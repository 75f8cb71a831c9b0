"""The questions asked of e-Smart enrolments more than once, each with a name."""

from django.db import models
from django.db.models import Q

from programs.enums import MembershipState
from programs.esmart_enums import ACCEPTED, ENDED, REPORTING
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


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its own people, the Dinas of its region, and officers of e-Smart."""
        if user.has_perm("programs.view_enrolment"):
            return self
        return self.filter(reached_by(user))

    def of_people(self, user):
        """Those of the IKM that ``user`` belongs to."""
        return self.filter(organization__in=places_of(user))

    def running(self):
        """Those that have not ended."""
        return self.exclude(status__in=ENDED)

    def accepted(self):
        return self.filter(status__in=ACCEPTED)

    def reporting(self):
        """Those whose shops are asked for their sales each month."""
        return self.filter(status__in=REPORTING)
