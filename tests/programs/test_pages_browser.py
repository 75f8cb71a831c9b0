"""The register's pages in a browser: for everybody, on a telephone and a desk, by day and night."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from programs.enums import MembershipState, PaperState
from programs.models import Region
from tests.axe import faults_everywhere
from tests.factories.programs import (
    PASSWORD,
    IkmFactory,
    IssuedPaperFactory,
    MembershipFactory,
    NotificationFactory,
    ReviewFlagFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


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
    return page


@pytest.fixture
def owner(site):
    owner = UserFactory(confirmed=True, name="Rahmah Contoh")
    site.visit("/akun/login/?next=/organisasi/")
    site.fill("#id_login", owner.email)
    site.fill("#id_password", PASSWORD)
    site.get_by_role("button", name="Masuk", exact=True).click()
    site.wait_for_url("**/organisasi/")
    return owner


def all_faults(site, paths):
    found = {}
    for path in paths:
        site.visit(path)
        found[path] = faults_everywhere(site)
    return {path: fault for path, fault in found.items() if fault}


def test_everybody_can_use_the_pages_of_an_owner(site, owner):
    ikm = IkmFactory(owner=owner, name="CV Sandang Contoh")
    ReviewFlagFactory(organization=ikm)
    IssuedPaperFactory(organization=ikm)
    MembershipFactory(organization=ikm, state=MembershipState.PENDING)
    member = MembershipFactory(organization=ikm)
    message = NotificationFactory(recipient=owner, url="/organisasi/")
    NotificationFactory.create_batch(21, recipient=owner)

    assert (
        all_faults(
            site,
            [
                "/beranda/",
                "/organisasi/",
                f"/organisasi/{ikm.pk}/",
                f"/organisasi/{ikm.pk}/ubah/",
                f"/organisasi/{ikm.pk}/anggota/",
                reverse("programs:member_end", args=[ikm.pk, member.pk]),
                "/organisasi/bergabung/",
                "/notifikasi/",
                f"/notifikasi/{message.pk}/",
                "/akun/profil/",
                "/akun/data-saya/",
            ],
        )
        == {}
    )
    assert site.complaints == []


def test_everybody_can_use_the_pages_of_a_newcomer(site, owner):
    assert all_faults(site, ["/beranda/", "/organisasi/", "/notifikasi/"]) == {}


def test_everybody_can_check_a_paper(site):
    valid = IssuedPaperFactory(code="R4TN-8WZC", content=b"%PDF-1.7")
    IssuedPaperFactory(code="K7MV-2QHD", state=PaperState.REVOKED, state_reason="Salah")
    IssuedPaperFactory(
        code="W3XY-6PJA", state=PaperState.REPLACED, state_reason="Salah", replaced_by=valid
    )

    paths = [f"/verifikasi/{code}/" for code in ("R4TN-8WZC", "K7MV-2QHD", "W3XY-6PJA")]
    paths += ["/verifikasi/", "/verifikasi/?kode=R4TN", "/verifikasi/ABCD-EFGH/"]
    assert all_faults(site, paths) == {}
    assert site.complaints == []


def test_an_owner_registers_with_a_doubtful_nik_on_a_telephone(site, owner):
    call_command("load_reference", verbosity=0)
    site.set_viewport_size({"width": 360, "height": 740})
    site.visit("/organisasi/baru/")
    site.get_by_role("button", name="Simpan").click()
    expect(site.locator(".errsum")).to_be_focused()
    assert faults_everywhere(site) == []

    site.set_viewport_size({"width": 360, "height": 740})
    site.get_by_label("Nama usaha").fill("CV Sandang Contoh")
    site.get_by_label("Bentuk usaha").select_option(label="CV")
    site.get_by_label("Kabupaten/kota").select_option(label="Kota Bukittinggi")
    site.get_by_label("Alamat usaha").fill("Jalan Contoh 7")
    site.get_by_label("Nama pemilik").fill("Rahmah Contoh")
    site.get_by_label("NIK pemilik").fill("9975010299850003")
    site.get_by_role("button", name="Simpan").click()

    expect(site.get_by_text("Periksa lagi sebelum disimpan")).to_be_visible()
    assert faults_everywhere(site) == []
    site.get_by_role("button", name="Simpan").click()
    expect(site.get_by_role("heading", name="CV Sandang Contoh", exact=True)).to_be_visible()
    expect(site.get_by_text("Kota Bukittinggi, Sumatera Barat")).to_be_visible()
    assert owner.organizations.get().region == Region.objects.get(name="Kota Bukittinggi")


def test_a_file_is_compared_without_javascript(browser, live_server, tmp_path):
    IssuedPaperFactory(code="R4TN-8WZC", content=b"%PDF-1.7")
    (tmp_path / "surat.pdf").write_bytes(b"%PDF-1.7")
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/verifikasi/r4tn8wzc/")
        page.get_by_text("Cocokkan dengan berkas yang Anda pegang").click()
        page.get_by_label("Berkas PDF").set_input_files(tmp_path / "surat.pdf")
        page.get_by_role("button", name="Cocokkan").click()

        expect(page.get_by_text("Berkas Anda sama persis")).to_be_visible()
