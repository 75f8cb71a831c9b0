"""Agreements from a file: each fault has its sentence, nothing is half written, twice adds none."""

import io
from datetime import date

import pytest

from partnerships.agreement_import import COLUMNS, check, record
from partnerships.enums import AgreementStatus, ScopeKind, Source
from partnerships.models import Agreement, AgreementHistoryEntry
from programs import roles
from programs.spreadsheets import TableRefused
from programs.table_import import ImportRefused
from tests.factories.partnerships import (
    AgreementFactory,
    CompetenceFactory,
    PartnerFactory,
    PhaseFactory,
    SchoolFactory,
)
from tests.factories.programs import officer
from tests.import_files import csv_of, doubts, row_of, said, xlsx_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
NPSN, NIB = "10303456", "9120001234567"
EXAMPLE = {
    "nomor_pks": "421.5/012/PKS/2024",
    "npsn": NPSN,
    "nib": NIB,
    "kompetensi": "1.4.1",
    "tahap": "II",
    "tanggal_ttd": "2024-01-15",
    "mulai": "2024-02-01",
    "berakhir": "2027-12-31",
    "lingkup": "kurikulum; pkl",
}


@pytest.fixture
def sides():
    PhaseFactory()
    welding = CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")
    school = SchoolFactory(npsn=NPSN, name="SMK Contoh", teaches=[CompetenceFactory(), welding])
    return school, PartnerFactory(nib=NIB, name="PT Contoh")


@pytest.fixture
def by():
    return officer(roles.BPSDMI_OFFICER)


def line(**changes):
    return row_of(COLUMNS, EXAMPLE, **changes)


def checked(*lines):
    return check(csv_of(COLUMNS, *lines), today=TODAY)


def test_a_good_row_becomes_an_agreement_with_its_parts_and_history(sides, by):
    school, company = sides

    report = record(csv_of(COLUMNS, line(kompetensi="1.4.1; 1.4.2")), by=by, today=TODAY)

    agreement = Agreement.objects.get()
    assert [row.result for row in report.rows] == ["READY"]
    assert (agreement.school, agreement.company, agreement.phase.number) == (school, company, 2)
    assert (agreement.number, agreement.source, agreement.proposed_by) == (
        "421.5/012/PKS/2024",
        Source.IMPORT,
        by,
    )
    assert (agreement.signed_on, agreement.starts_on, agreement.ends_on) == (
        date(2024, 1, 15),
        date(2024, 2, 1),
        date(2027, 12, 31),
    )
    assert {one.code for one in agreement.competences.all()} == {"1.4.1", "1.4.2"}
    assert [one.kind for one in agreement.scope.all()] == [
        ScopeKind.CURRICULUM,
        ScopeKind.INTERNSHIP,
    ]
    history = AgreementHistoryEntry.objects.get()
    assert (history.action, history.to_status, history.actor) == ("import", "ACTIVE", by)


@pytest.mark.parametrize(
    ("ends", "status"),
    [
        ("2026-11-26", AgreementStatus.ENDED),
        ("2026-11-27", AgreementStatus.ENDING),
        ("2027-02-25", AgreementStatus.ENDING),
        ("2027-02-26", AgreementStatus.ACTIVE),
    ],
)
def test_the_status_follows_from_the_last_day(sides, by, ends, status):
    record(csv_of(COLUMNS, line(berakhir=ends)), by=by, today=TODAY)

    assert Agreement.objects.get().status == status


def test_a_preview_writes_nothing(sides):
    assert len(checked(line()).ready) == 1
    assert not Agreement.objects.exists()


def test_the_same_file_adds_nothing_the_second_time_and_says_so(sides, by):
    record(csv_of(COLUMNS, line()), by=by, today=TODAY)

    report = record(csv_of(COLUMNS, line()), by=by, today=TODAY)

    assert (len(report.known), report.writes, doubts(report)) == (1, 0, [])
    assert Agreement.objects.count() == AgreementHistoryEntry.objects.count() == 1


def test_a_recorded_agreement_keeps_its_days_and_the_difference_is_said(sides, by):
    record(csv_of(COLUMNS, line()), by=by, today=TODAY)

    report = record(csv_of(COLUMNS, line(berakhir="2028-01-01")), by=by, today=TODAY)

    assert "impor tidak mengubahnya" in doubts(report)[0]
    assert Agreement.objects.get().ends_on == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        ({"npsn": "99999999"}, "npsn", "SMK dengan NPSN 99999999 belum ada di register"),
        ({"npsn": "123"}, "npsn", "NPSN harus 8 angka"),
        ({"nib": "912000123456"}, "nib", "NIB harus 13 angka. Contoh: 9120001234567. Anda menu"),
        ({"nib": "9120001234560"}, "nib", "Perusahaan dengan NIB 9120001234560 belum ada"),
        ({"nib": "9,12E+12"}, "nib", "Excel menyingkat angka ini menjadi 9,12E+12"),
        ({"berakhir": "2024-01-31"}, "berakhir", "sebelum mulai 1 Februari 2024"),
        ({"berakhir": "akhir tahun"}, "berakhir", "Tulis tanggal seperti 17/08/2026"),
        ({"mulai": ""}, "mulai", "Tulis tanggal seperti 17/08/2026"),
        ({"tanggal_ttd": "2026-11-28"}, "tanggal_ttd", "sesudah hari ini"),
        ({"tanggal_ttd": "2026-01-01", "berakhir": "2025-12-31"}, "tanggal_ttd", "sesudah berakh"),
        ({"lingkup": "pkl; magang"}, "lingkup", "“magang” bukan lingkup yang dikenal"),
        ({"tahap": "XI"}, "tahap", "ditulis I sampai X. Anda menulis “XI”"),
        ({"tahap": "III"}, "tahap", "belum ada di data acuan"),
        ({"kompetensi": ""}, "kompetensi", "Isi paling sedikit satu kode"),
        ({"kompetensi": "9.9.9"}, "kompetensi", "tidak ada di Spektrum 2018 maupun 2022"),
        ({"kompetensi": "2022:1.4.1"}, "kompetensi", "Kode 1.4.1 tidak ada di Spektrum 2022"),
        ({"kompetensi": "2001-04-01"}, "kompetensi", "Excel mengubah kode ini menjadi tanggal"),
        ({"kompetensi": "mesin"}, "kompetensi", "“mesin” bukan kode kompetensi"),
        ({"nomor_pks": ""}, "nomor_pks", "Isi nomor PKS"),
        ({"nomor_pks": "9" * 81}, "nomor_pks", "paling panjang 80"),
    ],
)
def test_a_wrong_cell_is_named_with_line_column_and_what_to_do(sides, changes, column, sentence):
    (words,) = said(checked(line(**changes)))

    assert words.startswith(f"Baris 2, kolom {column}: ")
    assert sentence in words


@pytest.mark.parametrize("written", ["2024-02-01", "01/02/2024", "1 Februari 2024"])
def test_days_may_be_written_as_people_write_them(sides, written):
    assert checked(line(mulai=written)).ready[0].starts_on == date(2024, 2, 1)


def test_an_excel_file_with_real_days_numbers_and_other_columns_is_read(sides):
    columns = [*reversed(COLUMNS), "Catatan"]
    values = EXAMPLE | {
        "mulai": date(2024, 2, 1),
        "nib": float(NIB),
        "npsn": int(NPSN),
        "Catatan": "x",
    }

    report = check(xlsx_of(columns, row_of(columns, values)), today=TODAY)

    assert (said(report), report.unknown) == ([], ["Catatan"])
    assert (report.ready[0].starts_on, report.ready[0].nib) == (date(2024, 2, 1), NIB)


def test_a_nib_that_became_a_decimal_number_in_a_csv_is_understood(sides):
    assert checked(line(nib=f"{NIB}.0")).ready[0].nib == NIB


def test_a_semicolon_csv_with_a_byte_order_mark_is_read(sides):
    report = check(csv_of(COLUMNS, line(), mark="\ufeff"), today=TODAY)

    assert len(report.ready) == 1


def test_a_comma_csv_is_read(sides):
    assert len(check(csv_of(COLUMNS, line(), delimiter=","), today=TODAY).ready) == 1


def test_the_same_agreement_twice_in_a_file_is_refused_with_the_other_line(sides):
    report = checked(line(), line())

    assert said(report) == [
        "Baris 3, kolom nomor_pks: PKS 421.5/012/PKS/2024 pasangan ini sudah ada di baris 2. "
        "Hapus salah satunya."
    ]


def test_two_agreements_of_a_pair_for_one_competence_at_the_same_time_are_refused(sides):
    report = checked(
        line(),
        line(nomor_pks="2", mulai="2027-12-31", berakhir="2029-01-01", kompetensi="1.4.2; 1.4.1"),
        line(nomor_pks="3", mulai="2028-01-01", berakhir="2029-01-01"),
        line(nomor_pks="4", kompetensi="1.4.2", berakhir="2025-01-01"),
    )

    (words,) = said(report)
    assert words.startswith("Baris 3, kolom mulai: Untuk 1.4.1 Teknik Pemesinan, masa berlakunya")
    assert "bertumpuk dengan baris 2 (1 Februari 2024 sampai 31 Desember 2027)" in words


def test_an_agreement_that_overlaps_a_recorded_one_is_refused(sides, by):
    record(csv_of(COLUMNS, line()), by=by, today=TODAY)

    report = checked(
        line(nomor_pks="2", mulai="2027-12-31", berakhir="2029-01-01"),
        line(nomor_pks="3", mulai="2029-01-02", berakhir="2030-01-01"),
    )

    (words,) = said(report)
    assert "bertumpuk dengan PKS 421.5/012/PKS/2024 yang tercatat" in words
    assert words.startswith("Baris 2, kolom mulai")


def test_the_number_of_an_agreement_under_way_is_not_taken(sides):
    school, company = sides
    AgreementFactory(school=school, company=company, number=EXAMPLE["nomor_pks"])

    (words,) = said(checked(line()))

    assert "sedang diproses (“usulan”)" in words


def test_a_competence_that_the_school_does_not_teach_is_a_doubt_and_no_refusal(sides):
    CompetenceFactory(code="1.4.3", name="Teknik Pengecoran Logam")

    report = checked(line(kompetensi="1.4.3"))

    assert len(report.ready) == 1
    assert doubts(report) == [
        "Baris 2, kolom kompetensi: 1.4.3 Teknik Pengecoran Logam belum tercatat sebagai "
        "kompetensi SMK Contoh."
    ]


def test_a_code_of_two_curricula_is_read_as_2018_and_the_report_says_so(sides):
    newer = CompetenceFactory(curriculum=2022, code="1.4.1", name="Desain Pemodelan")

    report = checked(line(), line(nomor_pks="2", kompetensi="2022:1.4.1"))

    assert [row.competences[0].name for row in report.rows] == ["Teknik Pemesinan", newer.name]
    assert "1.4.1 sebagai Teknik Pemesinan" in report.notes[0]


def test_one_refused_row_keeps_the_whole_file_out(sides, by):
    report = record(csv_of(COLUMNS, line(), line(nomor_pks="2", nib="1")), by=by, today=TODAY)

    assert len(report.refused) == 1
    assert not Agreement.objects.exists()


def test_whoever_is_faster_by_a_moment_leaves_nothing_half_written(sides, by, monkeypatch):
    record(csv_of(COLUMNS, line()), by=by, today=TODAY)
    monkeypatch.setattr("partnerships.agreement_import._find_known", lambda rows: None)
    monkeypatch.setattr(
        "partnerships.agreement_import._refuse_overlaps_with_recorded", lambda rows: None
    )
    file = csv_of(COLUMNS, line(nomor_pks="baru", kompetensi="1.4.2"), line(nomor_pks="2"))

    with pytest.raises(ImportRefused, match="Tidak ada yang ditulis"):
        record(file, by=by, today=TODAY)

    assert Agreement.objects.count() == 1


def test_many_rows_take_as_many_questions_as_few(sides, by, django_assert_num_queries):
    def some(count, first):
        return csv_of(
            COLUMNS,
            *[
                line(
                    nomor_pks=f"{n}",
                    mulai=f"{n}-01-01",
                    berakhir=f"{n}-12-31",
                    tanggal_ttd="2000-01-01",
                )
                for n in range(first, first + count)
            ],
        )

    with django_assert_num_queries(7):
        check(some(2, 2001), today=TODAY)
    with django_assert_num_queries(7):
        check(some(20, 2001), today=TODAY)
    with django_assert_num_queries(14):
        record(some(2, 2001), by=by, today=TODAY)
    with django_assert_num_queries(14):
        record(some(20, 2005), by=by, today=TODAY)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (io.BytesIO(b""), "Tidak ada baris data"),
        (csv_of(COLUMNS), "Tidak ada baris data"),
        (xlsx_of(COLUMNS), "Tidak ada baris data"),
        (
            io.BytesIO(
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
            ),
            "dikunci dengan kata sandi",
        ),
        (csv_of(["nomor", "npsn"], ["1", NPSN]), "Kolom nomor_pks, nib, kompetensi, tahap, tangg"),
    ],
)
def test_a_file_that_is_no_such_table_is_explained(file, sentence):
    with pytest.raises(TableRefused, match=sentence):
        check(file, today=TODAY)
