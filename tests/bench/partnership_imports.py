"""Import of the published size: 2,612 schools, 885 companies, 4,997 agreements."""

import io
import resource
import time

from django.test import Client
from django.urls import reverse

from config.demo_data import link_and_match_files as files
from partnerships.imports import AGREEMENTS, COMPANIES, SCHOOLS
from partnerships.models import Agreement, Competence
from programs import roles
from programs.models import Region
from programs.spreadsheets import write_xlsx
from tests.bench import stopwatch
from tests.factories.programs import officer
from tests.people import sign_in

NATIONAL = 14_000


def measure():
    by = officer(roles.BPSDMI_OFFICER)
    regions = list(Region.objects.exclude(province=None).values_list("code", flat=True))
    for kind, rows in [
        (SCHOOLS, files.school_rows(regions)),
        (COMPANIES, files.company_rows(regions)),
        (AGREEMENTS, files.agreement_rows()),
    ]:
        file = io.BytesIO()
        write_xlsx(file, {"Data": rows})
        for words, act in [
            ("preview", kind.check),
            ("commit", lambda file, kind=kind: kind.record(file, by=by)),
            ("commit once more", lambda file, kind=kind: kind.record(file, by=by)),
        ]:
            seconds, queries, report = _timed(act, file)
            if report.refused:
                raise RuntimeError(next(report.refused[0].sentences()))
            yield (
                f"{kind.key}: {words} of {len(report.rows)} rows, writes {report.writes}",
                f"{seconds:.1f} s, {queries} queries",
                "≤ 10 s",
            )
    yield from _register(by, regions)
    yield "agreements in the database", f"{Agreement.objects.count()}", "4997"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield "peak memory of the process", f"{peak:.0f} MB", "–"


def _register(by, regions):
    """The list of schools with all SMK of the country in it."""
    file = io.BytesIO()
    write_xlsx(file, {"Data": files.school_rows(regions, count=NATIONAL)})
    SCHOOLS.record(file, by=by)
    desk = sign_in(Client(), by)
    schools = reverse("admin:partnerships_schoolprofile_changelist")
    machining = Competence.objects.get(curriculum=2018, code="1.4.1").pk
    for words, asked in [
        ("list", ""),
        ("by name", "?q=negeri+1300"),
        ("by NPSN", f"?q={files.npsn_of(9000)}"),
        ("of a province and a competence", f"?provinsi=33&kompetensi={machining}"),
    ]:
        count, in_database, in_all, _ = stopwatch.page(desk, schools + asked)
        yield (
            f"{NATIONAL} schools, {words}: queries, database, page",
            f"{count}, {in_database:.0f} ms, {in_all:.0f} ms",
            "≤ 15 queries, ≤ 50 ms",
        )


def _timed(act, file):
    start = time.perf_counter()
    with stopwatch.queries() as taken:
        report = act(file)
    return time.perf_counter() - start, len(taken), report
