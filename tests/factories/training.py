"""Events and registrations at each stage, as tests need them."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from programs.enums import MembershipRole, MembershipState, OrganizationKind
from programs.models import Membership, Organization
from tests.factories.programs import RegionFactory, UserFactory, officer
from training.enums import (
    BEFORE_IT_BEGINS,
    AudienceKind,
    EventKind,
    EventStatus,
    RegistrationSource,
    RegistrationStatus,
)
from training.models import Event, Question, Quota, Registration, Session, Speaker

# Monday, 21 September 2026, 09.00 WIB: the first session of every event, unless a test says so.
STARTS_AT = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
# While registration is open.
NOW = datetime(2026, 9, 10, 3, 0, tzinfo=UTC)
# In the first session, and after the last.
DURING = STARTS_AT + timedelta(minutes=5)
AFTERWARDS = STARTS_AT + timedelta(days=2)


class UnitFactory(DjangoModelFactory):
    """BDI Padang; ``member`` is an officer who works there."""

    class Meta:
        model = Organization
        skip_postgeneration_save = True

    kind = OrganizationKind.UNIT
    name = factory.Sequence(lambda n: f"Balai Diklat Industri {n}")
    satker_code = factory.Sequence(lambda n: f"{570000 + n}")

    @factory.post_generation
    def member(unit, create, extracted, **_):  # noqa: N805 - factory_boy passes the record
        if create and extracted:
            works_at(extracted, unit)


def works_at(user, organization, role=MembershipRole.MEMBER):
    return Membership.objects.create(
        user=user, organization=organization, role=role, state=MembershipState.APPROVED
    )


def organizer(role, unit, **details):
    """An officer with this role who works for ``unit``."""
    person = officer(role, **details)
    works_at(person, unit)
    return person


class EventFactory(DjangoModelFactory):
    """A Bimtek of two sessions with 100 places, open for registration at ``NOW``."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    unit = factory.SubFactory(UnitFactory)
    kind = EventKind.BIMTEK
    title = factory.Sequence(lambda n: f"Bimtek aparatur angkatan {n}")
    slug = factory.Sequence(lambda n: f"bimtek-{n}")
    summary = "Dua sesi untuk aparatur dinas perindustrian."
    capacity = 100
    opens_at = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
    closes_at = datetime(2026, 9, 18, 9, 0, tzinfo=UTC)
    certificate_code = "BIMTEK"
    evaluation_required = False
    contact = "Panitia BDI, (0751) 000 0000, panitia@bdi.example"
    online_url = "https://zoom.example/j/123"
    status = EventStatus.OPEN
    starts_at = STARTS_AT
    ends_at = STARTS_AT + timedelta(hours=5)

    @factory.post_generation
    def sessions(event, create, extracted, **_):  # noqa: N805 - as above
        """Two sessions of 90 minutes and 2 JP each, unless told how many."""
        if create:
            for number in range(1, (2 if extracted is None else extracted) + 1):
                SessionFactory(event=event, number=number)
            last = event.sessions.order_by("ends_at").last()
            if last:
                event.ends_at = last.ends_at
                event.save()

    @factory.post_generation
    def regions(event, create, extracted, **_):  # noqa: N805 - as above
        if create and extracted:
            event.regions.set(extracted)


class SessionFactory(DjangoModelFactory):
    """90 minutes and 2 JP; the second begins an hour after the first has ended, and so on."""

    class Meta:
        model = Session

    event = factory.SubFactory(EventFactory, sessions=0)
    number = 1
    title = factory.LazyAttribute(lambda session: f"Materi {session.number}")
    starts_at = factory.LazyAttribute(
        lambda session: STARTS_AT + timedelta(minutes=150) * (session.number - 1)
    )
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(minutes=90))
    jp = 2


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = Speaker

    session = factory.SubFactory(SessionFactory)
    name = factory.Sequence(lambda n: f"Dr. Narasumber {n}, M.T.")
    position = "Widyaiswara"


class QuestionFactory(DjangoModelFactory):
    """Three options, of which the second is right."""

    class Meta:
        model = Question

    event = factory.SubFactory(EventFactory)
    number = 1
    text = factory.LazyAttribute(lambda question: f"Apa jawaban soal {question.number}?")
    options = factory.LazyFunction(lambda: ["Salah", "Benar", "Keliru"])
    correct = 2


class QuotaFactory(DjangoModelFactory):
    class Meta:
        model = Quota

    event = factory.SubFactory(EventFactory)
    region = factory.LazyFunction(lambda: RegionFactory().province)
    places = 1


def details_of(name="Siti Rahmah, S.T.", **changes):
    """The answers of a registration form, as ``workflow.registration`` takes them."""
    return {
        "kind": AudienceKind.APPARATUS,
        "name": name,
        "phone": "+6281234567890",
        "nip": "",
        "servant_kind": "",
        "rank": "",
        "position": "Kepala Bidang Industri",
        "position_kind": "",
        "institution": "Dinas Perindustrian Kota Bukittinggi",
        "organization": None,
        "region": None,
        "needs": "",
    } | changes


class RegistrationFactory(DjangoModelFactory):
    """Somebody with a place. Another stage: ``RegistrationFactory(status="WAITING")``."""

    class Meta:
        model = Registration

    event = factory.SubFactory(EventFactory)
    user = factory.SubFactory(UserFactory)
    kind = AudienceKind.APPARATUS
    name = factory.LazyAttribute(lambda row: row.user.name)
    status = RegistrationStatus.ACCEPTED
    source = RegistrationSource.SELF
    registered_by = factory.SelfAttribute("user")
    placed_at = factory.LazyAttribute(lambda row: None if row.status == "WAITING" else NOW)
    arrival = factory.LazyAttribute(lambda row: next_arrival(row.event))

    @classmethod
    def _create(cls, model_class, *args, **values):
        registration = super()._create(model_class, *args, **values)
        registration.event.refresh_from_db()  # the database counted the place
        return registration


def next_arrival(event):
    event.arrivals += 1
    Event.objects.filter(pk=event.pk).update(arrivals=event.arrivals)
    return event.arrivals


def bring_to(event, status):
    """The event in another status, by the way its arrows allow: for tests of what comes later."""
    way = {
        EventStatus.RUNNING: [EventStatus.RUNNING],
        EventStatus.FINISHED: [EventStatus.RUNNING, EventStatus.FINISHED],
        EventStatus.CONCLUDED: [
            EventStatus.RUNNING,
            EventStatus.FINISHED,
            EventStatus.CONCLUDED,
        ],
        EventStatus.ARCHIVED: [
            EventStatus.RUNNING,
            EventStatus.FINISHED,
            EventStatus.CONCLUDED,
            EventStatus.ARCHIVED,
        ],
    }.get(status, [status])
    assert event.status in BEFORE_IT_BEGINS
    for step in way:
        Event.objects.filter(pk=event.pk).update(status=step)
    event.refresh_from_db()
    return event
