"""Reading one's news."""

from django.utils import timezone


def mark_read(notifications):
    """These messages have been read, now unless they were before."""
    notifications.unread().update(read_at=timezone.now())
