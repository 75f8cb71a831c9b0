"""Nobody is trained and then left alone: calls, needs, mentors, and what came of the help."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from programs import arrows
from programs.esmart_enums import (
    ContactWay,
    EnrolmentStatus,
    MentoringKind,
    MentoringOutcome,
    MentoringStatus,
)
from programs.mentoring_needs import effects_of
from programs.models import MentoringNote, MentoringTask, Notification
from programs.transitions import TransitionNotAllowed
from programs.workflow import mentoring
from programs.workflow.enrolment import leave
from tests.factories.esmart import (
    EnrolmentFactory,
    MentorFactory,
    MentoringTaskFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import IkmFactory, RegionFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)  # after the tenth: October is due
Kind, Status = MentoringKind, MentoringStatus


def kinds_of(enrolment, status=Status.WAITING):
    return set(enrolment.mentoring.filter(status=status).values_list("kind", flat=True))


def seller(months, *, opened=date(2026, 1, 5), **facts):
    """An IKM that told these {month: turnover} of its one shop."""
    enrolment = EnrolmentFactory(
        selling=True,
        trained_on=date(2025, 1, 10),
        onboard_on=opened,
        first_sale=date(2026, 2, 1),
        last_sale=date(2026, 10, 1),
        **facts,
    )
    shop = ShopFactory(organization=enrolment.organization, opened_on=opened)
    for month, turnover in months.items():
        SalesReportFactory(shop=shop, month=date(2026, month, 1), turnover=turnover)
    return enrolment


@pytest.mark.parametrize(
    ("trained_on", "kind"),
    [
        (date(2026, 10, 21), Kind.DAY_30),
        (date(2026, 8, 22), Kind.DAY_90),
        (date(2026, 5, 24), Kind.DAY_180),
    ],
)
def test_a_call_is_due_so_many_days_after_the_workshop(trained_on, kind):
    enrolment = EnrolmentFactory(onboard=True, trained_on=trained_on, onboard_on=TODAY)

    mentoring.look_after_all(today=TODAY)

    task = enrolment.mentoring.get(kind=kind)
    assert task.due_on == TODAY
    assert "Lulus lokakarya" in task.explanation


def test_a_day_before_nobody_is_called():
    enrolment = EnrolmentFactory(onboard=True, trained_on=date(2026, 10, 22), onboard_on=TODAY)

    mentoring.look_after_all(today=TODAY)

    assert kinds_of(enrolment) == set()


@pytest.mark.parametrize(("trained_on", "needs"), [("2026-09-21", True), ("2026-09-22", False)])
def test_who_has_no_shop_after_sixty_days_needs_help(trained_on, needs):
    enrolment = EnrolmentFactory(trained=True, trained_on=date.fromisoformat(trained_on))

    mentoring.look_after_all(today=TODAY)

    assert (Kind.NO_SHOP in kinds_of(enrolment)) == needs


@pytest.mark.parametrize(
    ("today", "told", "needs"),
    [
        (date(2026, 11, 20), {8: 1}, True),
        (date(2026, 11, 20), {9: 1}, False),
        # Until the tenth the report of October is not due yet.
        (date(2026, 11, 10), {8: 1}, False),
        (date(2026, 11, 10), {7: 1}, True),
    ],
)
def test_two_months_without_a_report_are_silence(today, told, needs):
    enrolment = seller(told)

    mentoring.look_after_all(today=today)

    assert (Kind.SILENT in kinds_of(enrolment)) == needs


def test_a_shop_that_has_just_opened_is_not_silent():
    enrolment = seller({}, opened=date(2026, 10, 3))

    mentoring.look_after_all(today=TODAY)

    assert kinds_of(enrolment) == set()


@pytest.mark.parametrize(
    ("told", "needs"),
    [
        ({7: 900, 8: 800, 9: 700, 10: 600}, True),
        ({7: 900, 8: 800, 9: 800, 10: 600}, False),
        ({8: 800, 9: 700, 10: 600}, False),
        ({6: 900, 7: 800, 9: 700, 10: 600}, False),
        ({7: 900, 8: 800, 9: 700, 10: 701}, False),
    ],
)
def test_three_falls_in_a_row_need_help(told, needs):
    enrolment = seller({month: amount * 1000 for month, amount in told.items()})

    mentoring.look_after_all(today=TODAY)

    assert (Kind.FALLING in kinds_of(enrolment)) == needs


def test_all_shops_of_an_ikm_are_looked_at_together():
    enrolment = seller({7: 9_000, 8: 8_000, 9: 7_000, 10: 6_000})
    other = ShopFactory(organization=enrolment.organization)
    SalesReportFactory(shop=other, month=date(2026, 10, 1), turnover=5_000)

    mentoring.look_after_all(today=TODAY)

    assert kinds_of(enrolment) == set()


def test_the_reason_is_told_in_words_and_the_turnover_kept():
    enrolment = seller({7: 9_000_000, 8: 8_000_000, 9: 7_000_000, 10: 6_000_000})

    mentoring.look_after_all(today=TODAY)

    task = enrolment.mentoring.get()
    assert "Rp9.000.000 pada Juli 2026" in task.explanation
    assert "Rp6.000.000 pada Oktober 2026" in task.explanation
    assert task.turnover_before == 7_000_000


@pytest.mark.parametrize(
    "stage", ["registered", "verified", "scheduled", "left", "refused", "proposed"]
)
def test_who_is_not_trained_or_has_left_is_not_called(stage):
    EnrolmentFactory(**{stage: True})

    assert mentoring.look_after_all(today=TODAY) == 0


def test_looking_twice_opens_nothing_twice():
    EnrolmentFactory(trained=True, trained_on=date(2026, 8, 22))

    assert mentoring.look_after_all(today=TODAY) == 2  # the call of day 90, and no shop
    assert mentoring.look_after_all(today=TODAY) == 0


def test_many_ikm_cost_no_more_queries(django_assert_num_queries):
    for _ in range(2):
        seller({7: 9_000, 8: 8_000, 9: 7_000, 10: 6_000})
    with django_assert_num_queries(7):
        mentoring.look_after_all(today=TODAY)
    for _ in range(5):
        seller({7: 9_000, 8: 8_000, 9: 7_000, 10: 6_000})
    with django_assert_num_queries(7):
        mentoring.look_after_all(today=TODAY)


def test_what_the_facts_have_settled_ends_by_itself():
    enrolment = EnrolmentFactory(trained=True, trained_on=date(2026, 9, 1))
    mentoring.look_after_all(today=TODAY)
    ShopFactory(organization=enrolment.organization)
    type(enrolment).objects.filter(pk=enrolment.pk).update(
        status=EnrolmentStatus.ONBOARD, onboard_on=TODAY
    )

    mentoring.look_after_all(today=TODAY)

    task = enrolment.mentoring.get(kind=Kind.NO_SHOP)
    assert (task.status, task.closed_on) == (Status.DROPPED, TODAY)
    assert task.history.get().reason == "Toko sudah dibuka."


def test_what_a_mentor_has_begun_stays_with_the_mentor():
    enrolment = EnrolmentFactory(onboard=True, onboard_on=TODAY)
    task = MentoringTaskFactory(
        enrolment=enrolment, kind=Kind.NO_SHOP, status=Status.ASSIGNED, mentor=MentorFactory()
    )

    mentoring.look_after_all(today=TODAY)

    task.refresh_from_db()
    assert task.status == Status.ASSIGNED


@pytest.mark.parametrize(
    ("closed_on", "asked_again"), [(date(2026, 9, 21), True), (date(2026, 9, 22), False)]
)
def test_a_need_rests_for_sixty_days_after_the_help(closed_on, asked_again):
    enrolment = EnrolmentFactory(trained=True, trained_on=date(2026, 1, 1))
    MentoringTaskFactory(
        enrolment=enrolment,
        kind=Kind.NO_SHOP,
        status=Status.DONE,
        outcome=MentoringOutcome.IMPROVING,
        mentor=MentorFactory(),
        closed_on=closed_on,
    )

    mentoring.look_after_all(today=TODAY)

    assert (Kind.NO_SHOP in kinds_of(enrolment)) == asked_again


MOVES = {
    arrows.ASSIGN: lambda task: mentoring.assign(task, mentor=MentorFactory(), by=UserFactory()),
    arrows.COMPLETE: lambda task: mentoring.complete(
        task,
        outcome=MentoringOutcome.SOLVED,
        way=ContactWay.PHONE,
        text="Selesai.",
        by=UserFactory(),
        today=TODAY,
    ),
    arrows.DROP: lambda task: mentoring.drop(
        task, by=UserFactory(), reason="Sudah didampingi dinas.", today=TODAY
    ),
}


def task_at(status):
    facts = {}
    if status in (Status.ASSIGNED, Status.DONE):
        facts["mentor"] = MentorFactory()
    if status in (Status.DONE, Status.DROPPED):
        facts["closed_on"] = TODAY
    if status == Status.DONE:
        facts["outcome"] = MentoringOutcome.SOLVED
    return MentoringTaskFactory(status=status, **facts)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.action)
def test_a_move_starts_only_where_its_arrow_starts(move, status):
    task = task_at(status)

    if status in move.sources:
        MOVES[move](task)
    else:
        with pytest.raises(TransitionNotAllowed):
            MOVES[move](task)

    task.refresh_from_db()
    assert task.status == (move.target if status in move.sources else status)


def test_the_database_refuses_an_end_without_an_outcome():
    task = task_at(Status.ASSIGNED)

    with pytest.raises(IntegrityError, match="done_with_an_outcome"), transaction.atomic():
        MentoringTask.objects.filter(pk=task.pk).update(status=Status.DONE, closed_on=TODAY)


def test_mentor_and_owner_are_told_whom_they_have(django_capture_on_commit_callbacks):
    owner = UserFactory()
    task = MentoringTaskFactory(
        enrolment=EnrolmentFactory(trained=True, organization=IkmFactory(owner=owner))
    )
    mentor = MentorFactory()

    mentoring.assign(task, mentor=mentor, by=UserFactory())

    assert Notification.objects.get(recipient=mentor.user).subject.startswith("Dampingi")
    assert mentor.user.email in Notification.objects.get(recipient=owner).body


def test_a_full_mentor_gets_nobody_more():
    mentor = MentorFactory(most_tasks=1)
    mentoring.assign(MentoringTaskFactory(), mentor=mentor, by=UserFactory())

    with pytest.raises(TransitionNotAllowed, match="batasnya"):
        mentoring.assign(MentoringTaskFactory(), mentor=mentor, by=UserFactory())


def test_tasks_go_to_the_mentor_of_the_province_with_the_most_room():
    region = RegionFactory()
    near_busy, near_free = MentorFactory(most_tasks=4), MentorFactory(most_tasks=4)
    everywhere = MentorFactory()
    for mentor in (near_busy, near_free):
        mentor.provinces.add(region.province)
    mentoring.assign(MentoringTaskFactory(), mentor=near_busy, by=UserFactory())
    task = MentoringTaskFactory(
        enrolment=EnrolmentFactory(trained=True, organization=IkmFactory(region=region))
    )
    elsewhere = MentoringTaskFactory(
        enrolment=EnrolmentFactory(
            trained=True,
            organization=IkmFactory(region=RegionFactory(code="32.73", name="Kota Bandung")),
        )
    )

    assert mentoring.assign_automatically() == 2

    task.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (task.mentor, elsewhere.mentor) == (near_free, everywhere)


def test_what_no_mentor_has_room_for_waits():
    MentorFactory(most_tasks=1)
    MentoringTaskFactory.create_batch(3)

    assert mentoring.assign_automatically() == 1
    assert MentoringTask.objects.filter(status=Status.WAITING).count() == 2


def test_the_owner_asks_for_help_once():
    owner = UserFactory()
    enrolment = EnrolmentFactory(onboard=True, organization=IkmFactory(owner=owner))

    task = mentoring.ask_for_help(enrolment, by=owner, text="Ongkir mahal", today=TODAY)

    assert (task.kind, task.explanation) == (Kind.REQUESTED, "Ongkir mahal")
    with pytest.raises(TransitionNotAllowed, match="masih kami kerjakan"):
        mentoring.ask_for_help(enrolment, by=owner, text="Lagi", today=TODAY)


def test_notes_are_added_while_the_task_is_open_and_never_rewritten():
    task = task_at(Status.ASSIGNED)
    note = mentoring.add_note(task, way=ContactWay.VISIT, text="Foto baru.", by=UserFactory())

    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        MentoringNote.objects.filter(pk=note.pk).update(text="Lain")
    with pytest.raises(TransitionNotAllowed, match="sudah ditutup"):
        mentoring.add_note(
            task_at(Status.DONE), way=ContactWay.PHONE, text="Lagi", by=UserFactory()
        )


def test_the_effect_is_known_when_three_months_are_told():
    enrolment = seller({5: 3_000, 6: 6_000, 7: 9_000})
    task = MentoringTaskFactory(
        enrolment=enrolment,
        status=Status.DONE,
        outcome=MentoringOutcome.SOLVED,
        mentor=MentorFactory(),
        closed_on=date(2026, 4, 20),
    )

    assert effects_of([task], today=date(2026, 8, 11)) == {task.pk: 6_000}
    assert effects_of([task], today=date(2026, 8, 10)) == {}
    assert effects_of([task_at(Status.ASSIGNED)], today=TODAY) == {}


def test_who_leaves_e_smart_is_called_no_more():
    enrolment = EnrolmentFactory(trained=True)
    waiting = MentoringTaskFactory(enrolment=enrolment)
    begun = MentoringTaskFactory(
        enrolment=enrolment, kind=Kind.NO_SHOP, status=Status.ASSIGNED, mentor=MentorFactory()
    )

    leave(enrolment, by=UserFactory(), reason="Usaha tutup.", today=TODAY)

    for task in (waiting, begun):
        task.refresh_from_db()
        assert (task.status, task.closed_on) == (Status.DROPPED, TODAY)
        assert task.history.get().reason == "IKM keluar dari e-Smart."
