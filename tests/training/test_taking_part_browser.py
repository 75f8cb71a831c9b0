"""A participant's pages in a browser: for everybody, on a telephone and a desk, without JavaScript.

The clock is the real one: the browser, the page and the code on the screen must agree.
"""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.axe import PHONE, faults_everywhere
from tests.factories.programs import PASSWORD, UserFactory
from tests.factories.training import (
    EventFactory,
    QuestionFactory,
    RegistrationFactory,
    SessionFactory,
    SpeakerFactory,
    bring_to,
)
from tests.people import sign_in
from training.check_in_codes import code_at
from training.enums import EventStatus, RegistrationStatus, TestOccasion
from training.models import Attendance, Evaluation, Event, Registration, TestAttempt
from training.workflow import attendance

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event():
    """The second of three sessions is being held, and its attendance list is open."""
    now = timezone.now()
    event = EventFactory(
        title="Pembinaan IKM dan bantuan mesin bagi aparatur Regional II",
        sessions=0,
        has_pretest=True,
        has_posttest=True,
        evaluation_required=True,
    )
    for number, begins in enumerate((-3, -1, 3), start=1):
        start = now + timedelta(hours=begins)
        session = SessionFactory(
            event=event, number=number, starts_at=start, ends_at=start + timedelta(hours=2)
        )
        SpeakerFactory(session=session)
    QuestionFactory(event=event, number=1)
    QuestionFactory(event=event, number=2)
    Event.objects.filter(pk=event.pk).update(
        starts_at=now - timedelta(hours=3), ends_at=now + timedelta(hours=5)
    )
    bring_to(event, EventStatus.RUNNING)
    attendance.open_check_in(event.sessions.get(number=2), by=None, now=now, minutes=60)
    return event


@pytest.fixture
def participant(event):
    user = UserFactory(confirmed=True, name="Dr. Siti Rahmah Contoh, S.T.")
    return RegistrationFactory(event=event, user=user)


@pytest.fixture
def site(live_server, page, participant):
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    key = sign_in(Client(), participant.user).session.session_key
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page.visit = lambda path: page.goto(live_server.url + path)
    page.set_viewport_size(PHONE)
    return page


def of(registration, name, *more):
    return reverse(f"training:{name}", args=[registration.pk, *more])


def current_code(event, number=2):
    session = event.sessions.get(number=number)
    return code_at(session.code_secret, session.pk, timezone.now())


def check_in_page(event, **query):
    return reverse("training:check_in", args=[event.slug], query=query)


def test_everybody_can_check_in_on_a_telephone(site, event, participant):
    site.visit(check_in_page(event))
    assert faults_everywhere(site) == []

    site.set_viewport_size(PHONE)
    site.get_by_label("Kode enam angka").fill("12345")
    site.get_by_role("button", name="Catat kehadiran").click()
    expect(site.locator(".errsum")).to_be_focused()
    assert faults_everywhere(site) == []

    site.set_viewport_size(PHONE)
    site.get_by_label("Kode enam angka").fill(current_code(event))
    site.get_by_role("button", name="Catat kehadiran").click()
    expect(site.get_by_role("heading", name="Anda tercatat hadir di sesi 2")).to_be_visible()
    assert faults_everywhere(site) == []
    assert site.complaints == []


def test_a_stranger_scans_signs_in_and_takes_one_more_tap_without_javascript(
    browser, live_server, event, participant
):
    with browser.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        path = check_in_page(event, sesi=2, kode=current_code(event))
        page.goto(live_server.url + path)
        assert f"next={quote(path)}" in page.url
        page.fill("#id_login", participant.user.email)
        page.fill("#id_password", PASSWORD)
        page.get_by_role("button", name="Masuk", exact=True).click()
        expect(page.get_by_text("Kode dari QR sudah terisi")).to_be_visible()
        assert not Attendance.objects.exists()

        page.get_by_role("button", name="Catat kehadiran").click()

        expect(page.get_by_text("Kehadiran Anda di sesi 2 tercatat")).to_be_visible()
    assert Attendance.objects.get(registration=participant).is_present


def test_two_open_lists_and_people_without_a_place(site, event, live_server):
    start = timezone.now()
    SessionFactory(event=event, number=4, starts_at=start, ends_at=start + timedelta(hours=1))
    attendance.open_check_in(event.sessions.get(number=4), by=None, now=start)
    site.visit(check_in_page(event))
    expect(site.get_by_role("group", name="Sesi yang Anda ikuti")).to_be_visible()
    assert faults_everywhere(site) == []

    waiting = RegistrationFactory(event=event, status=RegistrationStatus.WAITING)
    for person in (UserFactory(), waiting.user):
        key = sign_in(Client(), person).session.session_key
        site.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        site.visit(check_in_page(event))
        assert faults_everywhere(site) == []


def test_everybody_can_take_a_test(site, event, participant):
    first = event.sessions.get(number=1)
    first.ends_at = timezone.now() + timedelta(hours=1)
    first.save()
    site.visit(of(participant, "test", "awal"))
    assert faults_everywhere(site) == []

    site.set_viewport_size(PHONE)
    site.get_by_role("group", name="1. Apa").get_by_label("Benar").check()
    site.get_by_role("button", name="Kirim jawaban").click()
    expect(site.locator(".errsum")).to_be_focused()
    expect(site.get_by_role("group", name="1. Apa").get_by_label("Benar")).to_be_checked()
    assert faults_everywhere(site) == []

    site.set_viewport_size(PHONE)
    site.get_by_role("group", name="2. Apa").get_by_label("Keliru").check()
    site.get_by_role("button", name="Kirim jawaban").click()
    expect(site.get_by_role("heading", name="Hasil tes awal")).to_be_visible()
    assert TestAttempt.objects.get().score == 50
    assert faults_everywhere(site) == []
    site.visit(of(participant, "test", "akhir"))
    expect(site.get_by_role("heading", name="Tes akhir dibuka saat sesi terakhir")).to_be_visible()
    assert faults_everywhere(site) == []
    assert site.complaints == []


def test_everybody_can_read_the_right_answers_afterwards(site, event, participant):
    for occasion, score in ((TestOccasion.PRE, 50), (TestOccasion.POST, 100)):
        TestAttempt.objects.create(
            registration=participant, occasion=occasion, answers={"1": 2, "2": 1}, score=score
        )
    Event.objects.filter(pk=event.pk).update(status=EventStatus.FINISHED)
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CONCLUDED)

    site.visit(of(participant, "test", "akhir"))

    expect(site.get_by_text("Yang benar:")).to_be_visible()
    assert faults_everywhere(site) == []


def test_everybody_can_evaluate(site, event, participant):
    site.visit(of(participant, "evaluation"))
    assert faults_everywhere(site) == []

    site.set_viewport_size(PHONE)
    groups = site.locator("form .choices-scale")
    for number in range(groups.count() - 1):
        groups.nth(number).get_by_text("Baik", exact=True).click()
    site.get_by_role("button", name="Kirim evaluasi").click()
    expect(site.locator(".errsum")).to_be_focused()
    assert faults_everywhere(site) == []

    site.set_viewport_size(PHONE)
    groups.last.get_by_text("Sangat baik").click()
    site.get_by_role("button", name="Kirim evaluasi").click()
    expect(site.get_by_text("Evaluasi Anda sudah kami terima")).to_be_visible()
    marks = Evaluation.objects.get().scores.values_list("score", flat=True)
    assert sorted(marks) == [4] * 8 + [5]
    assert site.complaints == []


def test_everybody_can_confirm_the_name(site, participant):
    site.visit(of(participant, "name_confirm"))
    assert faults_everywhere(site) == []

    site.set_viewport_size(PHONE)
    site.get_by_label("Nama lengkap dengan gelar").fill("Siti Rahmah Contoh, M.T.")
    site.get_by_role("button", name="Lihat dahulu").click()
    expect(site.locator(".big")).to_have_text("Siti Rahmah Contoh, M.T.")
    site.get_by_role("button", name="Nama ini sudah benar").click()
    expect(site.get_by_text("Begitulah nama Anda ditulis di sertifikat")).to_be_visible()
    assert Registration.objects.get(pk=participant.pk).name == "Siti Rahmah Contoh, M.T."


def test_everybody_can_read_and_download_their_jp(site, participant, event):
    site.visit("/pelatihan/jp/")
    assert faults_everywhere(site) == []
    Registration.objects.filter(pk=participant.pk).update(
        status=RegistrationStatus.QUALIFIED, attended_jp=6, servant_kind="PPPK"
    )
    Event.objects.filter(pk=event.pk).update(status=EventStatus.FINISHED)
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CONCLUDED)

    site.visit("/pelatihan/jp/")

    assert faults_everywhere(site) == []
    with site.expect_download() as pdf:
        site.get_by_role("button", name="Unduh PDF").click()
    assert pdf.value.suggested_filename.endswith(".pdf")
    with site.expect_download() as table:
        site.get_by_role("link", name="Unduh Excel").click()
    assert table.value.suggested_filename.endswith(".xlsx")
