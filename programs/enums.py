"""The closed lists of the register, with the words that people read."""

from django.db import models


class OrganizationKind(models.TextChoices):
    IKM = "IKM", "IKM"
    COMPANY = "COMPANY", "perusahaan"
    SCHOOL = "SCHOOL", "sekolah (SMK)"
    AGENCY = "AGENCY", "dinas"
    UNIT = "UNIT", "unit kementerian"
    VERIFIER = "VERIFIER", "lembaga verifikasi"


class MembershipRole(models.TextChoices):
    OWNER = "OWNER", "pemilik"
    MEMBER = "MEMBER", "anggota"


class MembershipState(models.TextChoices):
    PENDING = "PENDING", "menunggu persetujuan"
    APPROVED = "APPROVED", "disetujui"
    ENDED = "ENDED", "berakhir"


class ReviewReason(models.TextChoices):
    DUPLICATE_NIB = "DUPLICATE_NIB", "NIB sudah dipakai"
    ODD_NIK = "ODD_NIK", "NIK tampak keliru"
    DUPLICATE_NIK = "DUPLICATE_NIK", "NIK sudah dipakai"
    UNKNOWN_KBLI = "UNKNOWN_KBLI", "KBLI tidak dikenal"


class LegalForm(models.TextChoices):
    INDIVIDUAL = "INDIVIDUAL", "Usaha perorangan"
    UD = "UD", "UD"
    CV = "CV", "CV"
    PT = "PT", "PT"
    PT_INDIVIDUAL = "PT_PERSON", "PT perorangan"
    COOPERATIVE = "KOPERASI", "Koperasi"


# These have a deed of establishment and a board to list (domain.md §10.9, DOK05 and DOK06).
LEGAL_ENTITIES = [LegalForm.CV, LegalForm.PT, LegalForm.COOPERATIVE]


class Commodity(models.TextChoices):
    COSMETICS = "COSMETICS", "kosmetik"
    FASHION = "FASHION", "fesyen"
    FOOD = "FOOD", "makanan"
    BEVERAGE = "BEVERAGE", "minuman"
    CRAFT = "CRAFT", "kerajinan"
    JEWELRY = "JEWELRY", "perhiasan"
    FURNITURE = "FURNITURE", "furnitur"
    HERBAL = "HERBAL", "herbal"
    METAL = "METAL", "produk logam"
    CREATIVE = "CREATIVE", "industri kreatif"
    OTHER = "OTHER", "lainnya"


class Scale(models.TextChoices):
    SMALL = "SMALL", "industri kecil"
    MEDIUM = "MEDIUM", "industri menengah"
    LARGE = "LARGE", "industri besar"


class NotificationKind(models.TextChoices):
    DECISION = "DECISION", "keputusan dan uang Anda"
    TASK = "TASK", "yang perlu Anda lakukan"
    REMINDER = "REMINDER", "pengingat"
    NEWS = "NEWS", "kabar"


class PaperKind(models.TextChoices):
    RECEIPT = "RECEIPT", "tanda terima permohonan"
    CORRECTION = "CORRECTION", "surat permintaan perbaikan"
    MINUTES = "MINUTES", "berita acara kunjungan lapangan"
    DECREE = "DECREE", "keputusan penetapan penerima"
    REJECTION = "REJECTION", "surat penolakan"
    PAYMENT_NOTICE = "PAYMENT_NOTICE", "pemberitahuan pembayaran"
    CERTIFICATE = "CERTIFICATE", "sertifikat"
    JP_RECORD = "JP_RECORD", "rekapitulasi jam pelajaran"
    AGREEMENT = "AGREEMENT", "naskah perjanjian kerja sama"
    AMENDMENT = "AMENDMENT", "naskah addendum"
    TAX_ANNEX = "TAX_ANNEX", "lampiran super tax deduction"


class PaperState(models.TextChoices):
    VALID = "VALID", "berlaku"
    REVOKED = "REVOKED", "dicabut"
    REPLACED = "REPLACED", "diganti"


class Counting(models.TextChoices):
    """How the months of an indicator become the figure that is told of it."""

    CUMULATIVE = "CUMULATIVE", "kumulatif sejak awal program"
    YEARLY = "YEARLY", "dijumlahkan dalam satu tahun"
    MONTHLY = "MONTHLY", "keadaan dalam satu bulan"


class Audience(models.TextChoices):
    """For whom a program is: the doors of the home page lead by it."""

    IKM = "IKM", "pelaku IKM"
    APPARATUS = "APPARATUS", "aparatur dinas"
    SCHOOL = "SCHOOL", "SMK dan lembaga pendidikan"
    COMPANY = "COMPANY", "perusahaan"
    WORKER = "WORKER", "pencari kerja dan pelajar"


class ConsentPurpose(models.TextChoices):
    PUBLISH_PROFILE = "PUBLISH_PROFILE", "menayangkan profil usaha"
    NEWSLETTER = "NEWSLETTER", "menerima kabar program lain"


PRIVACY_NOTICE_VERSION = "2026-11"
