"""Proposing a cooperation in three steps: the partner, what it is about, a last look."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from partnerships import matching
from partnerships.enums import UNITS, Source
from partnerships.forms.competences import TAUGHT_AND_NEEDED, Catalog, offered_to
from partnerships.forms.propose import ProposalForm
from partnerships.news import page_of
from partnerships.permissions import can_propose_for, own_partners
from partnerships.workflow import agreement as workflow
from programs.asking import typed
from programs.enums import OrganizationKind
from programs.kept_input import fill, take
from programs.models import Organization
from programs.once import NOT_CONTENT, once
from programs.transitions import TransitionNotAllowed

FOUND_AT_MOST = 20
SHORTEST_SEARCH = 3
BUTTONS = {"kirim", "ubah", "periksa"}


@require_http_methods(["GET", "HEAD", "POST"])
@once
def agreement_propose(request, pk):
    """Step 1 without ``?mitra=``, then the form, then the summary that is sent."""
    organization = _proposer(request, pk)
    partner = _partner(request, organization)
    if partner is None:
        if request.method == "POST":
            raise Http404
        return _choose_partner(request, organization)
    return _describe(request, organization, partner)


def _proposer(request, pk):
    """The reader's own school or company; officers propose on the desk."""
    organization = own_partners(request.user).select_related("school", "company").filter(pk=pk)
    if organization:
        return organization[0]
    other = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if can_propose_for(request.user, other):
        raise PermissionDenied("Petugas mengusulkan kerja sama dari meja petugas.")
    raise PermissionDenied(
        "Halaman ini untuk orang dari sekolah atau perusahaan itu. Minta bergabung dahulu."
    )


def _partner(request, organization):
    key = request.GET.get("mitra", "")
    if not key:
        return None
    wanted = _partners(organization).filter(pk=key) if key.isdecimal() else []
    if not wanted:
        raise Http404
    return wanted[0]


def _partners(organization):
    kind = (
        OrganizationKind.COMPANY
        if organization.kind == OrganizationKind.SCHOOL
        else OrganizationKind.SCHOOL
    )
    return Organization.objects.of_kind(kind).select_related(
        "region__province", "school", "company"
    )


def _choose_partner(request, organization):
    words = " ".join(request.GET.get("cari", "").split())
    found = []
    if len(words) >= SHORTEST_SEARCH:
        number = "".join(words.split()).upper()
        found = list(
            _partners(organization)
            .filter(Q(name__icontains=words) | Q(npsn=number) | Q(nib=number))
            .order_by("name", "pk")[:FOUND_AT_MOST]
        )
    number = request.GET.get("halaman", "1")
    has_profile = hasattr(organization, organization.kind.lower())
    return render(
        request,
        "partnerships/propose_partner.html",
        {
            "organization": organization,
            "asks_school": organization.kind == OrganizationKind.SCHOOL,
            "words": words,
            "is_too_short": 0 < len(words) < SHORTEST_SEARCH,
            "found": found,
            "is_cut": len(found) == FOUND_AT_MOST,
            "suggested": matching.suggestions(
                organization, number=int(number) if number.isdecimal() and int(number) else 1
            )
            if has_profile and not words
            else None,
            "has_profile": has_profile,
        },
    )


def _describe(request, organization, partner):
    school, company = matching.pair_of(organization, partner)
    offered = offered_to(school, company)
    form = ProposalForm(
        typed(request),
        offered=offered,
        catalog=Catalog(),
        preselected=_likely(offered),
    )
    status = 422 if form.is_bound else 200
    page = {"organization": organization, "partner": partner, "form": form}
    if form.is_bound and form.is_valid():
        status = 200
        if "kirim" in request.POST:
            try:
                agreement = _send(request, organization, school, company, form)
            except TransitionNotAllowed as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(
                    request, f"Usulan dikirim. {partner} diminta menyetujui atau menolak."
                )
                return redirect(page_of(agreement))
        elif "ubah" not in request.POST:
            return _check(request, page)
    fill(form, take(request))
    return render(request, "partnerships/propose_form.html", page, status=status)


def _likely(offered):
    """What both sides deal with is ticked beforehand, and what is the only choice."""
    if len(offered) == 1:
        return [offered[0][0].pk]
    return [one.pk for one, why in offered if why == TAUGHT_AND_NEEDED]


def _send(request, organization, school, company, form):
    return workflow.propose(
        school=school,
        company=company,
        competences=form.chosen(),
        by=request.user,
        source=Source.SCHOOL if organization == school else Source.COMPANY,
        purpose=form.cleaned_data["purpose"],
        scope=form.scope(),
    )


def _check(request, page):
    """The whole of it to be read once more; what was typed travels in hidden fields."""
    form = page["form"]
    page["kept"] = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_CONTENT | BUTTONS
        for value in values
    ]
    page["competences"] = form.chosen()
    page["scope"] = [
        (capfirst(kind.label), f"{target} {UNITS[kind]}" if target else "tanpa angka")
        for kind, target, _ in form.scope()
    ]
    return render(request, "partnerships/propose_check.html", page)
