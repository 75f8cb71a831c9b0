"""Participants on the desk: the list, the list as a file, and decisions about many."""

import csv
import io

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs import roles
from programs.models import Notification
from programs.once import new_token
from tests.factories.programs import DinasFactory, RegionFactory, UserFactory, officer
from tests.factories.training import (
    NOW,
    EventFactory,
    RegistrationFactory,
    bring_to,
)
from tests.people import body_of, sign_in
from tests.training.desk import ORGANIZERS, at_work, page, participant, words
from training.enums import EventStatus, RegistrationSource

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
