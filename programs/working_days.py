"""Days on which offices work: Monday to Friday without public holidays and joint leave.

``holidays`` is any set of dates; which days are in it changes every year by decree of three
ministers, so this module never knows them by itself.
"""

from datetime import timedelta

ONE_DAY = timedelta(days=1)


def is_working_day(day, holidays):
    return day.weekday() < 5 and day not in holidays


def add_working_days(day, n, holidays):
    """The ``n``-th working day after ``day``; a negative ``n`` counts backwards.

    The answer is always a working day: with ``n=0`` it is ``day`` itself or the next one that is.
    """
    step = -ONE_DAY if n < 0 else ONE_DAY
    while n == 0 and not is_working_day(day, holidays):
        day += ONE_DAY
    for _ in range(abs(n)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day


def working_days_between(start, end, holidays):
    """How many working days lie after ``start``, up to and including ``end``.

    “3 hari kerja lagi” is 3, a deadline of today is 0, and one that passed is negative.
    """
    if end < start:
        return -working_days_between(end, start, holidays)
    days_off = sum(start < day <= end and day.weekday() < 5 for day in holidays)
    return _weekdays_until(end) - _weekdays_until(start) - days_off


def _weekdays_until(day):
    """Mondays to Fridays in the calendar up to ``day``; day 1 of the calendar is a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)
