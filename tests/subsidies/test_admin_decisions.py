"""Which buttons an officer sees at each stage, what hinders them, and what they do."""

import re

import pytest
from django.utils import timezone

from programs import roles
from programs.models import Notification
from subsidies.enums import ApplicationStatus, DocumentCheck, RejectionCode, Stage
from subsidies.models import Application, CorrectionNote
from tests.factories.programs import officer
from tests.factories.subsidies import ApplicationFactory, BudgetLineFactory, SchemeFactory
from tests.people import sign_in
from tests.subsidies.desk import DESK_ROLES, address, buttons, controls, signed_in, words

pytestmark = pytest.mark.django_db
TODAY = f"{timezone.localdate():%d/%m/%Y}"

DECIDE = {"approve", "return_assessment", "reject"}
# What each role may press at each stage; roles and stages that are not named: nothing.
BUTTONS = {
    Stage.COMPLETENESS: {roles.COMPLETENESS_CHECKER: {"register", "reject"}},
    Stage.CONFORMITY: {roles.CONFORMITY_CHECKER: {"send_to_visit", "reject"}},
    Stage.VISIT_PLANNING: {
        roles.CONFORMITY_CHECKER: {"reassign"},
        roles.IKMA_OFFICER: {"reassign"},
    },
    Stage.VISIT: {roles.CONFORMITY_CHECKER: {"reassign"}, roles.IKMA_OFFICER: {"reassign"}},
    Stage.MINUTES: {roles.CONFORMITY_CHECKER: {"confirm"}},
    Stage.ASSESSMENT: {roles.ASSESSOR: {"assess", "reject"}},
    Stage.APPROVAL: {roles.PPK: DECIDE, roles.KPA: DECIDE},
    Stage.WAITING: {roles.PPK: DECIDE, roles.KPA: DECIDE},
    Stage.DECREE: {roles.PPK: {"decree"}},
    Stage.SPP: {roles.FINANCE_OFFICER: {"request_payment"}},
    Stage.SPM: {roles.SPM_SIGNATORY: {"order_payment", "return_request"}},
    Stage.SP2D: {roles.FINANCE_OFFICER: {"record_payment"}},
    Stage.PAID: {roles.FINANCE_OFFICER: {"close"}},
}
HANDED_IN = [stage for stage in Stage if stage != Stage.DRAFT]


def accept_all(application):
    application.documents.update(
        check_state=DocumentCheck.ACCEPTED, checked_by=officer(), checked_at=timezone.now()
    )


def decide(client, application, decision, **typed):
    return client.post(address(application, "decide"), {"decision": decision, **typed})


def stage_of(application):
    return Application.objects.with_stage().get(pk=application.pk).stage


@pytest.mark.parametrize("stage", HANDED_IN)
def test_each_role_sees_the_buttons_of_its_stage_and_no_other(client, stage):
    application = ApplicationFactory(stage=stage)
    accept_all(application)
    seen = {}

    for role in DESK_ROLES:
        sign_in(client, officer(role))
        offered = buttons(client.get(address(application)), application)
        if offered:
            seen[role] = offered

    assert seen == BUTTONS.get(stage, {})


@pytest.mark.parametrize(
    ("stage", "offered"), [(Stage.VISIT_PLANNING, {"visit"}), (Stage.VISIT, {"visit"})]
)
def test_the_verifier_of_the_visit_sees_its_page_and_nothing_of_the_money(client, stage, offered):
    application = ApplicationFactory(stage=stage)
    sign_in(client, application.visit.verifier)

    response = client.get(address(application))

    assert buttons(response, application) == offered
    assert "Pengaruh pada pagu" not in words(response)
    assert "Catatan antarpetugas" not in words(response)


def test_for_another_verifier_the_application_does_not_exist(client):
    application = ApplicationFactory(visiting=True)
    signed_in(client, roles.FIELD_VERIFIER)

    assert client.get(address(application)).status_code == 404
    assert client.get(address(application, "visit")).status_code == 404


def test_a_draft_is_the_owners_own_affair(client):
    application = ApplicationFactory()
    signed_in(client, roles.COMPLETENESS_CHECKER)

    assert client.get(address(application)).status_code == 404


def test_an_auditor_sees_everything_and_finds_no_form_but_to_open_numbers(client):
    signed_in(client, roles.AUDITOR)

    for stage in HANDED_IN:
        application = ApplicationFactory(stage=stage)
        found = controls(client.get(address(application)))

        forms = [action for action in found.posts if "/admin/" in action and "/buka/" not in action]
        assert (stage, forms) == (stage, [])


@pytest.mark.parametrize(
    ("stage", "decision", "role"),
    [
        (Stage.COMPLETENESS, "register", roles.CONFORMITY_CHECKER),
        (Stage.COMPLETENESS, "reject", roles.FINANCE_OFFICER),
        (Stage.CONFORMITY, "send_to_visit", roles.COMPLETENESS_CHECKER),
        (Stage.APPROVAL, "approve", roles.ASSESSOR),
        (Stage.SPP, "request_payment", roles.PPK),
        (Stage.SPM, "order_payment", roles.FINANCE_OFFICER),
        (Stage.APPROVAL, "approve", roles.AUDITOR),
    ],
)
def test_a_decision_is_refused_to_whom_it_does_not_belong(client, stage, decision, role):
    application = ApplicationFactory(stage=stage)
    signed_in(client, role)

    assert decide(client, application, decision).status_code == 403
    assert stage_of(application) == stage


def test_nothing_is_decided_by_opening_a_page(client):
    application = ApplicationFactory(assessed=True)
    signed_in(client, roles.PPK)

    assert client.get(address(application, "decide")).status_code == 405


def test_files_come_first_and_the_page_says_so(client):
    application = ApplicationFactory(submitted=True)
    signed_in(client, roles.COMPLETENESS_CHECKER)

    response = client.get(address(application))

    assert buttons(response, application) == {"reject"}
    count = application.documents.count()
    assert f"Lengkap, daftarkan. {count} berkas belum diperiksa." in words(response)
    refused = decide(client, application, "register")
    assert refused.status_code == 409
    assert f"{count} berkas belum diperiksa." in words(refused)


def test_complete_papers_get_a_number(client):
    application = ApplicationFactory(submitted=True)
    accept_all(application)
    signed_in(client, roles.COMPLETENESS_CHECKER)

    response = decide(client, application, "register")

    assert response.url == address(application)
    assert stage_of(application) == Stage.CONFORMITY


def test_a_correction_is_asked_with_its_reason_and_the_reason_is_missed(client):
    application = ApplicationFactory(submitted=True)
    checker = signed_in(client, roles.COMPLETENESS_CHECKER)
    CorrectionNote.objects.create(
        application=application, field="usaha.workers", text="Tidak cocok.", raised_by=checker
    )

    missing = decide(client, application, "request_correction")
    assert missing.status_code == 422
    assert "Tulis alasan yang akan dibaca pemohon." in words(missing)

    decide(client, application, "request_correction", reason="Mohon cocokkan jumlah pekerja.")
    assert stage_of(application) == Stage.CORRECTION


def test_the_same_officer_does_not_check_twice(client):
    application = ApplicationFactory(registered=True)
    checker = application.completeness_by
    checker.groups.add(officer(roles.CONFORMITY_CHECKER).groups.get())
    sign_in(client, checker)

    response = client.get(address(application))

    assert "send_to_visit" not in buttons(response, application)
    assert "kesesuaian diperiksa petugas lain" in words(response)


def test_a_verifier_is_chosen_by_house_and_load(client):
    application = ApplicationFactory(registered=True)
    verifier = officer(roles.FIELD_VERIFIER, name="Rina Contoh")
    signed_in(client, roles.CONFORMITY_CHECKER)

    page = client.get(address(application))
    assert "Rina Contoh (0 berkas)" in words(page)
    decide(client, application, "send_to_visit", verifier=verifier.pk)

    application = Application.objects.get(pk=application.pk)
    assert application.visit.verifier == verifier
    assert application.assigned_to == verifier


def test_approval_reserves_the_money_and_says_before_what_is_left(client):
    application = ApplicationFactory(assessed=True)
    signed_in(client, roles.PPK)

    before = words(client.get(address(application)))
    assert "Pagu tersisa sekarang Rp6.500.000.000" in before
    assert "Sesudah persetujuan ini Rp6.470.000.000" in before
    decide(client, application, "approve")

    assert stage_of(application) == Stage.DECREE
    assert application.budget_line.balance()["available"] == 6_470_000_000


def test_an_approval_beyond_the_ceiling_goes_on_the_waiting_list_and_says_so(client):
    scheme = SchemeFactory(budget_line=BudgetLineFactory(allocated=20_000_000))
    application = ApplicationFactory(assessed=True, scheme=scheme)
    signed_in(client, roles.PPK)

    assert "Pagu tidak cukup untuk Rp30.000.000" in words(client.get(address(application)))
    response = client.post(address(application, "decide"), {"decision": "approve"}, follow=True)

    assert "masuk daftar tunggu" in words(response)
    assert stage_of(application) == Stage.WAITING


def test_a_sum_above_the_band_goes_to_the_officer_above(client):
    application = ApplicationFactory(assessed=True, prices=(900_000_000,))
    signed_in(client, roles.PPK)

    response = client.get(address(application))

    assert buttons(response, application) == {"return_assessment", "reject"}
    assert "Anda berwenang sampai Rp200.000.000" in words(response)


def test_a_refusal_takes_a_code_and_words_and_is_told(client):
    application = ApplicationFactory(assessment=True)
    signed_in(client, roles.ASSESSOR)

    missing = decide(client, application, "reject")
    assert "Pilih kode alasan penolakan." in words(missing)
    short = decide(client, application, "reject", code=RejectionCode.R99, reason="Tidak.")
    assert "paling sedikit 20 huruf" in words(short)
    assert re.search(r">\s*Tidak\.</textarea>", short.content.decode())

    decide(client, application, "reject", code=RejectionCode.R10, reason="Faktur pajak tidak ada.")
    assert stage_of(application) == Stage.REJECTED


def test_payment_goes_from_spp_to_sp2d_by_two_officers(client):
    application = ApplicationFactory(decreed=True)
    finance = signed_in(client, roles.FINANCE_OFFICER)
    decide(client, application, "request_payment", number="SPP-9", on=TODAY)
    signatory = signed_in(client, roles.SPM_SIGNATORY)
    decide(client, application, "order_payment", number="SPM-9", on=TODAY)
    sign_in(client, finance)

    wrong = decide(client, application, "record_payment", number="26X", on=TODAY, amount="29.000")
    assert "berbeda dari SK" in words(wrong)
    assert 'value="29.000"' in wrong.content.decode()
    decide(client, application, "record_payment", number="26X", on=TODAY, amount="30.000.000")

    payment = Application.objects.get(pk=application.pk).disbursement
    assert (payment.requested_by, payment.ordered_by) == (finance, signatory)
    assert stage_of(application) == Stage.PAID
    decide(client, application, "close")
    assert stage_of(application) == Stage.CLOSED


def test_a_day_that_has_not_come_is_refused_in_words(client):
    application = ApplicationFactory(decreed=True)
    signed_in(client, roles.FINANCE_OFFICER)

    response = decide(client, application, "request_payment", number="SPP-9", on="17/08/2099")

    assert "Tanggal ini belum tiba." in words(response)
    assert stage_of(application) == Stage.SPP


def test_who_comes_too_late_is_told_and_keeps_the_words(client):
    application = ApplicationFactory(assessed=True)
    signed_in(client, roles.PPK)
    Application.objects.filter(pk=application.pk).update(
        status=ApplicationStatus.REJECTED, rejection_code=RejectionCode.R14
    )

    response = decide(client, application, "return_assessment", remark="Hitung lagi ongkos kirim.")

    assert response.status_code == 409
    assert "sekarang pada tahap “Ditolak”" in words(response)
    assert "Hitung lagi ongkos kirim." in words(response)


def test_the_same_form_twice_is_one_decision(client):
    application = ApplicationFactory(assessed=True)
    signed_in(client, roles.PPK)
    page = client.get(address(application)).content.decode()
    token = page.split('name="once" value="')[1].split('"')[0]

    answers = [decide(client, application, "approve", once=token).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert application.history.filter(action="approve").count() == 1
    assert Notification.objects.filter(subject="Permohonan disetujui").count() <= 1


def test_what_was_typed_when_the_session_ended_comes_back(client):
    application = ApplicationFactory(assessed=True)
    ppk = signed_in(client, roles.PPK)
    client.get(address(application))
    client.cookies.pop("sessionid")

    typed = {"decision": "return_assessment", "remark": "Ongkos kirim belum dipotong."}
    answer = client.post(
        address(application, "decide"),
        typed,
        headers={"referer": f"http://testserver{address(application)}"},
    )
    assert answer.url.endswith(f"next={address(application)}")
    kept = client.session["kept_input"]
    sign_in(client, ppk)
    session = client.session
    session["kept_input"] = kept
    session.save()

    page = client.get(address(application)).content.decode()

    assert "Ongkos kirim belum dipotong." in page
    assert stage_of(application) == Stage.APPROVAL
