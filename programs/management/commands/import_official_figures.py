from programs.import_command import KindImportCommand
from programs.official_figure_import import OFFICIAL_FIGURES


class Command(KindImportCommand):
    help = "Mengimpor angka resmi yang diumumkan. Tanpa --commit hanya pratinjau."

    kind = OFFICIAL_FIGURES
    robot_email = "impor-angka-resmi@sistem.invalid"
    robot_name = "Sistem (impor angka resmi)"
    who = "petugas yang dapat mencatat angka resmi"
