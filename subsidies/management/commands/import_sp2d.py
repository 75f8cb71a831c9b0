from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from programs.models import User
from programs.rupiah import format_rupiah
from programs.spreadsheets import TableRefused
from subsidies.sp2d_import import COLUMNS, ImportRefused, check, record

# Deeds need a doer: those of the command are not those of some officer.
ROBOT = "impor-sp2d@sistem.invalid"


class Command(BaseCommand):
    """Record what the treasury paid. Without ``--commit`` only says what each row would do.

    Ends with status 1 when any row is refused; then nothing is recorded.
    """

    help = "Mencatat SP2D dari berkas .xlsx atau .csv. Tanpa --commit hanya pratinjau."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=f"Berkas dengan kolom {', '.join(COLUMNS)}.")
        parser.add_argument(
            "--commit", action="store_true", help="Catat; tanpa ini tidak ada yang ditulis."
        )
        parser.add_argument(
            "--by",
            metavar="SUREL",
            help="Petugas keuangan yang mencatat. Tanpa ini tercatat atas nama sistem.",
        )

    @transaction.atomic
    def handle(self, *, file, commit, by, **options):
        today = timezone.localdate()
        try:
            with file.open("rb") as content:
                if commit:
                    report = record(content, by=doer(by), today=today)
                else:
                    report = check(content, today=today)
        except OSError as problem:
            raise CommandError(f"Berkas {file} tidak dapat dibuka: {problem.strerror}.") from None
        except (TableRefused, ImportRefused) as refusal:
            raise CommandError(str(refusal)) from None
        self.tell(report, commit=commit)
        if report.refused:
            raise CommandError(
                f"{len(report.refused)} baris ditolak; tidak ada yang dicatat. Perbaiki atau "
                "hapus baris itu, lalu jalankan lagi."
            )

    def tell(self, report, *, commit):
        for column in report.unknown:
            self.stdout.write(f"Kolom {column} tidak dikenal dan diabaikan.")
        for row in report.refused:
            for sentence in row.sentences():
                self.stdout.write(self.style.ERROR(sentence))
        for row in report.known:
            self.stdout.write(f"Baris {row.number}: {row.registration} sudah tercatat.")
        done = commit and not report.refused
        for row in report.ready:
            self.stdout.write(
                f"Baris {row.number}: {row.registration} {row.name} {format_rupiah(row.amount)} "
                f"{'dicatat' if done else 'akan dicatat'}."
            )
        self.stdout.write(
            f"{len(report.ready)} {'dicatat' if done else 'dapat dicatat'}, "
            f"{len(report.known)} sudah tercatat, {len(report.refused)} ditolak."
        )
        if not commit and not report.refused:
            self.stdout.write("Ini pratinjau. Jalankan lagi dengan --commit untuk mencatat.")


def doer(email):
    """The officer who records, or the system's own account, with which nobody can sign in."""
    if email:
        officer = User.objects.filter(email__iexact=email, is_active=True).first()
        if officer is None or not officer.has_perm("subsidies.record_payment"):
            raise CommandError(
                f"{email} bukan petugas yang dapat mencatat SP2D. Periksa surelnya, atau beri "
                "petugas itu peran Petugas keuangan."
            )
        return officer
    return User.objects.filter(email=ROBOT).first() or User.objects.create_user(
        ROBOT, name="Sistem (impor SP2D)", is_active=False
    )
