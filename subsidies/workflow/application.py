"""From a draft to a registered application, and the ways out of it.

Nothing else in the project writes ``Application.status`` but this package.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from programs.enums import MembershipState, NotificationKind, OrganizationKind
from programs.papers import next_number
from programs.scale import SCALE_RULE
from programs.transitions import TransitionNotAllowed, begin, finish
from subsidies import arrows, letters
from subsidies.checklist import parts_of, slots_of
from subsidies.enums import (
    WITH_THE_IKM,
    ApplicationStatus,
    DocumentCheck,
    LedgerKind,
    NoteState,
    RejectionCode,
    Stage,
)
from subsidies.facts import facts_of
from subsidies.models import AmountLine, Application, LedgerEntry, RuleOutcome, Scheme
from subsidies.news import tell_owner, tell_stage
from subsidies.rules import estimate, failures, judge
from subsidies.workflow.deadlines import enter_stage, restart_clock, stop_clock


@transaction.atomic
def draft(*, organization, scheme, by, today):
    """Open an application. Until it is handed in it is the IKM's own affair.

    What the register knows of the business is filled in. Raises ``TransitionNotAllowed`` when the
    call is closed or the IKM has an application in it already.
    """
    if organization.kind != OrganizationKind.IKM:
        raise TransitionNotAllowed("Hanya IKM yang dapat mengajukan penggantian mesin.")
    if not organization.memberships.filter(user=by, state=MembershipState.APPROVED).exists():
        raise TransitionNotAllowed("Anda bukan anggota IKM ini.")
    _must_be_open(scheme, today=today)
    # The lock makes the second of two clicks wait and then find the first one's draft.
    type(organization).objects.select_for_update(of=("self",)).get(pk=organization.pk)
    live = Application.objects.filter(
        organization=organization, budget_line=scheme.budget_line
    ).exclude(status__in=["REJECTED", "LAPSED", "WITHDRAWN"])
    if live.exists():
        raise TransitionNotAllowed(
            f"{organization} sudah memiliki permohonan pada program ini. Lanjutkan permohonan itu."
        )
    application = Application(
        organization=organization, scheme=scheme, budget_line=scheme.budget_line
    )
    profile = getattr(organization, "ikm", None)
    if profile is not None:
        for name in ("legal_form", "kbli_code", "kbli_version", "workers", "investment"):
            setattr(application, name, getattr(profile, name))
        application.turnover = profile.turnover
    application.site_address = organization.address
    application.site_region = organization.region
    application.full_clean()  # a form cannot check constraints on fields it does not show
    application.save()
    return application


@transaction.atomic
def submit(application, *, by, today):
    """Hand the application to the ministry, on the terms in force today.

    The scale, the verdict of every rule and the estimate are written down with the version of the
    rules. Raises ``TransitionNotAllowed`` after the last day, or with what is still missing.
    """
    application = begin(arrows.SUBMIT, application)
    application.scheme = Scheme.objects.published().get(code=application.scheme.code)
    _must_be_open(application.scheme, today=today)
    _must_be_complete(application)
    _write_facts(application, today=today)
    application.submitted_at = timezone.now()
    enter_stage(application, Stage.COMPLETENESS, today=today)
    entry = finish(arrows.SUBMIT, application, by=by, rule_version=application.scheme.rule_version)
    letters.receipt(application, today=today)
    tell_stage(application, Stage.COMPLETENESS, entry=entry)
    return application


@transaction.atomic
def resubmit(application, *, by, today):
    """Hand a corrected application back. The ministry's clock goes on where it stopped.

    Raises ``TransitionNotAllowed`` after the deadline, or while a note is unanswered.
    """
    application = begin(arrows.RESUBMIT, application)
    if today > application.due_on:
        raise TransitionNotAllowed(
            "Batas waktu perbaikan telah lewat. Hubungi sekretariat program untuk langkah "
            "berikutnya."
        )
    _must_be_complete(application)
    _write_facts(application, today=today)
    restart_clock(application, today=today)
    application.assigned_to = application.completeness_by
    entry = finish(
        arrows.RESUBMIT, application, by=by, rule_version=application.scheme.rule_version
    )
    tell_stage(application, Stage.COMPLETENESS, entry=entry)
    return application


@transaction.atomic
def request_correction(application, *, by, reason, today):
    """Give the application back with the notes pinned where the faults are; the clock stops.

    ``reason`` is the officer's word above the notes. Raises ``TransitionNotAllowed`` when there is
    neither an open note nor a refused file: the owner must see what to mend.
    """
    application = begin(arrows.REQUEST_CORRECTION, application)
    notes = application.correction_notes.filter(state=NoteState.OPEN)
    refused = application.documents.current().filter(check_state=DocumentCheck.REJECTED)
    if not notes.exists() and not refused.exists():
        raise TransitionNotAllowed(
            "Tandai dahulu berkas yang ditolak atau tulis catatan pada isian yang harus diperbaiki."
        )
    stop_clock(application, today=today)
    if application.status == ApplicationStatus.SUBMITTED:
        application.completeness_by = by  # the answer comes back to who asked
    entry = finish(arrows.REQUEST_CORRECTION, application, by=by, reason=reason)
    letters.correction(application, entry=entry, notes=notes, refused=refused, today=today, by=by)
    tell_stage(application, Stage.CORRECTION, entry=entry, kind=NotificationKind.TASK, extra=reason)
    return application


@transaction.atomic
def lapse(application, *, today):
    """End an application that was not corrected in time. The clock does it, not a person."""
    application = begin(arrows.LAPSE, application)
    if today <= application.due_on:
        raise TransitionNotAllowed("Batas waktu perbaikan belum lewat.")
    application.due_on = application.days_left = application.completeness_by = None
    entry = finish(
        arrows.LAPSE,
        application,
        by=None,
        reason="Perbaikan tidak diterima sampai batas waktunya.",
    )
    tell_stage(application, Stage.LAPSED, entry=entry, kind=NotificationKind.DECISION)
    return application


@transaction.atomic
def register(application, *, by, today):
    """Confirm that the papers are complete and give the registration number, without gaps.

    Raises ``TransitionNotAllowed`` while a file is unchecked or refused, or a note is open.
    """
    application = begin(arrows.REGISTER, application)
    unchecked = application.documents.current().exclude(check_state=DocumentCheck.ACCEPTED)
    if unchecked.exists():
        raise TransitionNotAllowed(
            f"Masih ada {unchecked.count()} berkas yang belum diterima. Periksa setiap berkas "
            "dahulu."
        )
    if any(slot.missing for slot in slots_of(application)):
        raise TransitionNotAllowed("Masih ada berkas wajib yang belum diserahkan.")
    if application.correction_notes.filter(state=NoteState.OPEN).exists():
        raise TransitionNotAllowed("Masih ada catatan yang belum dijawab pemohon.")
    application.correction_notes.filter(state=NoteState.ANSWERED).update(
        state=NoteState.CLOSED, closed_by=by
    )
    application.completeness_by = by
    if not application.registration_number:
        year = application.scheme.fiscal_year
        application.registration_order = next_number(f"RM/{year}")
        application.registration_number = f"RM-{year}-{application.registration_order:04d}"
    enter_stage(application, Stage.CONFORMITY, today=today)
    entry = finish(arrows.REGISTER, application, by=by)
    tell_stage(
        application,
        Stage.CONFORMITY,
        entry=entry,
        extra=f"Nomor registrasi Anda: {application.registration_number}.",
    )
    return application


@transaction.atomic
def reject(application, *, by, code, reason, today):
    """Refuse the application for good, with a code and in words that the owner reads."""
    application = begin(arrows.REJECT, application)
    if code == RejectionCode.R99 and len(reason.strip()) < 20:
        raise TransitionNotAllowed("Alasan “lainnya” harus diuraikan, paling sedikit 20 huruf.")
    application.rejection_code = code
    application.due_on = application.assigned_to = None
    entry = finish(
        arrows.REJECT,
        application,
        by=by,
        reason=reason,
        rule_version=application.scheme.rule_version,
    )
    letters.rejection(application, reason=reason, today=today, by=by)
    tell_stage(
        application,
        Stage.REJECTED,
        entry=entry,
        kind=NotificationKind.DECISION,
        extra=f"Alasan {code}: {RejectionCode(code).label}. {reason}",
    )
    return application


@transaction.atomic
def withdraw(application, *, by, reason):
    """Take the application back, on the owner's word. Reserved money goes back to the ceiling.

    Raises ``TransitionNotAllowed`` once a decree names the owner as recipient.
    """
    application = begin(arrows.WITHDRAW, application)
    if application.status == ApplicationStatus.APPROVED:
        if hasattr(application, "disbursement"):
            raise TransitionNotAllowed(
                "Surat keputusan sudah terbit. Hubungi sekretariat program untuk membatalkan."
            )
        LedgerEntry.objects.create(
            budget_line=application.budget_line,
            application=application,
            kind=LedgerKind.RELEASE,
            amount=application.reimbursed,
            note=f"Penarikan {application.registration_number}",
            actor=by,
        )
        application.approved_by = None
    application.due_on = application.days_left = application.assigned_to = None
    entry = finish(arrows.WITHDRAW, application, by=by, reason=reason)
    tell_stage(application, Stage.WITHDRAWN, entry=entry)
    return application


def remind_correction(application, *, today):
    """Tell the owner, once for each day it is due on, that the deadline is near."""
    tell_owner(
        application,
        fact=f"correction.{application.pk}.{application.due_on}.{today}",
        subject="Batas waktu perbaikan sudah dekat",
        body=(
            f"Perbaikan permohonan {application.scheme} harus dikirim paling lambat "
            f"{date_format(application.due_on, 'j F Y')}. Bila lewat batas, permohonan gugur."
        ),
        kind=NotificationKind.TASK,
    )


def remind_closing(application):
    """Tell the owner of a draft, once per closing day, that the call is about to close."""
    closes_on = application.scheme.closes_on
    tell_owner(
        application,
        fact=f"closing.{application.pk}.{closes_on}",
        subject="Batas pengajuan sudah dekat",
        body=(
            f"Permohonan {application.scheme} belum dikirim. Pengajuan ditutup "
            f"{date_format(closes_on, 'j F Y')}."
        ),
        kind=NotificationKind.REMINDER,
    )


def _must_be_open(scheme, *, today):
    if scheme.published_at is None or scheme.superseded_at is not None:
        raise TransitionNotAllowed("Skema ini sudah diganti atau belum diterbitkan.")
    if today < scheme.opens_on:
        raise TransitionNotAllowed(
            f"Pengajuan baru dibuka {date_format(scheme.opens_on, 'j F Y')}."
        )
    if today > scheme.closes_on:
        raise TransitionNotAllowed(
            f"Pengajuan untuk {scheme} telah ditutup {date_format(scheme.closes_on, 'j F Y')}. "
            "Isian Anda tetap tersimpan."
        )


def _must_be_complete(application):
    lacking = [part.title for part in parts_of(application) if not part.complete]
    if lacking:
        raise TransitionNotAllowed(f"Masih ada yang belum lengkap: {', '.join(lacking)}.")


def _write_facts(application, *, today):
    """Scale, verdicts and estimate as they stand when the owner hands the application in."""
    facts = facts_of(application, today=today)
    terms = application.scheme.terms()
    application.scale, application.scale_rule = facts.scale, SCALE_RULE
    write_rule_outcomes(application, RuleOutcome.Occasion.SUBMISSION, judge(facts, terms))
    calculation = estimate(facts, terms)
    application.claimed = calculation.claimed
    write_amount_lines(application, AmountLine.Occasion.SUBMISSION, calculation)


def write_rule_outcomes(application, occasion, results):
    """Replace what the rules said at ``occasion`` by ``results``; return those that failed."""
    application.rule_outcomes.filter(occasion=occasion).delete()
    RuleOutcome.objects.bulk_create(
        RuleOutcome(
            application=application,
            occasion=occasion,
            position=position,
            code=result.code,
            title=result.title,
            verdict=result.verdict,
            reason=result.reason,
        )
        for position, result in enumerate(results)
    )
    return failures(results)


def write_amount_lines(application, occasion, calculation):
    """Replace the explained sum of ``occasion`` by ``calculation``."""
    machines = [machine for machine in application.machines.all() if machine.claimed]
    application.amount_lines.filter(occasion=occasion).delete()
    AmountLine.objects.bulk_create(
        AmountLine(
            application=application,
            occasion=occasion,
            position=position,
            machine=None if line.machine is None else machines[line.machine],
            kind=line.kind,
            label=line.label,
            amount=line.amount,
        )
        for position, line in enumerate(calculation.lines)
    )


def may_write(application):
    """Is it the owner's turn? Says nothing about who asks."""
    return application.status in WITH_THE_IKM
