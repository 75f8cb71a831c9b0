"""What only a browser can tell: contrast, reflow, and what the script adds."""

import re

import pytest
from playwright.sync_api import expect

from tests.axe import faults_everywhere
from tests.factories.programs import PASSWORD, UserFactory
from tests.look.steps import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

OPEN_PAGES = [
    "/", "/privasi/", "/aksesibilitas/", "/bantuan/", "/akun/login/", "/akun/signup/",
    "/akun/login/code/", "/akun/password/reset/", "/tidak-ada/", "/contoh/bagian/",
    "/contoh/formulir/", "/contoh/terlarang/", "/contoh/rusak/",
]  # fmt: skip
OWN_PAGES = [
    "/", "/akun/email/", "/akun/password/change/", "/akun/2fa/", "/akun/2fa/totp/activate/",
    "/akun/2fa/webauthn/", "/akun/2fa/webauthn/add/", "/akun/logout/", "/contoh/meja/",
]  # fmt: skip


def confirm_with_password(site):
    """Before anything about its security, the account asks once more who is there."""
    site.visit("/akun/reauthenticate/?next=/akun/2fa/")
    site.fill("input[type=password]", PASSWORD)
    site.get_by_role("button", name="Lanjutkan").click()
    site.wait_for_url("**/akun/2fa/")


def test_everybody_can_use_the_open_pages(site):
    found = {}

    for path in OPEN_PAGES:
        site.visit(path)
        found[path] = faults_everywhere(site)

    assert {path: fault for path, fault in found.items() if fault} == {}
    assert site.complaints == []


def test_everybody_can_use_a_page_with_faults(site):
    site.visit("/contoh/formulir/")
    site.get_by_role("button", name="Simpan dan lanjutkan").click()
    expect(site.locator(".errsum")).to_be_focused()

    assert faults_everywhere(site) == []


def test_everybody_can_use_the_pages_about_the_account(site):
    sign_in(site)
    site.visit("/akun/reauthenticate/")
    found = {"/akun/reauthenticate/": faults_everywhere(site)}
    confirm_with_password(site)

    for path in OWN_PAGES:
        site.visit(path)
        assert site.url.endswith(path)
        found[path] = faults_everywhere(site)

    assert {path: fault for path, fault in found.items() if fault} == {}
    assert site.complaints == []


def test_nothing_sticks_out_at_any_width(site):
    sign_in(site)

    for path in ["/", "/contoh/bagian/", "/contoh/formulir/", "/contoh/meja/"]:
        site.visit(path)
        for width in [320, 600, 959, 960, 1100]:
            site.set_viewport_size({"width": width, "height": 800})
            assert site.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_the_menu_opens_by_keyboard_and_closes_with_escape(site):
    site.set_viewport_size({"width": 360, "height": 740})
    site.visit("/")

    site.get_by_text("Menu", exact=True).focus()
    site.keyboard.press("Enter")
    expect(site.get_by_role("navigation", name="Menu utama (ponsel)")).to_be_visible()
    site.keyboard.press("Escape")

    expect(site.get_by_role("navigation", name="Menu utama (ponsel)")).to_be_hidden()


def test_the_title_of_the_tab_says_that_something_is_wrong(site):
    site.visit("/contoh/formulir/")
    site.get_by_role("button", name="Simpan dan lanjutkan").click()

    expect(site).to_have_title(re.compile("^Kesalahan: "))
    site.get_by_role("link", name="Pilih asal mesin.").click()
    expect(site.locator("#id_origin_0")).to_be_focused()


def test_dots_appear_while_an_amount_is_typed(site):
    site.visit("/contoh/formulir/")

    site.locator("#id_price").press_sequentially("125000000")
    assert site.input_value("#id_price") == "125.000.000"
    site.locator("#id_price").press("ArrowLeft")
    site.locator("#id_price").press("Backspace")

    assert site.input_value("#id_price") == "12.500.000"


def test_a_question_appears_with_the_answer_that_needs_it(site):
    site.visit("/contoh/formulir/")
    expect(site.get_by_label("Negara pembuat")).to_be_hidden()

    site.get_by_label("Impor").check()

    expect(site.get_by_label("Negara pembuat")).to_be_visible()


def test_a_dialog_asks_first(site):
    site.visit("/contoh/bagian/")

    site.get_by_role("link", name="Tarik").click()
    expect(site.get_by_role("dialog")).to_be_visible()
    site.get_by_role("button", name="Tidak").click()

    expect(site.get_by_role("dialog")).to_be_hidden()


def test_the_second_press_sends_nothing(site):
    site.visit("/akun/login/code/")
    site.fill("input[type=email]", "sari@contoh.id")

    pressed = site.evaluate(
        """() => {
        const button = document.querySelector('.entrance .btn-primary'), refused = [];
        document.addEventListener('submit', (event) => refused.push(event.defaultPrevented));
        button.click();
        button.click();
        return { refused, busy: button.getAttribute('aria-busy') };
    }"""
    )

    assert pressed == {"refused": [False, True], "busy": "true"}


def test_without_javascript_one_signs_in_all_the_same(catalogue, live_server, browser):
    user = UserFactory(confirmed=True)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{live_server.url}/akun/login/")
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()

    assert page.url == f"{live_server.url}/beranda/"
    context.close()


def test_a_passkey_is_added_and_opens_the_account(site):
    """The whole round under our Content-Security-Policy, with a virtual authenticator."""
    devtools = site.context.new_cdp_session(site)
    devtools.send("WebAuthn.enable")
    authenticator = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})
    sign_in(site)
    confirm_with_password(site)

    site.visit("/akun/2fa/webauthn/add/")
    site.get_by_label("Nama kunci").fill("Ponsel saya")
    site.get_by_label("Pakai juga untuk masuk").check()
    site.get_by_role("button", name="Tambah").click()
    expect(site.get_by_role("heading", level=1)).to_have_text("Kode cadangan")
    site.context.clear_cookies()
    site.visit("/akun/login/")
    site.get_by_role("button", name="Pakai kunci sandi").click()
    site.wait_for_url("**/beranda/")

    assert site.complaints == []
