"""The record of an application for its owner: where it stands, what comes, what was written."""

from collections import namedtuple
from typing import NamedTuple

from django.db.models import CharField, F, Q, Value, prefetch_related_objects
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from programs.models import Holiday, IssuedPaper
from programs.papers import verification_qr
from programs.working_days import working_days_between
from subsidies.answers_in_words import account_rows, baseline_rows, business_rows, machine_rows
from subsidies.enums import TIMED_STAGES, Stage, VisitStatus
from subsidies.explanation import explain
from subsidies.models import (
    AmountLine,
    ApplicationHistoryEntry,
    DisbursementHistoryEntry,
    VisitHistoryEntry,
)
from subsidies.news import owner_text
from subsidies.stages import STAGES
from subsidies.timeline import DEEDS, Deed, timeline
from subsidies.views.files import describe

MAY_WITHDRAW = {
    Stage.COMPLETENESS,
    Stage.CONFORMITY,
    Stage.VISIT_PLANNING,
    Stage.VISIT,
    Stage.MINUTES,
    Stage.ASSESSMENT,
    Stage.APPROVAL,
    Stage.WAITING,
    Stage.DECREE,
    Stage.CORRECTION,
}
ENDED_WITHOUT_MONEY = {Stage.REJECTED, Stage.LAPSED, Stage.WITHDRAWN}
# The colours that the state card knows; the others are calm.
CARD_KINDS = {"ok", "warn", "danger"}
STEPS_TOLD = 3


class Letter(NamedTuple):
    """A paper of the ministry, as the record shows it."""

    paper: object
    qr: str
    download: str


class MachineLine(NamedTuple):
    """A machine with its three amounts and the reason of every cut."""

    machine: object
    share: int | None
    rows: list


def record_page(request, application):
    today = timezone.localdate()
    holidays = Holiday.objects.days()
    stage = Stage(application.stage)
    words = STAGES[stage]
    prefetch_related_objects([application], "machines__cuts", "amount_lines")
    deeds = _deeds_of(application)
    visit = getattr(application, "visit", None)
    targets = {
        target.stage: target.working_days for target in application.scheme.stage_targets.all()
    }
    is_assessed = application.recognized is not None
    explained, machine_lines = _amounts(application, is_assessed)
    files = describe(list(application.documents.current().select_related("document", "machine")))
    return render(
        request,
        "subsidies/record.html",
        {
            "application": application,
            "visit": visit,
            "stage": stage,
            "words": words,
            "kind": words.badge if words.badge in CARD_KINDS else "",
            "state_text": owner_text(words.owner, application.due_on),
            "days_left": (
                working_days_between(today, application.due_on, holidays)
                if application.due_on
                else None
            ),
            "is_visit_planned": visit is not None and visit.status == VisitStatus.SCHEDULED,
            "last_reason": _last_reason(deeds, stage),
            "may_apply_again": stage in ENDED_WITHOUT_MONEY
            and application.scheme.opens_on <= today <= application.scheme.closes_on,
            "may_withdraw": application.is_mine and stage in MAY_WITHDRAW,
            "next_steps": _next_steps(stage),
            "timeline": timeline(
                application, deeds, targets, stage=stage, today=today, holidays=holidays
            ),
            "history": [(DEEDS[deed.action][0], deed) for deed in deeds if deed.action in DEEDS],
            "machine_lines": machine_lines,
            "explained": explained,
            "is_assessed": is_assessed,
            "is_unpaid": stage in ENDED_WITHOUT_MONEY,
            "shown_amount": application.reimbursed if is_assessed else _estimate(application),
            "business_rows": business_rows(application),
            "baseline_rows": baseline_rows(application),
            "account_rows": account_rows(application),
            "files": files,
            "letters": _letters(request, application, deeds),
        },
    )


def _deeds_of(application):
    """Every line of the three histories in one query."""
    queries = [
        model.objects.filter(**{link: application.pk})
        .order_by()
        .annotate(
            deed=F("action"),
            who=F("actor__name"),
            told=F("reason"),
            kind=Value(number, output_field=CharField()),
        )
        .values_list("deed", "at", "pk", "told", "who", "kind")
        for number, (model, link) in enumerate(
            [
                (ApplicationHistoryEntry, "application"),
                (VisitHistoryEntry, "visit__application"),
                (DisbursementHistoryEntry, "disbursement__application"),
            ]
        )
    ]
    rows = queries[0].union(*queries[1:], all=True).order_by("at", "kind", "pk")
    return [Deed(*row[:5]) for row in rows]


def _last_reason(deeds, stage):
    """Why it ended, in the words that were written to the owner."""
    return deeds[-1].reason if deeds and stage in ENDED_WITHOUT_MONEY else ""


def _next_steps(stage):
    """The sentences of what comes, from this stage on."""
    following = [stage]
    if stage in TIMED_STAGES:
        following = TIMED_STAGES[TIMED_STAGES.index(stage) :]
    elif stage == Stage.WAITING:
        following = [stage, *TIMED_STAGES[TIMED_STAGES.index(Stage.DECREE) :]]
    steps = [STAGES[one].next_step for one in following]
    return [step for step in steps if step][:STEPS_TOLD]


def _amounts(application, is_assessed):
    """The explained sum, and each machine beside its three amounts."""
    occasion = AmountLine.Occasion.ASSESSMENT if is_assessed else AmountLine.Occasion.SUBMISSION
    lines = [line for line in application.amount_lines.all() if line.occasion == occasion]
    machines = list(application.machines.all())
    shares = {line.machine_id: line for line in lines if line.kind == "share"}
    machine_lines = []
    for machine in machines:
        share = shares.get(machine.pk)
        machine_lines.append(
            MachineLine(
                machine,
                machine.reimbursed if is_assessed else share and share.amount,
                machine_rows(machine),
            )
        )
    if not lines:
        return None, machine_lines
    named = {machine.pk: (machine.name, machine.origin) for machine in machines}
    stored = [_Line(line.machine_id, line.kind, line.label, line.amount) for line in lines]
    return explain(stored, named, ceiling=application.scheme.ceiling), machine_lines


_Line = namedtuple("_Line", "machine kind label amount")


def _estimate(application):
    for line in application.amount_lines.all():
        if line.occasion == AmountLine.Occasion.SUBMISSION and line.kind == "reimbursed":
            return line.amount
    return None


def _letters(request, application, deeds):
    """The papers that were issued about this application, the newest first."""
    visit = getattr(application, "visit", None)
    disbursement = getattr(application, "disbursement", None)
    keys = [f"receipt.{application.pk}", f"rejection.{application.pk}"]
    keys += [f"correction.{deed.pk}" for deed in deeds if deed.action == "request_correction"]
    about = Q(key__in=keys)
    if visit is not None:
        about |= Q(key__startswith=f"minutes.{visit.pk}.")
    if disbursement is not None:
        about |= Q(key=f"payment.{disbursement.pk}") | Q(pk=disbursement.decree.paper_id)
    papers = IssuedPaper.objects.filter(about).order_by("-created_at", "-pk")
    letters = []
    for paper in papers:
        # The decree names every recipient: its own page of verification is for all.
        is_ours = paper.organization_id == application.organization_id and application.is_mine
        letters.append(
            Letter(
                paper,
                verification_qr(paper),
                reverse("programs:paper", args=[paper.code]) if is_ours else "",
            )
        )
    return letters
