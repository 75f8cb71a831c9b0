"""What link and match gives to everybody: the schools, the companies that signed, and their PKS.

A school is a public body. Of a company, which may bear its owner's name, only that is told what the
signing made public; NIB, people and addresses never are.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce, Left

from partnerships.enums import Accreditation, AgreementStatus, Dimension, SchoolStatus
from partnerships.models import Agreement, AgreementCompetence, Figure
from partnerships.models.phase import ROMAN
from programs.enums import OrganizationKind
from programs.models import KbliCode, Organization
from programs.open_data import (
    DAY,
    NUMBER,
    Column,
    Dataset,
    State,
    compared,
    mark_of,
    offer,
    place_columns,
    words_for,
)


def schools():
    return Organization.objects.of_kind(OrganizationKind.SCHOOL).annotate(
        running=_number(Agreement.objects.live(), "school"),
        signed=_number(Agreement.objects.signed(), "school"),
    )


def companies():
    """Those that ever signed an agreement."""
    sector = KbliCode.objects.filter(
        version=OuterRef("company__kbli_version"), code=OuterRef("division")
    )
    return (
        Organization.objects.of_kind(OrganizationKind.COMPANY)
        .filter(Exists(Agreement.objects.signed().filter(company=OuterRef("pk"))))
        .annotate(
            division=Left("company__kbli_code", 2),
            sector=Subquery(sector.values("title")[:1]),
            running=_number(Agreement.objects.live(), "company"),
            signed=_number(Agreement.objects.signed(), "company"),
        )
    )


def agreements():
    names = (
        AgreementCompetence.objects.filter(agreement=OuterRef("pk"))
        .order_by("competence__name", "pk")
        .values("competence__name")
    )
    return Agreement.objects.signed().annotate(competence_names=ArraySubquery(names))


def agreement_state():
    """The figures of link and match are made anew after each change and each night."""
    total = Figure.objects.filter(dimension=Dimension.TOTAL).first()
    if total is None:
        return compared(AGREEMENTS.slug, AGREEMENTS)
    return State(total.agreements, mark_of(total.agreements, total.computed_at), total.computed_at)


def _number(agreements, side):
    counted = agreements.filter(**{side: OuterRef("pk")}).order_by().values(side)
    return Coalesce(Subquery(counted.annotate(n=Count("*")).values("n")), 0)


def _roman(number):
    return ROMAN[number - 1] if number else ""


RUNNING = Column("pks_berjalan", "Jumlah PKS yang berjalan sekarang.", "running", NUMBER)
SIGNED = Column("pks_ditandatangani", "Jumlah PKS yang pernah ditandatangani.", "signed", NUMBER)

SCHOOLS = Dataset(
    slug="smk",
    title="SMK",
    about="Sekolah menengah kejuruan dalam register, dengan jumlah perjanjian kerja samanya (PKS).",
    period="Keadaan sekarang",
    unit="SMK",
    rows=schools,
    key={"id": int},
    columns=(
        Column("npsn", "Nomor pokok sekolah nasional.", "npsn"),
        Column("smk", "Nama sekolah.", "name"),
        Column("status", "negeri atau swasta.", "school__status", read=words_for(SchoolStatus)),
        Column(
            "akreditasi",
            "A, B, C, atau belum terakreditasi.",
            "school__accreditation",
            read=words_for(Accreditation),
        ),
        *place_columns("region"),
        RUNNING,
        SIGNED,
    ),
)
COMPANIES = Dataset(
    slug="perusahaan-mitra",
    title="Perusahaan mitra SMK",
    about="Perusahaan yang pernah menandatangani perjanjian kerja sama (PKS) dengan SMK.",
    period="Keadaan sekarang",
    unit="perusahaan",
    rows=companies,
    key={"id": int},
    columns=(
        Column("nomor", "Nomor perusahaan di register ini, tidak berubah.", "id", NUMBER),
        Column("perusahaan", "Nama perusahaan.", "name"),
        Column("kode_sektor", "Golongan pokok KBLI, dua angka.", "division"),
        Column("sektor", "Nama golongan pokok KBLI.", "sector"),
        *place_columns("region"),
        RUNNING,
        SIGNED,
    ),
)
AGREEMENTS = Dataset(
    slug="pks",
    title="Perjanjian kerja sama SMK dan perusahaan",
    about="PKS yang pernah ditandatangani, juga yang sudah berakhir. Usulan yang belum "
    "ditandatangani tidak termasuk.",
    period="Menurut hari tanda tangan",
    unit="PKS",
    rows=agreements,
    key={"id": int},
    state=agreement_state,
    columns=(
        Column("nomor_pks", "Nomor perjanjian.", "number"),
        Column("npsn", "Nomor pokok sekolah nasional.", "school__npsn"),
        Column("smk", "Nama sekolah.", "school__name"),
        Column("kode_wilayah_smk", "Kode Kemendagri letak sekolah.", "school__region_id"),
        Column(
            "nomor_perusahaan", "Nomor perusahaan, seperti di data perusahaan mitra.", "company_id"
        ),
        Column("perusahaan", "Nama perusahaan.", "company__name"),
        Column(
            "kode_wilayah_perusahaan", "Kode Kemendagri letak perusahaan.", "company__region_id"
        ),
        Column("tahap", "Tahap peluncuran, I sampai X, bila ada.", "phase__number", read=_roman),
        Column(
            "kompetensi",
            "Kompetensi keahlian yang dicakup; dipisah titik koma.",
            "competence_names",
            read="; ".join,
        ),
        Column("ditandatangani", "Hari tanda tangan.", "signed_on", DAY),
        Column("mulai", "Hari mulai berlaku.", "starts_on", DAY),
        Column("berakhir", "Hari terakhir berlaku.", "ends_on", DAY),
        Column("keadaan", "Keadaan sekarang.", "status", read=words_for(AgreementStatus)),
        Column("dihentikan", "Hari dihentikan, bila lebih awal.", "terminated_on", DAY),
    ),
)

offer(SCHOOLS, COMPANIES, AGREEMENTS)
