"""The stored live figures: made from the rows of every app, from nothing, and here alone.

Each indicator is counted in a transaction of its own. Until its end everybody reads the old figure
with its time, and a run that is interrupted leaves it as it was.
"""

from celery import shared_task
from django.core.cache import cache
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from programs.measures import offered
from programs.models import Indicator, LiveFigure
from programs.queue import ring, silence

# Many changes cause one run, at most so much later.
SECONDS_UNTIL_RUN = 20
# A mark that no run came for is forgotten: the night counts everything.
DAY = 24 * 60 * 60
AT_ONCE = 2000


def refresh_soon(app):
    """Let the figures that ``app`` offers be made again after this change."""

    def after_commit():
        cache.set(_mark(app), 1, timeout=DAY)

    transaction.on_commit(after_commit, robust=True)
    ring(refresh_live_figures, within=SECONDS_UNTIL_RUN)


@shared_task
def refresh_live_figures():
    """Count what the apps that changed something offer."""
    silence(refresh_live_figures)
    for app in sorted({measure.app for measure in offered()}):
        if cache.delete(_mark(app)):
            recount(app)


@shared_task
def recount_everything():
    """Each night, because time alone changes some figures and a bell can be lost."""
    recount()


def recount(app=None):
    """Make the figures of all measures anew, or of those of one app; {indicator: its rows}.

    What has no indicator on the register is passed over: reference data come later than the code.
    """
    return {measure.indicator: _recount(measure) for measure in offered(app)}


@transaction.atomic
def _recount(measure):
    # Whoever counts the same indicator waits here; readers and its targets are not hindered.
    indicator = (
        Indicator.objects.select_for_update(no_key=True).filter(slug=measure.indicator).first()
    )
    if indicator is None:
        return 0
    now = timezone.now()
    figures = [
        LiveFigure(indicator=indicator, month=month, region_id=province, value=value)
        for (month, province), value in _sums(measure).items()
    ]
    indicator.live_figures.all().delete()
    LiveFigure.objects.bulk_create(figures, batch_size=AT_ONCE)
    indicator.counted_at = now
    indicator.save(update_fields=["counted_at"])
    return len(figures)


def _sums(measure):
    """{(month, province): value}, the whole country under None."""
    groups = (
        measure.rows()
        .order_by()
        .annotate(counted_month=TruncMonth("counted_on"))
        .values_list("counted_month", "counted_province")
        .annotate(value=Sum("counted_amount"))
    )
    found = {}
    for month, province, value in groups.iterator():
        for place in {None, province}:
            found[month, place] = found.get((month, place), 0) + value
    return found


def _mark(app):
    return f"live-figures.{app}"
