"""The questions asked of agreements more than once, each with a name."""

from datetime import timedelta

from django.db import models
from django.db.models import Count, Q

from partnerships.enums import BEFORE_SIGNING, LIVE, SIGNED, AgreementStatus
from programs.enums import MembershipState, OrganizationKind
from programs.models import Membership
from programs.models.reach import places_of


def agencies_of(user):
    """The regions of the Dinas that ``user`` works for, for use inside a query."""
    return Membership.objects.filter(
        user=user,
        state=MembershipState.APPROVED,
        organization__kind=OrganizationKind.AGENCY,
    ).values("organization__region")


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Both sides see their own; a Dinas those of its region; officers of BPSDMI all."""
        if user.has_perm("partnerships.view_agreement"):
            return self
        regions = agencies_of(user)
        return self.filter(
            Q(school__in=places_of(user))
            | Q(company__in=places_of(user))
            | Q(school__region__in=regions)
            | Q(school__region__province__in=regions)
            | Q(company__region__in=regions)
            | Q(company__region__province__in=regions)
        )

    def of_people(self, user):
        """Those in which ``user`` belongs to one of the sides."""
        return self.filter(Q(school__in=places_of(user)) | Q(company__in=places_of(user)))

    def of_organization(self, organization):
        return self.filter(Q(school=organization) | Q(company=organization))

    def under_way(self):
        return self.filter(status__in=BEFORE_SIGNING)

    def live(self):
        return self.filter(status__in=LIVE)

    def signed(self):
        """Those that were signed, whatever became of them."""
        return self.filter(status__in=SIGNED)

    def dormant(self):
        return self.filter(status=AgreementStatus.DORMANT)

    def ending_within(self, days, *, today):
        """Live agreements whose last day comes within so many days."""
        return self.live().filter(ends_on__range=(today, today + timedelta(days=days)))

    def past_end(self, *, today):
        return self.live().filter(ends_on__lt=today)

    def to_near_end(self, *, today, days):
        """Running ones that end within so many days and are not marked yet."""
        return self.filter(
            status=AgreementStatus.ACTIVE, ends_on__range=(today, today + timedelta(days=days))
        )

    def to_extend(self, *, today, days):
        """Marked as ending, but an addendum has moved the end away."""
        return self.filter(status=AgreementStatus.ENDING, ends_on__gt=today + timedelta(days=days))

    def maybe_silent(self, *, today):
        """Running ones with two reports that are late; whether they sleep the workflow judges."""
        late = Count("reports", filter=Q(reports__due_on__lt=today, reports__filed_at=None))
        return (
            self.filter(status__in=[AgreementStatus.ACTIVE, AgreementStatus.ENDING])
            .annotate(late_reports=late)
            .filter(late_reports__gte=2)
        )

    def with_names(self):
        return self.select_related("school__region__province", "company__region__province", "phase")
