"""Which IKM of e-Smart are to be called or need help today, found in a constant number of queries.

*Trained, then left alone* is what such programs fail by (``domain.md`` §D): hence the calls 30, 90
and 180 days after the workshop, and the list of those whose figures say that something is wrong.
"""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Sum

from programs.esmart_enums import FOLLOW_UPS, REPORTING, EnrolmentStatus, MentoringKind
from programs.models import Enrolment, MentoringTask, SalesReport
from programs.months import first_of, month_after
from programs.rupiah import format_rupiah
from programs.templatetags.bina import bulan, tanggal

NO_SHOP_AFTER = timedelta(days=60)
UNTOLD_MONTHS = 2
FALLING_MONTHS = 3
# Reports of a month are due on the tenth of the next; before that nobody is silent.
DUE_DAY = 10
# A need that was dealt with is given this long to show an effect before it is asked about again.
REST = timedelta(days=60)
# A call that was missed by more than this, because the IKM came to us late, is not made up for.
STILL_WORTH_A_CALL = timedelta(days=45)


class Need(NamedTuple):
    """Why an IKM is to be called, and by when."""

    enrolment_id: int
    kind: MentoringKind
    due_on: object
    explanation: str
    turnover_before: int


def last_closed_month(today):
    """The latest month whose reports are due: until the tenth that is the month before the last."""
    return month_after(first_of(today), -1 if today.day > DUE_DAY else -2)


def needs(*, today):
    """Every need that the facts show on ``today``, whether a task is open for it or not."""
    enrolments = list(
        Enrolment.objects.filter(
            trained_on__isnull=False,
            status__in=[EnrolmentStatus.TRAINED, EnrolmentStatus.GRADUATED, *REPORTING],
        ).values("pk", "organization_id", "status", "trained_on", "onboard_on")
    )
    months = turnover_by_month(
        [one["organization_id"] for one in enrolments],
        since=month_after(last_closed_month(today), -2 * FALLING_MONTHS),
    )
    found = []
    for enrolment in enrolments:
        told = months.get(enrolment["organization_id"], {})
        before = mean_turnover(told, month_after(last_closed_month(today)))
        for kind, due_on, words in _needs_of(enrolment, told, today):
            found.append(Need(enrolment["pk"], kind, due_on, words, before))
    return found


def turnover_by_month(organization_ids, *, since):
    """{organization: {month: turnover of all its shops, rupiah}} of the months that were told."""
    rows = (
        SalesReport.objects.filter(shop__organization__in=organization_ids, month__gte=since)
        .values_list("shop__organization", "month")
        .annotate(turnover=Sum("turnover"))
        .order_by()
    )
    found = defaultdict(dict)
    for organization_id, month, turnover in rows:
        found[organization_id][month] = turnover
    return found


def mean_turnover(told, month):
    """The mean (whole rupiah) of the three months before ``month``; one untold counts as 0."""
    before = [month_after(month, -number) for number in (1, 2, 3)]
    return sum(told.get(one, 0) for one in before) // len(before)


def _needs_of(enrolment, told, today):
    yield from _calls(enrolment, today)
    if enrolment["status"] == EnrolmentStatus.TRAINED and enrolment["onboard_on"] is None:
        due_on = enrolment["trained_on"] + NO_SHOP_AFTER
        if due_on <= today:
            words = f"Lulus lokakarya {tanggal(enrolment['trained_on'])}, belum membuka toko."
            yield MentoringKind.NO_SHOP, today, words
    if enrolment["status"] in REPORTING:
        yield from _figures_that_worry(enrolment, told, today)


def _calls(enrolment, today):
    if enrolment["status"] == EnrolmentStatus.GRADUATED:
        return
    for kind, days in FOLLOW_UPS.items():
        due_on = enrolment["trained_on"] + timedelta(days=days)
        if due_on <= today <= due_on + STILL_WORTH_A_CALL:
            words = (
                f"Lulus lokakarya {tanggal(enrolment['trained_on'])}; dihubungi {days} hari "
                "sesudahnya."
            )
            yield kind, due_on, words


def _figures_that_worry(enrolment, told, today):
    last = last_closed_month(today)
    silent = [month_after(last, -number) for number in range(UNTOLD_MONTHS)]
    opened = first_of(enrolment["onboard_on"])
    if opened <= silent[-1] and not any(month in told for month in silent):
        words = f"Tidak ada laporan penjualan {bulan(silent[-1])} dan {bulan(silent[0])}."
        yield MentoringKind.SILENT, today, words
    window = [month_after(last, -number) for number in range(FALLING_MONTHS, -1, -1)]
    if all(month in told for month in window):
        amounts = [told[month] for month in window]
        if all(later < earlier for earlier, later in pairwise(amounts)):
            words = (
                f"Omzet turun tiga bulan berturut-turut: {format_rupiah(amounts[0])} pada "
                f"{bulan(window[0])}, {format_rupiah(amounts[-1])} pada {bulan(window[-1])}."
            )
            yield MentoringKind.FALLING, today, words


def to_open(found, *, today):
    """Those of the needs for which no task is open and that were not dealt with lately.

    A call is made once; other needs may come again after a rest of ``REST``.
    """
    known = MentoringTask.objects.filter(enrolment__in={need.enrolment_id for need in found})
    busy = set()
    for enrolment_id, kind, closed_on in known.values_list("enrolment", "kind", "closed_on"):
        if closed_on is None or kind in FOLLOW_UPS or closed_on + REST > today:
            busy.add((enrolment_id, kind))
    return [need for need in found if (need.enrolment_id, need.kind) not in busy]


def effects_of(tasks, *, today):
    """{task: mean monthly turnover (rupiah) of the three months after it was closed}.

    A task is missing until those months are over and their reports due. Beside ``turnover_before``
    it says what the help was followed by; that it was caused by it, nobody can say.
    """
    last = last_closed_month(today)
    after = {task.pk: month_after(first_of(task.closed_on)) for task in tasks if task.closed_on}
    seen = {
        task.pk: task.enrolment.organization_id
        for task in tasks
        if task.pk in after and month_after(after[task.pk], FALLING_MONTHS - 1) <= last
    }
    if not seen:
        return {}
    told = turnover_by_month(list(seen.values()), since=min(after[pk] for pk in seen))
    return {
        pk: mean_turnover(told.get(organization, {}), month_after(after[pk], FALLING_MONTHS))
        for pk, organization in seen.items()
    }
