from partnerships.import_command import PartnershipImportCommand
from partnerships.imports import COMPANIES


class Command(PartnershipImportCommand):
    help = "Mengimpor perusahaan mitra dari berkas .xlsx atau .csv. Tanpa --commit hanya pratinjau."

    kind = COMPANIES
