"""The tables that e-Smart IKM takes in, with what their pages and commands say of them."""

from django.utils import timezone

from programs import sales_import
from programs.models import Marketplace
from programs.table_import import TableKind

MAY_IMPORT = "programs.import_esmart"


def _marketplaces():
    rows = Marketplace.objects.values_list("name", "active_from", "active_to")
    return [("marketplace", "Buka sejak", "Tutup sesudah"), *rows]


SALES = TableKind(
    key="esmart-sales",
    noun="laporan penjualan",
    permission=MAY_IMPORT,
    columns=sales_import.COLUMNS,
    example=("9120001234567", "Tokopedia", "2026-10", 12, 20, 1_500_000, 0),
    check=lambda file: sales_import.check(file, today=timezone.localdate()),
    record=lambda file, by: sales_import.record(file, by=by, today=timezone.localdate()),
    hints=[
        "Satu baris untuk satu toko dan satu bulan. Tokonya dikenali dari NIB dan lokapasar, jadi "
        "harus sudah tercatat.",
        "Bulan yang sudah dilaporkan diperbarui; angka sebelumnya tetap tersimpan.",
        "Bulan ditulis tahun-bulan, misalnya 2026-10. Rupiah boleh memakai titik. Kolom ekspor "
        "boleh kosong.",
    ],
    code_lists=lambda: {"Lokapasar": _marketplaces()},
)
