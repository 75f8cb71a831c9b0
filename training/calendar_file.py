"""An event's sessions as a calendar file (.ics, RFC 5545) for telephones and mail programs."""

import re
from datetime import UTC, timedelta
from typing import NamedTuple

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

PRODUCT = "-//Kementerian Perindustrian//Bina Industri//ID"
CANCELLED = "CANCELLED"
# A tab and the end of a line are the only ones that a calendar may carry.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class CalendarSession(NamedTuple):
    number: int
    title: str
    starts_at: object
    ends_at: object


def event_calendar(
    *,
    uid,
    title,
    sessions,
    place,
    url,
    description,
    organizer_name,
    organizer_email,
    sequence,
    status,
    stamped_at,
    zone,
    removed=(),
):
    """The file's bytes, with one entry per session (``CalendarSession`` or such a tuple).

    ``uid`` is the event's, ``bimtek-12@host``; session 3 is ``bimtek-12-3@host`` for good. A
    calendar replaces an entry by one with the same uid and a higher ``sequence``; ``status`` is
    CONFIRMED, TENTATIVE or CANCELLED. Times are written in ``zone``.

    ``removed`` are sessions that no longer are: their entries are CANCELLED beside those that
    stand. A file has one METHOD for all entries, and PUBLISH may cancel one (RFC 5546, 3.2.1).
    """
    standing = [(CalendarSession(*session), status) for session in sessions]
    off = [(CalendarSession(*session), CANCELLED) for session in removed]
    entries = [*standing, *off]
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if status == CANCELLED else "PUBLISH")
    calendar.add("x-wr-calname", vText(_line(title)))
    event_uid, _, host = uid.partition("@")
    organizer = vCalAddress(f"mailto:{_address(organizer_email)}")
    # Within quotation marks a calendar allows no others.
    organizer.params["CN"] = _line(organizer_name).replace('"', "'")
    for session, session_status in entries:
        is_cancelled = session_status == CANCELLED
        entry = Event()
        entry.add("uid", f"{event_uid}-{session.number}@{host}")
        entry.add("sequence", sequence)
        entry.add("dtstamp", stamped_at.astimezone(UTC))
        entry.add("last-modified", stamped_at.astimezone(UTC))
        entry.add("dtstart", session.starts_at.astimezone(zone))
        entry.add("dtend", session.ends_at.astimezone(zone))
        summary = _summary(session, title, alone=len(entries) == 1)
        # Many calendars import the entry and overlook its status.
        entry.add("summary", f"Dibatalkan: {summary}" if is_cancelled else summary)
        entry.add("status", session_status)
        if organizer_email:
            entry.add("organizer", organizer)
        if place:
            entry.add("location", _line(place))
        if description:
            entry.add("description", _plain(description))
        if url:
            entry.add("url", _address(url))
        if not is_cancelled:
            entry.add_component(_alarm(timedelta(days=-1), f"Besok: {summary}"))
            entry.add_component(_alarm(timedelta(hours=-1), f"Satu jam lagi: {summary}"))
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _summary(session, title, *, alone):
    words = title if alone else f"{session.title} (sesi {session.number}, {title})"
    return _line(words)


def _alarm(before, words):
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", before)
    alarm.add("description", words)
    return alarm


def _plain(text):
    return CONTROL_CHARACTERS.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def _line(text):
    return " ".join(_plain(text).split())


def _address(text):
    """Addresses are written as they are, so that a line in one would be a line of the file."""
    return "".join(_plain(text).split())
