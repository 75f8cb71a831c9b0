"""The way of an application for its owner: what is done, what is now, what comes, until when."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localdate

from programs.working_days import add_working_days, working_days_between
from subsidies.enums import Stage
from subsidies.stages import STAGES

DONE, NOW, LATER, WARN = "done", "now", "later", "warn"

# Each deed in the owner's words, and who did it; deeds that are not told stay the ministry's own.
DEEDS = {
    "submit": ("Diajukan", ""),
    "request_correction": ("Perbaikan diminta", "Pemeriksa administrasi"),
    "resubmit": ("Perbaikan dikirim", ""),
    "register": ("Berkas lengkap, permohonan terdaftar", "Pemeriksa administrasi"),
    "send_to_visit": ("Isi berkas sesuai syarat", "Pemeriksa kesesuaian"),
    "schedule": ("Kunjungan dijadwalkan", "Verifikator lapangan"),
    "ask_other_day": ("Anda meminta ganti jadwal", ""),
    "conduct": ("Kunjungan dilaksanakan", "Verifikator lapangan"),
    "dispute": ("Anda menyampaikan keberatan atas berita acara", ""),
    "confirm": ("Berita acara disetujui", ""),
    "assess": ("Nilai penggantian dihitung", "Tim teknis"),
    "wait": ("Masuk daftar tunggu", "Pejabat pemberi persetujuan"),
    "approve": ("Disetujui", "Pejabat pemberi persetujuan"),
    "decree": ("Surat keputusan terbit", "Pejabat pembuat komitmen"),
    "request_payment": ("Permintaan pembayaran (SPP) dibuat", "Petugas keuangan"),
    "order_payment": ("Perintah membayar (SPM) terbit", "Pejabat penanda tangan SPM"),
    "record_payment": ("Uang dikirim ke rekening Anda", "Kas negara"),
    "close": ("Berkas ditutup", "Petugas keuangan"),
    "reject": ("Ditolak", "Kementerian"),
    "lapse": ("Gugur karena lewat batas perbaikan", ""),
    "withdraw": ("Ditarik", ""),
}
ASKED = "request_correction"
ENDINGS = {"reject", "lapse", "withdraw"}
# The reasons of these deeds were written for the owner to read, or by the owner.
REASONS_TOLD = {ASKED, "reject", "withdraw", "ask_other_day", "dispute", "wait"}

# What still comes, in the few steps that matter to an owner.
STEPS = [
    ("Pemeriksaan kelengkapan", "Pemeriksa administrasi", [Stage.COMPLETENESS]),
    ("Pencocokan dengan syarat", "Pemeriksa kesesuaian", [Stage.CONFORMITY]),
    (
        "Kunjungan lapangan dan berita acara",
        "Verifikator lapangan",
        [Stage.VISIT_PLANNING, Stage.VISIT, Stage.MINUTES],
    ),
    (
        "Penilaian dan keputusan",
        "Tim teknis, lalu pejabat yang berwenang",
        [Stage.ASSESSMENT, Stage.APPROVAL],
    ),
    ("Surat keputusan penerima", "Pejabat pembuat komitmen", [Stage.DECREE]),
    (
        "Uang dikirim ke rekening Anda",
        "Petugas keuangan dan kas negara",
        [Stage.SPP, Stage.SPM, Stage.SP2D],
    ),
]
ENDED = {Stage.PAID, Stage.CLOSED, Stage.REJECTED, Stage.LAPSED, Stage.WITHDRAWN}


class Deed(NamedTuple):
    """A line of one of the histories: what was done, when, why, and by whom."""

    action: str
    at: datetime
    pk: int
    reason: str
    actor: str | None


@dataclass
class Item:
    """One step on the way. ``lines`` are further facts, such as the reason of a deed."""

    stage: str
    title: str
    when: str = ""
    who: str = ""
    due: str = ""
    icon: str = ""
    lines: list = field(default_factory=list)


def timeline(application, deeds, targets, *, stage, today, holidays):
    """The whole way. ``deeds`` are those of all its histories in order, ``targets`` {stage: days}.

    A day is promised only while the ministry's clock runs; else the working days are named.
    """
    items = _done(deeds)
    if stage not in ENDED:
        items.append(_now(application, Stage(stage), today=today, holidays=holidays))
    return items + _later(application, stage, targets, today=today, holidays=holidays)


def _done(deeds):
    items = []
    for deed in deeds:
        if deed.action not in DEEDS:
            continue
        title, who = DEEDS[deed.action]
        day = _long(localdate(deed.at))
        if deed.action == "resubmit" and items and items[-1].title == DEEDS[ASKED][0]:
            asked = items.pop()
            when = f"{asked.when} sampai {day}"
            items.append(Item(DONE, "Perbaikan diminta dan dijawab", when=when, lines=asked.lines))
            continue
        lines = [deed.reason] if deed.reason and deed.action in REASONS_TOLD else []
        look = WARN if deed.action in ENDINGS else DONE
        items.append(Item(look, title, when=day, who=who or deed.actor or "", lines=lines))
    return items


def _now(application, stage, *, today, holidays):
    words = STAGES[stage]
    look = WARN if stage == Stage.CORRECTION else NOW
    due = ""
    if application.due_on:
        left = _left(application.due_on, today, holidays)
        due = f"Paling lambat {_long(application.due_on)}, {left}"
    return Item(look, stage.label, who=words.actor, due=due, icon=words.icon)


def _later(application, stage, targets, *, today, holidays):
    ahead = [step for step in STEPS if _begins_after(step, stage)]
    is_promised = application.due_on is not None and stage not in {Stage.DRAFT, Stage.CORRECTION}
    day = max(application.due_on or today, today)
    if is_promised:
        # Within the step that is going on, its own later stages still take their time.
        rest = _rest_of_step(stage)
        day = add_working_days(day, sum(targets.get(s, 0) for s in rest), holidays)
    items = []
    for title, who, stages in ahead:
        days = sum(targets.get(s, 0) for s in stages)
        due = f"Paling lama {days} hari kerja" if days else ""
        if is_promised and days:
            day = add_working_days(day, days, holidays)
            due = f"Paling lambat {_long(day)}"
        items.append(Item(LATER, title, who=who, due=due))
    return items


def _order(stage):
    stages = [s for _, _, group in STEPS for s in group]
    if stage in stages:
        return stages.index(stage)
    # A correction goes back to the first check; the waiting list stands before the decision's end.
    return {Stage.DRAFT: -1, Stage.CORRECTION: -1, Stage.WAITING: stages.index(Stage.APPROVAL)}.get(
        stage, len(stages)
    )


def _begins_after(step, stage):
    return _order(step[2][0]) > _order(stage)


def _rest_of_step(stage):
    for _, _, stages in STEPS:
        if stage in stages:
            return stages[stages.index(stage) + 1 :]
    return []


def _left(due_on, today, holidays):
    days = working_days_between(today, due_on, holidays)
    if days < 0:
        return f"terlambat {-days} hari kerja"
    return "hari ini" if days == 0 else f"{days} hari kerja lagi"


def _long(day: date):
    return date_format(day, "l, j F Y")
