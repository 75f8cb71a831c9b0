"""The questions asked of batches more than once, each with a name."""

from django.db import models
from django.db.models import Count, Q

from training.diklat_enums import BatchStatus as B
from training.diklat_enums import TraineeStatus as T
from training.models.event_queries import units_of


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """On the desk: a unit's officers see the unit's own batches, some see those of all."""
        if user.has_perm("training.view_every_batch"):
            return self
        if user.has_perm("training.manage_batch"):
            return self.filter(course__unit__in=units_of(user))
        return self.none()

    def managed_by(self, user):
        """Those that ``user`` may change: of the own unit, or of all."""
        if not user.has_perm("training.manage_batch"):
            return self.none()
        if user.has_perm("training.manage_every_batch"):
            return self
        return self.filter(course__unit__in=units_of(user))

    def announced(self):
        """What the public may see: everything whose registration was opened once."""
        return self.filter(opened_at__isnull=False)

    def open(self, *, today):
        """Takes registrations on ``today``."""
        return self.filter(status=B.OPEN, opens_on__lte=today, closes_on__gte=today)

    def coming(self, *, today):
        """Announced, and registration begins on a later day."""
        return self.filter(status=B.OPEN, opens_on__gt=today)

    def past_registration(self, *, today):
        return self.filter(status=B.OPEN, closes_on__lt=today)

    def past_start(self, *, today):
        """Ready to run: somebody was selected and the first day has come."""
        return self.filter(status=B.SELECTION, starts_on__lte=today, seated__gt=0)

    def past_end(self, *, today):
        return self.filter(status=B.RUNNING, ends_on__lt=today)

    def starting(self, *, on):
        """Those whose people are expected on the day ``on``."""
        return self.with_names().filter(status__in=[B.OPEN, B.SELECTION], starts_on=on)

    def with_followups_due(self, *, today):
        """Those of which somebody should be asked by now whether they still work."""
        due = Q(trainees__followups__done_on=None, trainees__followups__due_on__lte=today)
        return self.with_names().filter(due, status__in=[B.CERTIFICATION, B.PLACEMENT]).distinct()

    def with_names(self):
        return self.select_related("course__unit", "region__province")

    def with_numbers(self):
        """Annotate how many people stand where, for a list of batches, in the same query."""

        def those(*statuses):
            return Count("trainees", filter=Q(trainees__status__in=statuses), distinct=True)

        return self.annotate(
            registered=Count("trainees", filter=~Q(trainees__status=T.WITHDRAWN), distinct=True),
            undecided=those(T.REGISTERED),
            in_training=those(T.TRAINING),
            without_outcome=those(T.COMPETENT, T.NOT_YET_COMPETENT),
        )
