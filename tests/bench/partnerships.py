"""The figures page and the list of agreements at 100,000 agreements."""

import time

from django.db import connection
from django.test import Client
from django.urls import reverse

from partnerships.admin.figures import TABS
from partnerships.models import Agreement, LaunchPhase
from partnerships.workflow import figures
from programs import roles
from tests.bench import stopwatch
from tests.bench.matching import AGREEMENTS_MADE, fill
from tests.factories.programs import officer
from tests.people import sign_in

LIST, DASHBOARD = "≤ 15 queries, ≤ 50 ms", "≤ 10 queries, ≤ 30 ms"
# They end over the next three years, were signed over nine, and belong to the ten launches.
SPREAD = """
    UPDATE partnerships_agreement
       SET ends_on = current_date + (id %% 1000)::int,
           signed_on = current_date - (id * 7 %% 3285)::int,
           phase_id = phases.ids[1 + id %% cardinality(phases.ids)]
      FROM (SELECT array_agg(id ORDER BY number) AS ids FROM partnerships_launchphase) phases
     WHERE source = %s
"""


def measure():
    if Agreement.objects.count() < AGREEMENTS_MADE:
        fill()
    LaunchPhase.objects.bulk_create(
        [LaunchPhase(number=number, area=f"Wilayah {number}") for number in range(1, 11)],
        ignore_conflicts=True,
    )
    with connection.cursor() as cursor:
        # Without the triggers, which would copy each term to its competences: nothing reads that.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(SPREAD, ["IMPORT"])
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE partnerships_agreement")
    start = time.perf_counter()
    groups = figures.rebuild()
    taken = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE partnerships_figure")
    yield f"all figures made anew, {groups:,} groups", f"{taken:.1f} s", "–"
    desk = sign_in(Client(), officer(roles.BPSDMI_OFFICER))
    page = reverse("admin:partnerships_figures")
    listed = reverse("admin:partnerships_agreement_changelist")
    for words, client, address, bound in [
        *((f"figures: {label}", desk, f"{page}?tab={name}", DASHBOARD) for name, label in TABS),
        ("link and match, for all", Client(), reverse("partnerships:about"), DASHBOARD),
        ("desk: agreements", desk, listed, LIST),
        ("… sorted by number", desk, f"{listed}?o=2", LIST),
    ]:
        count, in_database, in_all, _ = stopwatch.page(client, address)
        yield (
            f"{words}: queries, database, whole page",
            f"{count}, {in_database:.0f} ms, {in_all:.0f} ms",
            bound,
        )
