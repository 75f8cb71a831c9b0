"""The text of a PKS on the desk: what it holds, what it lacks, and the paper of each version."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partnerships.admin.agreement_desk import load, put_on, say, show
from partnerships.admin.agreement_offers import offers_on
from partnerships.enums import AgreementStatus
from partnerships.forms.desk_text import TextForm
from partnerships.workflow import text as workflow
from programs.kept_input import fill, take
from programs.transitions import TransitionNotAllowed


@require_http_methods(["GET", "HEAD", "POST"])
def text(request, pk):
    """Read the text, and write it while it is being drafted."""
    today = timezone.localdate()
    is_sent = request.method == "POST"
    found = load(request, pk, today=today, to_change=is_sent)
    if not is_sent:
        return show_text(request, found)
    form = TextForm(request.POST, agreement=found.agreement)
    if not form.is_valid():
        return show_text(request, found, status=422, form=form)
    try:
        workflow.save_text(
            found.agreement,
            by=request.user,
            side=None,
            values=form.values(),
            competences=form.cleaned_data["competences"],
            scope=form.scope(),
        )
    except ValidationError as problem:
        put_on(form, problem)
        return show_text(request, load(request, pk, today=today), status=422, form=form)
    except TransitionNotAllowed as problem:
        found = load(request, pk, today=today)
        if found.agreement.status != AgreementStatus.DRAFTING:
            say(request, problem)
            return show_text(request, found, status=409)
        put_on(form, problem)
        return show_text(request, found, status=422, form=form)
    messages.success(request, "Naskah disimpan.")
    return redirect(found.address("text"))


def show_text(request, found, *, status=200, form=None, bound=None):
    agreement = found.agreement
    is_open = found.may_steer and agreement.status == AgreementStatus.DRAFTING
    if is_open and form is None:
        form = fill(unbound_text(agreement), take(request))
    return show(
        request,
        found,
        "desk_agreement_text",
        tab="text",
        title="Naskah",
        status=status,
        form=form if is_open else None,
        missing=workflow.missing_in(agreement)
        if agreement.status == AgreementStatus.DRAFTING
        else [],
        offers=offers_on("text", found, bound),
        competences=[
            row.competence for row in agreement.competence_rows.select_related("competence")
        ],
        scope=list(agreement.scope.all()),
    )


def unbound_text(agreement):
    return TextForm(
        agreement=agreement,
        scope=[(item.kind, item.target, item.note) for item in agreement.scope.all()],
        initial={
            "competences": list(agreement.competence_rows.values_list("competence", flat=True))
        },
    )
