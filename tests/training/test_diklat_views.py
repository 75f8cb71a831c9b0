"""The pages of Diklat 3in1 for everybody, for trainees, and for those who send them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from programs import roles
from programs.models import Notification
from tests.factories.diklat import BatchFactory, CourseFactory, DemandFactory, TraineeFactory
from tests.factories.programs import (
    DinasFactory,
    OrganizationFactory,
    RegionFactory,
    UserFactory,
    officer,
)
from tests.factories.subsidy_stages import day
from tests.factories.training import organizer
from training.diklat_enums import AttendanceState, BatchStatus, TraineeStatus
from training.models import Batch, DailyAttendance, Trainee
from training.workflow import batch as batches

pytestmark = pytest.mark.django_db
B, T = BatchStatus, TraineeStatus
LIST = "/pelatihan/diklat/"


def page(name, record):
    return reverse(f"training:diklat_{name}", args=[record.pk])


def answers(**others):
    return {
        "name": "Rahmah Contoh",
        "birth_date": "17/08/2004",
        "gender": "F",
        "nik": "",
        "region": RegionFactory().pk,
        "education": "SMK",
        "phone": "0812 3456 7890",
        "wanted": "",
        "needs": "",
        "agrees": "on",
    } | others


# --- For everybody --------------------------------------------------------------------------------


def test_the_list_shows_what_is_open_and_what_came_of_earlier_ones(client):
    opened = BatchFactory(status=B.OPEN)
    coming = BatchFactory(status=B.OPEN, opens_on=day(3), closes_on=day(10))
    done = TraineeFactory(status=T.PLACED).batch
    for hidden in (B.PLANNED, B.SELECTION, B.CANCELLED):
        BatchFactory(status=hidden)

    shown = client.get(LIST)

    assert set(shown.context["page"]) == {opened, coming}
    assert [batch for batch, _ in shown.context["done"]] == [done]
    assertContains(shown, "100,00\N{NO-BREAK SPACE}%")
    assertContains(shown, str(opened.demands.get().company))


def test_the_list_can_be_narrowed_to_one_unit(client):
    ours, theirs = BatchFactory(status=B.OPEN), BatchFactory(status=B.OPEN)

    shown = client.get(LIST, {"penyelenggara": ours.course.unit.pk})

    assert list(shown.context["page"]) == [ours]
    assertNotContains(shown, theirs.course.title)
    assert client.get(LIST, {"penyelenggara": "kue"}).status_code == 200


def test_an_empty_list_says_what_to_do(client):
    assertContains(client.get(LIST), "Belum ada pendaftaran yang dibuka")


def test_the_list_asks_the_same_questions_at_one_and_at_three_rows(
    client, django_assert_max_num_queries
):
    for _ in range(3):
        BatchFactory(status=B.OPEN)
        TraineeFactory(status=T.PLACED)

    with django_assert_max_num_queries(8):
        client.get(LIST)


def test_a_batch_says_for_what_work_it_trains(client):
    batch = BatchFactory(status=B.OPEN)

    shown = client.get(page("detail", batch))

    assertContains(shown, batch.demands.get().company)
    assertContains(shown, "Ijazah paling rendah SMP")
    assertContains(shown, page("register", batch))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (B.SELECTION, "panitia memilih peserta"),
        (B.CANCELLED, "Mitra mundur."),
        (B.RUNNING, "Pelatihan berlangsung sampai"),
    ],
)
def test_a_batch_that_takes_nobody_says_where_it_stands(client, status, words):
    batch = BatchFactory(status=status)

    shown = client.get(page("detail", batch))

    assertContains(shown, words)
    assertNotContains(shown, page("register", batch))


def test_a_batch_that_is_done_shows_its_three_rates(client):
    batch = TraineeFactory(status=T.PLACED).batch

    assertContains(client.get(page("detail", batch)), "bekerja atau berwirausaha")


def test_what_is_still_planned_does_not_exist_for_others(client):
    assert client.get(page("detail", BatchFactory())).status_code == 404


def test_registration_that_opens_later_says_when(client):
    batch = BatchFactory(status=B.OPEN, opens_on=day(3), closes_on=day(10))
    client.force_login(UserFactory())

    assertContains(client.get(page("detail", batch)), "Belum dibuka")
    assertContains(client.get(page("register", batch)), "Pendaftaran dibuka")
    refused = client.post(page("register", batch), answers())
    assert refused.status_code == 422
    assert not batch.trainees.exists()


# --- Registering ----------------------------------------------------------------------------------


def test_a_person_registers_and_reads_what_comes_next(client):
    person = UserFactory(name="Rahmah Contoh", phone="+6281234567890")
    batch = BatchFactory(status=B.OPEN)
    client.force_login(person)
    assert client.get(page("register", batch)).context["form"].initial["name"] == "Rahmah Contoh"

    response = client.post(
        page("register", batch),
        answers(nik="1375014203850003", wanted=batch.demands.get().pk),
        follow=True,
    )

    trainee = batch.trainees.get()
    assertRedirects(response, page("trainee", trainee))
    assertContains(response, "Pendaftaran Anda sudah diterima")
    assertContains(response, "1375 •••• •••• 0003")
    assert (trainee.user, trainee.email) == (person, person.email)
    assert trainee.wanted == batch.demands.get()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"birth_date": "17/08/2019"}, "berusia paling muda 18 tahun"),
        ({"birth_date": "17/8"}, "17/08/2026"),
        ({"nik": "137501"}, "NIK harus 16 angka"),
        ({"phone": "0812"}, "nomor telepon lengkap"),
        ({"agrees": ""}, "Centang pernyataan ini"),
        ({"region": ""}, "Pilih kabupaten/kota"),
        ({"wanted": "999999"}, "Pilih"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, changes, words):
    batch = BatchFactory(status=B.OPEN)
    client.force_login(UserFactory())

    shown = client.post(page("register", batch), answers(**changes))

    assertContains(shown, words, status_code=422)
    assertContains(shown, "Rahmah Contoh", status_code=422)
    assert not batch.trainees.exists()


def test_the_work_of_another_batch_cannot_be_wished_for(client):
    batch = BatchFactory(status=B.OPEN)
    client.force_login(UserFactory())

    shown = client.post(page("register", batch), answers(wanted=DemandFactory().pk))

    assert shown.status_code == 422


def test_who_is_registered_is_led_to_the_own_page(client):
    trainee = TraineeFactory(user=UserFactory())
    client.force_login(trainee.user)

    assertRedirects(
        client.get(page("register", trainee.batch)),
        page("trainee", trainee),
        fetch_redirect_response=False,
    )
    assertContains(client.get(page("detail", trainee.batch)), "Lihat pendaftaran saya")


def test_a_nik_that_is_taken_is_said_above_the_form(client):
    trainee = TraineeFactory(nik_number="1375014203850003")
    client.force_login(UserFactory())

    shown = client.post(page("register", trainee.batch), answers(nik="1375014203850003"))

    assertContains(shown, "NIK ini sudah terdaftar", status_code=422)


def test_a_dinas_sends_people_and_sees_what_becomes_of_them(client):
    sender = UserFactory()
    dinas = DinasFactory(member=sender)
    batch = BatchFactory(status=B.OPEN)
    client.force_login(sender)
    assertContains(client.get(page("detail", batch)), page("send", batch))

    response = client.post(
        page("send", batch),
        answers(sent_by=dinas.pk, email="Rahmah@contoh.id"),
        follow=True,
    )

    trainee = batch.trainees.get()
    assertRedirects(response, page("send", batch))
    assertContains(response, page("trainee", trainee))
    assert (trainee.sent_by, trainee.registered_by) == (dinas, sender)
    assert trainee.user.email == "rahmah@contoh.id"
    own_page = client.get(page("trainee", trainee))
    assertContains(own_page, "Anda melihat pendaftaran orang yang Anda kirim")


def test_a_company_sends_people_too_but_nobody_else_does(client):
    batch = BatchFactory(status=B.OPEN)
    sender = UserFactory()
    OrganizationFactory(member=sender)
    client.force_login(sender)
    assert client.get(page("send", batch)).status_code == 200
    client.force_login(UserFactory())

    refused = client.get(page("send", batch))

    assertContains(refused, "untuk dinas dan perusahaan", status_code=403)


def test_nobody_is_sent_in_the_name_of_another_office(client):
    sender = UserFactory()
    DinasFactory(member=sender)
    batch = BatchFactory(status=B.OPEN)
    client.force_login(sender)

    shown = client.post(page("send", batch), answers(sent_by=DinasFactory().pk, email=""))

    assert shown.status_code == 422
    assert not batch.trainees.exists()


def test_after_the_closing_day_nobody_is_sent(client):
    sender = UserFactory()
    DinasFactory(member=sender)
    client.force_login(sender)

    assertContains(client.get(page("send", BatchFactory(status=B.SELECTION))), "sudah ditutup")


# --- One's own page -------------------------------------------------------------------------------


@pytest.mark.parametrize("status", TraineeStatus)
def test_every_status_has_its_words(client, status):
    trainee = TraineeFactory(status=status, user=UserFactory())
    client.force_login(trainee.user)

    shown = client.get(page("trainee", trainee))

    assertContains(shown, shown.context["words"].title)
    assertContains(shown, trainee.batch.contact)


def test_waiting_for_the_result_and_a_cancelled_batch_have_words_too(client):
    person = UserFactory()
    client.force_login(person)
    waits = TraineeFactory(
        user=person, status=T.TRAINING, batch=BatchFactory(status=B.CERTIFICATION)
    )
    called_off = TraineeFactory(user=person)
    batches.cancel(called_off.batch, by=officer(), reason="Mitra mundur.")

    assertContains(client.get(page("trainee", waits)), "Hasil uji kompetensi Anda ditunggu")
    shown = client.get(page("trainee", called_off))
    assertContains(shown, "Angkatan ini dibatalkan")
    assertContains(shown, "Mitra mundur.")
    assertNotContains(shown, page("withdraw", called_off))


def test_attendance_result_and_work_stand_on_the_page(client):
    trainee = TraineeFactory(status=T.PLACED, user=UserFactory())
    batch = trainee.batch
    for offset, state in enumerate([AttendanceState.PRESENT, AttendanceState.ILL]):
        DailyAttendance.objects.create(
            trainee=trainee,
            day=batch.starts_on + timedelta(days=offset),
            state=state,
            recorded_by=officer(),
        )
    trainee.results.update(certificate_number="LSP-0042")
    client.force_login(trainee.user)

    shown = client.get(page("trainee", trainee))

    assertContains(shown, "1 dari 2 hari")
    assertContains(shown, "1 hari sakit")
    assertContains(shown, "LSP-0042")
    assertContains(shown, batch.demands.get().company)
    assertContains(shown, "Panitia menanyakan kabar bulan ke-3")


def test_a_person_withdraws_after_saying_why(client):
    trainee = TraineeFactory(user=UserFactory())
    client.force_login(trainee.user)
    assertContains(client.get(page("trainee", trainee)), page("withdraw", trainee))

    assert client.post(page("withdraw", trainee), {"reason": ""}).status_code == 422
    response = client.post(page("withdraw", trainee), {"reason": "Sudah bekerja."}, follow=True)

    assertContains(response, "Pengunduran diri sudah dicatat")
    assert Trainee.objects.get(pk=trainee.pk).status == T.WITHDRAWN


def test_during_the_training_one_talks_to_the_committee_first(client):
    trainee = TraineeFactory(status=T.TRAINING, user=UserFactory())
    client.force_login(trainee.user)

    assertContains(client.get(page("withdraw", trainee)), trainee.batch.contact)
    assert client.post(page("withdraw", trainee), {"reason": "Pindah."}).status_code == 422
    assert Trainee.objects.get(pk=trainee.pk).status == T.TRAINING


def test_a_sender_may_take_somebody_back(client):
    sender = UserFactory()
    trainee = TraineeFactory(sent_by=DinasFactory(member=sender))
    client.force_login(sender)

    client.post(page("withdraw", trainee), {"reason": "Salah orang."})

    assert Trainee.objects.get(pk=trainee.pk).status == T.WITHDRAWN


@pytest.mark.parametrize("who", ["a stranger", "a former member", "another unit"])
def test_pages_of_others_do_not_exist(client, who):
    trainee = TraineeFactory(user=UserFactory(), sent_by=DinasFactory())
    reader = {
        "a stranger": UserFactory,
        "a former member": UserFactory,
        "another unit": lambda: organizer(roles.BDI_ADMIN, CourseFactory().unit),
    }[who]()
    if who == "a former member":
        trainee.sent_by.memberships.create(user=reader, state="ENDED")
    client.force_login(reader)

    assert client.get(page("trainee", trainee)).status_code in (302, 404)
    answer = client.post(page("withdraw", trainee), {"reason": "Iseng."})

    assert answer.status_code in (302, 404)
    assert Trainee.objects.get(pk=trainee.pk).status == T.REGISTERED
    assert not Notification.objects.filter(recipient=trainee.user).exists()
    assert Batch.objects.get(pk=trainee.batch.pk).seated == 0
