"""What sales make of the e-Smart enrolments of many IKM at once, as ``stages`` does it for one.

An import of a hundred thousand rows touches ten thousand IKM; one by one they would take minutes.
"""

from django.db import connection, transaction

from programs import arrows
from programs.esmart_enums import ENDED, SILENT_MONTHS, EnrolmentStatus
from programs.models import Enrolment, EnrolmentHistoryEntry
from programs.months import month_after
from programs.workflow.esmart_figures import refresh_soon
from programs.workflow.stages import SILENCE

FACTS = """
    UPDATE programs_enrolment e
       SET first_sale = sold.first, last_sale = sold.last
      FROM (SELECT s.organization_id, min(r.month) AS first, max(r.month) AS last
              FROM programs_salesreport r JOIN programs_shop s ON s.id = r.shop_id
             WHERE r.turnover > 0 AND s.organization_id = ANY(%s)
             GROUP BY s.organization_id) AS sold
     WHERE e.organization_id = sold.organization_id AND e.status != ALL(%s)
       AND (e.first_sale, e.last_sale) IS DISTINCT FROM (sold.first, sold.last)
"""


@transaction.atomic
def follow_sales(organization_ids, *, today):
    """Move the enrolments of these IKM to where their sales say they stand."""
    ids = sorted(organization_ids)
    concerned = Enrolment.objects.filter(organization__in=ids).exclude(status__in=ENDED)
    # Always in the same order, so that two who follow at once never wait for each other.
    list(concerned.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [ids, [str(status) for status in ENDED]])
    silent_since = month_after(today, -SILENT_MONTHS)
    sold = concerned.filter(last_sale__isnull=False)
    recent = sold.filter(last_sale__gte=silent_since)
    _move(arrows.SELL, sold.filter(status=EnrolmentStatus.ONBOARD))
    _move(arrows.SELL, recent.filter(status=EnrolmentStatus.INACTIVE))
    old = sold.filter(status=EnrolmentStatus.SELLING, last_sale__lt=silent_since)
    _move(arrows.FALL_SILENT, old, reason=SILENCE)
    refresh_soon()


def _move(move, enrolments, reason=""):
    standing = list(enrolments.order_by("pk").values_list("pk", "status"))
    if not standing:
        return
    Enrolment.objects.filter(pk__in=[pk for pk, _ in standing]).update(status=move.target)
    EnrolmentHistoryEntry.objects.bulk_create(
        [
            EnrolmentHistoryEntry(
                enrolment_id=pk,
                action=move.action,
                from_status=status,
                to_status=move.target,
                reason=reason,
            )
            for pk, status in standing
        ],
        batch_size=5000,
    )
