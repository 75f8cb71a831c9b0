"""What the clock starts for e-Smart: silence noticed, calls and help opened, mentors told."""

from celery import shared_task
from django.utils import timezone

from programs.enums import NotificationKind
from programs.esmart_enums import SILENT_MONTHS, EnrolmentStatus
from programs.models import Enrolment, Mentor
from programs.months import first_of, month_after
from programs.notifications import notify_many
from programs.workflow import mentoring
from programs.workflow.stages import follow_facts


@shared_task
def look_after_ikm():
    """Each night: mark who has gone silent, open and settle tasks, find mentors for them."""
    today = timezone.localdate()
    silent = Enrolment.objects.filter(
        status=EnrolmentStatus.SELLING, last_sale__lt=month_after(first_of(today), -SILENT_MONTHS)
    )
    for enrolment in silent.select_related("organization").order_by("pk"):
        follow_facts(enrolment.organization, today=today)
    mentoring.look_after_all(today=today)
    mentoring.assign_automatically()


@shared_task
def remind_mentors():
    """Each morning: one message to every mentor with tasks that are due."""
    today = timezone.localdate()
    due = [
        (mentor, mentor.tasks.open().filter(due_on__lte=today).count())
        for mentor in Mentor.objects.filter(is_active=True).select_related("user")
    ]
    notify_many(
        [
            (
                mentor.user,
                f"esmart.mentor-due.{mentor.pk}.{today:%Y%m%d}",
                f"{number} IKM menunggu kabar dari Anda",
                "Buka daftar pendampingan Anda, dari yang paling lama menunggu.",
                mentoring.own_list(),
            )
            for mentor, number in due
            if number
        ],
        kind=NotificationKind.REMINDER,
    )
