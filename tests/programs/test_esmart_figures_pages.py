"""“Angka e-Smart” on the desk: four numbers apart, beside what was published, and the workbook."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from programs import esmart_figures as figures
from programs import roles
from programs.enums import Commodity
from programs.models import IkmProfile, Indicator, OfficialFigure
from programs.workflow import campaigns
from programs.workflow.esmart_figures import rebuild
from tests.factories.esmart import (
    CampaignFactory,
    EnrolmentFactory,
    MarketplaceFactory,
    ProgramFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import IkmFactory, RegionFactory, officer
from tests.people import body_of, sign_in
from tests.training.desk import words

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 6, 15)
TABS = ["bulan", "lokapasar", "komoditas", "provinsi"]


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.IKMA_OFFICER))


def page(client, **query):
    return client.get(reverse("admin:programs_esmartfigure_changelist"), query)


def grow(number, region=None):
    """IKM that sell, one that only learnt, one that is only registered, and a campaign of them."""
    campaign = CampaignFactory()
    for month in range(number):
        ikm = IkmFactory(region=region or RegionFactory())
        IkmProfile.objects.filter(organization=ikm).update(commodity=Commodity.FOOD)
        EnrolmentFactory(organization=ikm, selling=True)
        shop = ShopFactory(organization=ikm, marketplace=MarketplaceFactory())
        SalesReportFactory(shop=shop, month=datetime.date(2026, 5 - month % 3, 1))
        campaigns.join(campaign, ikm, by=None, today=TODAY)
    EnrolmentFactory(trained=True)
    EnrolmentFactory(verified=True)
    rebuild(today=TODAY)


def said(slug, value, as_of, source="Siaran pers", unit="IKM"):
    indicator, _ = Indicator.objects.get_or_create(
        slug=slug,
        defaults={"program": ProgramFactory(), "name": slug, "unit": unit, "definition": "-"},
    )
    return OfficialFigure.objects.create(
        indicator=indicator, value=value, as_of=as_of, source=source
    )


def test_the_four_numbers_stand_apart(desk):
    grow(2)

    text = words(page(desk))

    assert "3 Peserta lokakarya IKM yang lulus lokakarya e-Smart" in text
    assert "4 IKM terdaftar" in text
    assert "2 Punya toko" in text
    assert "2 Aktif menjual" in text
    assert "Omzet, semua laporan Rp3.000.000" in text


def test_official_figures_stand_beside_them_also_contradicting_ones(desk):
    grow(1)
    said("esmart-ikm-bergabung", 10_000, "2020-10-26")
    said("esmart-ikm-bergabung", 2216, "2020-12-31", source="iNews")
    said("esmart-omzet", 3_270_000_000, "2019-12-31", unit="rupiah")
    said("kampanye-semuanya-ada-di-sini", 1_600_000, "2020-10-26")

    text = words(page(desk))

    assert "Pengumuman saling berbeda: esmart-ikm-bergabung (2020)" in text
    assert "Angka resmi 31 Desember 2020 2.216 iNews" in text
    assert "10.000" in text
    assert "Rp3.270.000.000" in text
    assert "kampanye-semuanya-ada-di-sini Angka resmi 26 Oktober 2020 1.600.000" in text
    assert "esmart-omzet Angka langsung 15 Juni 2026" not in text  # the day of the count
    assert "Rp1.500.000 Data yang tercatat di Bina Industri" in text
    assert "kampanye-semuanya-ada-di-sini Angka langsung" in text


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_with_and_without_rows(desk, tab):
    rebuild(today=TODAY)
    assert page(desk, tab=tab).status_code == 200
    grow(2)

    response = page(desk, tab=tab)

    assert response.context_data["grouping"].name == tab
    assert "Rp1.500.000" in response.text
    chosen = f'href="?tab={tab}&amp;kampanye=semuanya-ada-di-sini#rincian" aria-current="true"'
    assert chosen in response.text


def test_the_provinces_are_drawn_as_a_map(desk):
    grow(1)

    shown = page(desk, tab="provinsi")

    assert "Sumatera Barat: 1 dari 3 IKM terdaftar" in shown.text


def test_a_campaign_is_told_by_month_and_province(desk):
    grow(2)
    other = CampaignFactory(slug="gernas-bbi", name="Gernas BBI")
    campaigns.join(other, IkmFactory(), by=None, today=TODAY)
    rebuild(today=TODAY)

    first, second = page(desk), page(desk, kampanye="gernas-bbi")

    assert "Juni 2026 2" in words(first)
    assert "Juni 2026 1" in words(second)
    assert "Sumatera Barat 2" in words(first)


def test_before_anything_is_counted_the_page_says_so(desk):
    text = words(page(desk))

    assert "Angka belum dihitung" in text
    assert "Belum ada angka resmi yang dicatat" in text
    assert "Belum ada kampanye" in text


@pytest.mark.parametrize("tab", TABS)
def test_the_page_costs_the_same_with_more_rows(desk, tab):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            page(desk, tab=tab)
        return len(queries)

    grow(1)
    page(desk)
    few = cost()
    grow(4, RegionFactory(code="32.73", name="Kota Bandung"))

    assert cost() == few <= 10


def test_the_workbook_has_every_table_and_what_it_means(desk):
    call_command("load_reference", verbosity=0)
    grow(2)

    file = body_of(desk.get(reverse("admin:programs_esmartfigure_export")))

    book = load_workbook(io.BytesIO(file), read_only=True)
    assert book.sheetnames == [
        "Ringkasan", "Angka resmi", "Per bulan", "Per lokapasar", "Per komoditas", "Per provinsi",
        "Kampanye", "Keterangan",
    ]  # fmt: skip
    rows = {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}
    assert ("IKM terdaftar", 4) in {row[:2] for row in rows["Ringkasan"]}
    assert 3_270_000_000 in {row[3] for row in rows["Angka resmi"]}
    assert ("2026-05", 0, 0, 0, 1, 12, 20, 1_500_000, 0) in rows["Per bulan"]
    campaign = [row for row in rows["Kampanye"] if row[4] == "13.75"]
    assert [row[5] for row in campaign] == [2]


def test_only_who_may_see_the_figures_sees_them(client):
    sign_in(client, officer(roles.PPK))

    assert page(client).status_code == 403
    assert client.get(reverse("admin:programs_esmartfigure_export")).status_code == 403


def test_official_figures_are_entered_with_their_source(desk):
    indicator = said("esmart-omzet", 1, "2019-12-31", unit="rupiah").indicator
    add = reverse("admin:programs_officialfigure_add")
    typed = {"indicator": indicator.pk, "as_of": "26 Oktober 2020", "value": "3270000000"}

    refused = desk.post(add, typed)
    desk.post(add, {**typed, "source": "Siaran pers, 26-10-2020"})

    assert refused.status_code == 200
    assert "Isi sumber" in words(refused)
    assert OfficialFigure.objects.get(value=3_270_000_000).as_of == datetime.date(2020, 10, 26)
    listed = desk.get(reverse("admin:programs_officialfigure_changelist"))
    assert "Rp3.270.000.000" in listed.text
    assert indicator.name in desk.get(reverse("admin:programs_indicator_changelist")).text


def test_months_without_sales_are_drawn_as_months():
    may, august = datetime.date(2026, 5, 1), datetime.date(2026, 8, 1)

    rows = figures.every_month({may: 5, august: 2}, str)

    assert [(month.month, amount) for month, amount, _ in rows] == [(5, 5), (6, 0), (7, 0), (8, 2)]
    assert figures.every_month({}, str) == []
    long = figures.every_month({datetime.date(2017, 1, 1): 1, august: 2}, str)
    assert len(long) == figures.MOST_MONTHS


def test_files_and_figures_are_not_written_by_hand(desk):
    for model in ("campaignimport", "esmartfigure"):
        assert desk.get(reverse(f"admin:programs_{model}_add")).status_code == 403
