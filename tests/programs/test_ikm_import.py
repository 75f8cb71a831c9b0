"""IKM from a file: entered, brought up to date, enrolled in e-Smart; doubts lock nobody out."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from programs import ikm_import, roles
from programs.enums import Commodity, ReviewReason, Scale
from programs.esmart_enums import EnrolmentSource, EnrolmentStatus
from programs.ikm_import import IkmImport
from programs.models import Enrolment, IkmProfile, Notification, Organization, ReviewFlag, User
from tests.factories.esmart import EnrolmentFactory, ProgramFactory
from tests.factories.programs import (
    IkmFactory,
    KbliCodeFactory,
    RegionFactory,
    UserFactory,
    officer,
)
from tests.import_files import csv_of, doubts, row_of, said
from tests.people import body_of, sign_in

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 20)
NIB = "9120001234567"
NIK = "1375010203850003"
COLUMNS = ikm_import.COLUMNS
EXAMPLE = {
    "nib": NIB,
    "nama": "CV Sandang Contoh",
    "nik_pemilik": NIK,
    "nama_pemilik": "Rahmah Contoh",
    "email": "Rahmah@contoh.id",
    "telepon": "081234567890",
    "npwp": "01.312.166.0-091.000",
    "kbli": "14111",
    "kode_kabkota": "13.75",
    "alamat": "Jalan Contoh 7",
    "tenaga_kerja": "12",
    "investasi": "640.000.000",
    "komoditas": "Fesyen",
}


@pytest.fixture(autouse=True)
def register():
    RegionFactory()
    KbliCodeFactory()
    ProgramFactory()


@pytest.fixture
def by():
    return officer(roles.IKMA_OFFICER)


def line(**changes):
    return row_of(COLUMNS, EXAMPLE, **changes)


def table(*lines):
    return csv_of(COLUMNS, *lines)


def record(by, *lines):
    return IkmImport(today=TODAY).record(table(*lines), by=by)


def test_a_row_becomes_an_ikm_that_waits_for_verification(by):
    record(by, line())

    ikm = Organization.objects.get()
    enrolment = Enrolment.objects.get()
    assert (ikm.name, ikm.nib, ikm.npwp) == ("CV Sandang Contoh", NIB, "0013121660091000")
    assert (ikm.email, ikm.phone) == ("rahmah@contoh.id", "+6281234567890")
    assert (ikm.ikm.owner_nik, ikm.ikm.owner_name) == (NIK, "Rahmah Contoh")
    assert (ikm.ikm.workers, ikm.ikm.investment) == (12, 640_000_000)
    assert (ikm.ikm.commodity, ikm.ikm.scale) == (Commodity.FASHION, Scale.SMALL)
    assert (enrolment.organization, enrolment.entered_by) == (ikm, by)
    assert (enrolment.status, enrolment.source) == (
        EnrolmentStatus.REGISTERED,
        EnrolmentSource.IMPORT,
    )
    assert enrolment.history.get().action == "enrol"
    assert Notification.objects.get(recipient=by).subject == (
        "Verifikasi e-Smart: 1 IKM dari impor"
    )
    assert not ReviewFlag.objects.exists()


def test_repeating_doubles_nothing(by):
    record(by, line())

    again = record(by, line())

    assert (again.writes, len(again.known)) == (0, 1)
    assert Organization.objects.count() == Enrolment.objects.count() == 1
    assert Notification.objects.count() == 1


def test_a_known_ikm_is_brought_up_to_date_and_empty_cells_leave_what_is_known(by):
    record(by, line())

    report = record(
        by, line(nik_pemilik="", nama_pemilik="", investasi="2.000.000.000", alamat="Jalan Baru 1")
    )

    profile = IkmProfile.objects.get()
    assert report.changed[0].about == "akan berubah: alamat, nilai investasi (Rp)"
    assert (profile.owner_nik, profile.owner_name) == (NIK, "Rahmah Contoh")
    assert (profile.investment, profile.scale) == (2_000_000_000, Scale.MEDIUM)
    assert profile.organization.address == "Jalan Baru 1"


def test_another_nik_replaces_the_sealed_one(by):
    record(by, line())

    record(by, line(nik_pemilik="1375010203850004"))

    assert IkmProfile.objects.get().owner_nik == "1375010203850004"


def test_an_ikm_of_the_register_is_enrolled_and_its_people_told(by):
    owner = UserFactory()
    ikm = IkmFactory(nib=NIB, owner=owner)

    record(by, line())

    enrolment = Enrolment.objects.get(organization=ikm)
    told = Notification.objects.get(recipient=owner)
    assert told.url == reverse("esmart:enrolment_detail", args=[enrolment.pk])


@pytest.mark.parametrize("stage", ["left", "refused", "selling"])
def test_who_is_or_was_in_e_smart_is_not_enrolled_again(by, stage):
    EnrolmentFactory(organization=IkmFactory(nib=NIB), **{stage: True})

    record(by, line())

    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nib": "123"}, "kolom nib: NIB harus 13 angka"),
        ({"nib": ""}, "kolom nib: "),
        ({"nama": ""}, "kolom nama: Isi nama lengkapnya."),
        ({"nama_pemilik": ""}, "kolom nama_pemilik: Isi nama pemilik"),
        ({"nik_pemilik": "12345"}, "kolom nik_pemilik: NIK harus 16 angka"),
        ({"email": "rahmah"}, "kolom email: Bukan alamat surel"),
        ({"telepon": "abc"}, "kolom telepon: "),
        ({"npwp": "12"}, "kolom npwp: NPWP"),
        ({"kbli": "14"}, "kolom kbli: KBLI harus 5 angka"),
        ({"kode_kabkota": "99.99"}, "kolom kode_kabkota: Tidak ada kabupaten/kota"),
        ({"tenaga_kerja": "banyak"}, "kolom tenaga_kerja: Tulis jumlah tenaga kerja"),
        ({"investasi": "640 juta"}, "kolom investasi: Tulis angka lengkap tanpa kata"),
        ({"komoditas": "mobil"}, "kolom komoditas: Komoditas “mobil” tidak dikenal."),
    ],
)
def test_a_fault_is_told_by_row_and_column_and_nothing_is_written(by, changes, words):
    report = record(by, line(**changes), line(nib="9120001234568"))

    assert any(f"Baris 2, {words}" in sentence for sentence in said(report)), said(report)
    assert not Organization.objects.exists()
    assert not Enrolment.objects.exists()


def test_the_same_nib_stands_once_in_a_file(by):
    report = record(by, line(), line(nama="Lain"))

    assert f"NIB {NIB} sudah ada di baris 2" in said(report)[0]


def test_what_looks_wrong_is_put_before_an_officer_and_locks_nobody_out(by):
    report = record(
        by,
        line(nik_pemilik="9975010299850003", kbli="99999"),
        line(nib="9120001234568", nik_pemilik="9975010299850003"),
    )

    first, second = Organization.objects.order_by("nib")
    assert not report.refused
    assert len(doubts(report)) == 4
    assert set(first.review_flags.values_list("reason", flat=True)) == {
        ReviewReason.ODD_NIK,
        ReviewReason.UNKNOWN_KBLI,
    }
    assert set(second.review_flags.values_list("reason", flat=True)) == {
        ReviewReason.ODD_NIK,
        ReviewReason.DUPLICATE_NIK,
    }
    record(by, line(nik_pemilik="9975010299850003", kbli="99999"))
    assert ReviewFlag.objects.count() == 4


def test_it_costs_the_same_however_many_rows(by, django_assert_max_num_queries):
    lines = [line(nib=f"91200012345{number:02d}", nik_pemilik="") for number in range(30)]

    with django_assert_max_num_queries(30):
        record(by, *lines)

    assert Enrolment.objects.count() == 30


def test_the_command_previews_and_commits_in_the_name_of_the_system(tmp_path, capsys):
    path = tmp_path / "ikm.csv"
    path.write_bytes(table(line()).getvalue())

    call_command("import_ikm", str(path))
    assert "1 dapat dicatat" in capsys.readouterr().out
    assert not Organization.objects.exists()
    call_command("import_ikm", str(path), "--commit")

    robot = User.objects.get(email="impor-esmart@sistem.invalid")
    assert Enrolment.objects.get().entered_by == robot


def test_an_officer_takes_a_file_in_and_others_do_not(client, by):
    page = reverse("admin:programs_ikmprofile_import_table")
    sign_in(client, by)
    file = SimpleUploadedFile("ikm.csv", table(line()).getvalue())

    preview = client.post(page, {"file": file})
    done = client.post(page, {"kode": preview.context["code"]}, follow=True)

    assert "1 IKM dicatat." in done.text
    assert Organization.objects.get().nib == NIB
    assert body_of(client.get(preview.context["template_url"])).startswith(b"PK")
    sign_in(client, officer(roles.AUDITOR))
    assert client.get(page).status_code == 403
