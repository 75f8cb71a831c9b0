"""The pages of e-Smart in a browser: on a phone and a wide screen, axe finds nothing wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from programs.months import first_of, month_after
from programs.uploads import accept_upload
from programs.workflow.accounts import give_consent
from programs.workflow.products import add_photo
from tests.axe import faults_everywhere
from tests.factories.esmart import (
    EnrolmentFactory,
    MentorFactory,
    MentoringTaskFactory,
    ProductFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import PASSWORD, DinasFactory, IkmFactory, UserFactory
from tests.programs.evil_files import picture, upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ikm():
    """An IKM that sells, with all that its pages can show, and its owner."""
    owner = UserFactory(confirmed=True, name="Rahmah Contoh")
    ikm = IkmFactory(owner=owner, name="CV Sandang Contoh")
    enrolment = EnrolmentFactory(organization=ikm, selling=True)
    this_month = first_of(timezone.localdate())
    shop = ShopFactory(organization=ikm, opened_on=month_after(this_month, -8))
    for ago in (1, 2, 4, 5, 6):
        SalesReportFactory(
            shop=shop, month=month_after(this_month, -ago), turnover=600_000 + 350_000 * ago
        )
    give_consent("PUBLISH_PROFILE", by=owner)
    product = ProductFactory(organization=ikm, name="Songket balapak", price=1_250_000)
    add_photo(product, accept_upload(upload(picture(), "a.jpg")), by=owner)
    product.certifications.create(
        kind="HKI", number="IDM000123456", expires_on=timezone.localdate() + timedelta(days=20)
    )
    ProductFactory(organization=ikm, name="Selendang", is_shown=False)
    MentoringTaskFactory(
        enrolment=enrolment, status="ASSIGNED", mentor=MentorFactory(user__name="Ibu Pendamping")
    )
    return ikm


def sign_in(page, address, user):
    page.goto(f"{address}/akun/login/?next=/esmart/saya/")
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/esmart/**")


def all_faults(page, live_server, paths):
    found = {}
    for path in paths:
        page.goto(live_server.url + path)
        found[path] = faults_everywhere(page)
    return {path: fault for path, fault in found.items() if fault}


def test_everybody_can_use_the_pages_of_an_owner(page, live_server, ikm):
    sign_in(page, live_server.url, ikm.members.get())
    enrolment, product = ikm.enrolments.get(), ikm.products.get(is_shown=True)
    other = IkmFactory(owner=ikm.members.get(), name="Keripik Contoh")

    assert (
        all_faults(
            page,
            live_server,
            [
                f"/esmart/{enrolment.pk}/",
                f"/esmart/{enrolment.pk}/keluar/",
                "/esmart/daftar/",
                f"/esmart/daftar/{other.pk}/",
                "/esmart/produk/",
                f"/esmart/produk/{product.pk}/",
                f"/esmart/produk/{product.pk}/ubah/",
                f"/esmart/produk/{product.pk}/foto/",
                f"/esmart/produk/{product.pk}/sertifikat/",
                f"/esmart/produk/{ikm.products.get(is_shown=False).pk}/",
            ],
        )
        == {}
    )


def test_everybody_can_use_the_pages_of_a_dinas_and_the_owners_answer(page, live_server, ikm):
    person = UserFactory(confirmed=True)
    DinasFactory(region=ikm.region, member=person)
    waiting = IkmFactory(name="Keripik Contoh")
    asked = EnrolmentFactory(proposed=True, owner_email=person.email, entered_by=UserFactory())
    elsewhere = EnrolmentFactory(proposed=True)
    sign_in(page, live_server.url, person)

    assert (
        all_faults(
            page,
            live_server,
            [
                "/esmart/saya/",
                "/esmart/usulkan/",
                f"/esmart/usulkan/{waiting.pk}/",
                f"/esmart/setujui/{asked.code}/",
                f"/esmart/setujui/{asked.code}/tolak/",
                f"/esmart/setujui/{elsewhere.code}/",
            ],
        )
        == {}
    )


def test_everybody_can_use_the_public_pages(page, live_server, ikm):
    product = ikm.products.get(is_shown=True)

    assert (
        all_faults(
            page,
            live_server,
            [
                "/esmart/",
                "/esmart/katalog/",
                "/esmart/katalog/?komoditas=FOOD&cari=songket",
                "/esmart/katalog/?komoditas=METAL",
                f"/esmart/katalog/{product.pk}/",
                f"/esmart/katalog/ikm/{ikm.pk}/",
            ],
        )
        == {}
    )
