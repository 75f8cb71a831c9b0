"""The published size of the webinars: 156 events with 13,871 participants. Shared by benches."""

from datetime import timedelta

from django.utils import timezone

from programs.enums import OrganizationKind
from programs.models import Organization, Region, User
from training.enums import EventStatus, RegistrationStatus
from training.models import Attendance, Event, Registration, Session

EVENTS, PARTICIPANTS, PEOPLE = 156, 13_871, 9_000


def webinars():
    """The events, all concluded, one every other day, their participants from every kab/kota."""
    if Event.objects.filter(slug="bench-0").exists():
        return list(Event.objects.filter(slug__startswith="bench-").order_by("pk"))
    units = list(Organization.objects.of_kind(OrganizationKind.UNIT).exclude(satker_code=""))
    regions = list(Region.objects.exclude(province=None))
    people = User.objects.bulk_create(
        [User(email=f"warga{n}@contoh.id", name=f"Warga {n}", password="!") for n in range(PEOPLE)],
        batch_size=2000,
    )
    now = timezone.now()
    events = Event.objects.bulk_create(
        [_event(n, units[n % len(units)], now - timedelta(days=2 * n + 3)) for n in range(EVENTS)]
    )
    sessions = Session.objects.bulk_create(
        [
            Session(
                event=event,
                number=1,
                title="Sesi utama",
                starts_at=event.starts_at,
                ends_at=event.ends_at,
                jp=2,
            )
            for event in events
        ]
    )
    rows, arrivals = [], dict.fromkeys([event.pk for event in events], 0)
    for n in range(PARTICIPANTS):
        event = events[n % EVENTS]
        arrivals[event.pk] += 1
        rows.append(
            Registration(
                event=event,
                user=people[(n * 7 + n // EVENTS) % PEOPLE],
                kind="IKM" if n % 3 else "COMPANY",
                name=f"Warga {n}",
                institution=f"Usaha {n % 900}",
                region=regions[n * 13 % len(regions)],
                status=RegistrationStatus.QUALIFIED if n % 5 else RegistrationStatus.PARTLY,
                source="SELF",
                registered_by=people[n % PEOPLE],
                arrival=arrivals[event.pk],
                placed_at=event.opens_at,
                attended_jp=2 if n % 5 else 0,
            )
        )
    made = Registration.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=False)
    for event in events:
        event.refresh_from_db()
        event.arrivals = arrivals[event.pk]
    Event.objects.bulk_update(events, ["arrivals"])
    session_of = {session.event_id: session for session in sessions}
    Attendance.objects.bulk_create(
        [
            Attendance(
                registration=row,
                session=session_of[row.event_id],
                checked_in_at=row.event.starts_at,
            )
            for row in made
            if row.attended_jp
        ],
        batch_size=2000,
    )
    return events


def _event(n, unit, starts_at):
    return Event(
        unit=unit,
        kind="WEBINAR",
        title=f"Webinar IKM {n}",
        slug=f"bench-{n}",
        summary="Webinar bagi pelaku IKM.",
        capacity=500,
        opens_at=starts_at - timedelta(days=20),
        closes_at=starts_at - timedelta(days=1),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        certificate_code="WEBINAR",
        contact="Panitia",
        status=EventStatus.CONCLUDED,
    )
