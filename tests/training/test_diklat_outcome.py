"""The rules of the daily list, the test, the work, and the question whether it lasts."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from programs import roles
from programs.models import Notification
from programs.transitions import TransitionNotAllowed
from tests.factories.diklat import BatchFactory, DemandFactory, TraineeFactory
from tests.factories.programs import (
    UserFactory,
    officer,
)
from tests.factories.subsidy_stages import day
from tests.factories.training import organizer
from training.diklat_enums import (
    AttendanceState,
    BatchStatus,
    FollowupState,
    PlacementKind,
    TraineeStatus,
)
from training.models import Batch, Followup, Trainee
from training.workflow import batch as batches
from training.workflow import certification, daily_attendance, placement

pytestmark = pytest.mark.django_db
B, T = BatchStatus, TraineeStatus
A_DAY = timedelta(days=1)
TODAY = day(0)


@pytest.fixture
def by():
    return officer(roles.BDI_ADMIN)


def test_a_list_is_kept_and_corrected(by):
    batch = BatchFactory(status=B.RUNNING)
    one, two = TraineeFactory.create_batch(2, batch=batch, status=T.TRAINING)

    def write(**states):
        people = {"one": one, "two": two}
        return daily_attendance.record_attendance(
            batch,
            by=by,
            day=TODAY,
            states={people[name].pk: state for name, state in states.items()},
            today=TODAY,
        )

    present, ill = (AttendanceState.PRESENT, ""), (AttendanceState.ILL, "Demam")
    assert write(one=present, two=present) == 2
    assert write(one=present, two=ill) == 1

    row = two.attendance.get()
    assert (row.state, row.note, row.recorded_by) == (AttendanceState.ILL, "Demam", by)


def test_a_list_is_of_a_day_that_has_come_and_of_the_own_people(by):
    trainee = TraineeFactory(status=T.TRAINING)
    batch = trainee.batch
    stranger = TraineeFactory(status=T.TRAINING)

    for day_, who, words in [
        (batch.starts_on - A_DAY, trainee, "Pilih hari di antaranya"),
        (TODAY + A_DAY, trainee, "hari yang sudah tiba"),
        (TODAY, stranger, "bukan peserta angkatan ini"),
    ]:
        with pytest.raises(TransitionNotAllowed, match=words):
            daily_attendance.record_attendance(
                batch,
                by=by,
                day=day_,
                states={who.pk: (AttendanceState.PRESENT, "")},
                today=TODAY,
            )
    with pytest.raises(TransitionNotAllowed, match="Presensi tidak dapat dicatat"):
        daily_attendance.record_attendance(
            BatchFactory(status=B.PLACEMENT), by=by, day=TODAY, states={}, today=TODAY
        )


def somebody(status=T.TRAINING, **others):
    return TraineeFactory(status=status, batch=BatchFactory(status=B.CERTIFICATION), **others)


def test_a_competent_person_gets_the_certificate_in_the_mail(by):
    trainee = somebody(user=UserFactory())

    result = certification.record_result(
        trainee,
        by=by,
        is_competent=True,
        assessed_on=TODAY,
        today=TODAY,
        certificate_number=" LSP-0042 ",
    )

    trainee.refresh_from_db()
    assert (trainee.status, trainee.certified_on) == (T.COMPETENT, TODAY)
    assert (result.attempt, result.certificate_number) == (1, "LSP-0042")
    assert result.lsp == trainee.batch.course.lsp
    assert "LSP-0042" in Notification.objects.get(recipient=trainee.user).body


def test_each_attempt_is_kept(by):
    trainee = somebody()
    for is_competent in (False, False, True):
        certification.record_result(
            trainee, by=by, is_competent=is_competent, assessed_on=TODAY, today=TODAY
        )
        trainee.refresh_from_db()

    attempts = trainee.results.values_list("attempt", "is_competent")
    assert list(attempts) == [(1, False), (2, False), (3, True)]
    assert trainee.status == T.COMPETENT


def test_a_retake_beside_the_work_changes_no_status(by):
    trainee = somebody(T.NOT_YET_COMPETENT)
    placement.place(trainee, by=by, demand=trainee.batch.demands.get(), starts_on=TODAY)
    trainee.refresh_from_db()

    certification.record_result(trainee, by=by, is_competent=True, assessed_on=TODAY, today=TODAY)

    trainee.refresh_from_db()
    assert (trainee.status, trainee.certified_on) == (T.PLACED, TODAY)
    assert trainee.history.last().action == "retake"
    with pytest.raises(TransitionNotAllowed, match="sudah dinyatakan kompeten"):
        certification.record_result(
            trainee, by=by, is_competent=True, assessed_on=TODAY, today=TODAY
        )


def test_a_test_lies_between_the_training_and_today(by):
    trainee = somebody()

    for assessed_on, words in [
        (TODAY + A_DAY, "tidak boleh sesudah hari ini"),
        (trainee.batch.starts_on - A_DAY, "tidak boleh sebelum pelatihan"),
    ]:
        with pytest.raises(TransitionNotAllowed, match=words):
            certification.record_result(
                trainee, by=by, is_competent=True, assessed_on=assessed_on, today=TODAY
            )


def test_the_results_of_a_day_are_kept_all_or_none(by):
    batch = BatchFactory(status=B.CERTIFICATION)
    one, two = (TraineeFactory(batch=batch, status=T.TRAINING, name=name) for name in ("A", "B"))

    with pytest.raises(ValidationError, match="B: Nomor sertifikat ini sudah dipakai"):
        certification.record_results(
            [(one, True, "LSP-1"), (two, True, "LSP-1")],
            by=by,
            assessed_on=TODAY,
            today=TODAY,
        )
    assert not batch.trainees.filter(status=T.COMPETENT).exists()

    certification.record_results(
        [(one, True, "LSP-1"), (two, False, "")],
        by=by,
        assessed_on=TODAY,
        today=TODAY,
        valid_until=TODAY + 1000 * A_DAY,
    )
    assert [one.results.get().valid_until, two.results.get().valid_until] == [
        TODAY + 1000 * A_DAY,
        None,
    ]


def test_the_number_of_a_certificate_may_come_later(by):
    batch = BatchFactory(status=B.PLACEMENT)
    one, two = TraineeFactory.create_batch(2, batch=batch, status=T.COMPETENT)

    certification.name_certificates([(one.results.get(), "LSP-7")], by=by)

    assert one.results.get().certificate_number == "LSP-7"
    with pytest.raises(ValidationError, match="sudah dipakai"):
        certification.name_certificates([(two.results.get(), "LSP-7")], by=by)


def test_a_mistyped_result_is_taken_back_and_stays_on_record(by):
    trainee = somebody(T.COMPETENT)
    result = trainee.results.get()

    certification.void_result(result, by=by, reason="Tertukar.")

    trainee.refresh_from_db()
    assert (trainee.status, trainee.certified_on) == (T.TRAINING, None)
    assert trainee.results.get().void_reason == "Tertukar."
    with pytest.raises(TransitionNotAllowed, match="Hanya hasil uji yang terakhir"):
        certification.void_result(result, by=by, reason="Lagi.")
    with pytest.raises(TransitionNotAllowed, match="sudah dibatalkan"):
        certification.name_certificate(result, by=by, number="LSP-1")


def test_a_mistyped_retake_leads_back_to_the_attempt_before(by):
    trainee = somebody(T.NOT_YET_COMPETENT)
    certification.record_result(trainee, by=by, is_competent=True, assessed_on=TODAY, today=TODAY)
    first, second = trainee.results.all()

    with pytest.raises(TransitionNotAllowed, match="yang terakhir"):
        certification.void_result(first, by=by, reason="Tertukar.")
    with pytest.raises(TransitionNotAllowed, match="harus disertai alasan"):
        certification.void_result(second, by=by, reason=" ")
    certification.void_result(second, by=by, reason="Tertukar.")

    trainee.refresh_from_db()
    assert (trainee.status, trainee.certified_on) == (T.NOT_YET_COMPETENT, None)


def test_a_partner_takes_several_people_at_once(by):
    batch = BatchFactory(status=B.PLACEMENT)
    people = TraineeFactory.create_batch(2, batch=batch, status=T.COMPETENT, user=None)
    demand = batch.demands.get()

    placement.place_all(people, by=by, demand=demand, starts_on=TODAY)

    for trainee in batch.trainees.all():
        place = trainee.placements.get()
        assert (place.company, place.position) == (demand.company, demand.position)
        assert (trainee.status, trainee.working_since) == (T.PLACED, TODAY)
        assert [row.months for row in trainee.followups.all()] == [3, 6]


def test_more_people_than_asked_for_are_a_warning(by):
    batch = BatchFactory(status=B.PLACEMENT)
    demand = batch.demands.get()
    type(demand).objects.filter(pk=demand.pk).update(places=1)
    demand.refresh_from_db()
    people = TraineeFactory.create_batch(3, batch=batch, status=T.COMPETENT)

    placement.place_all(people[:1], by=by, demand=demand, starts_on=TODAY)
    assert placement.over_demand(demand) == 0
    placement.place_all(people[1:], by=by, demand=demand, starts_on=TODAY)

    assert placement.over_demand(demand) == 2


def test_a_new_place_replaces_the_one_before_and_moves_the_calls(by):
    trainee = TraineeFactory(status=T.PLACED)
    third, sixth = trainee.followups.all()
    Followup.objects.filter(pk=third.pk).update(
        done_on=TODAY, state=FollowupState.SAME_PLACE, recorded_by=by
    )

    placement.place(trainee, by=by, company_name="PT Lain", position="Penjahit", starts_on=TODAY)

    assert trainee.placements.current().get().company_name == "PT Lain"
    assert trainee.placements.count() == 2
    third.refresh_from_db()
    assert third.due_on < TODAY + 90 * A_DAY
    assert trainee.followups.get(months=6).due_on > sixth.due_on


def test_an_own_business_is_work_as_well(by):
    trainee = TraineeFactory(status=T.COMPETENT)

    placement.start_business(
        trainee, by=by, company_name="Jahit Melati", position="Konveksi", starts_on=TODAY
    )

    place = trainee.placements.get()
    assert (place.kind, place.company) == (PlacementKind.SELF_EMPLOYED, None)
    assert Trainee.objects.get(pk=trainee.pk).status == T.SELF_EMPLOYED


def test_a_place_that_came_to_nothing_is_asked_after_by_nobody(by):
    trainee = TraineeFactory(status=T.PLACED)

    placement.note_not_working(trainee, by=by, reason="Tidak jadi diterima.")

    trainee.refresh_from_db()
    assert (trainee.status, trainee.working_since) == (T.NOT_WORKING, None)
    assert not trainee.placements.current().exists()
    assert not trainee.followups.exists()


def test_work_is_of_the_own_batch_and_begins_after_the_training_began(by):
    trainee = TraineeFactory(status=T.COMPETENT)
    batch = trainee.batch

    with pytest.raises(TransitionNotAllowed, match="dari angkatan lain"):
        placement.place(trainee, by=by, demand=DemandFactory(), starts_on=TODAY)
    with pytest.raises(TransitionNotAllowed, match="tidak boleh sebelum pelatihan"):
        placement.place(
            trainee, by=by, demand=batch.demands.get(), starts_on=batch.starts_on - A_DAY
        )
    with pytest.raises(ValidationError):
        placement.place(trainee, by=by, position="Penjahit", starts_on=TODAY)


def test_an_answer_is_kept_and_corrected(by):
    trainee = TraineeFactory(status=T.PLACED)
    followup = trainee.followups.get(months=3)

    placement.record_followups(
        [(followup, FollowupState.UNREACHABLE, "Tiga kali dihubungi")],
        by=by,
        today=followup.due_on - placement.EARLY,
    )
    placement.record_followup(
        followup, by=by, state=FollowupState.SAME_PLACE, today=followup.due_on
    )

    followup.refresh_from_db()
    assert (followup.state, followup.done_on) == (FollowupState.SAME_PLACE, followup.due_on)
    assert trainee.history.filter(action="follow_up").count() == 2


def test_nobody_is_asked_long_before_the_day(by):
    followup = TraineeFactory(status=T.PLACED).followups.get(months=3)

    with pytest.raises(TransitionNotAllowed, match="baru dapat dicatat mulai"):
        placement.record_followup(
            followup,
            by=by,
            state=FollowupState.SAME_PLACE,
            today=followup.due_on - placement.EARLY - A_DAY,
        )


def test_a_closed_batch_takes_no_answer(by):
    followup = TraineeFactory(status=T.PLACED).followups.get(months=3)
    Batch.objects.filter(pk=followup.trainee.batch.pk).update(status=B.CLOSED)

    with pytest.raises(TransitionNotAllowed, match="Tindak lanjut tidak dapat dicatat"):
        placement.record_followup(
            followup, by=by, state=FollowupState.SAME_PLACE, today=followup.due_on
        )


def test_officers_of_the_unit_are_told_what_waits(by):
    batch = BatchFactory(status=B.OPEN)
    colleague = organizer(roles.BDI_ADMIN, batch.course.unit)

    batches.end_registration(batch, by=by, today=TODAY)

    told = Notification.objects.get(recipient=colleague)
    assert told.subject.startswith("Seleksi: ")
    assert told.url == f"/admin/training/batch/{batch.pk}/seleksi/"
    assert not Notification.objects.filter(recipient=by).exists()
