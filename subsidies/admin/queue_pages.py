"""The queue as a page, handing out its work, and the list as a file."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from programs.desk import desk
from programs.spreadsheets import stream_csv
from programs.transitions import TransitionNotAllowed
from subsidies import permissions
from subsidies.admin.queue import ORDERS, Queue
from subsidies.listing import MOST_ROWS_IN_EXCEL, excel, lines
from subsidies.models import Application
from subsidies.stages import stages_for
from subsidies.workflow import review


@require_safe
def queue(request):
    asked = Queue(request.user, request.GET, today=timezone.localdate())
    rows = asked.page()
    count, is_more = asked.count()
    may_assign = permissions.can_assign(request.user, None)
    return TemplateResponse(
        request,
        "subsidies/desk_queue.html",
        desk(
            request,
            admin.site,
            title="Antrean permohonan",
            queue=asked,
            rows=rows,
            count=count,
            is_more=is_more,
            order_words=ORDERS[asked.order][1],
            orders=[(name, words) for name, (_, words) in ORDERS.items()],
            chips=list(asked.chips()),
            may_assign=may_assign,
            may_decree=permissions.can_issue_decree(request.user, None),
            may_take=bool(stages_for(request.user)),
            officers=asked.officers if may_assign else [],
        ),
    )


@require_POST
def assign(request):
    """Give the chosen applications to one officer, each by ``workflow``; say what was refused."""
    back = reverse("admin:subsidies_application_changelist")
    asked = QueryDict(request.POST.get("kembali", "").removeprefix("?"))
    back = f"{back}?{asked.urlencode()}" if asked else back
    keys = [key for key in request.POST.getlist("permohonan") if key.isdecimal()]
    if not keys:
        messages.warning(request, "Pilih dahulu permohonan yang akan ditugaskan.")
        return redirect(back)
    officer = _officer(request)
    if officer is None:
        messages.warning(request, "Pilih petugas yang akan menerima permohonan ini.")
        return redirect(back)
    chosen = Application.objects.on_the_desk_of(request.user).with_stage().filter(pk__in=keys)
    done = 0
    for application in chosen.select_related("organization", "scheme", "visit"):
        try:
            review.assign(application, to=officer, by=request.user)
        except TransitionNotAllowed as problem:
            messages.error(request, f"{application}: {problem}")
        else:
            done += 1
    if done:
        messages.success(request, f"{done} permohonan ditugaskan kepada {officer}.")
    return redirect(back)


def _officer(request):
    """Whom the work goes to. Who may not hand it out may still take it."""
    value = request.POST.get("petugas", "")
    if value == str(request.user.pk) and stages_for(request.user):
        return request.user
    if not permissions.can_assign(request.user, None):
        raise PermissionDenied
    officers = Queue(request.user, QueryDict(), today=timezone.localdate()).officers
    return next((officer for officer in officers if str(officer.pk) == value), None)


@require_safe
def export(request):
    """The list as it is filtered, row by row, so that a million rows fill no memory."""
    today = timezone.localdate()
    asked = Queue(request.user, request.GET, today=today)
    rows = asked.rows().in_stages(asked.chosen_stages)
    name = f"permohonan-{today:%Y-%m-%d}"
    if request.GET.get("bentuk") == "xlsx":
        if rows.order_by()[: MOST_ROWS_IN_EXCEL + 1].count() <= MOST_ROWS_IN_EXCEL:
            return FileResponse(excel(rows), as_attachment=True, filename=f"{name}.xlsx")
        messages.warning(
            request,
            f"Lebih dari {MOST_ROWS_IN_EXCEL} baris tidak muat dalam satu berkas Excel. Persempit "
            "dengan saringan, atau unduh sebagai CSV.",
        )
        return redirect(
            reverse("admin:subsidies_application_changelist") + asked.address(bentuk=None)
        )
    response = StreamingHttpResponse(
        stream_csv(lines(rows), delimiter=";"),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
