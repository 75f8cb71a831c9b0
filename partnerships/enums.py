"""The closed lists of link and match, with the words that people read."""

from django.db import models


class SchoolStatus(models.TextChoices):
    PUBLIC = "PUBLIC", "negeri"
    PRIVATE = "PRIVATE", "swasta"


class Accreditation(models.TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    NONE = "NONE", "belum terakreditasi"


class Curriculum(models.IntegerChoices):
    """Which list of competences a code belongs to (``domain.md`` §10.8)."""

    SPECTRUM_2018 = 2018, "Spektrum 2018"
    SPECTRUM_2022 = 2022, "Spektrum 2022"


class Side(models.TextChoices):
    SCHOOL = "SCHOOL", "sekolah"
    COMPANY = "COMPANY", "perusahaan"


class Source(models.TextChoices):
    """Who brought an agreement into the system."""

    SCHOOL = "SCHOOL", "diusulkan sekolah"
    COMPANY = "COMPANY", "diusulkan perusahaan"
    OFFICER = "OFFICER", "diusulkan petugas"
    IMPORT = "IMPORT", "impor"


class ScopeKind(models.TextChoices):
    """What the two sides agree to do together (``domain.md`` §B3, §10.10)."""

    CURRICULUM = "CURRICULUM", "penyelarasan kurikulum"
    INTERNSHIP = "INTERNSHIP", "PKL/prakerin siswa"
    TEACHER_INTERNSHIP = "TEACHER_INTERNSHIP", "magang guru"
    GUEST_TEACHER = "GUEST_TEACHER", "guru tamu dari industri"
    VISIT = "VISIT", "kunjungan industri"
    INDUSTRY_CLASS = "INDUSTRY_CLASS", "kelas industri"
    TEACHING_FACTORY = "TEACHING_FACTORY", "teaching factory"
    CERTIFICATION = "CERTIFICATION", "uji kompetensi dan sertifikasi"
    EQUIPMENT = "EQUIPMENT", "bantuan peralatan"
    RECRUITMENT = "RECRUITMENT", "penyerapan lulusan"
    SCHOLARSHIP = "SCHOLARSHIP", "beasiswa"


# In what a target and a realization are counted.
UNITS = {
    ScopeKind.CURRICULUM: "mata pelajaran",
    ScopeKind.INTERNSHIP: "siswa",
    ScopeKind.TEACHER_INTERNSHIP: "guru",
    ScopeKind.GUEST_TEACHER: "pertemuan",
    ScopeKind.VISIT: "kunjungan",
    ScopeKind.INDUSTRY_CLASS: "siswa",
    ScopeKind.TEACHING_FACTORY: "kegiatan",
    ScopeKind.CERTIFICATION: "peserta",
    ScopeKind.EQUIPMENT: "unit",
    ScopeKind.RECRUITMENT: "lulusan",
    ScopeKind.SCHOLARSHIP: "siswa",
}
# These are also worth an amount of money, in whole rupiah.
WITH_VALUE = [ScopeKind.EQUIPMENT, ScopeKind.SCHOLARSHIP]


class AgreementStatus(models.TextChoices):
    """The life of a PKS (``domain.md`` §10.10)."""

    PROPOSED = "PROPOSED", "usulan"
    MATCHING = "MATCHING", "pencocokan kompetensi"
    DRAFTING = "DRAFTING", "pembahasan naskah"
    READY = "READY", "siap tanda tangan"
    ACTIVE = "ACTIVE", "aktif"
    ENDING = "ENDING", "akan berakhir"
    DORMANT = "DORMANT", "tidak berjalan"
    ENDED = "ENDED", "berakhir"
    RENEWED = "RENEWED", "diperpanjang"
    TERMINATED = "TERMINATED", "dihentikan"
    DECLINED = "DECLINED", "tidak disepakati"
    WITHDRAWN = "WITHDRAWN", "usulan ditarik"


# On its way to the signatures.
BEFORE_SIGNING = [
    AgreementStatus.PROPOSED,
    AgreementStatus.MATCHING,
    AgreementStatus.DRAFTING,
    AgreementStatus.READY,
]
LIVE = [AgreementStatus.ACTIVE, AgreementStatus.ENDING, AgreementStatus.DORMANT]
# Signed once, whatever became of it: these count as agreements in the figures.
SIGNED = [
    *LIVE,
    AgreementStatus.ENDED,
    AgreementStatus.RENEWED,
    AgreementStatus.TERMINATED,
]
CAME_TO_NOTHING = [AgreementStatus.DECLINED, AgreementStatus.WITHDRAWN]


class Meterai(models.TextChoices):
    ELECTRONIC = "ELECTRONIC", "meterai elektronik"
    PAPER = "PAPER", "meterai tempel"
    NONE = "NONE", "tanpa meterai"


class Signer(models.TextChoices):
    SCHOOL = "SCHOOL", "pihak sekolah"
    COMPANY = "COMPANY", "pihak perusahaan"


class SigningWay(models.TextChoices):
    LINK = "LINK", "lewat tautan surel"
    SITE = "SITE", "di situs"
    PAPER = "PAPER", "di kertas"


class AmendmentStatus(models.TextChoices):
    PROPOSED = "PROPOSED", "menunggu pihak lain"
    CONFIRMED = "CONFIRMED", "menunggu petugas"
    IN_FORCE = "IN_FORCE", "berlaku"
    REFUSED = "REFUSED", "ditolak"
    WITHDRAWN = "WITHDRAWN", "ditarik"


class AmendedField(models.TextChoices):
    """What an addendum may change in a live agreement."""

    ENDS_ON = "ends_on", "tanggal berakhir"
    COMPETENCES = "competences", "kompetensi"
    SCOPE = "scope", "ruang lingkup dan target"
    CLAUSES = "clauses", "ketentuan tambahan"
    SCHOOL_SIGNATORY = "school_signatory", "penanda tangan sekolah"
    COMPANY_SIGNATORY = "company_signatory", "penanda tangan perusahaan"


class Half(models.IntegerChoices):
    FIRST = 1, "Januari–Juni"
    SECOND = 2, "Juli–Desember"


class SuggestionDecision(models.TextChoices):
    ACCEPTED = "ACCEPTED", "diusulkan"
    REFUSED = "REFUSED", "tidak diusulkan"


class MemorandumKind(models.TextChoices):
    MINISTRIES = "MINISTRIES", "antarkementerian"
    FOREIGN = "FOREIGN", "mitra luar negeri"
    ASSOCIATION = "ASSOCIATION", "asosiasi dan dunia usaha"
    EVENT = "EVENT", "pameran dan kegiatan bersama"


class Measure(models.TextChoices):
    """What official figures of a launch count."""

    SCHOOLS = "SCHOOLS", "SMK"
    COMPANIES = "COMPANIES", "perusahaan"
    AGREEMENTS = "AGREEMENTS", "perjanjian kerja sama"


class Dimension(models.TextChoices):
    """By what the stored figures are grouped."""

    TOTAL = "TOTAL", "keseluruhan"
    PHASE = "PHASE", "tahap peluncuran"
    PROVINCE = "PROVINCE", "provinsi sekolah"
    COMPETENCE = "COMPETENCE", "kompetensi"
    SECTOR = "SECTOR", "sektor perusahaan"
    YEAR = "YEAR", "tahun tanda tangan"
    COMPANY = "COMPANY", "perusahaan"
