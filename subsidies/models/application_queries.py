"""The questions asked of applications more than once, each with a name."""

from django.db import models
from django.db.models import Case, Q, Value, When

from programs.models.organization import OrganizationQuerySet
from subsidies.enums import ENDED_WITHOUT_GRANT, Stage
from subsidies.enums import ApplicationStatus as A
from subsidies.enums import DisbursementStatus as D
from subsidies.enums import VisitStatus as V

# A visit or payment that ended otherwise has a newer row beside it; the workflow keeps one live.
STAGE_IS = {
    Stage.DRAFT: Q(status=A.DRAFT),
    Stage.COMPLETENESS: Q(status=A.SUBMITTED),
    Stage.CORRECTION: Q(status=A.CORRECTION),
    Stage.CONFORMITY: Q(status=A.REGISTERED),
    Stage.VISIT_PLANNING: Q(status=A.VISITING, visit__status=V.ASSIGNED),
    Stage.VISIT: Q(status=A.VISITING, visit__status=V.SCHEDULED),
    Stage.MINUTES: Q(status=A.VISITING, visit__status=V.CONDUCTED),
    Stage.ASSESSMENT: Q(status=A.ASSESSMENT),
    Stage.APPROVAL: Q(status=A.ASSESSED),
    Stage.WAITING: Q(status=A.WAITING),
    Stage.DECREE: Q(status=A.APPROVED, disbursement=None),
    Stage.SPP: Q(status=A.APPROVED, disbursement__status=D.DECREED),
    Stage.SPM: Q(status=A.APPROVED, disbursement__status=D.REQUESTED),
    Stage.SP2D: Q(status=A.APPROVED, disbursement__status=D.ORDERED),
    Stage.PAID: Q(status=A.APPROVED, disbursement__status=D.PAID),
    Stage.CLOSED: Q(status=A.CLOSED),
    Stage.REJECTED: Q(status=A.REJECTED),
    Stage.LAPSED: Q(status=A.LAPSED),
    Stage.WITHDRAWN: Q(status=A.WITHDRAWN),
}


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The members of the IKM see their own; officers what was submitted; a Dinas its region.

        A verifier from outside sees only what was assigned to them for a visit.
        """
        seen = Q(organization__memberships__user=user, organization__memberships__state="APPROVED")
        submitted = ~Q(status=A.DRAFT)
        if user.has_perm("subsidies.view_application"):
            submitted_or_own = submitted | Q(pk__in=self.model.objects.filter(seen).values("pk"))
            return self.filter(submitted_or_own)
        region = OrganizationQuerySet.in_regions_of(user, prefix="organization__")
        visits = Q(visit__verifier=user)
        ours = self.model.objects.filter(seen | submitted & (region | visits))
        return self.filter(pk__in=ours.values("pk"))

    def of_members(self, user):
        """The applications of the IKM that ``user`` belongs to, drafts as well."""
        return self.filter(
            organization__memberships__user=user, organization__memberships__state="APPROVED"
        )

    def under_way(self):
        """Not ended without a grant: it takes the IKM's one place in its call."""
        return self.exclude(status__in=ENDED_WITHOUT_GRANT)

    def in_stage(self, stage):
        return self.filter(STAGE_IS[Stage(stage)])

    def with_stage(self):
        """Annotate ``stage``: where the application stands over its three records."""
        return self.annotate(
            stage=Case(
                *[
                    When(condition, then=Value(stage.value))
                    for stage, condition in STAGE_IS.items()
                ],
                default=Value(""),
                output_field=models.CharField(),
            )
        )

    def overdue_corrections(self, *, today):
        """Corrections whose deadline has passed: they lapse by themselves."""
        return self.filter(status=A.CORRECTION, due_on__lt=today)

    def corrections_due(self, *, on):
        """Corrections whose last day is one of ``on``: they are reminded."""
        return self.filter(status=A.CORRECTION, due_on__in=on)

    def closing_soon(self, *, on):
        """Drafts of calls that close on one of the days ``on``."""
        return self.filter(
            status=A.DRAFT,
            scheme__superseded_at=None,
            scheme__closes_on__in=on,
        )

    def registration_order(self):
        return self.order_by("registration_order")
