"""Editing an event: who is told, what stays once it was announced, what once it has begun."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs import roles
from programs.models import Notification
from tests.factories.programs import officer
from tests.factories.training import (
    NOW,
    STARTS_AT,
    EventFactory,
    RegistrationFactory,
    UnitFactory,
    bring_to,
)
from tests.people import sign_in
from tests.training.desk import at_work, typed, words
from tests.training.event_forms import (
    as_it_stands,
    change,
    management,
    material,
)
from training.enums import EventStatus
from training.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_time_of_registration():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_change_of_what_people_planned_by_is_told_to_them(client):
    event = EventFactory()
    registration = RegistrationFactory(event=event)
    RegistrationFactory(event=event, status="WITHDRAWN")
    person = at_work(client, event)

    answer = client.post(
        change(event),
        as_it_stands(event, **{"sessions-0-starts_at": typed(STARTS_AT - timedelta(hours=1))}),
        follow=True,
    )

    event.refresh_from_db()
    assert event.starts_at == STARTS_AT - timedelta(hours=1)
    assert "1 pendaftar diberi tahu tentang perubahan ini." in words(answer)
    assert list(event.history.values_list("action", "actor")) == [("change", person.pk)]
    assert list(Notification.objects.values_list("recipient", flat=True)) == [registration.user_id]


def test_a_change_of_something_else_is_told_to_nobody(client):
    event = EventFactory()
    RegistrationFactory(event=event)
    at_work(client, event)

    client.post(change(event), as_it_stands(event, contact="Panitia baru, 0751 1"))

    event.refresh_from_db()
    assert event.contact == "Panitia baru, 0751 1"
    assert not event.history.exists()
    assert not Notification.objects.exists()


def test_more_places_let_the_waiting_list_move_up(client):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, status="WAITING")
    at_work(client, event)

    client.post(change(event), as_it_stands(event, capacity="2"))

    waiting.refresh_from_db()
    assert waiting.status == "ACCEPTED"


def test_an_edit_leaves_the_counters_to_the_database(client):
    event = EventFactory(capacity=5)
    at_work(client, event)

    with CaptureQueriesContext(connection) as asked:
        client.post(change(event), as_it_stands(event, capacity="6"))

    sql = [one["sql"] or "" for one in asked]  # planned ones are not written down
    held = [statement for statement in sql if "FOR NO KEY UPDATE" in statement]
    saved = [one for one in sql if one.startswith('UPDATE "training_event" SET "capacity"')]
    assert held
    assert len(saved) == 1
    assert '"taken"' not in saved[0]


def test_there_are_never_fewer_places_than_participants(client):
    event = EventFactory(capacity=5)
    RegistrationFactory.create_batch(2, event=event)
    at_work(client, event)

    answer = client.post(change(event), as_it_stands(event, capacity="1"))

    assert "2 peserta sudah mendapat tempat. Tulis paling sedikit 2." in words(answer)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"sessions-0-DELETE": "on", "sessions-1-DELETE": "on"},
            "Kegiatan yang diumumkan harus memiliki sesi.",
        ),
        (
            {"closes_at": "30/09/2026 08.00"},
            "Pendaftaran harus ditutup sebelum sesi terakhir selesai.",
        ),
        ({"mode": "PLACE"}, "Isi tempat kegiatan: acara ini tidak hanya daring."),
    ],
)
def test_what_was_announced_stays_an_event(client, changes, sentence):
    event = EventFactory()
    at_work(client, event)

    answer = client.post(change(event), as_it_stands(event, **changes))

    assert sentence in words(answer)
    assert event.sessions.count() == 2


def test_address_and_unit_stand_once_the_event_is_announced(client):
    event = EventFactory()
    at_work(client, event)

    client.post(change(event), as_it_stands(event, slug="alamat-lain", unit=UnitFactory().pk))

    unchanged = Event.objects.get(pk=event.pk)
    assert (unchanged.slug, unchanged.unit) == (event.slug, event.unit)


@pytest.mark.parametrize(
    "status", [EventStatus.RUNNING, EventStatus.FINISHED, EventStatus.POSTPONED]
)
def test_once_it_began_only_contact_link_figures_and_materials_change(client, status):
    event = bring_to(EventFactory(), status)
    at_work(client, event)
    values = as_it_stands(
        event,
        title="Judul lain",
        capacity="500",
        contact="Panitia baru, 0751 1",
        online_url="https://youtu.example/live",
        views="1200",
        **management(sessions=(2, 2), materials=(1, 0)),
        **material(0, title="Rekaman", url="https://youtu.example/abc"),
    )

    client.post(change(event), values)

    saved = Event.objects.get(pk=event.pk)
    assert (saved.title, saved.capacity) == (event.title, event.capacity)
    assert (saved.contact, saved.online_url) == (
        "Panitia baru, 0751 1",
        "https://youtu.example/live",
    )
    assert saved.views == (0 if status == EventStatus.POSTPONED else 1200)
    assert saved.materials.count() == 1


@pytest.mark.parametrize("status", [EventStatus.ARCHIVED, EventStatus.CANCELLED])
def test_what_is_over_is_only_read(client, status):
    event = bring_to(EventFactory(), status)
    at_work(client, event)

    assert client.get(change(event)).status_code == 200
    assert client.post(change(event), as_it_stands(event, title="Lain")).status_code == 403
    assert Event.objects.get(pk=event.pk).title == event.title


def test_another_units_event_does_not_exist(client):
    event = EventFactory()
    at_work(client, EventFactory())

    assert client.get(change(event), follow=True).redirect_chain
    client.post(change(event), as_it_stands(event, title="Lain"))
    assert Event.objects.get(pk=event.pk).title == event.title


def test_an_auditor_reads_the_form_and_changes_nothing(client):
    event = EventFactory()
    sign_in(client, officer(roles.AUDITOR))

    assert client.get(change(event)).status_code == 200
    assert client.post(change(event), as_it_stands(event, title="Lain")).status_code == 403


def test_a_draft_that_nothing_was_done_with_can_be_thrown_away(client):
    draft, announced = EventFactory(status="DRAFT"), EventFactory()
    for event in (draft, announced):
        at_work(client, event)
        client.post(reverse("admin:training_event_delete", args=[event.pk]), {"post": "yes"})

    assert list(Event.objects.all()) == [announced]


def test_the_form_asks_as_often_for_many_sessions_as_for_few(client):
    few, many = EventFactory(sessions=1), EventFactory(sessions=6)
    counts = []
    for event in (few, few, many):
        at_work(client, event)
        with CaptureQueriesContext(connection) as asked:
            client.get(change(event))
        counts.append(len(asked))

    assert counts[1] == counts[2]
