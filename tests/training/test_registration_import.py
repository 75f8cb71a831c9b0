"""Lists of people for an event: each fault has its sentence, nothing is half written."""

import io

import pytest

from programs.models import User
from programs.spreadsheets import TableRefused, write_xlsx
from tests.factories.programs import DinasFactory, RegionFactory, UserFactory
from tests.factories.training import (
    NOW,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
)
from training.enums import EventStatus
from training.models import Registration
from training.registration_import import COLUMNS, ImportRefused, Result, check, record

pytestmark = pytest.mark.django_db
HEADING = ";".join(COLUMNS)
PNS, PPPK = "198503152010012002", "198503152021212002"


@pytest.fixture
def agency():
    return DinasFactory(region=RegionFactory().province, name="Dinas Sumatera Barat")


@pytest.fixture
def event():
    RegionFactory()
    return EventFactory(audience_kinds=["APPARATUS"], capacity=3)


def line(**changes):
    values = {
        "nama": "Siti Rahmah, S.T.",
        "nip": "",
        "email": "siti@dinas.example",
        "telepon": "081234567890",
        "pangkat_golongan": "III/c",
        "jabatan": "Kepala Bidang",
        "instansi": "Dinas Perindustrian",
        "kode_kabkota": "13.75",
    } | changes
    return ";".join(values[column] for column in COLUMNS)


def table(*lines, heading=HEADING):
    return io.BytesIO("\n".join([heading, *lines]).encode())


def sentences(report):
    return [sentence for row in report.rows for sentence in row.sentences()]


def test_a_good_row_is_read_into_a_registration(event, agency):
    member = UserFactory()

    report = record(
        table(line(nip=PNS, email="Siti@Dinas.Example")),
        event=event,
        by=member,
        now=NOW,
        agency=agency,
    )

    row = Registration.objects.get()
    assert [one.result for one in report.rows] == [Result.PLACED]
    assert (row.user.email, row.name, row.nip, row.servant_kind) == (
        "siti@dinas.example",
        "Siti Rahmah, S.T.",
        PNS,
        "PNS",
    )
    assert (row.phone, row.rank, row.position, row.institution, row.region.code) == (
        "+6281234567890",
        "III/c",
        "Kepala Bidang",
        "Dinas Perindustrian",
        "13.75",
    )
    assert (row.source, row.sent_by, row.registered_by, row.kind) == (
        "AGENCY",
        agency,
        member,
        "APPARATUS",
    )
    # The name is confirmed by the person, who comes in by a code sent to that e-mail.
    assert row.name_confirmed_at is None
    assert not row.user.has_usable_password()
    assert row.user.emailaddress_set.get().email == row.user.email


def test_a_preview_writes_nothing(event, agency):
    people = User.objects.count()

    report = check(table(line()), event=event, agency=agency)

    assert [row.result for row in report.rows] == [Result.PLACED]
    assert (Registration.objects.count(), User.objects.count()) == (0, people)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"nama": ""}, "Baris 2, kolom nama: Isi nama lengkap dengan gelar"),
        ({"nama": "77"}, "Baris 2, kolom nama: Tulis nama dengan huruf."),
        ({"nip": PNS[:17]}, "Baris 2, kolom nip: NIP harus 18 angka. Contoh: 198503152010011002. "
         "Anda menulis 17 angka."),
        ({"nip": "198503152010151002"}, "Baris 2, kolom nip: Angka ke-13 dan ke-14 NIP adalah"),
        ({"email": ""}, "Baris 2, kolom email: Isi surel"),
        ({"email": "siti@dinas"}, "Baris 2, kolom email: “siti@dinas” bukan alamat surel."),
        ({"telepon": "12"}, "Baris 2, kolom telepon: Tulis nomor telepon lengkap"),
        ({"pangkat_golongan": "V/a"}, "Baris 2, kolom pangkat_golongan: Golongan PNS adalah"),
        ({"jabatan": ""}, "Baris 2, kolom jabatan: Isi jabatan."),
        ({"jabatan": "x" * 151}, "Baris 2, kolom jabatan: Jabatan paling panjang 150 huruf."),
        ({"kode_kabkota": ""}, "Baris 2, kolom kode_kabkota: Isi kode kabupaten/kota"),
        ({"kode_kabkota": "13.99"}, "Baris 2, kolom kode_kabkota: Tidak ada kabupaten/kota "
         "berkode 13.99."),
    ],
)  # fmt: skip
def test_each_fault_has_its_sentence_with_row_and_column(event, agency, changes, sentence):
    report = record(table(line(**changes)), event=event, by=UserFactory(), now=NOW, agency=agency)

    assert sentences(report)[0].startswith(sentence)
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"nip": PPPK, "pangkat_golongan": "IX"}, (PPPK, "PPPK", "IX")),
        ({"nip": PPPK, "pangkat_golongan": "III"}, (PPPK, "PPPK", "III")),
        ({"nip": "-", "pangkat_golongan": "-"}, ("", "", "")),
        ({"nip": "19850315 201001 2 002", "pangkat_golongan": "Penata (III/c)"},
         (PNS, "PNS", "III/c")),
    ],
)  # fmt: skip
def test_ranks_and_both_layouts_of_the_nip(event, agency, changes, kept):
    record(table(line(**changes)), event=event, by=UserFactory(), now=NOW, agency=agency)

    row = Registration.objects.get()
    assert (row.nip, row.servant_kind, row.rank) == kept


@pytest.mark.parametrize("typed", ["13.75", "1375", "13,75", " 13.75 "])
def test_region_codes_as_people_write_them(event, typed):
    report = check(table(line(kode_kabkota=typed)), event=event)

    assert report.rows[0].details["region"].code == "13.75"


def test_excel_takes_the_end_off_a_code(event):
    RegionFactory(code="13.10", name="Kabupaten Solok Selatan")
    file = io.BytesIO()
    values = ["Siti", "", "s@d.example", 81234567890, "", "Staf", "Dinas", 13.1]
    write_xlsx(file, {"Peserta": [COLUMNS, values]})

    [row] = check(file, event=event).rows

    assert sentences(check(file, event=event)) == []
    assert (row.details["region"].name, row.details["phone"]) == (
        "Kabupaten Solok Selatan",
        "+6281234567890",
    )


def test_a_nip_that_excel_rounded_is_pointed_at(event):
    file = io.BytesIO()
    values = ["Siti", 198503152010012002, "s@d.example", "", "", "Staf", "Dinas", "13.75"]
    write_xlsx(file, {"Peserta": [COLUMNS, values]})

    [sentence] = sentences(check(file, event=event))

    assert sentence.startswith("Baris 2: Angka di kolom “nip” lebih dari 15 angka")


def test_wrong_columns_are_named(event):
    with pytest.raises(TableRefused, match=r"Kolom nip, email, telepon.* tidak ada"):
        check(table("Siti;1", heading="nama;umur"), event=event)


def test_unknown_columns_are_reported_and_do_no_harm(event):
    report = check(table(f"{line()};40", heading=f"{HEADING};umur"), event=event)

    assert report.unknown == ["umur"]
    assert report.refused == []


def test_nobody_stands_twice_in_a_list(event):
    report = check(
        table(line(nip=PNS), line(nip=""), line(nip=PNS, email="lain@dinas.example")),
        event=event,
    )

    assert sentences(report) == [
        "Baris 3, kolom email: siti@dinas.example sudah ada di baris 2. Hapus baris ini bila "
        "orangnya sama; bila tidak, tulis surelnya sendiri.",
        f"Baris 4, kolom nip: {PNS} sudah ada di baris 2. Hapus baris ini bila orangnya sama; "
        "bila tidak, tulis NIP-nya sendiri.",
    ]


def test_who_is_registered_already_is_left_alone(event, agency):
    known = RegistrationFactory(event=event, user=UserFactory(email="siti@dinas.example"))

    report = record(
        table(line(nama="Nama lain"), line(email="budi@dinas.example")),
        event=event,
        by=UserFactory(),
        now=NOW,
        agency=agency,
    )

    assert [row.result for row in report.rows] == [Result.KNOWN, Result.PLACED]
    known.refresh_from_db()
    assert known.name != "Nama lain"
    assert event.registrations.count() == 2


def test_who_withdrew_can_be_entered_again(event, agency):
    RegistrationFactory(
        event=event, user=UserFactory(email="siti@dinas.example"), status="WITHDRAWN"
    )

    report = check(table(line()), event=event, agency=agency)

    assert [row.result for row in report.rows] == [Result.PLACED]


def test_a_nip_registered_under_another_mail_is_refused(event):
    RegistrationFactory(event=event, nip=PNS)

    assert sentences(check(table(line(nip=PNS)), event=event)) == [
        "Baris 2, kolom nip: NIP ini sudah terdaftar pada kegiatan ini dengan surel lain. Periksa "
        "keduanya."
    ]


def test_a_closed_account_is_not_used_again(event):
    UserFactory(email="siti@dinas.example", is_active=False)

    assert "tidak aktif" in sentences(check(table(line()), event=event))[0]


def test_the_same_list_twice_adds_nothing(event, agency):
    file, by = table(line(), line(email="budi@dinas.example")), UserFactory()
    record(file, event=event, by=by, now=NOW, agency=agency)

    report = record(file, event=event, by=by, now=NOW, agency=agency)

    assert [row.result for row in report.rows] == [Result.KNOWN, Result.KNOWN]
    assert Registration.objects.count() == 2


def test_one_refused_row_stops_all(event, agency):
    people = User.objects.count()

    record(
        table(line(), line(email="keliru")), event=event, by=UserFactory(), now=NOW, agency=agency
    )

    assert Registration.objects.count() == 0
    assert User.objects.count() == people + 1  # who pressed


def test_people_from_elsewhere(event, agency):
    bandung = RegionFactory(code="32.73", name="Kota Bandung")
    event.regions.set([RegionFactory().province])

    report = check(table(line(kode_kabkota=bandung.code)), event=event, agency=agency)

    assert sentences(report) == [
        "Baris 2, kolom kode_kabkota: Kota Bandung, Provinsi 32 di luar wilayah kegiatan ini.",
        "Baris 2, kolom kode_kabkota: Kota Bandung, Provinsi 32 di luar wilayah Dinas Sumatera "
        "Barat. Dinas mendaftarkan orang dari wilayahnya sendiri.",
    ]


def test_a_kota_enters_its_own_people_alone(event):
    own = DinasFactory(region=RegionFactory())
    RegionFactory(code="13.71", name="Kota Padang")

    report = check(
        table(line(), line(email="b@d.example", kode_kabkota="13.71")), event=event, agency=own
    )

    assert [row.result for row in report.rows] == [Result.PLACED, Result.REFUSED]


def test_an_event_for_others_refuses_apparatus(agency):
    event = EventFactory(audience_kinds=["SCHOOL"])

    assert "untuk guru dan sekolah" in sentences(check(table(line()), event=event))[0]


def test_the_preview_says_who_gets_a_place_and_who_waits(event, agency):
    lines = [line(email=f"orang{n}@dinas.example") for n in range(5)]

    preview = check(table(*lines), event=event, agency=agency)
    assert (len(preview.placed), len(preview.waiting)) == (3, 2)

    done = record(table(*lines), event=event, by=UserFactory(), now=NOW, agency=agency)
    assert [row.result for row in done.rows] == [row.result for row in preview.rows]
    assert event.registrations.waiting().count() == 2


def test_quotas_count_in_the_preview_too(event):
    QuotaFactory(event=event, region=RegionFactory().province, places=1)

    preview = check(table(line(), line(email="b@d.example")), event=event)

    assert [row.result for row in preview.rows] == [Result.PLACED, Result.WAITS]


def test_where_the_organizers_decide_the_preview_says_so(agency):
    event = EventFactory(needs_approval=True)

    RegionFactory()
    assert [row.result for row in check(table(line()), event=event, agency=agency).rows] == [
        Result.ASKS
    ]
    assert [row.result for row in check(table(line()), event=event).rows] == [Result.PLACED]


def test_without_a_waiting_list_too_many_are_refused(agency):
    event = EventFactory(capacity=1, has_waiting_list=False)
    RegionFactory()

    report = check(table(line(), line(email="b@d.example")), event=event, agency=agency)

    assert sentences(report)[0].startswith("Baris 3: Semua tempat sudah terisi")


def test_a_dinas_comes_too_late_and_the_organizers_do_not(event, agency):
    event.status = EventStatus.CLOSED
    event.save()

    with pytest.raises(ImportRefused, match=r"sudah ditutup\. Tidak ada yang didaftarkan"):
        record(table(line()), event=event, by=UserFactory(), now=NOW, agency=agency)
    assert not User.objects.filter(email="siti@dinas.example").exists()

    report = record(table(line()), event=event, by=UserFactory(), now=NOW)
    assert [row.result for row in report.rows] == [Result.PLACED]


def test_many_rows_take_few_questions(django_assert_max_num_queries, agency):
    event, by = EventFactory(capacity=400), UserFactory()
    RegionFactory()
    lines = [line(email=f"orang{n}@dinas.example") for n in range(500)]

    with django_assert_max_num_queries(45):
        report = record(table(*lines), event=event, by=by, now=NOW, agency=agency)

    assert (len(report.placed), len(report.waiting)) == (400, 100)
