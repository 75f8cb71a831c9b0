from partnerships.import_command import PartnershipImportCommand
from partnerships.imports import AGREEMENTS


class Command(PartnershipImportCommand):
    help = "Mengimpor PKS dari berkas .xlsx atau .csv. Tanpa --commit hanya pratinjau."

    kind = AGREEMENTS
