"""Link and match, whole: proposed, agreed to, written, signed, reported on, renewed.

School and company hold telephones, the officer sits at the desk. The company's director signs by
the personal link in the mail, without an account. Months pass between the acts; what the clock
does, its tasks do.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships import tasks as clock
from partnerships.enums import AgreementStatus, Half, ScopeKind
from partnerships.models import Agreement, Report
from programs import roles
from tests.factories.partnerships import CompetenceFactory, PartnerFactory, SchoolFactory
from tests.factories.programs import PASSWORD, UserFactory
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db(transaction=True)
S = AgreementStatus
ADMIN = "admin:partnerships_agreement_"


def test_from_the_proposal_to_the_renewal(visitor, mailoutbox):
    competence = CompetenceFactory()
    head = UserFactory(email="kepala@contoh.id", confirmed=True)
    manager = UserFactory(email="sdm@contoh.id", confirmed=True)
    school = SchoolFactory(name="SMK Negeri 2 Agam", owner=head, teaches=[competence])
    company = PartnerFactory(name="PT Logam Minang", owner=manager, needs=[competence])
    at_school, at_company = signed_in(visitor, head), signed_in(visitor, manager)
    officer = Officer(visitor, roles.BPSDMI_OFFICER)

    propose(at_school, school, company)
    agreement = Agreement.objects.get()
    at_school.sees("Usulan kerja sama", "menunggu persetujuan pihak lain")

    at_company.visit("/beranda/").sees("Jawab usulan kerja sama").press("Baca usulan", exact=False)
    at_company.sees("Teknik Pemesinan", "PKL/prakerin siswa")
    at_company.press("Setujui kerja sama").sees("Kompetensi sedang dicocokkan")
    assert reached(agreement) == S.MATCHING

    desk(officer, agreement, "change").press("Teruskan ke naskah")
    assert reached(agreement) == S.DRAFTING
    write_text(at_school, agreement, school_email="kepala@smk.example")
    write_text(at_company, agreement, company_email="direktur@logam.example")
    desk(officer, agreement, "text").press("Tetapkan naskah")
    assert reached(agreement) == S.READY

    at_school.visit(page_of(agreement)).press("Baca dan tanda tangani")
    at_school.page.locator("#id_has_read").check()
    at_school.press("Tanda tangani").sees("sudah menandatangani")
    sign_by_link(visitor(), mailoutbox)
    complete(officer, agreement)
    assert reached(agreement) == S.ACTIVE
    at_school.visit(page_of(agreement)).sees("Perjanjian berjalan")

    half_year_ends(agreement)
    at_company.visit(page_of(agreement)).press("Isi laporan semester 1 2026")
    at_company.page.locator("#id_summary").fill("PKL 24 siswa berjalan lancar.")
    at_company.press("Kirim laporan").sees("Laporan semester 1 2026 diterima")
    evaluate(officer, agreement)

    end_comes_near(agreement)
    clock.advance_agreements()
    assert reached(agreement) == S.ENDING
    at_company.visit(page_of(agreement)).press("Usulkan perpanjangan").press("Usulkan perpanjangan")
    renewal = Agreement.objects.get(renews=agreement)
    at_company.sees("Usulan kerja sama")
    at_school.visit(page_of(renewal)).press("Setujui kerja sama")
    assert reached(renewal) == S.MATCHING


def signed_in(visitor, person):
    at = visitor()
    at.visit("/akun/login/")
    at.page.locator("#id_login").fill(person.email)
    at.page.locator("#id_password").fill(PASSWORD)
    return at.press("Masuk")


def page_of(agreement):
    return reverse("partnerships:agreement_detail", args=[agreement.pk])


def desk(officer, agreement, name):
    return officer.at.visit(reverse(f"{ADMIN}{name}", args=[agreement.pk]))


def reached(agreement):
    return Agreement.objects.get(pk=agreement.pk).status


def propose(at, school, company):
    """From the suggestions to the sent proposal."""
    at.visit(reverse("partnerships:agreement_propose", args=[school.pk]))
    at.sees(company.name).press(f"Pilih {company.name}")
    page = at.page
    page.locator(f"#id_do_{ScopeKind.INTERNSHIP}").check()
    page.locator(f"#id_target_{ScopeKind.INTERNSHIP}").fill("24")
    page.locator("#id_purpose").fill("Menyiapkan operator mesin untuk industri logam.")
    at.press("Periksa usulan").sees("Teknik Pemesinan", "24 siswa")
    at.press("Kirim usulan")


def write_text(at, agreement, **own):
    """Each side fills in its own part; the term is there for both."""
    today = timezone.localdate()
    at.visit(page_of(agreement)).press("Isi naskah")
    for name, value in {
        "starts_on": written(today),
        "ends_on": written(today + timedelta(days=700)),
        "signed_place": "Agam",
        **own,
    }.items():
        at.page.locator(f"#id_{name}").fill(value)
    at.press("Simpan naskah")


def sign_by_link(stranger, mailoutbox):
    """The director opens the mail on a telephone that is signed in nowhere."""
    mail = next(one for one in mailoutbox if one.to == ["direktur@logam.example"])
    link = re.search(r"/kemitraan/tanda-tangan/\S+/", mail.body)[0]
    stranger.visit(link).sees("PT Logam Minang", "SMK Negeri 2 Agam")
    stranger.page.locator("#id_has_read").check()
    stranger.press("Tanda tangani").sees("Sudah ditandatangani", "lewat tautan surel")
    stranger.visit(link).sees("Sudah ditandatangani")


def complete(officer, agreement):
    desk(officer, agreement, "signing").sees("di situs", "lewat tautan surel")
    page = officer.page
    page.get_by_role("radio", name="Meterai elektronik").check()
    page.locator("#selesai_meterai_number").fill("EMT0000000042")
    page.locator("#selesai_witness_name").fill("Qori Contoh")
    page.locator("#selesai_witness_office").fill("BPSDMI")
    officer.at.press("Selesaikan; PKS berlaku")


def half_year_ends(agreement):
    Report.objects.create(
        agreement=agreement,
        year=2026,
        half=Half.FIRST,
        due_on=timezone.localdate() + timedelta(days=10),
    )


def evaluate(officer, agreement):
    report = agreement.reports.get()
    officer.at.visit(reverse(f"{ADMIN}report", args=[agreement.pk, report.pk]))
    officer.page.get_by_role("radio", name=re.compile("^4")).check()
    officer.page.locator("textarea").last.fill("Tambah magang guru.")
    officer.at.press("Simpan evaluasi")
    report.refresh_from_db()
    assert report.score == 4


def end_comes_near(agreement):
    """Two years later: 40 days before the last day."""
    today = timezone.localdate()
    Agreement.objects.filter(pk=agreement.pk).update(
        starts_on=today - timedelta(days=660), ends_on=today + timedelta(days=40)
    )


def written(day):
    return f"{day:%d/%m/%Y}"
