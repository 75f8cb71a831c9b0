"""The facts of a year for the super tax deduction: entered by the company, opened by both sides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import permissions
from partnerships.forms.tax_facts import TaxFactsForm
from partnerships.models import Agreement, TaxFacts
from partnerships.models.tax_facts import COSTS
from partnerships.tax_annex_file import sheets
from partnerships.workflow import tax_facts as workflow
from programs.kept_input import fill, take
from programs.once import once
from programs.spreadsheets import temporary_xlsx
from programs.transitions import TransitionNotAllowed

ONLY_THE_COMPANY = (
    "Biaya super tax deduction diisi oleh perusahaan. Sekolah dapat membuka lampirannya setelah "
    "terbit."
)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def tax_facts(request, pk, year):
    """One form for participants and five costs; a year that is not open says why."""
    agreement, today = _agreement(request, pk), timezone.localdate()
    if not permissions.can_enter_tax_facts(request.user, agreement):
        raise PermissionDenied(ONLY_THE_COMPANY)
    hindrance = workflow.hindrance(agreement, year, today=today)
    facts = TaxFacts.objects.filter(agreement=agreement, year=year).select_related("paper").first()
    page = {
        "agreement": agreement,
        "year": year,
        "years": workflow.years_of(agreement, today=today),
        "hindrance": hindrance,
        "facts": facts,
    }
    if hindrance:
        status = 422 if request.method == "POST" else 200
        return render(request, "partnerships/tax_facts.html", page, status=status)
    form = TaxFactsForm(
        request.POST if request.method == "POST" else None,
        replaces=facts is not None,
        done=workflow.done_in(agreement, year),
        initial=_initial(facts) if facts else _proposal(agreement, year),
    )
    if form.is_valid() and (paper := _entered(request, agreement, year, form, today)):
        messages.success(
            request, f"Lampiran {paper.number} terbit. Unduh PDF dan Excel-nya di bawah."
        )
        return redirect("partnerships:tax_facts", agreement.pk, year)
    if request.method != "POST":
        fill(form, take(request))
    return render(
        request,
        "partnerships/tax_facts.html",
        {**page, "form": form},
        status=422 if request.method == "POST" else 200,
    )


@require_safe
def tax_annex_download(request, pk, year):
    """The same facts as a table, for whoever may open the paper."""
    agreement = _agreement(request, pk)
    facts = get_object_or_404(
        TaxFacts.objects.select_related("paper"), agreement=agreement, year=year
    )
    if not permissions.can_open_tax_facts(request.user, agreement):
        raise Http404
    name = f"super-tax-deduction-{year}-{facts.paper.code}.xlsx"
    return FileResponse(temporary_xlsx(sheets(facts.paper)), as_attachment=True, filename=name)


def _agreement(request, pk):
    agreements = Agreement.objects.visible_to(request.user).with_names()
    return get_object_or_404(agreements, pk=pk)


def _initial(facts):
    return {name: getattr(facts, name) for name in ["participants", *COSTS, "note"]}


def _proposal(agreement, year):
    return {"participants": workflow.participants_in(agreement, year) or None}


def _entered(request, agreement, year, form, today):
    """The paper, or None with the sentence in the form."""
    try:
        facts = workflow.enter(
            agreement,
            year,
            by=request.user,
            today=today,
            values=form.values,
            reason=form.cleaned_data.get("reason", ""),
        )
    except TransitionNotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    return facts.paper
