from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from programs.models import User
from programs.spreadsheets import TableRefused
from training.models import Event
from training.permissions import can_run
from training.registration_import import COLUMNS, ImportRefused, Result, check, record

# Deeds need a doer: those of the command are not those of some officer.
ROBOT = "impor-peserta@sistem.invalid"


class Command(BaseCommand):
    """Register a list of people for an event. Without ``--commit`` only says what would happen.

    Ends with status 1 when any row is refused; then nobody is registered.
    """

    help = "Mendaftarkan peserta dari berkas .xlsx atau .csv. Tanpa --commit hanya pratinjau."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=f"Berkas dengan kolom {', '.join(COLUMNS)}.")
        parser.add_argument(
            "--event", required=True, metavar="SLUG", help="Bagian akhir alamat kegiatan."
        )
        parser.add_argument(
            "--commit", action="store_true", help="Daftarkan; tanpa ini tidak ada yang ditulis."
        )
        parser.add_argument(
            "--by",
            metavar="SUREL",
            help="Petugas yang mendaftarkan. Tanpa ini tercatat atas nama sistem.",
        )

    @transaction.atomic
    def handle(self, *, file, event, commit, by, **options):
        event = event_with(event)
        try:
            with file.open("rb") as content:
                if commit:
                    report = record(content, event=event, by=doer(by, event), now=timezone.now())
                else:
                    report = check(content, event=event)
        except OSError as problem:
            raise CommandError(f"Berkas {file} tidak dapat dibuka: {problem.strerror}.") from None
        except (TableRefused, ImportRefused) as refusal:
            raise CommandError(str(refusal)) from None
        self.tell(report, commit=commit)
        if report.refused:
            raise CommandError(
                f"{len(report.refused)} baris ditolak; tidak ada yang didaftarkan. Perbaiki atau "
                "hapus baris itu, lalu jalankan lagi."
            )

    def tell(self, report, *, commit):
        for column in report.unknown:
            self.stdout.write(f"Kolom {column} tidak dikenal dan diabaikan.")
        for row in report.refused:
            for sentence in row.sentences():
                self.stdout.write(self.style.ERROR(sentence))
        for row in [*report.known, *report.ready]:
            self.stdout.write(f"Baris {row.number}: {row.name}, {Result(row.result).label}.")
        done = commit and not report.refused
        self.stdout.write(
            f"{len(report.ready)} {'didaftarkan' if done else 'dapat didaftarkan'} "
            f"({len(report.placed)} mendapat tempat, {len(report.waiting)} di daftar tunggu), "
            f"{len(report.known)} sudah terdaftar, {len(report.refused)} ditolak."
        )
        if not commit and not report.refused:
            self.stdout.write("Ini pratinjau. Jalankan lagi dengan --commit untuk mendaftarkan.")


def event_with(slug):
    event = Event.objects.prefetch_related("regions").filter(slug=slug).first()
    if event is None:
        raise CommandError(
            f"Tidak ada kegiatan dengan alamat {slug}. Alamatnya tertulis di akhir halaman "
            "kegiatan, misalnya bimtek-regional-2-2026."
        )
    return event


def doer(email, event):
    """The officer who registers, or the system's own account, with which nobody can sign in."""
    if email:
        officer = User.objects.filter(email__iexact=email, is_active=True).first()
        if officer is None or not can_run(officer, event):
            raise CommandError(
                f"{email} bukan petugas yang menyelenggarakan kegiatan ini. Periksa surelnya."
            )
        return officer
    return User.objects.filter(email=ROBOT).first() or User.objects.create_user(
        ROBOT, name="Sistem (impor peserta)", is_active=False
    )
