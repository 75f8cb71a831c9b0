"""What the clock starts for Diklat 3in1. Ids in, nothing out; safe to run twice."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from programs.transitions import TransitionNotAllowed
from training.models import Batch
from training.workflow import batch as workflow
from training.workflow import diklat_reminders as reminders

logger = logging.getLogger(__name__)
# Days before the first one on which those who were selected are reminded.
BEFORE_THE_START = (3, 1)


@shared_task
def advance_batches():
    """Each hour: close registrations, begin and end trainings whose day has come."""
    today = timezone.localdate()
    for batches, move in [
        (Batch.objects.past_registration(today=today), workflow.end_registration),
        (Batch.objects.past_start(today=today), workflow.start),
        (Batch.objects.past_end(today=today), workflow.end_training),
    ]:
        for batch in batches:
            try:
                move(batch, today=today)
            except TransitionNotAllowed:
                logger.info("batch %s was moved by somebody else", batch.pk)


@shared_task
def remind_of_batches():
    """Each morning: the selected of their first day, officers of what is due in their batches."""
    today = timezone.localdate()
    for days in BEFORE_THE_START:
        for batch in Batch.objects.starting(on=today + timedelta(days=days)):
            reminders.remind_of_the_start(batch, today=today)
    for batch in Batch.objects.with_followups_due(today=today):
        reminders.remind_of_followups(batch, today=today)
