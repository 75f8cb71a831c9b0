"""What an application that stands at a stage has behind it: papers, histories, visit, payment."""

import datetime

from django.utils import timezone

from programs import roles
from programs.enums import PaperKind
from subsidies import arrows
from subsidies.amounts import Limits, PricedMachine, calculate
from subsidies.checklist import slots_of
from subsidies.document_kinds import DocumentKind
from subsidies.enums import DisbursementStatus, DocumentCheck, LedgerKind, Stage, VisitStatus
from subsidies.facts import facts_of
from subsidies.models import (
    AmountLine,
    ApplicationDocument,
    CorrectionNote,
    Decree,
    Disbursement,
    LedgerEntry,
    RuleOutcome,
    Visit,
    VisitAnswer,
    VisitPhoto,
    VisitQuestion,
)
from subsidies.models.visit import ABOUT_THE_COMPANY
from subsidies.rules import judge
from subsidies.workflow.application import write_amount_lines, write_rule_outcomes
from tests.factories.programs import DocumentFactory, IssuedPaperFactory, UserFactory, officer

TO_REGISTERED = [arrows.SUBMIT, arrows.REGISTER]
TO_VISITING = [*TO_REGISTERED, arrows.SEND_TO_VISIT]
TO_ASSESSMENT = [*TO_VISITING, arrows.END_VISIT]
TO_ASSESSED = [*TO_ASSESSMENT, arrows.ASSESS]
TO_APPROVED = [*TO_ASSESSED, arrows.APPROVE]
MOVES = {
    Stage.DRAFT: [],
    Stage.COMPLETENESS: [arrows.SUBMIT],
    Stage.CORRECTION: [arrows.SUBMIT, arrows.REQUEST_CORRECTION],
    Stage.CONFORMITY: TO_REGISTERED,
    Stage.VISIT_PLANNING: TO_VISITING,
    Stage.VISIT: TO_VISITING,
    Stage.MINUTES: TO_VISITING,
    Stage.ASSESSMENT: TO_ASSESSMENT,
    Stage.APPROVAL: TO_ASSESSED,
    Stage.WAITING: [*TO_ASSESSED, arrows.PUT_ON_WAITING_LIST],
    Stage.DECREE: TO_APPROVED,
    Stage.SPP: TO_APPROVED,
    Stage.SPM: TO_APPROVED,
    Stage.SP2D: TO_APPROVED,
    Stage.PAID: TO_APPROVED,
    Stage.CLOSED: [*TO_APPROVED, arrows.CLOSE],
    Stage.REJECTED: [arrows.SUBMIT, arrows.REJECT],
    Stage.LAPSED: [arrows.SUBMIT, arrows.REQUEST_CORRECTION, arrows.LAPSE],
    Stage.WITHDRAWN: [arrows.SUBMIT, arrows.WITHDRAW],
}
AFTER_THE_VISIT = [arrows.END_VISIT, arrows.ASSESS, arrows.PUT_ON_WAITING_LIST, arrows.APPROVE]
VISIT_MOVES = {
    Stage.VISIT_PLANNING: [],
    Stage.VISIT: [arrows.SCHEDULE],
    Stage.MINUTES: [arrows.SCHEDULE, arrows.CONDUCT],
}
PAYMENT_MOVES = {
    Stage.SPP: [],
    Stage.SPM: [arrows.REQUEST_PAYMENT],
    Stage.SP2D: [arrows.REQUEST_PAYMENT, arrows.ORDER_PAYMENT],
    Stage.PAID: [arrows.REQUEST_PAYMENT, arrows.ORDER_PAYMENT, arrows.RECORD_PAYMENT],
    Stage.CLOSED: [arrows.REQUEST_PAYMENT, arrows.ORDER_PAYMENT, arrows.RECORD_PAYMENT],
}


def day(offset):
    """The day ``offset`` days from today."""
    return timezone.localdate() + datetime.timedelta(days=offset)


def moment(offset):
    return timezone.now() + datetime.timedelta(days=offset)


def furnish(application, stage):
    """Give ``application`` whatever one at ``stage`` has beside its own row and its machines."""
    someone = UserFactory()
    moves = MOVES[stage]
    _hand_in_papers(application, by=someone, accepted=arrows.REGISTER in moves)
    if arrows.SUBMIT in moves:
        _write_down_facts(application)
        _paper(application, PaperKind.RECEIPT, f"receipt.{application.pk}")
    actors = {
        "submit": someone,
        "request_correction": application.completeness_by,
        "register": application.completeness_by,
        "send_to_visit": application.conformity_by,
        "end_visit": someone,
        "assess": application.assessed_by,
        "wait": application.assessed_by,
        "approve": application.approved_by,
        "withdraw": someone,
    }
    # The histories of the three records, in the order in which it happened.
    later = [*AFTER_THE_VISIT, arrows.CLOSE]
    _history(application, [move for move in moves if move not in later], actors)
    if stage == Stage.CORRECTION:
        _ask_for_correction(application)
    if arrows.SEND_TO_VISIT in moves:
        _visit(application, stage, owner=someone)
    _history(application, [move for move in moves if move in AFTER_THE_VISIT], actors)
    if arrows.ASSESS in moves:
        _value(application)
    if arrows.APPROVE in moves:
        _book(application, LedgerKind.RESERVE)
    if stage in PAYMENT_MOVES:
        _pay(application, PAYMENT_MOVES[stage])
    _history(application, [move for move in moves if move == arrows.CLOSE], actors)


def _hand_in_papers(application, *, by, accepted):
    checker = application.completeness_by if accepted else None
    for slot in slots_of(application):
        if slot.required:
            ApplicationDocument.objects.create(
                application=application,
                kind=slot.kind,
                machine=slot.machine,
                document=DocumentFactory(organization=application.organization, uploaded_by=by),
                check_state=DocumentCheck.ACCEPTED if accepted else DocumentCheck.PENDING,
                checked_by=checker,
                checked_at=moment(-8) if accepted else None,
            )


def _write_down_facts(application):
    """The verdicts and the estimate, as ``submit`` leaves them."""
    facts = facts_of(application, today=day(-10))
    terms = application.scheme.terms()
    write_rule_outcomes(application, RuleOutcome.Occasion.SUBMISSION, judge(facts, terms))
    write_amount_lines(application, AmountLine.Occasion.SUBMISSION, _calculation(application))


def _calculation(application):
    scheme = application.scheme
    limits = Limits(
        domestic_percent=30, import_percent=25, floor=scheme.floor, ceiling=scheme.ceiling
    )
    machines = application.machines.order_by("pk")
    return calculate(
        [PricedMachine(machine.name, machine.origin, machine.claimed) for machine in machines],
        limits,
    )


def _ask_for_correction(application):
    """One refused photo of the name plate and one note at the serial number of machine 1."""
    machine = application.machines.order_by("pk").first()
    application.documents.filter(kind=DocumentKind.DOK17, machine=machine).update(
        check_state=DocumentCheck.REJECTED,
        check_note="Nomor seri pada foto tidak terbaca.",
        checked_by=application.completeness_by,
        checked_at=moment(-8),
    )
    CorrectionNote.objects.create(
        application=application,
        machine=machine,
        field="mesin.serial_number",
        text="Nomor seri berbeda dari yang tertulis pada invoice.",
        value_before=machine.serial_number,
        raised_by=application.completeness_by,
    )


def _visit(application, stage, *, owner):
    moves = VISIT_MOVES.get(stage, [arrows.SCHEDULE, arrows.CONDUCT, arrows.CONFIRM])
    conducted = arrows.CONDUCT in moves
    confirmed = arrows.CONFIRM in moves
    verifier = application.visited_by or officer(roles.FIELD_VERIFIER)
    minutes = _paper(application, PaperKind.MINUTES, f"new.{application.pk}") if conducted else None
    visit = Visit.objects.create(
        application=application,
        verifier=verifier,
        assigned_by=application.conformity_by,
        status=moves[-1].target if moves else VisitStatus.ASSIGNED,
        starts_at=None if not moves else moment(-4 if conducted else 3),
        conducted_at=moment(-4) if conducted else None,
        met_with="Rahmah Contoh" if conducted else "",
        findings="Mesin terpasang dan berjalan." if conducted else "",
        minutes=minutes,
        confirmed_at=moment(-3) if confirmed else None,
        confirmed_by=owner if confirmed else None,
    )
    if minutes:
        minutes.key = f"minutes.{visit.pk}.1"
        minutes.save()
    visit.history.create(
        action="assign", from_status="", to_status=VisitStatus.ASSIGNED, actor=verifier
    )
    _history(visit, moves, {"schedule": verifier, "conduct": verifier, "confirm": owner})
    if conducted:
        _answer_the_questions(visit, list(application.machines.all()))


def _answer_the_questions(visit, machines):
    for question in VisitQuestion:
        for machine in [None] if question in ABOUT_THE_COMPANY else machines:
            VisitAnswer.objects.create(visit=visit, question=question, machine=machine, is_yes=True)
    VisitPhoto.objects.create(
        visit=visit,
        document=DocumentFactory(
            organization=visit.application.organization, uploaded_by=visit.verifier
        ),
        caption="Mesin di tempat usaha",
    )


def _value(application):
    calculation = _calculation(application)
    write_amount_lines(application, AmountLine.Occasion.ASSESSMENT, calculation)
    machines = application.machines.order_by("pk")
    for machine, amount in zip(machines, calculation.machine_amounts, strict=True):
        machine.recognized, machine.reimbursed = machine.claimed, amount
        machine.save()


def _pay(application, moves):
    ppk = application.approved_by
    decree = Decree.objects.create(
        budget_line=application.budget_line,
        number=f"SK-{application.pk}/IKMA/{application.scheme.fiscal_year}",
        signed_on=day(-2),
        signatory="Direktur Jenderal IKMA",
        issued_by=ppk,
        paper=_paper(application, PaperKind.DECREE, f"decree.{application.pk}", for_all=True),
    )
    finance, signatory = officer(roles.FINANCE_OFFICER), officer(roles.SPM_SIGNATORY)
    facts = {}
    if arrows.REQUEST_PAYMENT in moves:
        facts |= {"spp_number": "SPP-1", "spp_on": day(-2), "requested_by": finance}
    if arrows.ORDER_PAYMENT in moves:
        facts |= {"spm_number": "SPM-1", "spm_on": day(-1), "ordered_by": signatory}
    if arrows.RECORD_PAYMENT in moves:
        facts |= {
            "sp2d_number": f"26{application.pk:013d}",
            "sp2d_on": day(-1),
            "recorded_by": finance,
        }
    disbursement = Disbursement.objects.create(
        application=application,
        decree=decree,
        amount=application.reimbursed,
        status=moves[-1].target if moves else DisbursementStatus.DECREED,
        **facts,
    )
    disbursement.history.create(
        action="decree", from_status="", to_status=DisbursementStatus.DECREED, actor=ppk
    )
    _history(
        disbursement,
        moves,
        {"request_payment": finance, "order_payment": signatory, "record_payment": finance},
    )
    _book(application, LedgerKind.COMMIT)
    if arrows.RECORD_PAYMENT in moves:
        _book(application, LedgerKind.DISBURSE)
        _paper(application, PaperKind.PAYMENT_NOTICE, f"payment.{disbursement.pk}")


def _history(record, moves, actors):
    for move in moves:
        record.history.create(
            action=move.action,
            from_status=move.sources[0],
            to_status=move.target,
            actor=actors.get(move.action),
            reason="Faktur pajak tidak ada." if move.needs_reason else "",
        )


def _paper(application, kind, key, *, for_all=False):
    return IssuedPaperFactory(
        kind=kind,
        key=key,
        holder=application.organization.name,
        organization=None if for_all else application.organization,
    )


def _book(application, kind):
    LedgerEntry.objects.create(
        budget_line=application.budget_line,
        application=application,
        kind=kind,
        amount=application.reimbursed,
        note=str(application),
    )
