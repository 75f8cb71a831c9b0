"""Each rule of the database broken once, and the seats that count themselves."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from tests.factories.diklat import (
    BatchFactory,
    CourseFactory,
    DemandFactory,
    ResultFactory,
    TraineeFactory,
)
from tests.factories.programs import UserFactory
from training.diklat_enums import (
    AttendanceState,
    BatchStatus,
    FollowupState,
    PlacementKind,
    TraineeStatus,
)
from training.models import (
    Batch,
    BatchHistoryEntry,
    Course,
    DailyAttendance,
    Followup,
    PartnerDemand,
    Placement,
    Trainee,
    TraineeHistoryEntry,
)

pytestmark = pytest.mark.django_db
B, T = BatchStatus, TraineeStatus
A_DAY = timedelta(days=1)


def refused(name, deed, error=IntegrityError):
    with pytest.raises(error, match=name), transaction.atomic():
        deed()


def change(record, **values):
    return lambda: type(record).objects.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("training_course_takes_time", {"days": 0}),
        ("training_course_age_in_range", {"min_age": 5}),
        ("training_course_attendance_in_range", {"min_attendance_percent": 0}),
    ],
)
def test_a_course_makes_sense(name, values):
    refused(name, change(CourseFactory(), **values))


def test_a_unit_has_a_course_once():
    course = CourseFactory()

    refused("training_course_once", lambda: CourseFactory(unit=course.unit, title=course.title))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("training_batch_counts_from_one", {"number": 0}),
        ("training_batch_year_of_its_start", {"year": 2019}),
        ("training_batch_capacity_in_range", {"capacity": 501}),
        ("training_batch_cancelled_for_a_reason", {"cancellation": "Batal."}),
    ],
)
def test_a_batch_makes_sense(name, values):
    refused(name, change(BatchFactory(), **values))


def test_the_days_of_a_batch_are_in_order():
    batch = BatchFactory()

    refused("training_batch_ends_after_its_start", change(batch, ends_on=batch.starts_on - A_DAY))
    refused("training_batch_registration_before_training", change(batch, closes_on=batch.starts_on))
    refused(
        "training_batch_registration_before_training",
        change(batch, opens_on=batch.closes_on + A_DAY),
    )


def test_a_number_is_given_once_a_year_for_a_course():
    batch = BatchFactory()

    refused(
        "training_batch_number_once", lambda: BatchFactory(course=batch.course, number=batch.number)
    )


def test_a_batch_is_announced_with_its_moment():
    refused("training_batch_announced_once_open", change(BatchFactory(), status=B.OPEN))


def test_nothing_is_announced_without_a_partners_demand():
    batch = BatchFactory(demand_count=0)

    refused(
        "training_batch_demand_comes_first",
        change(batch, status=B.OPEN, opened_at=batch.created_at),
        DatabaseError,
    )


def test_the_last_demand_of_an_announced_batch_stays():
    planned, batch = BatchFactory(), BatchFactory(status=B.OPEN)
    other = DemandFactory(batch=batch, position="Penyetrika")
    other.delete()
    planned.demands.get().delete()

    refused(
        "training_partnerdemand_last_stays", lambda: batch.demands.get().delete(), DatabaseError
    )
    assert (batch.demands.count(), planned.demands.count()) == (1, 0)


def test_a_demand_names_the_same_work_of_a_company_once():
    demand = DemandFactory()

    refused(
        "training_partnerdemand_once",
        lambda: DemandFactory(batch=demand.batch, company=demand.company),
    )
    refused("training_partnerdemand_places_in_range", change(demand, places=0))


@pytest.mark.parametrize("record", [BatchFactory, TraineeFactory, ResultFactory])
def test_what_was_written_down_is_never_deleted(record):
    rows = type(record.create())._default_manager

    refused("Cannot delete rows", lambda: rows.all()._raw_delete("default"), DatabaseError)


def test_seats_are_counted_whoever_writes_the_batch():
    batch = BatchFactory(status=B.SELECTION)
    TraineeFactory(batch=batch)
    seated = TraineeFactory(batch=batch, status=T.SELECTED)
    TraineeFactory(batch=batch, status=T.NOT_SELECTED)

    batch.save()  # a copy from before, which still says 0

    batch.refresh_from_db()
    assert batch.seated == 1
    Trainee.objects.filter(pk=seated.pk).update(status=T.WITHDRAWN)
    batch.refresh_from_db()
    assert batch.seated == 0
    Batch.objects.filter(pk=batch.pk).update(seated=7)
    batch.refresh_from_db()
    assert batch.seated == 0


def test_nobody_is_seated_beyond_the_capacity():
    batch = BatchFactory(status=B.SELECTION, capacity=1)
    TraineeFactory(batch=batch, status=T.SELECTED)
    other = TraineeFactory(batch=batch)

    refused(
        "training_batch_never_overfull",
        change(other, status=T.SELECTED, decided_by=UserFactory()),
    )


def test_the_capacity_cannot_fall_below_those_who_have_a_seat():
    batch = BatchFactory(status=B.SELECTION, capacity=2)
    TraineeFactory.create_batch(2, batch=batch, status=T.SELECTED)

    refused("training_batch_never_overfull", change(batch, capacity=1))


@pytest.mark.parametrize(
    ("name", "status", "values"),
    [
        ("training_trainee_words_known", T.REGISTERED, {"gender": "X"}),
        ("training_trainee_email_in_lower_case", T.REGISTERED, {"email": "Rahmah@contoh.id"}),
        ("training_trainee_score_in_range", T.REGISTERED, {"score": 101}),
        ("training_trainee_selected_by_someone", T.SELECTED, {"decided_by": None}),
        ("training_trainee_competent_since_a_day", T.COMPETENT, {"certified_on": None}),
        ("training_trainee_works_since_a_day", T.PLACED, {"working_since": None}),
    ],
)
def test_a_trainee_makes_sense(name, status, values):
    refused(name, change(TraineeFactory(status=status), **values))


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("training_trainee_email_once", {"email": "rahmah@contoh.id"}),
        ("training_trainee_nik_once", {"nik_number": "1375014203850003"}),
    ],
)
def test_a_person_is_in_a_batch_once_unless_they_withdrew(name, same):
    batch = BatchFactory(status=B.OPEN)
    TraineeFactory(batch=batch, status=T.WITHDRAWN, **same)
    TraineeFactory(batch=batch, **same)

    refused(name, lambda: TraineeFactory(batch=batch, **same))
    assert TraineeFactory(**same).batch != batch


def test_people_without_mail_and_nik_do_not_stand_in_each_others_way():
    batch = BatchFactory(status=B.OPEN)

    TraineeFactory.create_batch(2, batch=batch, email="")

    assert batch.trainees.count() == 2


def test_a_nik_lies_sealed_and_is_shown_masked():
    trainee = TraineeFactory(nik_number="1375014203850003")

    stored = Trainee.objects.filter(pk=trainee.pk).extra(select={"raw": "nik"}).values("raw")
    assert "1375014203850003" not in str(stored)
    assert trainee.masked_nik == "1375 •••• •••• 0003"


def test_an_attendance_is_of_a_day_of_the_training():
    trainee = TraineeFactory(status=T.TRAINING)
    batch, who = trainee.batch, UserFactory()

    def write(day, state=AttendanceState.PRESENT):
        DailyAttendance.objects.create(trainee=trainee, day=day, state=state, recorded_by=who)

    write(batch.starts_on)
    write(batch.ends_on)
    outside = "training_dailyattendance_within_the_batch"
    refused(outside, lambda: write(batch.starts_on - A_DAY), DatabaseError)
    refused(outside, lambda: write(batch.ends_on + A_DAY), DatabaseError)
    refused("training_dailyattendance_once", lambda: write(batch.starts_on))
    refused("training_dailyattendance_state_known", lambda: write(batch.starts_on + A_DAY, "LATE"))


def test_a_result_makes_sense():
    trainee = TraineeFactory(status=T.COMPETENT)
    result = trainee.results.get()
    other = TraineeFactory(batch=trainee.batch, status=T.TRAINING)

    refused("training_result_attempt_once", lambda: ResultFactory(trainee=trainee))
    refused("training_result_competent_once", lambda: ResultFactory(trainee=trainee, attempt=2))
    refused(
        "training_result_certificate_of_the_competent",
        lambda: ResultFactory(trainee=other, is_competent=False, certificate_number="LSP-1"),
    )
    refused("training_result_valid_after_the_test", change(result, valid_until=result.assessed_on))
    change(result, certificate_number="LSP-7")()
    refused(
        "training_result_certificate_once",
        lambda: ResultFactory(trainee=other, certificate_number="LSP-7"),
    )


def test_a_void_result_makes_room_for_another():
    trainee = TraineeFactory(status=T.COMPETENT)
    change(trainee.results.get(), void_reason="Salah ketik.")()

    assert ResultFactory(trainee=trainee, attempt=2).is_competent


def test_a_placement_makes_sense():
    trainee = TraineeFactory(status=T.PLACED)
    now = trainee.placements.get()

    def place(**values):
        given = {
            "trainee": trainee,
            "kind": PlacementKind.EMPLOYED,
            "company_name": "PT Contoh",
            "position": "Penjahit",
            "starts_on": now.starts_on,
            "recorded_by": now.recorded_by,
            "replaced_at": now.recorded_at,
        }
        return lambda: Placement.objects.create(**given | values)

    place()()
    refused("training_placement_one_at_a_time", place(replaced_at=None))
    refused(
        "training_placement_own_business_is_no_company",
        place(kind=PlacementKind.SELF_EMPLOYED, company=now.company),
    )
    refused("training_placement_demand_is_of_a_company", place(demand=now.demand))
    refused("training_placement_names_the_place", place(company_name=""))


def test_a_followup_makes_sense():
    first, second = TraineeFactory(status=T.PLACED).followups.all()

    refused("training_followup_at_3_and_6_months", change(first, months=4))
    refused("training_followup_once", change(first, months=second.months))
    refused("training_followup_done_with_an_answer", change(first, done_on=first.due_on))
    refused("training_followup_done_with_an_answer", change(first, state=FollowupState.SAME_PLACE))


@pytest.mark.parametrize(
    ("entry", "record"),
    [(BatchHistoryEntry, BatchFactory), (TraineeHistoryEntry, TraineeFactory)],
    ids=["batch", "trainee"],
)
def test_a_move_that_needs_a_reason_is_written_down_with_it(entry, record):
    refused(
        "refusal_has_reason",
        lambda: record().history.create(
            action={BatchHistoryEntry: "cancel", TraineeHistoryEntry: "decline"}[entry],
            from_status="",
            to_status="",
        ),
    )


def test_words_of_the_constraints_reach_people():
    batch = BatchFactory()
    batch.closes_on = batch.starts_on

    with pytest.raises(ValidationError, match="Urutan tanggal"):
        batch.full_clean()


def test_records_say_what_they_are():
    trainee = TraineeFactory(name="Rahmah", status=T.PLACED)
    batch = trainee.batch

    assert str(batch) == f"{batch.course}, Angkatan {batch.number} Tahun {batch.year}"
    assert str(trainee.results.get()) == "Rahmah: kompeten"
    assert str(trainee.followups.first()) == "Rahmah, bulan ke-3"
    assert str(trainee.placements.get()) == f"Penjahit, {batch.demands.get().company}"
    assert str(batch.demands.get()) == f"{batch.demands.get().company}, Operator jahit"
    assert {model._meta.app_label for model in (Course, Followup, PartnerDemand)} == {"training"}
