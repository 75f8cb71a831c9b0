"""The commands ``import_schools``, ``import_companies`` and ``import_agreements``."""

from programs.import_command import KindImportCommand


class PartnershipImportCommand(KindImportCommand):
    """Subclasses name the kind of table."""

    robot_email = "impor-kemitraan@sistem.invalid"
    robot_name = "Sistem (impor kemitraan)"
    who = "petugas yang dapat mengimpor data kemitraan"
