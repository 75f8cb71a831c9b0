"""The arrows of an e-Smart enrolment and of a mentoring task. Workflow and triggers read them."""

from programs.esmart_enums import EnrolmentStatus as E
from programs.esmart_enums import MentoringStatus as M
from programs.transitions import Transition

CONFIRM = Transition("confirm", "Persetujuan pemilik", (E.PROPOSED,), E.REGISTERED)
VERIFY = Transition("verify", "Verifikasi", (E.REGISTERED,), E.VERIFIED)
REFUSE = Transition("refuse", "Penolakan", (E.PROPOSED, E.REGISTERED), E.REFUSED, True)
SCHEDULE = Transition("schedule", "Penjadwalan lokakarya", (E.VERIFIED,), E.SCHEDULED)
UNSCHEDULE = Transition(
    "unschedule", "Pembatalan jadwal lokakarya", (E.SCHEDULED,), E.VERIFIED, True
)
# From here on the facts decide: the register, the shops, the sales.
PASS = Transition("pass", "Pencatatan lulus lokakarya", (E.VERIFIED, E.SCHEDULED), E.TRAINED)
RETRACT = Transition(
    "retract", "Pembatalan kelulusan lokakarya", (E.TRAINED, E.ONBOARD), E.VERIFIED, True
)
ONBOARD = Transition("onboard", "Pencatatan toko pertama", (E.TRAINED,), E.ONBOARD)
SELL = Transition("sell", "Pencatatan penjualan", (E.ONBOARD, E.INACTIVE), E.SELLING)
FALL_SILENT = Transition("fall_silent", "Penandaan tidak aktif", (E.SELLING,), E.INACTIVE, True)
GRADUATE = Transition("graduate", "Kenaikan kelas", (E.SELLING,), E.GRADUATED)
LEAVE = Transition(
    "leave",
    "Pengunduran diri",
    (
        E.REGISTERED,
        E.VERIFIED,
        E.SCHEDULED,
        E.TRAINED,
        E.ONBOARD,
        E.SELLING,
        E.INACTIVE,
    ),
    E.LEFT,
    True,
)

ENROLMENT_MOVES = [
    CONFIRM,
    VERIFY,
    REFUSE,
    SCHEDULE,
    UNSCHEDULE,
    PASS,
    RETRACT,
    ONBOARD,
    SELL,
    FALL_SILENT,
    GRADUATE,
    LEAVE,
]

ASSIGN = Transition("assign", "Penugasan pendamping", (M.WAITING, M.ASSIGNED), M.ASSIGNED)
COMPLETE = Transition("complete", "Penyelesaian pendampingan", (M.ASSIGNED,), M.DONE)
DROP = Transition("drop", "Penutupan pendampingan", (M.WAITING, M.ASSIGNED), M.DROPPED, True)

MENTORING_MOVES = [ASSIGN, COMPLETE, DROP]
