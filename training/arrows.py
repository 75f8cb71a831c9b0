"""The arrows of an event and of a registration. Workflow functions and triggers read this list."""

from programs.transitions import Transition
from training.enums import EventStatus as E
from training.enums import RegistrationStatus as R

PUBLISH = Transition("publish", "Pengumuman", (E.DRAFT,), E.OPEN)
CLOSE = Transition("close", "Penutupan pendaftaran", (E.OPEN,), E.CLOSED)
REOPEN = Transition("reopen", "Pembukaan kembali pendaftaran", (E.CLOSED,), E.OPEN)
BEGIN = Transition("begin", "Pembukaan kegiatan", (E.OPEN, E.CLOSED), E.RUNNING)
FINISH = Transition("finish", "Penutupan kegiatan", (E.RUNNING,), E.FINISHED)
CONCLUDE = Transition("conclude", "Penetapan hasil", (E.FINISHED,), E.CONCLUDED)
# Attendance that was corrected after all: the results are computed again.
RECONSIDER = Transition("reconsider", "Pembukaan kembali hasil", (E.CONCLUDED,), E.FINISHED, True)
ARCHIVE = Transition("archive", "Pengarsipan", (E.CONCLUDED,), E.ARCHIVED)
POSTPONE = Transition("postpone", "Penundaan", (E.OPEN, E.CLOSED), E.POSTPONED, True)
RESCHEDULE = Transition("reschedule", "Penjadwalan ulang", (E.POSTPONED,), E.OPEN)
CANCEL = Transition(
    "cancel", "Pembatalan kegiatan", (E.OPEN, E.CLOSED, E.POSTPONED), E.CANCELLED, True
)

EVENT_MOVES = [
    PUBLISH,
    CLOSE,
    REOPEN,
    BEGIN,
    FINISH,
    CONCLUDE,
    RECONSIDER,
    ARCHIVE,
    POSTPONE,
    RESCHEDULE,
    CANCEL,
]

ACCEPT = Transition("accept", "Penerimaan", (R.PENDING,), R.ACCEPTED)
# Accepted when all places are taken.
QUEUE = Transition("queue", "Pemindahan ke daftar tunggu", (R.PENDING,), R.WAITING)
MOVE_UP = Transition("move_up", "Kenaikan dari daftar tunggu", (R.WAITING,), R.ACCEPTED)
REJECT = Transition("reject", "Penolakan", (R.PENDING, R.WAITING, R.ACCEPTED), R.REJECTED, True)
WITHDRAW = Transition(
    "withdraw", "Pengunduran diri", (R.PENDING, R.WAITING, R.ACCEPTED), R.WITHDRAWN
)
LEAVE_UNPLACED = Transition(
    "leave_unplaced", "Penutupan daftar tunggu", (R.PENDING, R.WAITING), R.UNPLACED
)
# The results may be computed again as long as no certificate was issued.
JUDGED = (R.ACCEPTED, R.ABSENT, R.PARTLY, R.QUALIFIED)
MARK_ABSENT = Transition("mark_absent", "Penetapan tidak hadir", JUDGED, R.ABSENT)
MARK_PARTLY = Transition("mark_partly", "Penetapan hadir sebagian", JUDGED, R.PARTLY)
QUALIFY = Transition("qualify", "Penetapan memenuhi syarat", JUDGED, R.QUALIFIED)
CERTIFY = Transition("certify", "Penerbitan sertifikat", (R.QUALIFIED,), R.CERTIFIED)
REVOKE = Transition("revoke", "Pencabutan sertifikat", (R.CERTIFIED,), R.REVOKED, True)

REGISTRATION_MOVES = [
    ACCEPT,
    QUEUE,
    MOVE_UP,
    REJECT,
    WITHDRAW,
    LEAVE_UNPLACED,
    MARK_ABSENT,
    MARK_PARTLY,
    QUALIFY,
    CERTIFY,
    REVOKE,
]
