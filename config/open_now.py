"""What somebody can join at this moment, and what is next, from all services. Four questions."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone

from programs.models import Holiday
from programs.working_days import working_days_between
from subsidies.models import Scheme
from subsidies.terms_in_words import promise
from training import event_in_words
from training.models import Batch, Event
from training.openness import Badge, badge_of

EVENTS, BATCHES = 3, 2


@dataclass
class Listed:
    """One of the next events, as the home page tells it."""

    event: Event
    when: str
    hours: event_in_words.Hours
    badge: Badge


@dataclass
class Call:
    """An open call, as the home page tells it."""

    scheme: Scheme
    url: str
    promise: str
    days_left: int


def next_events():
    now = timezone.now()
    events = Event.objects.upcoming(now=now).select_related("unit")
    return [
        Listed(
            event,
            event_in_words.days(event),
            event_in_words.hours(event.starts_at),
            badge_of(event, now=now),
        )
        for event in events[:EVENTS]
    ]


def open_batches():
    """Diklat 3in1 that takes registrations, the one that closes first at the top."""
    batches = Batch.objects.open(today=timezone.localdate()).with_names()
    return batches.order_by("closes_on", "pk")[:BATCHES]


def open_calls():
    today = timezone.localdate()
    days_off = Holiday.objects.filter(date__gt=today, date__lte=OuterRef("closes_on"))
    schemes = Scheme.objects.open(today=today).prefetch_related("rates")
    return [
        Call(
            scheme,
            reverse("subsidies:scheme_detail", args=[scheme.code]),
            f"kami mengganti {promise(scheme)}",
            working_days_between(today, scheme.closes_on, scheme.days_off),
        )
        for scheme in schemes.annotate(days_off=ArraySubquery(days_off.values("date")))
    ]
