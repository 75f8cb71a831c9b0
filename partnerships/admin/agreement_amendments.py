"""The numbered amendments of an agreement: proposed, agreed to, made effective or refused."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.admin.agreement_desk import load, put_on, say, show
from partnerships.enums import AgreementStatus, AmendedField, AmendmentStatus, Side
from partnerships.forms.desk_amendments import AmendmentForm
from partnerships.forms.desk_moves import ReasonForm
from partnerships.models import Competence
from partnerships.permissions import other
from partnerships.workflow import amendments as workflow
from partnerships.workflow.cooperation import side_name
from programs.kept_input import fill, take
from programs.transitions import TransitionNotAllowed

A = AmendmentStatus
AMENDABLE = (AgreementStatus.ACTIVE, AgreementStatus.ENDING)
BADGES = {
    A.PROPOSED: ("info", "clock"),
    A.CONFIRMED: ("warn", "eye"),
    A.IN_FORCE: ("ok", "check"),
    A.REFUSED: ("danger", "x-circle"),
    A.WITHDRAWN: ("plain", "undo"),
}


@require_safe
def amendments(request, pk):
    return _show(request, load(request, pk, today=timezone.localdate()))


def _show(request, found, *, status=200, bound=None):
    rows = list(
        found.agreement.amendments.select_related("proposed_by", "paper")
        .prefetch_related("changes", "history")
        .order_by("-number")
    )
    competences = _competences_in(rows)
    return show(
        request,
        found,
        "desk_agreement_amendments",
        tab="amendments",
        title="Addendum",
        status=status,
        rows=[_row(found, one, competences, bound or {}) for one in rows],
        may_propose=found.may_steer and found.agreement.status in AMENDABLE,
    )


def _row(found, amendment, competences, bound):
    amendment.agreement = found.agreement
    changes = list(amendment.changes.all())
    is_open = amendment.status in workflow.OPEN
    waits = other(Side(amendment.side)) if amendment.side else None
    refusals = [entry.reason for entry in amendment.history.all() if entry.to_status == A.REFUSED]
    return {
        "amendment": amendment,
        "badge": BADGES[amendment.status],
        "proposer": side_name(amendment.side),
        "waits_for": waits.label if waits and amendment.status == A.PROPOSED else "",
        "changes": [
            (
                change.get_field_display().capitalize(),
                workflow.in_words(change.field, change.before, competences),
                workflow.in_words(change.field, change.after, competences),
            )
            for change in changes
        ],
        "conflict": workflow.conflict_in(found.agreement, changes) if is_open else "",
        "refusal": refusals[0] if refusals else "",
        "is_open": is_open and found.may_steer,
        "refuse_form": bound.get(amendment.pk) or ReasonForm(auto_id=f"tolak{amendment.pk}_%s"),
    }


def _competences_in(rows):
    return Competence.objects.in_bulk(
        {
            pk
            for amendment in rows
            for change in amendment.changes.all()
            if change.field == AmendedField.COMPETENCES
            for pk in [*change.before, *change.after]
        }
    )


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request, pk):
    """Propose an addendum for one side, or for both at once."""
    today = timezone.localdate()
    found = load(request, pk, today=today, to_change=True)
    agreement = found.agreement
    scope = [(item.kind, item.target, item.note) for item in agreement.scope.all()]
    if request.method == "POST":
        form = AmendmentForm(request.POST, agreement=agreement, scope=scope)
        if form.is_valid():
            try:
                amendment = workflow.propose_amendment(
                    agreement,
                    by=request.user,
                    side=form.cleaned_data["side"],
                    reason=form.cleaned_data["reason"],
                    changes=form.changes(),
                    today=today,
                )
            except (TransitionNotAllowed, ValidationError) as problem:
                put_on(form, problem)
            else:
                messages.success(request, f"Addendum {amendment.number} diusulkan.")
                return redirect(found.address("amendments"))
        status = 422
    else:
        competences = list(agreement.competence_rows.values_list("competence", flat=True))
        form = AmendmentForm(agreement=agreement, scope=scope, initial={"competences": competences})
        form, status = fill(form, take(request)), 200
    return show(
        request,
        found,
        "desk_agreement_amendment_new",
        tab="amendments",
        title="Usulkan addendum",
        status=status,
        form=form,
    )


def _confirm(amendment, *, by, today):
    side = other(Side(amendment.side)) if amendment.side else None
    return workflow.confirm_amendment(amendment, by=by, side=side)


def _apply(amendment, *, by, today):
    return workflow.apply_amendment(amendment, by=by, today=today)


DEEDS = {
    "confirm": (_confirm, "Persetujuan addendum dicatat."),
    "apply": (_apply, "Addendum berlaku; naskahnya dapat diunduh."),
}
WITH_REASON = {
    "refuse": (workflow.refuse_amendment, "Addendum ditolak; kedua pihak diberi tahu."),
    "withdraw": (workflow.withdraw_amendment, "Addendum ditarik."),
}


@require_POST
def decide(request, pk, amendment_pk):
    """Confirm for the other side, make effective, refuse, or take back."""
    today = timezone.localdate()
    found = load(request, pk, today=today, to_change=True)
    amendment = get_object_or_404(found.agreement.amendments, pk=amendment_pk)
    amendment.agreement = found.agreement
    key = request.POST.get("langkah", "")
    form = None
    try:
        if key in WITH_REASON:
            form = ReasonForm(request.POST, auto_id=f"tolak{amendment.pk}_%s")
            if not form.is_valid():
                return _show(request, found, status=422, bound={amendment.pk: form})
            deed, words = WITH_REASON[key]
            deed(amendment, by=request.user, reason=form.cleaned_data["reason"])
        elif key in DEEDS:
            deed, words = DEEDS[key]
            deed(amendment, by=request.user, today=today)
        else:
            messages.warning(request, "Pilih salah satu langkah.")
            return redirect(found.address("amendments"))
    except (TransitionNotAllowed, ValidationError) as problem:
        say(request, problem)
        found = load(request, pk, today=today)
        return _show(request, found, status=409, bound={amendment.pk: form})
    messages.success(request, words)
    return redirect(found.address("amendments"))
