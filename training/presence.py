"""Who was in an online session, and for how many minutes: from the stays of a Zoom report."""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from training.person_names import name_keys, same_person_key


class Attendee(NamedTuple):
    """One person as Zoom knows them. ``spans`` are (from, to), apart from one another;
    ``names`` all names that they bore in this report."""

    name: str
    email: str
    spans: tuple
    names: tuple = ()


class Match(NamedTuple):
    """Which of the registered people this is, and by what: “email” or “name”."""

    person: int
    why: str


def attendees(joins):
    """The stays of each person together, in the order of their first arrival.

    Those of one e-mail address are one person's, and so are those without address under one name.
    People also come back without signing in: then the name tells, if just one address bears it.
    """
    groups = defaultdict(list)
    bearers = defaultdict(set)
    for join in sorted(joins, key=lambda join: (join.joined_at, join.line)):
        key = same_person_key(join.name) or join.name
        groups[join.email, "" if join.email else key].append(join)
        # A single word, an office or a telephone is borne by several.
        if join.email and any(" " in known for known in name_keys(join.name)):
            bearers[key].add(join.email)
    for email, key in list(groups):
        if not email and len(bearers[key]) == 1:
            groups[next(iter(bearers[key])), ""] += groups.pop(("", key))
    return [_attendee(email, stays) for (email, _), stays in groups.items()]


def _attendee(email, stays):
    names = [name for stay in stays for name in (stay.name, stay.original_name) if name]
    return Attendee(
        name=stays[0].name,
        email=email,
        spans=merged((stay.joined_at, stay.left_at) for stay in stays),
        names=tuple(dict.fromkeys(names)),
    )


def merged(spans):
    """The same time as spans that neither overlap nor touch, in order: two devices count once."""
    whole = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return tuple(whole)


def minutes_in(spans, start, end):
    """Whole minutes of ``spans`` between ``start`` and ``end``, overlaps counted once."""
    inside = (
        (max(begun, start), min(ended, end))
        for begun, ended in spans
        if begun < end and ended > start
    )
    return sum((ended - begun for begun, ended in merged(inside)), timedelta()) // timedelta(
        minutes=1
    )


def match(attendees, people):
    """({attendee index: Match}, indexes of the leftovers). ``people`` are (email, name).

    The address tells before the name. Two attendees may be one person, with two devices; an
    address or a name that fits two people is nobody's, unless both together fit just one.
    """
    by_email, by_name = defaultdict(set), defaultdict(set)
    for position, (email, name) in enumerate(people):
        if email:
            by_email[email.strip().lower()].add(position)
        if key := same_person_key(name):
            by_name[key].add(position)
    matched, leftovers = {}, []
    for index, attendee in enumerate(attendees):
        if found := _find(attendee, by_email, by_name):
            matched[index] = found
        else:
            leftovers.append(index)
    return matched, leftovers


def _find(attendee, by_email, by_name):
    owners = by_email.get(attendee.email, set()) if attendee.email else set()
    if len(owners) == 1:
        return Match(min(owners), "email")
    keys = {key for name in attendee.names or (attendee.name,) for key in name_keys(name)}
    bearers = set().union(*(by_name.get(key, ()) for key in keys))
    for fitting in (owners & bearers, bearers):
        if len(fitting) == 1:
            return Match(min(fitting), "name")
    return None
