from programs.esmart_import_command import EsmartImportCommand
from programs.esmart_tables import SALES


class Command(EsmartImportCommand):
    help = "Mengimpor penjualan bulanan toko IKM. Tanpa --commit hanya pratinjau."

    kind = SALES
