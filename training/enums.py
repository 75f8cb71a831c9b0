"""The closed lists of training events, with the words that people read (``domain.md`` §10.10)."""

from django.db import models


class EventKind(models.TextChoices):
    BIMTEK = "BIMTEK", "Bimtek"
    WEBINAR = "WEBINAR", "webinar"
    WORKSHOP = "WORKSHOP", "lokakarya"
    DIKLAT = "DIKLAT", "Diklat"
    SEMINAR = "SEMINAR", "seminar"


class EventMode(models.TextChoices):
    ONLINE = "ONLINE", "daring"
    PLACE = "PLACE", "tatap muka"
    HYBRID = "HYBRID", "daring dan tatap muka"


class AudienceKind(models.TextChoices):
    APPARATUS = "APPARATUS", "aparatur dinas"
    IKM = "IKM", "pelaku IKM"
    SCHOOL = "SCHOOL", "guru dan sekolah"
    COMPANY = "COMPANY", "perusahaan dan asosiasi"
    PUBLIC = "PUBLIC", "umum"


class EventStatus(models.TextChoices):
    DRAFT = "DRAFT", "konsep"
    OPEN = "OPEN", "pendaftaran dibuka"
    CLOSED = "CLOSED", "pendaftaran ditutup"
    RUNNING = "RUNNING", "berlangsung"
    FINISHED = "FINISHED", "selesai"
    CONCLUDED = "CONCLUDED", "hasil ditetapkan"
    ARCHIVED = "ARCHIVED", "arsip"
    POSTPONED = "POSTPONED", "ditunda"
    CANCELLED = "CANCELLED", "dibatalkan"


# What the public may see: everything that was ever announced.
ANNOUNCED = [status for status in EventStatus if status != EventStatus.DRAFT]
BEFORE_IT_BEGINS = [EventStatus.OPEN, EventStatus.CLOSED]
# Sessions have been held, or are being held.
HELD = [EventStatus.RUNNING, EventStatus.FINISHED, EventStatus.CONCLUDED, EventStatus.ARCHIVED]


class RegistrationStatus(models.TextChoices):
    PENDING = "PENDING", "menunggu persetujuan"
    ACCEPTED = "ACCEPTED", "diterima"
    WAITING = "WAITING", "daftar tunggu"
    REJECTED = "REJECTED", "ditolak"
    WITHDRAWN = "WITHDRAWN", "mengundurkan diri"
    UNPLACED = "UNPLACED", "tidak mendapat tempat"
    ABSENT = "ABSENT", "tidak hadir"
    PARTLY = "PARTLY", "hadir sebagian"
    QUALIFIED = "QUALIFIED", "memenuhi syarat"
    CERTIFIED = "CERTIFIED", "bersertifikat"
    REVOKED = "REVOKED", "sertifikat dicabut"


R = RegistrationStatus
# These take one of the places; the counters of event and quota follow them by trigger.
HOLDING_A_PLACE = [R.ACCEPTED, R.ABSENT, R.PARTLY, R.QUALIFIED, R.CERTIFIED, R.REVOKED]
ENDED_WITHOUT_PLACE = [R.REJECTED, R.WITHDRAWN, R.UNPLACED]
# The person came, to some of it at least.
ATTENDED = [R.PARTLY, R.QUALIFIED, R.CERTIFIED, R.REVOKED]
PASSED = [R.QUALIFIED, R.CERTIFIED]


class RegistrationSource(models.TextChoices):
    SELF = "SELF", "mendaftar sendiri"
    AGENCY = "AGENCY", "didaftarkan dinas"
    OFFICER = "OFFICER", "didaftarkan panitia"


class CivilServantKind(models.TextChoices):
    PNS = "PNS", "PNS"
    PPPK = "PPPK", "PPPK"
    OTHER = "OTHER", "bukan ASN"


class PositionKind(models.TextChoices):
    """Jenis jabatan (``domain.md`` §10.2)."""

    LEADER = "LEADER", "pimpinan tinggi"
    ADMINISTRATOR = "ADMINISTRATOR", "administrator"
    SUPERVISOR = "SUPERVISOR", "pengawas"
    FUNCTIONAL = "FUNCTIONAL", "fungsional"
    STAFF = "STAFF", "pelaksana"


class SpeakerRole(models.TextChoices):
    SPEAKER = "SPEAKER", "narasumber"
    MODERATOR = "MODERATOR", "moderator"


class TestOccasion(models.TextChoices):
    PRE = "PRE", "tes awal"
    POST = "POST", "tes akhir"

    __test__ = False  # pytest takes what begins with Test for a test


class EvaluationAspect(models.TextChoices):
    """What participants rate from 1 to 5: three things of the event, two of each speaker."""

    CONTENT = "CONTENT", "materi bermanfaat untuk pekerjaan saya"
    ORGANIZATION = "ORGANIZATION", "penyelenggaraan tertib dan tepat waktu"
    FACILITIES = "FACILITIES", "sarana atau sambungan daring memadai"
    MASTERY = "MASTERY", "menguasai materi"
    DELIVERY = "DELIVERY", "mudah diikuti"


ASPECTS_OF_THE_EVENT = [
    EvaluationAspect.CONTENT,
    EvaluationAspect.ORGANIZATION,
    EvaluationAspect.FACILITIES,
]
ASPECTS_OF_A_SPEAKER = [EvaluationAspect.MASTERY, EvaluationAspect.DELIVERY]
