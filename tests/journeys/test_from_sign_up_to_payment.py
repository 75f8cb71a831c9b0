"""The main job, whole: a woman in Bukittinggi buys a machine and the ministry pays part of it back.

The owner works at 360 pixels, the officers at a desk with a second factor, the verifier on a
telephone. axe looks at every page that anybody comes to.
"""

import pytest
from django.core.management import call_command
from django.utils import timezone

from programs import roles
from programs.models import IssuedPaper
from subsidies.enums import ApplicationStatus, DisbursementStatus
from subsidies.models import Application, ApprovalBand
from tests.axe import PHONE
from tests.factories.subsidies import SchemeFactory
from tests.journeys import officers
from tests.journeys import owner as she
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_sign_up_to_the_check_of_the_payment_notice(visitor, mailoutbox, tmp_path):
    call_command("load_reference", verbosity=0)
    scheme = SchemeFactory()
    owner = visitor()

    she.sign_up(owner, mailoutbox)
    she.register_business(owner)
    she.check_eligibility(owner)
    she.open_application(owner)
    she.fill_in(owner, tmp_path)
    she.hand_in(owner)
    application = Application.objects.get()

    checker = Officer(visitor, roles.COMPLETENESS_CHECKER)
    checker.queue().sees(she.BUSINESS)
    checker.check_files(application, refuse="DOK17", note="Nomor seri tidak terbaca.")
    checker.pin_note(application, "Nomor seri", "Pada invoice tertulis CTH-BRD-0042.")
    checker.decide(application, "Minta perbaikan", reason="Dua hal perlu diperbaiki.")
    assert reached(application) == ApplicationStatus.CORRECTION

    she.correct(owner, application, tmp_path)
    assert reached(application) == ApplicationStatus.SUBMITTED
    checker.open(application).sees("CTH-BRD-0042", "CTH-BRD-0024")
    checker.check_files(application)
    checker.decide(application, "Lengkap, daftarkan")
    assert reached(application) == ApplicationStatus.REGISTERED

    verifier = Officer(visitor, roles.FIELD_VERIFIER, PHONE)
    conformity = Officer(visitor, roles.CONFORMITY_CHECKER)
    conformity.decide(application, "Sesuai, lanjut ke kunjungan", verifier=str(verifier.person.pk))
    officers.schedule_visit(verifier, application)
    she.agree_to_the_day(owner, application)
    officers.conduct_visit(verifier, application, tmp_path / "pelat.jpg")
    she.confirm_minutes(owner, application)
    assert reached(application) == ApplicationStatus.ASSESSMENT

    officers.assess(Officer(visitor, roles.ASSESSOR), application)
    ppk = Officer(visitor, roles.PPK)
    ApprovalBand.objects.update_or_create(
        group=ppk.person.groups.get(), defaults={"up_to": 300_000_000}
    )
    ppk.decide(application, "Setujui")
    assert reached(application) == ApplicationStatus.APPROVED
    assert scheme.budget_line.balance()["reserved"] == 27_000_000
    officers.issue_decree(ppk, "SK-7/IKMA/2026")

    today = f"{timezone.localdate():%d/%m/%Y}"
    finance = Officer(visitor, roles.FINANCE_OFFICER)
    finance.decide(application, "Catat SPP", number="SPP-0007", on=today)
    Officer(visitor, roles.SPM_SIGNATORY).decide(
        application, "Catat SPM", number="SPM-0007", on=today
    )
    finance.decide(
        application, "Catat SP2D", number="260131302000007", on=today, amount="27.000.000"
    )
    application.refresh_from_db()
    assert application.disbursement.status == DisbursementStatus.PAID
    finance.decide(application, "Tutup berkas")
    assert reached(application) == ApplicationStatus.CLOSED

    owner.visit(f"/bantuan-mesin/permohonan/{application.pk}/")
    owner.sees("Rp27.000.000", "PPN dan pajak lain", "pemberitahuan pembayaran")
    assert any("27.000.000" in mail.body for mail in mailoutbox)
    notice = IssuedPaper.objects.get(kind="PAYMENT_NOTICE")
    stranger = visitor()
    stranger.visit(f"/verifikasi/{notice.code}/")
    stranger.sees(notice.number, "berlaku")
    told = stranger.page.locator("main").inner_text()
    assert notice.sha256 in "".join(told.split())
    assert she.BUSINESS not in told


def reached(application):
    application.refresh_from_db()
    return application.status
