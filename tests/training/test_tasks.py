from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine

from config.celery import app
from config.schedule import SCHEDULE
from programs.models import Notification
from tests.factories.programs import RegionFactory
from tests.factories.training import (
    AFTERWARDS,
    DURING,
    NOW,
    STARTS_AT,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
    bring_to,
)
from training import tasks
from training.enums import EventStatus

pytestmark = pytest.mark.django_db


def at(moment):
    return time_machine.travel(moment, tick=False)


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (NOW, EventStatus.OPEN),
        (STARTS_AT - timedelta(days=1), EventStatus.CLOSED),
        (DURING, EventStatus.RUNNING),
        (AFTERWARDS, EventStatus.FINISHED),
    ],
)
def test_an_event_follows_the_clock(moment, status):
    event = EventFactory()

    with at(moment):
        tasks.follow_the_clock()
        tasks.follow_the_clock()

    event.refresh_from_db()
    assert event.status == status
    assert set(event.history.values_list("actor", flat=True)) <= {None}


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CANCELLED, "POSTPONED"])
def test_the_clock_leaves_alone_what_does_not_take_place(status):
    event = EventFactory(status=status)

    with at(AFTERWARDS):
        tasks.follow_the_clock()

    event.refresh_from_db()
    assert event.status == status


def test_free_places_are_filled_by_the_clock_too():
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, status="WAITING")
    type(event).objects.filter(pk=event.pk).update(capacity=2)

    tasks.fill_waiting_lists()

    waiting.refresh_from_db()
    assert waiting.status == "ACCEPTED"


def test_unused_quotas_are_released_on_their_day():
    jambi = RegionFactory(code="15.71", name="Kota Jambi")
    event = EventFactory(quotas_released_on=NOW.date())
    quota = QuotaFactory(event=event, region=jambi.province, places=1)
    RegistrationFactory(event=event, region=jambi, region_quota=quota)
    waiting = RegistrationFactory(event=event, region=jambi, region_quota=quota, status="WAITING")

    with at(NOW - timedelta(days=1)):
        tasks.fill_waiting_lists()
    waiting.refresh_from_db()
    assert waiting.status == "WAITING"

    with at(NOW):
        tasks.fill_waiting_lists()
    waiting.refresh_from_db()
    assert waiting.status == "ACCEPTED"


def reminders():
    return list(
        Notification.objects.filter(kind="REMINDER")
        .order_by("pk")
        .values_list("subject", flat=True)
    )


def test_the_day_before_and_an_hour_before_participants_are_reminded_once():
    event = EventFactory(title="Bimtek IKM")
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, status="WAITING")

    for moment in [
        STARTS_AT - timedelta(hours=25),
        STARTS_AT - timedelta(hours=23),
        STARTS_AT - timedelta(hours=22),
        STARTS_AT - timedelta(minutes=59),
        STARTS_AT - timedelta(minutes=30),
    ]:
        with at(moment):
            tasks.remind_participants()

    assert reminders() == ["Besok: Bimtek IKM", "Sebentar lagi: Bimtek IKM"]


def test_the_second_day_has_its_own_hour():
    event = EventFactory(title="Bimtek IKM", sessions=1)
    event.sessions.create(
        number=2,
        title="Hari kedua",
        starts_at=STARTS_AT + timedelta(days=1),
        ends_at=STARTS_AT + timedelta(days=1, hours=2),
        jp=2,
    )
    RegistrationFactory(event=event)
    bring_to(event, EventStatus.RUNNING)

    with at(STARTS_AT + timedelta(days=1) - timedelta(minutes=45)):
        tasks.remind_participants()

    assert reminders() == ["Sebentar lagi: Bimtek IKM"]


def test_a_later_session_of_the_same_day_reminds_nobody():
    event = EventFactory()
    RegistrationFactory(event=event)
    bring_to(event, EventStatus.RUNNING)

    with at(STARTS_AT + timedelta(minutes=120)):
        tasks.remind_participants()

    assert reminders() == []


# --- That the clock starts them -----------------------------------------------------------------

MINUTE, DAY = 60, 24 * 60 * 60
# How many seconds may lie between two runs. Another clock task of training needs a line here.
AT_LEAST_EVERY = {
    "training.tasks.follow_the_clock": MINUTE,
    "training.tasks.fill_waiting_lists": 15 * MINUTE,
    # The day before the first session, and an hour before each day begins.
    "training.tasks.remind_participants": 15 * MINUTE,
    "training.tasks.sweep_certificates": 15 * MINUTE,
    "training.tasks.count_figures": 15 * MINUTE,
    "training.tasks.count_figures_anew": DAY,
    "training.diklat_tasks.advance_batches": 60 * MINUTE,
    "training.diklat_tasks.remind_of_batches": DAY,
}
# An officer's press starts these.
STARTED_BY_HAND = {"training.workflow.certificates.issue_certificates"}


def seconds_between_runs(schedule):
    """The longest time between two runs."""
    if isinstance(schedule, timedelta):
        return schedule.total_seconds()
    days = (schedule.day_of_week, schedule.day_of_month, schedule.month_of_year)
    assert [len(found) for found in days] == [7, 31, 12]  # on every day of the year
    minutes = sorted(60 * hour + minute for hour in schedule.hour for minute in schedule.minute)
    again_tomorrow = minutes[0] + 24 * 60
    return 60 * max(later - one for one, later in pairwise([*minutes, again_tomorrow]))


def test_the_clock_starts_every_task_that_nobody_starts_by_hand():
    app.loader.import_default_modules()
    tasks_of_training = {name for name in app.tasks if name.startswith("training.")}

    assert tasks_of_training - STARTED_BY_HAND == set(AT_LEAST_EVERY)
    assert {entry["task"] for entry in SCHEDULE.values()} & tasks_of_training == set(AT_LEAST_EVERY)


@pytest.mark.parametrize("name", AT_LEAST_EVERY)
def test_the_clock_starts_a_task_often_enough(name):
    (schedule,) = [entry["schedule"] for entry in SCHEDULE.values() if entry["task"] == name]

    assert MINUTE <= seconds_between_runs(schedule) <= AT_LEAST_EVERY[name]
