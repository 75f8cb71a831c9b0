"""One participant on the desk, and the people of all events in one list."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs import roles
from programs.once import new_token
from tests.factories.training import (
    NOW,
    EventFactory,
    RegistrationFactory,
    bring_to,
    organizer,
)
from tests.people import sign_in
from tests.training.desk import at_work, page, participant, words
from training.enums import EventStatus, RegistrationStatus, TestOccasion
from training.models import Attendance, Registration, TestAttempt

pytestmark = pytest.mark.django_db

NIP = "198503152010011002"


@pytest.fixture(autouse=True)
def _at_the_time_of_registration():
    with time_machine.travel(NOW, tick=False):
        yield


def waiting(event, name="Menunggu", **details):
    return RegistrationFactory(event=event, status="WAITING", name=name, **details)


def test_one_page_shows_all_that_is_known_of_a_participant(client):
    event = EventFactory(has_pretest=True, has_posttest=True)
    registration = RegistrationFactory(event=event, name="Siti Rahmah, S.T.", nip=NIP)
    first, second = event.sessions.all()
    bring_to(event, EventStatus.RUNNING)
    person_ = at_work(client, event, name="Ratna Wijaya")
    Attendance.objects.create(
        registration=registration, session=first, checked_in_at=NOW, zoom_minutes=75
    )
    Attendance.objects.create(
        registration=registration,
        session=second,
        marked=False,
        marked_by=person_,
        marked_at=NOW,
        mark_reason="Pulang lebih dahulu",
    )
    TestAttempt.objects.create(
        registration=registration, occasion=TestOccasion.PRE, answers={}, score=60
    )
    said = {"statuses": ["ACCEPTED"], "subject": "Tautan berubah", "body": "Pakai yang baru."}
    client.post(page(event, "message"), said | {"kirim": "1", "once": new_token()})

    shown = words(client.get(participant(registration)))

    for part in [
        "Siti Rahmah, S.T.",
        NIP,
        registration.user.email,
        "kode diisi 10.00 WIB; 75 menit di Zoom",
        "dicatat Ratna Wijaya: Pulang lebih dahulu",
        "Tes awal Nilai 60",
        "Tes akhir Belum dikerjakan",
        "Tautan berubah",
        "Menunggu",
    ]:
        assert part in shown, part


def test_who_waits_is_told_from_where_in_the_line(client):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting(event)
    second = waiting(event)
    at_work(client, event)

    assert "Urutan ke-2 di daftar tunggu" in words(client.get(participant(second)))


@pytest.mark.parametrize(
    ("status", "deeds"),
    [
        (RegistrationStatus.PENDING, {"terima", "tolak", "undurkan"}),
        (RegistrationStatus.ACCEPTED, {"tolak", "undurkan"}),
        (RegistrationStatus.WITHDRAWN, set()),
    ],
)
def test_the_buttons_follow_the_status(client, status, deeds):
    registration = RegistrationFactory(status=status)
    at_work(client, registration.event)

    offered = client.get(participant(registration)).context["decisions"]

    assert {decision.key for decision in offered} == deeds


def test_a_sessions_end_makes_absence_certain(client):
    event = bring_to(EventFactory(), EventStatus.RUNNING)
    registration = RegistrationFactory(event=event)
    first = event.sessions.first()
    at_work(client, event)
    before = client.get(participant(registration)).context["attendance"]
    first.starts_at, first.ends_at = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
    first.save()

    after = client.get(participant(registration)).context["attendance"]

    assert [is_present for _, is_present, _ in before] == [None, None]
    assert [is_present for _, is_present, _ in after] == [False, None]


@pytest.mark.parametrize("role", roles.ALL)
def test_a_participant_of_another_unit_does_not_exist(client, role):
    registration = RegistrationFactory()
    at_work(client, EventFactory(), role)
    looks_at_all = role in (roles.AUDITOR, roles.BPSDMI_OFFICER)

    assert client.get(participant(registration)).status_code == (200 if looks_at_all else 404)


def test_officers_do_not_meet_their_own_registrations_at_other_units(client):
    own_unit = EventFactory()
    person_ = organizer(roles.BDI_ADMIN, own_unit.unit)
    elsewhere = RegistrationFactory(user=person_)
    here = RegistrationFactory(event=own_unit)
    sign_in(client, person_)

    listed = client.get(reverse("admin:training_registration_changelist"))

    assert [row.pk for row in listed.context["cl"].result_list] == [here.pk]
    assert client.get(participant(elsewhere)).status_code == 404


def test_people_are_found_over_all_events_of_the_unit(client):
    event = EventFactory()
    RegistrationFactory(event=event, name="Siti Rahmah")
    RegistrationFactory(event=event, name="Budi")
    at_work(client, event)
    address = reverse("admin:training_registration_changelist")
    client.get(address)

    with CaptureQueriesContext(connection) as asked:
        listed = client.get(address, {"q": "rahmah"})

    assert [row.name for row in listed.context["cl"].result_list] == ["Siti Rahmah"]
    assert len(asked) <= 15
    assert client.get(reverse("admin:training_registration_add")).status_code == 403


def test_the_page_of_a_person_asks_as_often_for_much_as_for_little(client):
    event = EventFactory(sessions=1)
    little = RegistrationFactory(event=event)
    busy = EventFactory(sessions=5, unit=event.unit)
    much = RegistrationFactory(event=busy)
    for session in busy.sessions.all():
        Attendance.objects.create(registration=much, session=session, checked_in_at=NOW)
    Registration.objects.filter(pk=much.pk).update(name="Banyak")
    at_work(client, event)
    counts = []
    for registration in (little, little, much):
        with CaptureQueriesContext(connection) as asked:
            client.get(participant(registration))
        counts.append(len(asked))

    assert counts[1] == counts[2] <= 15
