"""The three tables that link and match takes in, with what their pages and commands say of them."""

from django.utils import timezone

from partnerships import agreement_import, company_import, school_import
from partnerships.agreement_cells import WORD_OF
from partnerships.company_import import CompanyImport
from partnerships.models import Competence
from partnerships.school_import import SchoolImport
from programs.party_import import region_codes
from programs.table_import import TableKind

MAY_IMPORT = "partnerships.import_partnerships"


def _competences():
    rows = Competence.objects.filter(is_active=True).order_by("curriculum", "pk")
    return [
        ("kompetensi", "Nama", "Bidang", "Kurikulum"),
        *(
            (f"{one.curriculum}:{one.code}", one.name, one.field, one.get_curriculum_display())
            for one in rows
        ),
    ]


def _scope():
    return [("lingkup", "Arti"), *((word, kind.label) for kind, word in WORD_OF.items())]


EMPTY_CELL = "Sel kosong tidak menghapus yang sudah tercatat."
TWO_CURRICULA = (
    "Kode kompetensi boleh dari Spektrum 2018 atau 2022, dengan titik koma di antaranya. Kode yang "
    "ada di keduanya dibaca menurut 2018; untuk 2022 tulis tahunnya, misalnya 2022:2.1.1. Buat "
    "kolomnya berformat Teks agar Excel tidak mengubah kode menjadi tanggal."
)
SCHOOLS = TableKind(
    key="schools",
    noun="SMK",
    permission=MAY_IMPORT,
    columns=school_import.COLUMNS,
    example=(
        "10303456",
        "SMK Negeri 1 Contoh",
        "negeri",
        "A",
        "13.75",
        "Jalan Contoh Nomor 1",
        850,
        "1.4.1; 2022:2.3.1",
    ),
    check=SchoolImport().check,
    record=SchoolImport().record,
    hints=[
        "SMK dikenali dari NPSN. Yang belum ada dibuat, yang sudah ada diperbarui.",
        f"{EMPTY_CELL} Kompetensi hanya ditambahkan, tidak pernah dihapus.",
        TWO_CURRICULA,
    ],
    code_lists=lambda: {"Kode wilayah": region_codes(), "Kode kompetensi": _competences()},
)
COMPANIES = TableKind(
    key="companies",
    noun="perusahaan",
    permission=MAY_IMPORT,
    columns=company_import.COLUMNS,
    example=(
        "9120001234567",
        "PT Mesin Contoh",
        "01.312.166.0-091.000",
        "25920",
        "32.16",
        "Kawasan Industri Contoh Blok A",
        240,
    ),
    check=CompanyImport().check,
    record=CompanyImport().record,
    hints=[
        "Perusahaan dikenali dari NIB. Yang belum ada dibuat, yang sudah ada diperbarui.",
        EMPTY_CELL,
        "Buat kolom nib, npwp, dan kbli berformat Teks agar Excel tidak menyingkat angkanya.",
    ],
    code_lists=lambda: {"Kode wilayah": region_codes()},
)
AGREEMENTS = TableKind(
    key="agreements",
    noun="PKS",
    permission=MAY_IMPORT,
    columns=agreement_import.COLUMNS,
    example=(
        "421.5/012/PKS/2024",
        "10303456",
        "9120001234567",
        "1.4.1; 1.4.2",
        "IV",
        "15/01/2024",
        "01/02/2024",
        "31/01/2027",
        "kurikulum; pkl; guru_tamu",
    ),
    check=lambda file: agreement_import.check(file, today=timezone.localdate()),
    record=lambda file, by: agreement_import.record(file, by=by, today=timezone.localdate()),
    hints=[
        "PKS yang sudah ditandatangani. SMK dan perusahaannya harus sudah ada di register.",
        "PKS dikenali dari kedua pihak dan nomornya; yang sudah tercatat dilewati.",
        "Tahap dan lingkup boleh kosong. Tanggal boleh 15/01/2024, 2024-01-15, atau tanggal Excel.",
        TWO_CURRICULA,
    ],
    code_lists=lambda: {"Kode kompetensi": _competences(), "Lingkup": _scope()},
)
