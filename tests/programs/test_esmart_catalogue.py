"""The public catalogue: what owners agreed to show, narrowed by words, commodity and place."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from programs.esmart_enums import LinkState
from programs.models import Shop
from programs.uploads import accept_upload
from programs.workflow.accounts import close_account, give_consent, withdraw_consent
from programs.workflow.products import add_photo
from tests.factories.esmart import MarketplaceFactory, ProductFactory, ShopFactory
from tests.factories.programs import (
    IkmFactory,
    ProvinceFactory,
    RegionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CATALOGUE = "/esmart/katalog/"
PUBLISH = "PUBLISH_PROFILE"


def consenting_ikm(**details):
    owner = UserFactory()
    give_consent(PUBLISH, by=owner)
    return IkmFactory(owner=owner, **details)


@pytest.fixture
def bandung():
    west = ProvinceFactory(code="32", name="Jawa Barat")
    return RegionFactory(code="32.73", name="Kota Bandung", province=west)


@pytest.fixture
def chips():
    return ProductFactory(
        organization=consenting_ikm(name="Dapur Contoh", profile__brands="Sanjai Rahmah"),
        name="Keripik sanjai",
    )


@pytest.fixture
def table(bandung):
    return ProductFactory(
        organization=consenting_ikm(name="Mebel Contoh", region=bandung),
        name="Meja jati",
        commodity="FURNITURE",
        price=2_500_000,
    )


def found(client, query=""):
    return [product.name for product in client.get(f"{CATALOGUE}{query}").context["page"]]


class TestWhoIsShown:
    def test_products_of_consenting_owners_that_are_not_hidden(self, client, chips):
        ProductFactory(organization=chips.organization, name="Tersembunyi", is_shown=False)
        ProductFactory(organization=IkmFactory(owner=UserFactory()), name="Tanpa izin")

        assert found(client) == ["Keripik sanjai"]

    def test_a_withdrawn_consent_takes_all_of_it_away_at_once(self, client, chips):
        owner = chips.organization.members.get()
        photo = add_photo(chips, accept_upload(_picture()), by=owner)
        addresses = [
            f"{CATALOGUE}{chips.pk}/",
            f"{CATALOGUE}ikm/{chips.organization_id}/",
            f"/esmart/foto/{photo.document.code}/",
        ]
        assert [client.get(address).status_code for address in addresses] == [200, 200, 200]

        withdraw_consent(PUBLISH, by=owner)

        assert found(client) == []
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404]

    def test_a_closed_account_takes_its_products_out(self, client, chips):
        owner = chips.organization.members.get()

        close_account(owner, by=owner)

        assert found(client) == []

    def test_an_empty_catalogue_invites(self, client):
        assert "Belum ada produk yang ditampilkan" in client.get(CATALOGUE).text


class TestNarrowing:
    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("", ["Keripik sanjai", "Meja jati"]),
            ("?cari=sanjai", ["Keripik sanjai"]),
            ("?cari=rahmah keripik", ["Keripik sanjai"]),
            ("?cari=mebel", ["Meja jati"]),
            ("?komoditas=FURNITURE", ["Meja jati"]),
            ("?provinsi=32", ["Meja jati"]),
            ("?wilayah=32.73", ["Meja jati"]),
            ("?provinsi=32&komoditas=FOOD", []),
        ],
    )
    def test_by_words_commodity_and_place(self, client, chips, table, query, names):
        assert found(client, query) == names

    def test_each_filter_can_be_taken_away(self, client, chips, table):
        page = client.get(f"{CATALOGUE}?provinsi=32&komoditas=FOOD")

        assert "Tidak ada produk yang cocok" in page.text
        assert [label for label, _ in page.context["chips"]] == ["Makanan", "Jawa Barat"]
        assert [way for _, way in page.context["chips"]] == ["?provinsi=32", "?komoditas=FOOD"]

    def test_only_places_with_products_are_offered(self, client, table):
        page = client.get(CATALOGUE)

        assert [code for code, _ in page.context["filter"].filters["wilayah"].extra["choices"]] == [
            "32.73"
        ]

    def test_nonsense_in_the_address_is_answered_calmly(self, client, chips):
        page = client.get(f"{CATALOGUE}?komoditas=SENJATA&halaman=999")

        assert page.status_code == 200


class TestOneProduct:
    def test_price_region_and_certificates_that_count(self, client, chips):
        today = timezone.localdate()
        chips.certifications.create(kind="HALAL", number="ID1", expires_on=today)
        chips.certifications.create(kind="PIRT", number="LAMA", expires_on=today - timedelta(1))
        chips.certifications.create(kind="HKI", number="IDM3", expires_on=None)

        page = client.get(f"{CATALOGUE}{chips.pk}/").text

        assert "Rp25.000" in page
        assert "Kota Bukittinggi, Sumatera Barat" in page or chips.organization.region.name in page
        assert "Nomor ID1" in page
        assert "Nomor IDM3" in page
        assert "LAMA" not in page

    def test_what_the_owner_did_not_agree_to_show_is_not_shown(self, client, chips):
        for address in (f"{CATALOGUE}{chips.pk}/", f"{CATALOGUE}ikm/{chips.organization_id}/"):
            page = client.get(address).text
            assert chips.organization.ikm.owner_name not in page
            assert chips.organization.nib not in page
            assert chips.organization.address not in page
            assert "600.000.000" not in page

    def test_links_lead_to_open_shops_unless_an_officer_found_them_wrong(self, client, chips):
        ikm = chips.organization
        for name, state in [("Bagus", LinkState.GOOD), ("Baru", LinkState.UNCHECKED)]:
            ShopFactory(organization=ikm, name=name, link_state=state, checked_on=date(2026, 5, 1))
        ShopFactory(
            organization=ikm, name="Salah", link_state=LinkState.WRONG, checked_on=date(2026, 5, 1)
        )
        ShopFactory(organization=ikm, name="Tutup", closed_on=date(2026, 6, 1))
        ShopFactory(organization=ikm, name="Tanpatautan", url="")

        page = client.get(f"{CATALOGUE}{chips.pk}/")

        assert [shop.name for shop in page.context["shops"]] == ["Bagus", "Baru"]
        assert 'rel="noopener noreferrer nofollow external"' in page.text

    def test_the_page_of_an_ikm_has_all_its_products(self, client, chips):
        ProductFactory(organization=chips.organization, name="Dendeng batokok")

        page = client.get(f"{CATALOGUE}ikm/{chips.organization_id}/").text

        assert "Sanjai Rahmah" in page
        assert "Dendeng batokok" in page
        assert "Keripik sanjai" in page


def _picture():
    target = BytesIO()
    Image.new("RGB", (1600, 1200), "tomato").save(target, "JPEG")
    return SimpleUploadedFile("foto.jpg", target.getvalue())


def test_a_public_photo_is_small_cached_and_open_to_all(client, chips):
    photo = add_photo(chips, accept_upload(_picture()), by=UserFactory())
    address = f"/esmart/foto/{photo.document.code}/"

    small, large = Client().get(f"{address}?kecil"), Client().get(address)

    assert Image.open(BytesIO(small.content)).size == (320, 240)
    assert Image.open(BytesIO(large.content)).size == (1000, 750)
    assert small["Cache-Control"] == "public, max-age=300"
    assert f"{address}?kecil" in client.get(CATALOGUE).text
    assert Client().get(f"/dokumen/{photo.document.code}/").status_code == 302


def test_the_catalogue_costs_the_same_for_one_as_for_many(
    client, chips, table, django_assert_max_num_queries
):
    MarketplaceFactory()
    for number in range(30):
        ProductFactory(organization=chips.organization, name=f"Produk {number}")

    with django_assert_max_num_queries(8):
        page = client.get(CATALOGUE)

    assert len(page.context["page"]) == 24
    assert "Halaman 1 dari 2" in page.text
    assert not Shop.objects.exists()
