"""What Diklat 3in1 expects of a person, for *Beranda saya*: trainees, and officers of a unit."""

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from programs.my_tasks import Record, Task
from training.diklat_enums import UNDER_WAY, BatchStatus, TraineeStage, TraineeStatus
from training.diklat_news import long_day
from training.diklat_stages import TRAINEE_STAGES, stage_of
from training.models import Batch, DailyAttendance, Followup, Trainee

B = BatchStatus
NEWEST = 10
SUNDAY = 6


def tasks_for(user, today):
    """The first day of a training to come to; for officers, what waits in their batches."""
    return _own_tasks(user, today) + _tasks_of_officers(user, today)


def records_for(user):
    """One's registrations, the newest first."""
    return [_record(trainee) for trainee in _trainees(user)[:NEWEST]]


def _trainees(user):
    """A person's registrations, the newest first; asked for once a request."""
    if not hasattr(user, "_own_trainees"):
        user._own_trainees = list(
            Trainee.objects.of_person(user)
            .select_related("batch__course__unit", "batch__region__province")
            .defer("nik")
            .order_by("-registered_at")
        )
    return user._own_trainees


def _own_tasks(user, today):
    selected = [
        trainee
        for trainee in _trainees(user)
        if trainee.status == TraineeStatus.SELECTED
        and trainee.batch.status in (B.OPEN, B.SELECTION)
    ]
    return [
        Task(
            f"Datang ke pelatihan {trainee.batch.course}",
            f"{trainee.batch.place}, {trainee.batch.region.full_name}. Bila tidak dapat ikut, "
            "undurkan diri agar tempatnya dipakai orang lain.",
            reverse("training:diklat_trainee", args=[trainee.pk]),
            "Lihat",
            trainee.batch.starts_on,
        )
        for trainee in selected
        if trainee.batch.starts_on >= today
    ]


def _record(trainee):
    stage = stage_of(trainee)
    words = TRAINEE_STAGES[stage]
    return Record(
        title=str(trainee.batch.course),
        about=f"{trainee.batch.name}, {trainee.batch.course.unit}",
        url=reverse("training:diklat_trainee", args=[trainee.pk]),
        badge=TraineeStage(stage).label,
        icon=words.icon,
        kind=words.badge,
    )


def _tasks_of_officers(user, today):
    """For officers of a unit alone: who looks after every unit reads the list of batches."""
    if not user.is_staff or user.has_perm("training.manage_every_batch"):
        return []
    calls = (
        Followup.objects.due(today=today)
        .filter(trainee__batch=OuterRef("pk"))
        .order_by()
        .values("trainee__batch")
        .annotate(n=Count("pk"))
        .values("n")
    )
    todays_list = DailyAttendance.objects.filter(trainee__batch=OuterRef("pk"), day=today)
    batches = (
        Batch.objects.managed_by(user)
        .filter(status__in=UNDER_WAY)
        .with_names()
        .with_numbers()
        .annotate(calls_due=Coalesce(Subquery(calls), 0), is_listed=Exists(todays_list))
        .order_by("starts_on", "pk")
    )
    return [task for batch in batches for task in _tasks_of(batch, today)]


def _tasks_of(batch, today):
    name = str(batch)

    def task(title, text, page, action, due_on=None):
        url = reverse(f"admin:training_batch_{page}", args=[batch.pk])
        return Task(title, f"{name}. {text}", url, action, due_on)

    if batch.status == B.PLANNED and batch.opens_on <= today:
        yield task(
            "Buka pendaftaran Diklat",
            f"Menurut jadwal dibuka {long_day(batch.opens_on)}.",
            "change",
            "Buka",
            batch.opens_on,
        )
    if batch.status == B.SELECTION and batch.undecided:
        yield task(
            "Putuskan seleksi peserta",
            f"{batch.undecided} pendaftar menunggu, {batch.free_places} tempat kosong.",
            "selection",
            "Seleksi",
            batch.starts_on,
        )
    if (
        batch.status == B.RUNNING
        and batch.in_training
        and not batch.is_listed
        and today.weekday() != SUNDAY
    ):
        yield task(
            "Catat presensi hari ini",
            f"{batch.in_training} peserta.",
            "attendance",
            "Catat",
            min(today, batch.ends_on),
        )
    if batch.status == B.CERTIFICATION and batch.in_training:
        yield task(
            "Catat hasil uji kompetensi",
            f"{batch.in_training} peserta belum memiliki hasil.",
            "results",
            "Catat",
        )
    if batch.status == B.PLACEMENT and batch.without_outcome:
        yield task(
            "Catat penempatan lulusan",
            f"{batch.without_outcome} lulusan belum ada keterangan kerjanya.",
            "placement",
            "Catat",
        )
    if batch.calls_due:
        yield task(
            "Tanyakan kabar lulusan",
            f"{batch.calls_due} orang jatuh tempo untuk ditanya apakah masih bekerja.",
            "followup",
            "Tanyakan",
        )
