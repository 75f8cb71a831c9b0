"""Addenda: proposed by one side, answered by the other."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from partnerships.arrows import REFUSE_AMENDMENT, WITHDRAW_AMENDMENT
from partnerships.enums import AgreementStatus
from partnerships.forms.amendments import AmendmentForm
from partnerships.forms.competences import Catalog, offered_to
from partnerships.models import Agreement, Amendment
from partnerships.news import page_of
from partnerships.permissions import amendment_waits_for
from partnerships.views.asking import ask
from partnerships.views.reach import own
from partnerships.views.records import record_page
from partnerships.workflow import amendments as workflow
from programs.asking import typed
from programs.forms import ReasonForm
from programs.once import once
from programs.transitions import TransitionNotAllowed

WITH_A_FORM = ["GET", "HEAD", "POST"]
MAY_BE_AMENDED = (AgreementStatus.ACTIVE, AgreementStatus.ENDING)


@require_http_methods(WITH_A_FORM)
@once
def amendment_propose(request, pk):
    agreement, side = own(request, pk)
    if request.method != "POST" and agreement.status not in MAY_BE_AMENDED:
        messages.info(request, "Addendum hanya untuk perjanjian yang berjalan.")
        return redirect(page_of(agreement))
    if agreement.ends_on is None:
        raise PermissionDenied("Addendum hanya untuk perjanjian yang sudah ditandatangani.")
    chosen = list(agreement.competences.all())
    form = AmendmentForm(
        typed(request),
        side=side,
        agreement=agreement,
        offered=offered_to(agreement.school, agreement.company, chosen=chosen),
        catalog=Catalog(),
        chosen=chosen,
        scope=[(item.kind, item.target, item.note) for item in agreement.scope.all()],
    )

    def do(values):
        workflow.propose_amendment(
            agreement,
            by=request.user,
            side=side,
            reason=values["reason"],
            changes=form.changes(),
            today=timezone.localdate(),
        )

    return ask(
        request,
        form,
        do,
        agreement=agreement,
        done="Addendum diusulkan. Pihak lain diminta menyetujui atau menolak.",
        template="partnerships/amendment_propose.html",
        draft=f"pks-{agreement.pk}-addendum",
    )


@require_POST
@once
def amendment_confirm(request, pk):
    """Agree to the other side's addendum, with one press on the record."""
    amendment, agreement, side = _own_amendment(request, pk)
    try:
        workflow.confirm_amendment(amendment, by=request.user, side=side)
    except TransitionNotAllowed as refusal:
        return record_page(request, agreement, side, refused=str(refusal), status=409)
    messages.success(request, f"Addendum {amendment.number} disetujui. Petugas memberlakukannya.")
    return redirect(page_of(agreement))


@require_http_methods(WITH_A_FORM)
@once
def amendment_refuse(request, pk):
    """Refuse the other side's addendum, with the reason that both read."""
    amendment, agreement, side = _own_amendment(request, pk)
    if amendment.side == side:
        raise PermissionDenied("Addendum ini usulan pihak Anda sendiri. Anda dapat menariknya.")
    if back := _answered(request, amendment, agreement, REFUSE_AMENDMENT):
        return back
    form = ReasonForm(
        typed(request),
        label="Mengapa ditolak?",
        hint="Pihak lain membaca alasan ini.",
        missing="Tulis alasannya; pihak lain perlu mengetahuinya.",
    )

    def do(values):
        if not amendment_waits_for(amendment, side):
            raise TransitionNotAllowed(
                f"Addendum ini tidak menunggu jawaban Anda: “{amendment.get_status_display()}”."
            )
        workflow.refuse_amendment(amendment, by=request.user, reason=values["reason"])

    return ask(
        request,
        form,
        do,
        agreement=agreement,
        done=f"Addendum {amendment.number} ditolak. Perjanjian tetap seperti semula.",
        heading=f"Tolak addendum {amendment.number}?",
        button="Tolak addendum",
        is_danger=True,
    )


@require_http_methods(WITH_A_FORM)
@once
def amendment_withdraw(request, pk):
    """Take one's own side's addendum back before it is in force."""
    amendment, agreement, side = _own_amendment(request, pk)
    if amendment.side != side:
        raise PermissionDenied("Hanya pihak yang mengusulkan addendum ini yang dapat menariknya.")
    if back := _answered(request, amendment, agreement, WITHDRAW_AMENDMENT):
        return back
    form = ReasonForm(
        typed(request), label="Mengapa ditarik?", missing="Tulis alasan penarikan addendum."
    )
    return ask(
        request,
        form,
        lambda values: workflow.withdraw_amendment(
            amendment, by=request.user, reason=values["reason"]
        ),
        agreement=agreement,
        done=f"Addendum {amendment.number} ditarik.",
        heading=f"Tarik addendum {amendment.number}?",
        button="Tarik addendum",
        is_danger=True,
    )


def _own_amendment(request, pk):
    amendment = get_object_or_404(
        Amendment.objects.filter(agreement__in=Agreement.objects.visible_to(request.user)), pk=pk
    )
    agreement, side = own(request, amendment.agreement_id)
    amendment.agreement = agreement
    return amendment, agreement, side


def _answered(request, amendment, agreement, move):
    if request.method == "POST" or amendment.status in move.sources:
        return None
    messages.info(request, f"Addendum {amendment.number} sudah “{amendment.get_status_display()}”.")
    return redirect(page_of(agreement))
