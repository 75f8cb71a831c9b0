"""Memoranda: who keeps them, what ends soon, and who is told of follow-ups."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from config.demo_data.memoranda import enter_memoranda
from partnerships import memorandum_tasks
from partnerships.enums import MemorandumKind
from partnerships.models import Memorandum, MemorandumFollowUp, OfficialFigure
from partnerships.workflow import memoranda
from programs import roles
from programs.models import Notification
from tests.factories.partnerships import PhaseFactory
from tests.factories.programs import UserFactory, officer
from tests.factories.subsidy_stages import day
from tests.people import body_of, sign_in
from tests.programs.evil_files import pdf, upload
from tests.training.desk import words

pytestmark = pytest.mark.django_db
LIST, ADD = "admin:partnerships_memorandum_changelist", "admin:partnerships_memorandum_add"


def memorandum(**facts):
    return Memorandum.objects.create(
        **{"kind": MemorandumKind.FOREIGN, "title": "Kerja sama contoh", "scope": "Vokasi."} | facts
    )


@pytest.fixture
def person():
    return officer(roles.BPSDMI_OFFICER)


@pytest.fixture
def desk(client, person):
    return sign_in(client, person)


def change(one):
    return reverse("admin:partnerships_memorandum_change", args=[one.pk])


def answers(**changed):
    """What the form of a memorandum with one party and one follow-up sends."""
    return {
        "kind": "MINISTRIES",
        "title": "Nota kesepahaman lima kementerian",
        "number": "668/M-IND/11/2016",
        "scope": "Sinergi pendidikan dan pelatihan.",
        "source": "Arsip",
        "signed_on": "29/11/2016",
        "starts_on": "29 November 2016",
        "ends_on": "",
        "parties-TOTAL_FORMS": "1",
        "parties-INITIAL_FORMS": "0",
        "parties-0-name": "Kementerian Perindustrian",
        "parties-0-country": "Indonesia",
        "parties-0-signatory": "",
        "follow_ups-TOTAL_FORMS": "1",
        "follow_ups-INITIAL_FORMS": "0",
        "follow_ups-0-task": "Susun rencana kerja",
        "follow_ups-0-responsible": "",
        "follow_ups-0-due_on": "17/08/2027",
        "follow_ups-0-done_on": "",
        "follow_ups-0-result": "",
    } | changed


# --- The desk -------------------------------------------------------------------------------------


def test_an_officer_enters_a_memorandum_with_parties_follow_ups_and_scan(desk, person):
    scan = upload(pdf(), "mou.pdf")

    answer = desk.post(
        reverse(ADD), answers(scan=scan, **{"follow_ups-0-responsible": str(person.pk)})
    )

    assert answer.status_code == 302, words(answer)
    one = Memorandum.objects.get()
    assert (one.signed_on.isoformat(), one.ends_on) == ("2016-11-29", None)
    assert one.parties.get().name == "Kementerian Perindustrian"
    assert one.follow_ups.get().responsible == person
    assert one.document.uploaded_by == person
    assert one.document.name in desk.get(change(one)).text


def test_a_scan_that_is_no_pdf_is_refused_and_what_was_typed_stays(desk):
    scan = upload(b"MZ program", "mou.pdf")

    answer = desk.post(reverse(ADD), answers(scan=scan))

    assert answer.status_code == 200
    assert "Isi berkas ini program komputer" in words(answer)
    assert "Sinergi pendidikan dan pelatihan." in answer.text
    assert not Memorandum.objects.exists()


def test_a_follow_up_that_is_done_says_with_what_result(desk):
    answer = desk.post(reverse(ADD), answers(**{"follow_ups-0-done_on": "01/02/2026"}))

    assert "Tulis hasil tindak lanjut yang sudah selesai." in words(answer)
    assert not Memorandum.objects.exists()


def test_a_last_day_before_the_first_is_refused(desk):
    answer = desk.post(reverse(ADD), answers(ends_on="28/11/2016"))

    assert "Tanggal berakhir harus pada atau sesudah tanggal mulai." in words(answer)


def test_the_scan_opens_to_officers_of_link_and_match_and_to_nobody_else(desk, client, person):
    scan = upload(pdf(), "mou.pdf")
    desk.post(reverse(ADD), answers(scan=scan))
    address = reverse("programs:document", args=[Memorandum.objects.get().document.code])

    assert body_of(desk.get(address)).startswith(b"%PDF")
    sign_in(client, officer(roles.AUDITOR))
    assert body_of(client.get(address)).startswith(b"%PDF")
    for stranger in (officer(), UserFactory()):
        sign_in(client, stranger)
        assert client.get(address).status_code == 404


def test_the_list_says_what_ends_soon_and_what_is_late(desk):
    soon = memorandum(title="Segera habis", ends_on=day(30))
    memorandum(title="Sudah habis", ends_on=day(-1))
    memorandum(title="Masih lama", ends_on=day(91))
    memorandum(title="Tanpa batas")
    closed = memorandum(title="Ditutup saja", is_closed=True, ends_on=day(10))
    soon.follow_ups.create(task="Perpanjang", due_on=day(-3))
    closed.follow_ups.create(task="Tidak perlu lagi", due_on=day(-3))

    text = words(desk.get(reverse(LIST)))

    for state in ("Akan berakhir", "Berakhir", "Berlaku", "Masa berlaku belum dicatat", "Ditutup"):
        assert state in text
    assert text.count("Terlambat sejak") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"keadaan": "akan-berakhir"}, {"Segera habis"}),
        ({"keadaan": "berakhir"}, {"Sudah habis"}),
        ({"keadaan": "ditutup"}, {"Ditutup saja"}),
        ({"keadaan": "berlaku"}, {"Segera habis", "Tanpa batas"}),
        ({"tindak_lanjut": "terlambat"}, {"Segera habis"}),
        ({"tindak_lanjut": "tujuh-hari"}, {"Tanpa batas"}),
        ({"tindak_lanjut": "tanpa-penanggung-jawab"}, {"Segera habis", "Tanpa batas"}),
        ({"kind__exact": "EVENT"}, {"Tanpa batas"}),
        ({"q": "JETRO"}, {"Segera habis"}),
    ],
)
def test_filters_and_search(desk, query, found):
    soon = memorandum(title="Segera habis", ends_on=day(30))
    soon.parties.create(name="JETRO", country="Jepang")
    soon.follow_ups.create(task="Perpanjang", due_on=day(-1))
    memorandum(title="Sudah habis", ends_on=day(-1))
    fair = memorandum(title="Tanpa batas", kind=MemorandumKind.EVENT)
    fair.follow_ups.create(task="Siapkan anjungan", due_on=day(7))
    closed = memorandum(title="Ditutup saja", is_closed=True)
    closed.follow_ups.create(task="Tidak perlu", due_on=day(-1))

    listed = desk.get(reverse(LIST), query).context_data["cl"].result_list

    assert {one.title for one in listed} == found


def test_list_and_form_cost_the_same_with_more_rows(desk):
    def grow(number):
        for _ in range(number):
            one = memorandum()
            for n in range(number):
                one.parties.create(name=f"Pihak {n}")
                one.follow_ups.create(task="Tugas", responsible=officer())
        return one

    def cost(address):
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    first = grow(1)
    desk.get(reverse(LIST))
    few = cost(reverse(LIST)), cost(change(first))
    third = grow(3)

    assert (cost(reverse(LIST)), cost(change(third))) == few
    assert max(few) <= 15


def test_the_workbook_has_memoranda_parties_and_follow_ups(desk):
    enter_memoranda(officer())

    answer = desk.get(reverse("admin:partnerships_memorandum_download"))

    book = load_workbook(io.BytesIO(body_of(answer)))
    assert book.sheetnames == ["Nota kesepahaman", "Para pihak", "Tindak lanjut"]
    assert [sheet.max_row for sheet in book] == [6, 10, 5]


def test_an_auditor_looks_and_changes_nothing(client):
    one = memorandum()
    sign_in(client, officer(roles.AUDITOR))

    assert client.get(change(one)).status_code == 200
    assert client.get(reverse(ADD)).status_code == 403


def test_officers_of_other_work_do_not_see_them(client):
    one = memorandum()
    sign_in(client, officer(roles.PPK))

    assert client.get(reverse(LIST)).status_code == 403
    assert client.get(change(one)).status_code == 403


# --- Reminders ------------------------------------------------------------------------------------


def told():
    return sorted(Notification.objects.values_list("recipient__name", "subject"))


@pytest.mark.parametrize(
    ("days", "subject"),
    [
        (8, None),
        (7, "Tindak lanjut segera jatuh tempo"),
        (0, "Tindak lanjut segera jatuh tempo"),
        (-1, "Tindak lanjut terlambat"),
    ],
)
def test_who_is_responsible_is_told_in_time(person, days, subject):
    memorandum().follow_ups.create(task="Perpanjang", responsible=person, due_on=day(days))

    memorandum_tasks.remind_of_follow_ups()
    memorandum_tasks.remind_of_follow_ups()

    assert told() == ([(person.name, subject)] if subject else [])


def test_late_is_another_fact_than_soon(person):
    step = memorandum().follow_ups.create(task="Perpanjang", responsible=person, due_on=day(0))

    memoranda.remind(today=day(-3))
    memoranda.remind(today=day(1))

    assert [subject for _, subject in told()] == [
        "Tindak lanjut segera jatuh tempo",
        "Tindak lanjut terlambat",
    ]
    assert Notification.objects.first().url == change(step.memorandum)


def test_what_is_done_closed_or_nobodys_reminds_nobody(person):
    gone = officer(roles.BPSDMI_OFFICER, is_active=False)
    one, closed = memorandum(), memorandum(is_closed=True)
    one.follow_ups.create(
        task="Selesai", responsible=person, due_on=day(-1), done_on=day(-1), result="Beres."
    )
    one.follow_ups.create(task="Tanpa tenggat", responsible=person)
    one.follow_ups.create(task="Tanpa orang", due_on=day(-1))
    one.follow_ups.create(task="Orangnya keluar", responsible=gone, due_on=day(-1))
    closed.follow_ups.create(task="Ditutup", responsible=person, due_on=day(-1))

    memoranda.remind(today=day(0))

    assert told() == []


# --- Reference ------------------------------------------------------------------------------------


def test_the_reference_memoranda_are_entered_once_each_with_its_source(person):
    enter_memoranda(person)
    enter_memoranda(person)

    assert Memorandum.objects.count() == 5
    assert not Memorandum.objects.filter(source="").exists()
    five = Memorandum.objects.get(number="668/M-IND/11/2016")
    assert five.signed_on.isoformat() == "2016-11-29"
    # What no source tells is not invented.
    assert list(Memorandum.objects.exclude(pk=five.pk).values_list("signed_on", flat=True)) == (
        [None] * 4
    )
    assert MemorandumFollowUp.objects.filter(responsible=person).count() == 4


# --- Official figures -----------------------------------------------------------------------------


def test_an_official_figure_needs_its_source(desk):
    phase = PhaseFactory()
    values = {"measure": "SCHOOLS", "as_of": "18/03/2019", "value": "440", "phase": phase.pk}
    add = reverse("admin:partnerships_officialfigure_add")

    assert "Isi sumber." in words(desk.post(add, values | {"source": ""}))
    assert "Pilih tahap." in words(desk.post(add, values | {"source": "RMOL", "phase": ""}))
    assert desk.post(add, values | {"source": "RMOL 19-03-2019"}).status_code == 302
    again = desk.post(add, values | {"source": "RMOL 19-03-2019"})

    assert "Angka ini sudah tercatat." in words(again)
    assert OfficialFigure.objects.get().as_of.isoformat() == "2019-03-18"
