"""The histories of application, visit and payment as one, with the officers' words between them."""

from typing import NamedTuple

from django.db.models import CharField, Value

from subsidies.models import (
    ApplicationHistoryEntry,
    DisbursementHistoryEntry,
    InternalNote,
    VisitHistoryEntry,
)

NOTE = "note"
DEEDS = {
    "submit": "Diajukan pemohon",
    "request_correction": "Perbaikan diminta",
    "resubmit": "Perbaikan dikirim pemohon",
    "lapse": "Gugur",
    "register": "Lengkap, didaftarkan",
    "send_to_visit": "Sesuai, diteruskan ke kunjungan",
    "end_visit": "Kunjungan selesai",
    "assess": "Nilai ditetapkan",
    "return_assessment": "Dikembalikan ke tim teknis",
    "approve": "Disetujui",
    "wait": "Masuk daftar tunggu",
    "reject": "Ditolak",
    "withdraw": "Ditarik pemohon",
    "close": "Berkas ditutup",
    "assign": "Verifikator ditugaskan",
    "schedule": "Kunjungan dijadwalkan",
    "ask_other_day": "Pemohon meminta ganti jadwal",
    "reassign": "Verifikator diganti",
    "conduct": "Kunjungan dicatat, berita acara dibuat",
    "dispute": "Pemohon keberatan atas berita acara",
    "confirm": "Berita acara disetujui",
    "decree": "SK penetapan terbit",
    "request_payment": "SPP dibuat",
    "order_payment": "SPM diterbitkan",
    "return_request": "SPP dikembalikan",
    "record_payment": "SP2D dicatat",
}


class Deed(NamedTuple):
    """One line of the merged history, as officers read it."""

    at: object
    who: str
    what: str
    reason: str
    rules: str


class Word(NamedTuple):
    """A note that officers leave one another; the applicant never sees it."""

    at: object
    who: str
    text: str


def told(application):
    """(deeds, internal notes), the newest first, in one query."""
    about = {"application": application.pk}
    rows = _history(ApplicationHistoryEntry, **about).union(
        _history(VisitHistoryEntry, visit__application=application.pk),
        _history(DisbursementHistoryEntry, disbursement__application=application.pk),
        InternalNote.objects.filter(**about)
        .order_by()
        .annotate(deed=Value(NOTE), rules=Value("", output_field=CharField()))
        .values_list("at", "pk", "author__name", "deed", "text", "rules"),
        all=True,
    )
    deeds, words = [], []
    for at, _, who, deed, text, rules in rows.order_by("-at", "-pk"):
        if deed == NOTE:
            words.append(Word(at, who, text))
        else:
            deeds.append(Deed(at, who or "Sistem", DEEDS.get(deed, deed), text, rules))
    return deeds, words


def _history(model, **about):
    return (
        model.objects.filter(**about)
        .order_by()
        .values_list("at", "pk", "actor__name", "action", "reason", "rule_version")
    )
