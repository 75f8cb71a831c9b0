"""The clock of a stage, in working days; it stops while the applicant owes a correction."""

from programs.models import Holiday
from programs.working_days import add_working_days, working_days_between


def enter_stage(application, stage, *, today):
    """Give ``application`` the deadline of ``stage`` and put it back into the common queue."""
    days = target_of(application.scheme, stage)
    application.due_on = (
        add_working_days(today, days, Holiday.objects.days()) if days is not None else None
    )
    application.assigned_to = None


def target_of(scheme, stage):
    """The working days that the scheme allows for ``stage``; None when it names none."""
    for target in scheme.stage_targets.all():
        if target.stage == stage:
            return target.working_days
    return None


def stop_clock(application, *, today):
    """Keep what is left of the ministry's time and start the applicant's (domain.md §A8)."""
    holidays = Holiday.objects.days()
    application.days_left = (
        working_days_between(today, application.due_on, holidays) if application.due_on else 0
    )
    application.due_on = add_working_days(today, application.scheme.correction_days, holidays)


def restart_clock(application, *, today):
    """Give the ministry what was left of its time, and one working day at the least."""
    days = max(application.days_left or 0, 1)
    application.due_on = add_working_days(today, days, Holiday.objects.days())
    application.days_left = None
