"""Several officers choose at the same moment: nobody is seated beyond the capacity.

The race has a negative control: the same race with the locks taken out must go wrong.
"""

import pgtrigger
import pytest
from django.db import DatabaseError

from programs import roles
from tests.factories.diklat import BatchFactory, TraineeFactory
from tests.factories.programs import officer
from tests.subsidies.test_approval_race import together
from training.diklat_enums import BatchStatus, TraineeStatus
from training.models import Batch, Trainee
from training.models.trainee import SEATS_FOLLOW
from training.workflow import trainee as trainees

pytestmark = pytest.mark.django_db(transaction=True)
OFFICERS, PLACES = 12, 5


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch):
    """Mail is not what is raced here."""
    monkeypatch.setattr("programs.notifications.hand_over", lambda task, record_id: None)


def everybody_chooses_another(batch):
    by = officer(roles.BDI_ADMIN)
    people = TraineeFactory.create_batch(OFFICERS, batch=batch)
    return together(
        *[lambda trainee=trainee: trainees.select([trainee], by=by) for trainee in people]
    )


def seated(batch):
    return Trainee.objects.filter(batch=batch).seated().count()


def test_twelve_officers_choose_at_once_for_five_places():
    batch = BatchFactory(status=BatchStatus.SELECTION, capacity=PLACES)

    outcomes = everybody_chooses_another(batch)

    assert outcomes.count("done") == seated(batch) == PLACES
    refused = [words for words in outcomes if words != "done"]
    assert all("Tersisa 0 dari 5 tempat" in words for words in refused)
    assert Batch.objects.get(pk=batch.pk).seated == PLACES


def test_around_the_workflow_the_database_is_the_referee():
    batch = BatchFactory(status=BatchStatus.SELECTION, capacity=PLACES)
    by = officer(roles.BDI_ADMIN)
    people = TraineeFactory.create_batch(OFFICERS, batch=batch)

    outcomes = together(
        *[
            lambda key=trainee.pk: Trainee.objects.filter(pk=key).update(
                status=TraineeStatus.SELECTED, decided_by=by
            )
            for trainee in people
        ]
    )

    assert outcomes.count("done") == seated(batch) == PLACES
    refused = [words for words in outcomes if words != "done"]
    assert all("training_batch_never_overfull" in words for words in refused)


def test_without_the_locks_more_are_seated_than_there_are_places(monkeypatch):
    batch = BatchFactory(status=BatchStatus.SELECTION, capacity=PLACES)
    # The workflow reads without waiting; the trigger counts, but keeps nobody else out.
    monkeypatch.setattr(
        trainees,
        "lock_batch",
        lambda batch: Batch.objects.select_related("course__unit").get(pk=batch.pk),
    )
    trigger = next(t for t in Trainee._meta.triggers if t.name == "seats_follow")
    unlocked = pgtrigger.Trigger(
        name=trigger.name,
        when=trigger.when,
        operation=trigger.operation,
        func=SEATS_FOLLOW.replace(
            "UPDATE training_batch SET seated = seated WHERE id = NEW.batch_id;",
            """IF (SELECT count(*) > (SELECT capacity FROM training_batch WHERE id = NEW.batch_id)
                     FROM training_trainee
                    WHERE batch_id = NEW.batch_id AND status = 'SELECTED') THEN
                   RAISE EXCEPTION 'training_batch_never_overfull';
               END IF;
               PERFORM pg_sleep(0.05);""",
        ),
    )
    unlocked.install(Trainee)
    try:
        everybody_chooses_another(batch)
    finally:
        trigger.install(Trainee)

    assert seated(batch) > PLACES
    with pytest.raises(DatabaseError, match="training_batch_never_overfull"):
        batch.save()


def test_two_officers_decide_differently_and_one_decision_stands():
    batch = BatchFactory(status=BatchStatus.SELECTION)
    by = officer(roles.BDI_ADMIN)
    trainee = TraineeFactory(batch=batch)
    before = trainee.history.count()

    together(
        lambda: trainees.select([trainee], by=by),
        lambda: trainees.withdraw(trainee, by=by, reason="Batal."),
    )

    trainee.refresh_from_db()
    assert trainee.status in (TraineeStatus.SELECTED, TraineeStatus.WITHDRAWN)
    assert trainee.history.count() in (before + 1, before + 2)
    assert Batch.objects.get(pk=batch.pk).seated == seated(batch)
