"""The admin in a browser under the real policy: it works by hand, by keyboard and by ear."""

import pytest
from playwright.sync_api import expect

from programs.enums import ReviewReason
from programs.models import Membership, ReviewFlag
from tests.axe import faults_everywhere
from tests.factories.programs import (
    IkmFactory,
    MembershipFactory,
    NotificationFactory,
    OrganizationFactory,
    UserFactory,
    officer,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(live_server, client, page):
    """A superuser's browser. ``complaints`` is what it says about the pages."""
    sign_in(client, officer(is_superuser=True, name="Ratna Wijaya"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.set_viewport_size({"width": 1280, "height": 800})
    page.complaints = []
    page.on(
        "console",
        lambda message: (
            page.complaints.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.visit = lambda path: page.goto(f"{live_server.url}/admin/{path}")
    return page


def make_flag():
    return ReviewFlag.objects.create(
        organization=IkmFactory(name="CV Bordir Indah"),
        reason=ReviewReason.ODD_NIK,
        note="Tanggal lahir tidak ada.",
    )


def test_everybody_can_use_the_lists_and_forms(desk):
    membership = MembershipFactory(organization=IkmFactory())
    organization = membership.organization
    make_flag()
    found = {}

    for path in [
        "programs/region/",
        "programs/organization/add/",
        f"programs/organization/{organization.pk}/change/",
        f"programs/ikmprofile/{organization.ikm.pk}/change/",
        "programs/reviewflag/",
        f"programs/user/{membership.user_id}/change/",
        "programs/holiday/?q=tidak+ada",
        "auth/group/add/",
    ]:
        desk.visit(path)
        desk.wait_for_function("window.Alpine && document.readyState === 'complete'")
        desk.wait_for_timeout(150)  # choices get their names after the page has loaded
        found[path] = faults_everywhere(desk)

    assert {path: fault for path, fault in found.items() if fault} == {}
    assert desk.complaints == []


def test_the_filters_open_by_keyboard_and_close_with_escape(desk):
    NotificationFactory(subject="Kabar terkirim", sent_at="2026-09-01T00:00Z")
    NotificationFactory(subject="Kabar menunggu")
    desk.visit("programs/notification/")

    desk.get_by_role("button", name="Saring").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Terapkan saringan")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("button", name="Terapkan saringan")).to_be_hidden()

    desk.get_by_role("button", name="Saring").click()
    desk.locator("select[name=keadaan]").select_option("menunggu")
    desk.get_by_role("button", name="Terapkan saringan").click()
    expect(desk.get_by_role("link", name="Kabar menunggu")).to_be_visible()
    expect(desk.get_by_role("link", name="Kabar terkirim")).to_have_count(0)
    assert desk.complaints == []


def test_an_action_is_run_on_the_chosen_rows(desk):
    flag = make_flag()
    desk.visit("programs/reviewflag/")
    expect(desk.locator("#changelist-actions")).to_be_hidden()

    desk.get_by_role("checkbox", name="Pilih baris ini").last.check()
    desk.locator("select[name=action]").select_option("find_nothing_wrong")
    desk.get_by_role("button", name="Jalankan").click()

    expect(desk.get_by_text("1 hal diselesaikan.")).to_be_visible()
    flag.refresh_from_db()
    assert flag.resolved_by.name == "Ratna Wijaya"
    assert desk.complaints == []


def test_the_menu_at_the_side_stays_as_it_was_left(desk):
    desk.visit("programs/region/")
    menu = desk.locator("#nav-sidebar")
    expect(menu).to_be_visible()

    desk.get_by_role("button", name="Menu samping").click()
    expect(menu).to_be_hidden()
    desk.reload()

    expect(desk.get_by_role("button", name="Menu samping")).to_be_visible()
    expect(menu).to_be_hidden()


def test_the_menu_opens_and_closes_on_a_telephone(desk):
    desk.set_viewport_size({"width": 360, "height": 740})
    desk.visit("programs/organization/")
    menu = desk.locator("#nav-sidebar")
    expect(menu).to_be_hidden()

    desk.get_by_role("button", name="Menu", exact=True).click()
    expect(menu).to_be_visible()
    desk.get_by_role("button", name="Tutup menu").click()

    expect(menu).to_be_hidden()


def test_a_dark_page_stays_dark(desk):
    desk.visit("programs/region/")

    desk.get_by_text("Ratna Wijaya").click()
    desk.get_by_role("button", name="Gelap").click()
    desk.reload()

    assert desk.locator("html").get_attribute("class") == "dark"
    assert desk.complaints == []


def test_a_person_is_found_by_typing_and_entered(desk):
    organization = OrganizationFactory()
    person = UserFactory(name="Siti Aminah")
    UserFactory(name="Orang lain")
    desk.visit(f"programs/organization/{organization.pk}/change/")

    desk.get_by_role("link", name="Tambahkan Keanggotaan lagi").click()
    desk.locator("#memberships-group .select2-selection").last.click()
    desk.keyboard.type("aminah")
    desk.get_by_role("option", name="Siti Aminah").click()
    desk.get_by_role("button", name="Simpan", exact=True).click()

    expect(desk.get_by_text("berhasil diubah")).to_be_visible()
    assert Membership.objects.get(organization=organization).user == person
    assert desk.complaints == []
