from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from programs.models import Notification
from programs.transitions import TransitionNotAllowed
from programs.transitions import arrows as pairs
from tests.factories.esmart import ProgramFactory
from tests.factories.programs import ProvinceFactory, RegionFactory, UserFactory
from tests.factories.training import (
    DURING,
    NOW,
    STARTS_AT,
    EventFactory,
    QuestionFactory,
    QuotaFactory,
    RegistrationFactory,
    SpeakerFactory,
    bring_to,
)
from training import arrows
from training.enums import BEFORE_IT_BEGINS, EventStatus
from training.models import Event, Series
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


# What an event says of itself that a copy of it does not take over: its own name, address and
# days, and what came of it. Every other field is a term and is copied.
NOT_A_TERM = {
    "id", "title", "slug", "online_url", "quotas_released_on", "opens_at", "closes_at",
    "evaluation_closes_at", "views", "created_at",
}  # fmt: skip
TERMS = [
    field.name
    for field in Event._meta.concrete_fields
    if field.editable and field.name not in NOT_A_TERM
]


@pytest.fixture
def unlike_a_new_one():
    """An event that differs in every term from one about which nothing was said."""
    event = EventFactory(
        series=Series.objects.create(name="Bimtek 2026", slug="bimtek-2026"),
        program=ProgramFactory(),
        description="Bahan dikirim sehari sebelumnya.",
        mode="HYBRID",
        place="Hotel Contoh",
        place_region=RegionFactory(),
        audience_kinds=["APPARATUS", "IKM"],
        commodities=["FASHION"],
        has_waiting_list=False,
        needs_approval=True,
        gives_certificate=False,
        session_minutes_percent=70,
        sessions_percent=60,
        has_pretest=True,
        has_posttest=True,
        posttest_minimum=65,
        quotas_released_on=NOW.date(),
        evaluation_closes_at=STARTS_AT + timedelta(days=7),
        views=12,
    )
    assert {name for name in TERMS if getattr(event, name) == default(name)} == set()
    return event


def default(name):
    return Event._meta.get_field(name).get_default()


@pytest.mark.parametrize("name", TERMS)
def test_a_copy_has_every_term(unlike_a_new_one, name):
    new = workflow.copy(unlike_a_new_one, by=None, title="Berikutnya", slug="berikutnya")

    new.refresh_from_db()
    assert getattr(new, name) == getattr(unlike_a_new_one, name)


def test_a_copy_starts_anew_in_all_else(unlike_a_new_one):
    event, officer = unlike_a_new_one, UserFactory()
    RegistrationFactory(event=event)

    new = workflow.copy(event, by=officer, title="Bimtek berikutnya", slug="bimtek-berikutnya")

    new.refresh_from_db()
    assert (new.title, new.slug) == ("Bimtek berikutnya", "bimtek-berikutnya")
    assert (new.status, new.taken, new.registrations.count()) == (E.DRAFT, 0, 0)
    for name in ("online_url", "quotas_released_on", "evaluation_closes_at", "views"):
        assert getattr(new, name) == default(name) != getattr(event, name), name
    for name in ("opens_at", "closes_at", "starts_at", "ends_at"):
        assert getattr(new, name) == getattr(event, name), name
    assert list(new.history.values_list("action", "to_status", "actor", "reason")) == [
        ("copy", E.DRAFT, officer.pk, f"Salinan {event}")
    ]


def test_a_copy_has_the_programme_of_the_event():
    sumbar, jambi = ProvinceFactory(), ProvinceFactory(code="15", name="Jambi")
    event = EventFactory(regions=[sumbar, jambi])
    QuotaFactory(event=event, region=sumbar, places=7)
    QuotaFactory(event=event, region=None, kind="IKM", places=5)
    first, second = event.sessions.order_by("number")
    speaker = SpeakerFactory(
        session=second, role="MODERATOR", name="Dr. Yafid Hafizh", institution="BDI Padang"
    )
    first.jp, first.check_in_opens_at = 3, DURING
    first.check_in_closes_at = DURING + timedelta(minutes=20)
    first.save()
    QuestionFactory(event=event, number=1)
    QuestionFactory(event=event, number=2, options=["Ya", "Tidak"], correct=1)

    new = workflow.copy(event, by=None, title="Bimtek berikutnya", slug="bimtek-berikutnya")

    def rows(of, *names):
        return sorted(of.values_list(*names), key=str)

    assert rows(new.regions, "pk") == rows(event.regions, "pk") == [("13",), ("15",)]
    assert rows(new.quotas, "region", "kind", "places", "taken") == [
        ("13", "", 7, 0),
        (None, "IKM", 5, 0),
    ]
    session = ("number", "title", "starts_at", "ends_at", "jp")
    assert rows(new.sessions, *session) == rows(event.sessions, *session)
    assert set(new.sessions.values_list("check_in_opens_at", "check_in_closes_at")) == {
        (None, None)
    }
    secrets = {one.code_secret for one in [*new.sessions.all(), first, second]}
    assert len(secrets) == 4
    assert [
        (one.session.number, one.role, one.name, one.position, one.institution)
        for session in new.sessions.all()
        for one in session.speakers.all()
    ] == [(2, "MODERATOR", "Dr. Yafid Hafizh", speaker.position, "BDI Padang")]
    question = ("number", "text", "options", "correct")
    assert rows(new.questions, *question) == rows(event.questions, *question)
    assert new.questions.count() == 2


def test_a_copy_needs_an_address_of_its_own():
    event = EventFactory()

    with pytest.raises(ValidationError, match="Alamat ini sudah dipakai"):
        workflow.copy(event, by=None, title="Lain", slug=event.slug)


def test_terms_are_edited_until_it_begins():
    assert {status for status in E if workflow.may_still_change(Event(status=status))} == {
        E.DRAFT,
        *BEFORE_IT_BEGINS,
    }
