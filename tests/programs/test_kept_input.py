"""What was typed when the session ended comes back, to the same person and nobody else."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from programs.kept_input import COOKIE
from tests.factories.programs import PASSWORD, RegionFactory, UserFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/organisasi/baru/"
TYPED = {
    "name": "CV Kain Contoh",
    "address": "Jalan Contoh 7",
    "workers": "12",
    "investment": "640.000.000",
    "nik": "1375010203040003",
    "once": "1",
}


@pytest.fixture
def owner():
    return UserFactory(confirmed=True)


@pytest.fixture
def ended(client, owner):
    """A browser in which ``owner`` was signed in until the session ended."""
    sign_in(client, owner)
    client.get(PAGE)
    client.session.flush()
    return client


def log_in(client, user):
    return client.post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": PAGE}
    )


def test_typed_values_return_after_sign_in(ended, owner):
    answer = ended.post(PAGE, TYPED)

    assert answer.url == f"{reverse('account_login')}?next={PAGE}"
    assert log_in(ended, owner).url == PAGE
    page = ended.get(PAGE)
    assert page.context["form"].initial["name"] == "CV Kain Contoh"
    assert "640.000.000" in page.text
    assert "Isian Anda dari sebelum sesi berakhir dikembalikan" in page.text


def test_neither_nik_nor_token_was_kept(ended, owner):
    ended.post(PAGE, TYPED)

    kept = ended.session["kept_input"][PAGE]["typed"]

    assert "nik" not in kept
    assert "once" not in kept
    log_in(ended, owner)
    assert "1375010203040003" not in ended.get(PAGE).text


def test_they_return_once(ended, owner):
    ended.post(PAGE, TYPED)
    log_in(ended, owner)
    ended.get(PAGE)

    assert "CV Kain Contoh" not in ended.get(PAGE).text


def test_nobody_else_gets_them(ended, owner):
    ended.post(PAGE, TYPED)

    log_in(ended, UserFactory(confirmed=True))

    assert "CV Kain Contoh" not in ended.get(PAGE).text
    assert "kept_input" not in ended.session


def test_a_browser_that_does_not_know_the_person_keeps_nothing(client, owner):
    answer = client.post(PAGE, TYPED)

    assert answer.url.startswith(reverse("account_login"))
    assert "kept_input" not in client.session


def test_a_forged_cookie_is_not_believed(client, owner):
    client.cookies[COOKIE] = f"{owner.pk}:forged"

    client.post(PAGE, TYPED)

    assert "kept_input" not in client.session


def test_after_a_day_they_are_gone(ended, owner):
    ended.post(PAGE, TYPED)

    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1, minutes=1)
    with time_machine.travel(tomorrow):
        sign_in(ended, owner)
        assert "CV Kain Contoh" not in ended.get(PAGE).text


def test_after_a_button_one_returns_to_the_page_on_which_it_stood(ended):
    button = "/notifikasi/sudah-dibaca/"

    answer = ended.post(button, headers={"referer": "http://testserver/notifikasi/?halaman=2"})

    assert answer.url == f"{reverse('account_login')}?next=/notifikasi/%3Fhalaman%3D2"


def test_a_foreign_referrer_is_not_followed(ended):
    answer = ended.post(PAGE, TYPED, headers={"referer": "http://jahat.example/masuk/"})

    assert answer.url == f"{reverse('account_login')}?next={PAGE}"


def test_htmx_is_told_to_leave_the_page(ended):
    answer = ended.post(PAGE, TYPED, headers={"hx-request": "true"})

    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith(reverse("account_login"))


def test_a_page_opened_before_signing_in_again_elsewhere_gives_its_input_back(owner):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, owner)

    answer = client.post(PAGE, TYPED, headers={"origin": "http://testserver"})

    assert answer.url == PAGE
    page = client.get(PAGE)
    assert "CV Kain Contoh" in page.text
    assert "belum kami terima" in page.text


def test_another_site_cannot_put_words_into_our_forms(owner):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, owner)

    answer = client.post(PAGE, TYPED, headers={"origin": "http://jahat.example"})

    assert answer.status_code == 403
    assert "kept_input" not in client.session


def test_a_choice_returns_as_it_was_made(ended, owner):
    region = RegionFactory()
    ended.post(PAGE, {**TYPED, "region": region.pk, "commodity": "FASHION"})
    log_in(ended, owner)

    page = ended.get(PAGE)

    assert f'<option value="{region.pk}" selected>' in page.text
    assert '<option value="FASHION" selected>' in page.text
