"""The file of payments for the treasury's system, and the trace it leaves."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from programs import roles
from programs.models import SensitiveAccess
from tests.factories.programs import IkmFactory, officer
from tests.factories.subsidies import ApplicationFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGE = "admin:subsidies_disbursement_payment_file"


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.FINANCE_OFFICER))


def content(answer):
    return b"".join(answer.streaming_content)


def test_the_csv_has_all_that_the_treasury_needs(desk):
    application = ApplicationFactory(ordered=True)
    payment = application.disbursement

    answer = desk.post(reverse(PAGE), {"status": "ORDERED", "form": "csv"})

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "pembayaran-ordered-" in answer["Content-Disposition"]
    headings, line = content(answer).decode("utf-8-sig").splitlines()
    found = dict(zip(headings.split(";"), line.split(";"), strict=True))
    assert found["Nomor registrasi"] == application.registration_number
    assert found["Nama penerima"] == application.organization.name
    assert found["NPWP"] == application.organization.npwp
    assert found["Bank"] == "Bank Nagari"
    assert found["Nomor rekening"] == "1234567890"
    assert found["Atas nama"] == application.account_holder
    assert found["Jumlah (Rp)"] == "30000000"
    assert found["Nomor SK"] == payment.decree.number
    assert (found["Nomor SPP"], found["Nomor SPM"]) == ("SPP-1", "SPM-1")
    assert found["Tanggal SPM"] == f"{payment.spm_on}"
    assert found["Nomor SP2D"] == ""


def test_excel_keeps_the_zeros_of_an_account_number(desk):
    application = ApplicationFactory(ordered=True)
    application.set_account("0012345678901234")
    application.save()

    answer = desk.post(reverse(PAGE), {"status": "ORDERED", "form": "xlsx"})

    sheet = load_workbook(io.BytesIO(content(answer))).active
    headings, line = list(sheet.iter_rows(values_only=True))
    found = dict(zip(headings, line, strict=True))
    assert found["Nomor rekening"] == "0012345678901234"
    assert found["Jumlah (Rp)"] == 30_000_000


def test_a_name_that_is_a_formula_stays_a_name(desk):
    ApplicationFactory(ordered=True, organization=IkmFactory(name='=HYPERLINK("x")'))

    words = content(desk.post(reverse(PAGE), {"status": "ORDERED", "form": "csv"})).decode()

    assert ";'=HYPERLINK" in words.replace('"', "")


def test_only_the_chosen_stage_and_budget_line_are_in_the_file(desk):
    wanted = ApplicationFactory(requested=True)
    other_line = ApplicationFactory(requested=True)
    other_stage = ApplicationFactory(ordered=True)

    words = content(
        desk.post(
            reverse(PAGE),
            {"status": "REQUESTED", "form": "csv", "budget_line": wanted.budget_line_id},
        )
    ).decode()

    assert wanted.registration_number in words
    assert other_line.organization.name not in words
    assert other_stage.organization.name not in words


def test_every_account_number_that_leaves_is_written_down(desk):
    applications = [ApplicationFactory(ordered=True) for _ in range(2)]
    ApplicationFactory(paid=True)

    answer = desk.post(reverse(PAGE), {"status": "ORDERED", "form": "csv"})

    traces = SensitiveAccess.objects.all()
    assert {trace.subject for trace in traces} == {str(one) for one in applications}
    assert {trace.user for trace in traces} == {answer.wsgi_request.user}
    assert {trace.what for trace in traces} == {"Nomor rekening (berkas pembayaran)"}


def test_looking_at_the_page_opens_nothing(desk):
    ApplicationFactory(ordered=True)

    words = desk.get(reverse(PAGE)).content.decode()

    assert "1 pembayaran, Rp30.000.000" in words
    assert not SensitiveAccess.objects.exists()


def test_a_stage_without_payments_makes_no_file(desk):
    answer = desk.post(reverse(PAGE), {"status": "REQUESTED", "form": "csv"})

    assert "Tidak ada pembayaran pada tahap ini" in answer.content.decode()


def test_a_long_file_is_read_in_few_questions(desk, django_assert_max_num_queries):
    for _ in range(6):
        ApplicationFactory(ordered=True)

    with django_assert_max_num_queries(20):
        content(desk.post(reverse(PAGE), {"status": "ORDERED", "form": "csv"}))


@pytest.mark.parametrize("role", [roles.FINANCE_OFFICER, roles.SPM_SIGNATORY])
def test_the_finance_roles_find_it_at_the_list_of_payments(client, role):
    finance = sign_in(client, officer(role))

    words = finance.get(reverse("admin:subsidies_disbursement_changelist")).content.decode()

    assert reverse(PAGE) in words


@pytest.mark.parametrize("role", [roles.IKMA_OFFICER, roles.AUDITOR, roles.KPA])
def test_others_neither_see_nor_take_it(client, role):
    other = sign_in(client, officer(role))
    ApplicationFactory(ordered=True)

    words = other.get(reverse("admin:subsidies_disbursement_changelist")).content.decode()
    assert reverse(PAGE) not in words
    assert other.post(reverse(PAGE), {"status": "ORDERED", "form": "csv"}).status_code == 403
    assert not SensitiveAccess.objects.exists()


def test_the_list_of_payments_keeps_account_numbers_closed(client):
    ApplicationFactory(ordered=True)
    reader = sign_in(client, officer(roles.AUDITOR))

    words = reader.get(reverse("admin:subsidies_disbursement_changelist")).content.decode()

    assert "1234567890" not in words
