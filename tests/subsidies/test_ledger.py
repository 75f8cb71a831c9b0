"""The budget ledger: what the database refuses, and that the pots add up along a whole payment."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from programs.transitions import TransitionNotAllowed
from subsidies.enums import LedgerKind
from subsidies.models import LedgerEntry
from subsidies.workflow import application as applications
from subsidies.workflow import terms
from tests.factories.programs import UserFactory
from tests.factories.subsidies import ApplicationFactory, BudgetLineFactory, SchemeFactory

pytestmark = pytest.mark.django_db
M = 1_000_000


def book(application, kind, amount):
    return LedgerEntry.objects.create(
        budget_line=application.budget_line,
        application=application,
        kind=kind,
        amount=amount,
        note="Uji",
    )


def test_an_entry_is_never_changed_nor_deleted():
    entry = book(ApplicationFactory(approved=True), LedgerKind.COMMIT, 30 * M)

    for change in (
        lambda: LedgerEntry.objects.filter(pk=entry.pk).update(amount=1),
        lambda: entry.delete(),
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            change()


@pytest.mark.parametrize("kind", [LedgerKind.COMMIT, LedgerKind.DISBURSE, LedgerKind.RELEASE])
def test_a_pot_that_is_not_full_cannot_be_emptied(kind):
    with pytest.raises(DatabaseError, match="subsidies_ledger_pots"):
        book(ApplicationFactory(assessed=True), kind, 30 * M)


def test_more_than_was_reserved_cannot_be_committed():
    with pytest.raises(DatabaseError, match="subsidies_ledger_pots"):
        book(ApplicationFactory(approved=True), LedgerKind.COMMIT, 30 * M + 1)


@pytest.mark.parametrize(
    ("kind", "amount", "with_application"),
    [
        (LedgerKind.ALLOCATE, 0, False),
        (LedgerKind.ALLOCATE, M, True),
        (LedgerKind.RESERVE, M, False),
        (LedgerKind.RESERVE, -M, True),
    ],
)
def test_an_entry_without_sense_is_refused(kind, amount, with_application):
    application = ApplicationFactory(assessed=True)

    with pytest.raises(IntegrityError, match="subsidies_ledger_entry_makes_sense"):
        LedgerEntry.objects.create(
            budget_line=application.budget_line,
            application=application if with_application else None,
            kind=kind,
            amount=amount,
            note="Uji",
        )


def test_money_that_is_spoken_for_cannot_be_taken_back():
    scheme = SchemeFactory(budget_line=BudgetLineFactory(allocated=30 * M))
    ApplicationFactory(approved=True, scheme=scheme)

    with pytest.raises(DatabaseError, match="subsidies_ledger_ceiling"):
        terms.allocate(scheme.budget_line, amount=-1, note="Revisi", by=UserFactory())


def test_a_paid_application_has_gone_through_every_pot():
    application = ApplicationFactory(paid=True)

    assert application.budget_line.balance() == {
        "allocated": 6_500 * M,
        "reserved": 0,
        "committed": 0,
        "paid": 30 * M,
        "available": 6_470 * M,
    }


def test_withdrawing_before_the_decree_gives_the_money_back():
    application = ApplicationFactory(approved=True)

    applications.withdraw(application, by=UserFactory(), reason="Usaha pindah.")

    assert application.budget_line.balance()["available"] == 6_500 * M


def test_after_the_decree_nobody_withdraws_alone():
    application = ApplicationFactory(decreed=True)

    with pytest.raises(TransitionNotAllowed, match="Surat keputusan sudah terbit"):
        applications.withdraw(application, by=UserFactory(), reason="Usaha pindah.")
