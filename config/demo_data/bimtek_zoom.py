"""The Zoom report of a session of the demo, as Zoom exports it: some without an e-mail, some who
lost the line and came back, and a few devices that nobody can place.
"""

import csv
import io
from datetime import timedelta

from programs.dates import ZONES
from training.zoom_import import record

HEADINGS = [
    "Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest",
]  # fmt: skip
# Left to the screen on which organizers match by hand.
DEVICES = ["iPad", "Galaxy A10s", "Dinas Perindustrian"]
MINUTES = 105


def record_report(session, people, *, by):
    """Record ``people`` as having been in the meeting from the beginning of ``session`` on."""
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(HEADINGS)
    begins = session.starts_at.astimezone(ZONES["WIB"])
    for registration in people:
        number = registration.arrival
        email = "" if number % 20 == 0 else registration.user.email
        lost_the_line = number % 13 == 0
        stays = [(0, 40), (42, MINUTES)] if lost_the_line else [(0, MINUTES)]
        for came, left in stays:
            writer.writerow(_line(registration.name, email, begins, came, left))
    for number, device in enumerate(DEVICES):
        writer.writerow(_line(device, "", begins, number * 10, MINUTES - number * 20))
    report = io.BytesIO(content.getvalue().encode("utf-8-sig"))
    return record(session, report, zone=ZONES["WIB"], by=by)


def _line(name, email, begins, came, left):
    times = [
        f"{begins + timedelta(minutes=minute):%m/%d/%Y %I:%M:%S %p}" for minute in (came, left)
    ]
    return [name, email, *times, left - came, "No"]
