"""Participants on the desk: the list, decisions about many, entering, messages, one person."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs import roles
from programs.models import Notification, User
from programs.once import new_token
from tests.factories.programs import DinasFactory, RegionFactory, UserFactory, officer
from tests.factories.training import (
    NOW,
    EventFactory,
    RegistrationFactory,
    bring_to,
    organizer,
)
from tests.people import body_of, sign_in
from tests.programs.evil_files import pdf, upload
from tests.training.desk import ORGANIZERS, at_work, page, participant, words
from training.enums import EventStatus, RegistrationSource, RegistrationStatus, TestOccasion
from training.models import Attendance, Registration, TestAttempt

pytestmark = pytest.mark.django_db

NIP = "198503152010011002"


@pytest.fixture(autouse=True)
def _at_the_time_of_registration():
    with time_machine.travel(NOW, tick=False):
        yield


def names(client, event, query=""):
    return [row.name for row in client.get(page(event, "participants") + query).context["rows"]]


def waiting(event, name="Menunggu", **details):
    return RegistrationFactory(event=event, status="WAITING", name=name, **details)


# --- The list ------------------------------------------------------------------------------------


def test_people_stand_in_the_order_in_which_they_came(client):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event, name="Pertama")
    waiting(event, "Kedua")
    waiting(event, "Ketiga")
    at_work(client, event)

    answer = client.get(page(event, "participants"))

    assert [row.name for row in answer.context["rows"]] == ["Pertama", "Kedua", "Ketiga"]
    assert [row.place_in_line for row in answer.context["rows"]] == [None, 1, 2]
    assert "Urutan ke-2" in words(answer)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?keadaan=WAITING", ["Budi Contoh"]),
        ("?keadaan=tempat", ["Siti Rahmah, S.T."]),
        ("?keadaan=berakhir", ["Made Contoh"]),
        ("?keadaan=APA", ["Siti Rahmah, S.T.", "Budi Contoh", "Made Contoh"]),
        ("?q=rahmah", ["Siti Rahmah, S.T."]),
        ("?q=rahmah+siti", ["Siti Rahmah, S.T."]),
        ("?q=19850315", ["Siti Rahmah, S.T."]),
        ("?q=budi@dinas.example", ["Budi Contoh"]),
        ("?q=perindustrian", ["Budi Contoh"]),
        ("?sebagai=IKM", ["Made Contoh"]),
        ("?provinsi=13", ["Siti Rahmah, S.T."]),
        ("?cara=AGENCY", ["Budi Contoh"]),
        ("?keadaan=WAITING&q=rahmah", []),
    ],
)
def test_the_list_is_narrowed(client, query, found):
    event = EventFactory()
    RegistrationFactory(
        event=event, name="Siti Rahmah, S.T.", nip=NIP, region=RegionFactory(code="13.75")
    )
    RegistrationFactory(
        event=event,
        name="Budi Contoh",
        status="WAITING",
        user=UserFactory(email="budi@dinas.example"),
        institution="Dinas Perindustrian",
        source=RegistrationSource.AGENCY,
        sent_by=DinasFactory(region=RegionFactory(code="32.73", name="Kota Bandung")),
    )
    RegistrationFactory(event=event, name="Made Contoh", status="WITHDRAWN", kind="IKM")
    at_work(client, event)

    assert names(client, event, query) == found


def test_the_chips_count_and_what_is_on_can_be_taken_off(client):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting(event)
    waiting(event)
    at_work(client, event)

    context = client.get(page(event, "participants") + "?keadaan=WAITING&q=x&halaman=2").context

    chips = {label: (count, is_on) for label, _, count, is_on in context["chips"]}
    assert chips == {"Semua": (3, False), "Diterima": (1, False), "Daftar tunggu": (2, True)}
    assert context["filters"] == [("Cari: x", "?keadaan=WAITING")]


def test_the_list_asks_as_often_for_three_as_for_one(client):
    event = EventFactory(capacity=1)
    waiting(event, region=RegionFactory(code="13.75"))
    at_work(client, event)
    address = page(event, "participants")
    client.get(address)
    with CaptureQueriesContext(connection) as for_one:
        client.get(address)
    for number in (76, 77):
        waiting(event, region=RegionFactory(code=f"13.{number}"))

    with CaptureQueriesContext(connection) as for_three:
        client.get(address)

    assert len(for_three) == len(for_one) <= 15


def test_a_long_list_has_pages(client):
    event = EventFactory(capacity=60)
    RegistrationFactory.create_batch(51, event=event)
    at_work(client, event)

    assert len(names(client, event)) == 50
    assert len(names(client, event, "?halaman=2")) == 1


def test_an_auditor_reads_the_list_without_buttons(client):
    event = EventFactory()
    RegistrationFactory(event=event, name="Siti Rahmah")
    sign_in(client, officer(roles.AUDITOR))

    answer = client.get(page(event, "participants"))

    assert "Siti Rahmah" in answer.text
    assert "tindakan" not in answer.text
    assert "Tambah peserta" not in answer.text


PAGES = [
    "participants",
    "export",
    "decide",
    "participant_add",
    "message",
    "import",
    "import_template",
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", roles.ALL)
def test_another_units_participants_do_not_exist(client, role, name):
    event = EventFactory()
    RegistrationFactory(event=event)
    at_work(client, EventFactory(), role)
    seen = {client.get(page(event, name)).status_code, client.post(page(event, name)).status_code}

    match role:
        case roles.BPSDMI_OFFICER:
            assert seen & {200, 302, 404, 422}
        case roles.AUDITOR:
            assert seen <= ({200, 405} if name in ("participants", "export") else {403, 405})
        case _:
            assert seen <= {404, 405}


# --- The list as a file --------------------------------------------------------------------------


def test_the_list_leaves_as_csv_with_harmless_cells(client):
    event = EventFactory(slug="bimtek-padang")
    RegistrationFactory(event=event, name="=SUM(A1)", nip=NIP, phone="+6281234567890")
    waiting(event)
    at_work(client, event)

    answer = client.get(page(event, "export") + "?keadaan=ACCEPTED")

    assert answer["Content-Disposition"] == (
        'attachment; filename="peserta-bimtek-padang-2026-09-10.csv"'
    )
    text = body_of(answer).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row["Nama"] == "'=SUM(A1)"
    assert row["NIP"] == NIP
    assert (row["Keadaan"], row["Sebagai"]) == ("diterima", "aparatur dinas")


def test_the_list_leaves_as_excel_with_numbers_of_people_as_text(client):
    event = EventFactory()
    RegistrationFactory(event=event, name="Siti Rahmah", nip=NIP, region=RegionFactory())
    at_work(client, event)

    answer = client.get(page(event, "export") + "?bentuk=xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(body_of(answer))).active
    headings, values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    row = dict(zip(headings, values, strict=True))
    assert (row["Nama"], row["NIP"]) == ("Siti Rahmah", NIP)
    assert row["Provinsi"] == "Sumatera Barat"


def test_what_excel_cannot_hold_is_offered_as_csv(client, monkeypatch):
    monkeypatch.setattr("training.admin.participants.MOST_ROWS_IN_EXCEL", 0)
    event = EventFactory()
    RegistrationFactory(event=event)
    at_work(client, event)

    answer = client.get(page(event, "export") + "?bentuk=xlsx&q=a", follow=True)

    assert answer.redirect_chain[0][0] == page(event, "participants") + "?q=a"
    assert "unduh sebagai CSV" in words(answer)


def test_a_long_list_is_read_in_pieces(client):
    event = EventFactory(capacity=20)
    RegistrationFactory.create_batch(3, event=event)
    at_work(client, event)
    body_of(client.get(page(event, "export")))
    with CaptureQueriesContext(connection) as for_three:
        body_of(client.get(page(event, "export")))
    RegistrationFactory.create_batch(3, event=event)

    with CaptureQueriesContext(connection) as for_six:
        body_of(client.get(page(event, "export")))

    assert len(for_three) == len(for_six)


# --- Decisions -----------------------------------------------------------------------------------


def decide(client, event, deed, people, **more):
    form = {"tindakan": deed, "peserta": [person.pk for person in people], **more}
    return client.post(page(event, "decide"), form, follow=True)


@pytest.mark.parametrize("role", [*ORGANIZERS, roles.BPSDMI_OFFICER])
def test_several_are_accepted_in_the_order_they_came_and_told(client, role):
    event = EventFactory(capacity=1, needs_approval=True)
    first, second = (RegistrationFactory(event=event, status="PENDING") for _ in range(2))
    at_work(client, event, role)

    asked = client.get(
        page(event, "decide"), {"tindakan": "terima", "peserta": [second.pk, first.pk]}
    )
    answer = decide(client, event, "terima", [second, first])

    assert "Terima 2 orang?" in words(asked)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("ACCEPTED", "WAITING")
    assert "1 orang diterima dan diberi tahu." in words(answer)
    assert "1 orang masuk daftar tunggu" in words(answer)
    assert set(Notification.objects.values_list("recipient", flat=True)) == {
        first.user_id,
        second.user_id,
    }


def test_a_refusal_takes_a_reason_and_frees_the_place(client):
    event = EventFactory(capacity=1)
    placed, next_one = RegistrationFactory(event=event), waiting(event)
    at_work(client, event)

    without = decide(client, event, "tolak", [placed])
    decide(client, event, "tolak", [placed], reason="Bukan aparatur.")

    assert without.status_code == 422
    assert "Tulis alasannya; orangnya membaca alasan ini." in words(without)
    placed.refresh_from_db()
    next_one.refresh_from_db()
    assert (placed.status, next_one.status) == ("REJECTED", "ACCEPTED")
    assert placed.history.get().reason == "Bukan aparatur."
    assert "Bukan aparatur." in Notification.objects.get(recipient=placed.user).body


def test_organizers_withdraw_for_somebody_who_asks_by_telephone(client):
    event = EventFactory()
    registration = RegistrationFactory(event=event)
    person = at_work(client, event)

    answer = decide(client, event, "undurkan", [registration], kembali="orang")

    registration.refresh_from_db()
    assert registration.status == "WITHDRAWN"
    assert registration.history.get().actor == person
    assert answer.redirect_chain[0][0] == participant(registration)


def test_a_second_press_decides_once(client):
    event = EventFactory()
    registration = RegistrationFactory(event=event)
    at_work(client, event)
    form = {
        "tindakan": "tolak",
        "peserta": [registration.pk],
        "reason": "Bukan aparatur.",
        "once": new_token(),
    }

    for _ in range(2):
        assert client.post(page(event, "decide"), form).status_code == 302

    assert registration.history.count() == 1


def test_whose_status_does_not_allow_it_is_passed_over_in_words(client):
    event = EventFactory()
    pending = RegistrationFactory(event=event, status="PENDING", name="Siti", placed_at=None)
    gone = RegistrationFactory(event=event, status="WITHDRAWN", name="Budi")
    at_work(client, event)

    asked = client.get(
        page(event, "decide"), {"tindakan": "terima", "peserta": [pending.pk, gone.pk]}
    )
    answer = decide(client, event, "terima", [pending, gone])

    assert "1 orang dilewati" in words(asked)
    assert "Budi: Penerimaan tidak dapat dilakukan" in words(answer)
    assert "1 orang diterima" in words(answer)


def test_nobody_withdraws_from_what_has_begun(client):
    event = EventFactory()
    registration = RegistrationFactory(event=event, name="Siti")
    bring_to(event, EventStatus.RUNNING)
    at_work(client, event)

    answer = decide(client, event, "undurkan", [registration])

    assert "Siti: Kegiatan ini sudah dimulai." in words(answer)
    registration.refresh_from_db()
    assert registration.status == "ACCEPTED"


def test_nobody_chosen_nobody_decided(client):
    event = EventFactory()
    foreign = RegistrationFactory()
    at_work(client, event)

    for people in ([], [foreign]):
        answer = decide(client, event, "terima", people)
        assert "Pilih dahulu orang yang akan diterima." in words(answer)
    assert client.get(page(event, "decide"), {"tindakan": "hapus"}).status_code == 404


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


# --- One person ----------------------------------------------------------------------------------


def test_one_page_shows_all_that_is_known_of_a_participant(client):
    event = EventFactory(has_pretest=True, has_posttest=True)
    registration = RegistrationFactory(event=event, name="Siti Rahmah, S.T.", nip=NIP)
    first, second = event.sessions.all()
    bring_to(event, EventStatus.RUNNING)
    person_ = at_work(client, event, name="Ratna Wijaya")
    Attendance.objects.create(
        registration=registration, session=first, checked_in_at=NOW, zoom_minutes=75
    )
    Attendance.objects.create(
        registration=registration,
        session=second,
        marked=False,
        marked_by=person_,
        marked_at=NOW,
        mark_reason="Pulang lebih dahulu",
    )
    TestAttempt.objects.create(
        registration=registration, occasion=TestOccasion.PRE, answers={}, score=60
    )
    client.post(page(event, "message"), message(kirim="1", once=new_token()))

    shown = words(client.get(participant(registration)))

    for part in [
        "Siti Rahmah, S.T.",
        NIP,
        registration.user.email,
        "kode diisi 10.00 WIB; 75 menit di Zoom",
        "dicatat Ratna Wijaya: Pulang lebih dahulu",
        "Tes awal Nilai 60",
        "Tes akhir Belum dikerjakan",
        "Tautan berubah",
        "Menunggu",
    ]:
        assert part in shown, part


def test_who_waits_is_told_from_where_in_the_line(client):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting(event)
    second = waiting(event)
    at_work(client, event)

    assert "Urutan ke-2 di daftar tunggu" in words(client.get(participant(second)))


@pytest.mark.parametrize(
    ("status", "deeds"),
    [
        (RegistrationStatus.PENDING, {"terima", "tolak", "undurkan"}),
        (RegistrationStatus.ACCEPTED, {"tolak", "undurkan"}),
        (RegistrationStatus.WITHDRAWN, set()),
    ],
)
def test_the_buttons_follow_the_status(client, status, deeds):
    registration = RegistrationFactory(status=status)
    at_work(client, registration.event)

    offered = client.get(participant(registration)).context["decisions"]

    assert {decision.key for decision in offered} == deeds


def test_a_sessions_end_makes_absence_certain(client):
    event = bring_to(EventFactory(), EventStatus.RUNNING)
    registration = RegistrationFactory(event=event)
    first = event.sessions.first()
    at_work(client, event)
    before = client.get(participant(registration)).context["attendance"]
    first.starts_at, first.ends_at = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
    first.save()

    after = client.get(participant(registration)).context["attendance"]

    assert [is_present for _, is_present, _ in before] == [None, None]
    assert [is_present for _, is_present, _ in after] == [False, None]


@pytest.mark.parametrize("role", roles.ALL)
def test_a_participant_of_another_unit_does_not_exist(client, role):
    registration = RegistrationFactory()
    at_work(client, EventFactory(), role)
    looks_at_all = role in (roles.AUDITOR, roles.BPSDMI_OFFICER)

    assert client.get(participant(registration)).status_code == (200 if looks_at_all else 404)


def test_officers_do_not_meet_their_own_registrations_at_other_units(client):
    own_unit = EventFactory()
    person_ = organizer(roles.BDI_ADMIN, own_unit.unit)
    elsewhere = RegistrationFactory(user=person_)
    here = RegistrationFactory(event=own_unit)
    sign_in(client, person_)

    listed = client.get(reverse("admin:training_registration_changelist"))

    assert [row.pk for row in listed.context["cl"].result_list] == [here.pk]
    assert client.get(participant(elsewhere)).status_code == 404


def test_people_are_found_over_all_events_of_the_unit(client):
    event = EventFactory()
    RegistrationFactory(event=event, name="Siti Rahmah")
    RegistrationFactory(event=event, name="Budi")
    at_work(client, event)
    address = reverse("admin:training_registration_changelist")
    client.get(address)

    with CaptureQueriesContext(connection) as asked:
        listed = client.get(address, {"q": "rahmah"})

    assert [row.name for row in listed.context["cl"].result_list] == ["Siti Rahmah"]
    assert len(asked) <= 15
    assert client.get(reverse("admin:training_registration_add")).status_code == 403


def test_the_page_of_a_person_asks_as_often_for_much_as_for_little(client):
    event = EventFactory(sessions=1)
    little = RegistrationFactory(event=event)
    busy = EventFactory(sessions=5, unit=event.unit)
    much = RegistrationFactory(event=busy)
    for session in busy.sessions.all():
        Attendance.objects.create(registration=much, session=session, checked_in_at=NOW)
    Registration.objects.filter(pk=much.pk).update(name="Banyak")
    at_work(client, event)
    counts = []
    for registration in (little, little, much):
        with CaptureQueriesContext(connection) as asked:
            client.get(participant(registration))
        counts.append(len(asked))

    assert counts[1] == counts[2] <= 15
