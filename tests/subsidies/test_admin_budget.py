"""The money in the admin: balances, ledger, ceilings and who may set them."""

import pytest
from django.urls import reverse

from programs import roles
from subsidies.enums import LedgerKind
from subsidies.models import ApprovalBand, BudgetLine, LedgerEntry
from tests.factories.programs import officer
from tests.factories.subsidies import ApplicationFactory, BudgetLineFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.IKMA_OFFICER))


def page(line, name="change"):
    return reverse(f"admin:subsidies_budgetline_{name}", args=[line.pk])


def test_a_list_of_lines_has_the_balance_that_each_line_has():
    application = ApplicationFactory(paid=True)
    BudgetLineFactory(allocated=0)

    for line in BudgetLine.objects.with_balance():
        balance = line.balance()
        assert {name: getattr(line, name) for name in balance} == balance
    assert BudgetLine.objects.with_balance().get(pk=application.budget_line_id).paid == 30_000_000


def test_a_budget_line_shows_what_is_spoken_for_and_every_movement(desk):
    line = ApplicationFactory(approved=True).budget_line

    shown = desk.get(page(line)).content.decode()

    for words in ["Rp6.500.000.000", "Rp30.000.000", "Rp6.470.000.000", "Pagu awal"]:
        assert words in shown


def test_a_long_ledger_comes_in_pages_and_cannot_be_written(desk):
    line = BudgetLineFactory(allocated=0)
    for number in range(40):
        LedgerEntry.objects.create(
            budget_line=line, kind=LedgerKind.ALLOCATE, amount=1000, note=f"Tahap {number}."
        )

    first = desk.get(page(line)).content.decode()

    assert "Tahap 39." in first
    assert "Tahap 0." not in first
    assert "Tahap 0." in desk.get(page(line), {"entries-page": 2}).content.decode()
    assert 'name="entries-0-amount"' not in first


def test_the_ceiling_is_set_with_its_base(desk):
    line = BudgetLineFactory(allocated=0)

    answer = desk.post(
        page(line, "set_ceiling"),
        {"direction": "tambah", "amount": "6.500.000.000", "note": "DIPA 2026"},
        follow=True,
    )

    assert "sekarang Rp6.500.000.000" in answer.content.decode()
    entry = line.entries.get()
    assert (entry.amount, entry.note, entry.kind) == (
        6_500_000_000,
        "DIPA 2026",
        LedgerKind.ALLOCATE,
    )
    assert entry.actor is not None


def test_a_revision_takes_back_what_is_free(desk):
    line = BudgetLineFactory()

    desk.post(
        page(line, "set_ceiling"),
        {"direction": "kurangi", "amount": "500.000.000", "note": "Revisi 1"},
    )

    assert line.balance()["allocated"] == 6_000_000_000


def test_a_revision_cannot_take_back_what_is_spoken_for(desk):
    line = ApplicationFactory(approved=True).budget_line

    answer = desk.post(
        page(line, "set_ceiling"),
        {"direction": "kurangi", "amount": "6.480.000.000", "note": "Revisi 1"},
    )

    shown = answer.content.decode()
    assert "Rp30.000.000 dari Rp6.500.000.000 sudah dicadangkan" in shown
    assert "Paling banyak dapat dikurangi Rp6.470.000.000" in shown
    assert "Revisi 1" in shown
    assert line.balance()["allocated"] == 6_500_000_000


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": "1 miliar"}, "misalnya 1.000.000.000"),
        ({"amount": "0"}, "Tulis paling sedikit 1"),
        ({"note": ""}, "Tulis dasar penetapannya"),
        ({"direction": ""}, "Pilih menambah atau mengurangi pagu."),
    ],
)
def test_a_ceiling_that_cannot_be_read_is_explained(desk, typed, sentence):
    line = BudgetLineFactory(allocated=0)
    good = {"direction": "tambah", "amount": "1.000", "note": "DIPA"}

    answer = desk.post(page(line, "set_ceiling"), {**good, **typed})

    assert sentence in answer.content.decode()
    assert not line.entries.exists()


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.FINANCE_OFFICER, roles.PPK])
def test_only_who_may_allocate_sets_a_ceiling(client, role):
    line = BudgetLineFactory()
    reader = sign_in(client, officer(role))

    assert reader.get(page(line)).status_code == 200
    assert page(line, "set_ceiling") not in reader.get(page(line)).content.decode()
    assert reader.post(page(line, "set_ceiling"), {"amount": "1"}).status_code == 403


def test_a_line_that_holds_money_is_not_deleted(desk):
    assert desk.post(page(BudgetLineFactory(), "delete"), {"post": "yes"}).status_code == 403


def test_the_administrator_says_who_approves_up_to_how_much(client):
    administrator = sign_in(client, officer(roles.SYSTEM_ADMIN))
    band = ApprovalBand.objects.get(group__name=roles.PPK)

    administrator.post(
        reverse("admin:subsidies_approvalband_change", args=[band.pk]),
        {"group": band.group_id, "up_to": "Rp 250.000.000"},
    )

    band.refresh_from_db()
    assert band.up_to == 250_000_000


@pytest.mark.parametrize("model", ["budgetline", "ledgerentry", "decree", "disbursement"])
def test_a_list_about_money_asks_as_often_for_many_as_for_few(
    desk, django_assert_max_num_queries, model
):
    for _ in range(4):
        ApplicationFactory(paid=True)

    with django_assert_max_num_queries(14):
        answer = desk.get(reverse(f"admin:subsidies_{model}_changelist"))
    assert answer.status_code == 200


@pytest.mark.parametrize("model", ["ledgerentry", "decree", "disbursement"])
def test_what_the_workflow_wrote_is_only_read(desk, model):
    payment = ApplicationFactory(paid=True).disbursement
    record = {
        "ledgerentry": payment.application.ledger_entries.first(),
        "decree": payment.decree,
        "disbursement": payment,
    }[model]

    shown = desk.get(reverse(f"admin:subsidies_{model}_change", args=[record.pk]))

    assert shown.status_code == 200
    assert 'name="_save"' not in shown.content.decode()
    assert desk.get(reverse(f"admin:subsidies_{model}_add")).status_code == 403
