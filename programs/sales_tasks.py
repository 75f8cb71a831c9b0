"""What the clock starts for sales reports. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from programs.workflow import sales_reminders


@shared_task
def remind_of_sales():
    """Each morning from the third to the tenth: last month's sales that nobody has reported."""
    sales_reminders.remind(today=timezone.localdate())
