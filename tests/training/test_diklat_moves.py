"""The whole table: every move of a batch and of a trainee from every status."""

import pytest
from django.db import DatabaseError, transaction

from programs.transitions import TransitionNotAllowed
from tests.factories.diklat import BATCH_OF, BatchFactory, TraineeFactory
from tests.factories.programs import UserFactory
from tests.factories.subsidy_stages import day
from training import diklat_arrows as arrows
from training.diklat_enums import BatchStatus, TraineeStatus
from training.models import Batch, Trainee
from training.workflow import batch as batches
from training.workflow import certification, placement
from training.workflow import trainee as trainees

pytestmark = pytest.mark.django_db
B, T = BatchStatus, TraineeStatus

# Each at a moment when only the status can hinder it.
BATCH_MOVES = {
    arrows.OPEN: lambda b, by: batches.open_registration(b, by=by, today=b.opens_on),
    arrows.END_REGISTRATION: lambda b, by: batches.end_registration(b, by=by, today=b.closes_on),
    arrows.REOPEN: lambda b, by: batches.reopen(
        b, by=by, closes_on=b.closes_on, reason="Sepi.", today=b.closes_on
    ),
    arrows.START: lambda b, by: batches.start(b, by=by, today=b.starts_on),
    arrows.END_TRAINING: lambda b, by: batches.end_training(b, by=by, today=b.ends_on),
    arrows.BEGIN_PLACEMENT: lambda b, by: batches.begin_placement(b, by=by),
    arrows.CLOSE: lambda b, by: batches.close(b, by=by),
    arrows.CANCEL: lambda b, by: batches.cancel(b, by=by, reason="Mitra mundur."),
}


def test_the_table_of_batches_holds_every_move():
    assert set(BATCH_MOVES) == set(arrows.BATCH_MOVES)


@pytest.mark.parametrize("move", arrows.BATCH_MOVES, ids=lambda move: move.action)
@pytest.mark.parametrize("status", BatchStatus)
def test_a_batch_moves_only_along_its_arrows(move, status):
    batch = BatchFactory(status=status)
    if status == B.SELECTION:
        TraineeFactory(batch=batch, status=T.SELECTED)
    before = batch.history.count()

    if status in move.sources:
        BATCH_MOVES[move](batch, UserFactory())
        expected = move.target
    else:
        with pytest.raises(TransitionNotAllowed, match="status saat ini"):
            BATCH_MOVES[move](batch, UserFactory())
        expected = status

    assert Batch.objects.get(pk=batch.pk).status == expected
    assert batch.history.count() == before + (status in move.sources)


@pytest.mark.parametrize("source", BatchStatus)
def test_the_database_lets_a_batch_only_along_its_arrows(source):
    legal = {(start, move.target) for move in arrows.BATCH_MOVES for start in move.sources}
    batch = BatchFactory(status=source)

    for target in BatchStatus:
        if source != target and (source, target) not in legal:
            with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
                Batch.objects.filter(pk=batch.pk).update(status=target)


def last_result(trainee):
    return trainee.results.order_by("attempt").last()


def record(trainee, by, *, is_competent):
    day_of_test = trainee.batch.ends_on
    return certification.record_result(
        trainee, by=by, is_competent=is_competent, assessed_on=day_of_test, today=day(0)
    )


TRAINEE_MOVES = {
    arrows.SELECT: lambda t, by: trainees.select([t], by=by),
    arrows.DECLINE: lambda t, by: trainees.decline([t], by=by, reason="Penuh."),
    arrows.WITHDRAW: lambda t, by: trainees.withdraw(t, by=by, reason="Sakit."),
    arrows.DROP_OUT: lambda t, by: trainees.drop_out(t, by=by, reason="Pindah."),
    arrows.PASS: lambda t, by: record(t, by, is_competent=True),
    arrows.FAIL: lambda t, by: record(t, by, is_competent=False),
    arrows.PLACE: lambda t, by: placement.place(
        t, by=by, demand=t.batch.demands.get(), starts_on=day(0)
    ),
    arrows.START_BUSINESS: lambda t, by: placement.start_business(
        t, by=by, company_name="Jahit Melati", position="Penjahit", starts_on=day(0)
    ),
    arrows.NOTE_NOT_WORKING: lambda t, by: placement.note_not_working(
        t, by=by, reason="Melanjutkan sekolah."
    ),
}
# In a batch of another status there are other words for it; here the trainee's decides.
WHERE = {
    arrows.SELECT: B.SELECTION,
    arrows.DECLINE: B.SELECTION,
    arrows.WITHDRAW: B.SELECTION,
    arrows.DROP_OUT: B.RUNNING,
}
# Begun for all of a batch together, and results taken back: tested by themselves. So are retakes
# beside the work, which are no moves.
ELSEWHERE = {arrows.BEGIN_TRAINING, arrows.VOID_RESULT, arrows.VOID_RETAKE}
RETAKES = {
    (move, status)
    for move in (arrows.PASS, arrows.FAIL)
    for status in (T.PLACED, T.SELF_EMPLOYED, T.NOT_WORKING)
}


def test_the_table_of_trainees_holds_every_move():
    assert set(TRAINEE_MOVES) | ELSEWHERE == set(arrows.TRAINEE_MOVES)


@pytest.mark.parametrize(
    ("move", "status"),
    [(move, status) for move in TRAINEE_MOVES for status in T if (move, status) not in RETAKES],
    ids=lambda value: getattr(value, "action", value),
)
def test_a_trainee_moves_only_along_its_arrows(move, status):
    batch = BatchFactory(status=WHERE.get(move, B.CERTIFICATION))
    trainee = TraineeFactory(batch=batch, status=status)
    before = trainee.history.count()

    if status in move.sources:
        TRAINEE_MOVES[move](trainee, UserFactory())
        expected = move.target
    else:
        with pytest.raises(TransitionNotAllowed, match="status saat ini"):
            TRAINEE_MOVES[move](trainee, UserFactory())
        expected = status

    assert Trainee.objects.get(pk=trainee.pk).status == expected
    assert trainee.history.count() == before + (status in move.sources)


@pytest.mark.parametrize("source", TraineeStatus)
def test_the_database_lets_a_trainee_only_along_its_arrows(source):
    legal = {(start, move.target) for move in arrows.TRAINEE_MOVES for start in move.sources}
    trainee = TraineeFactory(status=source)

    for target in TraineeStatus:
        if source != target and (source, target) not in legal:
            with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
                Trainee.objects.filter(pk=trainee.pk).update(status=target)


@pytest.mark.parametrize("status", [B.PLANNED, B.CERTIFICATION, B.CLOSED, B.CANCELLED])
def test_nobody_is_chosen_in_a_batch_that_chooses_nobody(status):
    trainee = TraineeFactory(batch=BatchFactory(status=status))

    for deed in (
        lambda: trainees.select([trainee], by=UserFactory()),
        lambda: trainees.decline([trainee], by=UserFactory(), reason="Penuh."),
    ):
        with pytest.raises(TransitionNotAllowed, match="Seleksi tidak dapat diputuskan"):
            deed()


@pytest.mark.parametrize("status", [B.SELECTION, B.RUNNING, B.CLOSED])
def test_results_and_work_wait_for_their_time(status):
    trainee = TraineeFactory(
        batch=BatchFactory(status=status),
        status=T.COMPETENT if status == B.CLOSED else T.TRAINING,
    )

    for deed, words in [
        (lambda: record(trainee, UserFactory(), is_competent=True), "Hasil uji tidak dapat"),
        (
            lambda: placement.note_not_working(trainee, by=UserFactory(), reason="Sekolah."),
            "Penempatan tidak dapat",
        ),
    ]:
        with pytest.raises(TransitionNotAllowed, match=words):
            deed()


def test_factories_put_people_where_such_people_are():
    assert set(BATCH_OF) == set(TraineeStatus)
