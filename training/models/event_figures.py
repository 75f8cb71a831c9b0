import pgtrigger
from django.db import models
from django.db.models import Q

from training.models.event import Event


def out_of_date(event):
    """A trigger: whoever writes such a row takes the stored figures of its event out of use.

    ``event`` is SQL for the event's key of the written row. The row of the figures is taken
    whether it is fresh or not, so that who counts anew waits for who is writing just now.
    """
    return pgtrigger.Trigger(
        name="figures_out_of_date",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            UPDATE training_eventfigures SET is_fresh = FALSE, counted_by = NULL
             WHERE event_id IN ({event});
            RETURN NULL;
        """,  # noqa: S608 - our own words
    )


# A deleted row has no NEW, a new one no OLD: the other is NULL then and finds nothing.
OF_REGISTRATION = "NEW.event_id, OLD.event_id"
OF_ITS_ROW = """
    SELECT event_id FROM training_registration
     WHERE id IN (NEW.registration_id, OLD.registration_id)
"""
OF_SCORE = """
    SELECT event_id FROM training_registration
      JOIN training_evaluation ON training_evaluation.registration_id = training_registration.id
     WHERE training_evaluation.id IN (NEW.evaluation_id, OLD.evaluation_id)
"""


class EventFigures(models.Model):
    """What was reached at one event whose results are fixed: counted once, read many times.

    ``whole`` and ``provinces`` (by code) are parts as ``training.figures`` adds them up; they name
    people and offices by key, so that those of several events together are counted once. Only
    fresh ones are read: the database itself makes them stale with the first row that changes.
    """

    event = models.OneToOneField(
        Event, primary_key=True, on_delete=models.CASCADE, related_name="figures"
    )
    whole = models.JSONField(default=dict)
    provinces = models.JSONField(default=dict)
    is_fresh = models.BooleanField(default=False)
    # Who counts at present; a change in the meantime takes it away, and the count is thrown away.
    counted_by = models.UUIDField(null=True)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "angka kegiatan"
        verbose_name_plural = "angka kegiatan"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_fresh=False) | Q(counted_at__isnull=False),
                name="training_eventfigures_fresh_when_counted",
            )
        ]

    def __str__(self):
        return f"Angka {self.event_id}"
