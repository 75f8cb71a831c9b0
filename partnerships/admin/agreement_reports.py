"""What is done under an agreement: targets and what came of them, activities, reports."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.admin.agreement_desk import ONLY_WHO_STEERS, load, put_on, say, show
from partnerships.enums import SIGNED, UNITS, WITH_VALUE, ScopeKind
from partnerships.forms.desk_cooperation import ActivityForm, EvaluationForm, ReportForm
from partnerships.forms.desk_moves import WithdrawActivityForm
from partnerships.workflow import cooperation as workflow
from programs.kept_input import fill, take
from programs.transitions import TransitionNotAllowed

MOST_ACTIVITIES = 200


@require_safe
def cooperation(request, pk):
    """Targets against what was done, the activities with their evidence, and the reports."""
    found = load(request, pk, today=timezone.localdate())
    agreement = found.agreement
    activities = agreement.activities.select_related("evidence", "recorded_by")
    return show(
        request,
        found,
        "desk_agreement_cooperation",
        tab="cooperation",
        title="Kegiatan dan laporan",
        rows=list(_rows(agreement)),
        activities=activities[:MOST_ACTIVITIES],
        reports=[
            (report, _state_of(report, found.today))
            for report in agreement.reports.select_related("filed_by", "evaluated_by")
        ],
        may_record=found.may_steer and agreement.status in SIGNED,
    )


def _rows(agreement):
    """Target and realization of what was agreed, and of what came on top."""
    done = workflow.realized(agreement)
    for item in agreement.scope.all():
        quantity, value = done.pop(item.kind, (0, 0))
        yield {
            "kind": capfirst(item.get_kind_display()),
            "note": item.note,
            "target": item.target,
            "done": quantity,
            "percent": min(100, quantity * 100 // item.target) if item.target else None,
            "unit": item.unit,
            "value": value if item.kind in WITH_VALUE else None,
        }
    for kind, (quantity, value) in done.items():
        yield {
            "kind": capfirst(ScopeKind(kind).label),
            "note": "Di luar lingkup yang disepakati",
            "target": None,
            "done": quantity,
            "percent": None,
            "unit": UNITS[kind],
            "value": value if kind in WITH_VALUE else None,
        }


def _state_of(report, today):
    """(badge, picture, words) of a report."""
    if report.evaluated_at:
        return "ok", "check", f"Nilai {report.score} dari 5"
    if report.filed_at:
        return "warn", "eye", "Menunggu evaluasi"
    if report.due_on < today:
        return "danger", "alert", "Terlambat"
    return "info", "clock", "Belum diisi"


@require_http_methods(["GET", "HEAD", "POST"])
def record(request, pk):
    """Write down an activity for one of the sides or for the ministry."""
    today = timezone.localdate()
    found = load(request, pk, today=today, to_change=True)
    is_sent = request.method == "POST"
    form = ActivityForm(*((request.POST, request.FILES) if is_sent else ()))
    status = 200
    if is_sent:
        if form.is_valid() and _recorded(request, found, form, today):
            messages.success(request, "Kegiatan dicatat.")
            return redirect(found.address("cooperation"))
        status = 422
    return show(
        request,
        found,
        "desk_agreement_form",
        tab="cooperation",
        title="Catat kegiatan",
        status=status,
        form=form if is_sent else fill(form, take(request)),
        button="Catat kegiatan",
        lead="Yang dicatat dihitung sebagai realisasi lingkupnya, dan dibaca kedua pihak.",
        back=found.address("cooperation"),
    )


def _recorded(request, found, form, today):
    try:
        workflow.record_activity(
            found.agreement,
            by=request.user,
            side=form.cleaned_data["side"],
            values=form.values(),
            today=today,
            evidence=form.cleaned_data["evidence"] or None,
        )
    except (TransitionNotAllowed, ValidationError) as problem:
        put_on(form, problem)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, pk, activity_pk):
    """Take back an activity; what that does to the count is said first."""
    found = load(request, pk, today=timezone.localdate(), to_change=True)
    activity = get_object_or_404(found.agreement.activities, pk=activity_pk)
    is_sent = request.method == "POST"
    form = WithdrawActivityForm(request.POST if is_sent else None)
    status = 200
    if is_sent:
        status = 422
        if form.is_valid():
            try:
                workflow.withdraw_activity(
                    activity, by=request.user, reason=form.cleaned_data["reason"]
                )
            except TransitionNotAllowed as problem:
                say(request, problem)
                activity.refresh_from_db()
                status = 409
            else:
                messages.success(request, "Kegiatan dibatalkan dan tidak dihitung lagi.")
                return redirect(found.address("cooperation"))
    return show(
        request,
        found,
        "desk_agreement_form",
        tab="cooperation",
        title="Batalkan kegiatan",
        status=status,
        form=None if activity.withdrawn_at else form,
        button="Batalkan kegiatan ini",
        button_kind="danger",
        lead=f"{activity}, {activity.quantity} {activity.unit}. Kegiatannya tetap tersimpan dengan "
        f"alasannya; realisasi berkurang {activity.quantity} {activity.unit}.",
        back=found.address("cooperation"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk, report_pk):
    """Read a report; file it for a side while it is open, judge it once it is filed."""
    today = timezone.localdate()
    found = load(request, pk, today=today)
    is_sent = request.method == "POST"
    if is_sent and not found.may_steer:
        raise PermissionDenied(ONLY_WHO_STEERS)
    row = _report_of(found, report_pk)
    if not is_sent:
        form = _form_for(row) if found.may_steer else None
        return _show_report(request, found, row, fill(form, take(request)) if form else None)
    deed = request.POST.get("langkah", "")
    form_class = {"file": ReportForm, "evaluate": EvaluationForm}.get(deed)
    if form_class is None:
        messages.warning(request, "Pilih salah satu langkah.")
        return redirect(found.address("report", row.pk))
    form = form_class(request.POST)
    if not form.is_valid():
        return _show_report(request, found, row, form, status=422)
    act = workflow.file_report if deed == "file" else workflow.evaluate
    row.agreement = found.agreement
    try:
        act(row, by=request.user, **form.cleaned_data)
    except ValidationError as problem:
        put_on(form, problem)
        return _show_report(request, found, row, form, status=422)
    except TransitionNotAllowed as problem:
        say(request, problem)
        found = load(request, pk, today=today)
        row = _report_of(found, report_pk)
        return _show_report(request, found, row, _form_for(row), status=409)
    words = "Laporan diisi." if deed == "file" else "Evaluasi disimpan; kedua pihak membacanya."
    messages.success(request, words)
    return redirect(found.address("report", row.pk))


def _report_of(found, report_pk):
    rows = found.agreement.reports.select_related("filed_by", "evaluated_by")
    return get_object_or_404(rows, pk=report_pk)


def _form_for(row):
    if row.filed_at is None:
        return ReportForm()
    known = {"score": row.score, "evaluation": row.evaluation}
    return EvaluationForm(initial=known if row.evaluated_at else {})


def _show_report(request, found, row, form, *, status=200):
    return show(
        request,
        found,
        "desk_agreement_report",
        tab="cooperation",
        title=str(row),
        status=status,
        report=row,
        report_state=_state_of(row, found.today),
        filed_for=workflow.side_name(row.side).capitalize(),
        rows=list(_rows(found.agreement)),
        form=form,
    )
