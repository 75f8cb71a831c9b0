"""The signatures under a PKS: by personal link, in the site, or on paper; then it is in force.

A link holds the signature's key and the number of the link, signed by us: it opens nothing else,
ends after ``LINK_DAYS``, and the next one makes it void. Nothing of it is stored.
"""

from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from partnerships import arrows
from partnerships.enums import AgreementStatus, Meterai, Side, Signer, SigningWay
from partnerships.models import Signature
from partnerships.news import about, tell_both, tell_officers, tell_side
from partnerships.permissions import other
from partnerships.workflow.agreement import begin_with_names, lock_agreement
from partnerships.workflow.figures import refresh_soon
from programs.documents import store_document
from programs.enums import NotificationKind
from programs.notifications import notify
from programs.papers import paper_file
from programs.transitions import TransitionNotAllowed, finish
from programs.workflow.accounts import account_for

LINK_DAYS = 30
SALT = "partnerships.signature"
NOT_NOW = "Naskah ini tidak sedang menunggu tanda tangan. Muat ulang halaman untuk melihat keadaan"
OVERLAPS = (
    "Kedua pihak sudah memiliki PKS lain untuk kompetensi yang sama pada masa itu. Buka kembali "
    "naskah dan ubah masa berlakunya."
)


def token_of(signature):
    return signing.dumps([signature.pk, signature.link_version], salt=SALT)


def signature_of(token):
    """The signature that a link is for; ``TransitionNotAllowed`` says why there is none."""
    try:
        pk, version = signing.loads(token, salt=SALT, max_age=timedelta(days=LINK_DAYS))
    except signing.SignatureExpired:
        raise TransitionNotAllowed(
            f"Tautan ini sudah lebih dari {LINK_DAYS} hari. Minta tautan baru kepada sekolah atau "
            "perusahaan Anda; mereka dapat mengirimnya lagi dari halaman perjanjian."
        ) from None
    except (signing.BadSignature, ValueError, TypeError):
        raise TransitionNotAllowed(
            "Tautan ini tidak lengkap. Salin seluruh alamatnya dari surel."
        ) from None
    signature = (
        Signature.objects.select_related(
            "agreement__school__region__province", "agreement__company__region__province"
        )
        .filter(pk=pk)
        .first()
    )
    if signature is None or signature.link_version != version:
        raise TransitionNotAllowed(
            "Tautan ini sudah diganti. Pakai tautan di surel terbaru, atau minta dikirim lagi."
        )
    return signature


@transaction.atomic
def send_links(agreement, *, by):
    """Send each signatory with an e-mail, who has not signed yet, a personal link."""
    for signature in agreement.signatures.filter(signed_at=None).exclude(email=""):
        send_link(signature, by=by)


@transaction.atomic
def send_link(signature, *, by, email=""):
    """Send one signatory a new link, to another e-mail if one is given; the older link is void."""
    signature = _lock(signature)
    if signature.agreement.status != AgreementStatus.READY or signature.signed_at:
        raise TransitionNotAllowed(f"{NOT_NOW} terbaru.")
    signature.email = email or signature.email
    if not signature.email:
        raise TransitionNotAllowed(f"Isi dahulu surel {signature.name}.")
    signature.link_version += 1
    signature.sent_at = timezone.now()
    signature.full_clean()
    signature.save()
    agreement = signature.agreement
    notify(
        account_for(signature.email, name=signature.name),
        key=f"partnerships.signature.{signature.pk}.{signature.link_version}",
        kind=NotificationKind.TASK,
        subject="Perjanjian kerja sama menunggu tanda tangan Anda",
        body=(
            f"{about(agreement)}\n\n{signature.name}, {signature.position}: naskahnya sudah "
            "ditetapkan dan menunggu tanda tangan Anda. Buka halaman di bawah ini, baca "
            f"naskahnya, lalu tanda tangani. Tautan ini untuk Anda sendiri dan berlaku "
            f"{LINK_DAYS} hari; jangan diteruskan kepada orang lain."
        ),
        url=reverse("partnerships:sign_by_link", args=[token_of(signature)]),
    )
    agreement.history.create(
        action="send_link",
        from_status=agreement.status,
        to_status=agreement.status,
        actor=by,
        reason=f"Kepada {signature.name}.",
    )
    return signature


def sign_by_link(token):
    """The person behind the personal link signs."""
    return _sign(signature_of(token), way=SigningWay.LINK, by=None)


def sign_in_site(signature, *, by):
    """Somebody of the side, signed in, signs in the name of its signatory."""
    return _sign(signature, way=SigningWay.SITE, by=by)


@transaction.atomic
def record_on_paper(agreement, *, side, by, scan):
    """Keep the scan of the paper that a side signed; the last one that was handed in counts."""
    agreement = lock_agreement(agreement)
    agreement.signed_document = store_document(scan, organization=None, by=by)
    agreement.save(update_fields=["signed_document"])
    signature = agreement.signatures.get(signer=side)
    if signature.signed_at is None:
        return _sign(signature, way=SigningWay.PAPER, by=by)
    agreement.history.create(
        action="attach_scan", from_status=agreement.status, to_status=agreement.status, actor=by
    )
    return signature


@transaction.atomic
def _sign(signature, *, way, by):
    signature = _lock(signature)
    agreement = signature.agreement
    if signature.signed_at:
        raise TransitionNotAllowed(
            f"{signature.name} sudah menandatangani "
            f"{date_format(timezone.localtime(signature.signed_at), 'j F Y')}."
        )
    if agreement.status != AgreementStatus.READY:
        raise TransitionNotAllowed(f"{NOT_NOW} terbaru.")
    paper_file(agreement.paper)
    signature.signed_at = timezone.now()
    signature.way, signature.signed_by = way, by
    signature.text_sha256 = agreement.paper.sha256
    signature.save()
    entry = agreement.history.create(
        action=f"sign_{signature.signer.lower()}",
        from_status=agreement.status,
        to_status=agreement.status,
        actor=by,
        reason=f"{signature.name}, {signature.get_way_display()}.",
    )
    tell_side(
        agreement,
        other(Side(signature.signer)),
        fact=f"agreement.{entry.pk}",
        subject=f"{signature.name} sudah menandatangani",
        body=f"{signature.name} ({signature.get_signer_display()}) menandatangani perjanjian ini "
        f"{signature.get_way_display()}.",
    )
    if not agreement.signatures.filter(signed_at=None).exists():
        tell_officers(
            agreement,
            fact=f"agreement.{entry.pk}",
            subject="Selesaikan penandatanganan PKS",
            body="Kedua pihak sudah menandatangani. Catat hari, meterai, dan saksi.",
        )
    return signature


@transaction.atomic
def activate(
    agreement,
    *,
    by,
    today,
    signed_on,
    meterai,
    meterai_number="",
    signed_place="",
    witness_name="",
    witness_office="",
    scan=None,
):
    """Complete the signing before the ministry as witness; from now on the agreement is in force.

    Both sides have signed, or the scan of the paper that both signed is handed in here.
    """
    agreement = begin_with_names(arrows.ACTIVATE, agreement)
    if signed_on > today:
        raise TransitionNotAllowed("Hari tanda tangan paling akhir hari ini.")
    if signed_on > agreement.ends_on:
        raise TransitionNotAllowed("Hari tanda tangan harus sebelum perjanjian berakhir.")
    if scan is not None:
        agreement.signed_document = store_document(scan, organization=None, by=by)
    open_ones = list(agreement.signatures.select_for_update().filter(signed_at=None))
    if open_ones and agreement.signed_document is None:
        names = " dan ".join(signature.name for signature in open_ones)
        raise TransitionNotAllowed(
            f"{names} belum menandatangani. Kirim lagi tautannya, atau unggah pindaian naskah "
            "yang ditandatangani di kertas."
        )
    for signature in open_ones:
        signature.signed_at, signature.way = timezone.now(), SigningWay.PAPER
        signature.signed_by = by
        signature.save()
    agreement.signed_on, agreement.meterai = signed_on, Meterai(meterai)
    agreement.meterai_number = meterai_number
    agreement.signed_place = signed_place or agreement.signed_place
    agreement.witness_name = witness_name or agreement.witness_name
    agreement.witness_office = witness_office or agreement.witness_office
    agreement.witnessed_by = by
    agreement.status = arrows.ACTIVATE.target
    agreement.full_clean()
    agreement.status = AgreementStatus.READY
    try:
        with transaction.atomic():
            entry = finish(arrows.ACTIVATE, agreement, by=by)
    except IntegrityError as problem:
        if "partnerships_agreement_no_overlap" in str(problem):
            raise TransitionNotAllowed(OVERLAPS) from None
        raise
    refresh_soon()
    tell_both(
        agreement,
        fact=f"agreement.{entry.pk}",
        subject="Perjanjian kerja sama berlaku",
        body=f"Perjanjian berlaku {date_format(agreement.starts_on, 'j F Y')} sampai "
        f"{date_format(agreement.ends_on, 'j F Y')}. Catat kegiatan begitu selesai; laporan "
        "diminta setiap semester.",
        kind=NotificationKind.DECISION,
    )
    return agreement


def signers_of(agreement):
    """Both signatures, the school's first."""
    by_signer = {signature.signer: signature for signature in agreement.signatures.all()}
    return [by_signer[signer] for signer in Signer if signer in by_signer]


def _lock(signature):
    """The signature and its agreement, locked in the order that every move has: agreement first."""
    agreement = lock_agreement(signature.agreement)
    fresh = Signature.objects.select_for_update(of=("self",)).get(pk=signature.pk)
    fresh.agreement = agreement
    return fresh
