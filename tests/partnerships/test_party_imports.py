"""Schools and companies from files: created, brought up to date, never half written."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry

from partnerships.company_import import COLUMNS as COMPANY_COLUMNS
from partnerships.imports import COMPANIES, SCHOOLS
from partnerships.models import CompanyProfile, SchoolProfile
from partnerships.school_import import COLUMNS as SCHOOL_COLUMNS
from programs import roles
from programs.enums import OrganizationKind
from programs.models import Organization
from programs.spreadsheets import TableRefused
from tests.factories.partnerships import CompetenceFactory, PartnerFactory, SchoolFactory
from tests.factories.programs import IkmFactory, OrganizationFactory, RegionFactory, officer
from tests.import_files import csv_of, doubts, row_of, said, xlsx_of

pytestmark = pytest.mark.django_db
SCHOOL = {
    "npsn": "10303456",
    "nama": "SMK Negeri 1 Contoh",
    "status": "negeri",
    "akreditasi": "A",
    "kode_kabkota": "13.75",
    "alamat": "Jalan Contoh 1",
    "jumlah_siswa": "1.250",
    "kompetensi": "1.4.1; 1.4.2",
}
COMPANY = {
    "nib": "9120001234567",
    "nama": "PT Mesin Contoh",
    "npwp": "01.312.166.0-091.000",
    "kbli": "25920",
    "kode_kabkota": "1375",
    "alamat": "Kawasan Industri Contoh",
    "jumlah_tenaga_kerja": "240",
}


@pytest.fixture(autouse=True)
def world():
    RegionFactory()
    CompetenceFactory()
    CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")


@pytest.fixture
def by():
    return officer(roles.BPSDMI_OFFICER)


def school(**changes):
    return row_of(SCHOOL_COLUMNS, SCHOOL, **changes)


def company(**changes):
    return row_of(COMPANY_COLUMNS, COMPANY, **changes)


def schools(*lines):
    return csv_of(SCHOOL_COLUMNS, *lines)


def companies(*lines):
    return csv_of(COMPANY_COLUMNS, *lines)


def test_a_new_school_is_entered_with_its_profile_and_competences(by):
    report = SCHOOLS.record(schools(school()), by=by)

    profile = SchoolProfile.objects.get()
    entered = profile.organization
    assert [row.result for row in report.rows] == ["READY"]
    assert (entered.kind, entered.npsn, entered.name, entered.region_id, entered.address) == (
        OrganizationKind.SCHOOL,
        "10303456",
        "SMK Negeri 1 Contoh",
        "13.75",
        "Jalan Contoh 1",
    )
    assert (profile.status, profile.accreditation, profile.pupils) == ("PUBLIC", "A", 1250)
    assert {one.code for one in profile.competences.all()} == {"1.4.1", "1.4.2"}
    line = LogEntry.objects.get()
    assert (line.user, line.object_id) == (by, str(profile.pk))


def test_a_new_company_is_entered_with_its_profile(by):
    COMPANIES.record(companies(company()), by=by)

    profile = CompanyProfile.objects.get()
    assert (profile.organization.nib, profile.organization.npwp) == (
        "9120001234567",
        "0013121660091000",
    )
    assert (profile.kbli_code, profile.workers, profile.sector) == ("25920", 240, "25")


def test_a_preview_writes_nothing():
    assert len(SCHOOLS.check(schools(school())).ready) == 1
    assert len(COMPANIES.check(companies(company())).ready) == 1
    assert not Organization.objects.exists()


@pytest.mark.parametrize("kind", ["school", "company"])
def test_the_same_file_adds_nothing_the_second_time_and_says_so(by, kind):
    kind, file = {
        "school": (SCHOOLS, schools(school())),
        "company": (COMPANIES, companies(company())),
    }[kind]
    kind.record(file, by=by)

    report = kind.record(file, by=by)

    assert (len(report.known), report.writes) == (1, 0)
    assert Organization.objects.count() == LogEntry.objects.count() == 1


def test_a_known_school_is_brought_up_to_date_and_empty_cells_change_nothing(by):
    known = SchoolFactory(npsn=SCHOOL["npsn"], name="SMK Lama", address="Jalan Lama")

    report = SCHOOLS.record(
        schools(school(alamat="", akreditasi="", jumlah_siswa="", kompetensi="1.4.2")), by=by
    )

    known.refresh_from_db()
    assert report.rows[0].changes == ["nama", "kompetensi 1.4.2"]
    assert (known.name, known.address, known.school.pupils) == (
        SCHOOL["nama"],
        "Jalan Lama",
        900,
    )
    assert known.school.competences.count() == 2


def test_a_known_company_is_brought_up_to_date(by):
    known = PartnerFactory(nib=COMPANY["nib"], name="PT Mesin Contoh", region_id="13.75")

    report = COMPANIES.record(
        companies(company(npwp="", alamat="", kbli="28221", jumlah_tenaga_kerja="300")), by=by
    )

    known.company.refresh_from_db()
    assert report.rows[0].changes == ["KBLI", "jumlah tenaga kerja"]
    assert (known.company.kbli_code, known.company.workers) == ("28221", 300)
    assert known.company.contact_email == "sdm@mesin.example"


def test_an_organization_without_profile_gets_one(by):
    bare = OrganizationFactory(
        kind=OrganizationKind.COMPANY, nib=COMPANY["nib"], name=COMPANY["nama"]
    )

    COMPANIES.record(companies(company()), by=by)

    assert CompanyProfile.objects.get().organization == bare


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        ({"npsn": "123"}, "npsn", "NPSN harus 8 angka"),
        ({"npsn": ""}, "npsn", "Anda belum menulis apa pun"),
        ({"nama": ""}, "nama", "Isi nama lengkapnya"),
        ({"nama": "x" * 201}, "nama", "paling panjang 200"),
        ({"status": "milik desa"}, "status", "Tulis negeri atau swasta"),
        ({"akreditasi": "D"}, "akreditasi", "Tulis A, B, C, atau belum terakreditasi"),
        ({"kode_kabkota": ""}, "kode_kabkota", "Isi kode kabupaten/kota"),
        ({"kode_kabkota": "13"}, "kode_kabkota", "Tidak ada kabupaten/kota berkode 13"),
        ({"kode_kabkota": "99.99"}, "kode_kabkota", "Tidak ada kabupaten/kota berkode 99.99"),
        ({"jumlah_siswa": "banyak"}, "jumlah_siswa", "angka bulat"),
        ({"kompetensi": "7.7.7"}, "kompetensi", "Kode 7.7.7 tidak ada di Spektrum 2018 maupun"),
        ({"kompetensi": "2022:2.1.1"}, "kompetensi", "Kode 2.1.1 tidak ada di Spektrum 2022"),
    ],
)
def test_a_wrong_cell_of_a_school_is_named(changes, column, sentence):
    (words,) = said(SCHOOLS.check(schools(school(**changes))))

    assert words.startswith(f"Baris 2, kolom {column}: ")
    assert sentence in words


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        ({"nib": "912000123456"}, "nib", "Anda menulis 12 angka"),
        ({"nib": "9.12E+12"}, "nib", "Excel menyingkat angka ini"),
        ({"npwp": "01.312.167.0-091.000"}, "npwp", "NPWP"),
        ({"kbli": "259"}, "kbli", "KBLI harus 5 angka"),
        ({"jumlah_tenaga_kerja": "-5"}, "jumlah_tenaga_kerja", "angka bulat"),
    ],
)
def test_a_wrong_cell_of_a_company_is_named(changes, column, sentence):
    (words,) = said(COMPANIES.check(companies(company(**changes))))

    assert words.startswith(f"Baris 2, kolom {column}: ")
    assert sentence in words


def test_a_number_stands_once_in_a_file():
    assert said(SCHOOLS.check(schools(school(), school(nama="Lain")))) == [
        "Baris 3, kolom npsn: NPSN 10303456 sudah ada di baris 2. Hapus salah satunya."
    ]
    assert said(COMPANIES.check(companies(company(), company()))) == [
        "Baris 3, kolom nib: NIB 9120001234567 sudah ada di baris 2. Hapus salah satunya."
    ]


def test_a_nib_that_excel_took_for_a_number_is_understood(by):
    values = company(nib=float(COMPANY["nib"]), kode_kabkota=13.75, jumlah_tenaga_kerja=240.0)

    report = COMPANIES.record(xlsx_of(COMPANY_COLUMNS, values), by=by)

    assert said(report) == []
    assert Organization.objects.get().nib == COMPANY["nib"]


def test_what_is_doubtful_is_said_and_not_refused():
    IkmFactory(nib=COMPANY["nib"], name="Bengkel Contoh")

    report = COMPANIES.check(companies(company(kbli="46100")))

    assert len(report.ready) == 1
    assert "46100 bukan KBLI industri pengolahan" in doubts(report)[0]
    assert "juga milik IKM Bengkel Contoh" in doubts(report)[1]


def test_one_refused_row_keeps_the_whole_file_out(by):
    report = SCHOOLS.record(schools(school(), school(npsn="1")), by=by)

    assert len(report.refused) == 1
    assert not Organization.objects.exists()


def test_a_file_without_a_needed_column_is_refused_as_a_whole():
    with pytest.raises(TableRefused, match="Kolom akreditasi, kode_kabkota, alamat"):
        SCHOOLS.check(csv_of(["npsn", "nama", "status"], ["1", "2", date(2026, 1, 1)]))


def test_many_rows_take_as_many_questions_as_few(by, django_assert_num_queries):
    def some(count, start):
        return schools(*[school(npsn=f"{start + n}") for n in range(count)])

    with django_assert_num_queries(3):
        SCHOOLS.check(some(2, 10_000_000))
    with django_assert_num_queries(3):
        SCHOOLS.check(some(30, 10_000_000))
    with django_assert_num_queries(10):
        SCHOOLS.record(some(2, 10_000_000), by=by)
    with django_assert_num_queries(10):
        SCHOOLS.record(some(30, 20_000_000), by=by)
