"""The arrows of the three records. Workflow functions and database triggers read this one list."""

from programs.transitions import Transition
from subsidies.enums import ApplicationStatus as A
from subsidies.enums import DisbursementStatus as D
from subsidies.enums import VisitStatus as V

SUBMIT = Transition("submit", "Pengajuan", (A.DRAFT,), A.SUBMITTED)
REQUEST_CORRECTION = Transition(
    "request_correction", "Permintaan perbaikan", (A.SUBMITTED, A.REGISTERED), A.CORRECTION, True
)
RESUBMIT = Transition("resubmit", "Pengiriman perbaikan", (A.CORRECTION,), A.SUBMITTED)
LAPSE = Transition("lapse", "Pernyataan gugur", (A.CORRECTION,), A.LAPSED, True)
REGISTER = Transition("register", "Pendaftaran", (A.SUBMITTED,), A.REGISTERED)
SEND_TO_VISIT = Transition("send_to_visit", "Penerusan ke kunjungan", (A.REGISTERED,), A.VISITING)
END_VISIT = Transition("end_visit", "Penutupan kunjungan", (A.VISITING,), A.ASSESSMENT)
ASSESS = Transition("assess", "Penilaian", (A.ASSESSMENT,), A.ASSESSED)
RETURN_ASSESSMENT = Transition(
    "return_assessment",
    "Pengembalian ke tim teknis",
    (A.ASSESSED, A.WAITING),
    A.ASSESSMENT,
    True,
)
APPROVE = Transition("approve", "Persetujuan", (A.ASSESSED, A.WAITING), A.APPROVED)
PUT_ON_WAITING_LIST = Transition("wait", "Daftar tunggu", (A.ASSESSED,), A.WAITING)
REJECT = Transition(
    "reject",
    "Penolakan",
    (A.SUBMITTED, A.REGISTERED, A.ASSESSMENT, A.ASSESSED, A.WAITING),
    A.REJECTED,
    True,
)
WITHDRAW = Transition(
    "withdraw",
    "Penarikan",
    (
        A.DRAFT,
        A.SUBMITTED,
        A.CORRECTION,
        A.REGISTERED,
        A.VISITING,
        A.ASSESSMENT,
        A.ASSESSED,
        A.WAITING,
        A.APPROVED,  # until a decree names the owner
    ),
    A.WITHDRAWN,
    True,
)
CLOSE = Transition("close", "Penutupan berkas", (A.APPROVED,), A.CLOSED)

APPLICATION_MOVES = [
    SUBMIT,
    REQUEST_CORRECTION,
    RESUBMIT,
    LAPSE,
    REGISTER,
    SEND_TO_VISIT,
    END_VISIT,
    ASSESS,
    RETURN_ASSESSMENT,
    APPROVE,
    PUT_ON_WAITING_LIST,
    REJECT,
    WITHDRAW,
    CLOSE,
]

SCHEDULE = Transition("schedule", "Penjadwalan", (V.ASSIGNED, V.SCHEDULED), V.SCHEDULED)
ASK_OTHER_DAY = Transition(
    "ask_other_day", "Permintaan ganti jadwal", (V.SCHEDULED,), V.ASSIGNED, True
)
REASSIGN = Transition(
    "reassign", "Penggantian verifikator", (V.ASSIGNED, V.SCHEDULED), V.ASSIGNED, True
)
CONDUCT = Transition("conduct", "Pencatatan kunjungan", (V.SCHEDULED,), V.CONDUCTED)
DISPUTE = Transition("dispute", "Keberatan atas berita acara", (V.CONDUCTED,), V.SCHEDULED, True)
CONFIRM = Transition("confirm", "Persetujuan berita acara", (V.CONDUCTED,), V.CONFIRMED)

VISIT_MOVES = [SCHEDULE, ASK_OTHER_DAY, REASSIGN, CONDUCT, DISPUTE, CONFIRM]

REQUEST_PAYMENT = Transition("request_payment", "Pembuatan SPP", (D.DECREED,), D.REQUESTED)
ORDER_PAYMENT = Transition("order_payment", "Penerbitan SPM", (D.REQUESTED,), D.ORDERED)
RETURN_REQUEST = Transition("return_request", "Pengembalian SPP", (D.REQUESTED,), D.DECREED, True)
RECORD_PAYMENT = Transition("record_payment", "Pencatatan SP2D", (D.ORDERED,), D.PAID)

DISBURSEMENT_MOVES = [REQUEST_PAYMENT, ORDER_PAYMENT, RETURN_REQUEST, RECORD_PAYMENT]
