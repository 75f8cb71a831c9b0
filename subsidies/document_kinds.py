"""The papers an applicant hands in, DOK01 to DOK23 (domain.md §10.9), in the owner's words."""

from typing import NamedTuple

from django.db import models


class DocumentKind(models.TextChoices):
    DOK01 = "DOK01", "Surat permohonan"
    DOK02 = "DOK02", "KTP pemilik"
    DOK03 = "DOK03", "NPWP"
    DOK04 = "DOK04", "NIB dan izin usaha industri"
    DOK05 = "DOK05", "Akta pendirian dan pengesahan"
    DOK06 = "DOK06", "Daftar pengurus"
    DOK07 = "DOK07", "Bukti akun SIINas atau laporan data industri"
    DOK08 = "DOK08", "Bukti penguasaan tempat usaha"
    DOK09 = "DOK09", "Daftar mesin yang dibeli dan terpasang"
    DOK10 = "DOK10", "Kontrak, pesanan, atau penawaran"
    DOK11 = "DOK11", "Invoice dan kuitansi"
    DOK12 = "DOK12", "Faktur pajak"
    DOK13 = "DOK13", "Bukti pembayaran lewat bank"
    DOK14 = "DOK14", "Surat jalan atau berita acara serah terima"
    DOK15 = "DOK15", "Dokumen impor (PIB, SPPB, B/L, packing list)"
    DOK16 = "DOK16", "Sertifikat TKDN atau bukti buatan dalam negeri"
    DOK17 = "DOK17", "Foto mesin dan pelat nama"
    DOK18 = "DOK18", "Laporan keuangan sederhana dan bukti jumlah pekerja"
    DOK19 = "DOK19", "Data kapasitas dan omzet"
    DOK20 = "DOK20", "Surat pernyataan bermeterai"
    DOK21 = "DOK21", "Buku rekening"
    DOK22 = "DOK22", "Rekomendasi dinas"
    DOK23 = "DOK23", "Surat kuasa"


class Explanation(NamedTuple):
    hint: str
    per_machine: bool = False
    photo: bool = False


EXPLANATIONS = {
    DocumentKind.DOK01: Explanation(
        "Ditujukan kepada Direktur Jenderal IKMA, bermeterai, ditandatangani pemilik."
    ),
    DocumentKind.DOK02: Explanation("Potret atau pindai KTP asli; semua tulisan terbaca."),
    DocumentKind.DOK03: Explanation("Kartu NPWP pemilik atau perusahaan."),
    DocumentKind.DOK04: Explanation(
        "NIB dari laman OSS dan izin usaha industri, TDI, atau IUMK. KBLI harus terlihat."
    ),
    DocumentKind.DOK05: Explanation("Akta, perubahan terakhir, dan pengesahannya dalam satu PDF."),
    DocumentKind.DOK06: Explanation("Nama dan jabatan pengurus sesuai akta (formulir 2)."),
    DocumentKind.DOK07: Explanation("Tangkapan layar akun SIINas atau bukti lapor tahun lalu."),
    DocumentKind.DOK08: Explanation(
        "Sertifikat, surat sewa, atau surat keterangan desa/kelurahan."
    ),
    DocumentKind.DOK09: Explanation(
        "Formulir 3: nama, merek, tipe, nomor seri, negara asal, tahun, jumlah, harga."
    ),
    DocumentKind.DOK10: Explanation("Satu untuk tiap mesin; boleh salah satu.", per_machine=True),
    DocumentKind.DOK11: Explanation(
        "Nomor, tanggal, dan nama penjual terbaca. Gabungkan menjadi satu PDF.", per_machine=True
    ),
    DocumentKind.DOK12: Explanation(
        "Minta kepada penjual yang PKP. Tanpa faktur pajak harga mesin tidak diakui.",
        per_machine=True,
    ),
    DocumentKind.DOK13: Explanation(
        "Bukti transfer, mutasi rekening, atau slip kartu. Pembayaran tunai tidak diganti.",
        per_machine=True,
    ),
    DocumentKind.DOK14: Explanation("Ditandatangani penerima di tempat usaha.", per_machine=True),
    DocumentKind.DOK15: Explanation("Hanya bila Anda mengimpor sendiri.", per_machine=True),
    DocumentKind.DOK16: Explanation(
        "Sertifikat TKDN atau surat keterangan dari pabrik.", per_machine=True
    ),
    DocumentKind.DOK17: Explanation(
        "Mesin utuh di tempat usaha dan pelat nama. Nomor seri harus terbaca, ambil dari jarak "
        "sekitar 30 cm.",
        per_machine=True,
        photo=True,
    ),
    DocumentKind.DOK18: Explanation("Neraca sederhana dan daftar upah atau BPJS Ketenagakerjaan."),
    DocumentKind.DOK19: Explanation("Kapasitas dan omzet sebelum dan sesudah mesin dipasang."),
    DocumentKind.DOK20: Explanation(
        "Menyatakan mesin baru, belum pernah dibantu, tidak dipindahtangankan, bersedia "
        "diverifikasi dan mengembalikan bila tidak benar."
    ),
    DocumentKind.DOK21: Explanation("Halaman depan, atas nama pemohon atau perusahaan."),
    DocumentKind.DOK22: Explanation("Dari dinas perindustrian kabupaten/kota atau provinsi."),
    DocumentKind.DOK23: Explanation("Hanya bila permohonan diurus orang lain."),
}

PER_MACHINE = [kind for kind, explained in EXPLANATIONS.items() if explained.per_machine]
