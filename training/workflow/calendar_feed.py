"""The secret address of somebody's own calendar."""

from training.models import CalendarFeed
from training.models.calendar_feed import new_token


def renew(*, by):
    """Give ``by`` a calendar address; one that was there before leads nowhere from now on.

    Returns the feed, and whether it is the first.
    """
    return CalendarFeed.objects.update_or_create(user=by, defaults={"token": new_token()})


def revoke(*, by):
    """Close the calendar address."""
    CalendarFeed.objects.filter(user=by).delete()
