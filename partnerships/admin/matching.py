"""“Pencocokan”: find a school or company, see its ranked partners, decide with one press."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import permissions
from partnerships.admin import gaps
from partnerships.forms.matching import RefusalForm
from partnerships.matching import (
    is_school,
    page_number,
    pair_of,
    present_partners,
    refused,
    suggestions,
)
from partnerships.models import Suggestion
from partnerships.workflow import suggestions as workflow
from programs.admin_base import ReadOnlyAdmin
from programs.desk import desk
from programs.enums import OrganizationKind
from programs.kept_input import fill, take
from programs.models import Organization, Region
from programs.once import once
from programs.transitions import TransitionNotAllowed

PROPOSE, REFUSE = "usulkan", "tolak"
FOUND_AT_ONCE = 25
DECISIONS_ON_A_PAGE = 20


def shown(request, template, *, status=200, **page):
    return TemplateResponse(
        request,
        f"partnerships/{template}.html",
        desk(request, admin.site, **page),
        status=status,
    )


def partners():
    """The schools and companies whose profile can be matched."""
    return Organization.objects.filter(
        Q(kind=OrganizationKind.SCHOOL, school__isnull=False)
        | Q(kind=OrganizationKind.COMPANY, company__isnull=False)
    ).select_related("region__province", "school", "company")


def looked_for(words):
    """Digits are a number, whole (NPSN or NIB); words are part of a name."""
    number = words.replace(".", "").replace("-", "").replace(" ", "").upper()
    by_number = Q(npsn=number) | Q(nib=number)
    by_name = Q() if number.isdigit() else Q(name__icontains=words)
    rows = partners().filter(by_number | by_name if by_name else by_number)
    return rows.order_by("name", "pk")[: FOUND_AT_ONCE + 1]


@require_safe
def search(request):
    """One school or company to look at, and what was decided before."""
    words = request.GET.get("q", "").strip()[:100]
    found = list(looked_for(words)) if words else []
    decisions = Suggestion.objects.select_related("school", "company", "decided_by", "agreement")
    return shown(
        request,
        "desk_matching",
        title="Pencocokan",
        words=words,
        found=found[:FOUND_AT_ONCE],
        are_more=len(found) > FOUND_AT_ONCE,
        page=Paginator(decisions, DECISIONS_ON_A_PAGE).get_page(request.GET.get("halaman")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def matching(request, pk):
    """The ranked partners of one school or company, each with its reasons; the officer decides."""
    may_decide = permissions.can_steer(request.user)
    if request.method == "POST" and not may_decide:
        raise PermissionDenied("Usulan pasangan diputuskan oleh petugas BPSDMI.")
    organization = get_object_or_404(partners(), pk=pk)
    partner, form, kept = None, None, take(request)
    sent = request.POST or kept
    if sent:
        partner = _partner(organization, sent.get("mitra", ""))
    if partner and sent.get("langkah") == REFUSE:
        form = RefusalForm(request.POST or None, partner=partner)
        fill(form, kept)
    if request.method == "POST" and _decided(request, organization, partner, form):
        return redirect(request.get_full_path())
    number, province = page_number(request.GET.get("halaman", "")), request.GET.get("provinsi", "")
    provinces = list(Region.objects.filter(province=None).order_by("name"))
    if province not in {one.code for one in provinces}:
        province = ""
    found = suggestions(organization, number=number, province=province)
    return shown(
        request,
        "desk_matches",
        status=422 if request.method == "POST" else 200,
        title=f"Pencocokan {organization}",
        organization=organization,
        is_school=is_school(organization),
        found=found,
        rows=[
            (
                match,
                form
                if form and match.organization == partner
                else RefusalForm(partner=match.organization),
            )
            for match in found.matches
        ],
        form=form,
        refusing=partner if form else None,
        provinces=provinces,
        province=province,
        present=[
            (agreement, agreement.company if is_school(organization) else agreement.school)
            for agreement in present_partners(organization)
        ],
        refused=[
            (one, one.company if is_school(organization) else one.school)
            for one in refused(organization)
        ],
        may_decide=may_decide,
    )


def _partner(organization, key):
    """The other side that the form names, or None."""
    other = OrganizationKind.COMPANY if is_school(organization) else OrganizationKind.SCHOOL
    if not (key.isdecimal() and len(key) < 19):
        return None
    return partners().filter(kind=other, pk=key).first()


def _decided(request, organization, partner, form):
    """Whether it was done and said; else it was said why not."""
    act = request.POST.get("langkah")
    if partner is None or act not in (PROPOSE, REFUSE):
        messages.error(request, "Pilih salah satu mitra dalam daftar, lalu tekan tombolnya.")
        return False
    if form is not None and not form.is_valid():
        return False
    school, company = pair_of(organization, partner)
    try:
        if act == PROPOSE:
            workflow.accept(school, company, by=request.user)
            words = (
                f"Kerja sama {school} dan {company} diusulkan. Keduanya diberi tahu dan dapat "
                "menyetujui atau menolaknya."
            )
        else:
            reason = form.cleaned_data["reason"]
            workflow.refuse(school, company, by=request.user, reason=reason)
            words = f"{partner} tidak diusulkan lagi untuk {organization}. Alasannya disimpan."
    except TransitionNotAllowed as problem:
        messages.error(request, str(problem))
        return False
    messages.success(request, words)
    return True


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnlyAdmin):
    """Its list is the page where matching begins; a decision is read there."""

    def has_module_permission(self, request):
        return permissions.can_look(request.user)

    def has_view_permission(self, request, obj=None):
        return permissions.can_look(request.user)

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return never_cache(search)(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        suggestion = self.get_object(request, object_id)
        if suggestion is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("admin:partnerships_matching", suggestion.school_id)

    def get_urls(self):
        pages = [
            ("cocok/<int:pk>/", matching, "partnerships_matching"),
            ("kesenjangan/", gaps.gap_list, "partnerships_gaps"),
            ("kesenjangan/unduh/", gaps.export, "partnerships_gaps_export"),
        ]
        wrap = self.admin_site.admin_view
        return [
            *(
                path(route, wrap(never_cache(once(self._for_officers(view)))), name=name)
                for route, view, name in pages
            ),
            *super().get_urls(),
        ]

    def _for_officers(self, view):
        def view_for_officers(request, *args, **kwargs):
            if not self.has_view_permission(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return view_for_officers
