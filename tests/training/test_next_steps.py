"""What a participant is shown to do, and when: on the page, in Beranda."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains

from tests.factories.programs import UserFactory
from tests.factories.training import (
    AFTERWARDS,
    DURING,
    NOW,
    STARTS_AT,
    EventFactory,
    RegistrationFactory,
    bring_to,
)
from tests.people import sign_in
from training import my_tasks
from training.enums import EventStatus
from training.models import Registration
from training.next_steps import next_steps, with_deeds
from training.workflow import event as event_workflow

pytestmark = pytest.mark.django_db
LAST = STARTS_AT + timedelta(minutes=150)


@pytest.fixture
def event():
    """Two sessions, both tests, an evaluation that is needed, a link."""
    event = EventFactory(
        has_pretest=True,
        has_posttest=True,
        posttest_minimum=70,
        evaluation_required=True,
        evaluation_closes_at=AFTERWARDS + timedelta(days=3),
    )
    event.sessions.update(check_in_opens_at=STARTS_AT, check_in_closes_at=LAST)
    return event


@pytest.fixture
def row(event):
    return RegistrationFactory(event=event, name_confirmed_at=NOW)


def steps(row, now):
    return next_steps(with_deeds(Registration.objects.filter(pk=row.pk)).get(), now=now)


def keys(row, now):
    return [step.key for step in steps(row, now)]


def test_long_before_there_is_nothing_to_do(row):
    assert keys(row, NOW) == []


def test_before_the_event_comes_the_first_test(row):
    assert keys(row, STARTS_AT - timedelta(days=3)) == ["pretest"]


def test_an_hour_before_comes_the_link(row):
    join = steps(row, STARTS_AT - timedelta(minutes=60))[0]

    assert (join.key, join.url) == ("join", row.event.online_url)


def test_while_a_list_is_open_it_comes_first(row):
    bring_to(row.event, EventStatus.RUNNING)

    found = steps(row, DURING)

    assert [step.key for step in found] == ["check_in", "check_in", "join", "pretest"]
    assert found[0].url == f"/pelatihan/{row.event.slug}/hadir/?sesi=1"
    assert "paling lambat pukul 11.30 WIB" in found[0].text


def test_who_is_on_the_list_is_not_asked_again(row):
    bring_to(row.event, EventStatus.RUNNING)
    for session in row.event.sessions.all():
        row.attendances.create(session=session, checked_in_at=DURING)

    assert keys(row, DURING) == ["join", "pretest"]


def test_with_the_last_session_come_test_and_evaluation(row):
    bring_to(row.event, EventStatus.RUNNING)

    assert keys(row, LAST + timedelta(minutes=1)) == ["join", "posttest", "evaluation"]


def test_what_was_handed_in_is_done(row):
    bring_to(row.event, EventStatus.FINISHED)
    row.test_attempts.create(occasion="POST", answers={}, score=80)

    assert keys(row, AFTERWARDS) == ["evaluation"]


def test_too_late_is_not_offered(row):
    bring_to(row.event, EventStatus.FINISHED)

    assert keys(row, row.event.evaluation_closes_at) == []


def test_who_was_entered_by_others_confirms_the_name(event):
    row = RegistrationFactory(event=event, name="Siti")

    [step] = steps(row, NOW)

    assert (step.key, step.url) == ("name", f"/pelatihan/pendaftaran/{row.pk}/nama/")


def test_who_qualified_may_still_confirm_the_name(event):
    row = RegistrationFactory(event=event)
    bring_to(event, EventStatus.CONCLUDED)
    Registration.objects.filter(pk=row.pk).update(status="QUALIFIED", attended_jp=4)

    assert keys(row, AFTERWARDS) == ["name"]


@pytest.mark.parametrize("status", ["WAITING", "WITHDRAWN"])
def test_without_a_place_there_is_nothing_to_do(event, status):
    assert keys(RegistrationFactory(event=event, status=status), DURING) == []


def test_of_what_was_called_off_nothing_is_asked(row):
    event_workflow.cancel(row.event, by=UserFactory(), reason="Banjir.")

    assert keys(row, STARTS_AT) == []


def test_the_page_shows_them_with_their_buttons(client, row):
    bring_to(row.event, EventStatus.FINISHED)
    with time_machine.travel(AFTERWARDS, tick=False):
        sign_in(client, row.user)
        page = client.get(reverse("training:registration_detail", args=[row.pk]))

    assertContains(page, "Yang dapat Anda lakukan sekarang")
    assertContains(page, f"/pelatihan/pendaftaran/{row.pk}/tes/akhir/")
    assertContains(page, f"/pelatihan/pendaftaran/{row.pk}/evaluasi/")


def test_beranda_shows_what_is_needed_and_where_it_stands(client, row):
    bring_to(row.event, EventStatus.FINISHED)
    with time_machine.travel(AFTERWARDS, tick=False):
        sign_in(client, row.user)
        page = client.get("/beranda/")

    assertContains(page, "Kerjakan tes akhir")
    assertContains(page, "Isi evaluasi")
    assertContains(page, row.event.title)


def test_a_link_elsewhere_is_reached_through_ones_own_page(row):
    bring_to(row.event, EventStatus.RUNNING)
    with time_machine.travel(DURING, tick=False):
        tasks = my_tasks.tasks_for(row.user, DURING.date())

    assert all(task.url.startswith("/pelatihan/") for task in tasks)


def test_what_is_not_needed_is_no_task(row):
    row.event.evaluation_required = False
    row.event.save()
    bring_to(row.event, EventStatus.FINISHED)
    with time_machine.travel(AFTERWARDS, tick=False):
        tasks = my_tasks.tasks_for(row.user, AFTERWARDS.date())

    assert [task.title for task in tasks] == ["Kerjakan tes akhir"]


def test_records_say_what_was_called_off(row):
    event_workflow.postpone(row.event, by=UserFactory(), reason="Banjir.")

    [record] = my_tasks.records_for(row.user)

    assert (record.badge, record.kind) == ("Ditunda", "warn")
