"""The first page of an agreement: where it stands, who must act, what can be done, its history."""

from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.admin.agreement_desk import load, show
from partnerships.admin.agreement_offers import offers_on
from partnerships.enums import AgreementStatus, Side
from partnerships.permissions import confirmed_at, waits_for

DEEDS = {
    "propose": "Diusulkan",
    "confirm": "Disetujui kedua pihak",
    "confirm_school": "Disetujui sekolah",
    "confirm_company": "Disetujui perusahaan",
    "decline": "Tidak disepakati",
    "withdraw": "Usulan ditarik",
    "match": "Kompetensi dicocokkan",
    "save_text": "Naskah diubah",
    "finalize": "Naskah ditetapkan",
    "redraft": "Naskah dibuka kembali",
    "send_link": "Tautan tanda tangan dikirim",
    "sign_school": "Ditandatangani sekolah",
    "sign_company": "Ditandatangani perusahaan",
    "attach_scan": "Pindaian diunggah",
    "activate": "Penandatanganan selesai",
    "near_end": "Ditandai akan berakhir",
    "extend": "Masa berlaku diperpanjang",
    "fall_asleep": "Ditandai tidak berjalan",
    "wake": "Berjalan lagi",
    "amend": "Addendum berlaku",
    "withdraw_activity": "Kegiatan dibatalkan",
    "end": "Berakhir",
    "renew": "Diperpanjang",
    "terminate": "Dihentikan",
    "import": "Diimpor",
}


@require_safe
def overview(request, pk):
    return show_overview(request, load(request, pk, today=timezone.localdate()))


def show_overview(request, found, *, status=200, bound=None):
    agreement = found.agreement
    history = list(agreement.history.select_related("actor").order_by("-at", "-pk"))
    return show(
        request,
        found,
        "desk_agreement_overview",
        tab="change",
        title="Ringkasan",
        status=status,
        offers=offers_on("change", found, bound),
        who_acts=_who_acts(agreement),
        last_reason=_reason_of_the_end(agreement, history),
        answers=[
            (side.label.capitalize(), who, confirmed_at(agreement, side))
            for side, who in [(Side.SCHOOL, agreement.school), (Side.COMPANY, agreement.company)]
        ],
        competences=[
            row.competence for row in agreement.competence_rows.select_related("competence")
        ],
        scope=list(agreement.scope.all()),
        renews=agreement.renews if agreement.renews_id else None,
        renewals=list(agreement.renewals.order_by("pk")),
        history=[(DEEDS.get(entry.action, entry.action), entry) for entry in history],
    )


def _who_acts(agreement):
    """Whose turn it is, by name where the desk knows it."""
    if agreement.status == AgreementStatus.PROPOSED:
        sides = [(Side.SCHOOL, agreement.school), (Side.COMPANY, agreement.company)]
        return " dan ".join(str(who) for side, who in sides if waits_for(agreement, side))
    if agreement.status == AgreementStatus.READY:
        open_ones = [one.name for one in agreement.signatures.filter(signed_at=None)]
        return " dan ".join(open_ones) or "Petugas Kementerian"
    return ""


def _reason_of_the_end(agreement, history):
    """Why it was declined, withdrawn or ended early."""
    ends = {
        AgreementStatus.DECLINED: "decline",
        AgreementStatus.WITHDRAWN: "withdraw",
        AgreementStatus.TERMINATED: "terminate",
    }
    action = ends.get(agreement.status)
    return next((entry.reason for entry in history if entry.action == action), "")
