"""The event's desk page and its buttons: each asks, says whom it tells, and counts once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs import roles
from programs.models import Notification
from programs.once import new_token
from tests.factories.programs import RegionFactory, officer
from tests.factories.training import (
    NOW,
    STARTS_AT,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
    SpeakerFactory,
    bring_to,
)
from tests.people import sign_in
from tests.training.desk import ORGANIZERS, at_work, page, typed, words
from training.admin.event_moves import MOVES
from training.enums import EventStatus
from training.models import Attendance, Event

pytestmark = pytest.mark.django_db

BY_KEY = {move.key: move for move in MOVES}
NEXT_WEEK = STARTS_AT + timedelta(days=7)


@pytest.fixture(autouse=True)
def _at_the_time_of_registration():
    with time_machine.travel(NOW, tick=False):
        yield


def event_in(status, **details):
    if status == EventStatus.DRAFT:
        return EventFactory(status=status, **details)
    event = EventFactory(**details)
    return event if status == EventStatus.OPEN else bring_to(event, status)


def answers(key, event):
    """What an officer types to make this move."""
    new_times = {"closes_at": typed(STARTS_AT + timedelta(days=5))}
    for session in event.sessions.all():
        new_times |= {
            f"starts_{session.number}": typed(session.starts_at + timedelta(days=7)),
            f"ends_{session.number}": typed(session.ends_at + timedelta(days=7)),
        }
    return {
        "postpone": {"reason": "Narasumber berhalangan."},
        "cancel": {"reason": "Anggaran dialihkan."},
        "reopen": {"closes_at": typed(STARTS_AT - timedelta(days=1))},
        "copy": {"title": "Bimtek angkatan berikut", "slug": ""},
        "reschedule": new_times,
    }.get(key, {})


def offered(answer):
    """The moves whose pages the desk page leads to."""
    return {move.key for move, _ in answer.context["moves"]}


# --- The desk page -------------------------------------------------------------------------------


@pytest.mark.parametrize("status", EventStatus)
def test_each_button_stands_where_its_arrow_starts(client, status):
    event = event_in(status)
    at_work(client, event)

    answer = client.get(page(event))

    assert offered(answer) == {move.key for move in MOVES if status in move.sources}


@pytest.mark.parametrize("role", [*ORGANIZERS, roles.BPSDMI_OFFICER])
def test_organizers_find_their_buttons(client, role):
    event = EventFactory()
    at_work(client, event, role)

    assert offered(client.get(page(event))) == {"close", "postpone", "copy", "cancel"}


def test_an_auditor_reads_the_desk_without_buttons(client):
    event = EventFactory()
    sign_in(client, officer(roles.AUDITOR))

    answer = client.get(page(event))

    assert answer.status_code == 200
    assert offered(answer) == set()
    assert "Ubah isi kegiatan" not in answer.text


@pytest.mark.parametrize("role", roles.ALL)
def test_another_units_event_does_not_exist(client, role):
    event = EventFactory()
    at_work(client, EventFactory(), role)
    looks_at_all = role in (roles.AUDITOR, roles.BPSDMI_OFFICER)

    assert client.get(page(event)).status_code == (200 if looks_at_all else 404)


def test_the_page_says_how_many_came_and_how_many_wait(client):
    event = EventFactory(capacity=2)
    people = RegistrationFactory.create_batch(2, event=event)
    RegistrationFactory(event=event, status="WAITING")
    RegistrationFactory(event=event, status="PENDING")
    at_work(client, event)

    before = {label: figure for figure, label, *_ in client.get(page(event)).context["tiles"]}
    bring_to(event, EventStatus.RUNNING)
    session = event.sessions.first()
    Attendance.objects.create(registration=people[0], session=session, checked_in_at=NOW)
    afterwards = {label: figure for figure, label, *_ in client.get(page(event)).context["tiles"]}

    assert before == {
        "tempat terisi": "2/2",
        "menunggu persetujuan": 1,
        "di daftar tunggu": 1,
    }
    assert afterwards["pernah hadir"] == 1


def test_after_the_results_those_count_who_passed_through(client):
    event = bring_to(EventFactory(), EventStatus.RUNNING)
    RegistrationFactory(event=event, status="PARTLY", attended_jp=2)
    RegistrationFactory(event=event, status="ABSENT")
    Event.objects.filter(pk=event.pk).update(status=EventStatus.FINISHED)
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CONCLUDED)
    at_work(client, event)

    tiles = {label: figure for figure, label, *_ in client.get(page(event)).context["tiles"]}

    assert tiles["pernah hadir"] == 1


def test_the_page_says_what_the_clock_will_do(client):
    event = EventFactory(
        opens_at=NOW + timedelta(days=1), quotas_released_on=(NOW + timedelta(days=3)).date()
    )
    QuotaFactory(event=event)
    at_work(client, event)

    coming = client.get(page(event)).context["coming"]

    assert [sentence.partition(": ")[2] for sentence in coming] == [
        "sisa kuota dibuka untuk semua.",
        "orang mulai dapat mendaftar.",
        "pendaftaran ditutup.",
        "kegiatan dimulai; yang masih menunggu diberi tahu bahwa tidak mendapat tempat.",
    ]


def test_while_it_runs_the_clock_ends_it_and_the_evaluation(client):
    event = bring_to(
        EventFactory(evaluation_closes_at=STARTS_AT + timedelta(days=9)), EventStatus.RUNNING
    )
    at_work(client, event)

    coming = client.get(page(event)).context["coming"]

    assert [sentence.partition(": ")[2] for sentence in coming] == [
        "kegiatan selesai; hasil dapat ditetapkan.",
        "evaluasi dan tes akhir ditutup.",
    ]


def test_a_draft_shows_what_is_missing_before_it_can_be_announced(client):
    event = EventFactory(status="DRAFT", sessions=0, mode="HYBRID", online_url="", has_pretest=True)
    at_work(client, event)

    answer = client.get(page(event))

    checks = {check.title: check for check in answer.context["checks"]}
    assert set(answer.context["lacks"]) == {"Sesi dan waktunya", "Tempat", "Soal tes"}
    assert not checks["Tautan daring"].is_needed
    assert "publish" not in offered(answer)


def test_a_draft_that_lacks_nothing_can_be_announced(client):
    event = EventFactory(status="DRAFT", has_posttest=True)
    event.questions.create(number=1, text="Berapa?", options=["20", "30"], correct=1)
    SpeakerFactory(session=event.sessions.first())
    at_work(client, event)

    answer = client.get(page(event))

    assert answer.context["lacks"] == []
    assert "publish" in offered(answer)
    assert "Sesi 2 belum memiliki narasumber." in words(answer)


def test_a_draft_with_a_session_in_the_past_is_looked_at_twice(client):
    event = EventFactory(status="DRAFT")
    event.sessions.filter(number=1).update(
        starts_at=NOW - timedelta(hours=3), ends_at=NOW - timedelta(hours=1)
    )
    at_work(client, event)

    assert "Sesi pertama sudah lewat" in words(client.get(page(event)))


def test_a_registration_that_closes_too_late_is_pointed_at(client):
    event = EventFactory(status="DRAFT", closes_at=STARTS_AT + timedelta(days=9))
    at_work(client, event)

    assert client.get(page(event)).context["lacks"] == ["Masa pendaftaran"]


def test_the_history_says_who_when_and_why(client):
    event = EventFactory()
    person = at_work(client, event, name="Ratna Wijaya")
    client.post(page(event, "postpone"), {"reason": "Narasumber berhalangan."})

    (entry,) = client.get(page(event)).context["history"]

    assert (entry.deed, entry.actor, entry.reason, entry.at) == (
        "Ditunda",
        person,
        "Narasumber berhalangan.",
        NOW,
    )


def test_the_page_asks_as_often_for_many_as_for_few(client):
    few, many = EventFactory(sessions=1), EventFactory(sessions=5)
    for event in (few, many):
        QuotaFactory(event=event)
    QuotaFactory(event=many, region=RegionFactory(code="32.73", name="Kota Bandung"))
    RegistrationFactory.create_batch(4, event=many)
    counts = []
    for event in (few, few, many):
        at_work(client, event)
        with CaptureQueriesContext(connection) as asked:
            client.get(page(event))
        counts.append(len(asked))

    assert counts[1] == counts[2] <= 15


# --- The moves -----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", EventStatus)
@pytest.mark.parametrize("key", BY_KEY)
def test_a_move_is_made_where_its_arrow_starts_and_refused_in_words_elsewhere(client, key, status):
    event = event_in(status)
    at_work(client, event)
    move = BY_KEY[key]

    asked = client.get(page(event, key))
    answer = client.post(page(event, key), answers(key, event))

    after = Event.objects.get(pk=event.pk).status
    if status in move.sources:
        assert asked.status_code == 200
        assert move.button in words(asked)
        assert answer.status_code == 302
        assert after != status or key == "copy"
    else:
        assert asked.url == page(event)
        assert answer.status_code == 422
        assert f"status saat ini “{event.get_status_display()}”" in words(answer)
        assert after == status


@pytest.mark.parametrize("key", BY_KEY)
def test_looking_at_the_question_changes_nothing(client, key):
    event = event_in(BY_KEY[key].sources[0])
    at_work(client, event)

    client.get(page(event, key))

    assert Event.objects.get(pk=event.pk).status == event.status
    assert not event.history.exists()


@pytest.mark.parametrize("key", BY_KEY)
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_the_organizers_are_asked(client, key, method):
    event = event_in(BY_KEY[key].sources[0])
    stranger = at_work(client, EventFactory())
    seen = [getattr(client, method)(page(event, key), answers(key, event)).status_code]
    sign_in(client, officer(roles.AUDITOR))
    seen.append(getattr(client, method)(page(event, key), answers(key, event)).status_code)

    assert seen == [404, 403]
    assert not event.history.filter(actor=stranger).exists()


@pytest.mark.parametrize("key", ["postpone", "cancel"])
def test_the_question_says_how_many_will_be_told(client, key):
    event = EventFactory()
    RegistrationFactory.create_batch(2, event=event)
    RegistrationFactory(event=event, status="WAITING")
    RegistrationFactory(event=event, status="WITHDRAWN")
    at_work(client, event)

    asked = client.get(page(event, key))
    answer = client.post(page(event, key), answers(key, event), follow=True)

    assert "3 pendaftar diberi tahu lewat surel dan Kabar" in words(asked)
    assert "3 pendaftar diberi tahu." in words(answer)
    assert Notification.objects.count() == 3


def test_a_second_press_gets_the_same_answer_and_tells_nobody_twice(client):
    event = EventFactory()
    RegistrationFactory(event=event)
    at_work(client, event)
    form = {"reason": "Anggaran dialihkan.", "once": new_token()}

    first = client.post(page(event, "cancel"), form)
    second = client.post(page(event, "cancel"), form)

    assert first.url == second.url == page(event)
    assert event.history.count() == 1
    assert Notification.objects.count() == 1


def test_a_copy_is_made_once(client):
    event = EventFactory()
    at_work(client, event)
    form = answers("copy", event) | {"once": new_token()}

    first = client.post(page(event, "copy"), form)
    second = client.post(page(event, "copy"), form)

    new = Event.objects.get(status="DRAFT")
    assert first.url == second.url == page(new)
    assert (new.slug, new.sessions.count()) == ("bimtek-angkatan-berikut", 2)


@pytest.mark.parametrize(
    ("key", "status", "changes", "sentence"),
    [
        ("cancel", "OPEN", {"reason": " "}, "Tulis alasannya; setiap pendaftar membacanya."),
        ("postpone", "OPEN", {"reason": ""}, "Tulis alasannya; setiap pendaftar membacanya."),
        (
            "reopen",
            "CLOSED",
            {"closes_at": typed(NOW - timedelta(hours=1))},
            "Waktu tutup yang baru harus sesudah sekarang.",
        ),
        (
            "reopen",
            "CLOSED",
            {"closes_at": typed(STARTS_AT + timedelta(days=9))},
            "Pendaftaran harus ditutup sebelum sesi terakhir selesai.",
        ),
        ("reopen", "CLOSED", {"closes_at": "besok"}, "Tulis hari dan jam seperti"),
        ("copy", "OPEN", {"slug": "sudah-ada"}, "Alamat sudah-ada sudah dipakai kegiatan lain."),
        ("copy", "OPEN", {"slug": "dua kata"}, "Pakai huruf kecil, angka, dan tanda hubung saja."),
        ("copy", "OPEN", {"title": ""}, "Isi judul kegiatan baru."),
        ("copy", "OPEN", {"title": "???"}, "Isi alamatnya dengan huruf dan angka."),
        (
            "reschedule",
            "POSTPONED",
            {"starts_1": typed(NOW - timedelta(days=1))},
            "Waktu ini sudah lewat. Isi waktu yang akan datang.",
        ),
        (
            "reschedule",
            "POSTPONED",
            {"ends_1": typed(STARTS_AT)},
            "Sesi harus selesai sesudah mulai.",
        ),
        ("reschedule", "POSTPONED", {"starts_2": ""}, "Isi waktu sesi 2 mulai."),
        (
            "reschedule",
            "POSTPONED",
            {"closes_at": typed(NEXT_WEEK + timedelta(days=3))},
            "Pendaftaran harus ditutup sebelum sesi terakhir selesai.",
        ),
    ],
)
def test_what_cannot_be_is_said_at_the_form(client, key, status, changes, sentence):
    EventFactory(slug="sudah-ada")
    event = event_in(EventStatus(status))
    at_work(client, event)

    answer = client.post(page(event, key), answers(key, event) | changes)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert Event.objects.get(pk=event.pk).status == status


def test_a_postponed_event_gets_new_times_session_by_session(client):
    event = event_in(EventStatus.POSTPONED)
    RegistrationFactory(event=event)
    at_work(client, event)

    client.post(page(event, "reschedule"), answers("reschedule", event))

    event.refresh_from_db()
    assert event.status == EventStatus.OPEN
    assert event.starts_at == NEXT_WEEK
    assert Notification.objects.get().subject.startswith("Jadwal baru")


def test_what_was_typed_comes_back_when_the_session_had_ended(client):
    event = EventFactory()
    person = at_work(client, event)
    client.get(page(event))  # the browser remembers who reads here
    client.session.flush()
    client.post(page(event, "cancel"), {"reason": "Anggaran dialihkan."})
    sign_in(client, person)

    assert "Anggaran dialihkan." in client.get(page(event, "cancel")).text


def test_desk_and_form_lead_to_one_another(client):
    event = EventFactory()
    at_work(client, event)

    assert reverse("admin:training_event_change", args=[event.pk]) in client.get(page(event)).text
    opened = client.get(reverse("admin:training_event_open_desk", args=[event.pk]))
    assert opened.url == page(event)
