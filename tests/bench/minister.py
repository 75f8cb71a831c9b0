"""The minister's page at national size: 110 months of all indicators in all 38 provinces."""

import time

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programs import roles
from programs.models import Indicator, LiveFigure
from tests.bench import stopwatch
from tests.factories.programs import officer
from tests.people import body_of, sign_in

DASHBOARD, DRILL_DOWN = "≤ 10 queries, ≤ 30 ms", "≤ 15 queries, ≤ 30 ms"
# The country gets what its provinces have together, as a recount would give it.
FILL = """
    WITH told AS (
        INSERT INTO programs_livefigure (indicator_id, month, region_id, value)
        SELECT i.id, m::date, r.code, 1 + (i.id * 7 + r.code::int + extract(month FROM m)::int) % 40
          FROM programs_indicator i, programs_region r,
               generate_series('2017-10-01'::timestamp, '2026-11-01', '1 month') m
         WHERE r.kind = 'PROVINCE'
     RETURNING indicator_id, month, value
    )
    INSERT INTO programs_livefigure (indicator_id, month, region_id, value)
    SELECT indicator_id, month, NULL, sum(value) FROM told GROUP BY indicator_id, month
"""


def fill():
    """Live figures of all indicators, whatever was counted before."""
    LiveFigure.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(FILL)
        cursor.execute("VACUUM ANALYZE programs_livefigure, programs_indicator")
    Indicator.objects.update(counted_at=timezone.now())


def measure():
    fill()
    yield "stored live figures", f"{LiveFigure.objects.count():,}", "–"
    desk = sign_in(Client(), officer(roles.IKMA_OFFICER))
    overview = reverse("minister:overview")
    for words, address, bound in [
        ("minister's page: the country", overview, DASHBOARD),
        (
            "minister's page: a province, a month",
            f"{overview}?bulan=2025-10&wilayah=32",
            DASHBOARD,
        ),
        ("an indicator of it", reverse("minister:indicator", args=["lm-smk"]), DRILL_DOWN),
    ]:
        count, in_database, in_all, _ = stopwatch.page(desk, address)
        yield (
            f"{words}: queries, database, whole page",
            f"{count}, {in_database:.0f} ms, {in_all:.0f} ms",
            bound,
        )
    for words, name in [("PDF", "pdf"), ("Excel", "xlsx")]:
        start = time.perf_counter()
        size = len(body_of(desk.get(reverse(f"minister:{name}"))))
        yield (
            f"the month of all programs as {words}",
            f"{time.perf_counter() - start:.1f} s, {size / 1024:.0f} kB",
            "–",
        )
