"""How long a paper takes, and how much memory a thousand of them need."""

import resource
import time

from programs.enums import PaperKind
from programs.papers import typeset
from tests.factories.programs import IssuedPaperFactory

MANY = 200


def measure():
    paper = IssuedPaperFactory(
        kind=PaperKind.PAYMENT_NOTICE,
        facts={
            "applicant": "CV Sandang Contoh",
            "registration": "RM-2026-0147",
            "scheme": "Penggantian pembelian mesin IKM 2026",
            "decree": "SK-1/IKMA/2026",
            "spm": "SPM-1",
            "sp2d": "260131302000001",
            "sp2d_on": "2026-11-20",
            "bank": "Bank Nagari",
            "account": "berakhiran 7890",
            "amount_rp": 86_400_000,
            "contact": "Sekretariat, (021) 0000 0000",
        },
    )
    typeset(paper)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    for _ in range(MANY):
        content = typeset(paper)
    taken = time.perf_counter() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    yield "payment notice as PDF", f"{taken / MANY * 1000:.0f} ms", "–"
    yield f"… {MANY} of them, memory on top", f"{grown:.0f} MB", "bounded"
    yield "… size", f"{len(content) / 1024:.0f} kB", "–"
