"""The arrows of a batch and of a trainee. Workflow functions and triggers read this one list."""

from programs.transitions import Transition
from training.diklat_enums import ASSESSED, WITH_OUTCOME
from training.diklat_enums import BatchStatus as B
from training.diklat_enums import TraineeStatus as T

OPEN = Transition("open", "Pembukaan pendaftaran", (B.PLANNED,), B.OPEN)
END_REGISTRATION = Transition("end_registration", "Penutupan pendaftaran", (B.OPEN,), B.SELECTION)
REOPEN = Transition("reopen", "Perpanjangan pendaftaran", (B.SELECTION,), B.OPEN, True)
START = Transition("start", "Pembukaan pelatihan", (B.SELECTION,), B.RUNNING)
END_TRAINING = Transition("end_training", "Penutupan pelatihan", (B.RUNNING,), B.CERTIFICATION)
BEGIN_PLACEMENT = Transition(
    "begin_placement", "Penutupan uji kompetensi", (B.CERTIFICATION,), B.PLACEMENT
)
CLOSE = Transition("close", "Penutupan angkatan", (B.PLACEMENT,), B.CLOSED)
CANCEL = Transition(
    "cancel",
    "Pembatalan angkatan",
    (B.PLANNED, B.OPEN, B.SELECTION, B.RUNNING),
    B.CANCELLED,
    True,
)

BATCH_MOVES = [
    OPEN,
    END_REGISTRATION,
    REOPEN,
    START,
    END_TRAINING,
    BEGIN_PLACEMENT,
    CLOSE,
    CANCEL,
]

# Who was not selected is a reserve: called up when somebody else withdraws.
SELECT = Transition("select", "Kelulusan seleksi", (T.REGISTERED, T.NOT_SELECTED), T.SELECTED)
DECLINE = Transition(
    "decline", "Penolakan seleksi", (T.REGISTERED, T.SELECTED), T.NOT_SELECTED, True
)
WITHDRAW = Transition("withdraw", "Pengunduran diri", (T.REGISTERED, T.SELECTED), T.WITHDRAWN, True)
BEGIN_TRAINING = Transition("begin_training", "Mulai pelatihan", (T.SELECTED,), T.TRAINING)
DROP_OUT = Transition("drop_out", "Penghentian pelatihan", (T.TRAINING,), T.DROPPED_OUT, True)
PASS = Transition("pass", "Pencatatan hasil uji", (T.TRAINING, T.NOT_YET_COMPETENT), T.COMPETENT)
FAIL = Transition(
    "fail", "Pencatatan hasil uji", (T.TRAINING, T.NOT_YET_COMPETENT), T.NOT_YET_COMPETENT
)
# A result that was typed wrongly: back to before it, the first one or an earlier attempt.
VOID_RESULT = Transition("void_result", "Pembatalan hasil uji", tuple(ASSESSED), T.TRAINING, True)
VOID_RETAKE = Transition(
    "void_retake", "Pembatalan hasil uji", tuple(ASSESSED), T.NOT_YET_COMPETENT, True
)
PLACE = Transition("place", "Penempatan", (*ASSESSED, *WITH_OUTCOME), T.PLACED)
START_BUSINESS = Transition(
    "start_business", "Pencatatan usaha sendiri", (*ASSESSED, *WITH_OUTCOME), T.SELF_EMPLOYED
)
# From work as well: a placement that came to nothing.
NOTE_NOT_WORKING = Transition(
    "note_not_working",
    "Pencatatan belum bekerja",
    (*ASSESSED, T.PLACED, T.SELF_EMPLOYED),
    T.NOT_WORKING,
    True,
)

TRAINEE_MOVES = [
    SELECT,
    DECLINE,
    WITHDRAW,
    BEGIN_TRAINING,
    DROP_OUT,
    PASS,
    FAIL,
    VOID_RESULT,
    VOID_RETAKE,
    PLACE,
    START_BUSINESS,
    NOTE_NOT_WORKING,
]
