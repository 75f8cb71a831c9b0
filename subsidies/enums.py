"""The closed lists of the machine reimbursement, with the words that people read."""

from django.db import models


class Origin(models.TextChoices):
    DOMESTIC = "DOMESTIC", "dalam negeri"
    IMPORT = "IMPORT", "impor"


class PaymentMethod(models.TextChoices):
    TRANSFER = "TRANSFER", "Transfer bank"
    INTERNET_BANKING = "INTERNET", "Internet banking"
    MOBILE_BANKING = "MOBILE", "Mobile banking"
    DEBIT_CARD = "DEBIT", "Kartu debit"
    CREDIT_CARD = "CREDIT", "Kartu kredit"
    CASH = "CASH", "Tunai"


# Paid through a bank; cash is out (domain.md §A5).
BANK_METHODS = [method for method in PaymentMethod if method != PaymentMethod.CASH]


class ApplicationStatus(models.TextChoices):
    DRAFT = "DRAFT", "konsep"
    SUBMITTED = "SUBMITTED", "pemeriksaan kelengkapan"
    CORRECTION = "CORRECTION", "perlu perbaikan"
    REGISTERED = "REGISTERED", "pemeriksaan kesesuaian"
    VISITING = "VISITING", "kunjungan lapangan"
    ASSESSMENT = "ASSESSMENT", "penilaian tim teknis"
    ASSESSED = "ASSESSED", "menunggu persetujuan"
    WAITING = "WAITING", "daftar tunggu"
    APPROVED = "APPROVED", "disetujui"
    REJECTED = "REJECTED", "ditolak"
    LAPSED = "LAPSED", "gugur"
    WITHDRAWN = "WITHDRAWN", "ditarik pemohon"
    CLOSED = "CLOSED", "selesai"


# The owner may write.
WITH_THE_IKM = [ApplicationStatus.DRAFT, ApplicationStatus.CORRECTION]
# The ministry looks at it and owes an answer.
WITH_THE_MINISTRY = [
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.REGISTERED,
    ApplicationStatus.VISITING,
    ApplicationStatus.ASSESSMENT,
    ApplicationStatus.ASSESSED,
    ApplicationStatus.WAITING,
]
# A registration number was given and stays.
REGISTERED_ONCE = [
    ApplicationStatus.REGISTERED,
    ApplicationStatus.VISITING,
    ApplicationStatus.ASSESSMENT,
    ApplicationStatus.ASSESSED,
    ApplicationStatus.WAITING,
    ApplicationStatus.APPROVED,
    ApplicationStatus.CLOSED,
]
ASSESSED_ONCE = [
    ApplicationStatus.ASSESSED,
    ApplicationStatus.WAITING,
    ApplicationStatus.APPROVED,
    ApplicationStatus.CLOSED,
]
GRANTED = [ApplicationStatus.APPROVED, ApplicationStatus.CLOSED]
# Ended without money: a new application for the same scheme is open again.
ENDED_WITHOUT_GRANT = [
    ApplicationStatus.REJECTED,
    ApplicationStatus.LAPSED,
    ApplicationStatus.WITHDRAWN,
]


class VisitStatus(models.TextChoices):
    ASSIGNED = "ASSIGNED", "menunggu penjadwalan"
    SCHEDULED = "SCHEDULED", "terjadwal"
    CONDUCTED = "CONDUCTED", "menunggu persetujuan berita acara"
    CONFIRMED = "CONFIRMED", "berita acara disetujui"


class DisbursementStatus(models.TextChoices):
    DECREED = "DECREED", "SK terbit"
    REQUESTED = "REQUESTED", "SPP dibuat"
    ORDERED = "ORDERED", "SPM terbit"
    PAID = "PAID", "dicairkan (SP2D)"


class Stage(models.TextChoices):
    """Where an application stands over its three records. Computed, never stored."""

    DRAFT = "DRAFT", "Konsep"
    COMPLETENESS = "COMPLETENESS", "Pemeriksaan kelengkapan"
    CORRECTION = "CORRECTION", "Perbaikan"
    CONFORMITY = "CONFORMITY", "Pemeriksaan kesesuaian"
    VISIT_PLANNING = "VISIT_PLANNING", "Menunggu jadwal kunjungan"
    VISIT = "VISIT", "Kunjungan lapangan"
    MINUTES = "MINUTES", "Persetujuan berita acara"
    ASSESSMENT = "ASSESSMENT", "Penilaian tim teknis"
    APPROVAL = "APPROVAL", "Persetujuan"
    WAITING = "WAITING", "Daftar tunggu"
    DECREE = "DECREE", "Penetapan SK"
    SPP = "SPP", "Pembuatan SPP"
    SPM = "SPM", "Penerbitan SPM"
    SP2D = "SP2D", "Menunggu SP2D"
    PAID = "PAID", "Dana dicairkan"
    CLOSED = "CLOSED", "Selesai"
    REJECTED = "REJECTED", "Ditolak"
    LAPSED = "LAPSED", "Gugur"
    WITHDRAWN = "WITHDRAWN", "Ditarik pemohon"


# Stages that have a service time in working days (domain.md §A8).
TIMED_STAGES = [
    Stage.COMPLETENESS,
    Stage.CONFORMITY,
    Stage.VISIT_PLANNING,
    Stage.VISIT,
    Stage.MINUTES,
    Stage.ASSESSMENT,
    Stage.APPROVAL,
    Stage.DECREE,
    Stage.SPP,
    Stage.SPM,
    Stage.SP2D,
]


class RejectionCode(models.TextChoices):
    """Why an application is refused (domain.md §10.10). R99 needs words of its own."""

    R01 = "R01", "dokumen tidak lengkap"
    R02 = "R02", "tidak diperbaiki dalam batas waktu"
    R03 = "R03", "KBLI tidak termasuk"
    R04 = "R04", "skala usaha tidak memenuhi"
    R05 = "R05", "tidak memiliki izin"
    R06 = "R06", "pembelian di luar periode"
    R07 = "R07", "mesin bukan baru"
    R08 = "R08", "mesin belum atau tidak terpasang di lokasi"
    R09 = "R09", "pembayaran tidak melalui bank"
    R10 = "R10", "tanpa faktur pajak"
    R11 = "R11", "di bawah nilai penggantian minimum"
    R12 = "R12", "sudah tiga kali menerima"
    R13 = "R13", "sudah dibiayai program lain"
    R14 = "R14", "data tidak sesuai hasil verifikasi"
    R15 = "R15", "mesin tidak sesuai kegiatan usaha"
    R16 = "R16", "pagu habis"
    R99 = "R99", "lainnya"


class CutReason(models.TextChoices):
    """Why part of a machine's price is not recognized (domain.md §A5)."""

    TAX = "TAX", "PPN dan pajak lain"
    FREIGHT = "FREIGHT", "ongkos kirim"
    INSTALLATION = "INSTALLATION", "jasa pemasangan dan pelatihan"
    SPARE_PARTS = "SPARE_PARTS", "suku cadang dan bahan habis pakai"
    NOT_A_MACHINE = "NOT_A_MACHINE", "bukan mesin produksi"
    NOT_PROVEN = "NOT_PROVEN", "nilai tidak didukung dokumen"
    OTHER = "OTHER", "lainnya"


class DocumentCheck(models.TextChoices):
    PENDING = "PENDING", "belum diperiksa"
    ACCEPTED = "ACCEPTED", "diterima"
    REJECTED = "REJECTED", "perlu diperbaiki"


class NoteState(models.TextChoices):
    OPEN = "OPEN", "menunggu jawaban"
    ANSWERED = "ANSWERED", "sudah dijawab"
    CLOSED = "CLOSED", "selesai"


class LedgerKind(models.TextChoices):
    ALLOCATE = "ALLOCATE", "pagu"
    RESERVE = "RESERVE", "dicadangkan"
    RELEASE = "RELEASE", "cadangan dilepas"
    COMMIT = "COMMIT", "terikat SK"
    DISBURSE = "DISBURSE", "dibayar"
    RETURN = "RETURN", "dikembalikan"


class Verdict(models.TextChoices):
    PASS = "PASS", "Lulus"
    FAIL = "FAIL", "Belum"
    UNKNOWN = "UNKNOWN", "Tidak dapat dipastikan"


class Condition(models.TextChoices):
    """When a paper of the checklist is asked for (domain.md §10.9, column W/K)."""

    ALWAYS = "ALWAYS", "selalu"
    LEGAL_ENTITY = "LEGAL_ENTITY", "bila badan usaha"
    DOMESTIC = "DOMESTIC", "bila mesin buatan dalam negeri"
    IMPORTED_BY_APPLICANT = "IMPORTED", "bila diimpor sendiri oleh pemohon"
    TAXABLE_SELLER = "TAXABLE_SELLER", "bila penjual PKP"
    PROXY = "PROXY", "bila dikuasakan"
    OPTIONAL = "OPTIONAL", "boleh dilampirkan"
