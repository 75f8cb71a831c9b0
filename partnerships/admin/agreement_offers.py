"""The steps of an agreement that an officer can take, with what each means and what hinders it."""

from typing import NamedTuple

from partnerships import arrows
from partnerships.enums import LIVE, AgreementStatus, Side, Source
from partnerships.forms.desk_moves import MatchForm, ReasonForm, TerminateForm
from partnerships.permissions import other, waits_for
from partnerships.workflow import agreement as workflow
from partnerships.workflow import text
from partnerships.workflow.agreement import long_day

S = AgreementStatus


class Offer(NamedTuple):
    """A step that can be taken now: its button, what it means, and what still hinders it."""

    key: str
    label: str
    help: str
    hindrance: str = ""
    form: object = None
    address: str = ""
    kind: str = "primary"
    # Folded are those that are seldom wanted.
    folded: bool = False


class Step(NamedTuple):
    """The page on which a step stands, what is typed along, and the workflow's function for it."""

    page: str
    form: type | None
    deed: object
    words: str


def _as(side):
    return lambda agreement, *, by, today: workflow.confirm(agreement, by=by, side=side)


def _without_today(deed):
    return lambda agreement, *, by, today, **typed: deed(agreement, by=by, **typed)


def _renew(agreement, *, by, today):
    return workflow.renew(agreement, by=by, source=Source.OFFICER)


def _match(agreement, *, by, today, competences, phase):
    return workflow.match(agreement, by=by, competences=competences, phase=phase)


STEPS = {
    "confirm_school": Step("change", None, _as(Side.SCHOOL), "Persetujuan sekolah dicatat."),
    "confirm_company": Step("change", None, _as(Side.COMPANY), "Persetujuan perusahaan dicatat."),
    "match": Step(
        "change", MatchForm, _match, "Kompetensi dicocokkan; kedua pihak dapat mengisi naskah."
    ),
    "decline": Step(
        "change",
        ReasonForm,
        _without_today(workflow.decline),
        "Usulan tidak disepakati; kedua pihak diberi tahu.",
    ),
    "withdraw": Step(
        "change",
        ReasonForm,
        _without_today(workflow.withdraw),
        "Usulan ditarik; kedua pihak diberi tahu.",
    ),
    "finalize": Step(
        "text", None, text.finalize, "Naskah ditetapkan; tautan tanda tangan dikirim lewat surel."
    ),
    "redraft": Step("text", ReasonForm, _without_today(text.redraft), "Naskah dibuka kembali."),
    "renew": Step(
        "ending", None, _renew, "Perpanjangan diusulkan; kedua pihak diminta persetujuannya."
    ),
    "terminate": Step(
        "ending",
        TerminateForm,
        workflow.terminate,
        "Perjanjian dihentikan; kedua pihak diberi tahu.",
    ),
}


def form_for(key, found, data=None):
    """The form of a step, with the prefix of its fields' identity on a page of several."""
    form_class = STEPS[key].form
    if form_class is None:
        return None
    options = {"auto_id": f"{key}_%s"}
    if form_class is MatchForm:
        agreement = found.agreement
        options |= {"agreement": agreement}
        if data is None:
            competences = agreement.competence_rows.values_list("competence", flat=True)
            options["initial"] = {"competences": list(competences), "phase": agreement.phase_id}
    return form_class(data, **options)


def offers_on(page, found, bound=None):
    """The steps that stand on ``page`` for this officer; ``bound`` is {key: form with faults}."""
    if not found.may_steer:
        return []
    bound = bound or {}
    makers = {"change": _on_overview, "text": _on_text, "ending": _on_ending}
    return list(makers[page](found, bound))


def _typed(key, found, bound):
    return bound.get(key) or form_for(key, found)


def _on_overview(found, bound):
    agreement, status = found.agreement, found.agreement.status
    if status == S.PROPOSED:
        yield from _confirmations(agreement)
    elif status == S.MATCHING:
        yield Offer(
            "match",
            "Teruskan ke naskah",
            "Periksa kompetensi dan tahapnya. Setelah itu kedua pihak diminta mengisi naskah.",
            form=_typed("match", found, bound),
        )
    elif status == S.DRAFTING:
        missing = len(text.missing_in(agreement))
        words = f"Masih ada {missing} hal yang kurang." if missing else "Naskah sudah lengkap."
        yield Offer("", "Buka naskah", words, address=found.address("text"))
    elif status == S.READY:
        open_ones = agreement.signatures.filter(signed_at=None).count()
        words = {
            0: "Kedua pihak sudah menandatangani. Catat hari, meterai, dan saksi.",
            1: "Menunggu tanda tangan satu pihak.",
        }.get(open_ones, "Menunggu tanda tangan kedua pihak.")
        yield Offer("", "Buka tanda tangan", words, address=found.address("signing"))
    elif status in LIVE:
        yield from _while_it_runs(found)
    if status in arrows.DECLINE.sources:
        yield Offer(
            "decline",
            "Catat tidak disepakati",
            "Salah satu pihak menolak. Usulan selesai untuk seterusnya; kedua pihak membaca "
            "alasannya.",
            form=_typed("decline", found, bound),
            kind="danger",
            folded=True,
        )
    if status in arrows.WITHDRAW.sources:
        yield Offer(
            "withdraw",
            "Tarik usulan",
            "Usulan dibatalkan sebelum ditandatangani; kedua pihak membaca alasannya.",
            form=_typed("withdraw", found, bound),
            kind="danger",
            folded=True,
        )


def _confirmations(agreement):
    for key, side, who in [
        ("confirm_school", Side.SCHOOL, agreement.school),
        ("confirm_company", Side.COMPANY, agreement.company),
    ]:
        if waits_for(agreement, side):
            then = (
                f"Sesudah itu masih menunggu pihak {other(side).label}."
                if waits_for(agreement, other(side))
                else "Sesudah itu kompetensinya dapat dicocokkan."
            )
            yield Offer(
                key,
                f"Catat persetujuan {side.label}",
                f"{who} setuju lewat surat, telepon, atau pertemuan. {then}",
            )


def _while_it_runs(found):
    agreement = found.agreement
    reports = agreement.reports
    waiting = reports.filter(filed_at__isnull=False, evaluated_at=None).count()
    late = reports.overdue(today=found.today).count()
    words = "Catat kegiatan, dan baca laporannya."
    if waiting:
        words = f"{waiting} laporan menunggu evaluasi."
    elif late:
        words = f"{late} laporan terlambat."
    yield Offer("", "Buka kegiatan dan laporan", words, address=found.address("cooperation"))
    if agreement.status == S.ENDING:
        yield Offer(
            "",
            "Buka perpanjangan",
            f"Berlaku sampai {long_day(agreement.ends_on)}.",
            address=found.address("ending"),
            kind="",
        )


def _on_text(found, bound):
    agreement = found.agreement
    if agreement.status == S.DRAFTING:
        yield Offer(
            "finalize",
            "Tetapkan naskah",
            "Naskah mendapat nomor dan tidak berubah lagi; penanda tangan yang surelnya diisi "
            "menerima tautan pribadi.",
            "Lengkapi dahulu yang masih kurang." if text.missing_in(agreement) else "",
        )
    elif agreement.status == S.READY:
        signed = agreement.signatures.filter(signed_at__isnull=False).count()
        loses = f" {signed} tanda tangan yang sudah ada tidak berlaku lagi." if signed else ""
        yield Offer(
            "redraft",
            "Buka kembali naskah",
            f"Naskah dapat diubah lagi. Tautan yang sudah dikirim tidak berlaku lagi.{loses}",
            form=_typed("redraft", found, bound),
            kind="danger",
        )


def _on_ending(found, bound):
    agreement = found.agreement
    if agreement.status not in LIVE:
        return
    if found.user.has_perm("partnerships.propose_agreement"):
        yield Offer("renew", "Usulkan perpanjangan", _next_term(agreement), _renewed(agreement))
    yield Offer(
        "terminate",
        "Hentikan perjanjian",
        f"Berlaku {long_day(agreement.starts_on)} sampai {long_day(agreement.ends_on)}. Yang "
        "dihentikan tidak dapat dibuka lagi; kegiatan dan laporannya tetap tersimpan.",
        form=_typed("terminate", found, bound),
        kind="danger",
    )


def _next_term(agreement):
    first, last = workflow.next_term(agreement)
    return (
        f"Usulan baru untuk kompetensi dan lingkup yang sama, {long_day(first)} sampai "
        f"{long_day(last)}. Kedua pihak diminta persetujuannya; perjanjian ini tetap berlaku "
        "sampai hari terakhirnya."
    )


def _renewed(agreement):
    known = agreement.renewals.exclude(status__in=[S.DECLINED, S.WITHDRAWN]).first()
    if known is None:
        return ""
    return f"Perpanjangannya sudah ada, dengan status “{known.get_status_display()}”."
