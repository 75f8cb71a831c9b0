"""From the attendance list to the figures in a browser: for everybody, and without JavaScript."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from programs import roles
from tests.axe import faults_everywhere
from tests.factories.programs import RegionFactory, UserFactory
from tests.factories.training import (
    EventFactory,
    RegistrationFactory,
    SessionFactory,
    UnitFactory,
    bring_to,
    organizer,
)
from tests.people import sign_in
from tests.training.results_desk import address
from training.enums import ASPECTS_OF_THE_EVENT, EventStatus
from training.models import (
    Attendance,
    Evaluation,
    EvaluationScore,
    Event,
    Question,
    TestAttempt,
    ZoomAttendee,
    ZoomReport,
)
from training.workflow import attendance, certificates, results

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event():
    """A Bimtek whose first session takes place now, its attendance list open."""
    now = timezone.now()
    begun = now - timedelta(minutes=5)
    event = EventFactory(
        unit=UnitFactory(name="Balai Diklat Industri Padang"),
        sessions=0,
        title="Bimtek Regional 2 aparatur pembina IKM Sumatera",
        has_pretest=True,
        has_posttest=True,
        regions=[RegionFactory().province],
    )
    SessionFactory(event=event, starts_at=begun, ends_at=begun + timedelta(minutes=90))
    Event.objects.filter(pk=event.pk).update(starts_at=begun, ends_at=begun + timedelta(minutes=90))
    bring_to(event, EventStatus.RUNNING)
    attendance.open_check_in(event.sessions.get(), by=None, now=now)
    return event


@pytest.fixture
def officer(event):
    return organizer(roles.BDI_ADMIN, event.unit, name="Ratna Wijaya")


@pytest.fixture
def people(event):
    return [
        RegistrationFactory(
            event=event,
            user=UserFactory(name=name),
            institution="Dinas Perindustrian dan Tenaga Kerja",
            region=RegionFactory(),
        )
        for name in ("Ani Lestari, S.T.", "Budi Santoso", "Cici Marlina")
    ]


def everything_known(event, people):
    session = event.sessions.get()
    Question.objects.create(
        event=event, number=1, text="Berapa bagian yang diganti?", options=["25", "30"], correct=2
    )
    ZoomReport.objects.create(session=session, lines=512)
    ZoomAttendee.objects.create(session=session, name="Budi Santosa", spans=[], minutes=70)
    for person in people:
        Attendance.objects.create(
            registration=person, session=session, checked_in_at=timezone.now()
        )
        evaluation = Evaluation.objects.create(registration=person, comment="Materinya padat.")
        for aspect in ASPECTS_OF_THE_EVENT:
            EvaluationScore.objects.create(evaluation=evaluation, aspect=aspect, score=4)
        for occasion, score in (("PRE", 40), ("POST", 90)):
            TestAttempt.objects.create(
                registration=person, occasion=occasion, score=score, answers={"1": 2}
            )
    return session


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
        page.context.add_cookies(cookies(live_server, person))
        page.goto(live_server.url + path)
        return page

    page.visit_as = visit
    return page


def cookies(live_server, person):
    key = sign_in(Client(), person).session.session_key
    return [{"name": "sessionid", "value": key, "url": live_server.url}]


def test_everybody_can_use_the_pages(desk, event, officer, people):
    session = everything_known(event, people)
    attendee = session.zoom_attendees.get()
    while_it_runs = [
        address(event, "attendance"),
        address(event, "attendance_sheet", session.pk),
        address(event, "check_in_screen", session.pk),
        address(event, "zoom", session.pk),
        f"{address(event, 'zoom_person', session.pk, attendee.pk)}?q=budi",
        address(event, "tests"),
        address(event, "evaluation"),
        address(event, "coverage"),
    ]
    found = {path: faults_everywhere(desk.visit_as(officer, path)) for path in while_it_runs}
    event = bring_to_the_end(event)
    for page in ("results", "results_conclude"):
        found[page] = faults_everywhere(desk.visit_as(officer, address(event, page)))
    results.conclude(event, by=officer)
    found["order"] = faults_everywhere(desk.visit_as(officer, address(event, "certificates")))
    certificates.order_certificates(event, by=officer, now=timezone.now())
    found["running"] = faults_everywhere(desk.visit_as(officer, address(event, "certificates")))
    certificates.issue_next_batch(event.pk, today=timezone.localdate())
    for page, *more in (
        ("results_reconsider",),
        ("certificates",),
        ("certificate_revoke", people[0].pk),
        ("certificate_replace", people[0].pk),
    ):
        found[page] = faults_everywhere(desk.visit_as(officer, address(event, page, *more)))
    figures = reverse("admin:training_figures")
    found["figures"] = faults_everywhere(desk.visit_as(officer, figures))

    assert {path: fault for path, fault in found.items() if fault} == {}
    assert desk.complaints == []


def bring_to_the_end(event):
    Event.objects.filter(pk=event.pk).update(status=EventStatus.FINISHED)
    event.refresh_from_db()
    return event


def test_the_screen_counts_by_itself(desk, event, officer, people):
    session = event.sessions.get()
    desk.visit_as(officer, address(event, "check_in_screen", session.pk))
    expect(desk.get_by_text("0 dari 3 peserta tercatat hadir")).to_be_visible()

    Attendance.objects.create(registration=people[0], session=session, checked_in_at=timezone.now())

    expect(desk.get_by_text("1 dari 3 peserta tercatat hadir")).to_be_visible(timeout=15_000)
    assert desk.complaints == []


def test_lists_are_kept_without_javascript(browser, live_server, event, officer, people):
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(cookies(live_server, officer))
    page = plain.new_page()
    page.goto(live_server.url + address(event, "attendance"))

    page.get_by_role("checkbox", name="Pilih Budi Santoso").check()
    page.get_by_label("Catat sebagai").select_option("Hadir")
    page.get_by_role("button", name="Simpan catatan").click()

    expect(page.get_by_text("Catatan 1 peserta disimpan.")).to_be_visible()
    assert Attendance.objects.get(registration=people[1]).is_present
    # The screen comes again by itself, as the page says to the browser.
    page.goto(live_server.url + address(event, "check_in_screen", event.sessions.get().pk))
    expect(page.get_by_text("1 dari 3 peserta tercatat hadir")).to_be_visible()
    assert 'http-equiv="refresh"' in page.content()
    plain.close()


def test_a_report_is_checked_and_recorded_with_the_mouse(desk, event, officer, people):
    session = event.sessions.get()
    joined, left = (timezone.localtime(at) for at in (session.starts_at, session.ends_at))
    report = (
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
        f"Budi Santoso,,{joined:%m/%d/%Y %I:%M:%S %p},{left:%m/%d/%Y %I:%M:%S %p},90,No\n"
    )
    desk.visit_as(officer, address(event, "zoom", session.pk))

    desk.set_input_files(
        "input[type=file]",
        {"name": "participants.csv", "mimeType": "text/csv", "buffer": report.encode()},
    )
    desk.get_by_role("button", name="Periksa laporan").click()
    expect(desk.get_by_text("Ini pratinjau, belum ada yang ditulis")).to_be_visible()
    desk.get_by_role("button", name="Catat laporan ini").click()

    expect(desk.get_by_text("Laporan dicatat: 1 orang cocok dengan peserta")).to_be_visible()
    assert Attendance.objects.get(registration=people[1]).zoom_minutes >= 89
    assert desk.complaints == []
