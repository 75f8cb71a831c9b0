"""Without a network the browser shows a page of ours, and never one that was kept of a person."""

import pytest
from playwright.sync_api import expect

from tests.axe import faults_everywhere
from tests.look.steps import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

FORM = "/contoh/formulir/"
SORRY = "Anda sedang luring"


@pytest.fixture(autouse=True)
def _with_its_worker(settings):
    settings.OFFLINE_PAGE = True


def wait_for_worker(site):
    site.visit("/bantuan/")
    site.evaluate("navigator.serviceWorker.ready.then(() => true)")
    site.wait_for_function("navigator.serviceWorker.controller !== null")


def cached(site):
    """Every address that the browser keeps for this site, without its host."""
    return site.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys())
                    found.push(new URL(request.url).pathname);
            return found.sort();
        }"""
    )


PUBLIC = ["/luring/", "/static/bina.css", "/static/favicon.svg", "/static/icons.svg"]


def test_a_lost_network_is_said_in_our_words_with_our_look(site):
    wait_for_worker(site)

    site.context.set_offline(True)
    site.visit("/pelatihan/")

    expect(site.get_by_role("heading", level=1)).to_have_text(SORRY)
    assert site.url.endswith("/pelatihan/")
    button = site.get_by_role("link", name="Coba lagi")
    expect(button).to_have_css("background-color", "rgb(0, 73, 184)")
    assert faults_everywhere(site) == []

    site.emulate_media(color_scheme="light")
    site.context.set_offline(False)
    button.click()
    expect(site.get_by_role("heading", level=1)).not_to_have_text(SORRY)
    assert site.url.endswith("/pelatihan/")


def test_no_page_of_a_person_comes_out_of_a_cache(site):
    wait_for_worker(site)
    user = sign_in(site)
    site.visit("/akun/email/")
    expect(site.get_by_text(user.email).first).to_be_visible()

    site.context.set_offline(True)
    site.visit("/akun/email/")

    expect(site.get_by_role("heading", level=1)).to_have_text(SORRY)
    expect(site.get_by_text(user.email)).to_have_count(0)
    assert cached(site) == PUBLIC


def test_signing_out_leaves_nothing_of_the_person_behind(site):
    wait_for_worker(site)
    user = sign_in(site)
    site.visit("/akun/logout/")
    site.get_by_role("button", name="Ya, keluar").click()
    site.wait_for_url("**/")

    assert cached(site) == PUBLIC
    assert site.evaluate("Object.keys(localStorage)") == []
    site.visit("/beranda/")
    assert "/akun/login/" in site.url
    expect(site.get_by_text(user.email)).to_have_count(0)


def test_a_form_that_was_sent_into_the_void_is_filled_again(site):
    wait_for_worker(site)
    site.visit(FORM)
    site.get_by_label("Nama mesin").fill("Mesin bordir")
    expect(site.locator(".saved")).to_contain_text("Isian tersimpan di perangkat ini")

    site.context.set_offline(True)
    site.get_by_role("button", name="Simpan dan lanjutkan").click()
    expect(site.get_by_role("heading", level=1)).to_have_text(SORRY)
    site.context.set_offline(False)
    # The next page must not think that the form had arrived.
    site.get_by_role("link", name="Bina Industri").click()
    site.wait_for_url("**/")
    site.visit(FORM)

    assert site.input_value("#id_name") == "Mesin bordir"


def test_a_new_worker_throws_the_old_cache_away(site, settings):
    wait_for_worker(site)
    (before,) = site.evaluate("caches.keys()")

    settings.HELP_PHONE = "021-5255509"
    site.visit("/bantuan/")
    site.evaluate(
        """async (old) => {
            while (await caches.has(old)) await new Promise((next) => setTimeout(next, 50));
        }""",
        before,
    )

    site.context.set_offline(True)
    site.visit("/pelatihan/")
    expect(site.get_by_text("021-5255509")).to_be_visible()
