"""The rules of a batch: partners first, days in order, people told."""

from datetime import timedelta

import pytest

from programs import roles
from programs.models import Notification, Participation, Program
from programs.transitions import TransitionNotAllowed
from tests.factories.diklat import BatchFactory, DemandFactory, TraineeFactory
from tests.factories.programs import (
    OrganizationFactory,
    UserFactory,
    officer,
)
from tests.factories.subsidy_stages import day
from training.diklat_enums import (
    AttendanceState,
    BatchStatus,
    FollowupState,
    TraineeStatus,
)
from training.models import Batch, Followup
from training.workflow import batch as batches
from training.workflow import daily_attendance, placement
from training.workflow import trainee as trainees

pytestmark = pytest.mark.django_db
B, T = BatchStatus, TraineeStatus
A_DAY = timedelta(days=1)
TODAY = day(0)


@pytest.fixture
def by():
    return officer(roles.BDI_ADMIN)


def open_batch(**others):
    batch = BatchFactory(status=B.OPEN, **others)
    assert batch.opens_on <= TODAY <= batch.closes_on
    return batch


def test_a_batch_is_planned_and_its_year_follows_its_start(by):
    known = BatchFactory()
    batch = Batch(
        **{
            field.attname: getattr(known, field.attname)
            for field in Batch._meta.fields
            if field.name not in ("id", "year", "number")
        },
        number=known.number + 1,
    )

    batches.plan(batch, by=by)

    assert (batch.year, batch.status) == (batch.starts_on.year, B.PLANNED)
    assert [entry.action for entry in batch.history.all()] == ["plan"]


def test_placement_is_named_before_anything_is_announced(by):
    batch = BatchFactory(demand_count=0)

    with pytest.raises(TransitionNotAllowed, match="kebutuhan paling sedikit satu perusahaan"):
        batches.open_registration(batch, by=by, today=TODAY)
    batches.name_demand(
        batch, by=by, company=OrganizationFactory(), position="Operator jahit", places=30
    )
    assert batches.open_registration(batch, by=by, today=TODAY).opened_at is not None


def test_registration_is_not_opened_after_its_last_day(by):
    batch = BatchFactory()

    with pytest.raises(TransitionNotAllowed, match="yang sudah lewat"):
        batches.open_registration(batch, by=by, today=batch.closes_on + A_DAY)


def test_the_same_work_named_again_changes_its_number(by):
    batch = BatchFactory()
    demand = batch.demands.get()

    batches.name_demand(batch, by=by, company=demand.company, position="operator JAHIT", places=35)

    assert batch.demands.get().places == 35


def test_a_demand_can_be_dropped_until_somebody_works_there(by):
    batch = BatchFactory(status=B.OPEN)
    first = batch.demands.get()
    with pytest.raises(TransitionNotAllowed, match="paling sedikit satu kebutuhan mitra"):
        batches.drop_demand(first, by=by)
    second = DemandFactory(batch=batch, position="Penyetrika")
    batches.drop_demand(first, by=by)
    assert batch.demands.get() == second

    placed = TraineeFactory(status=T.PLACED)
    with pytest.raises(TransitionNotAllowed, match="Sudah ada peserta yang ditempatkan"):
        batches.drop_demand(placed.batch.demands.get(), by=by)


def test_the_last_demand_of_a_plan_can_be_dropped(by):
    batch = BatchFactory()

    batches.drop_demand(batch.demands.get(), by=by)

    assert not batch.demands.exists()


def test_an_ended_batch_takes_no_demand(by):
    with pytest.raises(TransitionNotAllowed, match="sudah berakhir"):
        batches.name_demand(
            BatchFactory(status=B.CLOSED),
            by=by,
            company=OrganizationFactory(),
            position="Penjahit",
            places=1,
        )


def test_the_clock_does_not_close_a_registration_on_its_last_day(by):
    batch = open_batch()

    with pytest.raises(TransitionNotAllowed, match="belum sampai"):
        batches.end_registration(batch, today=batch.closes_on)
    assert batches.end_registration(batch, by=by, today=TODAY).status == B.SELECTION


def test_a_prolonged_registration_ends_before_the_training(by):
    batch = BatchFactory(status=B.SELECTION)

    for closes_on, words in [
        (TODAY - A_DAY, "tidak boleh sudah lewat"),
        (batch.starts_on, "harus ditutup sebelum pelatihan mulai"),
    ]:
        with pytest.raises(TransitionNotAllowed, match=words):
            batches.reopen(batch, by=by, closes_on=closes_on, reason="Sepi.", today=TODAY)
    batch = batches.reopen(batch, by=by, closes_on=day(1), reason="Sepi.", today=TODAY)
    assert (batch.status, batch.closes_on) == (B.OPEN, day(1))


def test_a_training_does_not_begin_early_or_without_anybody(by):
    batch = BatchFactory(status=B.SELECTION)

    with pytest.raises(TransitionNotAllowed, match="dijadwalkan mulai"):
        batches.start(batch, by=by, today=batch.starts_on - A_DAY)
    with pytest.raises(TransitionNotAllowed, match="Belum ada peserta yang lulus seleksi"):
        batches.start(batch, by=by, today=batch.starts_on)


def test_with_the_training_those_who_were_selected_begin(by):
    batch = BatchFactory(status=B.SELECTION)
    chosen = TraineeFactory(batch=batch, status=T.SELECTED)
    undecided = TraineeFactory(batch=batch)

    batch = batches.start(batch, today=batch.starts_on)

    chosen.refresh_from_db()
    undecided.refresh_from_db()
    assert (chosen.status, undecided.status) == (T.TRAINING, T.REGISTERED)
    assert chosen.history.last().action == "begin_training"
    assert batch.seated == 1


def test_a_training_ends_after_its_last_day_and_reserves_are_told(by):
    batch = BatchFactory(status=B.RUNNING)
    stays = TraineeFactory(batch=batch, status=T.TRAINING, user=UserFactory())
    reserve = TraineeFactory(batch=batch, user=UserFactory())

    for who, when in [(None, batch.ends_on), (by, batch.ends_on - A_DAY)]:
        with pytest.raises(TransitionNotAllowed, match="dijadwalkan sampai"):
            batches.end_training(batch, by=who, today=when)
    batches.end_training(batch, today=batch.ends_on + A_DAY)

    stays.refresh_from_db()
    reserve.refresh_from_db()
    assert (stays.status, reserve.status) == (T.TRAINING, T.NOT_SELECTED)
    assert "Semua tempat terisi" in Notification.objects.get(recipient=reserve.user).body
    assert "Hasil uji kompetensi Anda" in Notification.objects.get(recipient=stays.user).subject


def test_who_was_trained_took_part_in_the_program(by):
    program = Program.objects.create(slug="diklat-3in1", name="Diklat 3in1", summary="Tiga hal.")
    batch = BatchFactory(status=B.RUNNING)
    stays, leaves = (
        TraineeFactory(batch=batch, status=T.TRAINING, user=UserFactory()) for _ in range(2)
    )
    TraineeFactory(batch=batch, status=T.TRAINING, email="")

    batches.end_training(batch, today=batch.ends_on + A_DAY)
    trainees.drop_out(leaves, by=by, reason="Tidak datang sejak pekan kedua.")

    part = Participation.objects.valid().get()
    assert (part.user, part.program, part.jp) == (stays.user, program, batch.course.jp)
    assert part.completed_on == batch.ends_on
    assert str(batch) == part.activity


def test_placement_begins_when_everybody_has_a_result(by):
    trainee = TraineeFactory(status=T.TRAINING, batch=BatchFactory(status=B.CERTIFICATION))

    with pytest.raises(TransitionNotAllowed, match="1 peserta tanpa hasil uji"):
        batches.begin_placement(trainee.batch, by=by)


def test_a_batch_is_closed_when_everybody_was_asked_twice(by):
    batch = BatchFactory(status=B.PLACEMENT)
    trainee = TraineeFactory(batch=batch, status=T.COMPETENT)
    with pytest.raises(TransitionNotAllowed, match="1 lulusan yang belum dicatat"):
        batches.close(batch, by=by)
    placement.place(trainee, by=by, demand=batch.demands.get(), starts_on=batch.ends_on)
    with pytest.raises(TransitionNotAllowed, match="2 tindak lanjut"):
        batches.close(batch, by=by)

    for followup in Followup.objects.filter(trainee=trainee):
        placement.record_followup(
            followup, by=by, state=FollowupState.SAME_PLACE, today=followup.due_on
        )

    assert batches.close(batch, by=by).status == B.CLOSED


def test_a_cancelled_batch_tells_everybody_why(by):
    person = UserFactory()
    trainee = TraineeFactory(user=person)

    batch = batches.cancel(trainee.batch, by=by, reason="Mitra mundur.")

    assert (batch.status, batch.cancellation) == (B.CANCELLED, "Mitra mundur.")
    told = Notification.objects.get(recipient=person)
    assert told.subject == "Angkatan ini dibatalkan"
    assert "Mitra mundur." in told.body
    with pytest.raises(TransitionNotAllowed, match="harus disertai alasan"):
        batches.cancel(BatchFactory(), by=by, reason=" ")


def test_other_days_are_told_to_those_whom_they_concern(by):
    trainee = TraineeFactory(user=UserFactory())
    batch = Batch.objects.get(pk=trainee.batch.pk)
    batch.ends_on += A_DAY

    batches.revise(batch, by=by, changed=["pelatihan selesai"])

    assert batch.history.last().reason == "Diubah: pelatihan selesai."
    assert "tempat pelatihan berubah" in Notification.objects.get(recipient=trainee.user).subject


def test_another_contact_is_told_to_nobody(by):
    trainee = TraineeFactory(user=UserFactory())
    batch = Batch.objects.get(pk=trainee.batch.pk)
    batch.contact = "Panitia baru, (021) 111"

    batches.revise(batch, by=by, changed=["narahubung"])

    assert not Notification.objects.filter(recipient=trainee.user).exists()


def test_what_has_happened_cannot_be_planned_anew(by):
    trainee = TraineeFactory(status=T.TRAINING)
    batch = trainee.batch
    daily_attendance.record_attendance(
        batch,
        by=by,
        day=TODAY,
        states={trainee.pk: (AttendanceState.PRESENT, "")},
        today=TODAY,
    )

    for changes, words in [
        ({"starts_on": batch.starts_on + A_DAY}, "Pelatihan sudah dimulai"),
        ({"ends_on": TODAY - A_DAY}, "Sudah ada presensi"),
    ]:
        changed = Batch.objects.get(pk=batch.pk)
        for name, value in changes.items():
            setattr(changed, name, value)
        with pytest.raises(TransitionNotAllowed, match=words):
            batches.revise(changed, by=by, changed=list(changes))


def test_the_capacity_covers_those_who_have_a_seat(by):
    batch = BatchFactory(status=B.SELECTION, capacity=2)
    TraineeFactory.create_batch(2, batch=batch, status=T.SELECTED)
    batch = Batch.objects.get(pk=batch.pk)
    batch.capacity = 1

    with pytest.raises(TransitionNotAllowed, match="Sudah 2 peserta"):
        batches.revise(batch, by=by, changed=["jumlah tempat"])
