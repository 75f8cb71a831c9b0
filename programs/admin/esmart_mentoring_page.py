"""The page of one mentoring task: what is known of the IKM, the talks, and what comes next."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs import arrows
from programs.desk import desk
from programs.esmart_enums import MentoringStatus
from programs.forms import blame
from programs.mentoring_forms import AssignForm, CompleteForm, DropForm, NoteForm
from programs.mentoring_needs import effects_of, last_closed_month, turnover_by_month
from programs.models import MentoringTask
from programs.months import month_after
from programs.permissions import can_assign, can_mentor
from programs.rupiah import format_rupiah
from programs.templatetags.bina import bulan
from programs.transitions import TransitionNotAllowed
from programs.workflow import mentoring

MONTHS_SHOWN = 12
OPEN = (MentoringStatus.WAITING, MentoringStatus.ASSIGNED)


class Deed(NamedTuple):
    """A button of the page: one function of the workflow, with the form that it asks for."""

    title: str
    form: type
    button: str
    sources: tuple
    run: Callable
    said: str
    divides: bool = False


DEEDS = {
    "catat": Deed(
        "Catat pembicaraan",
        NoteForm,
        "Simpan catatan",
        OPEN,
        lambda task, by, today, **told: mentoring.add_note(task, by=by, **told),
        "Catatan disimpan.",
    ),
    "selesai": Deed(
        "Selesaikan",
        CompleteForm,
        "Selesaikan pendampingan",
        arrows.COMPLETE.sources,
        mentoring.complete,
        "Pendampingan selesai.",
    ),
    "berikan": Deed(
        "Berikan kepada pendamping",
        AssignForm,
        "Berikan",
        arrows.ASSIGN.sources,
        lambda task, by, today, **told: mentoring.assign(task, by=by, **told),
        "Pendamping dan pemilik sudah diberi tahu.",
        divides=True,
    ),
    "tutup": Deed(
        "Tutup tanpa pendampingan",
        DropForm,
        "Tutup",
        arrows.DROP.sources,
        mentoring.drop,
        "Pendampingan ditutup.",
    ),
}


@require_http_methods(["GET", "POST"])
def task_page(request, pk):
    """Look at a task, or do one of ``DEEDS``."""
    if not request.user.has_perm("programs.view_mentoringtask"):
        raise PermissionDenied
    tasks = MentoringTask.objects.visible_to(request.user).select_related(
        "enrolment__organization__region__province", "enrolment__organization__ikm", "mentor__user"
    )
    task = get_object_or_404(tasks, pk=pk)
    if request.method == "GET":
        return _show(request, task)
    key = request.POST.get("langkah", "")
    deed = DEEDS.get(key)
    if deed is None or not _may(request.user, task, deed):
        raise PermissionDenied
    form = deed.form(request.POST, prefix=key)
    if not form.is_valid():
        return _show(request, task, bound={key: form}, status=422)
    try:
        deed.run(task, by=request.user, today=timezone.localdate(), **form.cleaned_data)
    except TransitionNotAllowed as refusal:
        messages.warning(request, str(refusal))
        task = get_object_or_404(tasks, pk=pk)
        return _show(request, task, bound={key: form}, status=409)
    except ValidationError as problem:
        blame(form, problem)
        return _show(request, task, bound={key: form}, status=422)
    messages.success(request, deed.said)
    return redirect("admin:programs_mentoringtask_change", task.pk)


def _may(user, task, deed):
    return can_assign(user) if deed.divides else can_mentor(user, task)


def _show(request, task, *, bound=None, status=200):
    today = timezone.localdate()
    bound = bound or {}
    organization = task.enrolment.organization
    told = turnover_by_month(
        [organization.pk], since=month_after(last_closed_month(today), 1 - MONTHS_SHOWN)
    ).get(organization.pk, {})
    others = task.enrolment.mentoring.exclude(pk=task.pk).select_related("mentor__user")
    mine = MentoringTask.objects.open().filter(mentor__user=request.user).exclude(pk=task.pk)
    history = list(task.history.select_related("actor"))
    for entry in history:
        entry.words = MentoringStatus(entry.to_status).label
    context = desk(
        request,
        admin.site,
        title=f"Pendampingan {organization}",
        task=task,
        organization=organization,
        is_late=task.status in OPEN and task.due_on < today,
        people=organization.memberships.filter(state="APPROVED").select_related("user"),
        shops=organization.shops.select_related("marketplace"),
        bars=_bars(told),
        notes=task.notes.select_related("by"),
        history=history,
        others=others,
        effect=effects_of([task], today=today).get(task.pk),
        deeds=[
            (key, deed, bound.get(key) or deed.form(prefix=key))
            for key, deed in DEEDS.items()
            if task.status in deed.sources and _may(request.user, task, deed)
        ],
        has_error=next(iter(bound), ""),
        next_task=mine.order_by("due_on", "pk").select_related("enrolment__organization").first(),
        back=reverse("admin:programs_mentoringtask_changelist"),
    )
    return TemplateResponse(request, "programs/esmart/desk_mentoring.html", context, status=status)


def _bars(told):
    most = max(told.values(), default=0) or 1
    return [
        (bulan(month), amount, most, format_rupiah(amount))
        for month, amount in sorted(told.items())
    ]
