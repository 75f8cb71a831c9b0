"""The papers of an application, issued by its workflow, read as the owner reads them."""

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from programs import roles
from programs.enums import PaperKind
from programs.models import IssuedPaper
from programs.papers import typeset
from programs.rupiah import format_rupiah, in_words
from subsidies.document_kinds import DocumentKind
from subsidies.enums import RejectionCode, Stage
from subsidies.models.visit import ABOUT_A_MACHINE, ABOUT_THE_COMPANY, VisitQuestion
from subsidies.workflow import application as applications
from subsidies.workflow import payment, review, visit
from tests.factories.programs import DocumentFactory, IkmFactory, UserFactory, officer
from tests.factories.subsidies import ApplicationFactory
from tests.factories.subsidy_stages import day
from tests.pdf_text import pages, words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LONG_NAME = (
    "Koperasi Produsen Pengolahan Hasil Hutan Bukan Kayu dan Minyak Atsiri “Sumber Wangi Lestari "
    "Makmur Sejahtera Bersama” #1 *Nusa* \\ Tenggara Timur"
)


def issued(kind):
    return IssuedPaper.objects.filter(kind=kind).latest("pk")


def text_of(kind):
    return words(typeset(issued(kind)))


def in_full(on):
    return date_format(on, "j F Y")


def test_a_receipt_names_every_machine_on_as_many_pages_as_it_takes():
    application = ApplicationFactory(
        complete=True,
        prices=(25_000_000,) * 20,
        organization=IkmFactory(name=LONG_NAME, owner=UserFactory()),
    )
    applications.submit(application, by=UserFactory(), today=TODAY)

    text = text_of(PaperKind.RECEIPT)

    assert "Halaman 2 dari 2" in text
    assert LONG_NAME in text
    assert application.organization.nib in text
    for machine in application.machines.all():
        assert machine.name in text
        assert machine.serial_number in text
    assert "Rp500.000.000" in text
    assert f"Terbilang: {in_words(500_000_000)}." in text
    assert f"diterima pada {in_full(TODAY)}." in text
    assert "bukan persetujuan" in text
    assert application.scheme.contact in text


def test_a_letter_of_correction_lists_what_to_mend_and_until_when():
    application = ApplicationFactory(submitted=True)
    checker = officer(roles.COMPLETENESS_CHECKER)
    machine = application.machines.get()
    review.pin_note(
        application,
        field="mesin.serial_number",
        machine=machine,
        text="Nomor seri #7 *berbeda*.",
        by=checker,
    )
    review.check_document(
        application.documents.get(kind=DocumentKind.DOK13),
        by=checker,
        accepted=False,
        note="Bukti transfer terpotong.",
    )

    application = applications.request_correction(
        application, by=checker, reason="Hampir lengkap.\nTinggal dua hal.", today=TODAY
    )

    text = text_of(PaperKind.CORRECTION)
    assert f"paling lambat {in_full(application.due_on)}." in text
    assert "Hampir lengkap." in text
    assert "Nomor seri #7 *berbeda*." in text
    assert machine.name in text
    assert "Bukti pembayaran lewat bank" in text
    assert "Bukti transfer terpotong." in text


def test_minutes_give_every_answer_machine_by_machine():
    application = ApplicationFactory(stage=Stage.VISIT, prices=(10_000_000, 20_000_000))
    record = application.visit
    record.photos.create(document=DocumentFactory(organization=application.organization))
    machines = list(application.machines.all())
    answers = [
        *[(question, None, True, "") for question in ABOUT_THE_COMPANY],
        *[(question, machine, True, "") for machine in machines for question in ABOUT_A_MACHINE],
    ]
    answers[-1] = (*answers[-1][:2], False, "Mesin kedua disewakan.")

    visit.conduct(
        record,
        by=record.verifier,
        answers=answers,
        findings="Mesin terpasang.\nFaktur asli ditunjukkan.",
        met_with="Rahmah Contoh",
        today=day(10),
    )

    text = text_of(PaperKind.MINUTES)
    assert f"Pada {in_full(day(10))} telah dilakukan kunjungan" in text
    assert application.registration_number in text
    for machine in machines:
        assert machine.name in text
    assert text.count(VisitQuestion.MACHINE_NEW.label) == 2
    assert "TidakMesin kedua disewakan." in text
    assert "Faktur asli ditunjukkan." in text
    assert record.verifier.name in text
    assert "Rahmah Contoh" in text


def test_a_letter_of_rejection_gives_the_ground_in_words():
    application = ApplicationFactory(submitted=True)

    applications.reject(
        application,
        by=UserFactory(),
        code=RejectionCode.R09,
        reason="Mesin dibayar tunai di toko.",
        today=TODAY,
    )

    text = text_of(PaperKind.REJECTION)
    assert "tidak dapat disetujui" in text
    assert "Pembayaran tidak melalui bank (kode R09)" in text
    assert "Mesin dibayar tunai di toko." in text
    assert application.scheme.legal_basis in text


def decree_for(*approved):
    return payment.issue_decree(
        approved,
        number="SK-7/IKMA/PPK/2026",
        signed_on=TODAY,
        signatory="Contoh Pejabat, S.E.",
        by=officer(roles.PPK),
        today=TODAY,
    )


def test_a_decree_names_the_recipients_and_the_sum():
    first = ApplicationFactory(approved=True, organization=IkmFactory(name=LONG_NAME))
    second = ApplicationFactory(approved=True, scheme=first.scheme)
    total = first.reimbursed + second.reimbursed

    decree_for(first, second)

    text = text_of(PaperKind.DECREE)
    assert "NOMOR SK-7/IKMA/PPK/2026" in text
    assert "Menetapkan 2 penerima" in text
    assert f"{format_rupiah(total)} ({in_words(total)})" in text
    assert f"selama {first.scheme.no_transfer_months} bulan" in text
    assert first.budget_line.dipa_code in text
    assert "Contoh Pejabat, S.E." in text
    for application in (first, second):
        assert application.organization.name in text
        assert application.registration_number in text


def test_three_hundred_recipients_are_listed_with_a_head_on_every_page():
    decree_for(ApplicationFactory(approved=True))
    paper = issued(PaperKind.DECREE)
    paper.facts["recipients"] = [
        {"registration": f"RM-2026-{number:04d}", "name": LONG_NAME, "amount_rp": number}
        for number in range(1, 301)
    ]

    content = typeset(paper)

    decision, *annex = pages(content)
    assert len(annex) > 10
    assert all("Nomor registrasi" in page for page in annex)
    assert "Nomor registrasi" not in decision
    text = words(content)
    assert all(f"RM-2026-{number:04d}" in text for number in range(1, 301))


def test_a_payment_notice_says_how_much_came_to_which_account_by_which_sp2d():
    application = ApplicationFactory(ordered=True)

    payment.record_payment(
        application.disbursement,
        by=UserFactory(),
        sp2d_number="260191303000123",
        sp2d_on=day(-1),
        amount=application.reimbursed,
        today=TODAY,
    )

    text = text_of(PaperKind.PAYMENT_NOTICE)
    assert format_rupiah(application.reimbursed) in text
    assert in_words(application.reimbursed).capitalize() in text
    assert "260191303000123" in text
    assert in_full(day(-1)) in text
    assert f"{application.bank_name}, berakhiran {application.account_number[-4:]}" in text
    assert application.account_number not in text
    assert application.disbursement.decree.number in text
