"""Assessment and approval: what is recognized, what is paid back, and the money reserved for it."""

from django.db import DatabaseError, transaction
from django.db.models import Max

from programs.enums import NotificationKind
from programs.rupiah import format_rupiah
from programs.transitions import TransitionNotAllowed, begin, finish
from subsidies import arrows
from subsidies.amounts import PricedMachine, calculate
from subsidies.enums import ApplicationStatus, LedgerKind, Stage
from subsidies.facts import facts_of
from subsidies.models import (
    AmountLine,
    Application,
    ApprovalBand,
    BudgetLine,
    LedgerEntry,
    Machine,
    MachineCut,
    RuleOutcome,
)
from subsidies.news import tell_stage
from subsidies.rules import failures, judge
from subsidies.workflow.application import write_amount_lines, write_rule_outcomes
from subsidies.workflow.deadlines import enter_stage


def preview_assessment(application, *, cuts):
    """The calculation that ``assess`` would write down for ``cuts``, without writing it.

    ``cuts`` maps a machine's id to a list of (reason, note, rupiah). Raises
    ``TransitionNotAllowed`` when a cut is larger than the machine's price.
    """
    machines = [machine for machine in application.machines.all() if machine.claimed]
    priced = []
    for machine in machines:
        taken = [MachineCut(reason=r, note=n, amount=a) for r, n, a in cuts.get(machine.pk, [])]
        if sum(cut.amount for cut in taken) > machine.claimed:
            raise TransitionNotAllowed(
                f"{machine.name}: potongan melebihi harga {format_rupiah(machine.claimed)}."
            )
        priced.append(
            PricedMachine(
                machine.name,
                machine.origin,
                machine.claimed,
                tuple((cut.words, cut.amount) for cut in taken),
            )
        )
    facts = facts_of(application, today=None)
    limits = application.scheme.terms().limits(application.scale)
    return calculate(priced, limits, already_granted=facts.granted_this_year)


@transaction.atomic
def assess(application, *, by, cuts, today, amount=None, override_reason=""):
    """Fix claimed, recognized and reimbursed for each machine, with the reason of every cut.

    ``amount`` is an officer's other sum in rupiah; it stands beside the computed one, needs
    ``override_reason`` and can only be lower. The assessor is not the one who visited.
    """
    application = begin(arrows.ASSESS, application)
    if application.visited_by == by:
        raise TransitionNotAllowed(
            "Penilaian harus dilakukan oleh petugas yang tidak mengunjungi pemohon."
        )
    calculation = preview_assessment(application, cuts=cuts)
    if amount is not None and amount > calculation.reimbursed:
        raise TransitionNotAllowed(
            f"Nilai yang Anda tetapkan melebihi hitungan {format_rupiah(calculation.reimbursed)}."
        )
    if amount is not None and amount != calculation.reimbursed and not override_reason.strip():
        raise TransitionNotAllowed("Tulis alasan mengapa nilainya berbeda dari hitungan.")
    if not (calculation.reimbursed if amount is None else amount):
        raise TransitionNotAllowed(
            "Penggantian Rp0 tidak dapat disetujui. Tolak permohonan dengan kode alasan R11."
        )
    _write_machines(application, cuts, calculation)
    write_amount_lines(application, AmountLine.Occasion.ASSESSMENT, calculation)
    application.claimed = calculation.claimed
    application.recognized = calculation.recognized
    application.computed = calculation.reimbursed
    application.reimbursed = calculation.reimbursed if amount is None else amount
    differs = application.reimbursed != application.computed
    application.override_reason = override_reason.strip() if differs else ""
    application.assessed_by = by
    enter_stage(application, Stage.APPROVAL, today=today)
    entry = finish(
        arrows.ASSESS,
        application,
        by=by,
        reason=application.override_reason,
        rule_version=application.scheme.rule_version,
    )
    tell_stage(application, Stage.APPROVAL, entry=entry)
    return application


@transaction.atomic
def return_assessment(application, *, by, reason, today):
    """Give the sum back to the technical team with the reason; the team computes anew."""
    application = begin(arrows.RETURN_ASSESSMENT, application)
    application.assigned_to = application.assessed_by
    _clear_assessment(application)
    enter_stage(application, Stage.ASSESSMENT, today=today)
    finish(arrows.RETURN_ASSESSMENT, application, by=by, reason=reason)
    return application


@transaction.atomic
def approve(application, *, by, today):
    """Grant the reimbursement and reserve the money, in one transaction.

    Eligibility is judged again. Where the ceiling cannot cover the sum, or an earlier registration
    waits already, the application goes on the waiting list. Raises ``TransitionNotAllowed`` for an
    officer who had a hand in it before, or whose band does not reach the sum.
    """
    application = begin(arrows.APPROVE, application)
    makers = {
        application.completeness_by_id,
        application.conformity_by_id,
        application.visited_by_id,
        application.assessed_by_id,
    }
    if by.pk in makers:
        raise TransitionNotAllowed(
            "Permohonan harus disetujui oleh petugas yang tidak memeriksa, mengunjungi, atau "
            "menilainya."
        )
    _must_be_in_band(application, by)
    _must_still_be_eligible(application, today=today)
    _one_at_a_time(application.budget_line_id)
    if not _reserve(application, by=by):
        return _put_on_waiting_list(application, by=by)
    application.approved_by = by
    enter_stage(application, Stage.DECREE, today=today)
    entry = finish(arrows.APPROVE, application, by=by, rule_version=application.scheme.rule_version)
    tell_stage(
        application,
        Stage.DECREE,
        entry=entry,
        kind=NotificationKind.DECISION,
        extra=f"Penggantian yang disetujui: {format_rupiah(application.reimbursed)}.",
    )
    return application


def _one_at_a_time(budget_line_id):
    """Approvals of one budget line wait for each other, so that the order is served."""
    BudgetLine.objects.select_for_update(of=("self",), no_key=True).get(pk=budget_line_id)


def _reserve(application, *, by):
    """Reserve the sum; False when the ceiling or the order of registration forbids it."""
    earlier = Application.objects.filter(
        budget_line=application.budget_line_id,
        status=ApplicationStatus.WAITING,
        registration_order__lt=application.registration_order,
    )
    if earlier.exists():
        return False
    try:
        with transaction.atomic():
            LedgerEntry.objects.create(
                budget_line_id=application.budget_line_id,
                application=application,
                kind=LedgerKind.RESERVE,
                amount=application.reimbursed,
                note=f"Persetujuan {application.registration_number}",
                actor=by,
            )
    except DatabaseError as problem:
        if "subsidies_ledger_ceiling" not in str(problem):
            raise
        return False
    return True


def _put_on_waiting_list(application, *, by):
    if application.status == ApplicationStatus.WAITING:
        raise TransitionNotAllowed(
            "Anggaran yang tersedia belum cukup, atau ada permohonan dengan nomor registrasi lebih "
            "awal dalam daftar tunggu."
        )
    application.due_on = application.assigned_to = None
    entry = finish(
        arrows.PUT_ON_WAITING_LIST,
        application,
        by=by,
        reason="Anggaran tidak mencukupi untuk permohonan ini.",
    )
    tell_stage(application, Stage.WAITING, entry=entry, kind=NotificationKind.DECISION)
    return application


def band_of(user):
    """Up to how many rupiah ``user`` may approve in one application; 0 for nobody's band."""
    return ApprovalBand.objects.filter(group__user=user).aggregate(most=Max("up_to"))["most"] or 0


def _must_be_in_band(application, officer):
    band = band_of(officer)
    if application.reimbursed > band:
        raise TransitionNotAllowed(
            f"Anda berwenang menyetujui sampai {format_rupiah(band)}; permohonan ini "
            f"{format_rupiah(application.reimbursed)}. Teruskan kepada pejabat di atas Anda."
        )


def _must_still_be_eligible(application, *, today):
    results = judge(facts_of(application, today=today), application.scheme.terms())
    failed = failures(results)
    if failed:
        raise TransitionNotAllowed(
            "Syarat tidak lagi terpenuhi: " + " ".join(f"{r.title}: {r.reason}" for r in failed)
        )
    write_rule_outcomes(application, RuleOutcome.Occasion.APPROVAL, results)


def _write_machines(application, cuts, calculation):
    MachineCut.objects.filter(machine__application=application).delete()
    machines = [machine for machine in application.machines.all() if machine.claimed]
    for machine, reimbursed in zip(machines, calculation.machine_amounts, strict=True):
        taken = [
            MachineCut(machine=machine, reason=reason, note=note, amount=amount)
            for reason, note, amount in cuts.get(machine.pk, [])
        ]
        for cut in taken:
            cut.full_clean()
        MachineCut.objects.bulk_create(taken)
        Machine.objects.filter(pk=machine.pk).update(
            recognized=machine.claimed - sum(cut.amount for cut in taken), reimbursed=reimbursed
        )


def _clear_assessment(application):
    """Facts belong to a status: what the assessment fixed is open again."""
    application.recognized = application.computed = application.reimbursed = None
    application.override_reason = ""
    application.assessed_by = None
    application.machines.update(recognized=None, reimbursed=None)
