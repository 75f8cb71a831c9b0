"""Tests and evaluation: who may hand in, when, and once."""

from datetime import timedelta

import pytest

from programs.transitions import TransitionNotAllowed
from tests.factories.training import (
    AFTERWARDS,
    DURING,
    NOW,
    STARTS_AT,
    EventFactory,
    QuestionFactory,
    RegistrationFactory,
    bring_to,
)
from training.enums import EvaluationAspect, EventStatus, RegistrationStatus, TestOccasion
from training.models import Evaluation, TestAttempt
from training.workflow import answers as workflow

pytestmark = pytest.mark.django_db
PRE, POST = TestOccasion.PRE, TestOccasion.POST
LAST_STARTS_AT = STARTS_AT + timedelta(minutes=150)
FIRST_ENDS_AT = STARTS_AT + timedelta(minutes=90)
SCORES = {
    (EvaluationAspect.CONTENT, None): 5,
    (EvaluationAspect.ORGANIZATION, None): 4,
    (EvaluationAspect.FACILITIES, None): 3,
}


def participant(status=EventStatus.RUNNING, of=RegistrationStatus.ACCEPTED, **of_event):
    """Somebody at an event with both tests of three questions."""
    event = EventFactory(**{"has_pretest": True, "has_posttest": True} | of_event)
    for number in range(1, 4):
        QuestionFactory(event=event, number=number)
    registration = RegistrationFactory(event=event, status=of, attended_jp=4)
    if status != EventStatus.OPEN:
        bring_to(event, status)
    return registration


def hand_in(registration, occasion, now, answers=None):
    return workflow.hand_in_test(
        registration, occasion, answers=answers or {1: 2, 2: 2, 3: 2}, now=now
    )


def evaluate(registration, now=DURING):
    return workflow.hand_in_evaluation(registration, scores=SCORES, comment="", now=now)


def refuses(action, *arguments):
    with pytest.raises(TransitionNotAllowed) as refusal:
        action(*arguments)
    return str(refusal.value)


@pytest.mark.parametrize(("right", "score"), [(3, 100), (2, 67), (1, 33), (0, 0)])
def test_marks_are_whole_percent(right, score):
    answers = {number: 2 if number <= right else 1 for number in (1, 2, 3)}

    assert hand_in(participant(), POST, LAST_STARTS_AT, answers).score == score


@pytest.mark.parametrize(
    ("occasion", "moment", "words"),
    [
        (PRE, NOW, ""),
        (PRE, FIRST_ENDS_AT - timedelta(seconds=1), ""),
        (PRE, FIRST_ENDS_AT, "Tes awal ditutup saat sesi pertama selesai."),
        (POST, LAST_STARTS_AT - timedelta(seconds=1), "Tes akhir dibuka saat sesi terakhir"),
        (POST, LAST_STARTS_AT, ""),
        (POST, AFTERWARDS, ""),
    ],
)
def test_each_test_has_its_time(occasion, moment, words):
    registration = participant()

    if words:
        assert words in refuses(hand_in, registration, occasion, moment)
    else:
        assert hand_in(registration, occasion, moment).occasion == occasion


@pytest.mark.parametrize(("seconds", "is_late"), [(-1, False), (0, True)])
def test_the_posttest_and_the_evaluation_close_together(seconds, is_late):
    registration = participant(EventStatus.FINISHED, evaluation_closes_at=AFTERWARDS)
    moment = AFTERWARDS + timedelta(seconds=seconds)

    if is_late:
        assert "sudah ditutup" in refuses(hand_in, registration, POST, moment)
        assert "sudah ditutup" in refuses(evaluate, registration, moment)
    else:
        hand_in(registration, POST, moment)
        evaluate(registration, moment)


def test_one_attempt_each():
    registration = participant()
    hand_in(registration, PRE, NOW)
    hand_in(registration, POST, LAST_STARTS_AT)

    assert refuses(hand_in, registration, PRE, NOW) == "Anda sudah mengerjakan tes awal."
    assert refuses(hand_in, registration, POST, AFTERWARDS) == "Anda sudah mengerjakan tes akhir."


def test_two_at_the_same_moment_are_one_attempt(monkeypatch):
    registration = participant()
    monkeypatch.setattr(workflow, "refuse_test_unless_open", lambda *args, **options: None)
    hand_in(registration, PRE, NOW)

    assert "sudah mengerjakan" in refuses(hand_in, registration, PRE, NOW)
    assert TestAttempt.objects.count() == 1


@pytest.mark.parametrize(("occasion", "words"), [(PRE, "tes awal"), (POST, "tes akhir")])
def test_what_is_not_offered_cannot_be_taken(occasion, words):
    registration = participant(has_pretest=False, has_posttest=False)

    assert refuses(hand_in, registration, occasion, NOW) == (f"Kegiatan ini tidak memakai {words}.")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (RegistrationStatus.WAITING, "hanya untuk peserta kegiatan ini"),
        (RegistrationStatus.WITHDRAWN, "hanya untuk peserta kegiatan ini"),
        (RegistrationStatus.QUALIFIED, "Hasil kegiatan ini sudah ditetapkan"),
        (RegistrationStatus.ABSENT, "Hasil kegiatan ini sudah ditetapkan"),
    ],
)
def test_only_participants_whose_result_is_open_hand_in(status, words):
    registration = participant(of=status)

    assert words in refuses(hand_in, registration, PRE, NOW)
    assert words in refuses(evaluate, registration)


def test_an_evaluation_is_kept_once_with_its_marks():
    registration = participant()

    evaluation = evaluate(registration)

    assert sorted(evaluation.scores.values_list("score", flat=True)) == [3, 4, 5]
    assert refuses(evaluate, registration) == "Anda sudah mengisi evaluasi. Terima kasih."


def test_two_evaluations_at_the_same_moment_are_one(monkeypatch):
    registration = participant()
    monkeypatch.setattr(workflow, "refuse_evaluation_unless_open", lambda *args, **options: None)
    evaluate(registration)

    assert "Anda sudah mengisi evaluasi." in refuses(evaluate, registration)
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        (EventStatus.OPEN, False),
        (EventStatus.CLOSED, False),
        (EventStatus.RUNNING, True),
        (EventStatus.FINISHED, True),
        (EventStatus.CANCELLED, False),
    ],
)
def test_an_event_is_evaluated_once_it_has_begun(status, is_open):
    registration = participant(status)

    if is_open:
        evaluate(registration)
    else:
        assert refuses(evaluate, registration) == "Evaluasi dibuka setelah kegiatan dimulai."


@pytest.mark.parametrize(
    ("status", "of_event", "moment", "shown"),
    [
        (EventStatus.RUNNING, {}, AFTERWARDS, False),
        (EventStatus.CONCLUDED, {}, DURING, True),
        (EventStatus.ARCHIVED, {}, DURING, True),
        (EventStatus.FINISHED, {"evaluation_closes_at": AFTERWARDS}, AFTERWARDS, True),
        (EventStatus.FINISHED, {"evaluation_closes_at": AFTERWARDS}, DURING, False),
        (EventStatus.RUNNING, {"has_posttest": False}, FIRST_ENDS_AT, True),
        (EventStatus.RUNNING, {"has_posttest": False}, DURING, False),
    ],
)
def test_solutions_are_shown_once_no_test_is_open_any_more(status, of_event, moment, shown):
    event = participant(status, **of_event).event

    assert workflow.solutions_shown(event, now=moment) is shown
