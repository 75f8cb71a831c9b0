"""The life of a batch: planned, announced, selected, trained, tested, placed, closed.

Locks are taken in one order everywhere: the batch first, then its trainees.
"""

from django.db import transaction
from django.utils import timezone

from programs.enums import NotificationKind
from programs.models import Program
from programs.transitions import TransitionNotAllowed, begin, finish
from programs.workflow.live_figures import refresh_soon
from programs.workflow.participations import record_participations
from training import diklat_arrows as arrows
from training.diklat_enums import (
    ASSESSED,
    BatchStatus,
    TraineeStatus,
)
from training.diklat_news import long_day, tell_officers, tell_stage, tell_trainees
from training.enums import EventKind
from training.models import Batch, Followup, PartnerDemand, Trainee
from training.workflow.trainee_moves import move_all

Status = BatchStatus
PROGRAM = "diklat-3in1"
# Those to whom it matters when and whether the training takes place.
WAITING = (TraineeStatus.REGISTERED, TraineeStatus.SELECTED, TraineeStatus.TRAINING)


@transaction.atomic
def plan(batch, *, by):
    """Keep a new batch. Only its unit sees it until registration is opened."""
    batch.year = batch.starts_on.year
    batch.full_clean()
    batch.save()
    batch.history.create(action="plan", from_status="", to_status=Status.PLANNED, actor=by)
    return batch


@transaction.atomic
def revise(batch, *, by, changed):
    """Keep what an officer changed in days, place, capacity or contact; ``changed`` names it.

    Whoever holds a place or waits for one is told when the days or the place of training change.
    """
    stored = lock_batch(batch)
    moved = (stored.starts_on, stored.ends_on, stored.place) != (
        batch.starts_on,
        batch.ends_on,
        batch.place,
    )
    batch.year = batch.starts_on.year
    for name in ("status", "seated", "opened_at", "cancellation"):
        setattr(batch, name, getattr(stored, name))
    must_fit(stored, batch)
    batch.full_clean()
    batch.save()
    entry = batch.history.create(
        action="revise",
        from_status=batch.status,
        to_status=batch.status,
        actor=by,
        reason=f"Diubah: {', '.join(changed)}.",
    )
    if moved and batch.status in (Status.OPEN, Status.SELECTION, Status.RUNNING):
        tell_trainees(
            batch,
            batch.trainees.filter(status__in=WAITING).select_related("user", "registered_by"),
            fact=f"batch.revised.{entry.pk}",
            subject="Jadwal atau tempat pelatihan berubah",
            body=(
                f"Pelatihan sekarang dijadwalkan {long_day(batch.starts_on)} sampai "
                f"{long_day(batch.ends_on)}, di {batch.place}, {batch.region.full_name}. Bila "
                "Anda tidak dapat mengikutinya, undurkan diri di halaman pendaftaran Anda."
            ),
            kind=NotificationKind.DECISION,
        )
    return batch


@transaction.atomic
def name_demand(batch, *, by, company, position, places, region=None):
    """Write down what work a partner promises; the same work again changes the number."""
    batch = lock_batch(batch)
    if batch.status in (Status.CLOSED, Status.CANCELLED):
        raise TransitionNotAllowed("Angkatan ini sudah berakhir; kebutuhan mitra tidak berubah.")
    demand = batch.demands.filter(company=company, position__iexact=position).first()
    if demand is None:
        demand = PartnerDemand(batch=batch, company=company, position=position)
    demand.places, demand.region = places, region
    demand.full_clean()
    demand.save()
    batch.history.create(
        action="name_demand",
        from_status=batch.status,
        to_status=batch.status,
        actor=by,
        reason=f"{company}: {places} orang sebagai {position}.",
    )
    return demand


@transaction.atomic
def drop_demand(demand, *, by):
    """Take a demand back, as long as nobody works there and another partner remains."""
    batch = lock_batch(demand.batch)
    if demand.placements.exists():
        raise TransitionNotAllowed(
            f"Sudah ada peserta yang ditempatkan di {demand.company}; kebutuhannya tetap tercatat."
        )
    is_last = not batch.demands.exclude(pk=demand.pk).exists()
    if is_last and batch.status != Status.PLANNED:
        raise TransitionNotAllowed(
            "Angkatan yang sudah diumumkan harus memiliki paling sedikit satu kebutuhan mitra. "
            "Catat mitra lain dahulu."
        )
    words = f"{demand.company}: {demand.position} tidak jadi."
    demand.delete()
    batch.history.create(
        action="drop_demand",
        from_status=batch.status,
        to_status=batch.status,
        actor=by,
        reason=words,
    )


@transaction.atomic
def open_registration(batch, *, by, today):
    """Announce the batch. Placement is named before training: a partner's demand must be there."""
    batch = begin(arrows.OPEN, batch)
    if not batch.demands.exists():
        raise TransitionNotAllowed(
            "Catat dahulu kebutuhan paling sedikit satu perusahaan mitra: penempatan direncanakan "
            "sebelum pelatihan."
        )
    if batch.closes_on < today:
        raise TransitionNotAllowed(
            f"Pendaftaran menurut jadwal ditutup {long_day(batch.closes_on)}, yang sudah lewat. "
            "Ubah tanggalnya dahulu."
        )
    batch.opened_at = timezone.now()
    finish(arrows.OPEN, batch, by=by)
    return batch


@transaction.atomic
def end_registration(batch, *, today, by=None):
    """Close the registration: the clock after its last day, or an officer before."""
    batch = begin(arrows.END_REGISTRATION, batch)
    if by is None and batch.closes_on >= today:
        raise TransitionNotAllowed("Pendaftaran belum sampai pada hari terakhirnya.")
    entry = finish(arrows.END_REGISTRATION, batch, by=by)
    waiting = batch.trainees.filter(status=TraineeStatus.REGISTERED).count()
    tell_officers(
        batch,
        fact=f"batch.selection.{entry.pk}",
        subject=f"Seleksi: {batch}",
        body=f"Pendaftaran sudah ditutup dengan {waiting} pendaftar untuk {batch.capacity} tempat. "
        f"Putuskan siapa yang ikut sebelum pelatihan mulai {long_day(batch.starts_on)}.",
        page="selection",
    )
    return batch


@transaction.atomic
def reopen(batch, *, by, closes_on, reason, today):
    """Prolong the registration until ``closes_on``, which lies before the training."""
    batch = begin(arrows.REOPEN, batch)
    if closes_on < today:
        raise TransitionNotAllowed("Hari terakhir pendaftaran yang baru tidak boleh sudah lewat.")
    if closes_on >= batch.starts_on:
        raise TransitionNotAllowed(
            f"Pendaftaran harus ditutup sebelum pelatihan mulai {long_day(batch.starts_on)}. Ubah "
            "jadwal pelatihan dahulu."
        )
    batch.closes_on = closes_on
    finish(arrows.REOPEN, batch, by=by, reason=reason)
    return batch


@transaction.atomic
def start(batch, *, today, by=None):
    """Begin the training with those who were selected. Who is undecided can still be called up."""
    batch = begin(arrows.START, batch)
    if today < batch.starts_on:
        raise TransitionNotAllowed(
            f"Pelatihan dijadwalkan mulai {long_day(batch.starts_on)}. Ubah tanggalnya dahulu bila "
            "dimulai lebih awal."
        )
    selected = _of(batch, TraineeStatus.SELECTED)
    if not selected:
        raise TransitionNotAllowed("Belum ada peserta yang lulus seleksi.")
    finish(arrows.START, batch, by=by)
    tell_stage(batch, move_all(arrows.BEGIN_TRAINING, selected, by=by))
    batch.refresh_from_db()
    return batch


@transaction.atomic
def end_training(batch, *, today, by=None):
    """The days of training are over; the tests follow. Who was never decided upon is declined."""
    batch = begin(arrows.END_TRAINING, batch)
    refresh_soon("training")
    is_last_day = by is not None and today == batch.ends_on
    if today <= batch.ends_on and not is_last_day:
        raise TransitionNotAllowed(
            f"Pelatihan dijadwalkan sampai {long_day(batch.ends_on)}. Ubah tanggalnya dahulu bila "
            "selesai lebih awal."
        )
    entry = finish(arrows.END_TRAINING, batch, by=by)
    reason = "Semua tempat terisi oleh peserta lain sampai pelatihan selesai."
    undecided = move_all(arrows.DECLINE, _of(batch, TraineeStatus.REGISTERED), by=by, reason=reason)
    tell_stage(batch, undecided, extra=reason)
    trained = _of(batch, TraineeStatus.TRAINING)
    _write_into_the_register(batch, trained)
    tell_stage(batch, [(trainee, entry) for trainee in trained])
    tell_officers(
        batch,
        fact=f"batch.certification.{batch.pk}",
        subject=f"Catat hasil uji: {batch}",
        body=f"Pelatihan selesai dengan {len(trained)} peserta. Catat hasil uji kompetensi setiap "
        "peserta setelah LSP mengumumkannya.",
        page="results",
    )
    batch.refresh_from_db()
    return batch


@transaction.atomic
def begin_placement(batch, *, by):
    """Every trainee has a result; what remains is the work. Retakes go on beside it."""
    batch = begin(arrows.BEGIN_PLACEMENT, batch)
    missing = batch.trainees.filter(status=TraineeStatus.TRAINING).count()
    if missing:
        raise TransitionNotAllowed(
            f"Masih ada {missing} peserta tanpa hasil uji. Catat hasilnya, atau catat bahwa mereka "
            "berhenti."
        )
    finish(arrows.BEGIN_PLACEMENT, batch, by=by)
    return batch


@transaction.atomic
def close(batch, *, by):
    """Close the batch when the outcome of everybody is known and everybody was asked twice."""
    batch = begin(arrows.CLOSE, batch)
    unknown = batch.trainees.filter(status__in=[*ASSESSED, TraineeStatus.TRAINING]).count()
    if unknown:
        raise TransitionNotAllowed(
            f"Masih ada {unknown} lulusan yang belum dicatat bekerja, berwirausaha, atau belum "
            "bekerja."
        )
    waiting = Followup.objects.waiting().filter(trainee__batch=batch).count()
    if waiting:
        raise TransitionNotAllowed(
            f"Masih ada {waiting} tindak lanjut yang belum dicatat. Angkatan ditutup setelah "
            "kabar bulan ketiga dan keenam lengkap."
        )
    finish(arrows.CLOSE, batch, by=by)
    return batch


@transaction.atomic
def cancel(batch, *, by, reason):
    """Call the batch off. Everybody who registered is told why."""
    batch = begin(arrows.CANCEL, batch)
    batch.cancellation = reason.strip()
    entry = finish(arrows.CANCEL, batch, by=by, reason=reason)
    concerned = batch.trainees.filter(status__in=WAITING).select_related("user", "registered_by")
    tell_stage(batch, [(trainee, entry) for trainee in concerned], extra=batch.cancellation)
    return batch


def lock_batch(batch):
    """A fresh, locked copy; whoever changes trainees of the same batch waits."""
    return (
        Batch.objects.select_for_update(of=("self",))
        .select_related("course__unit", "region__province")
        .get(pk=batch.pk)
    )


def must_fit(stored, batch):
    """What has happened stands: days that have begun, and attendance that was written down."""
    if stored.status not in (Status.PLANNED, Status.OPEN, Status.SELECTION):
        if stored.starts_on != batch.starts_on:
            raise TransitionNotAllowed(
                f"Pelatihan sudah dimulai {long_day(stored.starts_on)}; hari mulainya tidak dapat "
                "diubah."
            )
        recorded = batch.trainees.filter(attendance__day__gt=batch.ends_on)
        if recorded.exists():
            raise TransitionNotAllowed(
                "Sudah ada presensi sesudah hari selesai yang baru. Periksa presensi dahulu."
            )
    if batch.capacity < stored.seated:
        raise TransitionNotAllowed(
            f"Sudah {stored.seated} peserta yang lulus seleksi; jumlah tempat tidak boleh kurang "
            "dari itu."
        )


def participation_key(trainee):
    """How the register calls the source of this participation."""
    return f"training.trainee.{trainee.pk}"


def _write_into_the_register(batch, trained):
    """Whoever was trained took part in the program, as the other services can read there."""
    program = Program.objects.filter(slug=PROGRAM).first()
    if program is None:
        return
    record_participations(
        program,
        [
            {
                "key": participation_key(trainee),
                "user_id": trainee.user_id,
                "organization_id": None,
                "region_id": trainee.region_id,
                "activity": str(batch)[:200],
                "kind": EventKind.DIKLAT,
                "completed_on": batch.ends_on,
                "jp": batch.course.jp,
            }
            for trainee in trained
            if trainee.user_id
        ],
    )


def _of(batch, status):
    return list(
        Trainee.objects.select_for_update(of=("self",))
        .filter(batch=batch, status=status)
        .select_related("user", "registered_by")
        .order_by("pk")
    )
