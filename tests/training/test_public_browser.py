"""Events and registrations in a browser: by day and night, on a telephone, and without script."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from programs.models import Region
from tests.axe import faults_everywhere
from tests.factories.programs import DinasFactory, UserFactory
from tests.factories.training import (
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
    SessionFactory,
    SpeakerFactory,
)
from tests.people import sign_in
from training.models import Registration
from training.registration_import import COLUMNS

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/pelatihan/bimtek-regional-2/"


@pytest.fixture
def event():
    """Two days from now on, for five provinces, one of which is full."""
    call_command("load_reference", verbosity=0)
    now = timezone.now()
    first = (now + timedelta(days=10)).replace(hour=2, minute=0)
    event = EventFactory(
        title="Bimtek aparatur Regional II",
        slug="bimtek-regional-2",
        audience_kinds=["APPARATUS"],
        regions=Region.objects.filter(code__in=["13", "15", "16", "17", "19"]),
        capacity=120,
        sessions=0,
        opens_at=now - timedelta(days=5),
        closes_at=first - timedelta(days=1),
        starts_at=first,
        ends_at=first + timedelta(days=1, hours=3),
        has_pretest=True,
    )
    for number in (1, 2):
        begins = first + timedelta(days=number - 1)
        session = SessionFactory(
            event=event, number=number, starts_at=begins, ends_at=begins + timedelta(hours=3)
        )
        SpeakerFactory(session=session)
        SpeakerFactory(session=session, role="MODERATOR")
    full = QuotaFactory(event=event, region_id="15", places=1)
    QuotaFactory(event=event, region_id="13", places=30)
    RegistrationFactory(event=event, region_quota=full)
    RegistrationFactory(event=event, region_quota=full, status="WAITING")
    event.materials.create(title="Paparan", url="https://contoh.id/")
    return event


@pytest.fixture
def site(live_server, page):
    page.complaints = []
    page.on(
        "console",
        lambda message: (
            page.complaints.append(message.text)
            if message.type in {"error", "warning"} and "status of" not in message.text
            else None
        ),
    )
    page.visit = lambda path: page.goto(live_server.url + path)
    page.address = live_server.url
    return page


def come_in(page, address, user):
    key = sign_in(Client(), user).session.session_key
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": address}])


@pytest.fixture
def person(site):
    person = UserFactory(name="Siti Rahmah", phone="+6281234567890")
    come_in(site, site.address, person)
    return person


def fill_in(page, region):
    page.get_by_label("Nama lengkap dengan gelar").fill("Siti Rahmah, S.T.")
    page.get_by_label("Nomor WhatsApp").fill("081234567890")
    page.get_by_text("PNS", exact=True).click()
    page.locator("#id_nip").fill("198503152010012002")
    page.get_by_label("Jabatan", exact=True).fill("Kepala Bidang")
    page.get_by_label("Instansi").fill("Dinas Perindustrian")
    page.get_by_label("Kabupaten/kota").select_option(label=region)
    page.get_by_text("Saya setuju").click()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_everybody_can_use_the_open_pages(site, event):
    for path in (PAGE, "/pelatihan/", "/pelatihan/?q=roket&jenis=BIMTEK", "/pelatihan/?lalu", "/"):
        site.visit(path)
        assert faults_everywhere(site) == [], path
    site.visit("/pelatihan/")
    site.get_by_text("Saring menurut").click()
    assert faults_everywhere(site) == []
    assert site.complaints == []


def test_a_person_registers_on_a_telephone(site, event, person):
    site.visit(f"{PAGE}daftar/")
    press(site, "Daftar")
    expect(site.locator(".errsum")).to_be_focused()
    assert faults_everywhere(site) == []

    site.set_viewport_size({"width": 360, "height": 740})
    fill_in(site, "Kota Bandung")
    press(site, "Daftar")
    expect(site.get_by_text("Wilayah Anda Kota Bandung.")).to_be_visible()
    assert faults_everywhere(site) == []

    press(site, "Perbaiki isian saya")
    expect(site.get_by_label("Jabatan", exact=True)).to_have_value("Kepala Bidang")
    site.get_by_label("Kabupaten/kota").select_option(label="Kota Padang")
    press(site, "Daftar")

    expect(site.get_by_role("heading", name="Anda terdaftar sebagai peserta")).to_be_visible()
    assert faults_everywhere(site) == []
    row = Registration.objects.get(user=person)
    now = timezone.now()
    event.sessions.update(check_in_opens_at=now, check_in_closes_at=now + timedelta(minutes=20))
    for path in (
        f"/pelatihan/pendaftaran/{row.pk}/",
        f"/pelatihan/pendaftaran/{row.pk}/mundur/",
        f"/pelatihan/pendaftaran/{row.pk}/surat-tugas/",
        PAGE,
        "/pelatihan/saya/",
        "/beranda/",
    ):
        site.visit(path)
        assert faults_everywhere(site) == [], path
    site.visit("/pelatihan/saya/")
    press(site, "Buat alamat kalender")
    expect(site.get_by_label("Alamat kalender")).to_be_visible()
    assert faults_everywhere(site) == []
    assert site.complaints == []


def test_which_questions_are_asked_follows_the_answer(site, event, person):
    event.audience_kinds = []
    event.save()
    site.visit(f"{PAGE}daftar/")
    expect(site.locator("#id_nip")).to_be_hidden()

    site.get_by_text("Aparatur dinas", exact=True).click()
    expect(site.locator("#id_nip")).to_be_visible()
    expect(site.locator("#id_nib")).to_be_hidden()

    site.get_by_text("Perusahaan dan asosiasi", exact=True).click()
    expect(site.locator("#id_nip")).to_be_hidden()
    expect(site.locator("#id_nib")).to_be_visible()
    assert faults_everywhere(site) == []


def test_a_dinas_registers_its_people(site, event, person, tmp_path):
    DinasFactory(member=person, region_id="13", name="Dinas Perindustrian Sumatera Barat")
    site.visit(f"{PAGE}rombongan/")
    assert faults_everywhere(site) == []
    site.locator("#id_orang-0-nama").fill("Siti Contoh")
    press(site, "Daftarkan")
    expect(site.get_by_text("Pilih kabupaten/kota.").first).to_be_visible()
    assert faults_everywhere(site) == []

    file = tmp_path / "orang.csv"
    good = "Siti Contoh, S.T.;;siti@dinas.example;;III/c;Kepala Bidang;;13.75"
    heading = ";".join(COLUMNS)
    file.write_text(f"{heading}\n{good}\nBudi;1;budi;0;III/z;;;32.73\n")
    for lines, button in [
        (f"{good}\nBudi;1;budi;0;III/z;;;32.73", "Unggah berkas lain"),
        (good, "Daftarkan 1 orang"),
    ]:
        file.write_text(f"{heading}\n{lines}\n")
        site.visit(f"{PAGE}rombongan/")
        site.get_by_label("Berkas daftar peserta").set_input_files(file)
        press(site, "Periksa berkas")
        expect(site.get_by_text(button, exact=True).last).to_be_visible()
        assert faults_everywhere(site) == []
    press(site, "Daftarkan 1 orang")

    expect(site.get_by_text("1 orang didaftarkan dan diberi tahu")).to_be_visible()
    expect(site.get_by_role("link", name="Siti Contoh, S.T.")).to_be_visible()
    assert site.complaints == []


def test_it_all_works_without_javascript(browser, live_server, event):
    user = UserFactory(name="Siti Rahmah")
    DinasFactory(member=user, region_id="13")
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        come_in(page, live_server.url, user)
        page.goto(live_server.url + PAGE)
        page.get_by_role("link", name="Daftar", exact=True).click()
        fill_in(page, "Kota Padang")
        press(page, "Daftar")
        expect(page.get_by_role("heading", name="Anda terdaftar")).to_be_visible()

        page.get_by_role("link", name="Tidak jadi ikut? Undurkan diri").click()
        press(page, "Undurkan diri")
        expect(page.get_by_role("heading", name="Anda mengundurkan diri")).to_be_visible()

        page.goto(f"{live_server.url}{PAGE}rombongan/")
        press(page, "Tambah baris")
        expect(page.get_by_text("Orang 10")).to_be_visible()
