"""Shops of IKM: opened with a link that is theirs, corrected, closed, and looked at by officers."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programs.esmart_enums import EnrolmentStatus, LinkState
from programs.models import Notification, Shop
from programs.shop_links import read_link
from programs.transitions import TransitionNotAllowed
from programs.workflow import shops
from tests.factories.esmart import (
    EnrolmentFactory,
    MarketplaceFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import (
    DinasFactory,
    IkmFactory,
    RegionFactory,
    UserFactory,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 20)
OPENED = datetime.date(2026, 4, 1)
CLOSED = datetime.date(2020, 9, 1)
LIST = "/esmart/toko/"
NEW = "/esmart/toko/baru/"


@pytest.fixture
def owner():
    return UserFactory(name="Rahmah Contoh")


@pytest.fixture
def ikm(owner):
    return IkmFactory(owner=owner)


@pytest.fixture
def tokopedia():
    return MarketplaceFactory(hosts=["tokopedia.com", "tokopedia.link"])


def details(marketplace, **changes):
    return {
        "marketplace": marketplace,
        "name": "Songket Rahmah",
        "url": "tokopedia.com/songketrahmah",
        "opened_on": OPENED,
    } | changes


def open_one(ikm, marketplace, by, **changes):
    return shops.open_shop(ikm, **details(marketplace, **changes), by=by, today=TODAY)


class TestLinks:
    @pytest.mark.parametrize(
        "typed",
        [
            "tokopedia.com/songket",
            "https://tokopedia.com/songket",
            "http://www.tokopedia.com/songket/",
            " HTTPS://WWW.Tokopedia.com/songket?utm_source=wa#atas ",
            "m.tokopedia.com/songket",
        ],
    )
    def test_a_link_is_written_in_one_way(self, tokopedia, typed):
        assert read_link(typed, tokopedia) == "https://tokopedia.com/songket"

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("https://shopee.co.id/songket", "menuju shopee.co.id, bukan"),
            ("https://tokopedia.com.jahat.id/songket", "bukan"),
            ("https://tokopedia.com@jahat.id/songket", "Ini bukan tautan toko"),
            ("javascript:alert(1)", "Ini bukan tautan toko"),
            ("https://127.0.0.1/toko", "Ini bukan tautan toko"),
            ("https://tokopedia.com:8080/toko", "Ini bukan tautan toko"),
            ("tokosaya", "Ini bukan tautan toko"),
            ("https://[::1", "Ini bukan tautan toko"),
            ("https://www.tokopedia.com/", "halaman depan"),
            ("https://tokopedia.com/" + "x" * 300, "paling panjang 300"),
        ],
    )
    def test_another_link_is_answered_with_a_sentence(self, tokopedia, typed, words):
        with pytest.raises(ValueError, match=words):
            read_link(typed, tokopedia)

    def test_ones_own_site_may_have_any_address(self):
        own = MarketplaceFactory(slug="situs-sendiri", hosts=[])

        assert read_link("songketrahmah.co.id/toko?id=5", own) == (
            "https://songketrahmah.co.id/toko?id=5"
        )


class TestOpening:
    def test_the_first_shop_brings_an_ikm_onboard(self, ikm, owner, tokopedia):
        enrolment = EnrolmentFactory(organization=ikm, trained=True)
        participation_of(enrolment)

        shop = open_one(ikm, tokopedia, owner)

        enrolment.refresh_from_db()
        assert shop.url == "https://tokopedia.com/songketrahmah"
        assert shop.entered_by == owner
        assert (enrolment.status, enrolment.onboard_on) == (EnrolmentStatus.ONBOARD, OPENED)

    def test_all_that_is_wrong_is_told_at_once(self, ikm, owner):
        blanja = MarketplaceFactory(slug="blanja", active_to=CLOSED)

        with pytest.raises(ValidationError) as refused:
            open_one(ikm, blanja, owner, url="https://shopee.co.id/x")

        assert "tutup sejak 1 September 2020" in refused.value.message_dict["opened_on"][0]
        assert "bukan Blanja" in refused.value.message_dict["url"][0]
        assert not Shop.objects.exists()

    def test_a_day_to_come_is_refused(self, ikm, owner, tokopedia):
        with pytest.raises(ValidationError, match="belum tiba"):
            open_one(ikm, tokopedia, owner, opened_on=datetime.date(2026, 11, 21))

    def test_a_link_of_somebody_else_is_refused_in_words(self, ikm, owner, tokopedia):
        open_one(IkmFactory(), tokopedia, owner)

        with pytest.raises(ValidationError, match="sudah dipakai usaha lain"):
            open_one(ikm, tokopedia, owner, name="Lain", url="www.tokopedia.com/songketrahmah/")

    def test_ones_own_other_shop_is_named(self, ikm, owner, tokopedia):
        open_one(ikm, tokopedia, owner)

        with pytest.raises(ValidationError, match="toko Anda Songket Rahmah"):
            open_one(ikm, tokopedia, owner, name="Lain")

    def test_the_link_of_a_closed_shop_can_be_used_again(self, ikm, owner, tokopedia):
        shops.close_shop(open_one(ikm, tokopedia, owner), closed_on=TODAY, by=owner, today=TODAY)

        assert open_one(IkmFactory(), tokopedia, owner).pk


class TestChangingAndClosing:
    def test_a_new_link_has_to_be_looked_at_again(self, ikm, owner, tokopedia):
        shop = ShopFactory(
            organization=ikm, marketplace=tokopedia, link_state="GOOD", checked_on=TODAY
        )
        same = {"name": "Nama baru", "opened_on": OPENED, "by": owner, "today": TODAY}

        assert shops.change_shop(shop, url=shop.url, **same).link_state == LinkState.GOOD
        changed = shops.change_shop(shop, url="tokopedia.com/baru", **same)

        assert (changed.name, changed.link_state) == ("Nama baru", LinkState.UNCHECKED)
        assert changed.checked_on is None

    def test_a_shop_cannot_open_after_its_first_report(self, ikm, owner):
        report = SalesReportFactory(shop__organization=ikm)
        shop = report.shop

        with pytest.raises(ValidationError, match="Sudah ada laporan penjualan Mei 2026"):
            shops.change_shop(
                shop,
                name=shop.name,
                url=shop.url,
                opened_on=datetime.date(2026, 6, 1),
                by=owner,
                today=TODAY,
            )

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (datetime.date(2026, 11, 21), "belum tiba"),
            (datetime.date(2026, 3, 31), "dibuka 1 April 2026"),
            (datetime.date(2026, 4, 30), "Sudah ada laporan penjualan Mei 2026"),
        ],
    )
    def test_a_shop_closes_on_a_day_that_fits(self, owner, day, words):
        shop = SalesReportFactory().shop

        with pytest.raises(ValidationError, match=words):
            shops.close_shop(shop, closed_on=day, by=owner, today=TODAY)

    def test_a_closed_shop_stays_closed(self, owner):
        shop = shops.close_shop(ShopFactory(), closed_on=TODAY, by=owner, today=TODAY)

        with pytest.raises(TransitionNotAllowed, match="sudah ditutup pada 20 November 2026"):
            shops.close_shop(shop, closed_on=TODAY, by=owner, today=TODAY)
        with pytest.raises(TransitionNotAllowed, match="sudah ditutup"):
            shops.change_shop(shop, name="x", url=shop.url, opened_on=OPENED, by=owner, today=TODAY)


class TestLinkCheck:
    def test_a_wrong_link_is_told_to_the_owner_with_the_reason(self, ikm, owner):
        shop, by = ShopFactory(organization=ikm), UserFactory()

        shops.check_link(shop, is_good=False, note="Halaman kosong.", by=by, today=TODAY)

        shop.refresh_from_db()
        told = Notification.objects.get(recipient=owner)
        assert (shop.link_state, shop.link_note) == (LinkState.WRONG, "Halaman kosong.")
        assert (shop.checked_on, shop.checked_by) == (TODAY, by)
        assert "Halaman kosong." in told.body
        assert told.url == f"/esmart/toko/{shop.pk}/"

    def test_a_good_link_is_told_to_nobody(self, ikm):
        shop = shops.check_link(
            ShopFactory(organization=ikm), is_good=True, by=UserFactory(), today=TODAY
        )

        assert shop.link_state == LinkState.GOOD
        assert not Notification.objects.exists()

    def test_what_is_wrong_must_be_said(self, ikm):
        with pytest.raises(ValidationError, match="apa yang tidak sesuai"):
            shops.check_link(ShopFactory(), is_good=False, note=" ", by=UserFactory(), today=TODAY)


class TestPages:
    def test_an_owner_adds_a_shop(self, client, ikm, owner, tokopedia):
        sign_in(client, owner)
        typed = details(tokopedia.pk, organization=ikm.pk, opened_on="01/04/2026")

        answer = client.post(NEW, typed)

        shop = Shop.objects.get()
        assert answer.url == f"/esmart/toko/{shop.pk}/"
        assert "Songket Rahmah" in client.get(answer.url).text
        assert "Songket Rahmah" in client.get(LIST).text

    def test_what_was_typed_wrong_stays_and_is_named(self, client, ikm, owner, tokopedia):
        sign_in(client, owner)

        answer = client.post(
            NEW, details(tokopedia.pk, organization=ikm.pk, url="shopee.co.id/x", name="Toko Uni")
        )

        assert answer.status_code == 422
        assert "bukan Tokopedia" in answer.text
        assert "shopee.co.id/x" in answer.text
        assert "Toko Uni" in answer.text

    def test_nobody_adds_a_shop_to_another_ikm(self, client, ikm, owner, tokopedia):
        sign_in(client, owner)

        answer = client.post(NEW, details(tokopedia.pk, organization=IkmFactory().pk))

        assert answer.status_code == 422
        assert not Shop.objects.exists()

    def test_a_marketplace_that_has_closed_is_not_offered(self, client, ikm, owner, tokopedia):
        MarketplaceFactory(slug="blanja", active_to=CLOSED)
        sign_in(client, owner)

        page = client.get(NEW).text

        assert "Tokopedia" in page
        assert "Blanja" not in page

    def test_a_newcomer_is_led_to_register_a_business(self, client):
        sign_in(client, UserFactory())

        assert "Daftarkan usaha" in client.get(LIST).text
        assert "Daftarkan usaha" in client.get(NEW).text

    def test_an_owner_corrects_and_closes_a_shop(self, client, ikm, owner):
        shop = ShopFactory(organization=ikm)
        sign_in(client, owner)

        edited = client.post(
            f"/esmart/toko/{shop.pk}/ubah/",
            {"name": "Baru", "url": shop.url, "opened_on": "02/04/2026"},
        )
        early = client.post(f"/esmart/toko/{shop.pk}/tutup/", {"closed_on": "01/01/2026"})
        closed = client.post(f"/esmart/toko/{shop.pk}/tutup/", {"closed_on": "03/04/2026"})
        again = client.post(f"/esmart/toko/{shop.pk}/tutup/", {"closed_on": "03/04/2026"})

        shop.refresh_from_db()
        assert edited.status_code == closed.status_code == 302
        assert (early.status_code, again.status_code) == (422, 409)
        assert (shop.name, shop.closed_on) == ("Baru", datetime.date(2026, 4, 3))

    @pytest.mark.parametrize("page", ["", "ubah/", "tutup/", "riwayat/", "lapor/2026-05/"])
    def test_the_shop_of_somebody_else_does_not_exist(self, client, page):
        sign_in(client, UserFactory())

        assert client.get(f"/esmart/toko/{ShopFactory().pk}/{page}").status_code == 404

    def test_a_dinas_reads_the_shops_of_its_region_and_writes_nothing(self, client):
        here = ShopFactory(name="Toko Bukittinggi")
        there = ShopFactory(
            name="Toko Bandung",
            organization=IkmFactory(region=RegionFactory(code="32.73", name="Kota Bandung")),
        )
        dinas = UserFactory()
        DinasFactory(region=RegionFactory(), member=dinas)
        sign_in(client, dinas)

        listed = client.get(LIST).text

        assert here.name in listed
        assert there.name not in listed
        assert "Laporkan<" not in listed
        assert client.get(f"/esmart/toko/{here.pk}/").status_code == 200
        assert client.get(f"/esmart/toko/{here.pk}/riwayat/").status_code == 200
        for page in ("ubah/", "tutup/", "lapor/2026-05/"):
            assert client.get(f"/esmart/toko/{here.pk}/{page}").status_code == 403
            assert client.post(f"/esmart/toko/{here.pk}/{page}").status_code == 403
        assert client.get(LIST, {"cari": "tidak ada"}).text.count(here.name) == 0

    def test_the_list_says_which_months_are_missing(self, client, ikm, owner):
        shop = ShopFactory(
            organization=ikm,
            opened_on=datetime.date(2020, 6, 1),
            closed_on=datetime.date(2020, 8, 20),
        )
        SalesReportFactory(shop=shop, month=datetime.date(2020, 7, 1))
        sign_in(client, owner)

        listed = client.get(LIST).text

        assert "2 laporan bulanan belum diisi" in listed
        assert reverse("esmart:sales_report", args=[shop.pk, "2020-08"]) in listed
        assert reverse("esmart:sales_report", args=[shop.pk, "2020-06"]) in listed
        assert reverse("esmart:sales_report", args=[shop.pk, "2020-07"]) not in listed

    def test_the_list_costs_the_same_however_many_shops(
        self, client, ikm, owner, django_assert_max_num_queries
    ):
        for _ in range(8):
            SalesReportFactory(shop__organization=ikm)
        sign_in(client, owner)

        with django_assert_max_num_queries(15):
            client.get(LIST)


def participation_of(enrolment):
    """The workshop that the enrolment's stage rests on."""
    return enrolment.organization.participations.create(
        program=enrolment.program,
        user=UserFactory(),
        activity="Lokakarya e-Smart",
        kind="WORKSHOP",
        completed_on=enrolment.trained_on,
        key=f"lokakarya.{enrolment.pk}",
    )
