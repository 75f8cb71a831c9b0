"""A person in a batch until the training begins, and who leaves it: registered, chosen, gone."""

from django.core.exceptions import ValidationError
from django.db import transaction

from programs.transitions import TransitionNotAllowed, begin, finish
from programs.workflow.accounts import account_for
from programs.workflow.participations import withdraw_participations
from training import diklat_arrows as arrows
from training.diklat_enums import BatchStatus, TraineeStatus
from training.diklat_news import long_day, tell_stage
from training.models import Trainee
from training.workflow.batch import lock_batch, participation_key
from training.workflow.trainee_moves import move_all

# While these last, people are chosen; a reserve is still called up on the first days.
CHOOSING = (BatchStatus.OPEN, BatchStatus.SELECTION, BatchStatus.RUNNING)


@transaction.atomic
def register(batch, *, by, today, details, nik="", user=None, sent_by=None, sent_by_name=""):
    """Enter a person into a batch. ``details`` are the fields of the form.

    Somebody may register themselves (``user``), be sent by a Dinas or company, or be entered by an
    officer of the unit, also after the closing day while people are chosen. Who is entered by
    others with an e-mail gets an account, to read there what becomes of it.
    """
    batch = lock_batch(batch)
    by_officer = user is None and sent_by is None
    _must_take_registrations(batch, today, by_officer=by_officer)
    trainee = Trainee(batch=batch, registered_by=by, **details)
    trainee.email = trainee.email.strip().lower()
    trainee.set_nik(nik)
    trainee.sent_by, trainee.sent_by_name = sent_by, sent_by_name
    if trainee.age_on(batch.starts_on) < batch.course.min_age:
        raise ValidationError(
            {
                "birth_date": f"Peserta pelatihan ini berusia paling muda {batch.course.min_age} "
                f"tahun pada hari pertama, {long_day(batch.starts_on)}. Periksa tanggal lahirnya."
            }
        )
    if trainee.wanted and trainee.wanted.batch_id != batch.pk:
        raise ValidationError({"wanted": "Pilih tempat kerja dari mitra angkatan ini."})
    trainee.full_clean(exclude=["nik"])
    trainee.user = user
    if user is None and trainee.email:
        trainee.user = account_for(trainee.email, name=trainee.name, phone=str(trainee.phone))
    trainee.save()
    entry = trainee.history.create(
        action="register", from_status="", to_status=TraineeStatus.REGISTERED, actor=by
    )
    extra = ""
    if user is None:
        extra = f"Anda didaftarkan oleh {trainee.sender or batch.course.unit}."
    tell_stage(batch, [(trainee, entry)], extra=extra)
    return trainee


@transaction.atomic
def withdraw(trainee, *, by, reason):
    """Give the place back before the training; afterwards an officer notes that somebody left."""
    lock_batch(trainee.batch)
    trainee = begin(arrows.WITHDRAW, trainee)
    entry = finish(arrows.WITHDRAW, trainee, by=by, reason=reason)
    tell_stage(trainee.batch, [(trainee, entry)])
    return trainee


@transaction.atomic
def grade(trainee, *, by, score, note=""):
    """Keep what the selection showed: a score from 0 to 100, and a word between officers."""
    lock_batch(trainee.batch)
    trainee = Trainee.objects.select_for_update(of=("self",)).get(pk=trainee.pk)
    if trainee.status == TraineeStatus.WITHDRAWN:
        raise TransitionNotAllowed(f"{trainee} sudah mengundurkan diri.")
    if (trainee.score, trainee.selection_note) == (score, note):
        return trainee
    trainee.score, trainee.selection_note = score, note
    trainee.clean_fields(exclude=["nik", "user", "registered_by"])
    trainee.save(update_fields=["score", "selection_note"])
    trainee.history.create(
        action="grade",
        from_status=trainee.status,
        to_status=trainee.status,
        actor=by,
        reason="Nilai seleksi " + ("dihapus" if score is None else str(score)) + ".",
    )
    return trainee


@transaction.atomic
def grade_all(grades, *, by):
    """Keep the (trainee, score, note) of a page of candidates; all of them or none."""
    for trainee, score, note in grades:
        grade(trainee, by=by, score=score, note=note)


@transaction.atomic
def select(trainees, *, by, grades=()):
    """Give places to all of ``trainees``, or to none of them when there are not enough places.

    Once the training runs they are in it at once: a reserve takes the place of who did not come.
    ``grades`` are kept along with the decision.
    """
    batch = _batch_of(trainees)
    grade_all(grades, by=by)
    chosen = _locked(batch, trainees, arrows.SELECT)
    if len(chosen) > batch.free_places:
        raise TransitionNotAllowed(
            f"Tersisa {batch.free_places} dari {batch.capacity} tempat, sedangkan Anda memilih "
            f"{len(chosen)} orang. Kurangi pilihan, atau tambah jumlah tempat."
        )
    told = move_all(arrows.SELECT, chosen, by=by, decided_by=by)
    if batch.status == BatchStatus.RUNNING:
        told = move_all(arrows.BEGIN_TRAINING, chosen, by=by)
    tell_stage(batch, told)
    return chosen


@transaction.atomic
def decline(trainees, *, by, reason, grades=()):
    """Tell people that they have no place, and why. They stay as reserves."""
    batch = _batch_of(trainees)
    grade_all(grades, by=by)
    declined = _locked(batch, trainees, arrows.DECLINE)
    tell_stage(batch, move_all(arrows.DECLINE, declined, by=by, reason=reason), extra=reason)
    return declined


@transaction.atomic
def drop_out(trainee, *, by, reason):
    """Note that somebody left the training before its end; the place is free again."""
    lock_batch(trainee.batch)
    trainee = begin(arrows.DROP_OUT, trainee)
    entry = finish(arrows.DROP_OUT, trainee, by=by, reason=reason)
    # Where the days of training were over already, it counted as completed.
    withdraw_participations([participation_key(trainee)])
    tell_stage(trainee.batch, [(trainee, entry)], extra=reason)
    return trainee


def _must_take_registrations(batch, today, *, by_officer):
    if by_officer and batch.status in CHOOSING:
        return
    if batch.status != BatchStatus.OPEN:
        raise TransitionNotAllowed(
            f"Pendaftaran {batch} tidak sedang dibuka: “{batch.get_status_display()}”."
        )
    if today < batch.opens_on:
        raise TransitionNotAllowed(f"Pendaftaran baru dibuka {long_day(batch.opens_on)}.")
    if today > batch.closes_on:
        raise TransitionNotAllowed(f"Pendaftaran sudah ditutup {long_day(batch.closes_on)}.")


def _batch_of(trainees):
    trainees = list(trainees)
    if not trainees:
        raise TransitionNotAllowed("Pilih dahulu pendaftar yang diputuskan.")
    if len({trainee.batch_id for trainee in trainees}) > 1:
        raise TransitionNotAllowed("Putuskan pendaftar dari satu angkatan sekaligus.")
    batch = lock_batch(trainees[0].batch)
    if batch.status not in CHOOSING:
        raise TransitionNotAllowed(
            f"Seleksi tidak dapat diputuskan: angkatan ini “{batch.get_status_display()}”."
        )
    return batch


def _locked(batch, trainees, move):
    """Fresh, locked copies, all of which stand where the arrow starts."""
    keys = {trainee.pk for trainee in trainees}
    locked = list(
        Trainee.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .select_related("user", "registered_by")
        .order_by("pk")
    )
    for trainee in locked:
        if trainee.status not in move.sources:
            raise TransitionNotAllowed(
                f"{move.label} {trainee} tidak dapat dilakukan: status saat ini "
                f"“{trainee.get_status_display()}”. Muat ulang halaman untuk melihat keadaan "
                "terbaru."
            )
    return locked
