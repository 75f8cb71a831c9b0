"""A million rows of open data as CSV: rows a second, and what the process holds at most meanwhile.

And what a page of them costs, the first as the last, and the answer that nothing changed.
"""

import time
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.test import Client

from partnerships.models import Agreement
from partnerships.workflow import figures
from programs import open_data
from tests.bench import matching, stopwatch
from tests.factories.esmart import CampaignFactory

ROWS = 1_000_000
CAMPAIGN_COUNTS = """
    INSERT INTO programs_campaigncount (campaign_id, month, region_id, participants, computed_at)
    SELECT %s, date '2000-01-01' + day, code, day, now()
      FROM generate_series(1, 2000) AS day, programs_region
     WHERE province_id IS NOT NULL
     LIMIT %s
"""
# The agreements of the matching, under further numbers, until there are enough.
AGREEMENTS = """
    INSERT INTO partnerships_agreement (school_id, company_id, number, school_number,
        company_number, purpose, clauses, school_signatory, school_position, school_nip,
        school_email, company_signatory, company_position, company_email, witness_name,
        witness_office, signed_place, meterai, meterai_number, status, source, proposed_at,
        text_version, starts_on, ends_on, signed_on)
    SELECT school_id, company_id, number || '/' || copy, '', '', '', '', '', '', '', '', '', '',
           '', '', '', '', '', '', status, source, proposed_at, 0, starts_on, ends_on, signed_on
      FROM partnerships_agreement, generate_series(1, 12) copy
     WHERE status IN ('ACTIVE', 'ENDING', 'DORMANT', 'ENDED')
     LIMIT %s
"""
COMPETENCES = """
    INSERT INTO partnerships_agreementcompetence (agreement_id, competence_id)
    SELECT id, (SELECT min(id) FROM partnerships_competence) + id % 100
      FROM partnerships_agreement
    ON CONFLICT DO NOTHING
"""


def measure():
    _fill()
    for name in ("kampanye", "pks"):
        dataset = open_data.offered()[name]
        yield from _streamed(dataset)
        yield from _paged(dataset)


def _fill():
    if Agreement.objects.count() < matching.AGREEMENTS_MADE:
        matching.fill()
    with connection.cursor() as cursor:
        cursor.execute(CAMPAIGN_COUNTS, [CampaignFactory().pk, ROWS])
        # Without the triggers, which would copy each term to its competences: nothing reads that.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(AGREEMENTS, [ROWS - Agreement.objects.signed().count()])
        cursor.execute(COMPETENCES)
        cursor.execute("RESET session_replication_role")
        cursor.execute(
            "VACUUM ANALYZE partnerships_agreement, partnerships_agreementcompetence,"
            " programs_campaigncount"
        )
    figures.rebuild()


def _streamed(dataset):
    before = _resident("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    start = time.perf_counter()
    lines = size = 0
    answer = Client().get(f"/data/{dataset.slug}.csv")
    first = None
    for line in answer.streaming_content:
        first = first or time.perf_counter() - start
        lines += 1
        size += len(line)
    seconds = time.perf_counter() - start
    rows = lines - 2  # the mark of the encoding and the heading
    yield (
        f"{dataset.slug}.csv: {rows:,} rows, {size / 1024**2:.0f} MB",
        f"{rows / seconds:,.0f} rows/s",
        "–",
    )
    yield "… seconds until the first line, until the last", f"{first:.2f}, {seconds:.0f}", "–"
    yield (
        "… memory that the process took for it",
        f"{_resident('VmHWM') - before:.0f} MB",
        "≤ 50 MB",
    )


def _paged(dataset):
    client, url = Client(), f"/data/{dataset.slug}.json"
    last = _last_place(dataset)
    for words, address in [("first", url), ("last", f"{url}?halaman={last}")]:
        count, in_database, in_all, response = stopwatch.page(client, address)
        yield (
            f"{dataset.slug}.json, the {words} page: queries, database, all",
            f"{count}, {in_database:.0f} ms, {in_all:.0f} ms",
            "–",
        )
    cache.clear()
    start = time.perf_counter()
    with stopwatch.queries() as taken:
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
    yield (
        f"… nothing changed ({again.status_code}): queries, all",
        f"{len(taken)}, {(time.perf_counter() - start) * 1000:.0f} ms",
        "1 query",
    )


def _last_place(dataset):
    key = list(dataset.key)
    backwards = dataset.rows().order_by(*(f"-{name}" for name in key)).values_list(*key)
    return open_data.place_in_words(backwards[1000])


def _resident(what):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {what}")
