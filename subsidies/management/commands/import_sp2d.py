from django.utils import timezone

from programs.import_command import ImportCommand
from programs.rupiah import format_rupiah
from subsidies.sp2d_import import COLUMNS, check, record


class Command(ImportCommand):
    """Record what the treasury paid. Without ``--commit`` only says what each row would do."""

    help = "Mencatat SP2D dari berkas .xlsx atau .csv. Tanpa --commit hanya pratinjau."

    columns = COLUMNS
    permission = "subsidies.record_payment"
    robot_email = "impor-sp2d@sistem.invalid"
    robot_name = "Sistem (impor SP2D)"
    who = "petugas yang dapat mencatat SP2D"

    def check(self, file):
        return check(file, today=timezone.localdate())

    def record(self, file, *, by):
        return record(file, by=by, today=timezone.localdate())

    def tell(self, report, *, is_done):
        for row in report.known:
            self.stdout.write(f"Baris {row.number}: {row.registration} sudah tercatat.")
        for row in report.ready:
            self.stdout.write(
                f"Baris {row.number}: {row.registration} {row.name} {format_rupiah(row.amount)} "
                f"{'dicatat' if is_done else 'akan dicatat'}."
            )
        self.stdout.write(
            f"{len(report.ready)} {'dicatat' if is_done else 'dapat dicatat'}, "
            f"{len(report.known)} sudah tercatat, {len(report.refused)} ditolak."
        )
