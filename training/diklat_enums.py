"""The closed lists of Diklat 3in1, with the words that people read (``domain.md`` §10.10)."""

from django.db import models


class BatchStatus(models.TextChoices):
    PLANNED = "PLANNED", "direncanakan"
    OPEN = "OPEN", "pendaftaran dibuka"
    SELECTION = "SELECTION", "seleksi"
    RUNNING = "RUNNING", "pelatihan berlangsung"
    CERTIFICATION = "CERTIFICATION", "uji kompetensi"
    PLACEMENT = "PLACEMENT", "penempatan"
    CLOSED = "CLOSED", "selesai"
    CANCELLED = "CANCELLED", "dibatalkan"


B = BatchStatus
# The days of training are over, so whoever stayed was trained.
TRAINED_ONCE = [B.CERTIFICATION, B.PLACEMENT, B.CLOSED]
# What happens to it next, the clock or an officer decides; nothing more comes after the others.
UNDER_WAY = [B.PLANNED, B.OPEN, B.SELECTION, B.RUNNING, B.CERTIFICATION, B.PLACEMENT]


class TraineeStatus(models.TextChoices):
    REGISTERED = "REGISTERED", "terdaftar"
    SELECTED = "SELECTED", "lulus seleksi"
    NOT_SELECTED = "NOT_SELECTED", "tidak lulus seleksi"
    TRAINING = "TRAINING", "mengikuti pelatihan"
    COMPETENT = "COMPETENT", "kompeten"
    NOT_YET_COMPETENT = "NOT_YET", "belum kompeten"
    PLACED = "PLACED", "ditempatkan"
    SELF_EMPLOYED = "SELF_EMPLOYED", "berwirausaha"
    NOT_WORKING = "NOT_WORKING", "belum bekerja"
    WITHDRAWN = "WITHDRAWN", "mengundurkan diri"
    DROPPED_OUT = "DROPPED_OUT", "berhenti di tengah"


T = TraineeStatus
# The training is over for them, and whether they work is known or will be asked.
ASSESSED = [T.COMPETENT, T.NOT_YET_COMPETENT]
WITH_OUTCOME = [T.PLACED, T.SELF_EMPLOYED, T.NOT_WORKING]
AT_WORK = [T.PLACED, T.SELF_EMPLOYED]
FINISHED = [*ASSESSED, *WITH_OUTCOME]
# These take one of the places; the counter of the batch follows them by trigger.
SEATED = [T.SELECTED, T.TRAINING, *FINISHED]
# The training began for them, whatever came of it.
STARTED = [T.TRAINING, T.DROPPED_OUT, *FINISHED]


class Gender(models.TextChoices):
    FEMALE = "F", "perempuan"
    MALE = "M", "laki-laki"


class Education(models.TextChoices):
    PRIMARY = "SD", "SD atau sederajat"
    JUNIOR = "SMP", "SMP atau sederajat"
    SENIOR = "SMA", "SMA atau MA"
    VOCATIONAL = "SMK", "SMK atau MAK"
    DIPLOMA = "DIPLOMA", "D1, D2, atau D3"
    BACHELOR = "S1", "D4 atau S1"
    HIGHER = "S2", "S2 ke atas"


class AttendanceState(models.TextChoices):
    PRESENT = "PRESENT", "hadir"
    ILL = "ILL", "sakit"
    EXCUSED = "EXCUSED", "izin"
    ABSENT = "ABSENT", "alpa"


class PlacementKind(models.TextChoices):
    EMPLOYED = "EMPLOYED", "bekerja"
    SELF_EMPLOYED = "SELF_EMPLOYED", "berwirausaha"


class FollowupState(models.TextChoices):
    SAME_PLACE = "SAME_PLACE", "masih di tempat yang sama"
    OTHER_PLACE = "OTHER_PLACE", "bekerja di tempat lain"
    SELF_EMPLOYED = "SELF_EMPLOYED", "berwirausaha"
    NOT_WORKING = "NOT_WORKING", "tidak bekerja"
    UNREACHABLE = "UNREACHABLE", "tidak dapat dihubungi"


STILL_AT_WORK = [
    FollowupState.SAME_PLACE,
    FollowupState.OTHER_PLACE,
    FollowupState.SELF_EMPLOYED,
]
# Months after the first working day on which each person is asked (product.md §4).
FOLLOWUP_MONTHS = [3, 6]


class TraineeStage(models.TextChoices):
    """Where a trainee stands, their batch considered as well. Computed, never stored."""

    REGISTERED = "REGISTERED", "Menunggu seleksi"
    SELECTED = "SELECTED", "Lulus seleksi"
    NOT_SELECTED = "NOT_SELECTED", "Tidak lulus seleksi"
    TRAINING = "TRAINING", "Mengikuti pelatihan"
    ASSESSMENT = "ASSESSMENT", "Menunggu hasil uji"
    COMPETENT = "COMPETENT", "Kompeten"
    NOT_YET_COMPETENT = "NOT_YET", "Belum kompeten"
    PLACED = "PLACED", "Ditempatkan"
    SELF_EMPLOYED = "SELF_EMPLOYED", "Berwirausaha"
    NOT_WORKING = "NOT_WORKING", "Belum bekerja"
    WITHDRAWN = "WITHDRAWN", "Mengundurkan diri"
    DROPPED_OUT = "DROPPED_OUT", "Berhenti di tengah"
    CANCELLED = "CANCELLED", "Angkatan dibatalkan"
