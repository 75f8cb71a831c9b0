import datetime
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from programs.enums import OrganizationKind
from programs.measures import measure_of
from programs.models import (
    Holiday,
    Indicator,
    KbliCode,
    Marketplace,
    OfficialFigure,
    Organization,
    Program,
    Region,
    Target,
)

pytestmark = pytest.mark.django_db
LOADED = (Region, Organization, Marketplace, Holiday, KbliCode)


def load(**options):
    said = StringIO()
    call_command("load_reference", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def folder(tmp_path):
    """A copy of the files, for a test to spoil."""
    shutil.copytree(Path(apps.get_app_config("programs").path) / "data", tmp_path / "data")
    return tmp_path / "data"


def test_all_provinces_and_regencies_are_there():
    said = load()

    assert Region.objects.filter(kind=Region.Kind.PROVINCE).count() == 38
    assert Region.objects.filter(kind=Region.Kind.KABUPATEN).count() == 416
    assert Region.objects.filter(kind=Region.Kind.KOTA).count() == 98
    assert "provinsi: 38 di berkas, 38 baru" in said
    assert "kabupaten/kota: 514 di berkas, 514 baru" in said


def test_a_regency_knows_its_province_and_its_clock():
    load()

    bukittinggi = Region.objects.get(code="13.75")

    assert bukittinggi.full_name == "Kota Bukittinggi, Sumatera Barat"
    assert bukittinggi.time_zone == "Asia/Jakarta"
    assert bukittinggi.province.bimtek_region == 2
    assert Region.objects.get(code="94").time_zone == "Asia/Jayapura"


def test_every_row_keeps_the_rules_of_the_register():
    load()

    for model in LOADED:
        for record in model.objects.all():
            # The database has checked the links and the constraints.
            record.clean_fields(exclude=["province", "region"])


def test_seven_training_centres_are_units_with_a_satker_code():
    load()

    centres = Organization.objects.filter(name__startswith="Balai Diklat Industri")

    assert set(centres.values_list("kind", flat=True)) == {OrganizationKind.UNIT}
    assert centres.exclude(satker_code="").count() == 7


def test_the_calendar_reaches_from_2020_to_2027():
    load()

    assert Holiday.objects.filter(date="2020-08-17", kind=Holiday.Kind.NATIONAL).exists()
    assert Holiday.objects.filter(date="2026-03-20", kind=Holiday.Kind.JOINT_LEAVE).exists()
    assert {day.year for day in Holiday.objects.days()} == set(range(2020, 2028))


def test_a_second_load_changes_nothing():
    load()
    before = [list(model.objects.values()) for model in LOADED]

    said = load()

    after = [list(model.objects.values()) for model in LOADED]
    assert after == before
    assert said.count(" 0 baru.") == 12


def test_what_an_officer_edited_is_left_alone():
    load()
    Organization.objects.filter(satker_code="579343").update(email="padang@kemenperin.example")
    Region.objects.filter(code="93").update(bimtek_region=6)

    said = load()

    assert Organization.objects.get(satker_code="579343").email == "padang@kemenperin.example"
    assert Region.objects.get(code="93").bimtek_region == 6
    assert "provinsi: 38 di berkas, 0 baru, 1 dibiarkan seperti diubah petugas." in said


def test_overwrite_brings_the_file_back():
    load()
    Region.objects.filter(code="93").update(name="Papua Sel.", bimtek_region=6)

    load(overwrite=True)

    assert Region.objects.get(code="93").name == "Papua Selatan"
    assert Region.objects.get(code="93").bimtek_region == 7


def test_a_missing_province_stops_the_load_with_a_sentence(folder):
    provinces = folder / "provinces.csv"
    provinces.write_text("".join(provinces.read_text().splitlines(keepends=True)[:-1]))

    with pytest.raises(CommandError, match=r"37 provinsi, seharusnya 38.*tidak ada data"):
        load(folder=folder)

    assert not Region.objects.exists()


def test_a_missing_regency_stops_the_load_with_a_sentence(folder):
    regencies = folder / "regencies.csv"
    regencies.write_text("".join(regencies.read_text().splitlines(keepends=True)[:-2]))

    with pytest.raises(CommandError, match="512 kabupaten/kota, seharusnya 514"):
        load(folder=folder)

    assert not Region.objects.exists()


def test_what_was_published_stands_side_by_side_also_where_it_contradicts_itself():
    load()

    joined = OfficialFigure.objects.filter(indicator__slug="esmart-ikm-bergabung")
    turnover = OfficialFigure.objects.get(indicator__slug="esmart-omzet")

    assert set(joined.filter(as_of__year=2020).values_list("value", flat=True)) == {10_000, 2216}
    assert turnover.value == 3_270_000_000
    assert not OfficialFigure.objects.filter(source="").exists()


# What the five source documents say: indicator, day, value (percent in hundredths).
SEEDS = [
    ("lm-smk", "2020-10-26", 2612),
    ("lm-perusahaan", "2020-10-26", 885),
    ("lm-pks", "2020-10-26", 4997),
    ("kampanye-semuanya-ada-di-sini", "2020-10-26", 1_600_000),
    ("webinar-kegiatan", "2020-10-26", 156),
    ("webinar-peserta", "2020-10-26", 13_871),
    ("mesin-tarif", "2020-10-26", 30_00),
    ("esmart-ikm-bergabung", "2020-10-26", 10_000),
    ("esmart-lokapasar", "2020-10-26", 6),
    ("esmart-peserta-lokakarya", "2019-12-31", 10_000),
    ("esmart-omzet", "2019-12-31", 3_270_000_000),
    ("ikm-nilai-tambah", "2016-12-31", 520_000_000_000_000),
    ("ikm-nilai-tambah-tumbuh", "2016-12-31", 18_30),
    ("ikm-jumlah", "2016-12-31", 3_850_000),
    ("vokasi-kementerian", "2017-03-21", 5),
    ("ikm-jumlah", "2025-03-10", 4_500_000),
    ("ikm-jumlah-bagian", "2025-03-10", 99_77),
    ("ikm-tenaga-kerja-bagian", "2025-03-10", 65_52),
    ("ikm-tenaga-kerja", "2025-03-10", 13_110_000),
    ("ikm-keluaran-bagian", "2025-03-10", 21_53),
    ("ikm-pdb-tumbuh", "2025-03-10", 5_26),
    ("bimtek-regional-peserta", "2020-06-22", 330),
    ("bimtek-regional-perusahaan", "2020-06-22", 12),
    ("industri-ekspor", "2019-12-31", 126_570_000_000),
    ("industri-ekspor-bagian", "2019-12-31", 75_50),
    ("ekspor-makanan", "2019-12-31", 21_46),
    ("ekspor-logam-dasar", "2019-12-31", 13_72),
    ("ekspor-kimia", "2019-12-31", 10_00),
    ("ekspor-pakaian", "2019-12-31", 6_56),
    ("ekspor-kertas", "2019-12-31", 5_74),
    ("covid-pekerja", "2020-06-02", 3_050_000),
    ("covid-penganggur", "2020-06-22", 5_230_000),
    ("covid-pekerja-dunia", "2020-06-22", 2_670_000_000),
    ("covid-pekerja-dunia-bagian", "2020-06-22", 81_00),
    ("covid-phk-dunia", "2020-06-22", 1_250_000_000),
]
TARGETS_OF_SEEDS = [
    ("ikm-jumlah", 2017, 4_030_000),
    ("ikm-jumlah-tumbuh", 2017, 4_70),
    ("ikm-tenaga-kerja-tambahan", 2017, 400_000),
    ("ikm-unit-baru", 2017, 182_000),
    ("wub-tumbuh", 2017, 5000),
    ("wub-tumbuh", 2019, 20_000),
    ("sentra-dikembangkan", 2017, 1200),
]
# Told elsewhere in the domain sheet (§A3, §B2, §C, §D), also where it contradicts itself.
ALSO_SAID = [
    ("lm-smk", "2019-03-18", {2612, 2604}),
    ("lm-perusahaan", "2019-03-18", {899, 885}),
    ("lm-pks", "2019-03-18", {4997, 4971}),
    ("lm-perusahaan", "2019-03-19", {899}),
    ("lm-pks", "2017-10-11", {1710}),
    ("lm-smk", "2018-03-05", {1537}),
    ("lm-pks", "2019-01-16", {3289}),
    ("smk-nasional", "2019-03-18", {14_218, 14_260}),
    ("mesin-ikm", "2018-12-31", {111}),
    ("mesin-penggantian", "2023-12-31", {7_900_000_000}),
    ("mesin-investasi-rentang", "2017-12-31", {554_630_000_000}),
    ("mesin-pagu", "2014-12-31", {20_000_000_000, 22_000_000_000}),
    ("diklat-dilatih-kumulatif", "2022-12-31", {253_145}),
    ("diklat-peserta-acara", "2017-04-21", {260}),
    ("diklat-peserta-acara", "2019-03-18", {290}),
    ("bimtek-regional-peserta", "2020-06-19", {480}),
    ("bimtek-regional-kabkota", "2020-06-30", {66}),
    ("lm-hibah-smk", "2019-03-18", {929}),
    ("bbi-onboard", "2020-12-31", {3_800_000, 3_400_000}),
]
PROGRAMS = {
    "link-and-match", "diklat-3in1", "bimtek-aparatur", "sistem-ganda", "politeknik-kawasan",
    "sdm-industri-40", "e-smart-ikm", "restrukturisasi-mesin", "webinar-ikm", "wirausaha-baru",
    "sentra-ikm", "bangga-buatan-indonesia", "kerja-sama-luar-negeri", "pelatihan-bpifk",
    "ikm-nasional", "making-indonesia-40",
}  # fmt: skip


def test_every_program_says_what_it_is_for_whom_and_how_to_take_part():
    load()

    programs = list(Program.objects.select_related("unit"))

    assert {program.slug for program in programs} == PROGRAMS
    for program in programs:
        assert program.audiences, program.slug
        assert program.unit, program.slug
        assert 3 <= len(program.story.split("\n\n")) <= 6, program.slug
        assert 2 <= len(program.how_to_join.split("\n\n")) <= 4, program.slug


def test_the_texts_of_the_programs_are_short_and_calm():
    load()

    for program in Program.objects.all():
        assert len(program.summary) <= 150, program.slug
        assert len(program.story) <= 2000, program.slug
        assert len(program.how_to_join) <= 800, program.slug
        assert max(map(len, program.story.split("\n\n"))) <= 500, program.slug
        assert "!" not in program.summary + program.story + program.how_to_join, program.slug


def said_of(indicator, day):
    figures = OfficialFigure.objects.filter(indicator__slug=indicator, as_of=day, region=None)
    return set(figures.values_list("value", flat=True))


def test_every_figure_of_the_source_documents_has_its_row():
    load()

    for indicator, day, value in SEEDS:
        assert value in said_of(indicator, day), (indicator, day)
    for indicator, year, value in TARGETS_OF_SEEDS:
        target = Target.objects.get(indicator__slug=indicator, year=year, is_in_use=True)
        assert target.value == value, (indicator, year)
    for indicator, day, values in ALSO_SAID:
        assert said_of(indicator, day) == values, (indicator, day)


def test_every_indicator_is_counted_published_or_aimed_at():
    load()

    bare = Indicator.objects.filter(official_figures=None, targets=None)

    assert {one.slug for one in bare if measure_of(one) is None} == set()


def test_of_several_targets_for_a_year_one_is_in_use():
    load()

    for indicator, year in Target.objects.values_list("indicator__slug", "year").distinct():
        several = Target.objects.filter(indicator__slug=indicator, year=year)
        assert several.filter(is_in_use=True).count() == 1, (indicator, year)
    schools = Target.objects.filter(indicator__slug="lm-smk", year=2019)
    assert {one.value: one.is_in_use for one in schools} == {
        1775: False, 1785: False, 1795: False, 2600: True, 2685: False,
    }  # fmt: skip


@pytest.mark.parametrize("overwrite", [False, True])
def test_which_target_is_in_use_is_the_officers_choice(overwrite):
    load()
    schools = Target.objects.filter(indicator__slug="lm-smk", year=2019)
    schools.filter(value=2600).update(is_in_use=False)
    schools.filter(value=2685).update(is_in_use=True)

    load(overwrite=overwrite)

    assert schools.get(is_in_use=True).value == 2685


def test_a_new_target_of_the_file_does_not_push_out_that_of_an_officer():
    load()
    schools = Target.objects.filter(indicator__slug="lm-smk", year=2019)
    schools.delete()
    Target.objects.create(
        indicator=Indicator.objects.get(slug="lm-smk"), year=2019, value=2700, source="Renja"
    )

    load()

    assert schools.get(is_in_use=True).value == 2700
    assert schools.count() == 6


def test_a_marketplace_that_has_closed_says_when():
    load()

    blanja = Marketplace.objects.get(slug="blanja")

    assert blanja.active_to == datetime.date(2020, 9, 1)
    assert Marketplace.objects.get(slug="shopee").hosts == ["shopee.co.id", "shp.ee"]
    assert not Marketplace.objects.open_on(datetime.date(2026, 1, 1)).filter(pk=blanja.pk).exists()
