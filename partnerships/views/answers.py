"""What a side answers to a proposal or an agreement: yes, no, back, over, once more."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from partnerships import arrows
from partnerships.enums import LIVE, Source
from partnerships.forms.answers import RenewForm, TerminateForm
from partnerships.news import page_of
from partnerships.permissions import proposer_of
from partnerships.views.asking import ask, not_now
from partnerships.views.reach import own
from partnerships.views.records import record_page
from partnerships.workflow import agreement as workflow
from programs.asking import typed
from programs.forms import ReasonForm
from programs.once import once
from programs.transitions import TransitionNotAllowed

WITH_A_FORM = ["GET", "HEAD", "POST"]


@require_POST
@once
def agreement_confirm(request, pk):
    """Say yes to a proposal, with one press on the record."""
    agreement, side = own(request, pk)
    try:
        workflow.confirm(agreement, by=request.user, side=side)
    except TransitionNotAllowed as refusal:
        fresh, side = own(request, pk)
        return record_page(request, fresh, side, refused=str(refusal), status=409)
    messages.success(request, "Usulan kerja sama disetujui. Pihak lain sudah diberi tahu.")
    return redirect(page_of(agreement))


@require_http_methods(WITH_A_FORM)
@once
def agreement_decline(request, pk):
    """Refuse for good, with the reason that both sides read."""
    agreement, _side = own(request, pk)
    if back := not_now(request, agreement, arrows.DECLINE):
        return back
    form = ReasonForm(
        typed(request),
        label="Mengapa tidak?",
        hint="Pihak lain membaca alasan ini. Contoh: kuota PKL kami tahun ini sudah penuh.",
        missing="Tulis alasannya; pihak lain perlu mengetahuinya.",
    )
    return ask(
        request,
        form,
        lambda values: workflow.decline(agreement, by=request.user, reason=values["reason"]),
        agreement=agreement,
        done="Penolakan sudah dicatat dan disampaikan kepada pihak lain.",
        heading="Tolak usulan kerja sama ini?",
        warning="Usulan ini lalu selesai dan tidak dapat dibuka kembali. Usulan lain tetap dapat "
        "diajukan kemudian.",
        button="Tolak usulan",
        is_danger=True,
        draft=f"pks-{agreement.pk}-tolak",
    )


@require_http_methods(WITH_A_FORM)
@once
def agreement_withdraw(request, pk):
    """Take back what one's own side proposed, before it is signed."""
    agreement, side = own(request, pk)
    if back := not_now(request, agreement, arrows.WITHDRAW):
        return back
    form = ReasonForm(
        typed(request),
        label="Mengapa ditarik?",
        hint="Pihak lain membaca alasan ini.",
        missing="Tulis alasannya; pihak lain perlu mengetahuinya.",
    )

    def do(values):
        if proposer_of(agreement) != side:
            raise TransitionNotAllowed("Hanya pihak yang mengusulkan yang dapat menarik usulannya.")
        workflow.withdraw(agreement, by=request.user, reason=values["reason"])

    return ask(
        request,
        form,
        do,
        agreement=agreement,
        done="Usulan sudah ditarik. Pihak lain sudah diberi tahu.",
        heading="Tarik usulan kerja sama ini?",
        warning="Usulan ini lalu selesai. Tautan tanda tangan yang sudah dikirim tidak berlaku "
        "lagi.",
        button="Tarik usulan",
        is_danger=True,
        draft=f"pks-{agreement.pk}-tarik",
    )


@require_http_methods(WITH_A_FORM)
@once
def agreement_renew(request, pk):
    """Propose the next agreement of the pair, for the same competences and things to do."""
    agreement, side = own(request, pk)
    if request.method != "POST":
        if agreement.status not in LIVE:
            return not_now(request, agreement, arrows.RENEW)
        renewal = agreement.renewals.under_way().first()
        if renewal is not None:
            messages.info(request, "Perpanjangannya sudah diusulkan; ini usulannya.")
            return redirect(page_of(renewal))
    made = []

    def do(values):
        made.append(workflow.renew(agreement, by=request.user, source=Source(side)))

    answer = ask(
        request,
        RenewForm(typed(request)),
        do,
        agreement=agreement,
        done="Perpanjangan diusulkan. Pihak lain diberi tahu dan diminta menyetujui.",
        heading="Usulkan perpanjangan",
        lead="Perjanjian baru dimulai sehari sesudah perjanjian ini berakhir, dengan kompetensi, "
        "lingkup, target, dan lama yang sama. Isinya masih dapat diubah pada naskah.",
        button="Usulkan perpanjangan",
    )
    return redirect(page_of(made[0])) if made else answer


@require_http_methods(WITH_A_FORM)
@once
def agreement_terminate(request, pk):
    """End a live agreement before its time, with the day and the reason."""
    agreement, _ = own(request, pk)
    if back := not_now(request, agreement, arrows.TERMINATE):
        return back
    today = timezone.localdate()
    form = TerminateForm(typed(request), initial={"on": today})
    return ask(
        request,
        form,
        lambda values: workflow.terminate(
            agreement, by=request.user, reason=values["reason"], on=values["on"], today=today
        ),
        agreement=agreement,
        done="Perjanjian dihentikan. Pihak lain dan petugas sudah diberi tahu.",
        heading="Hentikan perjanjian ini?",
        warning="Penghentian tidak dapat dibatalkan. Untuk mengubah kompetensi, target, atau masa "
        "berlaku, usulkan addendum.",
        button="Hentikan perjanjian",
        is_danger=True,
        draft=f"pks-{agreement.pk}-henti",
    )
