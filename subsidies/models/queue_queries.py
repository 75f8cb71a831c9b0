"""The officers' queue: the first rows of a stage and how many there are, at any size."""

import re
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q, Subquery

from programs.enums import OrganizationKind
from programs.models.organization import Organization
from subsidies.enums import WITH_THE_MINISTRY, Stage
from subsidies.enums import ApplicationStatus as A
from subsidies.enums import DisbursementStatus as D
from subsidies.enums import VisitStatus as V
from subsidies.models.application_queries import STAGE_IS, ApplicationQuerySet

# Somebody still has something to do with these.
AT_WORK = [*WITH_THE_MINISTRY, A.CORRECTION, A.APPROVED]
# “RM-2026-0147”, or its beginning.
NUMBER = re.compile(r"RM[-\d]*", re.IGNORECASE)
NIB_LENGTH = 13
MOST_FOUND = 500

# Stages that share a status: which record beside the application tells them apart, and how.
BESIDE = {
    A.VISITING: (
        "visit",
        {Stage.VISIT_PLANNING: V.ASSIGNED, Stage.VISIT: V.SCHEDULED, Stage.MINUTES: V.CONDUCTED},
    ),
    A.APPROVED: (
        "disbursement",
        {
            Stage.DECREE: None,
            Stage.SPP: D.DECREED,
            Stage.SPM: D.REQUESTED,
            Stage.SP2D: D.ORDERED,
            Stage.PAID: D.PAID,
        },
    ),
}


class Tally(NamedTuple):
    """How many applications stand at a stage, and how many of them need somebody now."""

    total: int = 0
    overdue: int = 0
    due_today: int = 0
    unassigned: int = 0


def _first_found(rows):
    """Keys as a list: the database then knows how few they are, and plans for it."""
    return list(rows.order_by().values_list("pk", flat=True)[:MOST_FOUND])


def _late(today):
    return Q(due_on__lt=today) & ~Q(status=A.CORRECTION)


def _due(on):
    return Q(due_on=on) & ~Q(status=A.CORRECTION)


class QueueQuerySet(ApplicationQuerySet):
    """What the officers' desk asks of applications. Measured at a million rows."""

    def on_the_desk_of(self, user):
        """What officers work on: never a draft, which is the IKM's own affair."""
        if user.has_perm("subsidies.view_application"):
            return self.exclude(status=A.DRAFT)
        return self.visible_to(user).exclude(status=A.DRAFT)

    def overdue(self, *, today):
        """The ministry's own time has passed. A correction is the applicant's time."""
        return self.filter(_late(today))

    def due(self, *, on):
        return self.filter(_due(on))

    def at_work(self):
        """Somebody still has something to do: the ministry, the applicant or the treasury."""
        return self.filter(status__in=AT_WORK)

    def in_stages(self, stages):
        """Whatever stands at one of ``stages``, in no order."""
        at_one = Q(pk__in=[])
        for stage in stages:
            at_one |= STAGE_IS[stage]
        return self.filter(at_one)

    def found_by(self, words):
        """Applications whose registration number, NIB or IKM's name fits ``words``.

        What fits more than ``MOST_FOUND`` finds the first of them: who needs others says more.
        """
        words = " ".join(words.split())
        digits = "".join(letter for letter in words if letter.isdigit())
        if NUMBER.fullmatch(words):
            numbered = self.model.objects.filter(registration_number__startswith=words.upper())
            return self.filter(pk__in=_first_found(numbered))
        if digits == words and len(digits) != NIB_LENGTH:
            numbered = self.model.objects.filter(registration_number__icontains=digits)
            return self.filter(pk__in=_first_found(numbered))
        businesses = Organization.objects.of_kind(OrganizationKind.IKM)
        if len(digits) == NIB_LENGTH:
            businesses = businesses.filter(nib=digits)
        else:
            businesses = businesses.filter(*(Q(name__icontains=word) for word in words.split()))
        return self.filter(organization__in=_first_found(businesses))

    def first_of_stages(self, stages, *, order, start, stop):
        """The keys from place ``start`` to ``stop`` of all that stand at one of ``stages``.

        Each status is asked for its own first rows, which its index holds in order; so the page
        costs the same at ten rows and at ten million.
        """
        name = order.removeprefix("-")
        keys = [order, "-pk" if order.startswith("-") else "pk"]
        parts = [
            part.order_by(*keys).values_list("pk", name)[:stop] for part in self._parts_of(stages)
        ]
        if not parts:
            return []
        rows = parts[0].union(*parts[1:], all=True).order_by(*keys) if parts[1:] else parts[0]
        return [pk for pk, _ in rows[start:stop]]

    def tally(self, stages, *, today, at_most):
        """{stage: how many stand there, and how many of them are urgent or nobody's}.

        Of each status the ``at_most`` most urgent are looked at: more is “more than”.
        """
        statuses = {dict(STAGE_IS[stage].children)["status"] for stage in stages}
        parts = [
            self.filter(status=status).order_by("due_on", "pk").values("pk")[:at_most]
            for status in sorted(statuses)
        ]
        if not parts:
            return {}
        rows = (
            self.model.objects.filter(pk__in=parts[0].union(*parts[1:], all=True))
            .order_by()
            .with_stage()
            .values_list("stage")
            .annotate(
                total=Count("pk"),
                overdue=Count("pk", filter=_late(today)),
                due_today=Count("pk", filter=_due(today)),
                unassigned=Count("pk", filter=Q(assigned_to=None)),
            )
        )
        return {at: Tally(*figures) for at, *figures in rows if at in set(stages)}

    def _parts_of(self, stages):
        """One queryset for each status that ``stages`` cover, whole or in part.

        Where only a part is wanted, each row's visit or payment is looked up as the index is
        followed; a join would make the database read all of them first.
        """
        wanted = {}
        for stage in stages:
            wanted.setdefault(dict(STAGE_IS[stage].children)["status"], set()).add(stage)
        for status, chosen in sorted(wanted.items()):
            rows = self.filter(status=status)
            beside = BESIDE.get(status)
            if beside and chosen != set(beside[1]):
                record = self.model._meta.get_field(beside[0]).related_model
                state = record.objects.filter(application=OuterRef("pk")).order_by()
                states = [beside[1][stage] for stage in chosen]
                fits = Q(state__in=[s for s in states if s])
                if None in states:
                    fits |= Q(state=None)
                rows = rows.alias(state=Subquery(state.values("status")[:1])).filter(fits)
                if chosen == {Stage.PAID}:
                    rows = rows.filter(due_on=None)  # nothing is owed any more, says the index too
            yield rows
