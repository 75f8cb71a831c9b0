"""The owner's side of the field visit: the day, and the minutes."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from programs.forms import ReasonForm
from programs.kept_input import fill, take
from programs.once import once
from programs.transitions import TransitionNotAllowed
from subsidies.enums import VisitStatus
from subsidies.views.reach import own_application
from subsidies.workflow import visit as workflow


@require_POST
@once
def visit_agree(request, pk):
    """The owner will be there."""
    application = own_application(request, pk)
    try:
        workflow.agree_to_schedule(_visit_of(application), by=request.user)
    except TransitionNotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Terima kasih. Petugas tahu bahwa Anda akan ada di tempat.")
    return redirect("subsidies:application_detail", application.pk)


@require_http_methods(["GET", "POST"])
@once
def visit_other_day(request, pk):
    """The owner cannot be there, and says why."""
    application = own_application(request, pk)
    visit = _visit_of(application)
    if request.method == "GET" and visit.status != VisitStatus.SCHEDULED:
        return redirect("subsidies:application_detail", application.pk)
    kept = take(request)
    form = ReasonForm(
        request.POST or None,
        label="Mengapa tidak dapat, dan hari apa yang Anda usulkan?",
        hint="Contoh: pabrik libur sampai 30 September; kami siap 1 atau 2 Oktober pagi.",
        missing="Tulis alasannya dan hari yang Anda usulkan.",
    )
    if request.method == "POST" and form.is_valid():
        try:
            workflow.ask_other_day(
                visit,
                by=request.user,
                reason=form.cleaned_data["reason"],
                today=timezone.localdate(),
            )
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, "Permintaan Anda sudah sampai. Petugas akan menyampaikan jadwal baru."
            )
            return redirect("subsidies:application_detail", application.pk)
    return render(
        request,
        "subsidies/visit_other_day.html",
        {"application": application, "visit": visit, "form": fill(form, kept)},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@once
def visit_minutes(request, pk):
    """Read the minutes; confirm them, or object and say what is wrong."""
    application = own_application(request, pk)
    visit = _visit_of(application)
    if request.method == "GET" and visit.status != VisitStatus.CONDUCTED:
        return redirect("subsidies:application_detail", application.pk)
    kept = take(request)
    is_objection = "keberatan" in request.POST
    form = ReasonForm(
        request.POST if is_objection else None,
        label="Apa yang keliru?",
        hint="Contoh: mesin kedua tertulis tidak menyala, padahal menyala saat diperiksa.",
        missing="Tulis apa yang keliru, agar petugas dapat memperbaikinya.",
    )
    refused = ""
    if request.method == "POST" and (not is_objection or form.is_valid()):
        try:
            if is_objection:
                workflow.dispute(
                    visit,
                    by=request.user,
                    reason=form.cleaned_data["reason"],
                    today=timezone.localdate(),
                )
                done = "Keberatan Anda sudah sampai. Petugas membuat berita acara baru."
            else:
                workflow.confirm(visit, by=request.user, today=timezone.localdate())
                done = "Berita acara disetujui. Tim teknis melanjutkan dengan penilaian."
        except TransitionNotAllowed as refusal:
            refused = str(refusal)
        else:
            messages.success(request, done)
            return redirect("subsidies:application_detail", application.pk)
    answers = visit.answers.select_related("machine").order_by(
        F("machine").asc(nulls_first=True), "pk"
    )
    return render(
        request,
        "subsidies/visit_minutes.html",
        {
            "application": application,
            "visit": visit,
            "minutes": visit.minutes,
            "answers": answers,
            "photos": visit.photos.select_related("document"),
            "form": fill(form, kept),
            "refused": refused,
        },
        status=422 if refused or form.errors else 200,
    )


def _visit_of(application):
    visit = getattr(application, "visit", None)
    if visit is None:
        raise Http404
    return visit
