"""The stored figures of e-Smart say what a direct count says; a broken run changes nothing."""

import datetime
import itertools
from collections import defaultdict

import pytest
from django.core.cache import cache
from django.core.management import call_command

from programs.enums import Commodity
from programs.esmart_enums import ACCEPTED, EsmartDimension
from programs.models import (
    CampaignCount,
    CampaignParticipation,
    Enrolment,
    EsmartFigure,
    IkmProfile,
    SalesReport,
    Shop,
)
from programs.workflow import esmart_figures
from tests.factories.esmart import (
    CampaignFactory,
    EnrolmentFactory,
    MarketplaceFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import IkmFactory, RegionFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 6, 15)
RECENT = datetime.date(2026, 3, 1)
COUNTS = ["trained", "enrolled", "onboard", "selling"]
SUMS = ["orders", "units", "turnover", "exports"]
STAGES = ["registered", "verified", "trained", "onboard", "selling", "inactive", "left"]
MONTHS = [datetime.date(2026, month, 1) for month in (2, 3, 5)]
REPORTED_AT = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)


@pytest.fixture
def season():
    """IKM of every stage in several regions and commodities, with shops open, closed and silent."""
    regions = [None, RegionFactory(), RegionFactory(code="32.73", name="Kota Bandung")]
    regions.append(RegionFactory(code="13.71", name="Kota Padang"))
    places = [MarketplaceFactory(slug=slug) for slug in ("tokopedia", "shopee", "blibli")]
    goods = itertools.cycle(["", Commodity.FOOD, Commodity.CRAFT])
    for number, (stage, region) in enumerate(itertools.product(STAGES, regions)):
        ikm = IkmFactory(region=region)
        IkmProfile.objects.filter(organization=ikm).update(commodity=next(goods))
        EnrolmentFactory(organization=ikm, **{stage: True})
        for turn in range(number % 4):
            shop = ShopFactory(
                organization=ikm,
                marketplace=places[turn % 2],
                closed_on=datetime.date(2026, 6, 1) if (number + turn) % 5 == 0 else None,
            )
            for month in MONTHS[: (number + turn) % 4]:
                nothing = number % 7 == 0
                SalesReportFactory(
                    shop=shop,
                    month=month,
                    reported_at=REPORTED_AT,
                    orders=0 if nothing else number,
                    units=0 if nothing else number * 2,
                    turnover=0 if nothing else number * 10_000,
                    exports=0 if nothing else number,
                )
    # An IKM that left and came back is one IKM.
    back = Enrolment.objects.filter(status="LEFT").first().organization
    EnrolmentFactory(organization=back, verified=True)


def counted(keys_of_ikm, keys_of_shop=None):
    """{key: numbers} told one record after the other."""
    found = defaultdict(lambda: {**{one: set() for one in COUNTS}, **dict.fromkeys(SUMS, 0)})
    accepted = {e.organization_id for e in Enrolment.objects.filter(status__in=ACCEPTED)}
    trained = set(Enrolment.objects.exclude(trained_on=None).values_list("organization", flat=True))
    if keys_of_shop is None:
        for one in Enrolment.objects.select_related("organization__region", "organization__ikm"):
            key = keys_of_ikm(one.organization)
            found[key]["trained"] |= {one.organization_id} & trained
            found[key]["enrolled"] |= {one.organization_id} & accepted
    for shop in Shop.objects.select_related("organization__region", "organization__ikm"):
        key = keys_of_shop(shop) if keys_of_shop else keys_of_ikm(shop.organization)
        if keys_of_shop:
            found[key]["trained"] |= {shop.organization_id} & trained
            found[key]["enrolled"] |= {shop.organization_id} & accepted
        if shop.closed_on is None:
            found[key]["onboard"] |= {shop.organization_id} & accepted
        for report in shop.reports.all():
            if report.turnover and report.month >= RECENT:
                found[key]["selling"].add(shop.organization_id)
            for name in SUMS:
                found[key][name] += getattr(report, name)
    return {
        key: [len(numbers[one]) for one in COUNTS] + [numbers[one] for one in SUMS]
        for key, numbers in found.items()
    }


def stored(dimension):
    """{key: numbers} of the groups in which anything is counted."""
    rows = {
        row.key: [getattr(row, name) for name in COUNTS + SUMS]
        for row in EsmartFigure.objects.filter(dimension=dimension)
    }
    return {key: numbers for key, numbers in rows.items() if any(numbers)}


def province_of(ikm):
    return ikm.region.province_id if ikm.region else ""


def test_the_figures_say_what_a_direct_count_says(season):
    esmart_figures.rebuild(today=TODAY)

    assert stored(EsmartDimension.TOTAL) == counted(lambda ikm: "")
    assert stored(EsmartDimension.PROVINCE) == counted(province_of)
    assert stored(EsmartDimension.COMMODITY) == counted(lambda ikm: ikm.ikm.commodity)
    assert stored(EsmartDimension.MARKETPLACE) == counted(None, lambda s: str(s.marketplace_id))
    assert len(stored(EsmartDimension.MARKETPLACE)) == 2


def test_the_four_numbers_are_kept_apart(season):
    esmart_figures.rebuild(today=TODAY)

    total = EsmartFigure.objects.get(dimension=EsmartDimension.TOTAL)

    assert len({getattr(total, name) for name in COUNTS}) == 4
    assert total.enrolled > total.trained


def test_a_month_tells_what_happened_in_it(season):
    esmart_figures.rebuild(today=TODAY)

    march = EsmartFigure.objects.get(dimension=EsmartDimension.MONTH, key="2026-03")
    april = EsmartFigure.objects.get(dimension=EsmartDimension.MONTH, key="2026-04")
    sales = SalesReport.objects.filter(month="2026-03-01")
    in_march = {s.shop.organization_id for s in sales if s.turnover}
    passed = Enrolment.objects.filter(trained_on__range=("2026-03-01", "2026-03-31"))

    assert march.turnover == sum(one.turnover for one in sales)
    assert march.selling == len(in_march)
    assert march.trained == passed.values("organization").distinct().count()
    assert (april.trained, april.onboard > 0, april.turnover) == (0, True, 0)


def test_every_province_is_told_of_also_without_any_ikm():
    RegionFactory()

    esmart_figures.rebuild(today=TODAY)

    row = EsmartFigure.objects.get(dimension=EsmartDimension.PROVINCE)
    assert (row.key, row.label, row.enrolled) == ("13", "Sumatera Barat", 0)


def take_part(campaign, number, region, day):
    for _ in range(number):
        CampaignParticipation.objects.create(
            campaign=campaign,
            key=f"{CampaignParticipation.objects.count():032d}",
            name="Usaha Contoh",
            region=region,
            joined_on=day,
        )


def test_a_campaign_is_counted_by_month_and_kabupaten():
    one, other = CampaignFactory(), CampaignFactory(slug="gernas-bbi", name="Gernas BBI")
    here, there = RegionFactory(), RegionFactory(code="13.71", name="Kota Padang")
    take_part(one, 2, here, datetime.date(2020, 7, 1))
    take_part(one, 1, here, datetime.date(2020, 7, 31))
    take_part(one, 1, here, datetime.date(2020, 8, 1))
    take_part(one, 1, there, datetime.date(2020, 7, 5))
    take_part(other, 1, here, datetime.date(2020, 7, 5))

    esmart_figures.rebuild(today=TODAY)
    esmart_figures.rebuild(today=TODAY)

    july, august = datetime.date(2020, 7, 1), datetime.date(2020, 8, 1)
    assert set(
        CampaignCount.objects.values_list("campaign", "month", "region", "participants")
    ) == {
        (one.pk, july, here.pk, 3),
        (one.pk, august, here.pk, 1),
        (one.pk, july, there.pk, 1),
        (other.pk, july, here.pk, 1),
    }


def test_a_run_that_is_interrupted_leaves_the_old_figures(season, monkeypatch):
    esmart_figures.rebuild(today=TODAY)
    before = [stored(dimension) for dimension in EsmartDimension]
    SalesReportFactory(shop=Shop.objects.first(), month=datetime.date(2026, 4, 1))
    monkeypatch.setattr(esmart_figures, "COUNT_CAMPAIGNS", "SELECT 1 / 0, %s")

    with pytest.raises(Exception, match="division by zero"):
        esmart_figures.rebuild(today=TODAY)

    assert [stored(dimension) for dimension in EsmartDimension] == before


def test_the_command_and_a_ring_make_them_anew(season, django_capture_on_commit_callbacks):
    call_command("rebuild_esmart_figures")
    assert EsmartFigure.objects.filter(dimension=EsmartDimension.TOTAL).count() == 1
    EsmartFigure.objects.all().delete()
    cache.clear()

    with django_capture_on_commit_callbacks(execute=True):
        esmart_figures.refresh_soon()

    assert EsmartFigure.objects.filter(dimension=EsmartDimension.TOTAL).count() == 1
