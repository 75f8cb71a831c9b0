"""The arrows of an agreement and of an addendum. Workflow and triggers read this one list."""

from partnerships.enums import AgreementStatus as S
from partnerships.enums import AmendmentStatus as A
from programs.transitions import Transition

CONFIRM = Transition("confirm", "Persetujuan usulan", (S.PROPOSED,), S.MATCHING)
DECLINE = Transition(
    "decline", "Penolakan usulan", (S.PROPOSED, S.MATCHING, S.DRAFTING), S.DECLINED, True
)
WITHDRAW = Transition(
    "withdraw",
    "Penarikan usulan",
    (S.PROPOSED, S.MATCHING, S.DRAFTING, S.READY),
    S.WITHDRAWN,
    True,
)
MATCH = Transition("match", "Pencocokan kompetensi", (S.MATCHING,), S.DRAFTING)
FINALIZE = Transition("finalize", "Penetapan naskah", (S.DRAFTING,), S.READY)
REDRAFT = Transition("redraft", "Pembukaan kembali naskah", (S.READY,), S.DRAFTING, True)
ACTIVATE = Transition("activate", "Penyelesaian tanda tangan", (S.READY,), S.ACTIVE)
NEAR_END = Transition("near_end", "Penandaan akan berakhir", (S.ACTIVE,), S.ENDING)
# An addendum moved the last day away again.
EXTEND = Transition("extend", "Perpanjangan masa berlaku", (S.ENDING,), S.ACTIVE)
FALL_ASLEEP = Transition(
    "fall_asleep", "Penandaan tidak berjalan", (S.ACTIVE, S.ENDING), S.DORMANT, True
)
WAKE = Transition("wake", "Penandaan berjalan lagi", (S.DORMANT,), S.ACTIVE)
END = Transition("end", "Pengakhiran", (S.ACTIVE, S.ENDING, S.DORMANT), S.ENDED)
RENEW = Transition(
    "renew", "Pergantian oleh perpanjangan", (S.ACTIVE, S.ENDING, S.DORMANT), S.RENEWED
)
TERMINATE = Transition(
    "terminate", "Penghentian", (S.ACTIVE, S.ENDING, S.DORMANT), S.TERMINATED, True
)

AGREEMENT_MOVES = [
    CONFIRM,
    DECLINE,
    WITHDRAW,
    MATCH,
    FINALIZE,
    REDRAFT,
    ACTIVATE,
    NEAR_END,
    EXTEND,
    FALL_ASLEEP,
    WAKE,
    END,
    RENEW,
    TERMINATE,
]

CONFIRM_AMENDMENT = Transition(
    "confirm_amendment", "Persetujuan addendum", (A.PROPOSED,), A.CONFIRMED
)
REFUSE_AMENDMENT = Transition(
    "refuse_amendment", "Penolakan addendum", (A.PROPOSED, A.CONFIRMED), A.REFUSED, True
)
WITHDRAW_AMENDMENT = Transition(
    "withdraw_amendment", "Penarikan addendum", (A.PROPOSED, A.CONFIRMED), A.WITHDRAWN, True
)
APPLY_AMENDMENT = Transition("apply_amendment", "Pemberlakuan addendum", (A.CONFIRMED,), A.IN_FORCE)

AMENDMENT_MOVES = [CONFIRM_AMENDMENT, REFUSE_AMENDMENT, WITHDRAW_AMENDMENT, APPLY_AMENDMENT]
