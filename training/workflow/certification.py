"""The competence test: each attempt with its result, the certificate's number, and mistypings."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from programs.transitions import TransitionNotAllowed, begin, finish
from programs.workflow.live_figures import refresh_soon
from training import diklat_arrows as arrows
from training.diklat_enums import ASSESSED, AT_WORK, BatchStatus, TraineeStatus
from training.diklat_news import tell_stage
from training.models import CertificationResult, Trainee
from training.workflow.batch import lock_batch

# Retakes go on while people are placed.
TESTING = (BatchStatus.CERTIFICATION, BatchStatus.PLACEMENT)


@transaction.atomic
def record_result(
    trainee,
    *,
    by,
    is_competent,
    assessed_on,
    today,
    certificate_number="",
    valid_until=None,
):
    """Keep the result of one attempt. Who has work already keeps it, competent or not yet."""
    batch = _lock(trainee.batch)
    if assessed_on > today:
        raise TransitionNotAllowed("Tanggal uji tidak boleh sesudah hari ini.")
    if assessed_on < batch.starts_on:
        raise TransitionNotAllowed("Tanggal uji tidak boleh sebelum pelatihan mulai.")
    has_outcome = trainee.status in (*AT_WORK, TraineeStatus.NOT_WORKING)
    move = arrows.PASS if is_competent else arrows.FAIL
    trainee = _retaking(trainee) if has_outcome else begin(move, trainee)
    result = CertificationResult(
        trainee=trainee,
        attempt=_attempts(trainee) + 1,
        lsp=batch.course.lsp,
        scheme_name=batch.course.scheme_name,
        assessed_on=assessed_on,
        is_competent=is_competent,
        certificate_number=certificate_number.strip(),
        valid_until=valid_until,
        recorded_by=by,
    )
    result.full_clean()
    result.save()
    refresh_soon("training")
    if is_competent:
        trainee.certified_on = assessed_on
    if has_outcome:
        trainee.save(update_fields=["certified_on"])
        trainee.history.create(
            action="retake",
            from_status=trainee.status,
            to_status=trainee.status,
            actor=by,
            reason=f"Uji ulang: {'kompeten' if is_competent else 'belum kompeten'}.",
        )
    else:
        entry = finish(move, trainee, by=by)
        tell_stage(batch, [(trainee, entry)], extra=_about(result))
    return result


@transaction.atomic
def record_results(results, *, by, assessed_on, today, valid_until=None):
    """Keep (trainee, is competent, certificate's number) of one day's test; all of them or none."""
    for trainee, is_competent, number in results:
        try:
            record_result(
                trainee,
                by=by,
                is_competent=is_competent,
                assessed_on=assessed_on,
                today=today,
                certificate_number=number,
                valid_until=valid_until if is_competent else None,
            )
        except ValidationError as problem:
            raise _about_the_person(trainee, problem) from None


@transaction.atomic
def name_certificates(numbers, *, by):
    """Add the numbers of several certificates: (result, number); all of them or none."""
    for result, number in numbers:
        try:
            name_certificate(result, by=by, number=number, valid_until=result.valid_until)
        except ValidationError as problem:
            raise _about_the_person(result.trainee, problem) from None


@transaction.atomic
def name_certificate(result, *, by, number, valid_until=None):
    """Add the number of the certificate, which often arrives weeks after the result."""
    _lock(result.trainee.batch)
    result = CertificationResult.objects.select_for_update().get(pk=result.pk)
    if result.void_reason:
        raise TransitionNotAllowed("Hasil uji ini sudah dibatalkan.")
    result.certificate_number, result.valid_until = number.strip(), valid_until
    result.full_clean()
    result.save(update_fields=["certificate_number", "valid_until"])
    trainee = result.trainee
    trainee.history.create(
        action="name_certificate",
        from_status=trainee.status,
        to_status=trainee.status,
        actor=by,
        reason=f"Nomor sertifikat: {result.certificate_number or 'dihapus'}.",
    )
    return result


@transaction.atomic
def void_result(result, *, by, reason):
    """Take back a result that was typed wrongly; it stays on record as void."""
    _lock(result.trainee.batch)
    newest = result.trainee.results.filter(void_reason="").order_by("-attempt").first()
    if newest is None or newest.pk != result.pk:
        raise TransitionNotAllowed("Hanya hasil uji yang terakhir yang dapat dibatalkan.")
    earlier = result.trainee.results.filter(void_reason="").exclude(pk=result.pk).exists()
    move = arrows.VOID_RETAKE if earlier else arrows.VOID_RESULT
    trainee = begin(move, result.trainee)
    if not reason.strip():
        raise TransitionNotAllowed(f"{move.label} harus disertai alasan.")
    newest.void_reason = reason.strip()
    newest.save(update_fields=["void_reason"])
    trainee.certified_on = None
    finish(move, trainee, by=by, reason=reason)
    return trainee


def _about_the_person(trainee, problem):
    """In a list of many it must be clear whose fault is meant."""
    return ValidationError([f"{trainee}: {sentence}" for sentence in problem.messages])


def _lock(batch):
    batch = lock_batch(batch)
    if batch.status not in TESTING:
        raise TransitionNotAllowed(
            f"Hasil uji tidak dapat dicatat: angkatan ini “{batch.get_status_display()}”."
        )
    return batch


def _retaking(trainee):
    trainee = Trainee.objects.select_for_update(of=("self",)).get(pk=trainee.pk)
    if trainee.certified_on:
        raise TransitionNotAllowed(f"{trainee} sudah dinyatakan kompeten.")
    if trainee.status in ASSESSED:
        raise TransitionNotAllowed("Muat ulang halaman: keadaan peserta ini sudah berubah.")
    return trainee


def _attempts(trainee):
    return trainee.results.aggregate(last=Max("attempt"))["last"] or 0


def _about(result):
    if result.certificate_number:
        return f"Nomor sertifikat {result.certificate_number}, skema {result.scheme_name}."
    return f"Skema {result.scheme_name}, {result.lsp}."
