"""What people read when something does not work, each through a real request."""

import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import Client
from django.urls import path, reverse

from config.urls import urlpatterns as site
from programs import roles
from tests.factories.programs import OfficerFactory, UserFactory, officer
from tests.people import sign_in


@login_not_required
def broken(request):
    raise OperationalError("the database is away")


def closed_with_a_reason(request):
    raise PermissionDenied("Usulan diisi oleh dinas untuk IKM di wilayahnya.")


urlpatterns = [*site, path("uji/rusak/", broken), path("uji/terlarang/", closed_with_a_reason)]

LOST = "/tidak-ada/"


@pytest.fixture
def of_tests(settings):
    settings.ROOT_URLCONF = __name__


def says(answer, status, heading):
    page = answer.content.decode()
    assert answer.status_code == status
    assert re.search(r"<h1>(.*?)</h1>", page)[1] == heading
    assert answer["Content-Type"].startswith("text/html")
    return page


def test_a_broken_page_stands_without_database_and_without_context(of_tests):
    client = Client(raise_request_exception=False)

    page = says(client.get("/uji/rusak/"), 500, "Ada gangguan pada sistem kami")

    assert "Kesalahan ada pada kami" in page


def test_a_page_whose_database_is_away_says_the_same():
    # Without the mark django_db this test has no database at all.
    client = Client(raise_request_exception=False)

    says(client.get("/pelatihan/"), 500, "Ada gangguan pada sistem kami")


def test_an_unreadable_request_is_told_so(client):
    says(
        client.get("/", headers={"host": "lain.example"}),
        400,
        "Permintaan ini tidak dapat kami baca",
    )


@pytest.mark.django_db
def test_a_form_from_another_time_is_opened_again():
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/akun/login/", {"login": "sari@contoh.id"})

    says(answer, 403, "Formulir ini perlu dibuka ulang")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "way_out"),
    [
        (None, ["/", "/akun/login/"]),
        (UserFactory, ["/beranda/"]),
        (OfficerFactory, ["/admin/", "/beranda/"]),
    ],
)
def test_from_a_page_that_is_not_there_everybody_finds_the_own_work(client, person, way_out):
    if person:
        sign_in(client, person())

    page = says(client.get(LOST), 404, "Halaman tidak ditemukan")

    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    assert re.findall(r'class="btn[^"]*" href="([^"]*)"', main) == way_out


@pytest.mark.django_db
def test_an_officer_reads_in_the_admin_that_the_page_is_for_another_unit(client):
    sign_in(client, officer(roles.BPSDMI_OFFICER))

    page = says(
        client.get(reverse("admin:subsidies_scheme_changelist")),
        403,
        "Halaman ini bukan untuk akun Anda",
    )

    assert "hubungi admin unit Anda" in page


@pytest.mark.django_db
def test_a_refusal_carries_its_reason(client, of_tests):
    sign_in(client, UserFactory())

    page = says(client.get("/uji/terlarang/"), 403, "Halaman ini bukan untuk akun Anda")

    assert "Usulan diisi oleh dinas untuk IKM di wilayahnya." in page


@pytest.mark.django_db
def test_the_address_of_a_button_says_that_it_takes_forms_only(client):
    sign_in(client, UserFactory())

    answer = client.get(reverse("programs:inbox_read_all"))

    says(answer, 405, "Alamat ini hanya menerima kiriman formulir")
    assert answer["Allow"] == "POST"


@pytest.mark.django_db
def test_who_asks_for_passwords_again_and_again_is_asked_to_wait(client):
    for _ in range(21):
        answer = client.post("/akun/password/reset/", {"email": "sari@contoh.id"})

    page = says(answer, 429, "Terlalu banyak percobaan")
    assert "Tunggu lima menit" in page
