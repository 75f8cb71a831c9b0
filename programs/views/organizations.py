from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from programs import kept_input, permissions
from programs.enums import MembershipState, OrganizationKind, Scale
from programs.identifiers import format_npwp
from programs.models import IssuedPaper, Organization
from programs.once import once
from programs.organization_forms import IkmForm, JoinForm
from programs.transitions import TransitionNotAllowed
from programs.workflow import memberships
from programs.workflow.organizations import register_ikm, update_ikm

ON_A_PAGE = 20


@require_safe
def organization_list(request):
    """The organizations somebody belongs to; for a Dinas also the IKM of its region."""
    own = list(
        request.user.memberships.exclude(state=MembershipState.ENDED).select_related(
            "organization__region__province"
        )
    )
    works_for_a_dinas = any(
        membership.state == MembershipState.APPROVED
        and membership.organization.kind == OrganizationKind.AGENCY
        for membership in own
    )
    query = request.GET.get("cari", "").strip()
    return render(
        request,
        "programs/organization_list.html",
        {
            "memberships": own,
            "works_for_a_dinas": works_for_a_dinas,
            "query": query,
            "page": _in_region(request, query) if works_for_a_dinas else None,
        },
    )


def _in_region(request, query):
    organizations = Organization.objects.filter(Organization.objects.in_regions_of(request.user))
    if query:
        organizations = organizations.filter(name__icontains=query)
    organizations = organizations.select_related("region__province")
    return Paginator(organizations, ON_A_PAGE).get_page(request.GET.get("halaman"))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def organization_new(request):
    form = IkmForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not form.raises_doubts():
        try:
            organization = register_ikm(form.cleaned_data, by=request.user)
        except TransitionNotAllowed as problem:
            form.add_error("nib", str(problem))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, f"{organization} sudah terdaftar.")
            return redirect(
                _page_to_go_on(request)
                or reverse("programs:organization_detail", args=[organization.pk])
            )
    kept_input.fill(form, kept_input.take(request))
    return render(
        request,
        "programs/organization_form.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


def _page_to_go_on(request):
    """The page of ours that sent somebody here to register their business first."""
    page = request.GET.get("lanjut", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if is_ours else ""


@require_safe
def organization_detail(request, pk):
    organization = get_object_or_404(
        Organization.objects.visible_to(request.user).select_related("region__province", "ikm"),
        pk=pk,
    )
    profile = getattr(organization, "ikm", None)
    is_member = permissions.is_member(request.user, organization)
    return render(
        request,
        "programs/organization_detail.html",
        {
            "organization": organization,
            "profile": profile,
            "npwp": format_npwp(organization.npwp) if organization.npwp else "",
            "scale": Scale(profile.scale).label if profile and profile.scale else "",
            "is_member": is_member,
            "can_edit": permissions.can_edit(request.user, organization),
            "flags": organization.review_flags.filter(resolved_at=None) if is_member else [],
            "papers": IssuedPaper.objects.visible_to(request.user).filter(
                organization=organization
            ),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def organization_edit(request, pk):
    organization = get_object_or_404(
        Organization.objects.visible_to(request.user).select_related("ikm"), pk=pk
    )
    if not permissions.can_edit(request.user, organization):
        raise PermissionDenied
    form = IkmForm(request.POST if request.method == "POST" else None, organization=organization)
    if form.is_valid() and not form.raises_doubts():
        try:
            update_ikm(organization, form.cleaned_data, by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, "Data usaha disimpan.")
            return redirect("programs:organization_detail", organization.pk)
    kept_input.fill(form, kept_input.take(request))
    return render(
        request,
        "programs/organization_form.html",
        {"form": form, "organization": organization},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def organization_join(request):
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        organization = form.cleaned_data["organization"]
        try:
            memberships.request_to_join(organization, by=request.user)
        except TransitionNotAllowed as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request,
                f"Permintaan bergabung dengan {organization} dikirim. Anda menerima kabar setelah "
                "diputuskan.",
            )
            return redirect("programs:organization_list")
    kept_input.fill(form, kept_input.take(request))
    return render(
        request,
        "programs/organization_join.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )
