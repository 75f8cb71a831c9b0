"""Calendar files: of an event for anybody, of a seat for its holder, of all that somebody attends.

The link of an online event stands only in files for people who hold a place.
"""

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar

from training.calendar_file import PRODUCT, event_calendar
from training.enums import EventMode, EventStatus

CONTENT_TYPE = "text/calendar"
CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"
STATUS = {EventStatus.CANCELLED: CANCELLED, EventStatus.POSTPONED: TENTATIVE}


def public_file(event, *, now):
    """The event for whoever would like to remember it: the sessions that stand.

    Who took the file is not known, so that a removed session would be news to most of them.
    """
    return _file(event, now=now, url=_page(event), link="")


def seat_file(registration, *, now, is_given_up=False):
    """The event for somebody who holds a place; ``is_given_up`` takes it out of the calendar.

    Sessions removed since they got the place are cancelled in it, those before they never had.
    """
    event = registration.event
    removed = event.removed_sessions.all()
    return _file(
        event,
        now=now,
        url=settings.BASE_URL + reverse("training:registration_detail", args=[registration.pk]),
        link="" if is_given_up else event.online_url,
        is_given_up=is_given_up,
        removed=[one for one in removed if one.removed_at >= registration.placed_at],
    )


def feed_file(registrations, *, now):
    """Everything somebody holds a place in, as one calendar to subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Pelatihan saya, Bina Industri")
    for registration in registrations:
        one = Calendar.from_ical(seat_file(registration, now=now))
        for entry in one.walk("VEVENT"):
            calendar.add_component(entry)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def file_name(event):
    return f"{event.slug}.ics"


def _file(event, *, now, url, link, is_given_up=False, removed=()):
    where = event.place
    if event.mode == EventMode.ONLINE:
        where = link or "Daring"
    # Most calendars show nothing of TENTATIVE but the title.
    title = f"Ditunda: {event.title}" if event.status == EventStatus.POSTPONED else event.title
    return event_calendar(
        uid=f"pelatihan-{event.pk}@{urlsplit(settings.BASE_URL).hostname}",
        title=title,
        sessions=_noted(event.sessions.all()),
        removed=_noted(removed),
        place=where,
        url=url,
        description=_description(event, url, link),
        organizer_name=event.unit.name,
        organizer_email=event.unit.email or settings.HELP_EMAIL,
        sequence=event.calendar_sequence,
        status=CANCELLED if is_given_up else STATUS.get(event.status, CONFIRMED),
        stamped_at=now,
        zone=ZoneInfo(settings.TIME_ZONE),
    )


def _noted(sessions):
    return [(one.number, one.title, one.starts_at, one.ends_at) for one in sessions]


def _description(event, url, link):
    lines = [
        event.summary,
        f"Tautan daring: {link}" if link else "",
        f"Halaman kegiatan: {url}",
        f"Narahubung: {event.contact}",
    ]
    return "\n".join(line for line in lines if line)


def _page(event):
    return settings.BASE_URL + reverse("training:event_detail", args=[event.slug])
