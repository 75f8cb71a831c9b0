"""One test for each rule of the visit, the decision and the payment."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from programs import roles
from programs.enums import PaperKind
from programs.models import IssuedPaper, Notification
from programs.transitions import TransitionNotAllowed
from subsidies.enums import ApplicationStatus, CutReason, DisbursementStatus, VisitStatus
from subsidies.models import AmountLine, Application, ApprovalBand, Disbursement
from subsidies.workflow import decision, payment, terms, visit
from tests.factories.programs import IkmFactory, UserFactory, officer
from tests.factories.subsidies import ApplicationFactory, BudgetLineFactory, SchemeFactory
from tests.factories.subsidy_stages import day

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
M = 1_000_000


@pytest.fixture
def ppk():
    return with_band(officer(roles.PPK), 300 * M)


def with_band(person, up_to):
    ApprovalBand.objects.update_or_create(group=person.groups.get(), defaults={"up_to": up_to})
    return person


# Visit


def test_conformity_takes_a_second_officer():
    application = ApplicationFactory(registered=True)

    with pytest.raises(TransitionNotAllowed, match="tidak memeriksa kelengkapan"):
        visit.send_to_visit(
            application,
            by=application.completeness_by,
            verifier=officer(roles.FIELD_VERIFIER),
            today=TODAY,
        )


def test_only_a_verifier_visits():
    with pytest.raises(TransitionNotAllowed, match="bukan verifikator"):
        visit.send_to_visit(
            ApplicationFactory(registered=True),
            by=UserFactory(),
            verifier=officer(roles.PPK),
            today=TODAY,
        )


def test_another_verifier_cannot_schedule_the_visit():
    record = ApplicationFactory(visit_planning=True).visit

    with pytest.raises(TransitionNotAllowed, match="ditugaskan kepada"):
        visit.schedule(
            record,
            by=officer(roles.FIELD_VERIFIER),
            starts_at=timezone.now() + datetime.timedelta(days=2),
            today=TODAY,
        )


def test_a_visit_is_not_scheduled_in_the_past():
    record = ApplicationFactory(visit_planning=True).visit

    with pytest.raises(TransitionNotAllowed, match="sebelum hari ini"):
        visit.schedule(
            record,
            by=record.verifier,
            starts_at=timezone.now() - datetime.timedelta(days=2),
            today=TODAY,
        )


def test_a_visit_without_a_photo_is_not_recorded():
    record = ApplicationFactory(visiting=True).visit

    with pytest.raises(TransitionNotAllowed, match="satu foto"):
        visit.conduct(
            record, by=record.verifier, answers=[], findings="-", met_with="-", today=day(9)
        )


def test_the_verifier_cannot_confirm_the_own_minutes():
    record = ApplicationFactory(minutes=True).visit

    with pytest.raises(TransitionNotAllowed, match="disetujui oleh pemohon"):
        visit.confirm(record, by=record.verifier, today=TODAY)


def test_an_officer_who_confirms_for_the_owner_says_why():
    record = ApplicationFactory(minutes=True).visit

    with pytest.raises(TransitionNotAllowed, match="ditandatangani di kertas"):
        visit.confirm(record, by=officer(roles.CONFORMITY_CHECKER), today=TODAY)


def test_the_owner_confirms_and_the_technical_team_goes_on():
    owner = UserFactory()
    application = ApplicationFactory(minutes=True, organization=IkmFactory(owner=owner))

    visit.confirm(application.visit, by=owner, today=TODAY)

    application.refresh_from_db()
    assert application.status == ApplicationStatus.ASSESSMENT
    assert application.visited_by == application.visit.verifier


def test_disputed_minutes_are_revoked_and_the_visit_is_open_again():
    record = ApplicationFactory(minutes=True).visit
    paper = record.minutes

    record = visit.dispute(record, by=UserFactory(), reason="Nomor seri keliru.", today=TODAY)

    paper.refresh_from_db()
    assert (record.status, paper.state) == (VisitStatus.SCHEDULED, "REVOKED")


# Assessment


def test_the_assessor_is_not_the_one_who_visited():
    application = ApplicationFactory(assessment=True)

    with pytest.raises(TransitionNotAllowed, match="tidak mengunjungi"):
        decision.assess(application, by=application.visited_by, cuts={}, today=TODAY)


def test_three_amounts_are_kept_apart_with_the_reason_of_each_cut():
    application = ApplicationFactory(assessment=True, prices=(266_400_000, 89_500_000))
    bordir, potong = application.machines.all()
    bordir.origin = "IMPORT"
    bordir.save()

    application = decision.assess(
        application,
        by=UserFactory(),
        today=TODAY,
        cuts={
            bordir.pk: [(CutReason.TAX, "", 26_400_000)],
            potong.pk: [(CutReason.FREIGHT, "truk", 1_500_000)],
        },
    )

    assert (application.claimed, application.recognized, application.reimbursed) == (
        355_900_000,
        328_000_000,
        86_400_000,
    )
    amounts = application.machines.values_list("claimed", "recognized", "reimbursed")
    assert list(amounts) == [
        (266_400_000, 240_000_000, 60_000_000),
        (89_500_000, 88_000_000, 26_400_000),
    ]
    lines = application.amount_lines.filter(occasion=AmountLine.Occasion.ASSESSMENT, kind="cut")
    assert [line.label for line in lines] == [
        "PPN dan pajak lain tidak diakui",
        "Ongkos kirim (truk) tidak diakui",
    ]


def test_cuts_cannot_exceed_the_price():
    application = ApplicationFactory(assessment=True)
    machine = application.machines.get()

    with pytest.raises(TransitionNotAllowed, match="potongan melebihi harga"):
        decision.assess(
            application,
            by=UserFactory(),
            cuts={machine.pk: [(CutReason.TAX, "", 100 * M + 1)]},
            today=TODAY,
        )


def test_another_sum_stands_beside_the_computed_one_with_its_reason():
    application = ApplicationFactory(assessment=True)

    with pytest.raises(TransitionNotAllowed, match="Tulis alasan"):
        decision.assess(application, by=UserFactory(), cuts={}, amount=20 * M, today=TODAY)
    application = decision.assess(
        application,
        by=UserFactory(),
        cuts={},
        amount=20 * M,
        override_reason="Harga pasar lebih rendah.",
        today=TODAY,
    )

    assert (application.computed, application.reimbursed) == (30 * M, 20 * M)


def test_another_sum_is_never_higher_than_the_computed_one():
    with pytest.raises(TransitionNotAllowed, match="melebihi hitungan"):
        decision.assess(
            ApplicationFactory(assessment=True),
            by=UserFactory(),
            cuts={},
            amount=31 * M,
            override_reason="Murah hati.",
            today=TODAY,
        )


def test_nothing_is_not_approved_but_refused():
    application = ApplicationFactory(assessment=True)
    machine = application.machines.get()

    with pytest.raises(TransitionNotAllowed, match="R11"):
        decision.assess(
            application,
            by=UserFactory(),
            cuts={machine.pk: [(CutReason.NOT_PROVEN, "", 90 * M)]},
            today=TODAY,
        )


# Approval


@pytest.mark.parametrize("maker", ["completeness_by", "conformity_by", "visited_by", "assessed_by"])
def test_approval_takes_an_officer_who_had_no_hand_in_it(maker):
    application = ApplicationFactory(assessed=True)

    with pytest.raises(TransitionNotAllowed, match="tidak memeriksa, mengunjungi"):
        decision.approve(application, by=getattr(application, maker), today=TODAY)


@pytest.mark.parametrize("maker", ["completeness_by", "conformity_by", "assessed_by"])
def test_the_database_counts_the_officers_too(maker):
    application = ApplicationFactory(assessed=True)

    with pytest.raises(IntegrityError, match="approver_is_another"):
        Application.objects.filter(pk=application.pk).update(
            status="APPROVED", approved_by=getattr(application, maker)
        )


def test_an_officer_approves_only_up_to_the_own_band(ppk):
    with_band(ppk, 29 * M)

    with pytest.raises(TransitionNotAllowed, match=r"berwenang menyetujui sampai Rp29\.000\.000"):
        decision.approve(ApplicationFactory(assessed=True), by=ppk, today=TODAY)


def test_eligibility_is_judged_again_at_approval(ppk):
    application = ApplicationFactory(assessed=True)
    Application.objects.filter(pk=application.pk).update(other_scheme_this_year=True)

    with pytest.raises(TransitionNotAllowed, match="Syarat tidak lagi terpenuhi"):
        decision.approve(application, by=ppk, today=TODAY)

    assert not application.ledger_entries.exists()


def test_an_approval_reserves_the_money_and_tells_the_owner_once(
    ppk, django_capture_on_commit_callbacks, mailoutbox
):
    owner = UserFactory()
    application = ApplicationFactory(assessed=True, organization=IkmFactory(owner=owner))

    with django_capture_on_commit_callbacks(execute=True):
        decision.approve(application, by=ppk, today=TODAY)

    assert [(e.kind, e.amount) for e in application.ledger_entries.all()] == [("RESERVE", 30 * M)]
    assert [mail.to for mail in mailoutbox] == [[owner.email]]
    assert "Rp30.000.000" in mailoutbox[0].body


def test_what_the_ceiling_cannot_cover_waits(ppk):
    scheme = SchemeFactory(budget_line=BudgetLineFactory(allocated=29 * M))
    application = ApplicationFactory(assessed=True, scheme=scheme)

    application = decision.approve(application, by=ppk, today=TODAY)

    assert application.status == ApplicationStatus.WAITING
    assert not application.ledger_entries.exists()


def test_the_waiting_list_is_served_in_the_order_of_registration(ppk):
    scheme = SchemeFactory(budget_line=BudgetLineFactory(allocated=29 * M))
    first, second = (ApplicationFactory(assessed=True, scheme=scheme) for _ in range(2))
    decision.approve(first, by=ppk, today=TODAY)
    terms.allocate(scheme.budget_line, amount=31 * M, note="Revisi DIPA", by=ppk)

    second = decision.approve(second, by=ppk, today=TODAY)
    assert second.status == ApplicationStatus.WAITING

    first = decision.approve(first, by=ppk, today=TODAY)
    second = decision.approve(second, by=ppk, today=TODAY)
    assert {first.status, second.status} == {ApplicationStatus.APPROVED}


def test_a_returned_assessment_is_open_again():
    application = decision.return_assessment(
        ApplicationFactory(assessed=True), by=UserFactory(), reason="PPN belum dipotong.",
        today=TODAY,
    )  # fmt: skip

    assert (application.reimbursed, application.assessed_by) == (None, None)
    assert set(application.machines.values_list("recognized", "reimbursed")) == {(None, None)}


# Payment


def decree_for(*applications, **details):
    facts = {
        "number": "SK-1/IKMA/2026",
        "signed_on": TODAY,
        "signatory": "Direktur Jenderal IKMA",
        "by": officer(roles.PPK),
        "today": TODAY,
    }
    return payment.issue_decree(applications, **{**facts, **details})


def test_a_decree_names_its_recipients_and_commits_their_money():
    scheme = SchemeFactory()
    chosen = [ApplicationFactory(approved=True, scheme=scheme) for _ in range(2)]

    decree = decree_for(*chosen)

    assert decree.disbursements.count() == 2
    assert scheme.budget_line.balance()["committed"] == 60 * M
    assert decree.paper.facts["total_rp"] == 60 * M


def test_a_decree_with_one_wrong_recipient_is_not_written_at_all():
    scheme = SchemeFactory()
    good = ApplicationFactory(approved=True, scheme=scheme)
    wrong = ApplicationFactory(assessed=True, scheme=scheme)

    with pytest.raises(TransitionNotAllowed, match="tidak sedang menunggu SK"):
        decree_for(good, wrong)

    assert not Disbursement.objects.exists()


def test_one_decree_holds_one_budget_line():
    with pytest.raises(TransitionNotAllowed, match="satu mata anggaran"):
        decree_for(ApplicationFactory(approved=True), ApplicationFactory(approved=True))


def test_spm_takes_an_officer_who_did_not_make_the_spp():
    record = ApplicationFactory(requested=True).disbursement

    with pytest.raises(TransitionNotAllowed, match="tidak membuat SPP"):
        payment.order_payment(
            record, by=record.requested_by, spm_number="1", spm_on=TODAY, today=TODAY
        )
    with pytest.raises(IntegrityError, match="two_officers"):
        Disbursement.objects.filter(pk=record.pk).update(
            status="ORDERED", spm_number="1", spm_on=TODAY, ordered_by=record.requested_by
        )


def test_no_payment_is_requested_after_the_last_day():
    record = ApplicationFactory(decreed=True).disbursement

    with pytest.raises(TransitionNotAllowed, match="telah lewat"):
        payment.request_payment(
            record, by=UserFactory(), spp_number="1", spp_on=TODAY, today=day(121)
        )


def test_an_sp2d_of_another_sum_is_refused():
    record = ApplicationFactory(ordered=True).disbursement

    with pytest.raises(TransitionNotAllowed, match="berbeda dari SK"):
        payment.record_payment(
            record, by=UserFactory(), sp2d_number="9", sp2d_on=TODAY, amount=1, today=TODAY
        )


def test_one_sp2d_pays_one_application():
    paid = ApplicationFactory(paid=True).disbursement
    record = ApplicationFactory(ordered=True).disbursement

    with pytest.raises(TransitionNotAllowed, match="sudah dicatat untuk permohonan lain"):
        payment.record_payment(
            record,
            by=UserFactory(),
            sp2d_number=paid.sp2d_number,
            sp2d_on=TODAY,
            amount=record.amount,
            today=TODAY,
        )


def test_a_payment_tells_the_owner_and_issues_the_notice():
    owner = UserFactory()
    application = ApplicationFactory(ordered=True, organization=IkmFactory(owner=owner))

    record = payment.record_payment(
        application.disbursement,
        by=UserFactory(),
        sp2d_number="26013",
        sp2d_on=TODAY,
        amount=30 * M,
        today=TODAY,
    )

    assert record.status == DisbursementStatus.PAID
    notice = IssuedPaper.objects.get(
        kind=PaperKind.PAYMENT_NOTICE, organization=application.organization
    )
    assert notice.facts["account"] == "berakhiran 7890"
    assert Notification.objects.get(recipient=owner).subject == (
        "Uang sudah dikirim ke rekening Anda"
    )


def test_a_file_is_closed_only_after_the_money():
    with pytest.raises(TransitionNotAllowed, match="setelah SP2D"):
        payment.close(ApplicationFactory(ordered=True), by=UserFactory())

    closed = payment.close(ApplicationFactory(paid=True), by=UserFactory())
    assert closed.status == ApplicationStatus.CLOSED
