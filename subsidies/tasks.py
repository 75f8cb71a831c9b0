"""What the clock starts. Ids in, nothing out; safe to run twice."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from programs.models import Holiday
from programs.transitions import TransitionNotAllowed
from programs.working_days import add_working_days
from subsidies.models import Application
from subsidies.workflow import application as workflow

logger = logging.getLogger(__name__)


@shared_task
def lapse_overdue_corrections():
    """End the applications whose correction did not come in time."""
    today = timezone.localdate()
    for application in Application.objects.overdue_corrections(today=today):
        try:
            workflow.lapse(application, today=today)
        except TransitionNotAllowed:
            logger.info("application %s was handed in at the last moment", application.pk)


@shared_task
def remind_corrections():
    """Each morning: tell owners whose correction is due today or in one or three working days."""
    today = timezone.localdate()
    holidays = Holiday.objects.days()
    days = [today, *(add_working_days(today, n, holidays) for n in (1, 3))]
    for application in Application.objects.corrections_due(on=days):
        workflow.remind_correction(application, today=today)


@shared_task
def remind_before_closing():
    """Each morning: tell owners of drafts whose call closes in seven, three or one day."""
    today = timezone.localdate()
    days = [today + timedelta(days=n) for n in (7, 3, 1)]
    for application in Application.objects.closing_soon(on=days):
        workflow.remind_closing(application)
