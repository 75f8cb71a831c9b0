"""The three tables that link and match takes in, with what their pages and commands say of them."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils import timezone

from partnerships import agreement_import, company_import, school_import
from partnerships.agreement_cells import WORD_OF
from partnerships.company_import import CompanyImport
from partnerships.models import Competence
from partnerships.school_import import SchoolImport
from programs.models import Region

MAY_IMPORT = "partnerships.import_partnerships"


class TableKind(NamedTuple):
    """One kind of table: how it is read and written, and how people speak of it."""

    key: str
    noun: str
    columns: list
    example: tuple
    check: Callable
    record: Callable
    hints: list
    code_lists: Callable


def _regions():
    rows = Region.objects.exclude(province=None).values_list("code", "name", "province__name")
    return [("kode_kabkota", "Nama", "Provinsi"), *rows]


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
    code_lists=lambda: {"Kode wilayah": _regions(), "Kode kompetensi": _competences()},
)
COMPANIES = TableKind(
    key="companies",
    noun="perusahaan",
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
    code_lists=lambda: {"Kode wilayah": _regions()},
)
AGREEMENTS = TableKind(
    key="agreements",
    noun="PKS",
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
