"""Many people press *Daftar* at the same moment: no place is sold twice, nobody meets an error.

The race has a negative control: with the lock taken out it must go wrong.
"""

import itertools
import queue
import threading

import pytest
from django.db import DatabaseError, connection

from programs.models import Notification, User
from programs.transitions import TransitionNotAllowed
from tests.factories.programs import RegionFactory, UserFactory
from tests.factories.training import (
    NOW,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
    details_of,
)
from training.enums import RegistrationStatus
from training.models import Event
from training.workflow import correction
from training.workflow import registration as workflow
from training.workflow.correction import correct
from training.workflow.places import fill_free_places

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 24


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch):
    """Mail is not what is raced here."""
    monkeypatch.setattr("programs.notifications.hand_over", lambda task, what: None)


def people(count):
    return User.objects.bulk_create(
        [User(email=f"rush{n}@contoh.id", name=f"Orang {n}", password="!") for n in range(count)]
    )


def all_at_once(press, each):
    """``press`` for each of ``each``, many at the same moment; what each ended in."""
    waiting, outcomes = queue.SimpleQueue(), []
    for one in each:
        waiting.put(one)
    gate = threading.Barrier(AT_ONCE)

    def run():
        gate.wait()
        while True:
            try:
                outcomes.append(press(waiting.get_nowait()))
            except queue.Empty:
                connection.close()
                return
            except TransitionNotAllowed as refusal:
                outcomes.append(str(refusal))
            except DatabaseError as problem:
                outcomes.append(f"database: {problem}")

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def register_all_at_once(event, users):
    def press(user):
        registration = workflow.register(
            event, user=user, details=details_of(user.name), by=user, now=NOW
        )
        return registration.status

    return all_at_once(press, users)


def test_of_five_hundred_at_once_a_hundred_have_a_place_and_four_hundred_wait_in_order():
    event = EventFactory(capacity=100)

    outcomes = register_all_at_once(event, people(500))

    assert (outcomes.count("ACCEPTED"), outcomes.count("WAITING")) == (100, 400)
    by_arrival = event.registrations.order_by("arrival").values_list("arrival", "status")
    assert list(by_arrival) == [(n, "ACCEPTED" if n <= 100 else "WAITING") for n in range(1, 501)]
    event.refresh_from_db()
    assert (event.taken, event.arrivals) == (100, 500)
    assert Notification.objects.count() == 500


def test_without_the_lock_the_same_rush_meets_errors(monkeypatch):
    tickets = itertools.count(1)

    def unlocked(event, comers):
        event.refresh_from_db()
        event.turned_down = False
        for comer in comers:
            comer.arrival = comer.pk = next(tickets)

    monkeypatch.setattr(workflow, "take_ticket", unlocked)
    event = EventFactory(capacity=5)

    outcomes = register_all_at_once(event, people(100))

    # Even then the database sold no place twice; but people were shown an error.
    assert [words for words in outcomes if words.startswith("database: ")]
    event.refresh_from_db()
    assert event.taken == event.registrations.filter(status="ACCEPTED").count() == 5


def test_one_person_who_presses_ten_times_is_registered_once():
    event, [user] = EventFactory(), people(1)

    outcomes = register_all_at_once(event, [user] * 10)

    assert outcomes.count("ACCEPTED") == 1
    assert len([words for words in outcomes if "sudah terdaftar" in words]) == 9
    event.refresh_from_db()
    assert (event.taken, event.arrivals) == (1, 1)


def test_withdrawals_and_registrations_at_once_leave_no_place_empty_and_none_sold_twice():
    event = EventFactory(capacity=10)
    leaving = [RegistrationFactory(event=event) for _ in range(10)]
    waiting = [RegistrationFactory(event=event, status="WAITING") for _ in range(5)]
    coming = people(10)

    def press(one):
        if isinstance(one, User):
            return workflow.register(
                event, user=one, details=details_of(one.name), by=one, now=NOW
            ).status
        return workflow.withdraw(one, by=one.user).status

    pairs = [one for pair in zip(leaving, coming, strict=True) for one in pair]
    outcomes = all_at_once(press, pairs)

    assert not [words for words in outcomes if words.startswith("database")]
    event.refresh_from_db()
    assert event.taken == 10
    left = event.registrations.filter(status=RegistrationStatus.WAITING)
    assert left.count() == 5
    for registration in waiting:
        registration.refresh_from_db()
        assert registration.status == RegistrationStatus.ACCEPTED


def test_corrections_and_registrations_at_once_never_exceed_the_quota_of_a_region():
    bukittinggi, jambi = RegionFactory(), RegionFactory(code="15.71", name="Kota Jambi")
    event, officer = EventFactory(), UserFactory()
    quota = QuotaFactory(event=event, region=jambi.province, places=5)
    astray = [RegistrationFactory(event=event, region=bukittinggi) for _ in range(12)]
    coming = people(12)

    def press(one):
        if isinstance(one, User):
            details = details_of(one.name, region=jambi)
            return workflow.register(event, user=one, details=details, by=one, now=NOW).status
        correct(one, changes={"region": jambi}, by=officer, reason="Salah pilih.")
        return "corrected"

    pairs = [one for pair in zip(astray, coming, strict=True) for one in pair]
    outcomes = all_at_once(press, pairs)

    assert not [words for words in outcomes if words.startswith("database")]
    refused = [words for words in outcomes if "sudah penuh: 5 dari 5 tempat" in words]
    assert outcomes.count("corrected") + outcomes.count("ACCEPTED") == 5
    assert outcomes.count("corrected") + len(refused) == 12
    quota.refresh_from_db()
    event.refresh_from_db()
    assert quota.taken == event.registrations.placed().filter(region=jambi).count() == 5
    assert event.taken == 12 + outcomes.count("ACCEPTED")


def test_without_the_lock_the_same_corrections_meet_errors(monkeypatch):
    both_have_read = threading.Barrier(2)

    class Places(correction.Places):
        def __init__(self, event):
            super().__init__(event)
            both_have_read.wait(timeout=20)

    monkeypatch.setattr(correction, "lock_event", lambda event: Event.objects.get(pk=event.pk))
    monkeypatch.setattr(correction, "Places", Places)
    bukittinggi, jambi = RegionFactory(), RegionFactory(code="15.71", name="Kota Jambi")
    event, officer = EventFactory(), UserFactory()
    quota = QuotaFactory(event=event, region=jambi.province, places=1)
    astray = [RegistrationFactory(event=event, region=bukittinggi) for _ in range(24)]

    outcomes = all_at_once(
        lambda one: correct(one, changes={"region": jambi}, by=officer, reason="Salah.").status,
        astray,
    )

    # Even then the database gave the last place once; but officers were shown an error.
    assert [words for words in outcomes if words.startswith("database: ")]
    quota.refresh_from_db()
    assert quota.taken == 1


def test_two_sweeps_at_once_move_nobody_up_twice():
    event = EventFactory(capacity=3)
    for _ in range(6):
        RegistrationFactory(event=event, status="WAITING")

    moved = all_at_once(lambda _: len(fill_free_places(event)), range(4))

    assert sorted(moved) == [0, 0, 0, 3]
