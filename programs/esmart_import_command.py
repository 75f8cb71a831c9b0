"""The commands ``import_sales`` and ``import_ikm``."""

from programs.import_command import KindImportCommand


class EsmartImportCommand(KindImportCommand):
    """Subclasses name the kind of table."""

    robot_email = "impor-esmart@sistem.invalid"
    robot_name = "Sistem (impor e-Smart)"
    who = "petugas yang dapat mengimpor data e-Smart"
