"""The questions asked of registrations more than once, each with a name."""

from django.db import models
from django.db.models import Q

from programs.enums import MembershipState, OrganizationKind
from programs.models import Membership
from training.enums import ATTENDED, ENDED_WITHOUT_PLACE, HOLDING_A_PLACE, RegistrationStatus
from training.models.event_queries import run_by


class RegistrationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """People see their own; a Dinas those it sent; officers those of their unit's events."""
        senders = Membership.objects.filter(
            user=user,
            state=MembershipState.APPROVED,
            organization__kind=OrganizationKind.AGENCY,
        ).values("organization")
        return self.filter(Q(user=user) | Q(sent_by__in=senders) | run_by(user, "event__"))

    def of(self, user):
        """The person's own."""
        return self.filter(user=user)

    def active(self):
        """All but those that ended without a place."""
        return self.exclude(status__in=ENDED_WITHOUT_PLACE)

    def placed(self):
        return self.filter(status__in=HOLDING_A_PLACE)

    def waiting(self):
        """The waiting list, in the order in which people came."""
        return self.filter(status=RegistrationStatus.WAITING).order_by("arrival")

    def attended(self):
        return self.filter(status__in=ATTENDED)

    def to_certify(self):
        """Who qualified and has no certificate yet, in the order in which people came."""
        return self.filter(status=RegistrationStatus.QUALIFIED).order_by("arrival")
