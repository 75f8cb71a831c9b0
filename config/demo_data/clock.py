"""Letting the demo happen when it says that it happened.

Workflow functions are told the day, but the stamps of histories come from the clock, and the rules
judge an application by the stamp of its handing in. So the clock is set back while the demo is
loaded: here, and nowhere else in the project.
"""

from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.utils import timezone

from programs.models import Holiday, Notification
from programs.working_days import add_working_days, is_working_day

# News older than this has long been read and mailed; younger mails really leave.
FRESH = timedelta(days=6)
# By this the messages of a deed are told from older ones, also where one deed leads to another.
REAL_NOW = timezone.now


class Calendar:
    """Days counted back from the day on which the demo is loaded."""

    def __init__(self, today):
        self.holidays = Holiday.objects.days()
        self.today = today

    def ago(self, days, *, before=None):
        """The working day ``days`` working days before ``before``, by default before today."""
        day = before or self.today
        if not is_working_day(day, self.holidays):
            day = add_working_days(day, -1, self.holidays)
        return add_working_days(day, -days, self.holidays)

    def ahead(self, days):
        return add_working_days(self.today, days, self.holidays)


def moment(day, minutes=0):
    """That many minutes after nine in the morning of ``day``, but never in the future."""
    start = timezone.make_aware(datetime.combine(day, time(9)))
    return min(start + timedelta(minutes=minutes), timezone.now())


@contextmanager
def at(stamp):
    """What is done inside happens at ``stamp``, and what people are told of it as well."""
    before = timezone.now
    began = REAL_NOW()
    timezone.now = lambda: stamp
    try:
        yield
    finally:
        timezone.now = before
    told = Notification.objects.filter(created_at__gte=began)
    if began - stamp > FRESH:
        told.update(created_at=stamp, sent_at=stamp, read_at=stamp, attempts=1)
    else:
        told.update(created_at=stamp)
