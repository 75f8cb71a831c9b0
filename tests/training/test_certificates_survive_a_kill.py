"""A worker is killed in the middle of 5,000 certificates: no number is missing, none is twice."""

import pytest

from programs import roles
from programs.models import IssuedPaper, Notification, NumberSequence, User
from tests.factories.training import NOW, EventFactory, bring_to, organizer
from tests.faults import kill, wait_until
from training.enums import EventStatus, RegistrationStatus
from training.models import Registration, RegistrationHistoryEntry
from training.tasks import issue_certificates, sweep_certificates
from training.workflow.certificates import order_certificates

HOW_MANY = 5000


def qualified(event, count):
    """So many people who passed, without the way there."""
    users = User.objects.bulk_create(
        [User(email=f"lulus{n}@contoh.id", name=f"Lulus {n}", password="!") for n in range(count)]
    )
    Registration.objects.bulk_create(
        [
            Registration(
                event=event,
                user=user,
                kind="APPARATUS",
                name=user.name,
                status=RegistrationStatus.QUALIFIED,
                source="SELF",
                registered_by=user,
                arrival=arrival,
                placed_at=NOW,
                attended_jp=4,
            )
            for arrival, user in enumerate(users, 1)
        ]
    )


@pytest.fixture
def event(transactional_db):
    event = EventFactory(capacity=HOW_MANY)
    qualified(event, HOW_MANY)
    return bring_to(event, EventStatus.CONCLUDED)


def issued():
    return IssuedPaper.objects.filter(kind="CERTIFICATE").count()


def test_after_a_kill_all_have_exactly_one_number_and_none_is_missing(event, start_worker):
    worker = start_worker()
    order_certificates(event, by=organizer(roles.BDI_ADMIN, event.unit), now=NOW)
    issue_certificates.delay(event.pk)

    wait_until(lambda: issued() >= 500, "the first 500 certificates")
    kill(worker)
    when_killed = issued()
    assert when_killed < HOW_MANY, "The worker was too fast to be killed in the middle."

    start_worker()
    sweep_certificates.delay()
    sweep_certificates.delay()
    wait_until(lambda: issued() == HOW_MANY, "all certificates")

    numbers = IssuedPaper.objects.filter(kind="CERTIFICATE").values_list("number", flat=True)
    assert sorted(int(number.partition("/")[0]) for number in numbers) == list(
        range(1, HOW_MANY + 1)
    )
    assert NumberSequence.objects.get().last == HOW_MANY
    by_arrival = event.registrations.order_by("arrival").values_list(
        "certificate__number", flat=True
    )
    assert [int(number.partition("/")[0]) for number in by_arrival] == list(range(1, HOW_MANY + 1))
    assert set(event.registrations.values_list("status", flat=True)) == {"CERTIFIED"}
    assert RegistrationHistoryEntry.objects.filter(action="certify").count() == HOW_MANY
    assert (
        Notification.objects.filter(key__startswith="training.seat.status.certified").count()
        == HOW_MANY
    )
