"""The commands ``import_schools``, ``import_companies`` and ``import_agreements``."""

from partnerships.imports import MAY_IMPORT, TableKind
from programs.import_command import ImportCommand


class PartnershipImportCommand(ImportCommand):
    """Subclasses name the kind of table."""

    kind: TableKind
    permission = MAY_IMPORT
    robot_email = "impor-kemitraan@sistem.invalid"
    robot_name = "Sistem (impor kemitraan)"
    who = "petugas yang dapat mengimpor data kemitraan"

    @property
    def columns(self):
        return self.kind.columns

    def check(self, file):
        return self.kind.check(file)

    def record(self, file, *, by):
        return self.kind.record(file, by=by)
