"""Official figures from a file: faults told by row and column, all of it written or nothing."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse

from programs import official_figure_import, roles
from programs.models import Indicator, OfficialFigure, User
from tests.factories.esmart import ProgramFactory
from tests.factories.programs import ProvinceFactory, RegionFactory, UserFactory, officer
from tests.import_files import csv_of, row_of, said, xlsx_of
from tests.people import sign_in

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 20)
COLUMNS = [*official_figure_import.COLUMNS, "catatan"]
RELEASE = "Siaran pers, 1-11-2019"
EXAMPLE = {
    "indikator": "lm-smk",
    "tanggal": "2019-11-01",
    "nilai": "2.612",
    "wilayah": "",
    "sumber": RELEASE,
    "catatan": "kumulatif",
}
LIST = "admin:programs_officialfigure_changelist"
ADD = "admin:programs_officialfigure_add"
CHANGE = "admin:programs_officialfigure_change"
IMPORT = "admin:programs_officialfigure_import_table"


@pytest.fixture(autouse=True)
def register():
    RegionFactory()
    ProvinceFactory(code="31", name="DKI Jakarta")
    program = ProgramFactory()
    for slug, name, unit in [
        ("lm-smk", "SMK yang bekerja sama", "SMK"),
        ("mesin-penggantian", "Penggantian yang dibayar", "rupiah"),
        ("ikm-pdb-tumbuh", "Pertumbuhan PDB IKM", "persen"),
    ]:
        Indicator.objects.create(
            slug=slug, program=program, name=name, unit=unit, definition="Contoh."
        )


@pytest.fixture
def by():
    return UserFactory(name="Petugas Contoh")


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.BPSDMI_OFFICER))


def line(**changes):
    return row_of(COLUMNS, EXAMPLE, **changes)


def table(*lines):
    return csv_of(COLUMNS, *lines)


def record(by, *lines):
    return official_figure_import.record(table(*lines), by=by, today=TODAY)


def test_a_row_becomes_a_figure_with_its_importer_in_its_history(by):
    record(by, line(), line(tanggal="2019-11-02", wilayah="13"))

    figure = OfficialFigure.objects.get(as_of=datetime.date(2019, 11, 1))
    assert (figure.indicator.slug, figure.value, figure.region) == ("lm-smk", 2612, None)
    assert (figure.source, figure.note) == (RELEASE, "kumulatif")
    entries = LogEntry.objects.filter(object_id=str(figure.pk))
    assert [(entry.user, entry.get_change_message()) for entry in entries] == [
        (by, "Impor: dicatat dari berkas.")
    ]
    assert LogEntry.objects.count() == 2


def test_a_preview_writes_nothing():
    report = official_figure_import.check(table(line()), today=TODAY)

    assert (len(report.ready), report.writes) == (1, 1)
    assert not OfficialFigure.objects.exists()


def test_the_column_for_notes_may_be_missing_and_a_workbook_is_read_as_well(by):
    file = xlsx_of(
        official_figure_import.COLUMNS,
        ["LM-SMK", datetime.date(2019, 11, 1), 2612, 13, RELEASE],
    )

    official_figure_import.record(file, by=by, today=TODAY)

    figure = OfficialFigure.objects.get()
    assert (figure.value, figure.region_id, figure.note) == (2612, "13", "")


@pytest.mark.parametrize(
    ("indicator", "typed", "value"),
    [
        ("mesin-penggantian", "Rp 3.270.000.000,-", 3_270_000_000),
        ("mesin-penggantian", "3270000000", 3_270_000_000),
        ("lm-smk", "2.612", 2612),
        ("lm-smk", "2612", 2612),
        ("lm-smk", "Rp 2.612,-", 2612),
        ("lm-smk", "0", 0),
        ("ikm-pdb-tumbuh", "5,26 %", 526),
    ],
)
def test_numbers_are_read_as_people_write_them(by, indicator, typed, value):
    record(by, line(indikator=indicator, nilai=typed))

    assert OfficialFigure.objects.get().value == value


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", None),
        ("Nasional", None),
        ("13", "13"),
        ("Sumatera Barat", "13"),
        ("provinsi sumatera barat", "13"),
        ("DKI-Jakarta", "31"),
    ],
)
def test_a_place_is_the_whole_country_or_a_province_by_code_or_name(by, typed, code):
    record(by, line(wilayah=typed))

    assert OfficialFigure.objects.get().region_id == code


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"indikator": "lm-smkk"},
            "kolom indikator: Tidak ada indikator berkode “lm-smkk”. Yang paling mirip: "
            "lm-smk (SMK yang bekerja sama).",
        ),
        (
            {"indikator": "penggantian yang dibayarkan"},
            "Yang paling mirip: mesin-penggantian (Penggantian yang dibayar).",
        ),
        ({"indikator": "zzz"}, "berkode “zzz”. Lihat daftar indikator."),
        ({"indikator": ""}, "kolom indikator: Isi kode indikator, misalnya lm-smk."),
        (
            {"wilayah": "13.75"},
            "kolom wilayah: Kota Bukittinggi bukan provinsi. Angka resmi dicatat per provinsi atau "
            "nasional: tulis 13 untuk Sumatera Barat, atau kosongkan.",
        ),
        ({"wilayah": "1375"}, "kolom wilayah: Kota Bukittinggi bukan provinsi."),
        ({"wilayah": "Kota Bukittinggi"}, "kolom wilayah: Kota Bukittinggi bukan provinsi."),
        (
            {"wilayah": "Sumatra Barat"},
            "Tidak ada provinsi “Sumatra Barat”. Yang paling mirip: Sumatera Barat (13).",
        ),
        ({"wilayah": "99"}, "kolom wilayah: Tidak ada provinsi “99”. Tulis kode atau nama"),
        ({"tanggal": "2026-11-21"}, "kolom tanggal: 21 November 2026 belum tiba."),
        ({"tanggal": "2019-13-01"}, "kolom tanggal: Periksa bulannya."),
        ({"tanggal": "kemarin"}, "kolom tanggal: Tulis tanggal seperti 17/08/2026"),
        ({"tanggal": ""}, "kolom tanggal: Tulis tanggal seperti 17/08/2026"),
        (
            {"nilai": "2,5"},
            "kolom nilai: Tulis bilangan bulat, misalnya 2.612. Tertulis “2,5”.",
        ),
        ({"nilai": ""}, "kolom nilai: Tulis bilangan bulat, misalnya 2.612. Sel ini kosong."),
        ({"nilai": "-5"}, "kolom nilai: Tulis bilangan bulat"),
        ({"nilai": "2612 SMK"}, "kolom nilai: Tulis bilangan bulat"),
        (
            {"indikator": "mesin-penggantian", "nilai": "3,27 miliar"},
            "kolom nilai: Tulis angka lengkap tanpa kata, misalnya 3.270.000.000.",
        ),
        ({"sumber": ""}, "kolom sumber: Tulis sumber angka ini"),
        ({"sumber": "S" * 301}, "kolom sumber: Tulis sumber dalam paling banyak 300 huruf."),
        ({"catatan": "C" * 301}, "kolom catatan: Tulis catatan dalam paling banyak 300 huruf."),
    ],
)
def test_a_fault_is_told_by_row_and_column_and_nothing_is_written(by, changes, words):
    report = record(by, line(**changes), line(tanggal="2018-05-05"))

    assert any(words in one for one in said(report)), said(report)
    assert all(one.startswith("Baris 2, kolom ") for one in said(report))
    assert not OfficialFigure.objects.exists()
    assert not LogEntry.objects.exists()


def test_one_source_gives_one_figure_for_a_day_in_a_file(by):
    report = record(by, line(), line(nilai="2600"), line(wilayah="13"), line(sumber="Koran"))

    assert said(report) == [
        "Baris 3, kolom sumber: Angka untuk indikator, tanggal, wilayah, dan sumber ini sudah ada "
        "di baris 2. Hapus salah satunya, atau tulis sumber yang berbeda."
    ]
    assert not OfficialFigure.objects.exists()


def test_an_unreadable_place_is_not_taken_for_the_whole_country(by):
    report = record(by, line(wilayah="13.75"), line())

    assert len(said(report)) == 1
    assert said(report)[0].startswith("Baris 2, kolom wilayah: Kota Bukittinggi bukan provinsi.")


def test_the_nearest_code_is_named_first(by):
    program = Indicator.objects.get(slug="lm-smk").program
    Indicator.objects.create(
        slug="lm-hibah-smk", program=program, name="Hibah", unit="SMK", definition="Contoh."
    )

    [words] = said(record(by, line(indikator="lm-smkk")))

    assert "Yang paling mirip: lm-smk (SMK yang bekerja sama), lm-hibah-smk (Hibah)." in words


def test_two_sources_may_contradict_each_other(by):
    record(by, line(), line(nilai="2600", sumber="Koran Contoh, 2-11-2019"))

    assert sorted(OfficialFigure.objects.values_list("value", flat=True)) == [2600, 2612]


def test_the_same_figure_again_is_known_and_another_is_refused_with_what_stands(by):
    record(by, line())

    again = record(by, line())
    other = record(by, line(nilai="2600"), line(tanggal="2018-05-05"))

    assert (again.writes, len(again.known)) == (0, 1)
    assert said(other) == [
        "Baris 2, kolom nilai: Dari sumber ini sudah tercatat 2.612 per 1 November 2019. Perbaiki "
        "angka itu di halamannya, atau tulis sumber yang berbeda."
    ]
    assert OfficialFigure.objects.get().value == 2612
    assert LogEntry.objects.count() == 1


def test_the_questions_do_not_grow_with_the_file(by, django_assert_num_queries):
    def lines(year, many):
        return [line(tanggal=f"{year}-01-{day:02}") for day in range(1, many + 1)]

    with django_assert_num_queries(8):
        record(by, *lines(2018, 2))
    with django_assert_num_queries(8):
        record(by, *lines(2019, 28))


def test_the_command_previews_commits_and_ends_in_failure(tmp_path, capsys):
    path = tmp_path / "angka.csv"
    path.write_bytes(table(line()).getvalue())

    call_command("import_official_figures", str(path))
    assert "1 dapat dicatat" in capsys.readouterr().out
    assert not OfficialFigure.objects.exists()
    call_command("import_official_figures", str(path), "--commit")
    assert "1 dicatat" in capsys.readouterr().out
    robot = User.objects.get(email="impor-angka-resmi@sistem.invalid")
    assert LogEntry.objects.get().user == robot
    path.write_bytes(table(line(nilai="x")).getvalue())
    with pytest.raises(CommandError, match="1 baris ditolak"):
        call_command("import_official_figures", str(path), "--commit")


def test_only_an_officer_who_may_record_figures_is_named(tmp_path):
    path = tmp_path / "angka.csv"
    path.write_bytes(table(line()).getvalue())

    with pytest.raises(CommandError, match="bukan petugas yang dapat mencatat angka resmi"):
        call_command(
            "import_official_figures", str(path), "--commit", by=officer(roles.AUDITOR).email
        )


class TestOnTheDesk:
    def test_a_file_is_looked_at_and_then_taken_in(self, desk):
        file = SimpleUploadedFile("angka.csv", table(line()).getvalue())

        preview = desk.post(reverse(IMPORT), {"file": file})
        assert "2.612, nasional, per 1 November 2019" in preview.text
        assert not OfficialFigure.objects.exists()
        desk.post(reverse(IMPORT), {"kode": preview.context["code"]})

        assert OfficialFigure.objects.get().value == 2612
        assert "Impor dari berkas" in desk.get(reverse(LIST)).text

    def test_an_auditor_reads_the_figures_and_takes_none_in(self, client):
        auditor = sign_in(client, officer(roles.AUDITOR))

        assert "Impor dari berkas" not in auditor.get(reverse(LIST)).text
        assert auditor.get(reverse(IMPORT)).status_code == 403

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"as_of": "01/01/2100"}, "1 Januari 2100 belum tiba."),
            ({"region": "13.75"}, "Angka resmi dicatat per provinsi atau nasional."),
        ],
    )
    def test_the_form_refuses_tomorrow_and_a_kota(self, desk, changes, words):
        typed = {
            "indicator": Indicator.objects.get(slug="lm-smk").pk,
            "as_of": "01/11/2019",
            "value": "2612",
            "region": "13",
            "source": RELEASE,
            "note": "",
        }

        answer = desk.post(reverse(ADD), typed | changes)
        assert words in answer.text
        assert not OfficialFigure.objects.exists()
        desk.post(reverse(ADD), typed)

        assert OfficialFigure.objects.get().region_id == "13"

    @pytest.mark.parametrize(
        ("indicator", "typed", "value", "shown"),
        [
            ("ikm-pdb-tumbuh", "5,26", 526, "5,26"),
            ("lm-smk", "2.612", 2612, "2.612"),
            ("mesin-penggantian", "Rp3.270.000.000", 3_270_000_000, "3.270.000.000"),
        ],
    )
    def test_the_form_reads_and_shows_a_value_by_its_unit(
        self, desk, indicator, typed, value, shown
    ):
        fields = {"as_of": "01/11/2019", "region": "", "source": RELEASE, "note": ""}
        fields["indicator"] = Indicator.objects.get(slug=indicator).pk

        wrong = desk.post(reverse(ADD), fields | {"value": "banyak"})
        assert "misalnya" in wrong.text
        assert 'value="banyak"' in wrong.text
        desk.post(reverse(ADD), fields | {"value": typed})

        figure = OfficialFigure.objects.get()
        assert figure.value == value
        assert f'value="{shown}"' in desk.get(reverse(CHANGE, args=[figure.pk])).text

    def test_an_auditor_reads_a_figure_in_its_unit(self, client):
        figure = OfficialFigure.objects.create(
            indicator=Indicator.objects.get(slug="ikm-pdb-tumbuh"),
            as_of=TODAY,
            value=526,
            source=RELEASE,
        )

        page = sign_in(client, officer(roles.AUDITOR)).get(reverse(CHANGE, args=[figure.pk]))

        assert "5,26" in page.text
        assert ">526<" not in page.text


def test_the_database_keeps_official_figures_to_provinces():
    with pytest.raises(IntegrityError, match="programs_officialfigure_of_a_province"):
        OfficialFigure.objects.create(
            indicator=Indicator.objects.first(),
            as_of=TODAY,
            value=1,
            source=RELEASE,
            region=RegionFactory(),
        )
