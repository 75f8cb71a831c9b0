"""What the clock starts for link and match. Ids in, nothing out; safe to run twice."""

import logging

from celery import shared_task
from django.utils import timezone

from partnerships.enums import AgreementStatus
from partnerships.models import Agreement, Report
from partnerships.workflow import clock
from programs.transitions import TransitionNotAllowed

logger = logging.getLogger(__name__)


@shared_task
def advance_agreements():
    """Each night: end, renew and mark the agreements whose day has come."""
    today = timezone.localdate()
    for agreements, move in [
        (Agreement.objects.past_end(today=today), clock.end),
        (Agreement.objects.to_near_end(today=today, days=clock.NEAR_DAYS), clock.near_end),
        (Agreement.objects.to_extend(today=today, days=clock.NEAR_DAYS), clock.extend),
        (Agreement.objects.maybe_silent(today=today), clock.fall_asleep),
    ]:
        for agreement in agreements.with_names().iterator(chunk_size=500):
            try:
                move(agreement, today=today)
            except TransitionNotAllowed:
                logger.info("agreement %s stays where it is", agreement.pk)


@shared_task
def ask_for_reports():
    """Each night: open the report of the half-year that is over, once for each agreement."""
    running = Agreement.objects.filter(
        status__in=[AgreementStatus.ACTIVE, AgreementStatus.ENDING, AgreementStatus.DORMANT]
    )
    clock.ask_for_reports(running, today=timezone.localdate())


@shared_task
def remind_of_agreements():
    """Each morning: both sides of an end that comes near, and of reports that are due."""
    today = timezone.localdate()
    ending = Agreement.objects.ending_within(clock.NEAR_DAYS, today=today)
    for agreement in ending.with_names().iterator(chunk_size=500):
        clock.remind_of_the_end(agreement, today=today)
    waiting = Report.objects.waiting().select_related("agreement__school", "agreement__company")
    for report in waiting.iterator(chunk_size=500):
        clock.remind_of_report(report, today=today)
