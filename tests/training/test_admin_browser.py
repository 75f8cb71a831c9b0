"""The organizers' desk in a browser: usable by everybody, forms that grow, and without script."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from programs import roles
from tests.axe import faults, faults_everywhere
from tests.factories.programs import RegionFactory
from tests.factories.training import EventFactory, QuotaFactory, RegistrationFactory, organizer
from tests.people import sign_in
from tests.training.desk import event_list, participant
from tests.training.desk import page as page_of
from training.models import Event

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

    page.visit_as = visit
    return page


@pytest.fixture
def event():
    """Open for registration now, with a quota, people and a question."""
    now = timezone.now()
    event = EventFactory(
        capacity=2,
        opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=3),
        has_pretest=True,
        needs_approval=True,
    )
    event.sessions.update(starts_at=now + timedelta(days=5), ends_at=now + timedelta(days=5.2))
    region = RegionFactory()
    QuotaFactory(event=event, region=region.province)
    event.regions.add(region.province)
    event.questions.create(number=1, text="Berapa?", options=["20", "30"], correct=1)
    for status in ("ACCEPTED", "WAITING", "PENDING"):
        RegistrationFactory(event=event, status=status, region=region)
    return event


def test_everybody_can_use_the_desk(desk, event):
    person = organizer(roles.BDI_ADMIN, event.unit)
    someone = event.registrations.get(status="PENDING")
    paths = [
        event_list(),
        page_of(event),
        page_of(event, "cancel"),
        page_of(event, "participants"),
        f"{page_of(event, 'decide')}?tindakan=tolak&peserta={someone.pk}",
        page_of(event, "participant_add"),
        page_of(event, "import"),
        page_of(event, "message"),
        participant(someone),
        page_of(event, "participant_correct", someone.pk),
    ]
    found = {}

    for path in paths:
        desk.visit_as(person, path)
        found[path] = faults_everywhere(desk)

    assert {path: fault for path, fault in found.items() if fault} == {}
    assert desk.complaints == []


def test_an_event_grows_in_its_form(desk, event):
    person = organizer(roles.BDI_ADMIN, event.unit)
    desk.visit_as(person, reverse("admin:training_event_change", args=[event.pk]))
    tabs = desk.locator("#tabs-items")
    found = []
    for tab in ("Kuota", "Materi", "Soal", "Sesi"):
        tabs.get_by_role("link", name=tab).click()
        expect(desk.get_by_role("link", name=f"Tambahkan {tab} lagi")).to_be_visible()
        found += faults(desk)

    desk.get_by_role("link", name="Tambahkan Sesi lagi").click()
    day = f"{timezone.localtime(event.sessions.first().starts_at):%d/%m/%Y}"
    desk.locator("[name=sessions-2-title]").fill("Tanya jawab")
    desk.locator("[name=sessions-2-starts_at]").fill(f"{day} 20.00")
    desk.locator("[name=sessions-2-ends_at]").fill(f"{day} 21.30")
    desk.get_by_role("button", name="Simpan", exact=True).click()

    expect(desk.get_by_text("3 pendaftar diberi tahu tentang perubahan ini.")).to_be_visible()
    added = event.sessions.get(title="Tanya jawab")
    assert (added.number, added.jp) == (3, 2)
    assert found == []
    assert desk.complaints == []


def test_a_new_event_gets_its_address_and_region_while_one_types(desk, event):
    person = organizer(roles.BDI_ADMIN, event.unit)
    desk.visit_as(person, reverse("admin:training_event_add"))

    desk.locator("#id_title").press_sequentially("Webinar batik 2026")
    expect(desk.locator("#id_slug")).to_have_value("webinar-batik-2026")
    desk.locator("#id_regions").locator("..").locator(".select2-selection").click()
    desk.keyboard.type("sumatera")
    desk.get_by_role("option", name="Sumatera Barat").click()

    expect(desk.locator("#id_regions option:checked")).to_have_text("Sumatera Barat")
    assert faults(desk) == []
    assert desk.complaints == []


def test_people_are_decided_upon_without_script(browser, live_server, event):
    key = sign_in(Client(), organizer(roles.BDI_ADMIN, event.unit)).session.session_key
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page = plain.new_page()
    someone = event.registrations.get(status="PENDING")

    page.goto(f"{live_server.url}{page_of(event, 'participants')}?keadaan=PENDING")
    page.get_by_role("checkbox", name=f"Pilih {someone.name}").check()
    page.get_by_role("button", name="Tolak").click()
    page.get_by_label("Alasan").fill("Bukan aparatur.")
    page.get_by_role("button", name="Tolak 1 orang").click()

    expect(page.get_by_text("1 orang ditolak dan diberi tahu.")).to_be_visible()
    someone.refresh_from_db()
    assert someone.status == "REJECTED"
    plain.close()


def test_an_event_is_announced_with_the_keyboard(desk, event):
    Event.objects.filter(pk=EventFactory(unit=event.unit, status="DRAFT").pk).update(
        opens_at=event.opens_at, closes_at=event.opens_at + timedelta(days=1)
    )
    draft = Event.objects.get(status="DRAFT")
    draft.sessions.update(
        starts_at=event.opens_at + timedelta(days=9), ends_at=event.opens_at + timedelta(days=9.1)
    )
    desk.visit_as(organizer(roles.BDI_ADMIN, event.unit), page_of(draft))

    desk.get_by_role("link", name="Umumkan").focus()
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Umumkan kegiatan").focus()
    desk.keyboard.press("Enter")

    expect(desk.get_by_text("Kegiatan diumumkan.")).to_be_visible()
    draft.refresh_from_db()
    assert draft.status == "OPEN"
    assert desk.complaints == []
