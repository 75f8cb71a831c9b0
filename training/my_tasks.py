"""What events expect of a person, for *Beranda saya*."""

from django.utils import timezone
from django.utils.text import capfirst

from programs.my_tasks import Record, Task
from training.enums import EventStatus, RegistrationStatus
from training.event_in_words import days
from training.models import Registration
from training.news import page_of
from training.next_steps import next_steps, with_deeds
from training.stages import WORDS

NEWEST = 5
CALLED_OFF = {
    EventStatus.CANCELLED: ("Dibatalkan", "x-circle", "danger"),
    EventStatus.POSTPONED: ("Ditunda", "pause", "warn"),
}


def tasks_for(user, today):
    """Attendance lists, tests, evaluations and names that wait for the person just now."""
    now = timezone.now()
    registrations = with_deeds(
        Registration.objects.of(user).filter(
            status__in=[RegistrationStatus.ACCEPTED, RegistrationStatus.QUALIFIED]
        )
    )
    return [
        _task(registration, step)
        for registration in registrations.order_by("event__starts_at")
        for step in next_steps(registration, now=now)
        if step.is_needed
    ]


def records_for(user):
    """One's events, the latest first."""
    registrations = Registration.objects.of(user).select_related("event__unit")
    return [_record(one) for one in registrations.order_by("-event__starts_at", "-pk")[:NEWEST]]


def _task(registration, step):
    return Task(
        title=step.title,
        text=f"{registration.event}. {step.text}",
        url=step.url if step.url.startswith("/") else page_of(registration),
        action=step.action,
        due_on=timezone.localdate(step.until) if step.until else None,
    )


def _record(registration):
    event, words = registration.event, WORDS[registration.status]
    badge, icon, kind = capfirst(registration.get_status_display()), words.icon, words.badge
    if event.status in CALLED_OFF:
        badge, icon, kind = CALLED_OFF[event.status]
    return Record(
        title=event.title,
        about=f"{days(event)}, {event.unit}",
        url=page_of(registration),
        badge=badge,
        icon=icon,
        kind=kind,
    )
