"""From the decree to the money: SK, SPP, SPM, SP2D, and the closing of the file."""

from django.db import transaction
from django.utils.formats import date_format

from programs.enums import NotificationKind
from programs.rupiah import format_rupiah
from programs.transitions import TransitionNotAllowed, begin, finish
from programs.workflow.live_figures import refresh_soon
from subsidies import arrows, letters
from subsidies.enums import ApplicationStatus, DisbursementStatus, LedgerKind, Stage
from subsidies.models import Application, Decree, Disbursement, LedgerEntry
from subsidies.news import tell_stage
from subsidies.workflow.deadlines import enter_stage


@transaction.atomic
def issue_decree(applications, *, number, signed_on, signatory, by, today):
    """Name the recipients: the reserved money of each is committed and its payment is opened.

    All applications must be approved and of one budget line; else nothing is written.
    """
    chosen = list(
        Application.objects.select_for_update(of=("self",))
        .filter(pk__in=[application.pk for application in applications])
        .select_related("organization", "scheme", "budget_line")
        .order_by("pk")
    )
    if not chosen:
        raise TransitionNotAllowed("Pilih paling sedikit satu permohonan yang sudah disetujui.")
    if len({application.budget_line_id for application in chosen}) > 1:
        raise TransitionNotAllowed("Satu SK hanya memuat permohonan dari satu mata anggaran.")
    if signed_on > today:
        raise TransitionNotAllowed("Tanggal SK tidak boleh sesudah hari ini.")
    for application in chosen:
        if application.status != ApplicationStatus.APPROVED or hasattr(application, "disbursement"):
            raise TransitionNotAllowed(f"{application} tidak sedang menunggu SK.")
    decree = Decree(
        budget_line=chosen[0].budget_line,
        number=number,
        signed_on=signed_on,
        signatory=signatory,
        issued_by=by,
    )
    decree.full_clean(exclude=["issued_by"])
    decree.save()
    decree.paper = letters.decree(decree, chosen, by=by)
    decree.save(update_fields=["paper"])
    for application in chosen:
        _open_payment(application, decree, by=by, today=today)
    return decree


def _open_payment(application, decree, *, by, today):
    disbursement = Disbursement.objects.create(
        application=application, decree=decree, amount=application.reimbursed
    )
    entry = disbursement.history.create(
        action="decree",
        from_status="",
        to_status=DisbursementStatus.DECREED,
        actor=by,
        rule_version=application.scheme.rule_version,
    )
    _book(application, LedgerKind.COMMIT, note=f"SK {decree.number}", by=by)
    enter_stage(application, Stage.SPP, today=today)
    application.save()
    tell_stage(
        application,
        Stage.SPP,
        entry=entry,
        kind=NotificationKind.DECISION,
        extra=f"SK nomor {decree.number}, penggantian {format_rupiah(disbursement.amount)}.",
    )


@transaction.atomic
def request_payment(disbursement, *, by, spp_number, spp_on, today):
    """Make the payment request (SPP). Refused after the scheme's last day for requests."""
    application = _lock_application(disbursement)
    disbursement = begin(arrows.REQUEST_PAYMENT, disbursement)
    if today > application.scheme.pay_by:
        raise TransitionNotAllowed(
            f"Batas pengajuan pembayaran {date_format(application.scheme.pay_by, 'j F Y')} telah "
            "lewat."
        )
    disbursement.spp_number, disbursement.spp_on = spp_number, spp_on
    disbursement.requested_by = by
    entry = finish(arrows.REQUEST_PAYMENT, disbursement, by=by)
    _next_stage(application, Stage.SPM, entry, today=today)
    return disbursement


@transaction.atomic
def return_request(disbursement, *, by, reason, today):
    """Give a wrong SPP back to the finance officer."""
    application = _lock_application(disbursement)
    disbursement = begin(arrows.RETURN_REQUEST, disbursement)
    disbursement.spp_number, disbursement.spp_on, disbursement.requested_by = "", None, None
    finish(arrows.RETURN_REQUEST, disbursement, by=by, reason=reason)
    enter_stage(application, Stage.SPP, today=today)
    application.save()
    return disbursement


@transaction.atomic
def order_payment(disbursement, *, by, spm_number, spm_on, today):
    """Order the payment (SPM). It takes a second officer: who requested it cannot order it."""
    application = _lock_application(disbursement)
    disbursement = begin(arrows.ORDER_PAYMENT, disbursement)
    if disbursement.requested_by == by:
        raise TransitionNotAllowed("SPM harus diterbitkan oleh petugas yang tidak membuat SPP.")
    disbursement.spm_number, disbursement.spm_on = spm_number, spm_on
    disbursement.ordered_by = by
    entry = finish(arrows.ORDER_PAYMENT, disbursement, by=by)
    _next_stage(application, Stage.SP2D, entry, today=today)
    return disbursement


@transaction.atomic
def record_payment(disbursement, *, by, sp2d_number, sp2d_on, amount, today):
    """Write down that the treasury paid (SP2D). ``amount`` in rupiah must be the decree's."""
    application = _lock_application(disbursement)
    disbursement = begin(arrows.RECORD_PAYMENT, disbursement)
    if amount != disbursement.amount:
        raise TransitionNotAllowed(
            f"Nilai SP2D {format_rupiah(amount)} berbeda dari SK "
            f"{format_rupiah(disbursement.amount)}."
        )
    if sp2d_on > today:
        raise TransitionNotAllowed("Tanggal SP2D tidak boleh sesudah hari ini.")
    disbursement.sp2d_number, disbursement.sp2d_on = sp2d_number, sp2d_on
    disbursement.recorded_by = by
    if Disbursement.objects.filter(sp2d_number=sp2d_number).exists():
        raise TransitionNotAllowed("Nomor SP2D ini sudah dicatat untuk permohonan lain.")
    entry = finish(arrows.RECORD_PAYMENT, disbursement, by=by)
    _book(application, LedgerKind.DISBURSE, note=f"SP2D {sp2d_number}", by=by)
    application.due_on = application.assigned_to = None
    application.save()
    refresh_soon("subsidies")
    letters.payment_notice(disbursement, today=today, by=by)
    tell_stage(
        application,
        Stage.PAID,
        entry=entry,
        kind=NotificationKind.DECISION,
        extra=f"{format_rupiah(amount)} dengan SP2D nomor {sp2d_number}.",
    )
    return disbursement


@transaction.atomic
def close(application, *, by):
    """Close the file of an application that was paid."""
    application = begin(arrows.CLOSE, application)
    disbursement = getattr(application, "disbursement", None)
    if disbursement is None or disbursement.status != DisbursementStatus.PAID:
        raise TransitionNotAllowed("Berkas baru dapat ditutup setelah SP2D dicatat.")
    application.due_on = application.assigned_to = None
    finish(arrows.CLOSE, application, by=by)
    return application


def _book(application, kind, *, note, by):
    LedgerEntry.objects.create(
        budget_line=application.budget_line,
        application=application,
        kind=kind,
        amount=application.reimbursed,
        note=note,
        actor=by,
    )


def _next_stage(application, stage, entry, *, today):
    enter_stage(application, stage, today=today)
    application.save()
    tell_stage(application, stage, entry=entry)


def _lock_application(disbursement):
    """Application first, then payment: every function takes the locks in this order."""
    return Application.objects.select_for_update(of=("self",)).get(pk=disbursement.application_id)
