import datetime
from pathlib import Path

from django.apps import apps
from django.core.management.base import CommandError
from django.db import transaction

from partnerships.models import (
    Competence,
    CompetenceConversion,
    LaunchPhase,
    OfficialFigure,
    SectorCompetence,
)
from programs.models import Region
from programs.reference_loading import ReferenceCommand, rows


class Command(ReferenceCommand):
    """Bring in what link and match stands on: competences, their pairs, sectors, launch phases.

    Safe to run twice. What officers have edited stays as it is, unless ``--overwrite`` is given.
    """

    help = "Memuat kompetensi, padanan, sektor, tahap peluncuran, dan angka resminya."

    default_folder = Path(apps.get_app_config("partnerships").path) / "data"

    @transaction.atomic
    def handle(self, *, overwrite, folder, **options):
        self.overwrite = overwrite
        if not Region.objects.exists():
            raise CommandError("Belum ada wilayah. Jalankan manage.py load_reference dahulu.")
        competences = Competence.objects.all()
        wanted = [competence(row) for row in rows(folder / "competences.csv")]
        self.keep("kompetensi", competences, ["curriculum", "code"], wanted)
        known = {(one.curriculum, one.code): one.pk for one in competences.all()}
        pairs = [conversion(row, known) for row in rows(folder / "conversions.csv")]
        key = ["older_id", "newer_id"]
        self.keep("padanan kompetensi", CompetenceConversion.objects.all(), key, pairs)
        sectors = [sector(row, known) for row in rows(folder / "sectors.csv")]
        key = ["kbli_division", "competence_id"]
        self.keep("kompetensi menurut sektor", SectorCompetence.objects.all(), key, sectors)
        self.keep_phases(rows(folder / "launch_phases.csv"))
        phases = dict(LaunchPhase.objects.values_list("number", "pk"))
        figures = [figure(row, phases) for row in rows(folder / "official_figures.csv")]
        key = ["measure", "phase_id", "as_of", "value", "source"]
        self.keep("angka resmi", OfficialFigure.objects.all(), key, figures)

    def keep_phases(self, lines):
        """A new phase comes with its provinces; those of an old one are the officers' affair."""
        phases = LaunchPhase.objects.all()
        created = self.keep("tahap peluncuran", phases, ["number"], [phase(row) for row in lines])
        changed = lines if self.overwrite else [row for row in lines if is_among(created, row)]
        by_number = {one.number: one for one in phases.all()}
        for row in changed:
            codes = [code for code in row["kode_provinsi"].split(";") if code]
            by_number[int(row["tahap"])].provinces.set(codes)


def is_among(created, row):
    return int(row["tahap"]) in {one.number for one in created}


def competence(row):
    return Competence(
        curriculum=int(row["kurikulum"]),
        code=row["kode"],
        name=row["nama"],
        field=row["bidang"],
        years=int(row["lama"]),
    )


def conversion(row, known):
    return CompetenceConversion(
        older_id=known[2018, row["kode_2018"]], newer_id=known[2022, row["kode_2022"]]
    )


def sector(row, known):
    return SectorCompetence(
        kbli_division=row["golongan_pokok_kbli"],
        competence_id=known[int(row["kurikulum"]), row["kode_kompetensi"]],
    )


def phase(row):
    return LaunchPhase(
        number=int(row["tahap"]),
        area=row["wilayah"],
        launched_on=day(row["tanggal"]),
        place=row["tempat"],
        target_schools=int(row["target_smk"]) if row["target_smk"] else None,
        target_companies=int(row["target_perusahaan"]) if row["target_perusahaan"] else None,
        note=row["catatan"],
    )


def figure(row, phases):
    return OfficialFigure(
        measure=row["yang_dihitung"],
        phase_id=phases[int(row["tahap"])],
        as_of=day(row["per_tanggal"]),
        value=int(row["nilai"]),
        source=row["sumber"],
        note=row["catatan"],
    )


def day(text):
    return datetime.date.fromisoformat(text) if text else None
