"""An agreement's own page: where it stands, what its reader must do, and everything about it."""

from typing import NamedTuple

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.arrows import DECLINE, WITHDRAW
from partnerships.enums import (
    CAME_TO_NOTHING,
    LIVE,
    SIGNED,
    UNITS,
    AgreementStatus,
    AmendedField,
    AmendmentStatus,
    ScopeKind,
    Side,
)
from partnerships.models import Competence
from partnerships.permissions import (
    amendment_waits_for,
    can_enter_tax_facts,
    proposer_of,
    waits_for,
)
from partnerships.stages import STAGES, must_act, officer_text, own_text
from partnerships.timeline import deed, timeline
from partnerships.views.reach import readable
from partnerships.workflow.amendments import in_words
from partnerships.workflow.signing import signers_of
from partnerships.workflow.tax_facts import years_of
from programs.papers import verification_qr

# The colours that the state card knows; the others are calm.
CARD_KINDS = {"ok", "warn", "danger"}
ENDED_FOR_A_REASON = {
    AgreementStatus.DECLINED,
    AgreementStatus.WITHDRAWN,
    AgreementStatus.TERMINATED,
}
S = AgreementStatus


class ScopeLine(NamedTuple):
    """One thing to do together: what was aimed at, and what was done so far."""

    label: str
    unit: str
    target: int | None
    done: int
    value: int
    note: str
    is_agreed: bool

    @property
    def percent(self):
        return min(100, self.done * 100 // self.target) if self.target else None


class Change(NamedTuple):
    """What an addendum changes, in words."""

    field: str
    before: str
    after: str


class AmendmentLine(NamedTuple):
    """An addendum with what the reader may do with it."""

    amendment: object
    changes: list
    may_answer: bool
    may_withdraw: bool


@require_safe
def agreement_detail(request, pk):
    agreement, side = readable(request, pk)
    return record_page(request, agreement, side)


def record_page(request, agreement, side, *, refused="", status=200):
    """The page; with ``refused`` it says first why a press of a button did nothing."""
    words = STAGES[agreement.status]
    signatures = signers_of(agreement)
    history = list(agreement.history.select_related("actor"))
    activities = list(
        agreement.activities.select_related("evidence", "recorded_by").order_by("-starts_on", "-pk")
    )
    reports = list(agreement.reports.order_by("-year", "-half"))
    amendments = _amendments(agreement, side)
    own_signature = next((one for one in signatures if one.signer == side), None)
    has_signed = own_signature is not None and own_signature.signed_at is not None
    renewal = agreement.renewals.exclude(status__in=CAME_TO_NOTHING).first()
    own_place, partner = _places(agreement, side)
    return render(
        request,
        "partnerships/agreement_detail.html",
        {
            "agreement": agreement,
            "side": side,
            "is_officer": side is None and request.user.is_staff,
            "words": words,
            "kind": words.badge if words.badge in CARD_KINDS else "",
            "state_text": own_text(agreement, side, has_signed=has_signed)
            if side
            else officer_text(agreement),
            "is_due": must_act(agreement, side, has_signed=has_signed),
            "reason": _reason(agreement, history),
            "refused": refused,
            "waits_for_me": waits_for(agreement, side),
            "has_signed": has_signed,
            "open_report": next((one for one in reports if one.filed_at is None), None)
            if agreement.status in LIVE
            else None,
            "may_decline": side is not None
            and agreement.status in DECLINE.sources
            and proposer_of(agreement) != side
            and not waits_for(agreement, side),
            "may_withdraw": agreement.status in WITHDRAW.sources
            and side is not None
            and proposer_of(agreement) == side,
            "is_live": agreement.status in LIVE,
            "may_amend": side is not None and agreement.status in (S.ACTIVE, S.ENDING),
            "may_record": side is not None and agreement.status in SIGNED,
            "is_over": (agreement.status not in LIVE and agreement.status in SIGNED)
            or agreement.status in CAME_TO_NOTHING,
            "renewal": renewal,
            "own_place": own_place,
            "partner": partner,
            "timeline": timeline(agreement, history, signatures),
            "history": [(deed(entry), entry) for entry in history],
            "competences": list(agreement.competences.order_by("curriculum", "name")),
            "scope": _scope(agreement, activities),
            "signatures": signatures,
            "activities": activities,
            "counted": sum(1 for one in activities if one.withdrawn_at is None),
            "reports": reports,
            "amendments": amendments,
            "asked_amendments": [line for line in amendments if line.may_answer],
            "paper": agreement.paper,
            "paper_qr": verification_qr(agreement.paper) if agreement.paper else "",
            "tax_url": _tax_page(request.user, agreement),
            "tax_annexes": _tax_annexes(request.user, agreement, side),
        },
        status=status,
    )


def _places(agreement, side):
    """(own organization, partner) of the reader, or nothing for those who only look."""
    if side is None:
        return None, None
    pair = (agreement.school, agreement.company)
    return pair if side == Side.SCHOOL else pair[::-1]


def _reason(agreement, history):
    """Why it ended before its time, in the words that were written for both to read."""
    if agreement.status in ENDED_FOR_A_REASON and history:
        return history[-1].reason
    return ""


def _scope(agreement, activities):
    done, values = {}, {}
    for one in activities:
        if one.withdrawn_at is None:
            done[one.kind] = done.get(one.kind, 0) + one.quantity
            values[one.kind] = values.get(one.kind, 0) + (one.value or 0)
    agreed = {item.kind: item for item in agreement.scope.all()}
    return [
        ScopeLine(
            kind.label,
            UNITS[kind],
            agreed[kind].target if kind in agreed else None,
            done.get(kind, 0),
            values.get(kind, 0),
            agreed[kind].note if kind in agreed else "",
            kind in agreed,
        )
        for kind in ScopeKind
        if kind in agreed or kind in done
    ]


def _amendments(agreement, side):
    amendments = list(agreement.amendments.prefetch_related("changes").order_by("-number"))
    named = {
        pk
        for amendment in amendments
        for change in amendment.changes.all()
        if change.field == AmendedField.COMPETENCES
        for pk in [*change.before, *change.after]
    }
    competences = Competence.objects.in_bulk(named) if named else {}
    return [
        AmendmentLine(
            amendment,
            [
                Change(
                    change.get_field_display(),
                    in_words(change.field, change.before, competences),
                    in_words(change.field, change.after, competences),
                )
                for change in amendment.changes.all()
            ],
            amendment_waits_for(amendment, side),
            side is not None
            and amendment.side == side
            and amendment.status in (AmendmentStatus.PROPOSED, AmendmentStatus.CONFIRMED),
        )
        for amendment in amendments
    ]


def _tax_page(user, agreement):
    """Where the company tells what it spent in the newest year that is open, if it may."""
    if agreement.status not in SIGNED or not can_enter_tax_facts(user, agreement):
        return ""
    years = years_of(agreement, today=timezone.localdate())
    return reverse("partnerships:tax_facts", args=[agreement.pk, max(years)]) if years else ""


def _tax_annexes(user, agreement, side):
    """The annexes that were issued: for both sides and officers, not for a Dinas."""
    if side is None and not user.has_perm("partnerships.view_taxfacts"):
        return []
    return list(agreement.tax_facts.exclude(paper=None).select_related("paper").order_by("-year"))
