"""A trainee's own page: where they stand, what comes next, attendance, result, work."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from programs.kept_input import fill, take
from programs.once import once
from programs.transitions import TransitionNotAllowed
from training import diklat_permissions as permissions
from training.diklat_enums import AttendanceState, TraineeStage, TraineeStatus
from training.diklat_news import own_text
from training.diklat_stages import TRAINEE_STAGES, stage_of
from training.diklat_timeline import timeline
from training.forms.diklat import LeaveForm
from training.models import Trainee
from training.workflow import trainee as workflow

# The colours that the state card knows; the others are calm.
CARD_KINDS = {"ok", "warn", "danger"}
WITH_A_REASON = {
    TraineeStage.NOT_SELECTED,
    TraineeStage.DROPPED_OUT,
    TraineeStage.WITHDRAWN,
    TraineeStage.NOT_WORKING,
}
MAY_LEAVE = (TraineeStatus.REGISTERED, TraineeStatus.SELECTED)


@require_safe
def diklat_trainee(request, pk):
    trainee = _readable(request, pk)
    is_mine = permissions.is_own(request.user, trainee)
    if not is_mine and not permissions.has_sent(request.user, trainee):
        return redirect("admin:training_batch_person", trainee.batch_id, trainee.pk)
    batch = trainee.batch
    stage = stage_of(trainee)
    words = TRAINEE_STAGES[stage]
    history = list(trainee.history.all())
    attendance = list(trainee.attendance.order_by("day"))
    reason = batch.cancellation if stage == TraineeStage.CANCELLED else ""
    if stage in WITH_A_REASON and history:
        reason = history[-1].reason
    return render(
        request,
        "training/diklat_trainee.html",
        {
            "trainee": trainee,
            "batch": batch,
            "is_mine": is_mine,
            "stage": stage,
            "words": words,
            "kind": words.badge if words.badge in CARD_KINDS else "",
            "state_text": own_text(words.own, batch),
            "next_step": own_text(words.next_step, batch),
            "reason": reason,
            "timeline": timeline(trainee, history),
            "attendance": attendance,
            "attended": _attended(attendance),
            "results": trainee.results.filter(void_reason="").order_by("attempt"),
            "placement": trainee.placements.current().select_related("region__province").first(),
            "may_leave": trainee.status in MAY_LEAVE and stage != TraineeStage.CANCELLED,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def diklat_withdraw(request, pk):
    """Give the place back, after saying why."""
    trainee = _readable(request, pk)
    if not permissions.can_withdraw(request.user, trainee):
        raise PermissionDenied("Hanya peserta atau pengirimnya yang dapat mengundurkan diri.")
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            workflow.withdraw(trainee, by=request.user, reason=form.cleaned_data["reason"])
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Pengunduran diri sudah dicatat; tempatnya dilepas.")
            return redirect("training:diklat_trainee", trainee.pk)
    fill(form, take(request))
    return render(
        request,
        "training/diklat_withdraw.html",
        {
            "trainee": trainee,
            "batch": trainee.batch,
            "form": form,
            "is_mine": permissions.is_own(request.user, trainee),
            "may_leave": trainee.status in MAY_LEAVE,
        },
        status=422 if form.is_bound else 200,
    )


def _readable(request, pk):
    return get_object_or_404(
        Trainee.objects.visible_to(request.user).select_related(
            "batch__course__unit",
            "batch__region__province",
            "region__province",
            "sent_by",
            "wanted__company",
        ),
        pk=pk,
    )


def _attended(attendance):
    """(days present, days in the list, words for the others) of a trainee's daily list."""
    counted = Counter(row.state for row in attendance)
    others = [
        f"{counted[state]} hari {AttendanceState(state).label}"
        for state in AttendanceState
        if state != AttendanceState.PRESENT and counted[state]
    ]
    return counted[AttendanceState.PRESENT], len(attendance), ", ".join(others)
