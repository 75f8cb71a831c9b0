"""What an event is, in the words of its public pages: when, where, for whom, and what it gives."""

from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from programs.enums import Commodity
from programs.models import Region
from training.eligibility import listed
from training.enums import AudienceKind, EventMode, SpeakerRole, TestOccasion
from training.news import when_in_words

ZONES = [(zone.label, ZoneInfo(zone.value)) for zone in Region.TimeZone]
PERCENT = "\N{NO-BREAK SPACE}%"


class Hours(NamedTuple):
    """A time in the ministry's own zone, and what the clocks show in the other two."""

    here: str
    elsewhere: str


class SessionLine(NamedTuple):
    """A session as the programme shows it; ``people`` are lines of speakers and moderators."""

    session: object
    hours: Hours
    people: list


class Day(NamedTuple):
    date: object
    hours: Hours
    lines: list


def days(event):
    """“Selasa–Rabu, 15–16 September 2026”; a single day as everywhere."""
    first, last = timezone.localdate(event.starts_at), timezone.localdate(event.ends_at)
    if first == last:
        return when_in_words(event)
    return f"{date_format(first, 'l')}–{date_format(last, 'l')}, {when_in_words(event)}"


def hours(starts_at, ends_at=None):
    """“09.00–16.00 WIB”, with “10.00–17.00 WITA, 11.00–18.00 WIT” beside it."""
    in_zones = [_clock(starts_at, ends_at, name, zone) for name, zone in ZONES]
    return Hours(in_zones[0], ", ".join(in_zones[1:]))


def session_hours(session):
    """“09.00–10.30 WIB”, and when that begins elsewhere: “10.00 WITA, 11.00 WIT”."""
    return Hours(hours(session.starts_at, session.ends_at).here, hours(session.starts_at).elsewhere)


def sessions_by_day(event):
    """[(day, its sessions)] by the ministry's clock. Needs ``sessions``."""
    return [(date, list(sessions)) for date, sessions in groupby(event.sessions.all(), _day_of)]


def programme(event):
    """The days of the event with their sessions. Needs ``sessions__speakers``."""
    found = []
    for date, sessions in sessions_by_day(event):
        span = hours(sessions[0].starts_at, max(session.ends_at for session in sessions))
        lines = [
            SessionLine(session, session_hours(session), _people(session)) for session in sessions
        ]
        found.append(Day(date, span, lines))
    return found


def same_hours(days_of_event):
    """The hours of every day when they are the same on all, else None."""
    spans = {day.hours for day in days_of_event}
    return spans.pop() if len(spans) == 1 else None


def over_line(event):
    """“Bimtek untuk aparatur dinas, daring, gratis”."""
    return capfirst(f"{event.get_kind_display()} untuk {audience(event)}, {_mode(event)}, gratis")


def audience(event):
    """“aparatur dinas dan pelaku IKM”; an event for nobody in particular is for all."""
    if not event.audience_kinds or AudienceKind.PUBLIC in event.audience_kinds:
        return "umum"
    return listed([AudienceKind(kind).label for kind in event.audience_kinds])


def whom(event):
    """Who may register, from where, and makers of what. Needs ``regions``."""
    regions = [region.name for region in event.regions.all()]
    goods = [Commodity(commodity).label for commodity in event.commodities]
    is_for_goods = goods and AudienceKind.IKM in (event.audience_kinds or AudienceKind)
    area = f"dari {listed(regions)}" if regions else "dari seluruh Indonesia"
    about = f" Pelaku IKM: komoditas {listed(goods)}." if is_for_goods else ""
    return f"{capfirst(audience(event))} {area}.{about}"


def place(event):
    """Where it is; the link itself is for participants alone. Needs ``place_region``."""
    where = ", ".join(
        part
        for part in (event.place, event.place_region.full_name if event.place_region else "")
        if part
    )
    link = "Tautan tampil di halaman pendaftaran Anda begitu Anda mendapat tempat."
    if event.mode == EventMode.PLACE:
        return where
    if event.mode == EventMode.HYBRID:
        return f"{where}; dapat juga diikuti daring. {link}"
    return f"Daring. {link}"


def certificate_terms(event):
    """What a certificate takes, and how many JP it states. Needs ``sessions``."""
    jp = sum(session.jp for session in event.sessions.all())
    if not event.gives_certificate:
        return f"{jp} JP, tanpa sertifikat"
    terms = [f"hadir paling sedikit {event.sessions_percent}{PERCENT} dari jumlah JP"]
    if event.evaluation_required:
        terms.append("mengisi evaluasi")
    if event.posttest_minimum is not None:
        terms.append(f"mencapai nilai tes akhir paling sedikit {event.posttest_minimum}")
    return (
        f"{jp} JP, bila {listed(terms)}. Satu sesi terhitung hadir bila diikuti paling sedikit "
        f"{event.session_minutes_percent}{PERCENT} waktunya."
    )


def tests(event):
    """“Ada tes awal dan tes akhir”; nothing where there is none."""
    offered = [
        words
        for words, is_offered in [
            (TestOccasion.PRE.label, event.has_pretest),
            (TestOccasion.POST.label, event.has_posttest),
        ]
        if is_offered
    ]
    return f"Ada {listed(offered)}." if offered else ""


def _clock(starts_at, ends_at, name, zone):
    first = timezone.localtime(starts_at, zone)
    words = f"{first:%H.%M}"
    if ends_at is not None:
        words += f"–{timezone.localtime(ends_at, zone):%H.%M}"
    is_other_day = first.date() != timezone.localdate(starts_at)
    return f"{words} {name}{' (hari berikutnya)' if is_other_day else ''}"


def _day_of(session):
    return timezone.localdate(session.starts_at)


def _people(session):
    """Who speaks, then who leads, each with titles and position."""
    return [
        f"{'Moderator: ' if one.role == SpeakerRole.MODERATOR else ''}"
        + ", ".join(part for part in (one.name, one.position, one.institution) if part)
        for one in session.speakers.all()
    ]


def _mode(event):
    return EventMode(event.mode).label
