"""What the clock does by itself: registrations close, trainings begin and end, people are asked."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from programs import roles
from programs.models import Notification
from tests.factories.diklat import BatchFactory, TraineeFactory
from tests.factories.programs import UserFactory, officer
from tests.factories.training import organizer
from training import diklat_tasks as tasks
from training.diklat_enums import BatchStatus, FollowupState, TraineeStatus
from training.models import Batch, Followup
from training.workflow import placement

pytestmark = pytest.mark.django_db
B, T = BatchStatus, TraineeStatus
A_DAY = timedelta(days=1)


def on(day):
    """In the morning of that day."""
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(7))), tick=False)


def status_of(batch):
    return Batch.objects.get(pk=batch.pk).status


@pytest.mark.parametrize(
    ("before", "after", "day_of"),
    [
        (B.OPEN, B.SELECTION, lambda batch: batch.closes_on + A_DAY),
        (B.SELECTION, B.RUNNING, lambda batch: batch.starts_on),
        (B.RUNNING, B.CERTIFICATION, lambda batch: batch.ends_on + A_DAY),
    ],
)
def test_a_batch_moves_when_its_day_has_come(before, after, day_of):
    batch = BatchFactory(status=before)
    if before == B.SELECTION:
        TraineeFactory(batch=batch, status=T.SELECTED)

    with on(day_of(batch) - A_DAY):
        tasks.advance_batches()
        assert status_of(batch) == before
    with on(day_of(batch)):
        tasks.advance_batches()
        tasks.advance_batches()
        assert status_of(batch) == after
    assert Batch.objects.get(pk=batch.pk).history.last().actor is None


def test_a_training_without_anybody_does_not_begin():
    batch = BatchFactory(status=B.SELECTION)

    with on(batch.starts_on):
        tasks.advance_batches()

    assert status_of(batch) == B.SELECTION


def test_who_moved_the_batch_in_the_same_moment_is_no_error(monkeypatch):
    batch = BatchFactory(status=B.RUNNING)
    stale = [Batch.objects.get(pk=batch.pk)]
    with on(batch.ends_on + A_DAY):
        tasks.advance_batches()
        monkeypatch.setattr(type(Batch.objects.all()), "past_end", lambda self, *, today: stale)
        tasks.advance_batches()

    assert status_of(batch) == B.CERTIFICATION


def test_the_selected_are_reminded_of_the_first_day_and_officers_of_the_undecided():
    batch = BatchFactory(status=B.SELECTION)
    colleague = organizer(roles.BDI_ADMIN, batch.course.unit)
    chosen = TraineeFactory(batch=batch, status=T.SELECTED, user=UserFactory())
    undecided = TraineeFactory(batch=batch, user=UserFactory())

    for days in (4, 3, 2, 1):
        with on(batch.starts_on - days * A_DAY):
            tasks.remind_of_batches()
            tasks.remind_of_batches()

    assert Notification.objects.filter(recipient=chosen.user).count() == 2
    told = Notification.objects.filter(recipient=colleague)
    assert told.count() == 2
    assert "1 pendaftar belum diputuskan" in told.first().body
    assert not Notification.objects.filter(recipient=undecided.user).exists()


def test_officers_are_told_whom_to_ask_each_week_until_they_did():
    trainee = TraineeFactory(status=T.PLACED)
    batch = trainee.batch
    colleague = organizer(roles.BDI_ADMIN, batch.course.unit)
    third = trainee.followups.get(months=3)
    told = Notification.objects.filter(recipient=colleague)

    for days, messages in [(-1, 0), (0, 1), (1, 1), (6, 1), (7, 2)]:
        with on(third.due_on + days * A_DAY):
            tasks.remind_of_batches()
        assert told.count() == messages
    assert "Tindak lanjut bulan ke-3" in told.first().subject
    placement.record_followup(
        Followup.objects.get(pk=third.pk),
        by=officer(roles.BDI_ADMIN),
        state=FollowupState.SAME_PLACE,
        today=third.due_on,
    )
    with on(third.due_on + 20 * A_DAY):
        tasks.remind_of_batches()
    assert told.count() == 2


def test_a_batch_that_is_closed_asks_nobody():
    trainee = TraineeFactory(status=T.PLACED)
    organizer(roles.BDI_ADMIN, trainee.batch.course.unit)
    Batch.objects.filter(pk=trainee.batch.pk).update(status=B.CLOSED)

    with on(trainee.followups.get(months=6).due_on):
        tasks.remind_of_batches()

    assert not Notification.objects.exists()
