"""The officers' list at a million applications, filtered, searched and sorted."""

import statistics
import time

from django.db import connection
from django.test import Client
from django.urls import reverse

from programs import roles
from tests.bench import stopwatch
from tests.factories.programs import IkmFactory, officer
from tests.factories.subsidies import ApplicationFactory, SchemeFactory
from tests.people import sign_in

ROWS = 1_000_000
# The pace of the ministry: most files have ended, a few thousand are under way.
FILL = """
WITH made AS (
    INSERT INTO programs_organization
        (kind, name, nib, npwp, npsn, satker_code, address, region_id, email, phone, about,
         created_at)
    SELECT 'IKM', 'IKM Contoh ' || n, lpad(n::text, 13, '9'), '', '', '', '',
           regions[1 + n %% array_length(regions, 1)], '', '', '', now()
      FROM generate_series(1, %(rows)s) n,
           (SELECT array_agg(code) AS regions FROM programs_region WHERE province_id IS NOT NULL) r
    RETURNING id, region_id
), numbered AS (SELECT id, region_id, row_number() OVER () AS n FROM made)
INSERT INTO subsidies_application
    (organization_id, scheme_id, budget_line_id, legal_form, kbli_code, kbli_version, workers,
     investment, site_address, site_region_id, has_proxy, capacity, bank_name, account_number,
     account_index, account_holder, created_at, saved_at, status, due_on, submitted_at, scale,
     scale_rule, registration_number, registration_order, completeness_by_id, claimed,
     override_reason, rejection_code)
SELECT id, %(scheme)s, %(line)s, 'CV', '14111', 2020, 7, 1, '', region_id, false, '', '', '', '',
       '', now(), now(),
       CASE WHEN n %% 100 = 0 THEN 'REGISTERED' WHEN n %% 100 = 1 THEN 'SUBMITTED'
            ELSE 'REJECTED' END,
       CASE WHEN n %% 100 < 2 THEN current_date + (n %% 40)::int - 20 END,
       now() - (n %% 900) * interval '1 day', 'SMALL', 'Permenperin 64/2016',
       'RM-' || (2000 + n %% 20) || '-' || lpad(n::text, 7, '0'), n + 100000, %(officer)s,
       50000000 + n, '', CASE WHEN n %% 100 < 2 THEN '' ELSE 'R07' END
  FROM numbered
"""


def measure():
    scheme = SchemeFactory()
    checker = officer(roles.COMPLETENESS_CHECKER)
    ApplicationFactory(submitted=True, scheme=scheme, organization=IkmFactory())
    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            FILL,
            {
                "rows": ROWS,
                "scheme": scheme.pk,
                "line": scheme.budget_line_id,
                "officer": checker.pk,
            },
        )
        cursor.execute("VACUUM ANALYZE subsidies_application, programs_organization")
    yield f"({ROWS:,} applications made)", f"{time.perf_counter() - start:.0f} s", "–"
    client = sign_in(Client(), checker)
    queue = reverse("admin:subsidies_application_changelist")
    for words, query in [
        ("queue: my stages, by deadline", ""),
        (
            "queue: all, one stage, largest first",
            "?lingkup=semua&tahap=CONFORMITY&urut=nilai-besar",
        ),
        ("queue: all, overdue", "?lingkup=semua&tenggat=terlambat"),
        ("queue: ended ones, newest first", "?lingkup=semua&tahap=REJECTED&urut=terbaru"),
        ("queue: search by name", "?q=Contoh+77123"),
        ("queue: search by number", "?q=RM-2003-0000123"),
    ]:
        runs = [stopwatch.page(client, queue + query) for _ in range(5)]
        count, taken = runs[0][0], statistics.median(run[1] for run in runs)
        yield words, f"{count} queries, {taken:.0f} ms", "≤ 15 queries, ≤ 50 ms in the database"
