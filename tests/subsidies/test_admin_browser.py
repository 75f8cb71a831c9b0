"""The desk in a browser: nothing that axe knows is wrong, telephones scroll one way, keys work."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from programs import roles
from subsidies.models import Visit
from tests.axe import faults_everywhere
from tests.factories.programs import officer
from tests.factories.subsidies import ApplicationFactory, SchemeFactory
from tests.people import sign_in
from tests.subsidies.desk import address, queue_address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(live_server, page):
    """Opens pages as an officer; keeps what the browser complains about."""
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            page.complaints.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )

    def visit(person, path):
        key = sign_in(Client(), person).session.session_key
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page.goto(live_server.url + path)
        return page

    page.visit_as = visit
    return page


def test_everybody_can_use_the_desk(desk):
    scheme = SchemeFactory()
    by_stage = {
        name: ApplicationFactory(**{name: True}, scheme=scheme)
        for name in ("submitted", "registered", "assessment", "assessed", "approved", "visiting")
    }
    Visit.objects.filter(application=by_stage["visiting"]).update(starts_at=timezone.now())
    verifier = by_stage["visiting"].visit.verifier
    pages = [
        (officer(roles.IKMA_OFFICER), f"{queue_address()}?lingkup=semua"),
        (officer(roles.COMPLETENESS_CHECKER), address(by_stage["submitted"])),
        (officer(roles.CONFORMITY_CHECKER), address(by_stage["registered"])),
        (officer(roles.CONFORMITY_CHECKER), address(by_stage["registered"], "hand_over")),
        (officer(roles.ASSESSOR), address(by_stage["assessment"], "assess")),
        (officer(roles.PPK), address(by_stage["assessed"])),
        (officer(roles.PPK), queue_address("decree")),
        (verifier, address(by_stage["visiting"])),
        (verifier, address(by_stage["visiting"], "visit")),
    ]

    found = {path: faults_everywhere(desk.visit_as(person, path)) for person, path in pages}

    assert {path: fault for path, fault in found.items() if fault} == {}
    assert desk.complaints == []


def test_papers_go_by_one_after_another_with_the_keyboard(desk):
    application = ApplicationFactory(submitted=True)
    files = list(application.documents.current())
    checker = officer(roles.COMPLETENESS_CHECKER)
    desk.visit_as(checker, f"{address(application)}?berkas={files[0].pk}#bukti")
    expect(desk.get_by_role("button", name="Terima")).to_be_focused()

    desk.keyboard.press("ArrowRight")
    desk.wait_for_url(f"**berkas={files[1].pk}#bukti")
    desk.keyboard.press("ArrowLeft")
    desk.wait_for_url(f"**berkas={files[0].pk}#bukti")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**berkas={files[1].pk}#bukti")

    files[0].refresh_from_db()
    assert files[0].checked_by == checker
    assert desk.complaints == []


def test_arrows_move_the_cursor_while_somebody_writes(desk):
    application = ApplicationFactory(submitted=True)
    file = application.documents.current().first()
    desk.visit_as(
        officer(roles.COMPLETENESS_CHECKER), f"{address(application)}?berkas={file.pk}#bukti"
    )

    note = desk.locator("#periksa_note")
    note.fill("Meterai")
    note.press("ArrowRight")

    assert f"berkas={file.pk}" in desk.url


def test_a_decision_asks_for_what_it_needs_and_works_without_script(desk, browser, live_server):
    application = ApplicationFactory(assessed=True)
    ppk = officer(roles.PPK)
    desk.visit_as(ppk, address(application))
    expect(desk.locator("#kep_remark")).to_be_hidden()
    desk.get_by_role("radio", name="Kembalikan ke tim teknis").check()
    expect(desk.locator("#kep_remark")).to_be_visible()
    expect(desk.locator("#kep_code")).to_be_hidden()

    plain = browser.new_context(java_script_enabled=False)
    key = sign_in(Client(), ppk).session.session_key
    plain.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page = plain.new_page()
    page.goto(live_server.url + address(application))
    page.get_by_role("radio", name="Kembalikan ke tim teknis").check()
    page.locator("#kep_remark").fill("Ongkos kirim belum dipotong.")
    page.get_by_role("button", name="Simpan keputusan").click()
    expect(page.get_by_text("Penilaian dikembalikan ke tim teknis.")).to_be_visible()
    plain.close()
