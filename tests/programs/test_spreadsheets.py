import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.spreadsheets import (
    TableRefused,
    parse_date,
    read_lines,
    read_table,
    safe_cell,
    stream_csv,
    temporary_xlsx,
    write_xlsx,
)
from tests.programs.evil_files import archive, upload

COLUMNS = {"Nama": "name", "NIB": "nib", "Tanggal": "day"}


def workbook(rows, **cells):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, value in cells.items():
        book.active[cell] = value
    target = io.BytesIO()
    book.save(target)
    return upload(target.getvalue(), "tabel.xlsx")


def refusal(file, **options):
    with pytest.raises(TableRefused) as refused:
        read_table(file, **options)
    return str(refused.value)


def shown(cell):
    return str(cell.value) if isinstance(cell.value, datetime) else cell.value


# --- Out -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("CV Sandang", "CV Sandang"),
        ("-5", "-5"),
        ("+6281234567890", "+6281234567890"),
        ("-1,5", "-1,5"),
        (-5, -5),
        (-1.5, -1.5),
        (Decimal("-2"), Decimal("-2")),
        (None, ""),
        (date(2026, 8, 17), "2026-08-17"),
        ("", ""),
    ],
)
def test_no_cell_is_run_as_a_formula_and_numbers_stay_numbers(value, cell):
    assert safe_cell(value) == cell


def test_csv_comes_line_by_line_and_excel_knows_its_letters():
    lines = stream_csv([["Nama", "Rp"], ["CV “Sandang”, Tbk", 1500000], ["=1+1", -5]])

    assert next(lines) == "\ufeff"
    assert list(lines) == [
        "Nama,Rp\r\n",
        '"CV “Sandang”, Tbk",1500000\r\n',
        "'=1+1,-5\r\n",
    ]


def test_csv_for_excel_in_indonesian_has_semicolons():
    assert list(stream_csv([["a", "b;c"]], delimiter=";")) == ["\ufeff", 'a;"b;c"\r\n']


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_whatever_is_written_as_csv_never_begins_like_a_formula(row):
    text = "".join(list(stream_csv([row]))[1:])

    for cell in next(csv.reader(io.StringIO(text, newline="")), []):
        assert safe_cell(cell) == cell


def test_in_excel_a_formula_stays_words_and_a_nik_keeps_its_digits():
    target = io.BytesIO()
    rows = [
        ["Nama", "NIK", "Nilai", "Tanggal"],
        ["=HYPERLINK(1)", "1375010203840003", 266_400_000, date(2026, 8, 17)],
        ["a\x00b", "+62", Decimal("1.5"), datetime(2026, 8, 17, 2, 0, tzinfo=UTC)],
        ["#N/A", None, -5, ""],
    ]

    write_xlsx(target, {"Daftar: [2026]": rows, "Kosong": []})

    book = openpyxl.load_workbook(target)
    sheet = book.worksheets[0]
    assert book.sheetnames == ["Daftar   2026 ", "Kosong"]
    assert [[shown(cell) for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["=HYPERLINK(1)", "1375010203840003", 266_400_000, "2026-08-17 00:00:00"],
        ["ab", "+62", 1.5, "2026-08-17 09:00:00"],
        ["#N/A", None, -5, None],
    ]
    assert [sheet[cell].data_type for cell in ("A2", "B2", "C2", "A4")] == ["s", "s", "n", "s"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


def test_what_we_write_we_can_read():
    target = io.BytesIO()
    write_xlsx(target, {"x": [["Nama", "NIB"], ["CV Sandang", "9120001234567"]]})

    table = read_table(target, columns=["NIB", "Nama"])

    assert table.rows == [(2, {"Nama": "CV Sandang", "NIB": "9120001234567"})]


# --- In ------------------------------------------------------------------------------------------


def test_columns_may_come_in_any_order_and_case():
    file = workbook([["nib ", "TANGGAL", "Nama"], [9120001234567, date(2026, 8, 17), " CV  X "]])

    table = read_table(file, columns=COLUMNS)

    assert table.rows == [(2, {"nib": 9120001234567, "day": "2026-08-17", "name": "CV X"})]
    assert (table.unknown, table.missing, table.problems) == ([], [], [])
    assert parse_date(table.rows[0][1]["day"]) == date(2026, 8, 17)


def test_row_numbers_are_those_that_excel_shows():
    file = workbook([[], [], ["Nama"], ["satu"], [], [None], ["dua"]])

    assert read_table(file).rows == [(4, {"Nama": "satu"}), (7, {"Nama": "dua"})]


def test_unknown_and_missing_columns_are_reported():
    file = workbook([["Nama", "Alamat", None, "N.I.B"], ["CV X", "Padang", "", "9"]])

    table = read_table(file, columns=COLUMNS, optional=["Tanggal"])

    assert (table.unknown, table.missing) == (["Alamat", "N.I.B"], ["NIB"])
    assert table.rows == [(2, {"name": "CV X"})]


def test_underscores_and_blanks_in_headings_are_the_same():
    table = read_table(workbook([["nama_SMK"], ["SMK 1"]]), columns={"Nama SMK": "school"})

    assert table.rows == [(2, {"school": "SMK 1"})]


def test_whole_numbers_lose_their_point_and_others_keep_it():
    table = read_table(workbook([["a", "b", "c", "d"], [3.0, 3.5, True, -2]]))

    assert table.rows == [(2, {"a": 3, "b": 3.5, "c": True, "d": -2})]


def test_a_nik_that_excel_has_rounded_is_reported_and_not_used():
    table = read_table(workbook([["NIK", "Nama"], [1375010203840003, "Siti"]]))

    assert table.rows == [(2, {"NIK": "", "Nama": "Siti"})]
    assert table.problems == [
        (
            2,
            "Angka di kolom “NIK” lebih dari 15 angka, sehingga Excel membulatkannya. Ubah format "
            "kolom itu menjadi Teks, lalu ketik ulang angkanya.",
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_is_read_with_comma_or_semicolon(encoding, delimiter, newline):
    text = newline.join([f"Nama{delimiter}NIB", f'"CV{delimiter} É"{delimiter}0120001234567', ""])

    table = read_table(upload(text.encode(encoding), "a.csv"), columns=["Nama", "NIB"])

    assert table.rows == [(2, {"Nama": f"CV{delimiter} É", "NIB": "0120001234567"})]


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_the_unicode_text_of_excel_is_read(delimiter):
    text = f"Nama{delimiter}NIB\r\nCV É, Tbk{delimiter}0120001234567\r\n"

    table = read_table(upload(text.encode("utf-16"), "a.txt"), columns=["Nama", "NIB"])

    assert table.rows == [(2, {"Nama": "CV É, Tbk", "NIB": "0120001234567"})]


def test_a_file_that_does_not_begin_with_its_table_is_read_line_by_line():
    file = upload(b"Topik,  Hari \n\nBimtek,\n", "a.csv")

    assert read_lines(file) == [(1, ["Topik", "Hari"]), (3, ["Bimtek", ""])]


def test_a_csv_line_that_is_too_short_has_empty_cells():
    table = read_table(upload(b"a,b\n1\n", "a.csv"))

    assert table.rows == [(2, {"a": "1", "b": ""})]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Nama\nCafé\n".encode("cp1252"), "Huruf dalam berkas CSV ini tidak terbaca."),
        ("Nama\nCafé\n".encode("utf-16")[:-1], "Huruf dalam berkas CSV ini tidak terbaca."),
        (b"a\0b\nc\n", "Berkas ini tidak dapat dibaca sebagai tabel."),
        (b'a\n"b"c\n', "Berkas ini tidak dapat dibaca sebagai tabel."),
        (b"a\n" + b"x" * 200_000, "Berkas ini tidak dapat dibaca sebagai tabel."),
        (b"", "Tidak ada baris data di berkas ini."),
        (b"Nama,NIB\n , \n", "Tidak ada baris data di berkas ini."),
        (b"PK\x03\x04 halo", "Berkas ini tidak dapat dibaca sebagai tabel."),
        (archive({"a.txt": b"x"}), "Berkas ini tidak dapat dibaca sebagai tabel."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "Berkas ini Excel lama (.xls)."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "Berkas ini dikunci dengan kata sandi.",
        ),
        (b"a,A \n1,2\n", "Kolom “A” ada dua kali."),
        (b"a\n" + b"1\n" * 11, "Berkas ini berisi lebih dari 10 baris."),
        (b"a\n" + b"1\n" * 3_000_000, "Berkas ini lebih besar dari 5 MB."),
    ],
)
def test_what_is_no_table_is_answered_with_what_to_do(content, said):
    assert refusal(upload(content, "a.csv"), max_rows=10).startswith(said)


def test_an_empty_workbook_is_refused():
    assert refusal(workbook([])).startswith("Tidak ada baris data")
    assert refusal(workbook([["Nama"]])).startswith("Tidak ada baris data")


def test_one_stray_value_in_the_last_cell_does_not_end_the_web_process():
    """calamine asks for 512 GB of memory and aborts the process that it runs in."""
    file = workbook([["Nama"], ["CV X"]], XFD1048576=1)

    assert refusal(file).startswith("Lembar pertama berkas ini terlalu besar;")


def test_a_workbook_that_unpacks_to_gigabytes_is_refused():
    packed = io.BytesIO()
    row = b'<row><c t="inlineStr"><is><t>%s</t></is></c></row>' % (b"a" * 32_000)
    with (
        zipfile.ZipFile(workbook([["Nama"], ["CV X"]])) as original,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb,
    ):
        for name in original.namelist():
            content = original.read(name)
            with bomb.open(name, "w") as entry:
                start, end, rest = content.partition(b"</sheetData>")
                entry.write(start)
                for _ in range(14_000 if end else 0):
                    entry.write(row)
                entry.write(end + rest)
    assert packed.tell() < 5 * 1024 * 1024

    assert refusal(packed).startswith("Lembar pertama berkas ini terlalu besar;")


def test_only_the_first_visible_sheet_is_read():
    book = openpyxl.Workbook()
    book.active.append(["rahasia"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Data").append(["Nama"])
    book["Data"].append(["CV X"])
    target = io.BytesIO()
    book.save(target)

    assert read_table(target).rows == [(2, {"Nama": "CV X"})]


def test_a_workbook_to_be_sent_stands_at_its_beginning():
    with temporary_xlsx({"Peserta": [["Nama"], ["Ani"]]}) as file:
        assert list(openpyxl.load_workbook(file).active.values) == [("Nama",), ("Ani",)]
