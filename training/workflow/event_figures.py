"""Counting the stored figures of events whose results are fixed."""

import uuid

from django.utils import timezone

from training.enums import EventStatus
from training.figure_parts import count, together
from training.models import Event, EventFigures

FIXED = [EventStatus.CONCLUDED, EventStatus.ARCHIVED]
AT_ONCE = 50


def count_events(*, anew=False):
    """Count what has no fresh figures; ``anew`` counts every event, from nothing if need be.

    Safe to run at any time, twice, and while people write: a change that comes between counting
    and storing makes the count void, and the next run repeats it.
    """
    wanted = Event.objects.filter(status__in=FIXED)
    if not anew:
        wanted = wanted.exclude(figures__is_fresh=True)
    keys = list(wanted.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        _count(keys[start : start + AT_ONCE])
    # Results that were opened again are counted from their rows until they are fixed.
    EventFigures.objects.exclude(event__status__in=FIXED).filter(is_fresh=True).update(
        is_fresh=False
    )


def _count(keys):
    """Three steps, each committed: sign, count, store what nobody changed since the signature."""
    signature = uuid.uuid4()
    EventFigures.objects.bulk_create(
        [EventFigures(event_id=key) for key in keys], ignore_conflicts=True
    )
    for key in keys:
        # Waits for whoever is writing: the trigger of their rows holds the row until their commit.
        # One at a time, so that nobody who writes to two events waits for us in turn.
        EventFigures.objects.filter(pk=key).update(is_fresh=False, counted_by=signature)
    counted = count(keys)
    for key in keys:
        of_event = counted.get(key, {})
        EventFigures.objects.filter(pk=key, counted_by=signature).update(
            whole=together(of_event.values()).as_json(),
            provinces={code: part.as_json() for code, part in of_event.items()},
            is_fresh=True,
            counted_at=timezone.now(),
        )
