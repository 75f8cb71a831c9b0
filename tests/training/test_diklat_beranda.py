"""What Beranda and one's own data say of Diklat 3in1; and the figures behind the three rates."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from programs import roles
from programs.models import SensitiveAccess
from programs.my_data import data_of
from programs.workflow.accounts import reasons_against_closing
from tests.factories.diklat import BatchFactory, CourseFactory, TraineeFactory
from tests.factories.programs import UserFactory, officer
from tests.factories.subsidy_stages import day
from tests.factories.training import UnitFactory, organizer
from training import diklat_my_tasks as my_tasks
from training.diklat_days import days_between, months_after
from training.diklat_enums import (
    AttendanceState,
    BatchStatus,
    FollowupState,
    TraineeStatus,
)
from training.diklat_figures import rates_by, rates_of, rates_of_each, table
from training.models import Batch, Followup
from training.workflow import batch as batches

pytestmark = pytest.mark.django_db
B, T = BatchStatus, TraineeStatus
TODAY = timezone.localdate()
A_WEEKDAY = TODAY if TODAY.weekday() != 6 else TODAY - timedelta(days=1)


def titles(user, today=TODAY):
    return [task.title for task in my_tasks.tasks_for(user, today)]


def test_who_was_selected_is_told_to_come():
    trainee = TraineeFactory(status=T.SELECTED, user=UserFactory())

    (task,) = my_tasks.tasks_for(trainee.user, TODAY)

    assert task.due_on == trainee.batch.starts_on
    assert task.url == f"/pelatihan/diklat/peserta/{trainee.pk}/"
    assert titles(trainee.user, trainee.batch.starts_on + timedelta(days=1)) == []
    assert titles(UserFactory()) == []


def test_ones_trainings_are_records_with_their_words():
    person = UserFactory()
    first = TraineeFactory(user=person)
    TraineeFactory()

    (record,) = my_tasks.records_for(person)

    assert (record.title, record.badge) == (str(first.batch.course), "Menunggu seleksi")


@pytest.mark.parametrize(
    ("batch_status", "status", "title"),
    [
        (B.SELECTION, T.REGISTERED, "Putuskan seleksi peserta"),
        (B.RUNNING, T.TRAINING, "Catat presensi hari ini"),
        (B.CERTIFICATION, T.TRAINING, "Catat hasil uji kompetensi"),
        (B.PLACEMENT, T.COMPETENT, "Catat penempatan lulusan"),
    ],
)
def test_officers_find_what_waits_in_their_batches(batch_status, status, title):
    batch = BatchFactory(status=batch_status)
    trainee = TraineeFactory(batch=batch, status=status)
    person = organizer(roles.BDI_ADMIN, batch.course.unit)

    assert titles(person, A_WEEKDAY) == [title]
    assert titles(organizer(roles.BDI_ADMIN, UnitFactory())) == []
    # Who looks after every unit would drown in it.
    assert titles(officer(roles.BPSDMI_OFFICER)) == []
    if batch_status == B.RUNNING:
        trainee.attendance.create(day=A_WEEKDAY, state=AttendanceState.PRESENT, recorded_by=person)
        assert titles(person, A_WEEKDAY) == []


def test_officers_are_reminded_to_open_and_to_ask():
    unit = UnitFactory()
    person = organizer(roles.BDI_ADMIN, unit)
    course = CourseFactory(unit=unit)
    BatchFactory(course=course)
    assert titles(person) == ["Buka pendaftaran Diklat"]
    placed = TraineeFactory(status=T.PLACED, batch=BatchFactory(course=course, status=B.PLACEMENT))
    Followup.objects.filter(trainee=placed, months=3).update(due_on=TODAY)

    assert titles(person) == ["Tanyakan kabar lulusan", "Buka pendaftaran Diklat"]


def test_the_tasks_cost_the_same_for_one_batch_and_for_three(django_assert_num_queries):
    unit = UnitFactory()
    person = organizer(roles.BDI_ADMIN, unit)
    course = CourseFactory(unit=unit)
    TraineeFactory(batch=BatchFactory(course=course, status=B.SELECTION))
    person.has_perm("training.manage_batch")
    my_tasks.tasks_for(person, TODAY)
    # What concerns the person was asked for already.
    with django_assert_num_queries(1):
        my_tasks.tasks_for(person, TODAY)
    for _ in range(2):
        TraineeFactory(batch=BatchFactory(course=course, status=B.SELECTION))

    with django_assert_num_queries(1):
        assert len(my_tasks.tasks_for(person, TODAY)) == 3


# --- One's own data -------------------------------------------------------------------------------


def test_ones_data_hold_the_training_and_that_the_nik_went_out():
    person = UserFactory()
    trainee = TraineeFactory(user=person, status=T.PLACED, nik_number="1375014203850003")
    Followup.objects.filter(trainee=trainee, months=3).update(
        done_on=TODAY, state=FollowupState.SAME_PLACE, recorded_by=officer()
    )
    trainee.attendance.create(
        day=trainee.batch.starts_on, state=AttendanceState.PRESENT, recorded_by=officer()
    )

    (told,) = data_of(person)["diklat_3in1"]

    assert told["nik"] == "1375014203850003"
    assert told["status"] == "ditempatkan"
    assert [row["kompeten"] for row in told["hasil_uji"]] == [True]
    assert [row["keadaan"] for row in told["tindak_lanjut"]] == ["masih di tempat yang sama"]
    assert [row["kehadiran"] for row in told["presensi"]] == ["hadir"]
    assert SensitiveAccess.objects.filter(user=person).count() == 1
    assert data_of(UserFactory())["diklat_3in1"] == []


@pytest.mark.parametrize(
    ("status", "hinders"), [(T.REGISTERED, 0), (T.SELECTED, 1), (T.TRAINING, 1), (T.PLACED, 0)]
)
def test_an_account_is_closed_once_nobody_expects_the_person(status, hinders):
    trainee = TraineeFactory(status=status, user=UserFactory())

    assert len(reasons_against_closing(trainee.user)) == hinders


def test_a_cancelled_batch_keeps_no_account_open():
    trainee = TraineeFactory(status=T.SELECTED, user=UserFactory())
    batches.cancel(trainee.batch, by=officer(), reason="Mitra mundur.")

    assert reasons_against_closing(trainee.user) == []


# --- Figures --------------------------------------------------------------------------------------


def test_the_three_rates_in_one_query(django_assert_num_queries):
    batch = BatchFactory(status=B.PLACEMENT)
    for status, number in [
        (T.PLACED, 2),
        (T.SELF_EMPLOYED, 1),
        (T.NOT_YET_COMPETENT, 1),
        (T.DROPPED_OUT, 1),
        (T.NOT_SELECTED, 1),
        (T.WITHDRAWN, 1),
    ]:
        TraineeFactory.create_batch(number, batch=batch, status=status)
    asked = Followup.objects.filter(trainee__batch=batch, months=3)
    asked.update(done_on=TODAY, state=FollowupState.SAME_PLACE, recorded_by=officer())
    Followup.objects.filter(pk=asked.first().pk).update(state=FollowupState.UNREACHABLE)
    TraineeFactory(status=T.PLACED)  # of another batch

    with django_assert_num_queries(1):
        figures = rates_of(Batch.objects.filter(pk=batch.pk))

    assert figures.started == 5
    assert (figures.trained.count, figures.trained.base) == (4, 5)
    assert (figures.certified.count, figures.certified.base) == (3, 4)
    assert (figures.placed.count, figures.placed.text) == (3, "75,00\N{NO-BREAK SPACE}%")
    assert (figures.after_3.count, figures.after_3.base) == (2, 3)
    assert figures.after_6.base == 0
    assert rates_of([batch.pk]) == figures


@pytest.mark.parametrize(
    ("status", "trained"), [(B.RUNNING, 0), (B.CERTIFICATION, 1), (B.CANCELLED, 0)]
)
def test_one_is_trained_when_the_days_of_training_are_over(status, trained):
    batch = BatchFactory(status=status)
    TraineeFactory(batch=batch, status=T.TRAINING)

    assert rates_of([batch.pk]).trained.count == trained


def test_the_figures_stand_by_unit_and_year(django_assert_num_queries):
    first = TraineeFactory(status=T.PLACED).batch
    BatchFactory(course=first.course)
    second = TraineeFactory(status=T.COMPETENT).batch

    with django_assert_num_queries(1):
        rows = rates_by(Batch.objects.all(), "course__unit__name", "year")

    assert [(row.group, row.batches, row.figures.placed.count) for row in rows] == sorted(
        [
            ((first.course.unit.name, first.year), 1, 1),
            ((second.course.unit.name, second.year), 1, 0),
        ]
    )
    assert set(rates_of_each([first.pk, second.pk])) == {first.pk, second.pk}
    headings, *lines = table(Batch.objects.filter(pk=first.pk))
    assert dict(zip(headings, lines[0], strict=True))["Ditempatkan (%)"] == 100


def test_of_nobody_there_is_no_rate():
    figures = rates_of(Batch.objects.none())

    assert (figures.started, figures.placed.text) == (0, None)


@pytest.mark.parametrize(
    ("begun", "months", "after"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 6, date(2027, 6, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(begun, months, after):
    assert months_after(begun, months) == after


def test_both_ends_belong_to_a_training():
    assert days_between(day(0), day(2)) == [day(0), day(1), day(2)]
