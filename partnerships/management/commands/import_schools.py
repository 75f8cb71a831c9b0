from partnerships.import_command import PartnershipImportCommand
from partnerships.imports import SCHOOLS


class Command(PartnershipImportCommand):
    help = "Mengimpor SMK dari berkas .xlsx atau .csv. Tanpa --commit hanya pratinjau."

    kind = SCHOOLS
