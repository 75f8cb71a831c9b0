"""Matching and the gap list among 14,000 schools, 10,000 companies and 100,000 agreements."""

import statistics
import time

from django.db import connection
from django.test import Client
from django.urls import reverse

from partnerships.gap_pages import TABS
from partnerships.matching import suggestions
from partnerships.matching_queries import COMPANIES, SCHOOLS, ranked
from programs import roles
from programs.models import Organization
from tests.bench import stopwatch
from tests.factories.programs import officer
from tests.people import sign_in

SCHOOLS_MADE, COMPANIES_MADE, AGREEMENTS_MADE = 14_000, 10_000, 100_000
COMPETENCES = 70  # in each of both curricula; number 1 is the most usual
REGION = "regions[1 + n * 7919 %% array_length(regions, 1)]"
FILL = [
    # Both curricula, and each competence of 2018 under its name of 2022.
    """
    INSERT INTO partnerships_competence (curriculum, code, name, field, years, is_active)
    SELECT curriculum, '9.' || n, 'Kompetensi Contoh ' || n, '', 3, true
      FROM generate_series(1, %(competences)s) n, (VALUES (2018), (2022)) c (curriculum)
    """,
    """
    INSERT INTO partnerships_competenceconversion (older_id, newer_id)
    SELECT a.id, b.id FROM partnerships_competence a JOIN partnerships_competence b
        ON a.code = b.code AND a.curriculum = 2018 AND b.curriculum = 2022
     WHERE a.code LIKE '9.%%'
    """,
    # Each of the 24 divisions of industry usually needs seven competences.
    """
    INSERT INTO partnerships_sectorcompetence (kbli_division, competence_id)
    SELECT division::text, c.id
      FROM generate_series(10, 33) division, generate_series(0, 6) k
      JOIN partnerships_competence c ON c.curriculum = 2018
     WHERE c.code = '9.' || (1 + (division * 5 + k * 11) %% %(competences)s)
    """,
    f"""
    WITH r AS (SELECT array_agg(code ORDER BY code) AS regions FROM programs_region
                WHERE province_id IS NOT NULL),
    made AS (
        INSERT INTO programs_organization (kind, name, nib, npwp, npsn, satker_code, address,
                                           region_id, email, phone, about, created_at)
        SELECT 'SCHOOL', 'SMK Contoh ' || n, '', '', 'B' || lpad(n::text, 7, '0'), '', '',
               {REGION}, '', '', '', now()
          FROM generate_series(1, %(schools)s) n, r
        RETURNING id
    )
    INSERT INTO partnerships_schoolprofile (organization_id, status, accreditation, pupils,
        head_name, head_nip, contact_name, contact_phone, contact_email, updated_at)
    SELECT id, 'PUBLIC', (ARRAY['A', 'B', 'C', ''])[1 + id %% 4], 100 + id %% 1500,
           '', '', '', '', '', now() FROM made
    """,  # noqa: S608 - our own words
    f"""
    WITH r AS (SELECT array_agg(code ORDER BY code) AS regions FROM programs_region
                WHERE province_id IS NOT NULL),
    made AS (
        INSERT INTO programs_organization (kind, name, nib, npwp, npsn, satker_code, address,
                                           region_id, email, phone, about, created_at)
        SELECT 'COMPANY', 'PT Contoh ' || n, lpad(n::text, 13, '8'), '', '', '', '',
               {REGION}, '', '', '', now()
          FROM generate_series(1, %(companies)s) n, r
        RETURNING id
    )
    INSERT INTO partnerships_companyprofile (organization_id, kbli_code, kbli_version, workers,
        signatory_name, signatory_position, contact_name, contact_phone, contact_email,
        wants_schools, updated_at)
    SELECT id, (10 + id %% 24) || '110', 2020, 20 + id %% 900, '', '', '', '', '', 5, now()
      FROM made
    """,  # noqa: S608 - as above
    # Four competences a school, of the older or of the newer list; the first ten at most schools.
    """
    INSERT INTO partnerships_schoolcompetence (school_id, competence_id, pupils)
    SELECT DISTINCT ON (s.id, c.id) s.id, c.id, 90
      FROM partnerships_schoolprofile s, generate_series(1, 4) k
      JOIN partnerships_competence c ON c.code LIKE '9.%%'
     WHERE c.code = '9.' || CASE WHEN k < 3 THEN 1 + (s.id * k * 13) %% 10
                                 ELSE 1 + (s.id * k * 31) %% %(competences)s END
       AND c.curriculum = CASE WHEN s.id %% 2 = 0 THEN 2018 ELSE 2022 END
    """,
    # Half of the companies told what they need.
    """
    INSERT INTO partnerships_companyneed (company_id, competence_id, places)
    SELECT DISTINCT ON (p.id, c.id) p.id, c.id, 10
      FROM partnerships_companyprofile p, generate_series(1, 3) k
      JOIN partnerships_competence c ON c.curriculum = 2022
     WHERE p.id %% 2 = 0
       AND c.code = '9.' || (1 + (p.id / 2 * k * 17) %% CASE k WHEN 1 THEN 10 ELSE 70 END)
    """,
    """
    WITH s AS (SELECT array_agg(organization_id) AS ids FROM partnerships_schoolprofile),
         c AS (SELECT array_agg(organization_id) AS ids FROM partnerships_companyprofile)
    INSERT INTO partnerships_agreement (school_id, company_id, number, school_number,
        company_number, purpose, clauses, school_signatory, school_position, school_nip,
        school_email, company_signatory, company_position, company_email, witness_name,
        witness_office, signed_place, meterai, meterai_number, status, source, proposed_at,
        text_version, starts_on, ends_on, signed_on)
    SELECT s.ids[1 + n * 11 %% %(schools)s], c.ids[1 + (n * 7 + n / 14000 * 977) %% 9001],
           'PKS-' || n, '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '',
           CASE n %% 10 WHEN 0 THEN 'PROPOSED' WHEN 1 THEN 'ENDING' WHEN 2 THEN 'ENDED'
                        WHEN 3 THEN 'ENDED' WHEN 4 THEN 'DORMANT' ELSE 'ACTIVE' END,
           'IMPORT', now() - n * interval '1 minute', 0, current_date - 300, current_date + 700,
           current_date - 301
      FROM generate_series(1, %(agreements)s) n, s, c
    """,
    """
    WITH taught AS (
        SELECT p.organization_id AS school_id, array_agg(t.competence_id) AS ids
          FROM partnerships_schoolcompetence t
          JOIN partnerships_schoolprofile p ON p.id = t.school_id
         GROUP BY p.organization_id
    )
    INSERT INTO partnerships_agreementcompetence (agreement_id, competence_id)
    SELECT a.id, ids[1 + a.id %% cardinality(ids)]
      FROM partnerships_agreement a JOIN taught USING (school_id)
    ON CONFLICT DO NOTHING
    """,
    "ANALYZE",
]


def fill():
    numbers = {
        "competences": COMPETENCES,
        "schools": SCHOOLS_MADE,
        "companies": COMPANIES_MADE,
        "agreements": AGREEMENTS_MADE,
    }
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, numbers)
        cursor.execute("VACUUM partnerships_agreement")


def measure():
    start = time.perf_counter()
    fill()
    yield (
        f"({SCHOOLS_MADE:,} schools, {COMPANIES_MADE:,} companies, {AGREEMENTS_MADE:,} agreements)",
        f"{time.perf_counter() - start:.0f} s",
        "–",
    )
    everybody = Organization.objects.select_related("region__province")
    for words, sql, kind in [
        ("companies for a school", COMPANIES, "SCHOOL"),
        ("schools for a company", SCHOOLS, "COMPANY"),
    ]:
        asked = list(everybody.filter(kind=kind).order_by("pk")[::701][:12])
        taken, found, counts, page = [], [], [], []
        for one in asked:
            suggestions(one)
            with stopwatch.queries() as seconds:
                rows = ranked(sql, one, limit=20, offset=0)
            taken.append(sum(seconds) * 1000)
            found.append(rows[0].total if rows else 0)
            with stopwatch.queries() as seconds:
                suggestions(one)
            counts.append(len(seconds))
            page.append(sum(seconds) * 1000)
        yield (
            f"{words}: {min(found)}–{max(found)} found",
            f"{statistics.median(taken):.0f} ms, worst {max(taken):.0f} ms",
            "≤ 100 ms in the database",
        )
        yield (
            f"… with names and reasons, {max(counts)} queries",
            f"worst {max(page):.0f} ms",
            "≤ 100 ms in the database",
        )
    client = sign_in(Client(), officer(roles.BPSDMI_OFFICER))
    pages = [
        ("search by name", reverse("admin:partnerships_suggestion_changelist") + "?q=Contoh+77")
    ]
    pages += [
        (f"gap list: {words}", f"{reverse('admin:partnerships_gaps')}?tampil={tab}")
        for tab, words in TABS.items()
    ]
    for words, address in pages:
        count, in_database, in_all, _ = stopwatch.page(client, address)
        yield (
            f"{words}: queries, database, whole page",
            f"{count}, {in_database:.0f} ms, {in_all:.0f} ms",
            "≤ 15 queries",
        )
