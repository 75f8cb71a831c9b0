"""An owner's products from a phone: price, photos, certificates, and who sees them."""

import uuid
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from programs import roles
from programs.esmart_tasks import remind_of_expiring_certifications
from programs.models import Certification, Consent, Document, Notification, Product
from programs.workflow.accounts import give_consent
from tests.factories.esmart import ProductFactory
from tests.factories.programs import (
    DinasFactory,
    IkmFactory,
    MembershipFactory,
    UserFactory,
    officer,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db

LIST = "/esmart/produk/"


def picture(colour="tomato", size=(640, 480)):
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG")
    return SimpleUploadedFile(f"{colour}.jpg", target.getvalue(), content_type="image/jpeg")


@pytest.fixture
def owner(client):
    person = UserFactory()
    sign_in(client, person)
    return person


@pytest.fixture
def ikm(owner):
    return IkmFactory(owner=owner, name="Keripik Contoh")


@pytest.fixture
def product(ikm):
    return ProductFactory(organization=ikm, name="Keripik balado")


def page(product, part=""):
    return f"/esmart/produk/{product.pk}/{part}"


@pytest.fixture
def typed():
    return {
        "name": "Keripik sanjai",
        "commodity": "FOOD",
        "price": "Rp 25.000,-",
        "unit": "bungkus",
        "description": "Tahan 3 bulan.",
    }


class TestTheProduct:
    def test_it_is_entered_in_one_form(self, client, ikm, typed):
        shown = client.get(f"/esmart/produk/baru/{ikm.pk}/")
        answer = client.post(f"/esmart/produk/baru/{ikm.pk}/", typed)

        product = Product.objects.get()
        assert shown.context["form"]["commodity"].value() == "FASHION"  # as the register says
        assert answer.url == page(product)
        assert (product.organization, product.price, product.unit) == (ikm, 25_000, "bungkus")
        assert "Rp25.000 per bungkus" in client.get(LIST).text

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"name": ""}, "Isi nama produk."),
            ({"price": "0"}, "Tulis paling sedikit 1."),
            ({"price": "mahal"}, "mahal"),
            ({"commodity": ""}, "Pilih komoditas."),
            ({"commodity": "SENJATA"}, "Pilih"),
        ],
    )
    def test_what_is_wrong_is_said_and_the_rest_stays(self, client, ikm, typed, wrong, sentence):
        answer = client.post(f"/esmart/produk/baru/{ikm.pk}/", typed | wrong)

        assert answer.status_code == 422
        assert sentence in answer.text
        assert "Tahan 3 bulan." in answer.text
        assert not Product.objects.exists()

    def test_two_of_one_name_would_be_one_too_many(self, client, ikm, product, typed):
        answer = client.post(
            f"/esmart/produk/baru/{ikm.pk}/", typed | {"name": " Keripik  balado "}
        )

        assert answer.status_code == 422
        assert "Produk dengan nama ini sudah ada." in answer.text

    def test_the_same_form_twice_is_one_product(self, client, ikm, typed):
        typed["once"] = str(uuid.uuid4())

        first = client.post(f"/esmart/produk/baru/{ikm.pk}/", typed)
        second = client.post(f"/esmart/produk/baru/{ikm.pk}/", typed)

        assert first.url == second.url
        assert Product.objects.count() == 1

    def test_it_is_corrected_and_hidden_and_shown(self, client, product, typed):
        client.post(page(product, "ubah/"), typed | {"name": "Keripik pedas"})
        client.post(page(product, "tampil/"), {"tampil": "0"})

        product.refresh_from_db()
        assert (product.name, product.is_shown) == ("Keripik pedas", False)
        assert "Disembunyikan dari katalog" in client.get(page(product)).text

        client.post(page(product, "tampil/"), {"tampil": "1"})
        product.refresh_from_db()
        assert product.is_shown

    def test_the_first_product_is_invited(self, client, ikm):
        assert "Belum ada produk" in client.get(LIST).text

    def test_who_has_no_ikm_is_shown_the_way(self, client, owner):
        assert "Catat usaha Anda dahulu" in client.get(LIST).text

    def test_others_find_nothing_and_readers_change_nothing(self, product):
        stranger = sign_in(Client(), UserFactory())
        dinas = UserFactory()
        DinasFactory(region=product.organization.region, member=dinas)
        assert stranger.get(page(product)).status_code == 404
        assert stranger.post(page(product, "tampil/"), {"tampil": "0"}).status_code == 404

        for person in (dinas, officer(roles.IKMA_OFFICER)):
            reader = sign_in(Client(), person)
            assert "tanpa dapat mengubahnya" in reader.get(page(product)).text
            for part in ("ubah/", "tampil/", "foto/", "sertifikat/"):
                assert reader.post(page(product, part), {"tampil": "0"}).status_code == 403
            assert reader.post(f"/esmart/produk/baru/{product.organization_id}/").status_code == 403
        product.refresh_from_db()
        assert product.is_shown


class TestPhotos:
    def test_a_photo_is_written_anew_and_shown_to_its_people_alone(self, client, product):
        answer = client.post(page(product, "foto/"), {"photo": picture()})

        photo = product.photos.get()
        assert answer.url == page(product)
        address = f"/esmart/foto/{photo.document.code}/"
        assert address in client.get(page(product)).text
        small = client.get(f"{address}?kecil")
        assert small["Content-Type"] == "image/jpeg"
        assert "private" in small["Cache-Control"]
        assert Image.open(BytesIO(small.content)).size == (320, 240)
        assert Client().get(address).status_code == 404
        assert sign_in(Client(), UserFactory()).get(address).status_code == 404

    def test_what_is_no_photo_is_refused_with_a_sentence(self, client, product):
        answer = client.post(
            page(product, "foto/"),
            {"photo": SimpleUploadedFile("foto.jpg", b"%PDF-1.4\n%%EOF\n")},
        )

        assert answer.status_code == 422
        assert "Bagian ini hanya menerima foto" in answer.text
        assert not Document.objects.exists()

    def test_nothing_chosen_is_said(self, client, product):
        answer = client.post(page(product, "foto/"), {})

        assert answer.status_code == 422
        assert "Unggah foto produk." in answer.text

    def test_five_are_enough_and_the_same_one_is_not_another(self, client, product):
        colours = ["red", "green", "blue", "gold", "navy"]
        for colour in colours:
            client.post(page(product, "foto/"), {"photo": picture(colour)})

        sixth = client.post(page(product, "foto/"), {"photo": picture("pink")})
        assert sixth.status_code == 409
        assert "paling banyak 5 foto" in sixth.text
        assert product.photos.count() == 5

        client.post(f"/esmart/produk/foto/{product.photos.first().pk}/hapus/")
        again = client.post(page(product, "foto/"), {"photo": picture("navy")})
        assert again.status_code == 409
        assert "sudah ada" in again.text

    def test_another_one_is_put_first_and_one_is_taken_away(
        self, client, product, django_capture_on_commit_callbacks
    ):
        for colour in ("red", "green", "blue"):
            client.post(page(product, "foto/"), {"photo": picture(colour)})
        red, green, blue = product.photos.all()

        client.post(f"/esmart/produk/foto/{blue.pk}/pertama/")
        assert [one.pk for one in product.photos.all()] == [blue.pk, red.pk, green.pk]

        name, storage = red.document.file.name, red.document.file.storage
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"/esmart/produk/foto/{red.pk}/hapus/")
        assert [one.pk for one in product.photos.all()] == [blue.pk, green.pk]
        assert not storage.exists(name)
        assert Document.objects.count() == 2

    def test_the_photos_of_others_do_not_exist(self, client, product, owner):
        client.post(page(product, "foto/"), {"photo": picture()})
        photo = product.photos.get()
        other = sign_in(Client(), UserFactory())

        assert other.post(f"/esmart/produk/foto/{photo.pk}/hapus/").status_code == 404
        assert other.post(f"/esmart/produk/foto/{photo.pk}/pertama/").status_code == 404
        assert product.photos.exists()


class TestCertificates:
    @pytest.fixture
    def halal(self):
        return {
            "kind": "HALAL",
            "number": "ID1311000012",
            "issued_on": "17/08/2024",
            "expires_on": f"{timezone.localdate() + timedelta(days=90):%d/%m/%Y}",
        }

    def test_one_is_recorded_with_its_last_day(self, client, product, halal):
        answer = client.post(page(product, "sertifikat/"), halal)

        one = Certification.objects.get()
        assert answer.url == page(product)
        assert one.issued_on == date(2024, 8, 17)
        assert one.expires_on == timezone.localdate() + timedelta(days=90)
        assert "halal ID1311000012" in client.get(page(product)).text

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"kind": ""}, "Pilih jenis sertifikat."),
            ({"number": " "}, "Isi nomor sertifikat."),
            ({"expires_on": "32/01/2030"}, "32/01/2030"),
            ({"expires_on": "01/01/2020"}, "Catat yang masih berlaku saja."),
            (
                {"issued_on": f"{timezone.localdate() + timedelta(days=2):%d/%m/%Y}"},
                "Tanggal terbit belum tiba.",
            ),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, client, product, halal, wrong, sentence):
        answer = client.post(page(product, "sertifikat/"), halal | wrong)

        assert answer.status_code == 422
        assert sentence in answer.text
        assert not Certification.objects.exists()

    def test_the_same_certificate_is_not_recorded_twice(self, client, product, halal):
        client.post(page(product, "sertifikat/"), halal)
        answer = client.post(page(product, "sertifikat/"), halal)

        assert answer.status_code == 422
        assert "Sertifikat ini sudah tercatat" in answer.text

    def test_one_is_taken_away_by_its_people_alone(self, client, product, halal):
        client.post(page(product, "sertifikat/"), halal)
        address = f"/esmart/produk/sertifikat/{Certification.objects.get().pk}/hapus/"

        assert sign_in(Client(), UserFactory()).post(address).status_code == 404
        client.post(address)
        assert not Certification.objects.exists()

    @pytest.mark.parametrize(("left", "told"), [(61, 0), (60, 1), (30, 1), (7, 1), (0, 1), (-1, 0)])
    def test_its_people_are_reminded_before_it_expires(self, product, left, told):
        expires_on = timezone.localdate() + timedelta(days=left)
        product.certifications.create(kind="PIRT", number="206", expires_on=expires_on)

        remind_of_expiring_certifications()
        remind_of_expiring_certifications()  # twice on one day tells once

        assert Notification.objects.count() == told

    def test_each_of_the_three_days_reminds_once(self, product, monkeypatch):
        today = timezone.localdate()
        product.certifications.create(
            kind="PIRT", number="206", expires_on=today + timedelta(days=60)
        )

        for day in range(61):
            moment = today + timedelta(days=day)
            monkeypatch.setattr("programs.esmart_tasks.timezone.localdate", lambda m=moment: m)
            remind_of_expiring_certifications()

        told = list(Notification.objects.order_by("pk").values_list("body", flat=True))
        assert [words.split(" hari lagi")[0].rsplit(" ", 1)[1] for words in told] == [
            "60",
            "30",
            "7",
        ]


class TestConsent:
    def test_the_owner_gives_it_with_one_press_where_it_is_missing(self, client, product, owner):
        asked = client.get(page(product))
        assert "Izinkan tampil di katalog" in asked.text
        assert "Pemberitahuan privasi" in asked.text

        client.post("/esmart/produk/izin/")

        assert Consent.objects.get().user == owner
        assert "Tampil di katalog umum" in client.get(page(product)).text
        assert "Izinkan tampil" not in client.get(LIST).text

    def test_a_member_is_told_to_ask_the_owner(self, product):
        person = UserFactory()
        MembershipFactory(organization=product.organization, user=person)
        give_consent("PUBLISH_PROFILE", by=person)  # a member's consent opens nothing

        shown = sign_in(Client(), person).get(page(product)).text

        assert "Minta pemilik membuka halaman produk ini" in shown
        assert "Izinkan tampil" not in shown


def test_the_list_costs_the_same_for_one_product_as_for_many(
    client, product, django_assert_max_num_queries
):
    ProductFactory.create_batch(12, organization=product.organization)
    client.post(page(product, "foto/"), {"photo": picture()})

    with django_assert_max_num_queries(15):
        client.get(LIST)
    with django_assert_max_num_queries(15):
        client.get(page(product))
