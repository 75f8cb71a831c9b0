"""A Bimtek, whole: a unit announces it, a woman of a Dinas registers on her telephone and checks in
with the code, a colleague is found in the Zoom report, the unit issues the certificates, and a
stranger verifies hers.
"""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from programs import roles
from programs.models import Organization, Participation, Program, Region
from tests.factories.programs import PASSWORD, DinasFactory, UserFactory
from tests.factories.training import details_of, works_at
from tests.journeys.officers import Officer
from tests.pdf_text import words
from training.check_in_codes import code_at
from training.enums import EventStatus, RegistrationStatus
from training.models import Event, Registration
from training.tasks import follow_the_clock
from training.workflow.registration import register_by_officer

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Bimtek pendampingan IKM Regional 2"
NAME = "Dra. Nurhayati Contoh, M.Si."


def test_from_the_announcement_to_a_certificate_that_a_stranger_verifies(visitor):
    call_command("load_reference", verbosity=0)
    unit = Organization.objects.get(satker_code="579343")
    organizer = Officer(visitor, roles.BDI_ADMIN)
    works_at(organizer.person, unit)
    event = announce(organizer)

    apparatus = visitor()
    official = UserFactory(name="Nurhayati Contoh", confirmed=True)
    works_at(official, DinasFactory(region_id="13.75", name="Dinas Perindustrian Bukittinggi"))
    sign_in(apparatus, official)
    register(apparatus, event)
    registration = Registration.objects.get(user=official)
    assert registration.status == RegistrationStatus.ACCEPTED
    colleague = enter_a_colleague(event, by=organizer.person)

    let_the_session_begin(event)
    session = event.sessions.get()
    open_the_list(organizer, event, session)
    check_in(apparatus, event, session)
    assert registration.attendances.get().is_present

    let_it_end(event)
    record_zoom(organizer, event.sessions.get(), colleague)
    evaluate(apparatus, registration)
    certify(organizer, event)
    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.CERTIFIED
    colleague.refresh_from_db()  # he was there, and did not evaluate
    assert colleague.status == RegistrationStatus.PARTLY
    assert Participation.objects.valid().filter(user=official, program=event.program).exists()

    certificate = registration.certificate
    apparatus.visit(reverse("training:registration_detail", args=[registration.pk]))
    apparatus.sees("Sertifikat Anda sudah terbit", certificate.number)
    paper = apparatus.page.request.get(
        f"{apparatus.origin}{reverse('programs:paper', args=[certificate.code])}"
    )
    printed = words(paper.body())
    assert NAME in printed
    assert certificate.number in printed
    apparatus.visit(reverse("training:jp_record")).sees("2 JP")

    stranger = visitor()
    stranger.visit("/verifikasi/")
    stranger.page.locator("input[name=kode]").fill(certificate.code.lower())
    stranger.send()
    stranger.sees("Berlaku", certificate.number, "Sertifikat")
    assert "Nurhayati" not in stranger.page.locator("main").inner_text()


def announce(organizer):
    """Write the event, then announce it from its desk."""
    page = organizer.page
    organizer.at.visit(reverse("admin:training_event_add"))
    begins = timezone.localtime() + timedelta(days=10)
    for field, value in {
        "title": TITLE,
        "summary": "Satu sesi bagi aparatur dinas di Regional 2.",
        "contact": "Panitia BDI Padang, (0751) 000 0000",
        "online_url": "https://zoom.example/j/2206",
        "capacity": "120",
        "certificate_code": "BIMTEK",
        "opens_at": moment(timezone.localtime() - timedelta(hours=1)),
        "closes_at": moment(begins - timedelta(days=1)),
    }.items():
        page.locator(f"#id_{field}").fill(value)
    page.locator("#id_kind").select_option("BIMTEK")
    page.locator("#id_program").select_option(str(Program.objects.get(slug="bimtek-aparatur").pk))
    page.locator("input[name=audience_kinds][value=APPARATUS]").check()
    page.locator("a[href='#sessions']").click()
    page.locator("#sessions-group .add-row").locator("visible=true").first.click()
    page.locator("#id_sessions-0-title").fill("Kebijakan pembinaan IKM")
    page.locator("#id_sessions-0-starts_at").fill(moment(begins))
    page.locator("#id_sessions-0-ends_at").fill(moment(begins + timedelta(minutes=90)))
    jp = page.locator("#id_sessions-0-jp")
    if jp.count():
        jp.fill("2")
    organizer.at.follow(page.locator("[name=_save]").last)
    organizer.at.press("Umumkan")
    organizer.at.press("Umumkan kegiatan")
    event = Event.objects.get()
    assert event.status == EventStatus.OPEN
    return event


def moment(when):
    return f"{when:%d/%m/%Y %H.%M}"


def sign_in(person, user):
    person.visit("/akun/login/")
    person.page.locator("#id_login").fill(user.email)
    person.page.locator("#id_password").fill(PASSWORD)
    person.press("Masuk")


def register(person, event):
    """Found in the list, filled in on a telephone, and a place at once."""
    person.visit("/pelatihan/").press(TITLE)
    person.press("Daftar", exact=False)
    page = person.page
    page.locator("#id_name").fill(NAME)
    page.locator("#id_phone").fill("0812 3456 7890")
    page.locator("input[name=servant_kind][value=PNS]").check()
    page.locator("#id_nip").fill("19800315200501200")
    page.locator("#id_rank").select_option("III/d")
    page.locator("#id_position").fill("Kepala Bidang Industri")
    page.locator("#id_institution").fill("Dinas Perindustrian Kota Bukittinggi")
    page.locator("#id_region").select_option("13.75")
    page.locator("#id_consent").check()
    person.send()
    person.sees("NIP harus 18 angka", "17 angka")
    page.locator("#id_nip").fill("198003152005012001")
    person.send()
    person.sees("Anda terdaftar sebagai peserta", event.online_url)


def enter_a_colleague(event, *, by):
    """From another province; the unit enters him."""
    details = details_of("Budi Contoh, S.T.", region=Region.objects.get(code="14.71"))
    [colleague] = register_by_officer(event, [(UserFactory(), details)], by=by, now=timezone.now())
    return colleague


def let_the_session_begin(event):
    """Ten days pass: the session begins a minute ago."""
    now = timezone.now()
    event.sessions.update(starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(minutes=89))
    Event.objects.filter(pk=event.pk).update(
        starts_at=now - timedelta(minutes=1),
        ends_at=now + timedelta(minutes=89),
        closes_at=now - timedelta(minutes=30),
    )
    follow_the_clock()
    event.refresh_from_db()
    assert event.status == EventStatus.RUNNING


def open_the_list(organizer, event, session):
    organizer.at.visit(reverse("admin:training_event_attendance", args=[event.pk]))
    organizer.at.press("Buka dan tampilkan kode")
    shown = re.sub(r"\D", "", organizer.page.locator("body").inner_text())
    assert code_at(session.code_secret, session.pk, timezone.now()) in shown


def check_in(person, event, session):
    """First a slip of the finger, then the code on the screen."""
    person.visit(reverse("training:check_in", args=[event.slug]))
    person.page.locator("input[name=kode]").fill("000000")
    person.press("Catat kehadiran")
    person.sees("Kode itu tidak cocok. Periksa keenam angkanya")
    right = code_at(session.code_secret, session.pk, timezone.now())
    person.page.locator("input[name=kode]").fill(right)
    person.press("Catat kehadiran")
    person.sees("Anda tercatat hadir")


def let_it_end(event):
    """An hour and a half later."""
    now = timezone.now()
    event.sessions.update(starts_at=now - timedelta(minutes=91), ends_at=now - timedelta(minutes=1))
    Event.objects.filter(pk=event.pk).update(
        starts_at=now - timedelta(minutes=91), ends_at=now - timedelta(minutes=1)
    )
    follow_the_clock()


def record_zoom(organizer, session, colleague):
    """The report as Zoom exports it: two stays of one person that overlap, and a stranger."""
    joined = timezone.localtime(session.starts_at)
    lines = ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"]
    for name, email, *stay in [
        ("Budi C", colleague.user.email, 1, 50),
        ("Budi C", colleague.user.email, 40, 81),
        ("iPad", "", 5, 20),
    ]:
        came, left = (
            f"{joined + timedelta(minutes=minute):%m/%d/%Y %I:%M:%S %p}" for minute in stay
        )
        lines.append(f"{name},{email},{came},{left},{stay[1] - stay[0]},No")
    desk = organizer.at
    desk.visit(reverse("admin:training_event_zoom", args=[session.event_id, session.pk]))
    report = {"name": "participants_812.csv", "mimeType": "text/csv"}
    desk.page.locator("input[type=file]").set_input_files(
        report | {"buffer": "\n".join(lines).encode("utf-8-sig")}
    )
    desk.send()
    desk.sees("cocok lewat surel", "Budi Contoh, S.T.", "Belum cocok")
    desk.press("Catat laporan ini")
    assert colleague.attendances.get().zoom_minutes == 80  # not 49 and 41


def evaluate(person, registration):
    person.visit(reverse("training:evaluation", args=[registration.pk]))
    for mark in person.page.locator("input[type=radio][value='4']").all():
        mark.check()
    person.send()
    person.sees("Terima kasih")


def certify(organizer, event):
    organizer.at.visit(reverse("admin:training_event_results", args=[event.pk]))
    organizer.at.sees(NAME, "Memenuhi syarat", "Budi Contoh, S.T.", "valuasi belum diisi")
    organizer.at.press("Tetapkan hasil")
    organizer.at.send()
    organizer.at.visit(reverse("admin:training_event_certificates", args=[event.pk]))
    organizer.at.press("Terbitkan", exact=False)
    organizer.at.send()
