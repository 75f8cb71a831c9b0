"""The way of a trainee: what is done, what is now, and what still comes."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.timezone import localdate

from training.diklat_enums import TraineeStage
from training.diklat_stages import stage_of

DONE, NOW, LATER, WARN = "done", "now", "later", "warn"

# Each deed in the trainee's words; deeds that are not told stay between officers.
DEEDS = {
    "register": "Terdaftar",
    "select": "Lulus seleksi",
    "decline": "Belum lulus seleksi",
    "withdraw": "Mengundurkan diri",
    "begin_training": "Pelatihan dimulai",
    "drop_out": "Berhenti dari pelatihan",
    "pass": "Dinyatakan kompeten",
    "fail": "Belum dinyatakan kompeten",
    "retake": "Uji ulang",
    "void_result": "Hasil uji dibatalkan karena salah catat",
    "void_retake": "Hasil uji ulang dibatalkan karena salah catat",
    "place": "Ditempatkan",
    "start_business": "Menjalankan usaha sendiri",
    "note_not_working": "Belum bekerja",
    "follow_up": "Ditanya kabarnya",
}
ENDINGS = {"decline", "withdraw", "drop_out"}
# The reasons of these deeds were written for the trainee to read, or by the trainee.
REASONS_TOLD = {"decline", "withdraw", "drop_out", "note_not_working", "retake", "follow_up"}

STEPS = ["Seleksi peserta", "Pelatihan", "Uji kompetensi", "Penempatan kerja"]
STEP_OF = {
    TraineeStage.REGISTERED: 0,
    TraineeStage.SELECTED: 1,
    TraineeStage.TRAINING: 1,
    TraineeStage.ASSESSMENT: 2,
    TraineeStage.COMPETENT: 3,
    TraineeStage.NOT_YET_COMPETENT: 3,
    TraineeStage.NOT_WORKING: 3,
}
AT_WORK = (TraineeStage.PLACED, TraineeStage.SELF_EMPLOYED)


@dataclass
class Item:
    """One step on the way. ``lines`` are further facts, such as the reason of a deed."""

    stage: str
    title: str
    when: str = ""
    due: str = ""
    lines: list = field(default_factory=list)


def timeline(trainee, history):
    """The whole way of ``trainee``, whose ``history`` lines are given in their order."""
    items = [
        Item(
            WARN if entry.action in ENDINGS else DONE,
            DEEDS[entry.action],
            when=date_format(localdate(entry.at), "j F Y"),
            lines=[entry.reason] if entry.reason and entry.action in REASONS_TOLD else [],
        )
        for entry in history
        if entry.action in DEEDS
    ]
    return items + _ahead(trainee)


def _ahead(trainee):
    stage, batch = stage_of(trainee), trainee.batch
    if stage in AT_WORK:
        return [
            Item(LATER, f"Panitia menanyakan kabar bulan ke-{row.months}", when=_around(row.due_on))
            for row in trainee.followups.waiting()
        ]
    if stage not in STEP_OF:
        return []
    days = f"{date_format(batch.starts_on, 'j F Y')} sampai {date_format(batch.ends_on, 'j F Y')}"
    when = {"Pelatihan": days}
    due = {"Seleksi peserta": f"Sebelum {date_format(batch.starts_on, 'l, j F Y')}"}
    now = STEP_OF[stage]
    return [
        Item(
            NOW if number == now else LATER,
            title,
            when=when.get(title, ""),
            due=due.get(title, "") if number == now else "",
        )
        for number, title in enumerate(STEPS)
        if number >= now
    ]


def _around(day):
    return f"sekitar {date_format(day, 'j F Y')}"
