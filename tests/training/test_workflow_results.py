"""The results of an event: thresholds to the JP, what is missing in words, and the register."""

from datetime import UTC, datetime, timedelta

import pytest

from programs.models import Notification, Participation, Program
from programs.transitions import TransitionNotAllowed
from tests.factories.programs import IssuedPaperFactory, UserFactory
from tests.factories.training import (
    DURING,
    STARTS_AT,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
    bring_to,
)
from training.enums import EventStatus, RegistrationStatus, TestOccasion
from training.models import Attendance, Evaluation, Registration, TestAttempt
from training.workflow import attendance
from training.workflow import results as workflow

pytestmark = pytest.mark.django_db
Status = RegistrationStatus


def finished(hours=(2, 2, 2, 2, 2), **details):
    """An event that is over, with a session for each of ``hours`` (its JP)."""
    event = EventFactory(**{"sessions": 0} | details)
    for number, jp in enumerate(hours, start=1):
        SessionFactory(event=event, number=number, jp=jp)
    return bring_to(event, EventStatus.FINISHED)


def present(event, *numbers, **details):
    """A participant who was in these sessions."""
    registration = RegistrationFactory(event=event, **details)
    for session in event.sessions.filter(number__in=numbers):
        Attendance.objects.create(registration=registration, session=session, checked_in_at=DURING)
    return registration


def outcome_of(registration):
    (outcome,) = workflow.outcomes(
        registration.event, Registration.objects.filter(pk=registration.pk)
    )
    return outcome


def conclude(event):
    return workflow.conclude(event, by=UserFactory())


def status_of(registration):
    registration.refresh_from_db()
    return registration.status


# --- Thresholds ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "sessions", "status"),
    [
        (80, 4, Status.QUALIFIED),
        (80, 3, Status.PARTLY),
        (81, 4, Status.PARTLY),
        (81, 5, Status.QUALIFIED),
        (100, 5, Status.QUALIFIED),
        (1, 1, Status.QUALIFIED),
        (1, 0, Status.ABSENT),
    ],
)
def test_the_threshold_is_reached_exactly(percent, sessions, status):
    event = finished(sessions_percent=percent)
    registration = present(event, *range(1, sessions + 1))

    outcome = outcome_of(registration)

    assert (outcome.status, outcome.jp, outcome.of_jp) == (status, sessions * 2, 10)


def test_long_sessions_weigh_more_than_short_ones():
    event = finished(hours=(1, 1, 8))

    assert outcome_of(present(event, 3)).status == Status.QUALIFIED
    assert outcome_of(present(event, 1, 2)).status == Status.PARTLY
    assert outcome_of(present(event, 1, 2)).percent == 20


def test_who_only_saw_the_opening_was_not_absent():
    event = finished(hours=(0, 4))
    registration = present(event, 1)

    outcome = outcome_of(registration)

    assert (outcome.status, outcome.jp) == (Status.PARTLY, 0)


def test_an_event_without_jp_counts_its_sessions():
    event = finished(hours=(0, 0, 0, 0), sessions_percent=75)

    enough, too_few = outcome_of(present(event, 1, 2, 3)), outcome_of(present(event, 1, 2))

    assert (enough.status, enough.percent) == (Status.QUALIFIED, 75)
    assert too_few.missing == ("hadir 2 dari 4 sesi, paling sedikit 75 % diperlukan",)


def test_what_was_not_present_after_all_does_not_count():
    event = finished()
    registration = present(event, 1, 2, 3, 4)
    registration.attendances.filter(session__number=1).update(
        marked=False, marked_by=UserFactory(), marked_at=DURING, mark_reason="Dititipkan."
    )

    assert outcome_of(registration).jp == 6


# --- Evaluation and post-test --------------------------------------------------------------------


def test_a_required_evaluation_is_missing_until_it_is_there():
    event = finished(evaluation_required=True)
    registration = present(event, 1, 2, 3, 4, 5)
    assert outcome_of(registration).missing == ("evaluasi belum diisi",)

    Evaluation.objects.create(registration=registration)

    assert outcome_of(registration).status == Status.QUALIFIED


@pytest.mark.parametrize(
    ("score", "missing"),
    [
        (None, ("tes akhir belum dikerjakan",)),
        (69, ("nilai tes akhir 69, paling sedikit 70",)),
        (70, ()),
        (100, ()),
    ],
)
def test_a_minimum_of_the_posttest_is_reached_exactly(score, missing):
    event = finished(has_posttest=True, posttest_minimum=70)
    registration = present(event, 1, 2, 3, 4, 5)
    TestAttempt.objects.create(
        registration=registration, occasion=TestOccasion.PRE, answers={}, score=90
    )
    if score is not None:
        TestAttempt.objects.create(
            registration=registration, occasion=TestOccasion.POST, answers={}, score=score
        )

    assert outcome_of(registration).missing == missing


def test_without_a_minimum_the_posttest_decides_nothing():
    event = finished(has_posttest=True)

    assert outcome_of(present(event, 1, 2, 3, 4, 5)).status == Status.QUALIFIED


def test_everything_that_is_missing_is_said():
    event = finished(evaluation_required=True, has_posttest=True, posttest_minimum=70)

    assert outcome_of(present(event, 1)).missing == (
        "hadir 2 dari 10 JP, paling sedikit 80 % diperlukan",
        "evaluasi belum diisi",
        "tes akhir belum dikerjakan",
    )


# --- Conclude ------------------------------------------------------------------------------------


def test_everybody_gets_the_result_with_jp_history_and_message():
    event = finished()
    absent, partly, qualified = present(event), present(event, 1), present(event, 1, 2, 3, 4)
    waiting = RegistrationFactory(event=event, status=Status.WAITING)

    event = conclude(event)

    assert event.status == EventStatus.CONCLUDED
    assert [status_of(one) for one in (absent, partly, qualified, waiting)] == [
        Status.ABSENT,
        Status.PARTLY,
        Status.QUALIFIED,
        Status.WAITING,
    ]
    assert [one.attended_jp for one in (absent, partly, qualified, waiting)] == [0, 2, 8, None]
    assert partly.history.get().reason == "hadir 2 dari 10 JP, paling sedikit 80 % diperlukan"
    assert [entry.action for one in (absent, qualified) for entry in one.history.all()] == [
        "mark_absent",
        "qualify",
    ]
    assert set(Notification.objects.values_list("recipient", "subject")) == {
        (absent.user_id, f"Anda tercatat tidak hadir: {event.title}"),
        (partly.user_id, f"Syarat sertifikat belum terpenuhi: {event.title}"),
        (qualified.user_id, f"Anda memenuhi syarat: {event.title}"),
    }


@pytest.mark.parametrize("status", [EventStatus.OPEN, EventStatus.RUNNING, EventStatus.CONCLUDED])
def test_results_are_fixed_when_the_event_is_over_and_once(status):
    event = EventFactory()
    if status != EventStatus.OPEN:
        bring_to(event, status)

    with pytest.raises(TransitionNotAllowed, match="Penetapan hasil"):
        conclude(event)


def test_many_participants_cost_no_more_queries(django_assert_max_num_queries):
    event = finished(program=a_program())
    for _ in range(30):
        present(event, 1, 2, 3, 4)

    with django_assert_max_num_queries(25):
        workflow.conclude(event, by=None)


# --- Reconsider ----------------------------------------------------------------------------------


def correct(event, registration, *, numbers):
    """Mark the participant present in these sessions, after opening the results again."""
    event = workflow.reconsider(event, by=UserFactory(), reason="Daftar hadir keliru.")
    for session in event.sessions.filter(number__in=numbers):
        attendance.mark(session, {registration: True}, by=UserFactory(), now=DURING)
    return event


def test_a_corrected_list_changes_the_result():
    event = conclude(finished())
    registration = present(event, 1, 2, 3, status=Status.PARTLY, attended_jp=6)

    conclude(correct(event, registration, numbers=[4]))

    assert (status_of(registration), registration.attended_jp) == (Status.QUALIFIED, 8)
    assert list(event.history.values_list("action", flat=True))[-3:] == [
        "conclude",
        "reconsider",
        "conclude",
    ]


def test_to_open_the_results_again_takes_a_reason():
    event = conclude(finished())

    with pytest.raises(TransitionNotAllowed, match="alasan"):
        workflow.reconsider(event, by=UserFactory(), reason=" ")


def test_opening_again_takes_the_order_of_certificates_back():
    event = conclude(finished())
    event.certificates_ordered_at, event.certificates_ordered_by = DURING, UserFactory()
    event.save()

    event = workflow.reconsider(event, by=UserFactory(), reason="Keliru.")

    assert (event.certificates_ordered_at, event.certificates_ordered_by) == (None, None)


def test_nothing_changed_means_nothing_is_told_again():
    event = finished()
    registration = present(event, 1, 2, 3, 4)
    event = conclude(event)

    conclude(workflow.reconsider(event, by=UserFactory(), reason="Diperiksa."))

    assert registration.history.count() == 1
    assert Notification.objects.filter(recipient=registration.user).count() == 1


def test_who_falls_and_rises_again_is_told_each_time():
    event = finished()
    registration = present(event, 1, 2, 3, 4)
    event = conclude(event)
    officer = UserFactory()

    for is_present in (False, None):
        event = workflow.reconsider(event, by=officer, reason="Keliru.")
        attendance.mark(
            event.sessions.get(number=4),
            {registration: is_present},
            by=officer,
            now=DURING,
            reason="Kode dititipkan.",
        )
        event = conclude(event)

    subjects = Notification.objects.filter(recipient=registration.user).order_by("pk")
    assert [
        subject.partition(":")[0] for subject in subjects.values_list("subject", flat=True)
    ] == [
        "Anda memenuhi syarat",
        "Syarat sertifikat belum terpenuhi",
        "Anda memenuhi syarat",
    ]


def test_a_certificate_stands_whatever_is_corrected():
    event = finished()
    registration = present(
        event,
        status=Status.CERTIFIED,
        attended_jp=8,
        certificate=IssuedPaperFactory(kind="CERTIFICATE"),
    )

    conclude(event)

    assert (status_of(registration), registration.attended_jp) == (Status.CERTIFIED, 8)


# --- The register --------------------------------------------------------------------------------


def a_program():
    program, _ = Program.objects.get_or_create(
        slug="e-smart-ikm", defaults={"name": "e-Smart IKM", "summary": "Pemasaran daring."}
    )
    return program


def valid(registration):
    return (
        Participation.objects.valid()
        .filter(key=workflow.participation_key(registration))
        .values_list("user", "activity", "kind", "jp")
    )


def test_who_passed_stands_in_the_register_and_nobody_else():
    event = finished(program=a_program(), title="Workshop e-Smart")
    passed, partly = present(event, 1, 2, 3, 4), present(event, 1)

    conclude(event)

    assert list(valid(passed)) == [(passed.user_id, "Workshop e-Smart", "BIMTEK", 8)]
    assert not valid(partly)
    assert Participation.objects.get().program == event.program


def test_without_a_program_nothing_is_written():
    event = finished()
    present(event, 1, 2, 3, 4)

    conclude(event)

    assert not Participation.objects.exists()


def test_the_day_is_the_one_in_jakarta():
    late = datetime(2026, 9, 30, 18, 0, tzinfo=UTC)  # 1 October, 01.00 WIB
    event = EventFactory(program=a_program(), sessions=0, ends_at=late)
    SessionFactory(event=event, starts_at=STARTS_AT, ends_at=late)
    type(event).objects.filter(pk=event.pk).update(ends_at=late)
    present(bring_to(event, EventStatus.FINISHED), 1)

    conclude(event)

    assert str(Participation.objects.get().completed_on) == "2026-10-01"


def test_a_corrected_list_withdraws_and_restores():
    event = finished(program=a_program())
    registration, officer = present(event, 1, 2, 3, 4), UserFactory()
    event = conclude(event)

    for is_present, stands in ((False, False), (True, True)):
        event = workflow.reconsider(event, by=officer, reason="Keliru.")
        attendance.mark(
            event.sessions.get(number=4),
            {registration: is_present},
            by=officer,
            now=DURING + timedelta(days=1),
            reason="Kode dititipkan.",
        )
        event = conclude(event)
        assert bool(valid(registration)) is stands

    assert Participation.objects.count() == 1
