"""The 156 webinars of the directorate general for IKM up to 26 October 2020, 13,871 participants.

Numbers and time are the published ones (``domain.md`` §0); days, subjects and people are invented.
Those who come are owners of e-Smart IKM, many of them more than once. Everything is over: written
down as it was, so that nobody is told of it anew.
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from config.demo_data.clock import at
from config.demo_data.copying import copy, reserve
from config.demo_data.national_esmart import KEY
from config.demo_data.shares import apportion
from programs.models import Organization, Participation, Program
from training import arrows
from training.enums import (
    ASPECTS_OF_THE_EVENT,
    HELD,
    AudienceKind,
    EventKind,
    EventStatus,
    RegistrationSource,
    SpeakerRole,
)
from training.enums import RegistrationStatus as R
from training.models import (
    Attendance,
    Evaluation,
    EvaluationScore,
    Event,
    EventHistoryEntry,
    Registration,
    RegistrationHistoryEntry,
    Series,
    Session,
    Speaker,
)
from training.workflow.results import write_register

PROGRAM = "webinar-ikm"
IKMA = "247949"
FIRST_DAY, LAST_DAY = date(2020, 4, 6), date(2020, 10, 26)
SUBJECTS = [
    "Foto produk dengan ponsel", "Sertifikat halal", "Izin edar P-IRT", "Kemasan yang menjual",
    "Menghitung harga pokok", "Membuka toko di lokapasar", "Merek dan hak cipta",
    "Protokol kesehatan di ruang produksi", "KUR untuk usaha industri", "Ekspor perdana",
    "Standar Nasional Indonesia", "Pemasaran lewat media sosial", "Pembukuan sederhana",
]  # fmt: skip
TRADES = [
    "makanan", "fesyen", "kerajinan", "minuman", "furnitur", "kosmetik", "herbal", "perhiasan",
    "produk logam", "semua sektor", "sentra", "usaha baru",
]  # fmt: skip
# Whoever comes next stands so many places further in the list of people: many come again.
STEP = 61


class Webinar(NamedTuple):
    number: int
    title: str
    starts_at: datetime
    sessions: int
    participants: int

    @property
    def ends_at(self):
        return self.starts_at + timedelta(hours=2)

    @property
    def opens_at(self):
        return self.starts_at - timedelta(days=12)

    @property
    def concluded_at(self):
        return self.ends_at + timedelta(days=1)


class Place(NamedTuple):
    """One who registered: the place in the list of people, and what became of it."""

    person: int
    arrival: int
    registered_at: datetime
    attended: int  # sessions
    of_sessions: int

    @property
    def status(self):
        """What the results of an event make of it (``training.workflow.results``)."""
        if not self.attended:
            return str(R.ABSENT)
        return str(R.QUALIFIED if self.attended == self.of_sessions else R.PARTLY)


def held():
    """What the number of 26 October 2020 counts: webinars, not what else was held."""
    return Event.objects.filter(
        kind=EventKind.WEBINAR, status__in=HELD, starts_at__date__lte=LAST_DAY
    )


def came():
    """Who had a place in them; whoever came to three counts three times."""
    return Registration.objects.placed().filter(event__in=held())


def fill_webinars(sizes, *, by):
    """Bring the webinars held by 26 October 2020 up to ``sizes``. Says how many were new."""
    missing = sizes.webinars - held().count()
    if missing <= 0:
        return 0
    plan = list(webinars(missing, sizes.webinar_participants - came().count()))
    people = list(
        Participation.objects.filter(key__startswith=KEY)
        .order_by("key")
        .values_list("user", "user__name", "organization", "organization__name", "region")
    )
    unit = Organization.objects.get(satker_code=IKMA)
    program = Program.objects.get(slug=PROGRAM)
    series = Series.objects.create(name="Webinar IKM 2020", slug="webinar-ikm-2020")
    events = Event.objects.bulk_create(_event(one, unit, program, series) for one in plan)
    _write_histories(events, plan, by)
    sessions = _write_sessions(events, plan)
    for event, one, of_event in zip(events, plan, sessions, strict=True):
        _write_participants(event, one, of_event, people, by)
        with at(one.concluded_at):
            write_register(event)
    return missing


# --- What was held, from numbers alone ----------------------------------------------------------


def webinars(count, participants):
    """From Monday to Friday, 6 April to 26 October; to some come more people than to others."""
    days = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    days = [day for day in days if day.weekday() < 5]
    sizes = apportion(participants, [50 + n * 37 % 90 for n in range(count)])
    before = None
    for n, size in enumerate(sizes):
        day = days[n * (len(days) - 1) // max(count - 1, 1)]
        hour = 13 if day == before else 9
        subject, trade = SUBJECTS[n % len(SUBJECTS)], TRADES[n % len(TRADES)]
        yield Webinar(
            number=n + 1,
            title=f"Webinar IKM {n + 1}: {subject} untuk {trade} (contoh)",
            starts_at=timezone.make_aware(datetime.combine(day, time(hour))),
            sessions=2 if n % 3 == 0 else 1,
            participants=size,
        )
        before = day


def places(webinar, people):
    """Who registered, out of so many ``people``: most came, some for a part, some not at all."""
    for n in range(webinar.participants):
        luck = (webinar.number * 31 + n * 17) % 20
        attended = 0 if luck < 3 else 1 if luck < 6 else webinar.sessions
        yield Place(
            person=(webinar.number * STEP + n) % people,
            arrival=n + 1,
            registered_at=webinar.opens_at + timedelta(minutes=7 + n * 97),
            attended=attended,
            of_sessions=webinar.sessions,
        )


# --- As rows ------------------------------------------------------------------------------------


def _event(one, unit, program, series):
    return Event(
        unit=unit,
        kind=EventKind.WEBINAR,
        title=one.title,
        slug=f"webinar-ikm-2020-{one.number:03d}",
        series=series,
        program=program,
        summary="Webinar bagi pelaku IKM pada masa pandemi. Judul dan pesertanya contoh.",
        online_url="https://zoom.example/j/2020",
        audience_kinds=[AudienceKind.IKM],
        capacity=500,
        arrivals=one.participants,
        opens_at=one.opens_at,
        closes_at=one.starts_at - timedelta(hours=1),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        gives_certificate=False,
        evaluation_required=False,
        contact="Sekretariat webinar Ditjen IKMA, ikma@bina.example",
        status=EventStatus.ARCHIVED,
    )


def _write_histories(events, plan, by):
    copy(
        EventHistoryEntry,
        ["event_id", "action", "from_status", "to_status", "actor_id", "at"],
        (
            (event.pk, move.action, str(move.sources[0]), str(move.target), who, when)
            for event, one in zip(events, plan, strict=True)
            for move, who, when in [
                (arrows.PUBLISH, by.pk, one.opens_at),
                (arrows.BEGIN, None, one.starts_at),
                (arrows.FINISH, None, one.ends_at),
                (arrows.CONCLUDE, by.pk, one.concluded_at),
                (arrows.ARCHIVE, by.pk, one.concluded_at + timedelta(days=30)),
            ]
        ),
    )


def _write_sessions(events, plan):
    """Two hours, in one or two parts; the sessions of each event."""
    found = []
    for event, one in zip(events, plan, strict=True):
        length = (one.ends_at - one.starts_at) / one.sessions
        found.append(
            [
                Session(
                    event=event,
                    number=number + 1,
                    title=("Paparan", "Tanya jawab dan praktik")[number],
                    starts_at=one.starts_at + length * number,
                    ends_at=one.starts_at + length * (number + 1),
                    jp=2 // one.sessions,
                )
                for number in range(one.sessions)
            ]
        )
    Session.objects.bulk_create(session for of_event in found for session in of_event)
    Speaker.objects.bulk_create(
        Speaker(
            session=session,
            role=SpeakerRole.SPEAKER,
            name="Dr. Ratih Contoh, M.T.",
            position="Pembina Industri",
            institution="Direktorat Jenderal IKMA",
        )
        for of_event in found
        for session in of_event
    )
    return found


def _write_participants(event, one, sessions, people, by):
    found = list(places(one, len(people)))
    keys = reserve(Registration, len(found))
    rows = list(zip(keys, found, strict=True))
    copy(
        Registration,
        [
            "id", "event_id", "user_id", "kind", "name", "institution", "organization_id",
            "region_id", "status", "source", "arrival", "registered_by_id", "registered_at",
            "placed_at", "attended_jp",
        ],
        (
            (
                key, event.pk, user, str(AudienceKind.IKM), name, business, organization, region,
                place.status, str(RegistrationSource.SELF), place.arrival, user,
                place.registered_at, place.registered_at, place.attended * sessions[0].jp,
            )
            for key, place in rows
            for user, name, organization, business, region in [people[place.person]]
        ),
    )  # fmt: skip
    moves = {
        str(move.target): move for move in (arrows.MARK_ABSENT, arrows.MARK_PARTLY, arrows.QUALIFY)
    }
    copy(
        RegistrationHistoryEntry,
        ["registration_id", "action", "from_status", "to_status", "actor_id", "at"],
        (
            line
            for key, place in rows
            for line in [
                (
                    key, "register", "", str(R.ACCEPTED), people[place.person][0],
                    place.registered_at,
                ),
                (
                    key, moves[place.status].action, str(R.ACCEPTED), place.status, by.pk,
                    one.concluded_at,
                ),
            ]
        ),
    )  # fmt: skip
    copy(
        Attendance,
        ["registration_id", "session_id", "checked_in_at"],
        (
            (key, session.pk, session.starts_at + timedelta(seconds=place.arrival * 5))
            for key, place in rows
            for session in sessions[: place.attended]
        ),
    )
    _write_evaluations(one, rows)


def _write_evaluations(one, rows):
    """Every fourth of those who stayed says what they think of it."""
    told = [(key, place) for key, place in rows if place.attended and place.arrival % 4 == 0]
    forms = reserve(Evaluation, len(told))
    copy(
        Evaluation,
        ["id", "registration_id", "handed_in_at"],
        (
            (form, key, one.ends_at + timedelta(minutes=place.arrival))
            for form, (key, place) in zip(forms, told, strict=True)
        ),
    )
    copy(
        EvaluationScore,
        ["evaluation_id", "aspect", "score"],
        (
            (form, str(aspect), 3 + (place.arrival // 4 + turn) % 3)
            for form, (_, place) in zip(forms, told, strict=True)
            for turn, aspect in enumerate(ASPECTS_OF_THE_EVENT)
        ),
    )
