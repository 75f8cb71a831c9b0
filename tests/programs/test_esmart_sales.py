"""Monthly sales of a shop: a minute on a phone, late and corrected, with what stood before kept."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programs.esmart_enums import EnrolmentStatus
from programs.models import SalesReport
from programs.months import first_of, month_after, months_between, parse_month
from programs.once import new_token
from programs.sales_months import missing_months, months_of
from programs.workflow.sales import report_sales
from tests.factories.esmart import (
    EnrolmentFactory,
    MarketplaceFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import IkmFactory, MembershipFactory, UserFactory
from tests.people import sign_in
from tests.programs.test_esmart_shops import participation_of

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 20)
MAY = datetime.date(2026, 5, 1)
SOLD = {"orders": 12, "units": 20, "turnover": 1_500_000, "exports": 0, "note": ""}


@pytest.fixture
def owner():
    return UserFactory(name="Rahmah Contoh")


@pytest.fixture
def shop(owner):
    return ShopFactory(organization=IkmFactory(owner=owner))


def report(shop, by, month=MAY, **changes):
    return report_sales(shop, month, **(SOLD | changes), by=by, today=TODAY)


def refusal(shop, by, **changes):
    with pytest.raises(ValidationError) as refused:
        report(shop, by, **changes)
    assert not SalesReport.objects.exists()
    return refused.value.message_dict


class TestMonths:
    @pytest.mark.parametrize(
        "typed", ["2026-05", "2026/5", "2026-05-17", "17/05/2026", datetime.date(2026, 5, 3)]
    )
    def test_a_month_is_read_as_people_and_excel_write_it(self, typed):
        assert parse_month(typed) == MAY

    @pytest.mark.parametrize("typed", ["", "Mei", "2026-13", "5-2026", "1999-05", None, "20260501"])
    def test_another_thing_is_answered_with_an_example(self, typed):
        with pytest.raises(ValueError, match="misalnya 2026-10"):
            parse_month(typed)

    def test_months_go_over_the_turn_of_the_year(self):
        assert month_after(datetime.date(2025, 12, 1)) == datetime.date(2026, 1, 1)
        assert month_after(datetime.date(2026, 1, 1), -1) == datetime.date(2025, 12, 1)
        found = months_between(datetime.date(2025, 11, 30), datetime.date(2026, 2, 1))
        assert [month.month for month in found] == [11, 12, 1, 2]
        assert months_between(MAY, datetime.date(2026, 3, 1)) == []

    def test_a_shop_owes_the_months_that_are_over(self, shop):
        months = months_of(shop, today=TODAY)

        assert (months[0], months[-1]) == (datetime.date(2026, 11, 1), datetime.date(2026, 4, 1))
        owed = missing_months(shop, {MAY}, today=TODAY)
        assert [month.month for month in owed] == [10, 9, 8, 7, 6, 4]

    def test_a_closed_shop_and_a_closed_marketplace_owe_nothing_afterwards(self, shop):
        shop.closed_on = datetime.date(2026, 6, 3)
        assert [month.month for month in months_of(shop, today=TODAY)] == [6, 5, 4]
        shop.marketplace.active_to = datetime.date(2026, 5, 31)
        assert [month.month for month in months_of(shop, today=TODAY)] == [5, 4]


class TestReporting:
    def test_sales_make_an_ikm_selling(self, shop, owner):
        enrolment = EnrolmentFactory(organization=shop.organization, onboard=True)
        participation_of(enrolment)
        october = datetime.date(2026, 10, 1)

        stored = report(shop, owner, month=october)

        enrolment.refresh_from_db()
        assert (stored.turnover, stored.reported_by) == (1_500_000, owner)
        assert (enrolment.status, enrolment.last_sale) == (EnrolmentStatus.SELLING, october)

    def test_a_correction_keeps_what_stood_before(self, shop, owner):
        other = UserFactory()
        MembershipFactory(organization=shop.organization, user=other)
        report(shop, owner)

        corrected = report(shop, other, turnover=2_000_000, note=" Salin  ulang ")

        before = corrected.revisions.get()
        assert SalesReport.objects.get().turnover == 2_000_000
        assert (corrected.note, corrected.reported_by) == ("Salin ulang", other)
        assert (before.turnover, before.reported_by) == (1_500_000, owner)

    def test_the_same_numbers_again_are_no_correction(self, shop, owner):
        first = report(shop, owner)

        again = report(shop, owner)

        assert again.reported_at == first.reported_at
        assert not again.revisions.exists()

    def test_a_month_of_years_ago_may_be_reported_late(self, owner):
        shop = ShopFactory(
            organization=IkmFactory(owner=owner), opened_on=datetime.date(2019, 1, 5)
        )

        assert report(shop, owner, month=datetime.date(2019, 1, 1)).pk

    def test_a_month_to_come_is_refused(self, shop, owner):
        words = refusal(shop, owner, month=datetime.date(2026, 12, 1))

        assert words == {"month": ["Desember 2026 belum tiba. Laporkan paling jauh November 2026."]}

    def test_a_month_before_the_shop_opened_is_refused(self, shop, owner):
        words = refusal(shop, owner, month=datetime.date(2026, 3, 1))

        assert words == {"month": ["Toko ini dibuka 1 April 2026, sesudah Maret 2026."]}

    def test_a_month_after_the_shop_or_its_marketplace_closed_is_refused(self, owner):
        ikm = IkmFactory(owner=owner)
        blanja = MarketplaceFactory(slug="blanja", active_to=datetime.date(2020, 9, 1))
        begin = datetime.date(2020, 1, 1)
        lasting = ShopFactory(organization=ikm, marketplace=blanja, opened_on=begin)
        closed = ShopFactory(
            organization=ikm, opened_on=begin, closed_on=datetime.date(2020, 5, 20)
        )
        october, june = datetime.date(2020, 10, 1), datetime.date(2020, 6, 1)

        assert "tutup sejak 1 September 2020" in refusal(lasting, owner, month=october)["month"][0]
        assert "ditutup 20 Mei 2020" in refusal(closed, owner, month=june)["month"][0]

    @pytest.mark.parametrize("name", ["orders", "units", "turnover", "exports"])
    def test_negative_numbers_are_refused_at_their_field(self, shop, owner, name):
        assert refusal(shop, owner, **{name: -1}) == {
            name: ["Tulis 0 atau lebih, tanpa tanda minus."]
        }

    def test_numbers_that_do_not_fit_each_other_are_refused(self, shop, owner):
        words = refusal(shop, owner, orders=0, units=0, exports=2_000_000)

        assert "bagian dari omzet" in words["exports"][0]
        assert "pesanan paling sedikit 1" in words["orders"][0]
        assert "barang terjual paling sedikit 1" in words["units"][0]

    def test_the_shop_of_somebody_else_is_refused(self, shop):
        words = refusal(shop, UserFactory())

        assert words == {"shop": ["Toko ini bukan milik usaha Anda. Pilih toko Anda sendiri."]}

    def test_a_month_without_sales_can_be_reported(self, shop, owner):
        assert report(shop, owner, orders=0, units=0, turnover=0).turnover == 0


class TestPages:
    @pytest.fixture
    def page(self, shop):
        return f"/esmart/toko/{shop.pk}/lapor/2026-05/"

    def typed(self, **changes):
        numbers = {
            "orders": "12",
            "units": "1.020",
            "turnover": "1.500.000",
            "exports": "",
            "note": "",
        }
        return numbers | changes

    def test_an_owner_reports_and_corrects(self, client, shop, owner, page):
        sign_in(client, owner)

        first = client.post(page, self.typed(), follow=True)
        form = client.get(page)
        client.post(page, self.typed(turnover="2.000.000"))

        stored = SalesReport.objects.get()
        assert "Penjualan Mei 2026" in first.text
        assert "tersimpan. Masih ada" in first.text
        assert 'value="1.500.000"' in form.text
        assert "Simpan perbaikan" in form.text
        assert (stored.units, stored.turnover, stored.revisions.count()) == (1020, 2_000_000, 1)

    def test_a_form_that_comes_twice_counts_once(self, client, shop, owner, page):
        sign_in(client, owner)
        form = self.typed(once=new_token())

        answers = [client.post(page, form) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [302, 302]
        assert SalesReport.objects.get().revisions.count() == 0

    def test_the_form_shows_the_month_before_as_a_help(self, client, shop, owner, page):
        SalesReportFactory(shop=shop, month=datetime.date(2026, 4, 1), turnover=900_000)
        sign_in(client, owner)

        assert "12 pesanan, 20 barang, omzet Rp900.000" in client.get(page).text

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"turnover": "1,5 juta"}, "misalnya 1.500.000. Anda menulis “1,5 juta”."),
            ({"turnover": "-5"}, "tanpa tanda minus"),
            ({"turnover": ""}, "Isi omzet."),
            ({"orders": "-1"}, "Tulis 0 atau lebih, tanpa tanda minus. Anda menulis “-1”."),
            ({"orders": "dua"}, "Tulis angka bulat saja, misalnya 12. Anda menulis “dua”."),
            ({"orders": "1,5"}, "Tulis angka bulat saja"),
            ({"units": "9999999"}, "Paling banyak 1.000.000."),
            ({"orders": "0"}, "Ada omzet, jadi pesanan paling sedikit 1."),
            ({"exports": "2.000.000"}, "Ekspor adalah bagian dari omzet"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_stays(self, client, owner, page, changes, words):
        sign_in(client, owner)

        answer = client.post(page, self.typed(note="Stok habis", **changes))

        assert answer.status_code == 422
        assert words in answer.text
        assert "Stok habis" in answer.text
        assert not SalesReport.objects.exists()

    def test_a_month_that_cannot_be_leads_back_with_the_reason(self, client, shop, owner):
        sign_in(client, owner)
        next_month = month_after(first_of(timezone.localdate()))
        base = f"/esmart/toko/{shop.pk}/lapor"

        opened = client.get(f"{base}/{next_month:%Y-%m}/", follow=True)
        sent = client.post(f"{base}/2026-03/", self.typed())

        assert "belum tiba" in opened.text
        assert sent.status_code == 422
        assert "Toko ini dibuka 1 April 2026" in sent.text
        assert client.get(f"{base}/besok/").status_code == 404
        assert not SalesReport.objects.exists()

    def test_the_history_shows_revisions_and_a_chart_with_its_table(self, client, shop, owner):
        SalesReportFactory(shop=shop, month=datetime.date(2026, 7, 1))
        report(shop, owner, turnover=1_000_000)
        report(shop, owner, turnover=3_000_000)
        sign_in(client, owner)

        page = client.get(f"/esmart/toko/{shop.pk}/riwayat/").text

        assert "Sebelum diperbaiki" in page
        assert "omzet Rp1.000.000" in page
        assert (
            'role="img" aria-label="Omzet per bulan: Mei 2026 Rp3.000.000; Juni 2026 belum' in page
        )
        assert '<td class="r">Rp3.000.000</td>' in page

    def test_an_empty_history_says_so(self, client, shop, owner):
        sign_in(client, owner)

        assert "Belum ada laporan" in client.get(f"/esmart/toko/{shop.pk}/riwayat/").text

    def test_pages_cost_the_same_however_many_reports(
        self, client, owner, django_assert_max_num_queries
    ):
        shop = ShopFactory(
            organization=IkmFactory(owner=owner), opened_on=datetime.date(2024, 1, 1)
        )
        for month in months_between(datetime.date(2024, 1, 1), MAY):
            report(shop, owner, month=month, turnover=1_000_000)
            report(shop, owner, month=month, turnover=2_000_000)
        sign_in(client, owner)

        for page in ("", "riwayat/", "lapor/2026-05/"):
            with django_assert_max_num_queries(15):
                client.get(f"/esmart/toko/{shop.pk}/{page}")
