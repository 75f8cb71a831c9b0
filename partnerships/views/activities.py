"""Activities: written down with their evidence, taken back with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partnerships.enums import SIGNED
from partnerships.forms.activities import ActivityForm
from partnerships.models import Activity, Agreement
from partnerships.news import page_of
from partnerships.views.asking import ask
from partnerships.views.reach import own
from partnerships.workflow import cooperation as workflow
from programs.asking import sent_files, typed
from programs.forms import ReasonForm
from programs.once import once

WITH_A_FORM = ["GET", "HEAD", "POST"]
NOT_YOURS = "Hanya pihak yang mencatat kegiatan ini yang dapat membatalkannya."


@require_http_methods(WITH_A_FORM)
@once
def activity_record(request, pk):
    agreement, side = own(request, pk)
    if request.method != "POST" and agreement.status not in SIGNED:
        messages.info(request, "Kegiatan dicatat setelah perjanjian ditandatangani.")
        return redirect(page_of(agreement))
    form = ActivityForm(
        typed(request),
        sent_files(request),
        agreed=set(agreement.scope.values_list("kind", flat=True)),
    )

    def do(values):
        evidence = values.pop("evidence") or None
        workflow.record_activity(
            agreement,
            by=request.user,
            side=side,
            values=values,
            evidence=evidence,
            today=timezone.localdate(),
        )

    return ask(
        request,
        form,
        do,
        agreement=agreement,
        done="Kegiatan dicatat.",
        heading="Catat kegiatan",
        lead="Kegiatan yang dicatat menambah realisasi target, dan menjadi bahan laporan semester.",
        button="Simpan kegiatan",
        has_files=True,
        draft=f"pks-{agreement.pk}-kegiatan",
    )


@require_http_methods(WITH_A_FORM)
@once
def activity_withdraw(request, pk):
    """Take back what one's own side wrote down wrongly."""
    activity = get_object_or_404(
        Activity.objects.filter(agreement__in=Agreement.objects.visible_to(request.user)), pk=pk
    )
    agreement, side = own(request, activity.agreement_id)
    if activity.side != side:
        raise PermissionDenied(NOT_YOURS)
    if request.method != "POST" and activity.withdrawn_at:
        messages.info(request, "Kegiatan ini sudah dibatalkan.")
        return redirect(page_of(agreement))
    form = ReasonForm(
        typed(request),
        label="Mengapa dibatalkan?",
        hint="Contoh: jumlah siswanya keliru.",
        missing="Tulis alasan pembatalan kegiatan ini.",
        max_length=300,
    )
    return ask(
        request,
        form,
        lambda values: workflow.withdraw_activity(
            activity, by=request.user, reason=values["reason"]
        ),
        agreement=agreement,
        done="Kegiatan dibatalkan dan tidak dihitung lagi.",
        heading="Batalkan kegiatan ini?",
        warning=f"{activity.get_kind_display().capitalize()}: {activity.description.rstrip('.')}. "
        "Kegiatan tetap terbaca dalam catatan, tetapi tidak dihitung.",
        button="Batalkan kegiatan",
        is_danger=True,
    )
