"""A campaign of 1.6 million, and the figures of 10,400 enrolments with three years of sales."""

import time
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programs import esmart_figures, roles
from programs.enums import Commodity, OrganizationKind
from programs.esmart_enums import EnrolmentSource, EnrolmentStatus
from programs.models import (
    CampaignImport,
    CampaignParticipation,
    Enrolment,
    IkmProfile,
    Marketplace,
    Organization,
    Region,
    Shop,
)
from programs.workflow import esmart_figures as workflow
from programs.workflow.enrolment import esmart
from tests.bench import stopwatch
from tests.factories.programs import UserFactory, officer
from tests.people import sign_in

LINES, ONE_BAD_IN = 1_600_000, 100
CAMPAIGN = "semuanya-ada-di-sini"
ENROLMENTS, SHOPS = 10_400, 15_600
TODAY = date(2026, 6, 15)
DASHBOARD = "≤ 10 queries, ≤ 30 ms"
# Three years of every shop, one month in eight of them without a report.
SALES = """
    INSERT INTO programs_salesreport
           (shop_id, month, orders, units, turnover, exports, note, reported_at)
    SELECT s.id, m::date, 5 + s.id % 40, 8 + s.id % 70, (1 + s.id % 90) * 100000,
           (s.id % 20) * 1000, '', m + interval '40 days'
      FROM programs_shop s,
           generate_series('2023-06-01'::timestamptz, '2026-05-01', '1 month') m
     WHERE (s.id + extract(month FROM m)::int) % 8 > 0
"""


def measure():
    path = Path(settings.MEDIA_ROOT) / "peserta.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path)
    for words in ("looked at", "recorded", "sent once more"):
        seconds, megabytes = stopwatch.command(
            *("import_campaign", path, "--campaign", CAMPAIGN),
            *([] if words == "looked at" else ["--commit"]),
            refuses=True,
        )
        yield (
            f"campaign file of {LINES:,} lines, 1 % bad, {words}",
            f"{seconds:.0f} s, {LINES / seconds:,.0f} rows/s",
            "–",
        )
        yield "… peak memory of the process", f"{megabytes:.0f} MB", "≤ 300 MB"
    path.unlink()
    taken = CampaignImport.objects.get()
    if (taken.recorded, taken.refused) != (LINES - LINES // ONE_BAD_IN, LINES // ONE_BAD_IN):
        raise RuntimeError(f"{taken.recorded} recorded, {taken.refused} refused")
    if CampaignParticipation.objects.count() != taken.recorded:
        raise RuntimeError("recorded and present are not the same")
    yield from _figures()


def _write(path):
    """Lines as different as they are in life: a third has no NIB."""
    codes = list(Region.objects.exclude(province=None).values_list("code", flat=True))
    days = [f"{date(2020, 7, 1) + timedelta(days=n):%Y-%m-%d}" for n in range(500)]
    with path.open("w") as file:
        file.write("nib,nama,kode_kabkota,tanggal\n")
        for n in range(LINES):
            nib = f"9{n:012d}" if n % 3 else ""
            code = "99.99" if n % ONE_BAD_IN == 0 else codes[n * 7 % len(codes)]
            file.write(f"{nib},Usaha Contoh Nomor {n},{code},{days[n * 13 % len(days)]}\n")


def _figures():
    _fill()
    start = time.perf_counter()
    workflow.rebuild(today=TODAY)
    yield "all figures of e-Smart made anew", f"{time.perf_counter() - start:.1f} s", "–"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE programs_esmartfigure, programs_campaigncount")
    desk = sign_in(Client(), officer(roles.IKMA_OFFICER))
    page = reverse("admin:programs_esmartfigure_changelist")
    of_campaign = reverse("esmart:campaign_detail", args=[CAMPAIGN])
    for words, client, address in [
        *((f"figures: {one.label}", desk, f"{page}?tab={one.name}&kampanye={CAMPAIGN}")
          for one in esmart_figures.GROUPINGS),
        ("a campaign, for all", Client(), of_campaign),
    ]:  # fmt: skip
        count, in_database, in_all, _ = stopwatch.page(client, address)
        yield (
            f"{words}: queries, database, whole page",
            f"{count}, {in_database:.0f} ms, {in_all:.0f} ms",
            DASHBOARD,
        )


def _fill():
    """Enrolments of every stage in all regions, half of them with two shops."""
    regions = list(Region.objects.exclude(province=None))
    goods = [*Commodity]
    checker, program = UserFactory(), esmart()
    businesses = Organization.objects.bulk_create(
        [
            Organization(
                kind=OrganizationKind.IKM,
                name=f"IKM Contoh {n}",
                nib=f"8{n:012d}",
                region=regions[n % len(regions)],
            )
            for n in range(ENROLMENTS)
        ],
        batch_size=2000,
    )
    IkmProfile.objects.bulk_create(
        [
            IkmProfile(organization=one, owner_name="Contoh", commodity=goods[n % len(goods)])
            for n, one in enumerate(businesses)
        ],
        batch_size=2000,
    )
    Enrolment.objects.bulk_create(
        [_enrolment(n, one, program, checker) for n, one in enumerate(businesses)],
        batch_size=2000,
    )
    places = list(Marketplace.objects.filter(active_to=None))
    Shop.objects.bulk_create(
        [
            Shop(
                organization=businesses[n % ENROLMENTS],
                marketplace=places[(n + n // ENROLMENTS) % len(places)],
                name=f"Toko {n}",
                opened_on=date(2023, 5, 1),
            )
            for n in range(SHOPS)
        ],
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        # Without the triggers: what they check is true by construction.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(SALES)
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE programs_salesreport, programs_shop, programs_enrolment")
        cursor.execute("VACUUM ANALYZE programs_campaignparticipation")


def _enrolment(n, organization, program, checker):
    stages = [EnrolmentStatus.SELLING, EnrolmentStatus.ONBOARD, EnrolmentStatus.INACTIVE]
    sold = {"first_sale": date(2023, 6, 1), "last_sale": date(2026, 5, 1)}
    status = stages[n % len(stages)]
    return Enrolment(
        organization=organization,
        program=program,
        status=status,
        source=EnrolmentSource.IMPORT,
        verified_by=checker,
        verified_at=timezone.now(),
        trained_on=date(2023, 4, 1) + timedelta(days=n % 900),
        onboard_on=date(2023, 5, 1),
        **(sold if status != EnrolmentStatus.ONBOARD else {}),
    )
