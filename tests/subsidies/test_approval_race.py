"""Many officers press at the same moment: the ceiling holds, and one decision is one decision.

Each race has a negative control: the same race with the lock taken out must go wrong.
"""

import threading

import pgtrigger
import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from programs import roles
from programs.models import Notification
from programs.transitions import TransitionNotAllowed
from subsidies.enums import ApplicationStatus, LedgerKind
from subsidies.models import Application, ApprovalBand, LedgerEntry
from subsidies.models.budget import CEILING_HOLDS
from subsidies.workflow import application as applications
from subsidies.workflow import decision
from tests.factories.programs import IkmFactory, UserFactory, officer
from tests.factories.subsidies import ApplicationFactory, BudgetLineFactory, SchemeFactory

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()
EACH = 30_000_000
APPLICATIONS, COVERED = 50, 20


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch):
    """Mail is not what is raced here."""
    monkeypatch.setattr("programs.notifications.hand_over", lambda task, record_id: None)


@pytest.fixture
def ppk():
    person = officer(roles.PPK)
    ApprovalBand.objects.update_or_create(group=person.groups.get(), defaults={"up_to": EACH})
    return person


@pytest.fixture
def scheme():
    return SchemeFactory(budget_line=BudgetLineFactory(allocated=COVERED * EACH))


def together(*presses):
    """Run all ``presses`` in threads that start at the same moment; return what each ended in."""
    gate, outcomes = threading.Barrier(len(presses)), []

    def run(press):
        gate.wait()
        try:
            press()
            outcomes.append("done")
        except TransitionNotAllowed as problem:
            outcomes.append(str(problem))
        except DatabaseError as problem:
            outcomes.append(f"database: {problem}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(press,)) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def approve_all_at_once(scheme, ppk):
    waiting = [ApplicationFactory(assessed=True, scheme=scheme) for _ in range(APPLICATIONS)]
    return together(
        *[
            lambda application=application: decision.approve(application, by=ppk, today=TODAY)
            for application in waiting
        ]
    )


def test_fifty_approvals_against_money_for_twenty_reserve_exactly_twenty(scheme, ppk):
    outcomes = approve_all_at_once(scheme, ppk)

    assert outcomes == ["done"] * APPLICATIONS
    count = Application.objects.filter(scheme=scheme)
    assert count.filter(status=ApplicationStatus.APPROVED).count() == COVERED
    assert count.filter(status=ApplicationStatus.WAITING).count() == APPLICATIONS - COVERED
    reserved = LedgerEntry.objects.filter(kind=LedgerKind.RESERVE)
    assert {entry.amount for entry in reserved} == {EACH}
    assert scheme.budget_line.balance() == {
        "allocated": COVERED * EACH,
        "reserved": COVERED * EACH,
        "committed": 0,
        "paid": 0,
        "available": 0,
    }


def test_without_the_locks_the_same_race_passes_the_ceiling(scheme, ppk, monkeypatch):
    monkeypatch.setattr(decision, "_one_at_a_time", lambda budget_line_id: None)
    trigger = next(t for t in LedgerEntry._meta.triggers if t.name == "ceiling_holds")
    lock = next(line for line in CEILING_HOLDS.splitlines() if "FOR NO KEY UPDATE" in line)
    slow = "    PERFORM pg_sleep(0.05);\n    RETURN NEW;"
    unlocked = pgtrigger.Trigger(
        name=trigger.name,
        when=trigger.when,
        operation=trigger.operation,
        declare=trigger.declare,
        func=CEILING_HOLDS.replace(lock, "").replace("    RETURN NEW;", slow),
    )
    unlocked.install(LedgerEntry)
    try:
        approve_all_at_once(scheme, ppk)
    finally:
        trigger.install(LedgerEntry)

    assert scheme.budget_line.balance()["available"] < 0


def test_two_officers_decide_at_once_and_only_one_wins(scheme, ppk):
    owner = UserFactory()
    application = ApplicationFactory(
        assessed=True, scheme=scheme, organization=IkmFactory(owner=owner)
    )
    before = application.history.count()

    outcomes = together(
        lambda: decision.approve(application, by=ppk, today=TODAY),
        lambda: applications.reject(
            application, by=UserFactory(), code="R07", reason="Mesin bekas.", today=TODAY
        ),
    )

    assert outcomes.count("done") == 1
    (told,) = [outcome for outcome in outcomes if outcome != "done"]
    assert "tidak dapat dilakukan: status saat ini" in told
    assert application.history.count() == before + 1
    assert Notification.objects.filter(recipient=owner).count() == 1


def test_one_officer_presses_twice_and_one_decision_stands(scheme, ppk):
    owner = UserFactory()
    application = ApplicationFactory(
        assessed=True, scheme=scheme, organization=IkmFactory(owner=owner)
    )
    before = application.history.count()

    outcomes = together(
        *[lambda: decision.approve(application, by=ppk, today=TODAY) for _ in range(2)]
    )

    assert outcomes.count("done") == 1
    assert application.history.count() == before + 1
    assert Notification.objects.filter(recipient=owner).count() == 1
    assert application.ledger_entries.count() == 1


def test_without_the_row_lock_one_decision_is_taken_twice(scheme, ppk, monkeypatch):
    application = ApplicationFactory(
        assessed=True, scheme=scheme, organization=IkmFactory(owner=UserFactory())
    )
    before = application.history.count()
    both_have_read = threading.Barrier(2)

    def unlocked_begin(move, record):
        record = Application.objects.get(pk=record.pk)
        both_have_read.wait()
        return record

    monkeypatch.setattr(decision, "begin", unlocked_begin)
    together(
        *[
            lambda: decision.return_assessment(
                application, by=UserFactory(), reason="Hitung ulang.", today=TODAY
            )
            for _ in range(2)
        ]
    )

    assert application.history.count() == before + 2


def test_nobody_passes_the_ceiling_around_the_workflow(scheme):
    application = ApplicationFactory(assessed=True, scheme=scheme)

    def reserve(amount):
        LedgerEntry.objects.create(
            budget_line=scheme.budget_line,
            application=application,
            kind=LedgerKind.RESERVE,
            amount=amount,
            note="Langsung",
        )

    reserve(COVERED * EACH)
    with pytest.raises(DatabaseError, match="subsidies_ledger_ceiling"):
        reserve(1)
