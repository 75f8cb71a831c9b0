from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from programs.models import Notification
from programs.transitions import TransitionNotAllowed
from programs.transitions import arrows as pairs
from tests.factories.programs import ProvinceFactory, UserFactory
from tests.factories.training import (
    NOW,
    STARTS_AT,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
    SpeakerFactory,
    bring_to,
)
from training import arrows
from training.enums import BEFORE_IT_BEGINS, EventStatus
from training.models import Event
from training.workflow import event as workflow
from training.workflow import results
from training.workflow.event import Shown

pytestmark = pytest.mark.django_db
E = EventStatus

MOVES = {
    arrows.PUBLISH: lambda event: workflow.publish(event, by=None),
    arrows.CLOSE: lambda event: workflow.close(event, by=None),
    arrows.REOPEN: lambda event: workflow.reopen(
        event, by=None, closes_at=NOW + timedelta(days=5), now=NOW
    ),
    arrows.BEGIN: lambda event: workflow.start(event),
    arrows.FINISH: lambda event: workflow.end(event),
    arrows.CONCLUDE: lambda event: results.conclude(event, by=None),
    arrows.RECONSIDER: lambda event: results.reconsider(event, by=None, reason="Daftar keliru."),
    arrows.ARCHIVE: lambda event: workflow.archive(event, by=None),
    arrows.POSTPONE: lambda event: workflow.postpone(event, by=None, reason="Banjir."),
    arrows.RESCHEDULE: lambda event: workflow.reschedule(
        event,
        by=None,
        times={1: (STARTS_AT, STARTS_AT + timedelta(hours=1))},
        closes_at=STARTS_AT - timedelta(days=1),
    ),
    arrows.CANCEL: lambda event: workflow.cancel(event, by=None, reason="Banjir."),
}


def event_in(status, **details):
    if status in [E.DRAFT, E.CLOSED, E.POSTPONED, E.CANCELLED]:
        return EventFactory(status=status, sessions=1, **details)
    event = EventFactory(sessions=1, **details)
    return event if status == E.OPEN else bring_to(event, status)


def test_every_arrow_has_its_button():
    assert list(MOVES) == arrows.EVENT_MOVES


@pytest.mark.parametrize("status", E)
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.action)
def test_a_move_starts_only_where_its_arrow_starts(move, status):
    event = event_in(status)

    if status in move.sources:
        MOVES[move](event)
    else:
        with pytest.raises(TransitionNotAllowed):
            MOVES[move](event)

    event.refresh_from_db()
    assert event.status == (move.target if status in move.sources else status)
    assert event.history.filter(action=move.action).count() == (status in move.sources)


@pytest.mark.parametrize("status", E)
def test_the_database_refuses_what_is_no_arrow(status):
    event = event_in(status)
    allowed = pairs(arrows.EVENT_MOVES)

    for target in E:
        if target == status or (str(status), str(target)) in allowed:
            continue
        with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
            Event.objects.filter(pk=event.pk).update(status=target)


def test_an_event_without_sessions_is_not_announced():
    event = EventFactory(status=E.DRAFT, sessions=0, starts_at=None, ends_at=None)

    with pytest.raises(TransitionNotAllowed, match="satu sesi"):
        workflow.publish(event, by=None)


def test_a_place_must_be_named_where_people_come_to_it():
    event = EventFactory(status=E.DRAFT, mode="PLACE")

    with pytest.raises(TransitionNotAllowed, match="tempat kegiatan"):
        workflow.publish(event, by=None)


def test_a_test_needs_questions():
    event = EventFactory(status=E.DRAFT, has_pretest=True)

    with pytest.raises(TransitionNotAllowed, match="Tambahkan soal"):
        workflow.publish(event, by=None)


def test_only_a_draft_is_deleted():
    draft, announced = EventFactory(status=E.DRAFT), EventFactory()
    draft.delete()

    with pytest.raises(DatabaseError):
        announced.delete()


@pytest.mark.parametrize(
    ("move", "fact", "words"),
    [
        (arrows.CANCEL, "cancelled", "dibatalkan. Alasan: Banjir."),
        (arrows.POSTPONE, "postponed.1", "ditunda. Alasan: Banjir."),
    ],
)
def test_all_who_registered_or_wait_are_told(move, fact, words):
    event = EventFactory()
    accepted = RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, status="WAITING")
    RegistrationFactory(event=event, status="WITHDRAWN")

    MOVES[move](event)

    told = Notification.objects.filter(key__startswith=f"training.seat.{fact}.")
    assert {news.recipient for news in told} == {accepted.user, waiting.user}
    assert all(words in news.body for news in told)
    event.refresh_from_db()
    assert event.calendar_sequence == 1


def test_new_days_are_told_and_the_calendar_knows():
    event = EventFactory(sessions=1)
    registration = RegistrationFactory(event=event)
    workflow.postpone(event, by=None, reason="Banjir.")

    workflow.reschedule(
        event,
        by=None,
        times={1: (STARTS_AT + timedelta(days=7), STARTS_AT + timedelta(days=7, hours=2))},
        closes_at=STARTS_AT + timedelta(days=5),
    )

    event.refresh_from_db()
    assert (event.starts_at, event.calendar_sequence) == (STARTS_AT + timedelta(days=7), 2)
    told = Notification.objects.get(key=f"training.seat.rescheduled.2.{registration.pk}")
    assert "Senin, 28 September 2026" in told.body


def test_a_change_of_the_time_is_written_down_and_told_once():
    event, officer = EventFactory(), UserFactory()
    registration = RegistrationFactory(event=event)
    before = Shown.of(event)
    session = event.sessions.first()
    session.starts_at += timedelta(minutes=30)
    session.save()

    workflow.save_changes(event, by=officer, before=before)
    workflow.save_changes(event, by=officer, before=Shown.of(event))

    event.refresh_from_db()
    assert event.starts_at == STARTS_AT + timedelta(minutes=30)
    assert list(event.history.values_list("action", "reason", "actor")) == [
        ("change", "Susunan acara atau waktunya berubah.", officer.pk)
    ]
    assert Notification.objects.filter(recipient=registration.user).count() == 1


def test_a_new_quota_counts_for_those_who_wait():
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    province = ProvinceFactory()
    waiting = RegistrationFactory(event=event, status="WAITING", region=province)
    quota = QuotaFactory(event=event, region=province, places=1)
    event.capacity = 2
    event.save()

    workflow.save_changes(event, by=None, before=Shown.of(event))

    waiting.refresh_from_db()
    quota.refresh_from_db()
    assert (waiting.region_quota, waiting.status, quota.taken) == (quota, "ACCEPTED", 1)


def test_who_still_waits_when_it_begins_is_told_that_there_was_no_place():
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, status="WAITING")

    workflow.start(event)

    waiting.refresh_from_db()
    assert waiting.status == "UNPLACED"
    assert waiting.history.get().action == "leave_unplaced"
    assert Notification.objects.filter(recipient=waiting.user).count() == 1


def test_a_copy_has_the_terms_and_the_programme_but_nobody_in_it():
    event = EventFactory(regions=[ProvinceFactory()])
    QuotaFactory(event=event, region=ProvinceFactory(), places=7)
    SpeakerFactory(session=event.sessions.first(), name="Dr. Yafid Hafizh")
    RegistrationFactory(event=event)

    new = workflow.copy(event, by=None, title="Bimtek berikutnya", slug="bimtek-berikutnya")

    assert (new.status, new.taken, new.registrations.count()) == (E.DRAFT, 0, 0)
    assert (new.capacity, new.contact, new.unit) == (event.capacity, event.contact, event.unit)
    assert list(new.regions.all()) == list(event.regions.all())
    assert list(new.quotas.values_list("places", "taken")) == [(7, 0)]
    assert [str(one) for one in new.sessions.first().speakers.all()] == ["Dr. Yafid Hafizh"]
    assert new.starts_at == event.starts_at


def test_a_copy_needs_an_address_of_its_own():
    event = EventFactory()

    with pytest.raises(ValidationError, match="Alamat ini sudah dipakai"):
        workflow.copy(event, by=None, title="Lain", slug=event.slug)


def test_terms_are_edited_until_it_begins():
    assert {status for status in E if workflow.may_still_change(Event(status=status))} == {
        E.DRAFT,
        *BEFORE_IT_BEGINS,
    }
