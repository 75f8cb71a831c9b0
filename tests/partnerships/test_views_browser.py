"""The pages of schools and companies in a browser, on a telephone and on a desk."""

import os
from pathlib import Path

import pytest
from django.test import Client

from partnerships.enums import AgreementStatus, Side
from partnerships.models import Agreement
from partnerships.workflow import amendments, text
from partnerships.workflow.signing import token_of
from tests.axe import DESK, PHONE, faults_everywhere
from tests.factories.partnerships import PartnerFactory, ReportFactory
from tests.factories.programs import UserFactory
from tests.factories.subsidy_stages import day
from tests.partnerships.pages import page as address
from tests.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
S = AgreementStatus
# Somebody who wants to look with their own eyes names a folder for the pictures.
PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def site(live_server, page):
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.visit = lambda path: page.goto(live_server.url + path)

    def enter(user):
        key = sign_in(Client(), user).session.session_key
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])

    page.enter = enter
    page.set_viewport_size(PHONE)
    return page


def look(site, name):
    """Nothing is wrong with the page as it stands."""
    if PICTURES:
        for size in (PHONE, DESK):
            site.set_viewport_size(size)
            site.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)
    assert faults_everywhere(site) == [], name
    site.set_viewport_size(PHONE)


def test_a_school_proposes_and_the_company_agrees_on_telephones(
    site, school_person, company_person, at
):
    old = at(S.ENDED)
    other = PartnerFactory(name="PT Logam Contoh", owner=UserFactory())
    site.enter(school_person)
    site.visit("/")
    look(site, "depan")
    site.visit("/kemitraan/saya/")
    look(site, "daftar")
    site.get_by_role("link", name="Usulkan kerja sama").click()
    look(site, "mitra")
    site.get_by_label("Nama atau NIB perusahaan").fill("logam")
    site.get_by_role("button", name="Cari").click()
    look(site, "mitra-hasil")
    site.get_by_role("link", name="Pilih PT Logam Contoh").click()
    site.get_by_role("button", name="Periksa usulan").click()
    look(site, "usulan-salah")
    site.get_by_label("PKL/prakerin siswa", exact=True).check()
    site.get_by_label("Target PKL/prakerin siswa (siswa)").fill("40")
    site.get_by_label("Maksud kerja sama").fill("Menyelaraskan pembelajaran pemesinan.")
    site.get_by_role("button", name="Periksa usulan").click()
    look(site, "usulan-periksa")
    site.get_by_role("button", name="Kirim usulan").click()
    site.get_by_text("Usulan dikirim.").wait_for()
    look(site, "usulan-terkirim")

    proposal = Agreement.objects.exclude(pk=old.pk).get()
    assert proposal.company == other
    site.enter(other.memberships.get().user)
    site.visit(address("agreement_detail", proposal))
    look(site, "jawab")
    site.get_by_role("button", name="Setujui kerja sama").click()
    site.get_by_text("Usulan kerja sama disetujui.").wait_for()
    assert Agreement.objects.get(pk=proposal.pk).status == S.MATCHING
    assert site.complaints == []


def test_every_form_of_an_agreement_can_be_used_by_everybody(site, at, school_person):
    drafting = at(S.DRAFTING)
    site.enter(school_person)
    for name, record in [
        ("profile_edit", drafting.school),
        ("agreement_text", drafting),
        ("agreement_decline", drafting),
        ("agreement_withdraw", drafting),
    ]:
        site.visit(address(name, record))
        look(site, name)

    ready = text.finalize(drafting, by=school_person, today=day(0))
    for name in ("agreement_detail", "agreement_sign", "agreement_send_link", "agreement_scan"):
        site.visit(address(name, ready))
        look(site, f"{name}-siap")
    assert site.complaints == []


def test_the_personal_link_can_be_used_by_everybody(site, at):
    ready = text.finalize(at(S.DRAFTING), by=UserFactory(), today=day(0))
    token = token_of(ready.signatures.get(signer="SCHOOL"))
    site.visit(f"/kemitraan/tanda-tangan/{token}/")
    look(site, "tautan")
    site.get_by_role("checkbox").check()
    site.get_by_role("button", name="Tanda tangani").click()
    site.get_by_role("heading", name="Sudah ditandatangani").wait_for()
    look(site, "tautan-selesai")
    site.visit("/kemitraan/tanda-tangan/rusak/")
    look(site, "tautan-rusak")
    assert site.complaints == []


def test_a_running_agreement_can_be_read_by_everybody(site, at, school_person, company_person):
    active = at(S.ACTIVE)
    report = ReportFactory(agreement=active)
    ReportFactory(agreement=active, year=2025, filed_by=school_person)
    amendments.propose_amendment(
        active,
        by=company_person,
        side=Side.COMPANY,
        reason="Jumlah siswa bertambah.",
        changes={"scope": [["INTERNSHIP", 60, ""]]},
        today=day(0),
    )
    site.enter(school_person)
    site.visit(address("activity_record", active))
    look(site, "kegiatan")
    site.get_by_label("Lingkup").select_option("INTERNSHIP")
    site.get_by_label("Uraian").fill("PKL 12 siswa kelas XI di bengkel CNC.")
    site.get_by_label("Mulai").fill(f"{day(-5):%d/%m/%Y}")
    site.get_by_label("Jumlah").fill("12")
    site.get_by_role("button", name="Simpan kegiatan").click()
    site.get_by_text("Kegiatan dicatat.").wait_for()
    look(site, "berjalan")
    for name, record in [
        ("amendment_propose", active),
        ("agreement_renew", active),
        ("agreement_terminate", active),
        ("report_file", report),
        ("amendment_refuse", active.amendments.get()),
        ("activity_withdraw", active.activities.get()),
    ]:
        site.visit(address(name, record))
        look(site, name)
    assert site.complaints == []
