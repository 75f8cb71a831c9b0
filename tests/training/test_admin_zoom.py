"""Zoom reports on the desk and by command: checked first, recorded whole, leftovers by hand."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs import roles
from programs.models import Document
from programs.spreadsheets import write_xlsx
from tests.factories.programs import RegionFactory, UserFactory, officer
from tests.factories.training import (
    STARTS_AT,
    EventFactory,
    RegistrationFactory,
    UnitFactory,
    bring_to,
    organizer,
)
from tests.people import sign_in
from tests.subsidies.desk import words
from tests.training.results_desk import address, holder
from training.enums import EventStatus
from training.likely_people import LEAST, People
from training.models import Attendance, ZoomAttendee, ZoomReport

pytestmark = pytest.mark.django_db

HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"


@pytest.fixture
def event():
    return bring_to(EventFactory(), EventStatus.RUNNING)


@pytest.fixture
def session(event):
    return event.sessions.get(number=1)


def person(event, name, email=""):
    user = UserFactory(name=name, **({"email": email} if email else {}))
    return RegistrationFactory(event=event, user=user, name=name)


def stay(name, email="", minutes=90, *, starts=0):
    """A line as Zoom writes it, in WIB."""
    joined = timezone.localtime(STARTS_AT) + timedelta(minutes=starts)
    left = joined + timedelta(minutes=minutes)
    return f"{name},{email},{joined:%m/%d/%Y %I:%M:%S %p},{left:%m/%d/%Y %I:%M:%S %p},{minutes},No"


def report(*lines, name="participants_812.csv"):
    return SimpleUploadedFile(name, "\n".join([HEAD, *lines]).encode("utf-8-sig"))


def upload(client, session, *lines, zone="WIB", **options):
    return client.post(
        address(session.event, "zoom", session.pk),
        {"file": report(*lines, **options), "zone": zone},
    )


def commit(client, session, preview):
    return client.post(
        address(session.event, "zoom", session.pk), {"kode": preview.context_data["code"]}
    )


def imported(client, session, *lines):
    return commit(client, session, upload(client, session, *lines))


def presence(session):
    return dict(
        Attendance.objects.filter(session=session).values_list("registration__name", "zoom_minutes")
    )


def test_a_preview_tells_whom_it_knows_and_writes_nothing(client, event, session):
    person(event, "Budi Santoso", "budi@jambi.example")
    person(event, "Siti Rahmah, S.T.")
    holder(client, event)

    response = upload(
        client,
        session,
        stay("BS", "budi@jambi.example", 40),
        stay("BS", "budi@jambi.example", 40, starts=45),
        stay("Disperin_Siti Rahmah"),
        stay("Samsung SM-A515F", minutes=70),
    )

    preview = response.context_data["preview"]
    assert (preview.by_email, preview.by_name, preview.enough) == (1, 1, 2)
    assert [row.name for row in preview.unmatched] == ["Samsung SM-A515F"]
    text = words(response)
    assert "Ini pratinjau, belum ada yang ditulis 4 baris dari 3 orang" in text
    assert "BS budi@jambi.example 80 Budi Santoso lewat surel" in text
    assert "Disperin_Siti Rahmah 90 Siti Rahmah, S.T. lewat nama" in text
    assert not Attendance.objects.exists()
    assert not ZoomAttendee.objects.exists()
    assert not ZoomReport.objects.exists()


def test_the_checked_report_is_recorded_and_kept(client, event, session, settings):
    person(event, "Budi Santoso", "budi@jambi.example")
    holder(client, event)

    preview = upload(client, session, stay("Budi", "budi@jambi.example", 80), stay("Tamu"))
    answer = commit(client, session, preview)

    assert answer.status_code == 302
    assert presence(session) == {"Budi Santoso": 80}
    kept = Document.objects.get()
    assert (kept.name, kept.extension, kept.organization) == ("participants_812.csv", ".csv", None)
    assert ZoomReport.objects.get().document == kept
    page = words(client.get(answer.url))
    assert "1 orang cocok dengan peserta, 1 di antaranya cukup lama hadir, 1 belum cocok" in page
    assert "Belum cocok 1 Sudah cocok 1 Bukan peserta 0" in page


def test_two_reports_of_a_session_add_up_and_the_same_one_adds_nothing(client, event, session):
    person(event, "Budi Santoso")
    holder(client, event)

    for lines in ([stay("Budi Santoso", minutes=30)],
                  [stay("Budi Santoso", minutes=30, starts=45)],
                  [stay("Budi Santoso", minutes=30, starts=45)]):  # fmt: skip
        imported(client, session, *lines)

    assert presence(session) == {"Budi Santoso": 60}
    assert ZoomReport.objects.count() == 3


def test_the_clock_of_the_report_is_that_of_the_unit_unless_said_otherwise(client, event, session):
    event.unit.region = RegionFactory(code="73.71", name="Kota Makassar", time_zone="Asia/Makassar")
    event.unit.save()
    person(event, "Budi Santoso")
    holder(client, event)

    page = client.get(address(event, "zoom", session.pk))
    assert page.context_data["form"]["zone"].value() == "WITA"

    wib, wita = (
        upload(client, session, stay("Budi Santoso"), zone=zone) for zone in ("WIB", "WITA")
    )
    assert wib.context_data["preview"].rows[0].minutes == 90
    assert wita.context_data["preview"].rows[0].minutes == 30


def test_a_report_of_another_time_is_doubted(client, event, session):
    person(event, "Budi Santoso")
    holder(client, event)

    response = upload(client, session, stay("Budi Santoso", starts=24 * 60))

    assert "Tidak seorang pun ada di Zoom pada jam sesi ini" in words(response)


def test_an_excel_file_is_a_report_as_well(client, event, session):
    person(event, "Budi Santoso")
    holder(client, event)
    file = io.BytesIO()
    write_xlsx(file, {"Laporan": [HEAD.split(","), stay("Budi Santoso").split(",")]})

    preview = client.post(
        address(event, "zoom", session.pk),
        {"file": SimpleUploadedFile("laporan.xlsx", file.getvalue()), "zone": "WIB"},
    )
    commit(client, session, preview)

    assert presence(session) == {"Budi Santoso": 90}
    assert Document.objects.get().name == "laporan.xlsx"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Berkas ini kosong."),
        (b"nama,instansi\nBudi,Dinas", "Ini bukan laporan peserta dari Zoom"),
        (b"\xff\xfe\x00", "Ekspor"),
        (b"Name (Original Name),User Email,Total Duration (Minutes)\nBudi,,90", "tanpa waktu"),
    ],
)
def test_another_file_is_refused_with_what_to_do(client, event, session, content, sentence):
    holder(client, event)

    answer = client.post(
        address(event, "zoom", session.pk),
        {"file": SimpleUploadedFile("foto.csv", content), "zone": "WIB"},
    )

    assert answer.status_code == 422
    assert answer.context_data["form"].errors["file"]
    if sentence != "Ekspor":
        assert sentence in words(answer)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"zone": "WIB"}, "Pilih laporan peserta dari Zoom, berupa .csv atau .xlsx."),
        ({"zone": "GMT"}, "Pilih"),
    ],
)
def test_file_and_clock_are_needed(client, event, session, data, sentence):
    holder(client, event)

    answer = client.post(address(event, "zoom", session.pk), data)

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_one_line_that_cannot_be_read_holds_up_the_whole_file(client, event, session):
    person(event, "Budi Santoso")
    holder(client, event)

    response = upload(client, session, stay("Budi Santoso"), "Siti,,kemarin,tadi,9,No")

    text = words(response)
    assert "2 baris perlu diperbaiki" in text
    assert "Baris 3, kolom Join Time: “kemarin” tidak terbaca sebagai waktu." in text
    assert response.context_data["code"] == ""
    assert "Catat laporan ini" not in text


def test_a_preview_that_is_gone_or_another_officers_records_nothing(client, event, session):
    person(event, "Budi Santoso")
    first = holder(client, event)
    preview = upload(client, session, stay("Budi Santoso"))

    holder(client, event)
    answer = client.post(
        address(event, "zoom", session.pk), {"kode": preview.context_data["code"]}, follow=True
    )

    assert "Pratinjau ini sudah tidak tersimpan; tidak ada yang dicatat." in words(answer)
    assert presence(session) == {}

    # Nor does it count for another session of the same event.
    sign_in(client, first)
    client.post(
        address(event, "zoom", event.sessions.get(number=2).pk),
        {"kode": preview.context_data["code"]},
    )
    assert not ZoomReport.objects.exists()


def test_before_the_event_begins_nothing_is_recorded(client):
    event = EventFactory()
    session = event.sessions.first()
    person(event, "Budi Santoso")
    holder(client, event)

    answer = imported(client, session, stay("Budi Santoso"))

    assert answer.status_code == 422
    assert "Kehadiran baru dapat dicatat setelah kegiatan dimulai." in words(answer)
    assert not ZoomReport.objects.exists()


# --- Leftovers ----------------------------------------------------------------------------------


def leftover(session, name="Budi S", email="", minutes=80):
    return ZoomAttendee.objects.create(
        session=session,
        name=name,
        email=email,
        minutes=minutes,
        spans=[
            [
                session.starts_at.isoformat(),
                (session.starts_at + timedelta(minutes=minutes)).isoformat(),
            ]
        ],
    )


def decide(client, session, decisions, **more):
    data = {f"orang-{one.pk}": value for one, value in decisions.items()}
    return client.post(address(session.event, "zoom_match", session.pk), data | more)


def test_a_leftover_is_offered_the_likest_names_first(client, event, session):
    budi = person(event, "Budi Santoso, S.T.")
    budiman = person(event, "Budiman Saragih")
    person(event, "Kartika Dewi")
    one = leftover(session, "Pak Budi Santosa")
    holder(client, event)

    response = client.get(address(event, "zoom", session.pk))

    field = response.context_data["match_form"][f"orang-{one.pk}"].field
    assert [value for value, _ in field.choices] == ["", str(budi.pk), str(budiman.pk), "bukan"]


def test_leftovers_are_matched_by_hand_and_their_minutes_count(client, event, session):
    budi, siti = person(event, "Budi Santoso"), person(event, "Siti Rahmah")
    first, second, host = (leftover(session, name) for name in ("Budi S", "Sitti R", "BDI Padang"))
    holder(client, event)

    answer = decide(client, session, {first: budi.pk, second: siti.pk, host: "bukan"})

    assert answer.status_code == 302
    assert presence(session) == {"Budi Santoso": 80, "Siti Rahmah": 80}
    host.refresh_from_db()
    assert host.is_ignored
    assert "Semua orang di laporan sudah dikenali" in words(client.get(answer.url))


def test_a_decision_can_be_taken_back(client, event, session):
    budi = person(event, "Budi Santoso")
    one = leftover(session)
    holder(client, event)
    decide(client, session, {one: budi.pk})

    assert "Budi S" in words(client.get(address(event, "zoom", session.pk), {"saring": "cocok"}))
    decide(client, session, {one: ""}, saring="cocok")

    one.refresh_from_db()
    assert one.registration is None
    assert presence(session) == {"Budi Santoso": None}


def test_what_was_chosen_comes_back_after_signing_in_again(client, event, session):
    budi = person(event, "Budi Santoso")
    one = leftover(session)
    officer_in_charge = holder(client, event)
    client.get(address(event, "zoom", session.pk))
    client.session.flush()

    decide(client, session, {one: budi.pk})
    sign_in(client, officer_in_charge)
    page = client.get(address(event, "zoom", session.pk))

    assert page.context_data["match_form"][f"orang-{one.pk}"].value() == str(budi.pk)
    assert presence(session) == {}


def test_nothing_chosen_changes_nothing(client, event, session):
    one = leftover(session)
    holder(client, event)

    answer = decide(client, session, {one: ""})

    assert "Tidak ada yang berubah." in words(client.get(answer.url))


def test_strangers_cannot_be_chosen(client, event, session):
    stranger = RegistrationFactory(event=EventFactory())
    one = leftover(session)
    elsewhere = leftover(stranger.event.sessions.first())
    holder(client, event)

    answer = decide(client, session, {one: stranger.pk})
    assert answer.status_code == 422
    assert "Pilih salah satu dari daftar, atau cari peserta lain." in words(answer)

    decide(client, session, {elsewhere: "bukan"})
    elsewhere.refresh_from_db()
    assert not elsewhere.is_ignored


def test_concluded_results_stay(client, event, session):
    budi = person(event, "Budi Santoso")
    one = leftover(session)
    for status in (EventStatus.FINISHED, EventStatus.CONCLUDED):
        type(event).objects.filter(pk=event.pk).update(status=status)
    holder(client, event)

    answer = decide(client, session, {one: budi.pk})

    assert answer.status_code == 422
    assert "Hasil kegiatan ini sudah ditetapkan" in words(answer)
    assert presence(session) == {}


def test_a_telephone_is_searched_for_among_all(client, event, session):
    budi = person(event, "Budi Santoso")
    one = leftover(session, "Samsung SM-A515F")
    holder(client, event)
    path = address(event, "zoom_person", session.pk, one.pk)

    assert "Budi Santoso" in words(client.get(path, {"q": "santoso"}))
    assert "Tidak ada peserta yang cocok dengan “x”" in words(client.get(path, {"q": "x"}))
    answer = client.post(path, {"peserta": budi.pk})

    assert answer.url == address(event, "zoom", session.pk)
    assert presence(session) == {"Budi Santoso": 80}
    assert client.post(path, {"peserta": "999999"}).status_code == 404

    client.post(path, {"peserta": "bukan"})
    one.refresh_from_db()
    assert one.is_ignored


# --- Who ----------------------------------------------------------------------------------------


def test_an_auditor_reads_and_changes_nothing(client, event, session):
    budi = person(event, "Budi Santoso")
    one = leftover(session)
    sign_in(client, officer(roles.AUDITOR))

    page = client.get(address(event, "zoom", session.pk))

    assert "Budi S 80 Belum cocok" in words(page)
    assert 'method="post" action="/admin/training' not in page.text
    assert upload(client, session, stay("Budi Santoso")).status_code == 403
    assert decide(client, session, {one: budi.pk}).status_code == 403
    path = address(event, "zoom_person", session.pk, one.pk)
    assert client.get(path).status_code == 200
    assert client.post(path, {"peserta": budi.pk}).status_code == 403


def test_officers_of_another_unit_find_nothing(client, event, session):
    one = leftover(session)
    sign_in(client, organizer(roles.BDI_ADMIN, UnitFactory()))

    for path in (
        address(event, "zoom", session.pk),
        address(event, "zoom_match", session.pk),
        address(event, "zoom_person", session.pk, one.pk),
    ):
        assert client.get(path).status_code in {404, 405}
        assert client.post(path).status_code == 404


def test_the_page_costs_the_same_for_one_and_for_many(client, event, session):
    holder(client, event)
    leftover(session)
    person(event, "Budi Santoso")
    path = address(event, "zoom", session.pk)
    client.get(path)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    before = queries()
    for n in range(12):
        leftover(session, f"Orang {n}")
        person(event, f"Peserta {n}")

    assert queries() == before
    assert before <= 15


# --- Guesses ------------------------------------------------------------------------------------


def test_guesses_stand_in_the_order_of_likeness():
    known = People(
        {1: "Dr. Siti Rahmah, S.T.", 2: "Siti Aminah", 3: "Joko Widodo", 4: "Sitti Rahma"}
    )

    guesses = known.likeliest(name="Disperindag_Siti Rahma")

    assert [guess.person for guess in guesses] == [1, 4, 2]
    assert all(guess.likeness >= LEAST for guess in guesses)
    assert known.likeliest(name="Galaxy A12") == []
    assert [one.person for one in known.likeliest(name="Galaxy A12", email="j.widodo9@x.id")] == [3]
    assert len(known.likeliest(name="Siti", limit=1)) == 1


# --- The command --------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    def write(*lines):
        path = tmp_path / "participants.csv"
        path.write_text("\n".join([HEAD, *lines]), encoding="utf-8-sig")
        return str(path)

    return write


def run(path, event, *options):
    out = io.StringIO()
    call_command("import_zoom", path, "--event", event.slug, "--session", "1", *options, stdout=out)
    return out.getvalue()


def test_the_command_previews_and_records_only_when_told(event, session, file):
    person(event, "Budi Santoso")
    path = file(stay("Budi Santoso"), stay("Tamu"))

    said = run(path, event)
    assert "Budi Santoso: 90 menit, peserta Budi Santoso (lewat nama)" in said
    assert "Tamu: 90 menit, belum cocok" in said
    assert "Ini pratinjau." in said
    assert not ZoomReport.objects.exists()

    person_in_charge = organizer(roles.BDI_ADMIN, event.unit)
    assert "1 orang cocok, 1 cukup lama hadir, 1 belum cocok." in run(
        path, event, "--commit", "--by", person_in_charge.email
    )
    assert presence(session) == {"Budi Santoso": 90}
    assert ZoomReport.objects.get().imported_by == person_in_charge
    run(path, event, "--commit")
    assert presence(session) == {"Budi Santoso": 90}


@pytest.mark.parametrize(
    ("lines", "options", "sentence"),
    [
        (["Siti,,kemarin,tadi,9,No"], [], "2 baris ditolak"),
        (["Siti,,kemarin,tadi,9,No"], ["--commit"], "2 baris ditolak"),
        ([], [], "Tidak ada seorang peserta pun"),
        ([stay("Budi")], ["--zone", "GMT"], "WIB"),
        ([stay("Budi")], ["--session", "7"], "tidak mempunyai sesi 7"),
        ([stay("Budi")], ["--event", "lain"], "Tidak ada kegiatan"),
        ([stay("Budi")], ["--by", "orang@contoh.id"], "bukan petugas"),
    ],
)
def test_the_command_ends_with_a_fault_and_a_sentence(event, file, lines, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(file(*lines), event, *options)

    assert not ZoomReport.objects.exists()


def test_the_command_says_which_file_is_missing(event):
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        run("/tidak/ada.csv", event)


def test_the_command_keeps_to_the_arrows(file):
    event = EventFactory()

    with pytest.raises(CommandError, match="setelah kegiatan dimulai"):
        run(file(stay("Budi")), event, "--commit")
