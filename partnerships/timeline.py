"""The way of an agreement: what was done, what is now and who must act, and what still comes."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.timezone import localdate

from partnerships.enums import AgreementStatus as S
from partnerships.enums import Side
from partnerships.permissions import waits_for

DONE, NOW, LATER, WARN = "done", "now", "later", "warn"

# Each deed in words. The whole list stands in the history; the way shows the steps alone.
DEEDS = {
    "propose": "Diusulkan",
    "confirm_school": "Disetujui sekolah",
    "confirm_company": "Disetujui perusahaan",
    "confirm": "Disetujui kedua pihak",
    "decline": "Tidak disepakati",
    "withdraw": "Usulan ditarik",
    "match": "Kompetensi dicocokkan",
    "save_text": "Isian naskah disimpan",
    "finalize": "Naskah ditetapkan",
    "redraft": "Naskah dibuka kembali",
    "send_link": "Tautan tanda tangan dikirim",
    "sign_school": "Ditandatangani pihak sekolah",
    "sign_company": "Ditandatangani pihak perusahaan",
    "attach_scan": "Pindaian diunggah",
    "activate": "Berlaku",
    "near_end": "Akan berakhir",
    "extend": "Masa berlaku diperpanjang oleh addendum",
    "fall_asleep": "Tercatat tidak berjalan",
    "wake": "Berjalan lagi",
    "end": "Berakhir",
    "renew": "Diteruskan oleh perpanjangan",
    "terminate": "Dihentikan",
    "amend": "Diubah oleh addendum",
    "withdraw_activity": "Kegiatan dibatalkan",
}
ONLY_IN_HISTORY = {"save_text", "send_link", "attach_scan", "withdraw_activity"}
ENDINGS = {"decline", "withdraw", "terminate", "fall_asleep", "redraft"}
REASONS_TOLD = ENDINGS | {"amend"}
# (status, what it is called on the way, who acts)
STEPS = [
    (S.PROPOSED, "Persetujuan kedua pihak", ""),
    (S.MATCHING, "Pencocokan kompetensi", "Petugas Kementerian"),
    (S.DRAFTING, "Pengisian naskah", "Kedua pihak, lalu petugas menetapkannya"),
    (S.READY, "Tanda tangan", ""),
    (S.ACTIVE, "Perjanjian berlaku", ""),
]
RUNNING = {S.ACTIVE: "Berjalan", S.ENDING: "Akan berakhir", S.DORMANT: "Tidak berjalan"}


@dataclass
class Item:
    """One step on the way. ``lines`` are further facts, such as the reason of a deed."""

    stage: str
    title: str
    when: str = ""
    who: str = ""
    due: str = ""
    lines: list = field(default_factory=list)


def deed(entry):
    """A line of the history as people read it."""
    return DEEDS.get(entry.action, entry.action)


def timeline(agreement, history, signatures):
    """The whole way of ``agreement``. Its history lines are given in their order."""
    items = [
        Item(
            WARN if entry.action in ENDINGS else DONE,
            deed(entry),
            when=date_format(localdate(entry.at), "j F Y"),
            lines=[entry.reason] if entry.reason and entry.action in REASONS_TOLD else [],
        )
        for entry in history
        if entry.action in DEEDS and entry.action not in ONLY_IN_HISTORY
    ]
    return items + _ahead(agreement, signatures)


def _ahead(agreement, signatures):
    if agreement.status in RUNNING:
        return [
            Item(
                WARN if agreement.status == S.DORMANT else NOW,
                RUNNING[agreement.status],
                due=f"Sampai {date_format(agreement.ends_on, 'j F Y')}",
            )
        ]
    places = [status for status, _, _ in STEPS]
    if agreement.status not in places:
        return []
    now = places.index(agreement.status)
    ahead = STEPS[now:]
    return [
        Item(
            NOW if status == agreement.status else LATER,
            title,
            who=_who(agreement, signatures) if status == agreement.status else who,
        )
        for status, title, who in ahead
    ]


def _who(agreement, signatures):
    """The names of those for whom the present step waits."""
    if agreement.status == S.PROPOSED:
        open_ones = [side for side in Side if waits_for(agreement, side)]
        named = {Side.SCHOOL: agreement.school.name, Side.COMPANY: agreement.company.name}
        return "Menunggu " + " dan ".join(named[side] for side in open_ones)
    if agreement.status == S.READY:
        unsigned = [signature.name for signature in signatures if signature.signed_at is None]
        return f"Menunggu {' dan '.join(unsigned)}" if unsigned else "Menunggu petugas Kementerian"
    return next(who for status, _, who in STEPS if status == agreement.status)
