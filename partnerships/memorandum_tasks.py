"""What the clock starts for memoranda. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from partnerships.workflow import memoranda


@shared_task
def remind_of_follow_ups():
    """Each morning: tell the officers whose follow-ups are due within a week or overdue."""
    memoranda.remind(today=timezone.localdate())
