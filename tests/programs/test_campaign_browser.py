"""The pages of campaigns and figures in a browser: wide and narrow, by day and by night."""

import datetime

import pytest

from programs import roles
from programs.enums import Commodity
from programs.models import CampaignImport, IkmProfile
from programs.workflow import campaigns
from programs.workflow.esmart_figures import rebuild
from tests.axe import faults_everywhere
from tests.factories.esmart import (
    CampaignFactory,
    EnrolmentFactory,
    MarketplaceFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import IkmFactory, RegionFactory, UserFactory, officer
from tests.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit(live_server, client, page):
    """Signs somebody in and opens pages for them."""

    def visit_as(user):
        sign_in(client, user)
        page.context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": live_server.url,
                }
            ]
        )
        return lambda path: page.goto(live_server.url + path)

    return visit_as


@pytest.fixture
def owner():
    """The owner of one of 14 IKM that sold for a year, and took part in a campaign."""
    campaign = CampaignFactory()
    owner = UserFactory()
    places = [RegionFactory(), RegionFactory(code="32.73", name="Kota Bandung")]
    for number in range(14):
        ikm = IkmFactory(region=places[number % 2], owner=owner if number == 0 else None)
        commodity = [Commodity.FOOD, Commodity.CRAFT][number % 2]
        IkmProfile.objects.filter(organization=ikm).update(commodity=commodity)
        EnrolmentFactory(organization=ikm, selling=True)
        slug = ["tokopedia", "shopee"][number % 2]
        shop = ShopFactory(organization=ikm, marketplace=MarketplaceFactory(slug=slug))
        for month in range(1, 10):
            SalesReportFactory(
                shop=shop,
                month=datetime.date(2025 + number % 2, month, 1),
                turnover=number * month * 100_000,
            )
        day = datetime.date(2020, 7 + number % 3, 1)
        if number:
            campaigns.join(campaign, ikm, by=None, today=day)
    rebuild(today=datetime.date(2026, 9, 15))
    stopped = CampaignImport.objects.create(
        campaign=campaign,
        sha256="a" * 64,
        name="peserta-kampanye-sumatera-barat.csv",
        by=owner,
        state="STOPPED",
        note="Berkasnya tidak ada lagi di tempat simpan. Unggah berkas itu sekali lagi.",
        lines_done=1,
        refused=1,
    )
    stopped.refusals.create(line=17, column="kode_kabkota", words="Isi kode kabupaten/kota.")
    return owner


def test_everybody_can_use_the_pages_of_campaigns_and_figures(visit, page, owner):
    campaign = CampaignFactory()
    stopped = CampaignImport.objects.get()
    found = {}

    for user, paths in [
        (
            officer(roles.IKMA_OFFICER),
            [
                "/admin/programs/esmartfigure/",
                "/admin/programs/esmartfigure/?tab=provinsi",
                f"/admin/programs/campaign/{campaign.pk}/impor/",
                f"/admin/programs/campaignimport/{stopped.pk}/kemajuan/",
            ],
        ),
        (
            owner,
            [
                "/esmart/kampanye/",
                f"/esmart/kampanye/{campaign.slug}/",
                f"/esmart/kampanye/{campaign.slug}/ikut/",
            ],
        ),
    ]:
        go = visit(user)
        for path in paths:
            go(path)
            if faults := faults_everywhere(page):
                found[path] = faults

    assert found == {}
