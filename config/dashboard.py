"""*Beranda saya*: what is expected of a person, what is theirs, what is new. From all apps."""

import datetime

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships import my_tasks as partnerships
from programs import esmart_my_tasks as esmart
from programs import my_tasks as register
from programs import sales_my_tasks as sales
from programs.enums import PRIVACY_NOTICE_VERSION
from programs.models import Holiday, Notification
from programs.templatetags.bina import hari_kerja_lagi, tanggal_hari
from programs.working_days import working_days_between
from subsidies import my_tasks as subsidies
from training import diklat_my_tasks as diklat
from training import my_tasks as training

# Each gives tasks_for(user, today) and records_for(user).
APPS = [register, esmart, sales, subsidies, training, diklat, partnerships]
NEWS = 4


@require_safe
def beranda(request):
    today = timezone.localdate()
    tasks = [task for app in APPS for task in app.tasks_for(request.user, today)]
    records = [record for app in APPS for record in app.records_for(request.user)]
    tasks.sort(key=lambda task: task.due_on or datetime.date.max)
    return render(
        request,
        "beranda.html",
        {
            "today": today,
            "tasks": _with_deadlines(tasks, today),
            "records": records,
            "news": Notification.objects.filter(recipient=request.user)[:NEWS],
            "notice_is_new": request.user.notice_version != PRIVACY_NOTICE_VERSION,
        },
    )


def _with_deadlines(tasks, today):
    """Each task with its deadline in words and the colour of its urgency."""
    holidays = Holiday.objects.days() if any(task.due_on for task in tasks) else frozenset()
    return [(task, *_deadline(task.due_on, today, holidays)) for task in tasks]


def _deadline(due_on, today, holidays):
    if due_on is None:
        return "", ""
    left = working_days_between(today, due_on, holidays)
    words = f"Paling lambat {tanggal_hari(due_on)}, {hari_kerja_lagi(left).lower()}"
    return words, "danger" if left < 0 else "warn"
