"""The buttons of the record page: which are open to an officer now, and what each one does.

A decision is offered where its stage, the officer's rights and the rule of two officers allow it.
What hinders it is said in words. ``workflow`` has the last word all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.formats import date_format

from programs.rupiah import format_rupiah
from subsidies import permissions as may
from subsidies.enums import DocumentCheck, Stage
from subsidies.workflow import application as life
from subsidies.workflow import decision as judgement
from subsidies.workflow import payment
from subsidies.workflow import visit as visits


@dataclass(frozen=True)
class Decision:
    """A button. ``explain`` and ``hinder`` give a sentence about the record at hand."""

    key: str
    label: str
    rights: tuple  # one of these permissions of this app, whatever the stage
    stages: tuple
    may: Callable
    run: Callable
    done: str
    fields: tuple = ()
    explain: Callable = lambda record: ""
    hinder: Callable = lambda record, user: ""
    labels: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """A decision as one officer sees it now; ``hindrance`` says why it cannot be pressed."""

    decision: Decision
    help: str
    hindrance: str

    def __getattr__(self, name):
        return getattr(self.decision, name)


def _unchecked(record):
    """What stands between the files and a registration number."""
    pending = [file for file in record.files if file.check_state == DocumentCheck.PENDING]
    refused = [file for file in record.files if file.check_state == DocumentCheck.REJECTED]
    if pending:
        return f"{len(pending)} berkas belum diperiksa."
    if refused:
        return f"{len(refused)} berkas perlu diperbaiki pemohon."
    if record.missing:
        return f"Berkas wajib belum diserahkan: {', '.join(record.missing)}."
    if record.open_notes:
        return f"{len(record.open_notes)} catatan belum dijawab pemohon."
    return ""


def _nothing_to_mend(record, user):
    refused = [file for file in record.files if file.check_state == DocumentCheck.REJECTED]
    if record.open_notes or refused:
        return ""
    return "Tolak dahulu sebuah berkas, atau tulis catatan pada isian yang keliru."


def _mend(record):
    refused = [file for file in record.files if file.check_state == DocumentCheck.REJECTED]
    days = record.application.scheme.correction_days
    return (
        f"{len(record.open_notes)} catatan terbuka dan {len(refused)} berkas ditolak; pemohon "
        f"menjawab dalam {days} hari kerja dan waktu kita berhenti."
    )


def _did_completeness(record, user):
    if record.application.completeness_by_id == user.pk:
        return "Anda yang memeriksa kelengkapan; kesesuaian diperiksa petugas lain."
    if record.open_notes:
        return "Masih ada catatan perbaikan yang terbuka."
    return ""


def _visited(record, user):
    if record.application.visit.verifier_id == user.pk:
        return "Anda yang berkunjung; berita acara disetujui pemohon atau petugas lain."
    return ""


def _had_a_hand_in_it(record, user):
    application = record.application
    deeds = {
        application.completeness_by_id: "memeriksa kelengkapannya",
        application.conformity_by_id: "memeriksa kesesuaiannya",
        application.visited_by_id: "mengunjungi pemohon",
        application.assessed_by_id: "menilainya",
    }
    if user.pk in deeds:
        return f"Anda yang {deeds[user.pk]}; yang menyetujui harus petugas lain."
    if application.reimbursed > record.band:
        return (
            f"Anda berwenang sampai {format_rupiah(record.band)}, permohonan ini "
            f"{format_rupiah(application.reimbursed)}. Teruskan kepada pejabat di atas Anda."
        )
    return ""


def _made_the_request(record, user):
    if record.application.disbursement.requested_by_id == user.pk:
        return "Anda yang membuat SPP; SPM diterbitkan petugas lain."
    return ""


def _after_last_day(record, user):
    last = record.application.scheme.pay_by
    if record.today > last:
        return f"Batas pengajuan pembayaran {date_format(last, 'j F Y')} sudah lewat."
    return ""


def _amount(record):
    return format_rupiah(record.application.reimbursed or 0)


DECISIONS = [
    Decision(
        "register",
        "Lengkap, daftarkan",
        ("check_completeness",),
        (Stage.COMPLETENESS,),
        may.can_check_completeness,
        lambda record, by, data, today: life.register(record.application, by=by, today=today),
        "Permohonan terdaftar dan diteruskan ke pemeriksaan kesesuaian.",
        explain=lambda record: "Nomor registrasi diberikan; petugas lain memeriksa kesesuaian.",
        hinder=lambda record, user: _unchecked(record),
    ),
    Decision(
        "send_to_visit",
        "Sesuai, lanjut ke kunjungan",
        ("check_conformity",),
        (Stage.CONFORMITY,),
        may.can_check_conformity,
        lambda record, by, data, today: visits.send_to_visit(
            record.application, by=by, verifier=data["verifier"], today=today
        ),
        "Permohonan diteruskan ke verifikator lapangan.",
        fields=("verifier",),
        explain=lambda record: "Menugaskan verifikator lapangan; pemohon diberi tahu.",
        hinder=_did_completeness,
    ),
    Decision(
        "confirm",
        "Berita acara sudah ditandatangani di kertas",
        ("check_conformity",),
        (Stage.MINUTES,),
        may.can_check_conformity,
        lambda record, by, data, today: visits.confirm(
            record.application.visit, by=by, today=today, reason=data["remark"]
        ),
        "Berita acara disetujui; permohonan diteruskan ke tim teknis.",
        fields=("remark",),
        explain=lambda record: "Hanya bila pemohon tidak dapat menyetujuinya di situs.",
        hinder=_visited,
        labels={"remark": "Kapan dan oleh siapa ditandatangani"},
    ),
    Decision(
        "approve",
        "Setujui",
        ("approve_application",),
        (Stage.APPROVAL, Stage.WAITING),
        may.can_approve,
        lambda record, by, data, today: judgement.approve(record.application, by=by, today=today),
        "Keputusan dicatat.",
        explain=lambda record: (
            f"Mencadangkan {_amount(record)}; syarat dinilai ulang. Bila pagu tidak cukup, "
            "permohonan masuk daftar tunggu."
        ),
        hinder=_had_a_hand_in_it,
    ),
    Decision(
        "request_payment",
        "Catat SPP",
        ("request_payment",),
        (Stage.SPP,),
        may.can_request_payment,
        lambda record, by, data, today: payment.request_payment(
            record.application.disbursement,
            by=by,
            spp_number=data["number"],
            spp_on=data["on"],
            today=today,
        ),
        "SPP dicatat; SPM diterbitkan petugas lain.",
        fields=("number", "on"),
        explain=lambda record: f"Surat permintaan pembayaran sebesar {_amount(record)}.",
        hinder=_after_last_day,
        labels={"number": "Nomor SPP", "on": "Tanggal SPP"},
    ),
    Decision(
        "order_payment",
        "Catat SPM",
        ("order_payment",),
        (Stage.SPM,),
        may.can_order_payment,
        lambda record, by, data, today: payment.order_payment(
            record.application.disbursement,
            by=by,
            spm_number=data["number"],
            spm_on=data["on"],
            today=today,
        ),
        "SPM dicatat; menunggu SP2D dari kas negara.",
        fields=("number", "on"),
        explain=lambda record: f"Surat perintah membayar sebesar {_amount(record)}.",
        hinder=_made_the_request,
        labels={"number": "Nomor SPM", "on": "Tanggal SPM"},
    ),
    Decision(
        "record_payment",
        "Catat SP2D",
        ("record_payment",),
        (Stage.SP2D,),
        may.can_record_payment,
        lambda record, by, data, today: payment.record_payment(
            record.application.disbursement,
            by=by,
            sp2d_number=data["number"],
            sp2d_on=data["on"],
            amount=data["amount"],
            today=today,
        ),
        "Pembayaran dicatat dan pemohon diberi tahu.",
        fields=("number", "on", "amount"),
        explain=lambda record: "Kas negara sudah mengirim uang ke rekening pemohon.",
        labels={"number": "Nomor SP2D", "on": "Tanggal SP2D"},
    ),
    Decision(
        "close",
        "Tutup berkas",
        ("record_payment",),
        (Stage.PAID,),
        may.can_record_payment,
        lambda record, by, data, today: payment.close(record.application, by=by),
        "Berkas ditutup.",
        explain=lambda record: "Semua sudah selesai; surat tetap dapat dibuka.",
    ),
    Decision(
        "request_correction",
        "Minta perbaikan",
        ("check_completeness", "check_conformity"),
        (Stage.COMPLETENESS, Stage.CONFORMITY),
        may.can_check,
        lambda record, by, data, today: life.request_correction(
            record.application, by=by, reason=data["reason"], today=today
        ),
        "Permohonan dikembalikan kepada pemohon untuk diperbaiki.",
        fields=("reason",),
        explain=_mend,
        hinder=_nothing_to_mend,
    ),
    Decision(
        "return_assessment",
        "Kembalikan ke tim teknis",
        ("approve_application",),
        (Stage.APPROVAL, Stage.WAITING),
        may.can_approve,
        lambda record, by, data, today: judgement.return_assessment(
            record.application, by=by, reason=data["remark"], today=today
        ),
        "Penilaian dikembalikan ke tim teknis.",
        fields=("remark",),
        explain=lambda record: "Nilai dihitung ulang dengan alasan Anda.",
    ),
    Decision(
        "return_request",
        "Kembalikan SPP",
        ("order_payment",),
        (Stage.SPM,),
        may.can_order_payment,
        lambda record, by, data, today: payment.return_request(
            record.application.disbursement, by=by, reason=data["remark"], today=today
        ),
        "SPP dikembalikan ke petugas keuangan.",
        fields=("remark",),
        explain=lambda record: "Petugas keuangan membuat SPP baru.",
    ),
    Decision(
        "reassign",
        "Ganti verifikator",
        ("check_conformity", "assign_application"),
        (Stage.VISIT_PLANNING, Stage.VISIT),
        may.can_change_verifier,
        lambda record, by, data, today: visits.reassign(
            record.application.visit,
            by=by,
            verifier=data["verifier"],
            reason=data["remark"],
            today=today,
        ),
        "Kunjungan dialihkan ke verifikator lain.",
        fields=("verifier", "remark"),
        explain=lambda record: "Jadwal disusun ulang oleh verifikator baru.",
    ),
    Decision(
        "reject",
        "Tolak",
        ("reject_application",),
        (
            Stage.COMPLETENESS,
            Stage.CONFORMITY,
            Stage.ASSESSMENT,
            Stage.APPROVAL,
            Stage.WAITING,
        ),
        may.can_reject_now,
        lambda record, by, data, today: life.reject(
            record.application, by=by, code=data["code"], reason=data["reason"], today=today
        ),
        "Permohonan ditolak dan pemohon diberi tahu.",
        fields=("code", "reason"),
        explain=lambda record: "Perlu kode alasan dan uraian; tidak dapat dibatalkan.",
    ),
]


def offers(record, user):
    """Every decision that is this officer's at this stage, free or hindered."""
    application = record.application
    return [
        Offer(decision, decision.explain(record), decision.hinder(record, user))
        for decision in DECISIONS
        if application.stage in decision.stages and decision.may(user, application)
    ]


def has_right(user, decision):
    """May this officer ever press it, at whatever moment?"""
    return any(user.has_perm(f"subsidies.{right}") for right in decision.rights)


BY_KEY = {decision.key: decision for decision in DECISIONS}
