"""What officers do with the people of a batch on the desk, page by page."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from programs import roles
from programs.models import SensitiveAccess
from tests.factories.diklat import BatchFactory, CourseFactory, TraineeFactory
from tests.factories.programs import RegionFactory, officer
from tests.factories.subsidy_stages import day
from tests.factories.training import UnitFactory, organizer
from tests.people import body_of, sign_in
from training.diklat_enums import AttendanceState, BatchStatus, FollowupState, TraineeStatus
from training.models import Batch, Followup, Trainee

pytestmark = pytest.mark.django_db
B, T = BatchStatus, TraineeStatus
A_DAY = timedelta(days=1)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def desk(client, unit):
    """The desk of an officer of ``unit``."""
    client.officer = organizer(roles.BDI_ADMIN, unit)
    return sign_in(client, client.officer)


def batch_of(unit, status, **others):
    return BatchFactory(course=CourseFactory(unit=unit), status=status, **others)


def at(name, batch, *more):
    return reverse(f"admin:training_batch_{name}", args=[batch.pk, *(one.pk for one in more)])


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def written(moment):
    return f"{moment:%d/%m/%Y}"


def questions(desk, path):
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("name", "batch_status", "status"),
    [
        ("people", B.RUNNING, T.TRAINING),
        ("selection", B.SELECTION, T.REGISTERED),
        ("attendance", B.RUNNING, T.TRAINING),
        ("results", B.CERTIFICATION, T.TRAINING),
        ("results", B.CERTIFICATION, T.COMPETENT),
        ("placement", B.PLACEMENT, T.COMPETENT),
        ("followup", B.PLACEMENT, T.PLACED),
    ],
)
def test_a_page_asks_the_same_questions_at_one_and_at_three_rows(
    desk, unit, name, batch_status, status
):
    batch = batch_of(unit, batch_status)
    TraineeFactory(batch=batch, status=status)
    desk.get(at(name, batch))
    one = questions(desk, at(name, batch))
    TraineeFactory.create_batch(2, batch=batch, status=status)

    assert questions(desk, at(name, batch)) == one
    assert one <= 26  # of which the session, the officer's rights and the menu take half


# --- The list, one person, entering and leaving ---------------------------------------------------


def test_people_are_listed_found_and_narrowed(desk, unit):
    batch = batch_of(unit, B.RUNNING)
    TraineeFactory(batch=batch, name="Rahmah", status=T.TRAINING)
    TraineeFactory(batch=batch, name="Slamet", status=T.NOT_SELECTED)

    def names(**asked):
        return [trainee.name for trainee in desk.get(at("people", batch), asked).context["page"]]

    assert names() == ["Rahmah", "Slamet"]
    assert names(cari="rah") == ["Rahmah"]
    assert names(keadaan="tidak-lulus") == ["Slamet"]
    assertContains(desk.get(at("people", batch), {"cari": "xyz"}), "Tidak ada yang cocok")


@pytest.mark.parametrize("status", TraineeStatus)
def test_the_page_of_a_person_opens_at_every_status(desk, unit, status):
    batch = batch_of(unit, B.CERTIFICATION)
    trainee = TraineeFactory(batch=batch, status=status)

    assertContains(desk.get(at("person", batch, trainee)), trainee.name)


def test_a_person_of_another_batch_does_not_exist_here(desk, unit):
    assert desk.get(at("person", batch_of(unit, B.OPEN), TraineeFactory())).status_code == 404


def test_an_officer_enters_somebody_who_came_in_person(desk, unit):
    batch = batch_of(unit, B.SELECTION)
    typed = {
        "name": "Rahmah Contoh",
        "birth_date": "17/08/2004",
        "gender": "F",
        "nik": "",
        "region": RegionFactory().pk,
        "education": "SMK",
        "email": "",
        "phone": "0812 3456 7890",
        "wanted": "",
        "needs": "",
        "sent_by_name": "Pesantren Contoh",
    }
    assertContains(desk.get(at("people", batch)), at("enter", batch))

    too_young = desk.post(at("enter", batch), typed | {"birth_date": "17/08/2019"})
    assertContains(too_young, "berusia paling muda", status_code=422)
    response = desk.post(at("enter", batch), typed)

    trainee = batch.trainees.get()
    assertRedirects(response, at("person", batch, trainee))
    assert (trainee.sender, trainee.registered_by) == ("Pesantren Contoh", desk.officer)
    late = desk.post(at("enter", batch_of(unit, B.PLACEMENT)), typed)
    assertContains(late, "tidak sedang dibuka", status_code=422)


def test_a_nik_is_shown_in_full_once_and_by_name(desk, unit):
    batch = batch_of(unit, B.OPEN)
    trainee = TraineeFactory(batch=batch, nik_number="9975014203850003")
    shown = desk.get(at("person", batch, trainee))
    assertContains(shown, "9975 •••• •••• 0003")
    assertContains(shown, "NIK tampak keliru")
    assertNotContains(shown, "9975014203850003")

    assertContains(desk.post(at("reveal", batch, trainee)), "9975014203850003")

    assert SensitiveAccess.objects.get().user == desk.officer
    without = TraineeFactory(batch=batch)
    assert desk.post(at("reveal", batch, without)).status_code == 403


@pytest.mark.parametrize(
    ("batch_status", "status", "after"),
    [
        (B.OPEN, T.REGISTERED, T.WITHDRAWN),
        (B.RUNNING, T.TRAINING, T.DROPPED_OUT),
        (B.CERTIFICATION, T.TRAINING, T.DROPPED_OUT),
    ],
)
def test_who_leaves_is_written_down_with_the_reason(desk, unit, batch_status, status, after):
    batch = batch_of(unit, batch_status)
    trainee = TraineeFactory(batch=batch, status=status)

    assertContains(desk.get(at("person", batch, trainee)), at("leave", batch, trainee))
    assert desk.post(at("leave", batch, trainee), {"reason": ""}).status_code == 422
    desk.post(at("leave", batch, trainee), {"reason": "Sakit."})

    assert fresh(trainee).status == after
    assert fresh(trainee).history.last().reason == "Sakit."
    again = desk.post(at("leave", batch, trainee), {"reason": "Sakit."})
    assertContains(again, "tidak dapat dilakukan", status_code=409)


def test_the_people_go_into_excel_with_their_nik_masked(desk, unit):
    batch = batch_of(unit, B.PLACEMENT)
    trainee = TraineeFactory(
        batch=batch, status=T.PLACED, name="=cmd", nik_number="1375014203850003"
    )
    Followup.objects.filter(trainee=trainee, months=3).update(
        done_on=day(0), state=FollowupState.SAME_PLACE, recorded_by=desk.officer
    )

    answer = desk.get(at("export", batch))

    headings, row = openpyxl.load_workbook(io.BytesIO(body_of(answer))).active.iter_rows(
        values_only=True
    )
    cells = dict(zip(headings, row, strict=True))
    assert cells["Nama"] == "=cmd"
    assert cells["NIK (disamarkan)"] == "1375 •••• •••• 0003"
    assert cells["Tempat kerja"] == batch.demands.get().company.name
    assert cells["Kabar bulan ke-3"] == "masih di tempat yang sama"


def test_the_rates_go_into_excel_by_unit_and_year(desk, unit):
    TraineeFactory(batch=batch_of(unit, B.PLACEMENT), status=T.PLACED)
    TraineeFactory(status=T.PLACED)  # of another unit

    shown = desk.get(reverse("admin:training_batch_changelist"))
    assertContains(shown, "Unduh angka")
    answer = desk.get(reverse("admin:training_batch_download_figures"))

    rows = list(openpyxl.load_workbook(io.BytesIO(body_of(answer))).active.values)
    assert len(rows) == 2
    assert rows[1][0] == unit.name
    assert rows[1][4:7] == (1, 1, 1)


def test_the_lists_show_the_own_unit_alone(desk, unit):
    trainee = TraineeFactory(batch=batch_of(unit, B.OPEN), name="Rahmah")
    TraineeFactory(name="Orang lain")

    people = desk.get(reverse("admin:training_trainee_changelist"))
    assertContains(people, at("person", trainee.batch, trainee))
    assertNotContains(people, "Orang lain")
    assert len(desk.get(reverse("admin:training_batch_changelist")).context["cl"].result_list) == 1
    assert len(desk.get(reverse("admin:training_course_changelist")).context["cl"].result_list) == 1
    assertRedirects(
        desk.get(reverse("admin:training_trainee_change", args=[trainee.pk])),
        at("person", trainee.batch, trainee),
    )


@pytest.mark.parametrize(
    ("asked", "batches", "people", "courses"),
    [
        ({}, {"jahit", "las"}, {"Rahmah", "Budi"}, {"jahit", "las"}),
        ({"penyelenggara": "other"}, {"las"}, {"Budi"}, {"las"}),
        ({"tahun": "2026"}, {"jahit"}, {"Rahmah"}, None),
        ({"tahun": "2025"}, {"las"}, {"Budi"}, None),
        ({"status__exact": "OPEN"}, {"jahit"}, None, None),
        ({"status__exact": "REGISTERED"}, None, {"Rahmah"}, None),
        ({"q": "jahit"}, {"jahit"}, None, {"jahit"}),
        ({"q": "rahmah"}, None, {"Rahmah"}, None),
    ],
)
def test_the_lists_can_be_narrowed(client, unit, asked, batches, people, courses):
    other = UnitFactory()
    sewing, welding = (
        BatchFactory(
            course=CourseFactory(unit=organizes, title=title),
            status=status,
            starts_on=date(year, 3, 2),
            ends_on=date(year, 3, 20),
        )
        for organizes, title, status, year in [
            (unit, "jahit", B.OPEN, 2026),
            (other, "las", B.RUNNING, 2025),
        ]
    )
    TraineeFactory(batch=sewing, name="Rahmah")
    TraineeFactory(batch=welding, name="Budi", status=T.TRAINING)
    sign_in(client, officer(roles.AUDITOR))
    if "penyelenggara" in asked:
        asked = {"penyelenggara": other.pk}

    def found(name):
        page = client.get(reverse(f"admin:training_{name}_changelist"), asked)
        return set(page.context["cl"].result_list)

    if batches is not None:
        assert {batch.course.title for batch in found("batch")} == batches
    if people is not None:
        assert {person.name for person in found("trainee")} == people
    if courses is not None:
        assert {course.title for course in found("course")} == courses


# --- Selection ------------------------------------------------------------------------------------


def test_grades_and_places_are_given_on_one_page(desk, unit):
    batch = batch_of(unit, B.SELECTION)
    one, two = TraineeFactory.create_batch(2, batch=batch)
    grades = {f"{one.pk}-score": "91", f"{one.pk}-note": "Teliti", f"{two.pk}-score": ""}

    desk.post(at("selection", batch), grades | {"langkah": "nilai"})
    assert (fresh(one).score, fresh(one).selection_note, fresh(two).score) == (91, "Teliti", None)
    shown = desk.get(at("selection", batch))
    assert [row.person for row in shown.context["rows"]] == [one, two]
    response = desk.post(
        at("selection", batch),
        grades | {f"{two.pk}-score": "70", "peserta": [one.pk], "langkah": "lulus"},
    )

    assertRedirects(response, at("selection", batch))
    assert (fresh(one).status, fresh(two).status, fresh(two).score) == (
        T.SELECTED,
        T.REGISTERED,
        70,
    )
    assert one not in [row.person for row in desk.get(at("selection", batch)).context["rows"]]
    assertContains(desk.get(at("selection", batch) + "?tampil=lulus"), one.name)


def test_others_are_told_why_they_have_no_place(desk, unit):
    batch = batch_of(unit, B.SELECTION)
    trainee = TraineeFactory(batch=batch)
    typed = {"peserta": [trainee.pk], "langkah": "tolak", f"{trainee.pk}-score": ""}

    shown = desk.post(at("selection", batch), typed | {"reason": ""})
    assertContains(shown, "pendaftar membacanya", status_code=422)
    desk.post(at("selection", batch), typed | {"reason": "Tempat sudah terisi."})

    assert fresh(trainee).status == T.NOT_SELECTED


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"score": "101"}, "angka bulat antara 0 dan 100"),
        ({"peserta": []}, "Pilih dahulu pendaftar"),
        ({"score": "banyak"}, "angka bulat antara 0 dan 100"),
    ],
)
def test_what_hinders_a_selection_is_said(desk, unit, changes, words):
    batch = batch_of(unit, B.SELECTION)
    trainee = TraineeFactory(batch=batch)
    typed = {
        f"{trainee.pk}-score": changes.get("score", "80"),
        "peserta": changes.get("peserta", [trainee.pk]),
        "langkah": "lulus",
    }

    assertContains(desk.post(at("selection", batch), typed), words, status_code=422)
    assert fresh(trainee).status == T.REGISTERED


def test_more_than_there_are_places_are_not_chosen(desk, unit):
    batch = batch_of(unit, B.SELECTION, capacity=1)
    people = TraineeFactory.create_batch(2, batch=batch)

    shown = desk.post(
        at("selection", batch),
        {"peserta": [one.pk for one in people], "langkah": "lulus"},
    )

    assertContains(shown, "Tersisa 1 dari 1 tempat", status_code=422)
    assert shown.context["chosen"] == {str(one.pk) for one in people}


def test_somebody_known_from_another_batch_is_pointed_out(desk, unit):
    batch = batch_of(unit, B.SELECTION)
    TraineeFactory(batch=batch, email="rahmah@contoh.id")
    before = TraineeFactory(email="rahmah@contoh.id", status=T.COMPETENT)

    assertContains(desk.get(at("selection", batch)), f"Juga di {before.batch}: kompeten")


# --- Attendance -----------------------------------------------------------------------------------


def test_a_day_is_one_list(desk, unit):
    batch = batch_of(unit, B.RUNNING)
    one, two = TraineeFactory.create_batch(2, batch=batch, status=T.TRAINING)
    TraineeFactory(batch=batch, status=T.NOT_SELECTED, name="Cadangan")
    shown = desk.get(at("attendance", batch))
    assertContains(shown, "Semua ditandai hadir")
    assertNotContains(shown, "Cadangan")

    response = desk.post(
        at("attendance", batch) + f"?hari={day(-1):%Y-%m-%d}",
        {f"{one.pk}-state": "PRESENT", f"{two.pk}-state": "ILL", f"{two.pk}-note": "Demam"},
        follow=True,
    )

    assertContains(response, "1 dari 2 peserta hadir")
    row = two.attendance.get()
    assert (row.day, row.state, row.note) == (day(-1), AttendanceState.ILL, "Demam")
    assertContains(desk.get(at("attendance", batch) + f"?hari={day(-1):%Y-%m-%d}"), "Demam")


def test_a_list_of_the_past_is_only_read(desk, unit):
    batch = batch_of(unit, B.PLACEMENT)
    trainee = TraineeFactory(batch=batch, status=T.COMPETENT)
    trainee.attendance.create(day=batch.starts_on, state="ILL", note="Demam", recorded_by=officer())

    shown = desk.get(at("attendance", batch) + f"?hari={batch.starts_on:%Y-%m-%d}")

    assertContains(shown, "Sakit")
    assertNotContains(shown, "Simpan presensi")


@pytest.mark.parametrize("asked", ["kemarin", "2019-13-45", "1999-01-01", "2999-01-01", ""])
def test_another_day_is_led_back_into_the_training(desk, unit, asked):
    batch = batch_of(unit, B.RUNNING)

    shown = desk.get(at("attendance", batch), {"hari": asked})

    assert batch.starts_on <= shown.context["day"] <= batch.ends_on


def test_a_list_that_is_not_whole_or_not_due_is_refused(desk, unit):
    batch = batch_of(unit, B.RUNNING)
    trainee = TraineeFactory(batch=batch, status=T.TRAINING)

    shown = desk.post(at("attendance", batch), {})
    assertContains(shown, f"Pilih kehadiran {trainee.name}", status_code=422)
    shown = desk.post(
        at("attendance", batch) + f"?hari={day(3):%Y-%m-%d}", {f"{trainee.pk}-state": "PRESENT"}
    )
    assertContains(shown, "hari yang sudah tiba", status_code=422)
    assert not trainee.attendance.exists()


# --- Results --------------------------------------------------------------------------------------


def test_the_results_of_a_test_are_written_down_together(desk, unit):
    batch = batch_of(unit, B.CERTIFICATION)
    one, two, three = TraineeFactory.create_batch(3, batch=batch, status=T.TRAINING)
    typed = {
        "assessed_on": written(day(0)),
        "valid_until": "",
        f"{one.pk}-outcome": "kompeten",
        f"{one.pk}-number": "LSP-1",
        f"{two.pk}-outcome": "belum",
        f"{three.pk}-outcome": "",
        "langkah": "hasil",
    }

    assertRedirects(desk.post(at("results", batch), typed), at("results", batch))

    assert [fresh(who).status for who in (one, two, three)] == [
        T.COMPETENT,
        T.NOT_YET_COMPETENT,
        T.TRAINING,
    ]
    shown = desk.get(at("results", batch))
    assertContains(shown, "belum kompeten pada uji ke-1")
    assertContains(shown, "LSP-1")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcome": ""}, "Pilih hasil uji paling sedikit satu peserta"),
        ({"outcome": "", "number": "LSP-1"}, "Pilih hasil uji"),
        ({"outcome": "belum", "number": "LSP-1"}, "belum kompeten, jadi tidak memiliki"),
        ({"assessed_on": written(day(1))}, "tidak boleh sesudah hari ini"),
        ({"assessed_on": ""}, "Isi tanggal uji"),
        ({"valid_until": written(day(-1))}, "berakhir sesudah tanggal uji"),
    ],
)
def test_what_is_wrong_with_a_result_is_said(desk, unit, changes, words):
    batch = batch_of(unit, B.CERTIFICATION)
    trainee = TraineeFactory(batch=batch, status=T.TRAINING)
    typed = {
        "assessed_on": changes.get("assessed_on", written(day(0))),
        "valid_until": changes.get("valid_until", ""),
        f"{trainee.pk}-outcome": changes.get("outcome", "kompeten"),
        f"{trainee.pk}-number": changes.get("number", ""),
    }

    assertContains(desk.post(at("results", batch), typed), words, status_code=422)
    assert fresh(trainee).status == T.TRAINING


def test_who_was_rarely_there_is_pointed_out_before_the_test(desk, unit):
    batch = batch_of(unit, B.CERTIFICATION)
    trainee = TraineeFactory(batch=batch, status=T.TRAINING)
    trainee.attendance.create(
        day=batch.starts_on, state=AttendanceState.ABSENT, recorded_by=officer()
    )

    assertContains(desk.get(at("results", batch)), "di bawah")


def test_numbers_of_certificates_come_later(desk, unit):
    batch = batch_of(unit, B.PLACEMENT)
    one, two = TraineeFactory.create_batch(2, batch=batch, status=T.COMPETENT)
    typed = {f"{one.pk}-number": "LSP-1", f"{two.pk}-number": "", "langkah": "nomor"}

    response = desk.post(at("results", batch), typed, follow=True)

    assertContains(response, "1 nomor sertifikat disimpan")
    assert one.results.get().certificate_number == "LSP-1"
    taken = desk.post(at("results", batch), typed | {f"{two.pk}-number": "LSP-1"})
    assertContains(taken, "sudah dipakai", status_code=422)
    too_long = desk.post(at("results", batch), typed | {f"{two.pk}-number": "x" * 61})
    assert too_long.status_code == 422


def test_a_mistyped_result_is_taken_back(desk, unit):
    batch = batch_of(unit, B.CERTIFICATION)
    trainee = TraineeFactory(batch=batch, status=T.COMPETENT)
    result = trainee.results.get()
    assertContains(desk.get(at("person", batch, trainee)), at("void", batch, trainee, result))

    assert desk.post(at("void", batch, trainee, result), {"reason": ""}).status_code == 422
    desk.post(at("void", batch, trainee, result), {"reason": "Tertukar."})

    assert fresh(trainee).status == T.TRAINING
    again = desk.post(at("void", batch, trainee, result), {"reason": "Lagi."})
    assertContains(again, "Hanya hasil uji yang terakhir", status_code=409)


# --- Work and follow-up ---------------------------------------------------------------------------


def test_several_graduates_go_to_one_partner(desk, unit):
    batch = batch_of(unit, B.PLACEMENT)
    demand = batch.demands.get()
    type(demand).objects.filter(pk=demand.pk).update(places=1)
    people = TraineeFactory.create_batch(2, batch=batch, status=T.COMPETENT)
    typed = {"demand": demand.pk, "starts_on": written(day(0))}

    nobody = desk.post(at("placement", batch), typed)
    assertContains(nobody, "Pilih dahulu peserta", status_code=422)
    response = desk.post(
        at("placement", batch), typed | {"peserta": [one.pk for one in people]}, follow=True
    )

    assertContains(response, "2 orang ditempatkan")
    assertContains(response, "1 orang lebih banyak")
    assert {fresh(one).status for one in people} == {T.PLACED}
    early = TraineeFactory(batch=batch, status=T.COMPETENT)
    refused = desk.post(
        at("placement", batch),
        typed | {"peserta": [early.pk], "starts_on": written(batch.starts_on - A_DAY)},
    )
    assertContains(refused, "tidak boleh sebelum pelatihan", status_code=422)


OUTCOMES = [
    ({"kind": "mitra", "starts_on": written(day(0))}, T.PLACED),
    (
        {
            "kind": "perusahaan",
            "company_name": "PT Lain",
            "position": "Penjahit",
            "starts_on": written(day(0)),
        },
        T.PLACED,
    ),
    (
        {
            "kind": "usaha",
            "company_name": "Jahit Melati",
            "position": "Konveksi",
            "starts_on": written(day(0)),
        },
        T.SELF_EMPLOYED,
    ),
    ({"kind": "belum", "reason": "Melanjutkan sekolah."}, T.NOT_WORKING),
]


@pytest.mark.parametrize(("typed", "after"), OUTCOMES, ids=["partner", "company", "own", "none"])
def test_one_person_goes_another_way(desk, unit, typed, after):
    batch = batch_of(unit, B.PLACEMENT)
    trainee = TraineeFactory(batch=batch, status=T.COMPETENT)
    if typed["kind"] == "mitra":
        typed = typed | {"demand": batch.demands.get().pk}
    address = at("place_one", batch, trainee)
    assert desk.get(address).status_code == 200

    missing = desk.post(address, {"kind": typed["kind"]})
    assert missing.status_code == 422
    assertRedirects(desk.post(address, typed), at("placement", batch))

    assert fresh(trainee).status == after
    filters = {T.NOT_WORKING: "belum"}.get(after, "bekerja")
    assertContains(desk.get(at("placement", batch) + f"?tampil={filters}"), trainee.name)


def test_a_way_that_is_not_open_is_explained(desk, unit):
    batch = batch_of(unit, B.RUNNING)
    trainee = TraineeFactory(batch=batch, status=T.TRAINING)

    refused = desk.post(at("place_one", batch, trainee), OUTCOMES[3][0])

    assertContains(refused, "Penempatan tidak dapat dicatat", status_code=422)


def test_people_are_asked_when_the_day_has_come(desk, unit):
    batch = batch_of(unit, B.PLACEMENT)
    due, later = TraineeFactory.create_batch(2, batch=batch, status=T.PLACED)
    call = due.followups.get(months=3)
    Followup.objects.filter(pk=call.pk).update(due_on=day(-2))
    shown = desk.get(at("followup", batch))
    assert [row.followup for row in shown.context["rows"]] == [call]
    assert len(shown.context["later"]) == 3

    nothing = desk.post(at("followup", batch), {f"f{call.pk}-state": ""})
    assertContains(nothing, "paling sedikit satu orang", status_code=422)
    desk.post(
        at("followup", batch),
        {f"f{call.pk}-state": "OTHER_PLACE", f"f{call.pk}-note": "Pindah ke Solo"},
    )

    assert fresh(call).state == FollowupState.OTHER_PLACE
    assertContains(desk.get(at("followup", batch)), "Pindah ke Solo")
    assert later.followups.waiting().count() == 2


def test_a_closed_batch_takes_no_answer(desk, unit):
    batch = batch_of(unit, B.PLACEMENT)
    call = TraineeFactory(batch=batch, status=T.PLACED).followups.get(months=3)
    Followup.objects.filter(pk=call.pk).update(due_on=day(-2))
    Batch.objects.filter(pk=batch.pk).update(status=B.CLOSED)

    refused = desk.post(at("followup", batch), {f"f{call.pk}-state": "SAME_PLACE"})

    assertContains(refused, "Tindak lanjut tidak dapat dicatat", status_code=422)
    assert Trainee.objects.filter(followups__done_on__isnull=False).count() == 0
