"""The closed lists of e-Smart IKM, with the words that people read (``domain.md`` §D, §10.10)."""

from django.db import models


class EnrolmentStatus(models.TextChoices):
    PROPOSED = "PROPOSED", "menunggu persetujuan pemilik"
    REGISTERED = "REGISTERED", "terdaftar"
    VERIFIED = "VERIFIED", "terverifikasi"
    SCHEDULED = "SCHEDULED", "terjadwal lokakarya"
    TRAINED = "TRAINED", "lulus lokakarya"
    ONBOARD = "ONBOARD", "punya toko"
    SELLING = "SELLING", "aktif menjual"
    GRADUATED = "GRADUATED", "naik kelas"
    INACTIVE = "INACTIVE", "tidak aktif"
    LEFT = "LEFT", "keluar"
    REFUSED = "REFUSED", "ditolak"


# No longer in the program; the IKM may enrol anew.
ENDED = [EnrolmentStatus.LEFT, EnrolmentStatus.REFUSED]
# Taken in by an officer, and what came of it.
ACCEPTED = [
    EnrolmentStatus.VERIFIED,
    EnrolmentStatus.SCHEDULED,
    EnrolmentStatus.TRAINED,
    EnrolmentStatus.ONBOARD,
    EnrolmentStatus.SELLING,
    EnrolmentStatus.GRADUATED,
    EnrolmentStatus.INACTIVE,
]
# So many months without sales make an IKM inactive (``domain.md`` §10.10).
SILENT_MONTHS = 3
# Of these a shop can be expected to report its sales.
REPORTING = [EnrolmentStatus.ONBOARD, EnrolmentStatus.SELLING, EnrolmentStatus.INACTIVE]


class EnrolmentSource(models.TextChoices):
    OWNER = "OWNER", "pemilik"
    AGENCY = "AGENCY", "dinas"
    OFFICER = "OFFICER", "petugas"
    IMPORT = "IMPORT", "impor"


class LinkState(models.TextChoices):
    UNCHECKED = "UNCHECKED", "belum diperiksa"
    GOOD = "GOOD", "sesuai"
    WRONG = "WRONG", "tidak sesuai"


class CertificationKind(models.TextChoices):
    HALAL = "HALAL", "halal"
    PIRT = "PIRT", "P-IRT"
    BPOM = "BPOM", "BPOM"
    SNI = "SNI", "SNI"
    HKI = "HKI", "HKI (merek, paten)"
    TKDN_IK = "TKDN_IK", "TKDN-IK"


class MentoringKind(models.TextChoices):
    DAY_30 = "DAY_30", "30 hari setelah lokakarya"
    DAY_90 = "DAY_90", "90 hari setelah lokakarya"
    DAY_180 = "DAY_180", "180 hari setelah lokakarya"
    NO_SHOP = "NO_SHOP", "belum punya toko setelah 60 hari"
    SILENT = "SILENT", "dua bulan tanpa laporan penjualan"
    FALLING = "FALLING", "omzet turun tiga bulan berturut-turut"
    REQUESTED = "REQUESTED", "diminta pemilik"


FOLLOW_UPS = {
    MentoringKind.DAY_30: 30,
    MentoringKind.DAY_90: 90,
    MentoringKind.DAY_180: 180,
}
NEEDS_HELP = [
    MentoringKind.NO_SHOP,
    MentoringKind.SILENT,
    MentoringKind.FALLING,
    MentoringKind.REQUESTED,
]


class MentoringStatus(models.TextChoices):
    WAITING = "WAITING", "belum ada pendamping"
    ASSIGNED = "ASSIGNED", "didampingi"
    DONE = "DONE", "selesai"
    DROPPED = "DROPPED", "tidak diperlukan lagi"


class ContactWay(models.TextChoices):
    PHONE = "PHONE", "telepon"
    MESSAGE = "MESSAGE", "pesan singkat"
    VISIT = "VISIT", "kunjungan"
    ONLINE = "ONLINE", "pertemuan daring"


class MentoringOutcome(models.TextChoices):
    SOLVED = "SOLVED", "masalah selesai"
    IMPROVING = "IMPROVING", "mulai membaik"
    REFERRED = "REFERRED", "diarahkan ke program lain"
    UNREACHED = "UNREACHED", "tidak dapat dihubungi"
    STOPPED = "STOPPED", "usaha berhenti"


class ImportState(models.TextChoices):
    WAITING = "WAITING", "menunggu dicatat"
    RUNNING = "RUNNING", "berjalan"
    STOPPED = "STOPPED", "terhenti"
    DONE = "DONE", "selesai"


class EsmartDimension(models.TextChoices):
    TOTAL = "TOTAL", "keseluruhan"
    MONTH = "MONTH", "bulan"
    MARKETPLACE = "MARKETPLACE", "lokapasar"
    COMMODITY = "COMMODITY", "komoditas"
    PROVINCE = "PROVINCE", "provinsi"
