"""Marketplaces, shops and sales on the desk: found, looked at, taken in, given out."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs import roles
from programs.esmart_enums import LinkState
from programs.models import Marketplace, Notification, SalesReport
from tests.factories.esmart import MarketplaceFactory, SalesReportFactory, ShopFactory
from tests.factories.programs import IkmFactory, RegionFactory, UserFactory, officer
from tests.people import body_of, sign_in
from tests.programs import test_sales_import as sales

pytestmark = pytest.mark.django_db
IMPORT = "admin:programs_salesreport_import_table"


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.IKMA_OFFICER))


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def shop(owner):
    return ShopFactory(
        name="Songket Rahmah", organization=IkmFactory(owner=owner, name="CV Rahmah", nib=sales.NIB)
    )


def listed(desk, model, **asked):
    answer = desk.get(reverse(f"admin:programs_{model}_changelist"), asked)
    assert answer.status_code == 200
    return {str(row) for row in answer.context["cl"].result_list}


def check_of(shop):
    return reverse("admin:programs_shop_look_at_link", args=[shop.pk])


class TestShops:
    def test_shops_are_found_and_filtered(self, desk, shop):
        bandung = IkmFactory(region=RegionFactory(code="32.73", name="Kota Bandung"))
        other = ShopFactory(
            name="Toko Bandung",
            organization=bandung,
            marketplace=MarketplaceFactory(slug="shopee"),
            closed_on=datetime.date(2026, 5, 1),
        )

        one, two = {str(shop)}, {str(other)}
        assert listed(desk, "shop") == one | two
        for asked, found in [
            ({"q": "songket"}, one),
            ({"q": "CV Rahmah"}, one),
            ({"q": sales.NIB}, one),
            ({"q": shop.url}, one),
            ({"provinsi": "32"}, two),
            ({"keadaan": "tutup"}, two),
            ({"keadaan": "buka"}, one),
            ({"marketplace__id__exact": other.marketplace_id}, two),
            ({"link_state__exact": "WRONG"}, set()),
        ]:
            assert listed(desk, "shop", **asked) == found, asked

    def test_a_wrong_link_is_recorded_and_told(self, desk, shop, owner):
        page = desk.get(check_of(shop))
        assert shop.url in page.text

        answer = desk.post(check_of(shop), {"verdict": "tidak", "note": "Toko orang lain."})

        shop.refresh_from_db()
        assert answer.url == reverse("admin:programs_shop_change", args=[shop.pk])
        assert (shop.link_state, shop.link_note) == (LinkState.WRONG, "Toko orang lain.")
        assert Notification.objects.get().recipient == owner
        assert "Toko orang lain." in desk.get(answer.url).text

    def test_what_is_wrong_must_be_said(self, desk, shop):
        silent = desk.post(check_of(shop), {"verdict": "tidak", "note": ""})
        nothing = desk.post(check_of(shop), {"note": "x"})

        shop.refresh_from_db()
        assert (silent.status_code, nothing.status_code) == (422, 422)
        assert "Tulis apa yang tidak sesuai" in silent.text
        assert "Pilih sesuai atau tidak sesuai." in nothing.text
        assert shop.link_state == LinkState.UNCHECKED

    def test_many_links_are_found_good_at_once(self, desk, shop):
        without = ShopFactory(url="")

        answer = desk.post(
            reverse("admin:programs_shop_changelist"),
            {"action": "find_links_good", "_selected_action": [shop.pk, without.pk]},
            follow=True,
        )

        shop.refresh_from_db()
        assert shop.link_state == LinkState.GOOD
        assert "1 tautan dicatat sesuai." in answer.text
        assert "belum memiliki tautan" in answer.text

    def test_an_auditor_looks_and_checks_nothing(self, client, shop):
        sign_in(client, officer(roles.AUDITOR))

        assert listed(client, "shop") == {str(shop)}
        assert client.post(check_of(shop), {"verdict": "sesuai"}).status_code == 403
        assert client.get(reverse(IMPORT)).status_code == 403


class TestMarketplaces:
    def test_an_officer_closes_a_marketplace_and_corrects_its_hosts(self, desk):
        blanja = MarketplaceFactory(slug="blanja")
        page = reverse("admin:programs_marketplace_change", args=[blanja.pk])
        typed = {"name": "Blanja.com", "hosts": "Blanja.com, blanja.link", "active_from": ""}

        wrong = desk.post(page, typed | {"hosts": "https://blanja.com", "active_to": ""})
        desk.post(page, typed | {"active_to": "01/09/2020"})

        blanja.refresh_from_db()
        assert "bukan alamat situs" in wrong.text
        assert blanja.hosts == ["blanja.com", "blanja.link"]
        assert blanja.active_to == datetime.date(2020, 9, 1)

    def test_an_officer_adds_one_without_hosts(self, desk):
        desk.post(
            reverse("admin:programs_marketplace_add"),
            {"name": "Pasar Baru", "slug": "pasar-baru", "hosts": "", "active_from": ""},
        )

        assert Marketplace.objects.get(slug="pasar-baru").hosts == []


class TestSales:
    def test_reports_are_filtered_and_read_with_what_stood_before(self, desk, shop):
        may = SalesReportFactory(shop=shop, month=datetime.date(2026, 5, 1))
        june = SalesReportFactory(shop=shop, month=datetime.date(2026, 6, 1))
        may.turnover = 2_500_000
        may.save()

        assert listed(desk, "salesreport", bulan="2026-05") == {str(may)}
        assert listed(desk, "salesreport", bulan="kemarin") == set()
        assert listed(desk, "salesreport", provinsi="32") == set()
        assert listed(desk, "salesreport", q=sales.NIB) == {str(may), str(june)}
        page = desk.get(reverse("admin:programs_salesreport_change", args=[may.pk])).text
        assert "Rp2.500.000" in page
        assert "Rp1.500.000" in page

    def test_the_lists_cost_the_same_however_long(self, desk, django_assert_max_num_queries):
        SalesReportFactory.create_batch(12)

        for model in ("salesreport", "shop"):
            with django_assert_max_num_queries(15):
                listed(desk, model)

    def test_the_list_is_given_out_as_excel_and_csv_with_its_filters(self, desk, shop):
        SalesReportFactory(shop=shop, note="=1+1")
        SalesReportFactory(shop=shop, month=datetime.date(2026, 6, 1))
        base = reverse("admin:programs_salesreport_changelist")
        assert "/unduh-csv/?bulan=2026-05" in desk.get(base, {"bulan": "2026-05"}).text

        book = body_of(desk.get(f"{base}unduh/", {"bulan": "2026-05"}))
        text = body_of(desk.get(f"{base}unduh-csv/", {"bulan": "2026-05"})).decode("utf-8-sig")

        rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True))
        lines = list(csv.DictReader(io.StringIO(text)))
        assert rows[1][:7] == (sales.NIB, "Tokopedia", "2026-05", 12, 20, 1_500_000, 0)
        assert (len(rows), len(lines)) == (2, 1)
        assert lines[0]["catatan"] == "'=1+1"

    def test_shops_are_given_out(self, desk, shop):
        base = reverse("admin:programs_shop_changelist")

        book = body_of(desk.get(f"{base}unduh/"))

        rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True))
        assert rows[1][:5] == (sales.NIB, "CV Rahmah", shop.name, "Tokopedia", shop.url)

    def test_a_file_is_looked_at_and_then_taken_in(self, desk, shop):
        def send(*lines):
            file = SimpleUploadedFile("penjualan.csv", sales.table(*lines).getvalue())
            return desk.post(reverse(IMPORT), {"file": file})

        refused = send(sales.line(omzet="sejuta"))
        assert refused.status_code == 422
        assert "Baris 2, kolom omzet" in refused.text
        preview = send(sales.line())
        assert "Ini pratinjau" in preview.text
        assert not SalesReport.objects.exists()
        done = desk.post(reverse(IMPORT), {"kode": preview.context["code"]}, follow=True)

        assert "1 laporan penjualan dicatat." in done.text
        assert SalesReport.objects.get().shop == shop
        assert "Semua 1 baris" in send(sales.line()).text

    def test_the_template_names_the_marketplaces(self, desk):
        MarketplaceFactory()

        file = desk.get(reverse("admin:programs_salesreport_import_template"))

        book = openpyxl.load_workbook(io.BytesIO(body_of(file)))
        assert book["Lokapasar"]["A2"].value == "Tokopedia"
