"""Tables of schools, companies and agreements of the published size, made by rule.

2,612 SMK, 885 companies and 4,997 agreements (``domain.md`` §0). All names are invented and say so;
the same numbers always give the same tables. Whoever wants other sizes says so.
"""

import csv
import io
from datetime import date, timedelta

from partnerships import agreement_import, company_import, school_import
from partnerships.agreement_cells import SCOPE_WORDS
from partnerships.company_import import CompanyImport
from partnerships.models.phase import ROMAN
from partnerships.school_import import SchoolImport

SCHOOLS, COMPANIES, AGREEMENTS = 2612, 885, 4997
# Two or three competences of 2018 that are often taught together.
BUNDLES = [
    ["1.4.1", "1.4.2"],
    ["1.11.1", "1.11.2", "1.4.1"],
    ["1.3.3", "1.13.2"],
    ["1.10.2", "1.10.3"],
    ["8.4.1", "1.9.3"],
    ["5.4.1", "1.10.1"],
    ["3.1.1", "3.1.2"],
    ["9.2.5", "1.4.4"],
]
# A KBLI class and the bundle from whose schools such a company takes people.
SECTORS = ["25920", "29101", "27112", "20115", "14111", "10130", "26210", "31001"]
FIRST_SIGNATURE = date(2017, 2, 28)
DAYS_OF_SIGNING = 1340  # until October 2020
TERM_YEARS = [1, 2, 3, 3, 3, 5]


def record_tables(*, schools, companies, agreements, by, today):
    """Take the three tables in as the pages and commands do; rows that were refused are a bug."""
    reports = [
        SchoolImport().record(_csv(schools), by=by),
        CompanyImport().record(_csv(companies), by=by),
        agreement_import.record(_csv(agreements), by=by, today=today),
    ]
    refused = [sentence for one in reports for row in one.refused for sentence in row.sentences()]
    if refused:
        raise ValueError(f"The demo's own tables are refused: {refused[:3]}")


def _csv(rows):
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return io.BytesIO(target.getvalue().encode())


def school_rows(regions, *, count=SCHOOLS):
    """The table of schools, the heading first; ``regions`` are codes of kabupaten and kota."""
    yield school_import.COLUMNS
    for n in range(count):
        yield [
            npsn_of(n),
            f"SMK {'Negeri' if n % 3 else 'Swasta'} {n + 1} (contoh)",
            "negeri" if n % 3 else "swasta",
            "ABAC"[n % 4],
            regions[(n * 7) % len(regions)],
            f"Jalan Pendidikan Nomor {n % 200 + 1} (contoh)",
            300 + (n * 37) % 1200,
            "; ".join(BUNDLES[n % len(BUNDLES)]),
        ]


def company_rows(regions, *, count=COMPANIES):
    yield company_import.COLUMNS
    for n in range(count):
        yield [
            nib_of(n),
            f"PT Industri {n + 1} (contoh)",
            "",
            SECTORS[n % len(SECTORS)],
            regions[(n * 11) % len(regions)],
            f"Kawasan Industri Blok {n % 90 + 1} (contoh)",
            20 + (n * 53) % 3000,
        ]


def agreement_rows(*, count=AGREEMENTS, schools=SCHOOLS, companies=COMPANIES):
    """Every school and every company has an agreement; no pair has two."""
    yield agreement_import.COLUMNS
    words = list(SCOPE_WORDS)
    for n in range(count):
        school, company = pair_of(n, schools, companies)
        signed = FIRST_SIGNATURE + timedelta(days=(n * 17) % DAYS_OF_SIGNING)
        starts = signed + timedelta(days=n % 30)
        ends = starts.replace(year=starts.year + TERM_YEARS[n % 6], day=1)
        yield [
            f"PKS-{n + 1:04d}/LM/{signed.year}",
            npsn_of(school),
            nib_of(company),
            "; ".join(BUNDLES[school % len(BUNDLES)][: 1 + n % 2]),
            ROMAN[(n * 10) // count],
            signed.isoformat(),
            f"{starts:%d/%m/%Y}",
            ends.isoformat(),
            "; ".join(words[(n + step) % len(words)] for step in range(1 + n % 4)),
        ]


def pair_of(n, schools, companies):
    """The school and the company of agreement ``n``: a new company each time a school returns."""
    return n % schools, (n + n // schools * 8) % companies


def npsn_of(n):
    return f"{69000000 + n}"


def nib_of(n):
    return f"{9120000000000 + n * 7919:013d}"
