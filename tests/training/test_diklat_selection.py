"""The rules of registering, being chosen, and leaving."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from programs import roles
from programs.models import Notification, User
from programs.transitions import TransitionNotAllowed
from tests.factories.diklat import BatchFactory, DemandFactory, TraineeFactory
from tests.factories.programs import (
    DinasFactory,
    RegionFactory,
    UserFactory,
    officer,
)
from tests.factories.subsidy_stages import day
from training.diklat_enums import (
    BatchStatus,
    Education,
    Gender,
    TraineeStatus,
)
from training.models import Batch
from training.workflow import trainee as trainees

pytestmark = pytest.mark.django_db
B, T = BatchStatus, TraineeStatus
A_DAY = timedelta(days=1)
TODAY = day(0)


@pytest.fixture
def by():
    return officer(roles.BDI_ADMIN)


def details(**others):
    return {
        "name": "Rahmah Contoh",
        "email": "Rahmah@contoh.id",
        "phone": "+6281234567890",
        "birth_date": day(-20 * 366),
        "gender": Gender.FEMALE,
        "region": RegionFactory(),
        "education": Education.VOCATIONAL,
    } | others


def open_batch(**others):
    batch = BatchFactory(status=B.OPEN, **others)
    assert batch.opens_on <= TODAY <= batch.closes_on
    return batch


def test_a_person_registers(by):
    person = UserFactory()

    trainee = trainees.register(
        open_batch(),
        by=person,
        today=TODAY,
        details=details(),
        nik="1375014203850003",
        user=person,
    )

    trainee.refresh_from_db()
    assert (trainee.email, trainee.user, trainee.status) == (
        "rahmah@contoh.id",
        person,
        T.REGISTERED,
    )
    assert trainee.nik == "1375014203850003"
    told = Notification.objects.get(recipient=person)
    assert told.subject == "Pendaftaran Anda sudah diterima"
    assert told.contact == trainee.batch.contact


def test_whom_a_dinas_sends_gets_an_account_and_reads_who_sent_them():
    sender = UserFactory()
    dinas = DinasFactory(member=sender)

    trainee = trainees.register(
        open_batch(), by=sender, today=TODAY, details=details(), sent_by=dinas
    )

    assert trainee.user == User.objects.get(email="rahmah@contoh.id")
    assert trainee.registered_by == sender
    told = Notification.objects.get(recipient=trainee.user)
    assert f"Anda didaftarkan oleh {dinas}." in told.body


def test_news_of_who_has_no_mail_go_to_the_sender():
    sender = UserFactory()

    trainee = trainees.register(
        open_batch(),
        by=sender,
        today=TODAY,
        details=details(email=""),
        sent_by=DinasFactory(member=sender),
    )

    assert trainee.user is None
    told = Notification.objects.get(recipient=sender)
    assert told.subject.startswith("Rahmah Contoh: ")
    assert "yang Anda daftarkan" in told.body


@pytest.mark.parametrize("days", [0, 1])
def test_the_youngest_turn_old_enough_by_the_first_day(days):
    batch = open_batch()
    born = batch.starts_on.replace(year=batch.starts_on.year - 18) + days * A_DAY
    person = UserFactory()

    def register():
        return trainees.register(
            batch, by=person, today=TODAY, details=details(birth_date=born), user=person
        )

    if days:
        with pytest.raises(ValidationError, match="berusia paling muda 18 tahun"):
            register()
    else:
        assert register().age_on(batch.starts_on) == 18


@pytest.mark.parametrize(
    ("when", "words"), [(-1, "baru dibuka"), (1, "sudah ditutup")], ids=["before", "after"]
)
def test_one_registers_between_the_first_and_the_last_day(when, words):
    batch = open_batch()
    today = batch.opens_on - A_DAY if when < 0 else batch.closes_on + A_DAY

    with pytest.raises(TransitionNotAllowed, match=words):
        trainees.register(
            batch, by=UserFactory(), today=today, details=details(), user=UserFactory()
        )


def test_an_officer_enters_people_while_others_are_chosen(by):
    batch = BatchFactory(status=B.SELECTION)

    with pytest.raises(TransitionNotAllowed, match="tidak sedang dibuka"):
        trainees.register(batch, by=by, today=TODAY, details=details(), user=UserFactory())
    trainee = trainees.register(
        batch, by=by, today=TODAY, details=details(), sent_by_name="Pesantren Contoh"
    )

    assert trainee.sender == "Pesantren Contoh"
    with pytest.raises(TransitionNotAllowed, match="uji kompetensi"):
        trainees.register(
            BatchFactory(status=B.CERTIFICATION), by=by, today=TODAY, details=details()
        )


def test_the_same_person_is_told_that_they_are_registered():
    batch = open_batch()
    trainees.register(batch, by=UserFactory(), today=TODAY, details=details(), nik="1" * 16)

    for changes, nik, words in [
        ({}, "", "Surel ini sudah terdaftar"),
        ({"email": "lain@contoh.id"}, "1" * 16, "NIK ini sudah terdaftar"),
    ]:
        with pytest.raises(ValidationError, match=words):
            trainees.register(
                batch, by=UserFactory(), today=TODAY, details=details(**changes), nik=nik
            )


def test_one_wishes_for_work_of_the_own_batch():
    with pytest.raises(ValidationError, match="mitra angkatan ini"):
        trainees.register(
            open_batch(),
            by=UserFactory(),
            today=TODAY,
            details=details(wanted=DemandFactory()),
        )


def test_who_withdrew_may_register_again():
    person, batch = UserFactory(), open_batch()
    given = {"by": person, "today": TODAY, "user": person}
    first = trainees.register(batch, details=details(), **given)
    trainees.withdraw(first, by=person, reason="Belum pasti.")

    second = trainees.register(batch, details=details(), **given)

    assert batch.trainees.active().get() == second


def test_grades_are_kept_and_corrected(by):
    trainee = TraineeFactory()

    trainees.grade_all([(trainee, 80, "Teliti")], by=by)
    trainees.grade_all([(trainee, 80, "Teliti")], by=by)
    trainees.grade_all([(trainee, None, "")], by=by)

    reasons = trainee.history.filter(action="grade").values_list("reason", flat=True)
    assert list(reasons) == ["Nilai seleksi 80.", "Nilai seleksi dihapus."]
    trainees.withdraw(trainee, by=by, reason="Sakit.")
    with pytest.raises(TransitionNotAllowed, match="sudah mengundurkan diri"):
        trainees.grade(trainee, by=by, score=90)


def test_all_of_the_chosen_get_places_or_none(by):
    batch = BatchFactory(status=B.SELECTION, capacity=2)
    people = TraineeFactory.create_batch(3, batch=batch)

    with pytest.raises(TransitionNotAllowed, match="Tersisa 2 dari 2 tempat"):
        trainees.select(people, by=by, grades=[(people[0], 80, "")])
    assert not batch.trainees.seated().exists()
    assert not batch.trainees.filter(score=80).exists()
    trainees.select(people[:2], by=by)

    batch.refresh_from_db()
    assert (batch.seated, batch.free_places) == (2, 0)
    assert batch.trainees.seated().first().decided_by == by


def test_a_reserve_is_in_the_running_training_at_once(by):
    batch = BatchFactory(status=B.RUNNING)
    reserve = TraineeFactory(batch=batch, status=T.NOT_SELECTED, user=UserFactory())

    trainees.select([reserve], by=by)

    reserve.refresh_from_db()
    assert reserve.status == T.TRAINING
    assert [entry.action for entry in reserve.history.all()][-2:] == ["select", "begin_training"]
    told = Notification.objects.get(recipient=reserve.user)
    assert told.subject == "Anda sedang mengikuti pelatihan"


def test_who_is_not_selected_reads_why(by):
    trainee = TraineeFactory(user=UserFactory(), batch=BatchFactory(status=B.SELECTION))

    trainees.decline([trainee], by=by, reason="Semua tempat terisi.")

    assert "Semua tempat terisi." in Notification.objects.get(recipient=trainee.user).body
    with pytest.raises(TransitionNotAllowed, match="harus disertai alasan"):
        trainees.decline([TraineeFactory()], by=by, reason="")


def test_one_decides_upon_people_of_one_batch(by):
    with pytest.raises(TransitionNotAllowed, match="Pilih dahulu"):
        trainees.select([], by=by)
    with pytest.raises(TransitionNotAllowed, match="dari satu angkatan"):
        trainees.select(TraineeFactory.create_batch(2), by=by)


def test_who_leaves_gives_the_place_back(by):
    trainee = TraineeFactory(status=T.TRAINING)
    assert Batch.objects.get(pk=trainee.batch.pk).seated == 1

    trainees.drop_out(trainee, by=by, reason="Sakit berkepanjangan.")

    assert Batch.objects.get(pk=trainee.batch.pk).seated == 0
