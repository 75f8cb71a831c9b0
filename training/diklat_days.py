"""Days of a Diklat: months after a first working day, and the days of a training."""

import calendar
from datetime import date, timedelta


def months_after(day, months):
    """The same day ``months`` later; the last day of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def days_between(first, last):
    """Every day from ``first`` to ``last``, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
