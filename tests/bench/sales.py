"""Import of 100,000 monthly sales: 5,000 shops of enrolled IKM, twenty months each."""

import datetime
import io
import resource
import time

from django.db import connection

from programs import roles, sales_import
from programs.enums import OrganizationKind
from programs.esmart_enums import EnrolmentSource, EnrolmentStatus
from programs.models import Enrolment, Marketplace, Organization, SalesReport, SalesRevision, Shop
from programs.months import month_after
from tests.bench import stopwatch
from tests.factories.esmart import TRAINED_ON, VERIFIED_AT, ProgramFactory
from tests.factories.programs import officer

SHOPS, MONTHS = 5_000, 20
TODAY = datetime.date(2026, 11, 20)
FIRST = datetime.date(2025, 3, 1)


def measure():
    by = officer(roles.IKMA_OFFICER)
    _fill(by)
    for words, file in [("new", _file()), ("corrected", _file(more=1000))]:
        for deed, act in [
            ("preview", lambda file: sales_import.check(file, today=TODAY)),
            ("commit", lambda file: sales_import.record(file, by=by, today=TODAY)),
            ("commit once more", lambda file: sales_import.record(file, by=by, today=TODAY)),
        ]:
            start = time.perf_counter()
            with stopwatch.queries() as taken:
                report = act(file)
            seconds = time.perf_counter() - start
            if report.refused:
                raise RuntimeError(next(report.refused[0].sentences()))
            yield (
                f"sales: {deed} of {len(report.rows)} rows, {words}, writes {report.writes}",
                f"{seconds:.1f} s, {len(taken)} queries",
                "≤ 30 s",
            )
    yield "sales in the database", f"{SalesReport.objects.count()}", f"{SHOPS * MONTHS}"
    yield "what stood before corrections", f"{SalesRevision.objects.count()}", f"{SHOPS * MONTHS}"
    selling = Enrolment.objects.filter(status=EnrolmentStatus.SELLING).count()
    yield "enrolments that became selling", f"{selling}", f"{SHOPS}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield "peak memory of the process", f"{peak:.0f} MB", "–"


def _fill(by):
    ikm = Organization.objects.bulk_create(
        Organization(kind=OrganizationKind.IKM, name=f"IKM {number}", nib=_nib(number))
        for number in range(SHOPS)
    )
    places = list(Marketplace.objects.filter(active_to=None, active_from__isnull=False))
    Shop.objects.bulk_create(
        Shop(
            organization=one,
            marketplace=places[number % len(places)],
            name=f"Toko {number}",
            opened_on=FIRST,
        )
        for number, one in enumerate(ikm)
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            organization=one,
            program=ProgramFactory(),
            status=EnrolmentStatus.ONBOARD,
            source=EnrolmentSource.IMPORT,
            verified_by=by,
            verified_at=VERIFIED_AT,
            trained_on=TRAINED_ON,
            onboard_on=FIRST,
        )
        for one in ikm
    )
    # As autovacuum would have done long ago.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE programs_organization, programs_shop, programs_enrolment")


def _file(more=0):
    places = list(Marketplace.objects.filter(active_to=None, active_from__isnull=False))
    lines = [";".join(sales_import.COLUMNS)]
    for number in range(SHOPS):
        place = places[number % len(places)].slug
        for step in range(MONTHS):
            month = month_after(FIRST, step)
            sold = 100_000 * (1 + number % 30) + more
            lines.append(f"{_nib(number)};{place};{month:%Y-%m};{5 + step};{9 + step};{sold};0")
    return io.BytesIO("\n".join(lines).encode())


def _nib(number):
    return f"{9_120_000_000_000 + number}"
