"""Signing: by personal link without an account, in the site, and on paper."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import arrows
from partnerships.enums import AgreementStatus
from partnerships.forms.signing import ScanForm, SendLinkForm, SignForm, SiteSignForm
from partnerships.views.asking import ask, not_now
from partnerships.views.reach import own
from partnerships.workflow import signing as workflow
from programs.asking import sent_files, typed
from programs.documents import serve_file
from programs.once import once
from programs.papers import paper_file
from programs.transitions import TransitionNotAllowed

WITH_A_FORM = ["GET", "HEAD", "POST"]
GONE = 410


@require_http_methods(WITH_A_FORM)
@login_not_required
# The address is the only key, and whoever knows it may sign: a CSRF token would guard nothing.
# With no-referrer, which keeps that key from travelling, browsers hide the origin as well.
@csrf_exempt
@never_cache
def sign_by_link(request, token):
    """The page behind a personal link: read the text, sign it, once."""
    return _private(_sign_by_link(request, token))


def _sign_by_link(request, token):
    try:
        signature = workflow.signature_of(token)
    except TransitionNotAllowed as refusal:
        return _closed(request, str(refusal))
    agreement = signature.agreement
    if signature.signed_at is None and agreement.status != AgreementStatus.READY:
        return _closed(request, f"{workflow.NOT_NOW} terbaru.")
    form, refused, status = SignForm(typed(request), signature=signature), "", 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                workflow.sign_by_link(token)
            except TransitionNotAllowed as refusal:
                refused, status = str(refusal), 409
                signature = workflow.signature_of(token)
            else:
                return redirect("partnerships:sign_by_link", token)
        elif signature.signed_at:
            refused, status = "Naskah ini sudah ditandatangani.", 409
    return render(
        request,
        "partnerships/sign_by_link.html",
        {
            "signature": signature,
            "agreement": agreement,
            "competences": agreement.competences.order_by("curriculum", "name"),
            "scope": agreement.scope.all(),
            "form": form,
            "token": token,
            "refused": refused,
        },
        status=status,
    )


@require_safe
@login_not_required
@never_cache
def sign_paper(request, token):
    """The text itself, for whoever holds the link, before and after signing."""
    try:
        signature = workflow.signature_of(token)
    except TransitionNotAllowed as refusal:
        return _private(_closed(request, str(refusal)))
    paper = signature.agreement.paper
    if paper is None:
        return _private(_closed(request, f"{workflow.NOT_NOW} terbaru."))
    name = f"Naskah {signature.agreement.number}".replace("/", "-")
    return _private(
        serve_file(paper_file(paper), name=f"{name}.pdf", content_type="application/pdf")
    )


def _closed(request, words):
    return render(request, "partnerships/sign_closed.html", {"words": words}, status=GONE)


def _private(response):
    """The address must not travel: to no other page, no search engine, no cache."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(WITH_A_FORM)
@once
def agreement_sign(request, pk):
    """Sign in the site, in the name of one's side's signatory."""
    agreement, side = own(request, pk)
    if back := not_now(request, agreement, arrows.ACTIVATE):
        return back
    signature = _signature(agreement, side)
    return ask(
        request,
        SiteSignForm(typed(request), signature=signature),
        lambda values: workflow.sign_in_site(signature, by=request.user),
        agreement=agreement,
        done="Tanda tangan dicatat. Pihak lain sudah diberi tahu.",
        template="partnerships/agreement_sign.html",
        signature=signature,
        paper=agreement.paper,
        competences=agreement.competences.order_by("curriculum", "name"),
        scope=agreement.scope.all(),
    )


@require_http_methods(WITH_A_FORM)
@once
def agreement_send_link(request, pk):
    """Send one's signatory a new personal link, to another e-mail if need be."""
    agreement, side = own(request, pk)
    if back := not_now(request, agreement, arrows.ACTIVATE):
        return back
    signature = _signature(agreement, side)
    return ask(
        request,
        SendLinkForm(typed(request), initial={"email": signature.email}),
        lambda values: workflow.send_link(signature, by=request.user, email=values["email"]),
        agreement=agreement,
        done=f"Tautan baru dikirim kepada {signature.name}. Tautan sebelumnya tidak berlaku lagi.",
        heading="Kirim tautan tanda tangan",
        lead=f"{signature.name}, {signature.position}, menerima tautan pribadi untuk membaca dan "
        f"menandatangani naskah tanpa akun. Tautan berlaku {workflow.LINK_DAYS} hari dan "
        "menggantikan tautan sebelumnya.",
        button="Kirim tautan",
    )


@require_http_methods(WITH_A_FORM)
@once
def agreement_scan(request, pk):
    """Hand in the paper that one's side signed by hand."""
    agreement, side = own(request, pk)
    if back := not_now(request, agreement, arrows.ACTIVATE):
        return back

    def do(values):
        if agreement.status not in arrows.ACTIVATE.sources:
            raise TransitionNotAllowed(f"{workflow.NOT_NOW} terbaru.")
        workflow.record_on_paper(agreement, side=side, by=request.user, scan=values["scan"])

    return ask(
        request,
        ScanForm(typed(request), sent_files(request)),
        do,
        agreement=agreement,
        done="Pindaian diterima. Petugas memeriksanya saat menyelesaikan penandatanganan.",
        heading="Unggah naskah yang ditandatangani di kertas",
        lead="Unduh naskahnya, tanda tangani dan beri meterai, lalu pindai atau potret semua "
        "halamannya. Berkas yang terakhir diunggah yang dipakai.",
        button="Unggah pindaian",
        has_files=True,
    )


def _signature(agreement, side):
    signature = agreement.signatures.filter(signer=side).first()
    if signature is None:
        raise Http404
    signature.agreement = agreement
    return signature
