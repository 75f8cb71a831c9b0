"""The tables that e-Smart IKM takes in, with what their pages and commands say of them."""

from django.utils import timezone

from programs import ikm_import, sales_import
from programs.enums import Commodity
from programs.ikm_import import IkmImport
from programs.models import Marketplace
from programs.party_import import region_codes
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
IKM = TableKind(
    key="esmart-ikm",
    noun="IKM",
    permission=MAY_IMPORT,
    columns=ikm_import.COLUMNS,
    example=(
        "9120001234567",
        "CV Sandang Contoh",
        "1375010203850003",
        "Rahmah Contoh",
        "rahmah@contoh.id",
        "081234567890",
        "01.312.166.0-091.000",
        "14111",
        "13.75",
        "Jalan Contoh Nomor 7",
        12,
        640_000_000,
        "fesyen",
    ),
    check=lambda file: IkmImport(today=timezone.localdate()).check(file),
    record=lambda file, by: IkmImport(today=timezone.localdate()).record(file, by=by),
    hints=[
        "IKM dikenali dari NIB. Yang belum ada dibuat, yang sudah ada diperbarui.",
        "Sel kosong tidak menghapus yang sudah tercatat.",
        "Yang belum pernah ikut e-Smart didaftarkan dan menunggu verifikasi. Yang sudah keluar "
        "atau ditolak tidak didaftarkan lagi.",
        "NIK atau KBLI yang tampak keliru tidak menolak baris; petugas memeriksanya kemudian.",
        "Buat kolom nib, nik_pemilik, npwp, kbli, dan telepon berformat Teks agar Excel tidak "
        "menyingkat angkanya.",
    ],
    code_lists=lambda: {
        "Kode wilayah": region_codes(),
        "Komoditas": [("komoditas",), *((label,) for label in Commodity.labels)],
    },
)
