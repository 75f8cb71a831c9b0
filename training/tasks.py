"""What the clock starts, and what a worker does in the background. Safe to run twice."""

import logging

from celery import shared_task
from django.utils import timezone

from programs.transitions import TransitionNotAllowed
from training.models import Event
from training.workflow import event as workflow
from training.workflow import reminders
from training.workflow.certificates import issue_certificates
from training.workflow.event_figures import count_events
from training.workflow.places import fill_free_places, release_quotas

logger = logging.getLogger(__name__)


@shared_task
def follow_the_clock():
    """Every minute: close registrations, begin and end events as their times say."""
    now = timezone.now()
    for events, move in [
        (Event.objects.to_close(now=now), workflow.close),
        (Event.objects.to_begin(now=now), workflow.start),
        (Event.objects.to_finish(now=now), workflow.end),
    ]:
        for event in events:
            try:
                move(event, by=None)
            except TransitionNotAllowed:
                logger.info("event %s was moved on by somebody else", event.pk)


@shared_task
def fill_waiting_lists():
    """Every few minutes: give places that became free some other way to those who wait."""
    today = timezone.localdate()
    for event in Event.objects.to_release_quotas(today=today):
        release_quotas(event)
    for event in Event.objects.with_room_for_waiting():
        fill_free_places(event)


@shared_task
def remind_participants():
    """Every few minutes: the day before the first session, and an hour before each day begins."""
    now = timezone.now()
    for event in Event.objects.starting_within(now=now, hours=24):
        reminders.remind_the_day_before(event, now=now)
    for event in Event.objects.with_session_within(now=now, minutes=60):
        reminders.remind_an_hour_before(event, now=now)


@shared_task
def sweep_certificates():
    """Every few minutes: go on where a worker that was killed left off."""
    for event_id in Event.objects.with_certificates_to_issue().values_list("pk", flat=True):
        issue_certificates(event_id)


@shared_task
def count_figures():
    """Every few minutes: count the events whose results were fixed or corrected."""
    count_events()


@shared_task
def count_figures_anew():
    """Each night: every event, so that nothing that was missed is read for long."""
    count_events(anew=True)
