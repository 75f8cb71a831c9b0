"""An officer finds a business without touching the mouse: from the desk and from a list."""

import pytest
from django.urls import reverse

from programs import roles
from subsidies.enums import Stage
from tests.axe import PHONE
from tests.factories.programs import IkmFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/admin/cari/"


@pytest.fixture
def register():
    owner = UserFactory(name="Rahmah Contoh")
    ikm = IkmFactory(name="CV Sandang Makmur", owner=owner)
    ApplicationFactory(organization=ikm, stage=Stage.CONFORMITY)
    IkmFactory(name="UD Rotan Jaya")
    return ikm


def focused(page):
    return page.evaluate("document.activeElement.textContent || document.activeElement.id")


def test_an_officer_searches_by_keyboard(visitor, register):
    auditor = Officer(visitor, roles.AUDITOR)
    page, keys = auditor.page, auditor.page.keyboard
    auditor.queue()

    # While typing: the list below the box.
    keys.press("/")
    keys.type("sandang makmr")
    page.locator("[data-found] a").first.wait_for()
    auditor.at.look()
    keys.press("ArrowDown")
    assert "CV Sandang Makmur" in focused(page)
    keys.press("ArrowUp")
    assert focused(page) == "cari-meja"
    keys.press("Escape")
    assert page.locator("[data-found]").is_hidden()
    assert focused(page) != "cari-meja"

    keys.press("Control+k")
    keys.type("sandang")
    page.get_by_role("status").get_by_text("Tekan panah bawah").wait_for(state="attached")
    keys.press("ArrowDown")
    keys.press("Enter")
    page.wait_for_url(f"**{reverse('admin:programs_organization_change', args=[register.pk])}")
    auditor.at.look()

    # From a list of the register, whose own box keeps what it is for; Enter asks for the page.
    auditor.at.visit(reverse("admin:programs_user_changelist"))
    keys.press("/")
    assert focused(page) == "cari-meja"
    keys.type("rahmah contoh")
    keys.press("Enter")
    page.wait_for_url(f"**{PAGE}?q=rahmah+contoh")
    auditor.at.look()
    keys.press("/")
    keys.press("ArrowDown")
    assert "Rahmah Contoh" in focused(page)
    keys.press("Enter")
    page.wait_for_url("**/programs/user/*/change/")
    auditor.at.look()


def test_the_page_of_results_can_be_used_by_everybody(visitor, register):
    auditor = Officer(visitor, roles.AUDITOR)

    for words in ("sandang", "sandnag makmor", "zzzz", "ab", ""):
        auditor.at.look_everywhere(f"{PAGE}?q={words}")


def test_without_javascript_the_box_is_a_form(visitor, register):
    auditor = Officer(visitor, roles.AUDITOR)
    cookies = auditor.page.context.cookies()
    plain = visitor(PHONE, java_script_enabled=False)
    plain.page.context.add_cookies(cookies)

    plain.page.goto(f"{plain.origin}/admin/subsidies/application/")
    plain.page.locator("#cari-meja").fill("sandang")
    plain.page.locator("#cari-meja").press("Enter")

    plain.page.wait_for_url(f"**{PAGE}?q=sandang")
    plain.sees("CV Sandang Makmur", "Permohonan bantuan mesin")
