"""What participants hand in besides being there: pre-test, post-test, evaluation."""

from django.db import IntegrityError, transaction

from programs.transitions import TransitionNotAllowed
from training.enums import EventStatus, RegistrationStatus, TestOccasion
from training.models import Evaluation, EvaluationScore, TestAttempt
from training.quiz import score

AFTERWARDS = [EventStatus.RUNNING, EventStatus.FINISHED]


def refuse_test_unless_open(registration, occasion, *, now):
    """Raise with the reason when this participant cannot take this test now."""
    event = registration.event
    offered = event.has_pretest if occasion == TestOccasion.PRE else event.has_posttest
    words = TestOccasion(occasion).label
    if not offered:
        raise TransitionNotAllowed(f"Kegiatan ini tidak memakai {words}.")
    if registration.test_attempts.filter(occasion=occasion).exists():
        raise TransitionNotAllowed(f"Anda sudah mengerjakan {words}.")
    _refuse_unless_participant(registration, words)
    if occasion == TestOccasion.PRE and now >= _pretest_closes_at(event):
        raise TransitionNotAllowed("Tes awal ditutup saat sesi pertama selesai.")
    if occasion == TestOccasion.POST:
        last = event.sessions.order_by("-starts_at").first()
        if now < last.starts_at:
            raise TransitionNotAllowed("Tes akhir dibuka saat sesi terakhir dimulai.")
        _refuse_when_late(event, now)


def refuse_evaluation_unless_open(registration, *, now):
    """Raise with the reason when this participant cannot evaluate the event now."""
    event = registration.event
    if Evaluation.objects.filter(registration=registration).exists():
        raise TransitionNotAllowed("Anda sudah mengisi evaluasi. Terima kasih.")
    _refuse_unless_participant(registration, "evaluasi")
    if event.status not in AFTERWARDS:
        raise TransitionNotAllowed("Evaluasi dibuka setelah kegiatan dimulai.")
    _refuse_when_late(event, now)


def solutions_shown(event, *, now):
    """Whether participants may read the right answers: not while anybody can still be asked."""
    if event.status in [EventStatus.CONCLUDED, EventStatus.ARCHIVED]:
        return True
    if event.has_posttest:
        return event.evaluation_closes_at is not None and now >= event.evaluation_closes_at
    return now >= _pretest_closes_at(event)


def hand_in_test(registration, occasion, *, answers, now):
    """Mark a test: ``answers`` is {question number: chosen option, from 1}. One attempt each."""
    refuse_test_unless_open(registration, occasion, now=now)
    questions = list(registration.event.questions.all())
    right = {question.number: question.correct for question in questions}
    try:
        with transaction.atomic():
            return TestAttempt.objects.create(
                registration=registration,
                occasion=occasion,
                answers={str(number): chosen for number, chosen in answers.items()},
                score=score(answers, right),
            )
    except IntegrityError:
        raise TransitionNotAllowed("Anda sudah mengerjakan tes ini.") from None


def hand_in_evaluation(registration, *, scores, comment, now):
    """Keep the marks: ``scores`` is {(aspect, speaker or None): 1 to 5}."""
    refuse_evaluation_unless_open(registration, now=now)
    try:
        with transaction.atomic():
            evaluation = Evaluation.objects.create(registration=registration, comment=comment)
            EvaluationScore.objects.bulk_create(
                [
                    EvaluationScore(
                        evaluation=evaluation, aspect=aspect, speaker=speaker, score=mark
                    )
                    for (aspect, speaker), mark in scores.items()
                ]
            )
    except IntegrityError:
        raise TransitionNotAllowed("Anda sudah mengisi evaluasi. Terima kasih.") from None
    return evaluation


def _refuse_unless_participant(registration, words):
    if registration.status == RegistrationStatus.ACCEPTED:
        return
    if registration.holds_a_place:
        raise TransitionNotAllowed(
            f"Hasil kegiatan ini sudah ditetapkan, sehingga {words} sudah ditutup."
        )
    raise TransitionNotAllowed(f"{words.capitalize()} hanya untuk peserta kegiatan ini.")


def _pretest_closes_at(event):
    return event.sessions.order_by("starts_at").first().ends_at


def _refuse_when_late(event, now):
    if event.evaluation_closes_at and now >= event.evaluation_closes_at:
        raise TransitionNotAllowed("Waktu pengisian sudah ditutup. Hubungi narahubung kegiatan.")
