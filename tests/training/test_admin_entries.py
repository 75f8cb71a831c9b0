"""What organizers enter for participants: one person, a list from a file, a message."""

import io

import openpyxl
import pytest
import time_machine

from programs.models import Notification, User
from programs.once import new_token
from tests.factories.programs import RegionFactory, UserFactory
from tests.factories.training import (
    NOW,
    EventFactory,
    RegistrationFactory,
    bring_to,
)
from tests.people import body_of
from tests.programs.evil_files import pdf, upload
from tests.training.desk import at_work, page, participant, words
from training.enums import EventStatus

pytestmark = pytest.mark.django_db

NIP = "198503152010011002"


@pytest.fixture(autouse=True)
def _at_the_time_of_registration():
    with time_machine.travel(NOW, tick=False):
        yield


def waiting(event, name="Menunggu", **details):
    return RegistrationFactory(event=event, status="WAITING", name=name, **details)


# --- Entering one --------------------------------------------------------------------------------


def person(**changes):
    return {
        "kind": "APPARATUS",
        "name": "Dr. Siti Rahmah, S.T.",
        "email": "Siti@Dinas.Example",
        "phone": "0812 3456 7890",
        "servant_kind": "OTHER",
        "position": "Kepala Bidang",
        "institution": "Dinas Perindustrian Kota Bukittinggi",
        "region": RegionFactory(code="13.75").pk,
        "consent": "on",
        **changes,
    }


def test_who_is_entered_gets_an_account_and_is_told(client):
    event = EventFactory()
    at_work(client, event)

    answer = client.post(page(event, "participant_add"), person(), follow=True)

    registration = event.registrations.get()
    assert answer.redirect_chain[0][0] == participant(registration)
    assert registration.user.email == "siti@dinas.example"
    assert not registration.user.has_usable_password()
    assert (registration.status, registration.source) == ("ACCEPTED", "OFFICER")
    assert registration.phone == "+6281234567890"
    assert Notification.objects.get(recipient=registration.user).subject.startswith(
        "Anda didaftarkan"
    )


def test_the_letter_comes_along(client):
    event = EventFactory()
    at_work(client, event)

    client.post(page(event, "participant_add"), person(letter=upload(pdf(), "surat.pdf")))

    assert event.registrations.get().assignment_letter.name == "surat.pdf"


def test_who_has_an_account_keeps_it(client):
    known = UserFactory(email="siti@dinas.example", name="Nama lama")
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    at_work(client, event)

    answer = client.post(page(event, "participant_add"), person(), follow=True)

    registration = event.registrations.get(user=known)
    assert registration.status == "WAITING"
    assert "masuk daftar tunggu: semua tempat sudah terisi." in words(answer)
    known.refresh_from_db()
    assert known.name == "Nama lama"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": ""}, "Isi surel."),
        ({"name": ""}, "Isi nama lengkap dengan gelar."),
        ({"consent": ""}, "Pastikan dahulu orangnya setuju, lalu centang kotak ini."),
        ({"servant_kind": "PNS"}, "Isi NIP"),
        ({"servant_kind": "PNS", "nip": "123"}, "NIP"),
    ],
)
def test_what_is_missing_is_said_at_the_form(client, changes, sentence):
    event = EventFactory()
    at_work(client, event)

    answer = client.post(page(event, "participant_add"), person(**changes))

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not event.registrations.exists()


def test_nobody_is_entered_twice_and_no_account_is_left_over(client):
    event = EventFactory()
    RegistrationFactory(event=event, nip=NIP, name="Sudah Ada")
    at_work(client, event)
    before = User.objects.count()

    answer = client.post(
        page(event, "participant_add"), person(servant_kind="PNS", nip=NIP, email="lain@a.example")
    )

    assert answer.status_code == 422
    assert "Sudah Ada sudah terdaftar pada kegiatan ini." in words(answer)
    assert User.objects.count() == before


def test_people_are_entered_once_however_often_it_is_pressed(client):
    event = EventFactory()
    at_work(client, event)
    form = person(once=new_token())

    answers = [client.post(page(event, "participant_add"), form) for _ in range(2)]

    assert {answer.status_code for answer in answers} == {302}
    assert event.registrations.count() == 1


def test_nobody_is_entered_when_it_is_over(client):
    event = bring_to(EventFactory(), EventStatus.FINISHED)
    at_work(client, event)

    answer = client.post(page(event, "participant_add"), person())

    assert answer.status_code == 422
    assert "Peserta hanya dapat didaftarkan selama kegiatan" in words(answer)


# --- A list from a file --------------------------------------------------------------------------


HEADINGS = "nama,nip,email,telepon,pangkat_golongan,jabatan,instansi,kode_kabkota"


def people_file(*lines):
    return upload("\n".join([HEADINGS, *lines]).encode(), "peserta.csv")


GOOD = 'Siti Rahmah,,siti@dinas.example,,,Kepala Bidang,Dinas Perindustrian,"13.75"'


def test_a_list_is_shown_first_and_then_entered(client):
    RegionFactory(code="13.75")
    event = EventFactory()
    at_work(client, event)
    here = page(event, "import")

    preview = client.post(here, {"file": people_file(GOOD), "kind": "APPARATUS"})
    assert "Ini pratinjau, belum ada yang ditulis" in words(preview)
    assert not event.registrations.exists()
    code = preview.context["code"]
    answer = client.post(here, {"kode": code}, follow=True)
    again = client.post(here, {"kode": code}, follow=True)

    assert event.registrations.get().source == "OFFICER"
    assert "1 orang didaftarkan dan diberi tahu: 1 mendapat tempat." in words(answer)
    assert "Pratinjau ini sudah tidak tersimpan" in words(again)


def test_a_list_with_a_fault_is_explained_row_by_row(client):
    RegionFactory(code="13.75")
    event = EventFactory()
    at_work(client, event)

    answer = client.post(
        page(event, "import"),
        {"file": people_file(GOOD, "Budi,,,,,,,99.99"), "kind": "APPARATUS"},
    )

    assert answer.status_code == 422
    assert "Baris 3, kolom email: Isi surel" in words(answer)
    assert answer.context["code"] == ""
    assert not event.registrations.exists()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Pilih berkas daftar peserta dahulu."),
        (("nama\nSiti", "a.csv"), "Kolom nip, email"),
        (("", "a.csv"), "Tidak ada baris data di berkas ini."),
    ],
)
def test_what_is_no_list_is_explained(client, file, sentence):
    event = EventFactory()
    at_work(client, event)
    form = {"kind": "APPARATUS"}
    if file:
        form["file"] = upload(file[0].encode(), file[1])

    answer = client.post(page(event, "import"), form)

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_list_that_became_impossible_meanwhile_enters_nobody(client):
    RegionFactory(code="13.75")
    event = EventFactory()
    at_work(client, event)
    here = page(event, "import")
    code = client.post(here, {"file": people_file(GOOD), "kind": "APPARATUS"}).context["code"]
    bring_to(event, EventStatus.FINISHED)

    answer = client.post(here, {"kode": code}, follow=True)

    assert "Tidak ada yang didaftarkan" in words(answer)
    assert not event.registrations.exists()


def test_the_preview_of_one_officer_is_nobody_elses(client):
    RegionFactory(code="13.75")
    event = EventFactory()
    at_work(client, event)
    here = page(event, "import")
    code = client.post(here, {"file": people_file(GOOD), "kind": "APPARATUS"}).context["code"]
    at_work(client, event)

    client.post(here, {"kode": code})

    assert not event.registrations.exists()


def test_the_template_has_the_headings_and_the_codes(client):
    RegionFactory(code="13.75", name="Kota Bukittinggi")
    event = EventFactory()
    at_work(client, event)

    answer = client.get(page(event, "import_template"))

    book = openpyxl.load_workbook(io.BytesIO(body_of(answer)))
    assert [cell.value for cell in book["Peserta"][1]] == HEADINGS.split(",")
    codes = [row[0].value for row in book["Kode wilayah"].iter_rows(min_row=2)]
    assert "13.75" in codes


# --- Messages ------------------------------------------------------------------------------------


def message(**changes):
    return {
        "statuses": ["ACCEPTED"],
        "subject": "Tautan berubah",
        "body": "Pakai tautan yang baru.",
        **changes,
    }


def test_a_message_is_looked_at_before_it_leaves(client):
    event = EventFactory()
    placed = RegistrationFactory(event=event)
    waiting(event)
    person_ = at_work(client, event)
    here = page(event, "message")

    preview = client.post(here, message())
    assert "Kirim kepada 1 orang?" in words(preview)
    assert not Notification.objects.exists()
    answer = client.post(here, message(kirim="1", once=new_token()), follow=True)

    assert "Pesan dikirim kepada 1 orang." in words(answer)
    sent = Notification.objects.get()
    assert sent.recipient == placed.user
    assert sent.subject == f"Tautan berubah: {event.title}"
    assert "Pakai tautan yang baru." in sent.body
    assert sent.contact == event.contact
    assert sent.by_mail
    entry = event.history.get()
    assert (entry.actor, entry.reason) == (person_, "“Tautan berubah”, kepada 1 orang")


def test_a_message_leaves_once(client):
    event = EventFactory()
    RegistrationFactory(event=event)
    at_work(client, event)
    form = message(kirim="1", once=new_token())

    for _ in range(2):
        assert client.post(page(event, "message"), form).url == page(event)

    assert Notification.objects.count() == 1
    assert event.history.count() == 1


def test_what_was_written_can_be_changed_after_a_look(client):
    event = EventFactory()
    RegistrationFactory(event=event)
    at_work(client, event)

    answer = client.post(page(event, "message"), message(ubah="1"))

    assert answer.status_code == 200
    assert answer.context["preview"] is None
    assert 'value="Tautan berubah"' in answer.text
    assert not Notification.objects.exists()


def test_a_message_goes_to_the_chosen_alone(client):
    event = EventFactory()
    chosen, other = RegistrationFactory.create_batch(2, event=event)
    foreign = RegistrationFactory()
    at_work(client, event)
    here = page(event, "message")

    asked = client.get(here, {"peserta": [chosen.pk, foreign.pk]})
    form = message(peserta=[chosen.pk, foreign.pk], kirim="1", once=new_token())
    del form["statuses"]
    client.post(here, form)

    assert "Kepada 1 orang yang Anda pilih." in words(asked)
    assert [sent.recipient for sent in Notification.objects.all()] == [chosen.user]
    assert other.user not in [sent.recipient for sent in Notification.objects.all()]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"subject": ""}, "Isi judul."),
        ({"body": " "}, "Isi isi pesan."),
        ({"statuses": []}, "Pilih paling sedikit satu kelompok penerima."),
    ],
)
def test_an_unfinished_message_stays_at_home(client, changes, sentence):
    event = EventFactory()
    RegistrationFactory(event=event)
    at_work(client, event)

    answer = client.post(page(event, "message"), message(kirim="1", **changes))

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Notification.objects.exists()


def test_without_participants_there_is_nobody_to_write_to(client):
    event = EventFactory()
    at_work(client, event)

    assert "Belum ada penerima" in words(client.get(page(event, "message")))
