import datetime
from pathlib import Path

from django.apps import apps
from django.core.management.base import CommandError
from django.db import transaction

from programs.enums import OrganizationKind
from programs.models import (
    Campaign,
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
from programs.reference_loading import ReferenceCommand, rows

PROVINCES = 38
REGENCIES = 514


class Command(ReferenceCommand):
    """Bring in what the ministry's work stands on: regions, units, programs, marketplaces, KBLI.

    And the indicators of the programs with what was published about them.

    Safe to run twice. What officers have edited stays as it is, unless ``--overwrite`` is given.
    """

    help = "Memuat wilayah, unit, program, lokapasar, hari libur, dan KBLI dari programs/data."

    default_folder = Path(apps.get_app_config("programs").path) / "data"

    @transaction.atomic
    def handle(self, *, overwrite, folder, **options):
        self.overwrite = overwrite
        provinces = rows(folder / "provinces.csv")
        regencies = rows(folder / "regencies.csv")
        self.refuse_other_than(PROVINCES, provinces, "kode", "provinces.csv", "provinsi")
        self.refuse_other_than(
            REGENCIES, regencies, "kode_kabkota", "regencies.csv", "kabupaten/kota"
        )

        regions = Region.objects.all()
        self.keep("provinsi", regions, ["code"], [province(row) for row in provinces])
        self.keep("kabupaten/kota", regions, ["code"], [regency(row) for row in regencies])
        units = Organization.objects.of_kind(OrganizationKind.UNIT)
        wanted = [unit(row) for row in rows(folder / "units.csv")]
        coded = [one for one in wanted if one.satker_code]
        uncoded = [one for one in wanted if not one.satker_code]
        self.keep("unit dengan kode satker", units, ["satker_code"], coded)
        self.keep("unit tanpa kode satker", units, ["name"], uncoded)
        wanted = [program(row, units) for row in rows(folder / "programs.csv")]
        self.keep("program", Program.objects.all(), ["slug"], wanted)
        self.keep_what_was_published(folder)
        wanted = [marketplace(row) for row in rows(folder / "marketplaces.csv")]
        self.keep("lokapasar", Marketplace.objects.all(), ["slug"], wanted)
        holidays = [holiday(row) for row in rows(folder / "holidays.csv")]
        self.keep("hari libur", Holiday.objects.all(), ["date"], holidays)
        codes = [kbli(row) for row in rows(folder / "kbli.csv")]
        self.keep("kode KBLI", KbliCode.objects.all(), ["version", "code"], codes)

    def keep_what_was_published(self, folder):
        programs = dict(Program.objects.values_list("slug", "pk"))
        wanted = [campaign(row, programs) for row in rows(folder / "campaigns.csv")]
        self.keep("kampanye", Campaign.objects.all(), ["slug"], wanted)
        wanted = [indicator(row, programs) for row in rows(folder / "indicators.csv")]
        self.keep("indikator", Indicator.objects.all(), ["slug"], wanted)
        indicators = dict(Indicator.objects.values_list("slug", "pk"))
        wanted = [target(row, indicators) for row in rows(folder / "targets.csv")]
        keep_choices_of_officers(wanted)
        key = ["indicator_id", "year", "region_id", "source"]
        self.keep("sasaran", Target.objects.all(), key, wanted)
        figures = [official(row, indicators) for row in rows(folder / "official_figures.csv")]
        key = ["indicator_id", "as_of", "region_id", "source"]
        self.keep("angka resmi", OfficialFigure.objects.all(), key, figures)

    def refuse_other_than(self, expected, lines, code, filename, noun):
        found = len({line[code] for line in lines})
        if found != expected:
            raise CommandError(
                f"Berkas {filename} memuat {found} {noun}, seharusnya {expected}. "
                "Periksa berkasnya; tidak ada data yang diubah."
            )


def keep_choices_of_officers(targets):
    """Where one of several targets is in use already, the file does not choose another."""
    chosen = {
        (one.indicator_id, one.year, one.region_id): one.source
        for one in Target.objects.filter(is_in_use=True)
    }
    for one in targets:
        source = chosen.get((one.indicator_id, one.year, one.region_id))
        if source is not None:
            one.is_in_use = one.source == source


def province(row):
    return Region(
        code=row["kode"],
        name=row["nama"],
        kind=Region.Kind.PROVINCE,
        time_zone=Region.TimeZone[row["zona_waktu"]],
        bimtek_region=int(row["regional_bimtek"]),
    )


def regency(row):
    return Region(
        code=row["kode_kabkota"],
        name=row["nama"],
        kind=Region.Kind[row["jenis"].upper()],
        province_id=row["kode_provinsi"],
        time_zone=Region.TimeZone[row["zona_waktu"]],
    )


def unit(row):
    """A ministry unit; its short name goes into the description, so that it is seen."""
    about = (
        f"{row['singkatan']}: {row['spesialisasi']}" if row["spesialisasi"] else row["singkatan"]
    )
    return Organization(
        kind=OrganizationKind.UNIT,
        name=row["nama"],
        satker_code=row["satker"],
        region_id=row["kode_wilayah"],
        email=row["surel"],
        about=about,
    )


def program(row, units):
    """A program of the ministry, under the unit that its satker code or its name says."""
    unit = row["satker_atau_nama_unit"]
    return Program(
        slug=row["alamat"],
        name=row["nama"],
        unit=units.get(satker_code=unit) if unit.isdecimal() else units.get(name=unit),
        summary=row["ringkasan"],
        is_active=row["berjalan"] == "ya",
        story=_paragraphs(row["cerita"]),
        how_to_join=_paragraphs(row["cara_ikut"]),
        audiences=[one for one in row["untuk"].split(";") if one],
        began_on=_day(row["sejak"]),
    )


def campaign(row, programs):
    return Campaign(
        slug=row["alamat"],
        name=row["nama"],
        program_id=programs[row["program"]],
        starts_on=datetime.date.fromisoformat(row["mulai"]),
        ends_on=datetime.date.fromisoformat(row["selesai"]) if row["selesai"] else None,
        about=row["keterangan"],
    )


def indicator(row, programs):
    return Indicator(
        slug=row["kode"],
        program_id=programs[row["program"]],
        name=row["nama"],
        unit=row["satuan"],
        definition=row["yang_dihitung"],
        source=row["sumber"],
        counting=row["cara_menjumlahkan"],
        position=int(row["urutan"]),
    )


def target(row, indicators):
    return Target(
        indicator_id=indicators[row["indikator"]],
        year=int(row["tahun"]),
        region_id=row["wilayah"] or None,
        value=int(row["nilai"]),
        source=row["sumber"],
        note=row["catatan"],
        is_in_use=row["dipakai"] == "ya",
    )


def official(row, indicators):
    return OfficialFigure(
        indicator_id=indicators[row["indikator"]],
        as_of=datetime.date.fromisoformat(row["tanggal"]),
        value=int(row["nilai"]),
        region_id=row["wilayah"] or None,
        source=row["sumber"],
        note=row["catatan"],
    )


def marketplace(row):
    return Marketplace(
        slug=row["kode"],
        name=row["nama"],
        hosts=[host for host in row["alamat_situs"].split(";") if host],
        active_from=_day(row["buka_sejak"]),
        active_to=_day(row["tutup_sesudah"]),
    )


def holiday(row):
    return Holiday(
        date=datetime.date.fromisoformat(row["tanggal"]),
        name=row["nama"],
        kind=row["jenis"],
        source=row["sumber"],
    )


def kbli(row):
    return KbliCode(
        version=int(row["versi"]), code=row["kode"], title=row["judul"], note=row["sumber"]
    )


def _day(text):
    return datetime.date.fromisoformat(text) if text else None


def _paragraphs(text):
    """In the file a vertical bar parts paragraphs, so that a program stays one line."""
    return "\n\n".join(part.strip() for part in text.split("|") if part.strip())
