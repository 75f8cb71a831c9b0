"""A Zoom report of 5,000 lines: read, matched and recorded."""

import io
import time
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from programs.models import User
from tests.factories.training import NOW, STARTS_AT, EventFactory, bring_to
from training.enums import EventStatus
from training.models import Registration
from training.workflow.attendance import import_report
from training.zoom_report import read_report

LINES, PEOPLE = 5000, 1700
HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\r\n"
SYLLABLES = ["ba", "di", "ko", "lu", "me", "na", "ra", "su", "ti", "wo"]
ZONE = ZoneInfo("Asia/Jakarta")


def measure():
    event = EventFactory(capacity=PEOPLE)
    users = User.objects.bulk_create(
        [User(email=f"zoom{n}@contoh.id", name=_name(n), password="!") for n in range(PEOPLE)]
    )
    Registration.objects.bulk_create(
        [
            Registration(
                event=event, user=user, kind="APPARATUS", name=user.name, status="ACCEPTED",
                source="SELF", registered_by=user, arrival=n, placed_at=NOW,
            )
            for n, user in enumerate(users, 1)
        ]
    )  # fmt: skip
    bring_to(event, EventStatus.RUNNING)
    session = event.sessions.first()
    file = io.BytesIO(_report().encode("utf-8-sig"))
    start = time.perf_counter()
    report = read_report(file, zone=ZONE)
    result = import_report(session, report, by=users[0])
    taken = time.perf_counter() - start
    if len(report.joins) != LINES or result.matched < PEOPLE * 0.9:
        raise RuntimeError(f"{len(report.joins)} lines, {result}")
    yield f"Zoom report of {LINES} lines, read and recorded", f"{taken:.2f} s", "≤ 2 s"
    start = time.perf_counter()
    file.seek(0)
    import_report(session, read_report(file, zone=ZONE), by=users[0])
    yield "… the same report once more", f"{time.perf_counter() - start:.2f} s", "≤ 2 s"


def _name(n):
    """A name of two words that nobody else bears: “Bako Ditu”."""
    letters = [SYLLABLES[n // len(SYLLABLES) ** turn % len(SYLLABLES)] for turn in range(4)]
    return f"{letters[0]}{letters[1]} {letters[2]}{letters[3]}".title()


def _report():
    """Everybody three times: a lost connection, and a second device."""
    begun = timezone.localtime(STARTS_AT)
    lines = [HEAD]
    for n in range(LINES):
        person, turn = n % PEOPLE, n // PEOPLE
        joined = begun + timedelta(minutes=turn * 25, seconds=person % 50)
        left = joined + timedelta(minutes=30)
        email = f"zoom{person}@contoh.id" if person % 4 else ""
        lines.append(
            f"{_name(person)},{email},{joined:%m/%d/%Y %I:%M:%S %p},"
            f"{left:%m/%d/%Y %I:%M:%S %p},30,Yes\r\n"
        )
    return "".join(lines)
