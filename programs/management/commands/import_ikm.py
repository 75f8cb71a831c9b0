from programs.esmart_import_command import EsmartImportCommand
from programs.esmart_tables import IKM


class Command(EsmartImportCommand):
    help = "Mengimpor IKM dan mendaftarkannya ke e-Smart. Tanpa --commit hanya pratinjau."

    kind = IKM
