from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from programs import roles
from programs.models import Notification
from programs.transitions import TransitionNotAllowed
from tests.factories.programs import RegionFactory, UserFactory
from tests.factories.training import (
    NOW,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
    bring_to,
    details_of,
    organizer,
)
from training.enums import EventStatus, RegistrationStatus
from training.models import Registration
from training.workflow import registration as workflow
from training.workflow.places import fill_free_places, position_of, release_quotas

pytestmark = pytest.mark.django_db
Status = RegistrationStatus


def register(event, user=None, **details):
    user = user or UserFactory()
    return workflow.register(
        event, user=user, details=details_of(user.name, **details), by=user, now=NOW
    )


def statuses(event):
    return list(event.registrations.order_by("arrival").values_list("status", flat=True))


def test_who_comes_while_there_is_room_has_a_place_at_once():
    event = EventFactory(capacity=2)

    registration = register(event)

    event.refresh_from_db()
    assert (registration.status, registration.arrival, event.taken) == (Status.ACCEPTED, 1, 1)
    assert registration.placed_at == NOW
    assert list(registration.history.values_list("action", "to_status")) == [
        ("register", "ACCEPTED")
    ]


def test_when_it_is_full_people_wait_in_the_order_in_which_they_came():
    event = EventFactory(capacity=1)

    people = [register(event) for _ in range(3)]

    assert statuses(event) == ["ACCEPTED", "WAITING", "WAITING"]
    assert [position_of(person) for person in people[1:]] == [1, 2]


def test_without_a_waiting_list_a_full_event_says_so():
    event = EventFactory(capacity=1, has_waiting_list=False)
    register(event)

    with pytest.raises(TransitionNotAllowed, match="Semua tempat sudah terisi"):
        register(event)

    event.refresh_from_db()
    assert (event.arrivals, event.registrations.count()) == (1, 1)


def test_once_it_has_begun_nobody_waits_and_the_organizers_are_told_why():
    event, user = EventFactory(capacity=1, status=EventStatus.RUNNING), UserFactory()
    RegistrationFactory(event=event)

    with pytest.raises(TransitionNotAllowed, match="kegiatan ini sudah dimulai"):
        workflow.register_by_officer(event, [(user, details_of(user.name))], by=user, now=NOW)


@pytest.mark.parametrize(
    ("changes", "now", "words"),
    [
        ({"status": EventStatus.CLOSED}, NOW, "sudah ditutup"),
        ({"status": EventStatus.CANCELLED}, NOW, "dibatalkan"),
        ({"status": EventStatus.POSTPONED}, NOW, "ditunda"),
        ({}, NOW - timedelta(days=30), "belum dibuka"),
        ({}, NOW + timedelta(days=30), "sudah ditutup"),
    ],
)
def test_outside_of_its_time_registration_is_refused_with_the_reason(changes, now, words):
    event, user = EventFactory(**changes), UserFactory()

    with pytest.raises(TransitionNotAllowed, match=words):
        workflow.register(event, user=user, details=details_of(), by=user, now=now)

    assert not event.registrations.exists()


def test_nobody_registers_twice():
    event, user = EventFactory(), UserFactory()
    first = register(event, user)

    with pytest.raises(workflow.AlreadyRegistered) as refusal:
        register(event, user)

    assert refusal.value.registration == first
    event.refresh_from_db()
    assert (event.taken, event.arrivals) == (1, 1)


def test_one_nip_registers_once():
    event = EventFactory()
    register(event, nip="198503152010011002")

    with pytest.raises(workflow.AlreadyRegistered):
        register(event, nip="198503152010011002")


def test_who_withdrew_may_come_again_at_the_end_of_the_row():
    event, user = EventFactory(capacity=1), UserFactory()
    workflow.withdraw(register(event, user), by=user)
    register(event)

    again = register(event, user)

    assert (again.status, again.arrival) == (Status.WAITING, 3)


def test_a_withdrawn_place_goes_to_the_first_who_waits_and_she_is_told():
    event = EventFactory(capacity=1)
    first, second, third = (register(event) for _ in range(3))

    workflow.withdraw(first, by=first.user)

    assert statuses(event) == ["WITHDRAWN", "ACCEPTED", "WAITING"]
    event.refresh_from_db()
    assert event.taken == 1
    told = Notification.objects.get(key=f"training.seat.status.accepted.{second.pk}")
    assert (told.recipient, told.subject[:32]) == (second.user, "Anda terdaftar sebagai peserta: ")
    assert not Notification.objects.filter(key__endswith=f"accepted.{third.pk}").exists()


def test_a_rejected_place_moves_on_too_and_the_reason_is_told():
    event = EventFactory(capacity=1)
    first, second = register(event), register(event)

    workflow.reject(first, by=UserFactory(), reason="Bukan aparatur.")

    second.refresh_from_db()
    assert second.status == Status.ACCEPTED
    told = Notification.objects.get(key=f"training.seat.status.rejected.{first.pk}")
    assert "Alasan: Bukan aparatur." in told.body


def test_a_rejection_without_a_reason_is_refused():
    registration = register(EventFactory())

    with pytest.raises(TransitionNotAllowed, match="alasan"):
        workflow.reject(registration, by=UserFactory(), reason=" ")


def test_whom_the_organizers_turned_down_only_they_can_enter_again():
    event, user, organizer = EventFactory(), UserFactory(), UserFactory()
    workflow.reject(register(event, user), by=organizer, reason="Bukan aparatur.")

    with pytest.raises(TransitionNotAllowed, match="hubungi narahubung agar panitia mendaftarkan"):
        register(event, user)
    [entered] = workflow.register_by_officer(
        event, [(user, details_of(user.name))], by=organizer, now=NOW
    )

    assert statuses(event) == [Status.REJECTED, Status.ACCEPTED]
    assert entered.user == user


def test_more_places_let_the_waiting_list_move_up():
    event = EventFactory(capacity=1)
    for _ in range(4):
        register(event)
    event.refresh_from_db()
    event.capacity = 3
    event.save()

    moved = fill_free_places(event)

    assert len(moved) == 2
    assert statuses(event) == ["ACCEPTED", "ACCEPTED", "ACCEPTED", "WAITING"]


def test_nobody_moves_up_once_the_event_has_begun():
    event = EventFactory(capacity=1)
    register(event)
    register(event)
    bring_to(event, EventStatus.RUNNING)
    event.capacity = 2
    event.save()

    assert fill_free_places(event) == []


def test_a_full_region_waits_while_others_still_get_places():
    padang, jambi = RegionFactory(), RegionFactory(code="15.71", name="Kota Jambi")
    event = EventFactory(capacity=10)
    QuotaFactory(event=event, region=jambi.province, places=1)

    for region in (jambi, jambi, padang):
        register(event, region=region)

    assert statuses(event) == ["ACCEPTED", "WAITING", "ACCEPTED"]


def test_a_quota_of_the_kota_comes_before_that_of_its_province():
    jambi = RegionFactory(code="15.71", name="Kota Jambi")
    event = EventFactory()
    QuotaFactory(event=event, region=jambi.province, places=5)
    own = QuotaFactory(event=event, region=jambi, places=1)

    assert register(event, region=jambi).region_quota == own
    assert register(event, region=jambi).status == Status.WAITING


def test_a_place_that_becomes_free_in_a_region_passes_over_those_of_a_full_one():
    padang, jambi = RegionFactory(), RegionFactory(code="15.71", name="Kota Jambi")
    event = EventFactory(capacity=2)
    QuotaFactory(event=event, region=jambi.province, places=1)
    register(event, region=jambi)
    leaving = register(event, region=padang)
    register(event, region=jambi)
    register(event, region=padang)

    workflow.withdraw(leaving, by=leaving.user)

    assert statuses(event) == ["ACCEPTED", "WITHDRAWN", "WAITING", "ACCEPTED"]


def test_released_quotas_are_open_to_all():
    jambi = RegionFactory(code="15.71", name="Kota Jambi")
    event = EventFactory(capacity=5)
    QuotaFactory(event=event, region=jambi.province, places=1)
    for _ in range(3):
        register(event, region=jambi)

    release_quotas(event)

    assert statuses(event) == ["ACCEPTED"] * 3


def test_quotas_of_a_kind_hold_as_well():
    event = EventFactory()
    QuotaFactory(event=event, region=None, kind="COMPANY", places=1)

    assert register(event, kind="COMPANY").status == Status.ACCEPTED
    assert register(event, kind="COMPANY").status == Status.WAITING
    assert register(event, kind="APPARATUS").status == Status.ACCEPTED


def test_where_the_organizers_decide_people_wait_for_their_word():
    event = EventFactory(capacity=1, needs_approval=True)
    first, second = register(event), register(event)
    assert statuses(event) == ["PENDING", "PENDING"]

    by = organizer(roles.BDI_ADMIN, event.unit)
    workflow.accept(first, by=by)
    workflow.accept(second, by=by)

    assert statuses(event) == ["ACCEPTED", "WAITING"]


def test_a_dinas_registers_its_people_all_or_none():
    event, sender = EventFactory(capacity=2), UserFactory()
    people = [(UserFactory(), details_of(f"Pegawai {n}")) for n in range(3)]

    rows = workflow.register_group(event, people, by=sender, agency=None, now=NOW)

    assert [row.status for row in rows] == ["ACCEPTED", "ACCEPTED", "WAITING"]
    assert Notification.objects.filter(key__startswith="training.seat.entered.").count() == 3

    with pytest.raises(workflow.AlreadyRegistered):
        workflow.register_group(
            event, [(UserFactory(), details_of()), people[0]], by=sender, agency=None, now=NOW
        )
    assert event.registrations.count() == 3


def test_officers_enter_people_after_the_closing_too():
    event = EventFactory(status=EventStatus.CLOSED)

    [row] = workflow.register_by_officer(
        event, [(UserFactory(), details_of())], by=UserFactory(), now=NOW + timedelta(days=10)
    )

    assert (row.status, row.source, row.name_confirmed_at) == ("ACCEPTED", "OFFICER", None)


def test_after_its_beginning_nobody_withdraws_any_more():
    registration = RegistrationFactory()
    bring_to(registration.event, EventStatus.RUNNING)

    with pytest.raises(TransitionNotAllowed, match="sudah dimulai"):
        workflow.withdraw(registration, by=registration.user)


def test_the_name_stands_until_the_certificate():
    registration = RegistrationFactory()

    workflow.confirm_name(registration, by=registration.user, name="Dr. Siti Rahmah, M.T.")

    registration.refresh_from_db()
    assert registration.name == "Dr. Siti Rahmah, M.T."
    assert registration.name_confirmed_at is not None


def test_the_database_refuses_one_place_too_many_whatever_the_path():
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, status="WAITING")

    with (
        pytest.raises(IntegrityError, match="training_event_never_oversold"),
        transaction.atomic(),
    ):
        Registration.objects.filter(pk=waiting.pk).update(status="ACCEPTED", placed_at=NOW)
    with pytest.raises(IntegrityError, match="training_event_never_oversold"):
        RegistrationFactory(event=event)


def test_the_database_refuses_to_exceed_a_quota():
    event = EventFactory()
    quota = QuotaFactory(event=event, places=1)
    RegistrationFactory(event=event, region_quota=quota)

    with pytest.raises(IntegrityError, match="training_quota_never_exceeded"):
        RegistrationFactory(event=event, region_quota=quota)


def test_the_counters_follow_every_move():
    event = EventFactory()
    quota = QuotaFactory(event=event, places=5)
    rows = [RegistrationFactory(event=event, region_quota=quota) for _ in range(3)]

    workflow.withdraw(rows[0], by=rows[0].user)
    Registration.objects.filter(pk=rows[1].pk).update(status="ABSENT")

    quota.refresh_from_db()
    event.refresh_from_db()
    assert (event.taken, quota.taken) == (2, 2)
