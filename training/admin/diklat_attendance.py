"""The daily list: one day, all trainees, one form; on a telephone as well."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods

from programs.kept_input import fill_all, take
from programs.transitions import TransitionNotAllowed
from training.admin.diklat_desk import load, say, show
from training.diklat_days import days_between
from training.diklat_enums import FINISHED, AttendanceState, TraineeStatus
from training.forms.diklat_desk import PresenceForm
from training.models import DailyAttendance
from training.workflow import daily_attendance as workflow


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request, pk):
    is_sent = request.method == "POST"
    found = load(request, pk, today=timezone.localdate(), to_change=is_sent)
    batch = found.batch
    day = _day(request.GET.get("hari", ""), batch, found.today)
    written = {row.trainee_id: row for row in _of_the_day(batch, day)}
    people = [
        trainee
        for trainee in batch.trainees.select_related("region__province").order_by("name", "pk")
        if trainee.status in (TraineeStatus.TRAINING, *FINISHED) or trainee.pk in written
    ]
    rows = [_row(trainee, written.get(trainee.pk), request.POST if is_sent else None)
            for trainee in people]  # fmt: skip
    if is_sent and all([row.is_valid() for row in rows]):  # noqa: C419 - every row is judged
        states = {
            row.person.pk: (row.cleaned_data["state"], row.cleaned_data["note"]) for row in rows
        }
        try:
            workflow.record_attendance(
                batch, by=request.user, day=day, states=states, today=found.today
            )
        except TransitionNotAllowed as problem:
            say(request, problem)
        else:
            present = sum(state == AttendanceState.PRESENT for state, _ in states.values())
            messages.success(
                request, f"Presensi disimpan: {present} dari {len(states)} peserta hadir."
            )
            return redirect(f"{found.address('attendance')}?hari={day:%Y-%m-%d}")
    kept = take(request)
    return show(
        request,
        found,
        "desk_diklat_attendance",
        tab="attendance",
        title="Presensi harian",
        status=422 if is_sent else 200,
        day=day,
        days=_days(batch, found.today),
        rows=fill_all(rows, kept) if kept else rows,
        is_written=bool(written),
        may_write=found.may_manage
        and batch.status in workflow.KEEPING_LISTS
        and day <= found.today,
        states=dict(AttendanceState.choices),
    )


def _of_the_day(batch, day):
    return DailyAttendance.objects.filter(trainee__batch=batch, day=day)


def _row(trainee, written, data):
    initial = {"state": AttendanceState.PRESENT, "note": ""}
    if written:
        initial = {"state": written.state, "note": written.note}
    return PresenceForm(data, person=trainee, initial=initial)


def _day(asked, batch, today):
    """The day asked for, else today, within the training."""
    try:
        day = parse_date(asked) or today
    except ValueError:
        day = today
    return min(max(day, batch.starts_on), batch.ends_on)


def _days(batch, today):
    """(day, how many were there, how many are in its list) of each day that has come."""
    counted = {
        row["day"]: row
        for row in DailyAttendance.objects.filter(trainee__batch=batch)
        .order_by()
        .values("day")
        .annotate(present=Count("pk", filter=Q(state=AttendanceState.PRESENT)), listed=Count("pk"))
    }
    nothing = {"present": 0, "listed": 0}
    return [
        (day, counted.get(day, nothing)["present"], counted.get(day, nothing)["listed"])
        for day in days_between(batch.starts_on, min(batch.ends_on, max(today, batch.starts_on)))
    ]
