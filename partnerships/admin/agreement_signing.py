"""Who has signed, and how; links sent again, scans kept, and the signing completed."""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.admin.agreement_desk import load, put_on, say, show
from partnerships.enums import AgreementStatus, Signer
from partnerships.forms.desk_signing import ActivationForm, LinkForm, PaperForm
from partnerships.workflow import signing as workflow
from programs.kept_input import fill, take
from programs.transitions import TransitionNotAllowed

S = AgreementStatus


class Place(NamedTuple):
    """One side's signature on the page, with what an officer can do about it."""

    signature: object
    link_form: object
    paper_form: object


@require_safe
def signing(request, pk):
    return _show(request, load(request, pk, today=timezone.localdate()))


@require_http_methods(["POST"])
def send_link(request, pk, signer):
    """Send one signatory a new link, also to another e-mail."""
    return _about_a_signature(
        request,
        pk,
        signer,
        LinkForm,
        lambda signature, form: workflow.send_link(
            signature, by=request.user, email=form.cleaned_data["email"]
        ),
        "Tautan tanda tangan dikirim kepada {}.",
    )


@require_http_methods(["POST"])
def on_paper(request, pk, signer):
    """Keep the scan of what one side signed on paper."""
    return _about_a_signature(
        request,
        pk,
        signer,
        PaperForm,
        lambda signature, form: workflow.record_on_paper(
            signature.agreement,
            side=signature.signer,
            by=request.user,
            scan=form.cleaned_data["scan"],
        ),
        "Pindaian disimpan; tanda tangan {} dicatat.",
    )


def _about_a_signature(request, pk, signer, form_class, deed, words):
    today = timezone.localdate()
    found = load(request, pk, today=today, to_change=True)
    signature = get_object_or_404(found.agreement.signatures, signer=signer.upper())
    signature.agreement = found.agreement
    form = form_class(request.POST, request.FILES, auto_id=_ids(form_class, signature.signer))
    bound = {(form_class, signature.signer): form}
    if not form.is_valid():
        return _show(request, found, status=422, bound=bound)
    try:
        deed(signature, form)
    except ValidationError as problem:
        put_on(form, problem)
        return _show(request, load(request, pk, today=today), status=422, bound=bound)
    except TransitionNotAllowed as problem:
        say(request, problem)
        return _show(request, load(request, pk, today=today), status=409)
    messages.success(request, words.format(signature.name))
    return redirect(found.address("signing"))


@require_http_methods(["POST"])
def complete(request, pk):
    """Complete the signing; from now on the agreement is in force."""
    today = timezone.localdate()
    found = load(request, pk, today=today, to_change=True)
    form = ActivationForm(request.POST, request.FILES, auto_id="selesai_%s")
    if not form.is_valid():
        return _show(request, found, status=422, completion=form)
    values = {name: value for name, value in form.cleaned_data.items() if name != "scan"}
    try:
        workflow.activate(
            found.agreement,
            by=request.user,
            today=today,
            scan=form.cleaned_data["scan"] or None,
            **values,
        )
    except (TransitionNotAllowed, ValidationError) as problem:
        found = load(request, pk, today=today)
        if found.agreement.status != S.READY:
            say(request, problem)
            return _show(request, found, status=409)
        put_on(form, problem)
        return _show(request, found, status=422, completion=form)
    messages.success(request, "Penandatanganan selesai; perjanjian berlaku.")
    return redirect(found.address())


def _show(request, found, *, status=200, bound=None, completion=None):
    agreement = found.agreement
    signatures = workflow.signers_of(agreement)
    is_open = found.may_steer and agreement.status == S.READY
    if is_open and completion is None:
        completion = ActivationForm(
            auto_id="selesai_%s",
            initial={
                "signed_on": found.today,
                "signed_place": agreement.signed_place,
                "witness_name": agreement.witness_name,
                "witness_office": agreement.witness_office,
            },
        )
        completion = fill(completion, take(request))
    return show(
        request,
        found,
        "desk_agreement_signing",
        tab="signing",
        title="Tanda tangan",
        status=status,
        places=[_place(signature, bound or {}) for signature in signatures],
        unsigned=[one.name for one in signatures if one.signed_at is None],
        is_open=is_open,
        completion=completion if is_open else None,
        last_day=workflow.LINK_DAYS,
    )


def _place(signature, bound):
    forms = [
        bound.get((form_class, signature.signer))
        or form_class(auto_id=_ids(form_class, signature.signer), initial=initial)
        for form_class, initial in [(LinkForm, {"email": signature.email}), (PaperForm, {})]
    ]
    return Place(signature, *forms)


def _ids(form_class, signer):
    return f"{form_class.__name__.lower()}_{Signer(signer).value.lower()}_%s"
