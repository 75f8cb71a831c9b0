"""How many approvals one budget line takes in a second, all pressed at once."""

import threading
import time

from django.db import connection
from django.utils import timezone

from programs import roles
from subsidies.models import Application, ApprovalBand, LedgerEntry
from subsidies.workflow import decision
from tests.factories.programs import officer
from tests.factories.subsidies import ApplicationFactory, BudgetLineFactory, SchemeFactory

MANY, AT_ONCE, COVERED, EACH = 200, 8, 150, 30_000_000


def measure():
    scheme = SchemeFactory(budget_line=BudgetLineFactory(allocated=COVERED * EACH))
    ppk = officer(roles.PPK)
    ApprovalBand.objects.update_or_create(group=ppk.groups.get(), defaults={"up_to": EACH})
    waiting = [ApplicationFactory(assessed=True, scheme=scheme) for _ in range(MANY)]
    gate = threading.Barrier(AT_ONCE)

    def approve(some):
        gate.wait()
        for application in some:
            decision.approve(application, by=ppk, today=timezone.localdate())
        connection.close()

    threads = [
        threading.Thread(target=approve, args=(waiting[n::AT_ONCE],)) for n in range(AT_ONCE)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - start
    granted = Application.objects.filter(scheme=scheme, status="APPROVED").count()
    over = max(-scheme.budget_line.balance()["available"], 0)
    yield f"approvals, {AT_ONCE} officers at once", f"{MANY / taken:.0f} a second", "–"
    yield "… granted, and rupiah above the ceiling", f"{granted}, Rp{over}", f"{COVERED}, Rp0"
    entries = LedgerEntry.objects.filter(budget_line=scheme.budget_line).count()
    yield "… ledger entries", f"{entries}", f"{COVERED + 1}"
