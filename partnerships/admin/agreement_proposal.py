"""An officer proposes for both sides: first the school, then the company, then what to do."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from partnerships.admin.agreement_desk import ONLY_WHO_PROPOSES, put_on
from partnerships.enums import Source
from partnerships.forms.desk_moves import ProposalForm
from partnerships.models import Agreement
from partnerships.workflow import agreement as workflow
from programs.desk import desk
from programs.enums import OrganizationKind
from programs.kept_input import fill, take
from programs.models import Organization
from programs.transitions import TransitionNotAllowed

SHOWN = 20
SCHOOL, COMPANY = OrganizationKind.SCHOOL, OrganizationKind.COMPANY


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request):
    """``sekolah`` and ``perusahaan`` in the address are the two that were chosen so far."""
    if not request.user.has_perm("partnerships.propose_agreement"):
        raise PermissionDenied(ONLY_WHO_PROPOSES)
    school = _chosen(SCHOOL, request.GET.get("sekolah", ""))
    company = _chosen(COMPANY, request.GET.get("perusahaan", ""))
    words = " ".join(request.GET.get("cari", "").split())
    form, status, found = None, 200, []
    if school and company:
        is_sent = request.method == "POST"
        form = ProposalForm(request.POST if is_sent else None, school=school)
        if is_sent:
            status = 422
            agreement = _proposed(request, form, school, company) if form.is_valid() else None
            if agreement is not None:
                messages.success(request, "Usulan dibuat; kedua pihak diminta persetujuannya.")
                return redirect("admin:partnerships_agreement_change", agreement.pk)
        else:
            form = fill(form, take(request))
    elif words:
        found = organizations_called(words, COMPANY if school else SCHOOL)
    context = desk(
        request,
        admin.site,
        title="Usulkan PKS",
        school=school,
        company=company,
        words=words,
        found=found,
        shown=SHOWN,
        form=form,
        known=_known(school, company),
    )
    return TemplateResponse(
        request, "partnerships/desk_agreement_propose.html", context, status=status
    )


def organizations_called(words, kind):
    """Those whose NPSN or NIB this is, or whose name holds the words."""
    number = "npsn" if kind == SCHOOL else "nib"
    called = Q(**{number: words.upper()}) | Q(name__icontains=words)
    rows = Organization.objects.of_kind(kind).select_related("region__province")
    return list(rows.filter(called).order_by("name", "pk")[:SHOWN])


def _chosen(kind, pk):
    if not pk.isdecimal() or len(pk) > 18:
        return None
    rows = Organization.objects.of_kind(kind).select_related(
        "region__province", "school" if kind == SCHOOL else "company"
    )
    return rows.filter(pk=pk).first()


def _known(school, company):
    """What the two have with each other already, the newest first."""
    if not (school and company):
        return []
    return list(
        Agreement.objects.filter(school=school, company=company)
        .prefetch_related("competences")
        .order_by("-proposed_at")[:SHOWN]
    )


def _proposed(request, form, school, company):
    """The new agreement; else the form says why there is none."""
    typed = form.cleaned_data
    try:
        return workflow.propose(
            school=school,
            company=company,
            competences=typed["competences"],
            by=request.user,
            source=Source.OFFICER,
            purpose=typed["purpose"],
            scope=form.scope(),
            phase=typed["phase"],
        )
    except (TransitionNotAllowed, ValidationError) as problem:
        put_on(form, problem)
        return None


def begin():
    return redirect("admin:partnerships_agreement_new")
