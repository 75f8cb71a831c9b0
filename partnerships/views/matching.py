"""The ranked partners of one's own school or company, and the gap list for a Dinas."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from partnerships import permissions
from partnerships.gap_pages import Asked
from partnerships.matching import is_school, page_number, present_partners, suggestions
from partnerships.models import CompanyProfile, SchoolProfile
from partnerships.models.agreement_queries import agencies_of
from programs.enums import OrganizationKind
from programs.models import Organization
from programs.models.reach import places_of


@require_safe
def matches(request, pk):
    """Who would fit, best first, and why. People of the organization may propose to one of them."""
    organization = _readable(request.user, pk)
    has_profile = hasattr(organization, "school" if is_school(organization) else "company")
    found = (
        suggestions(organization, number=page_number(request.GET.get("halaman", "")))
        if has_profile
        else None
    )
    return render(
        request,
        "partnerships/matches.html",
        {
            "organization": organization,
            "is_school": is_school(organization),
            "is_mine": permissions.can_propose_for(request.user, organization),
            "found": found,
            "present": [
                (agreement, agreement.company if is_school(organization) else agreement.school)
                for agreement in present_partners(organization)
            ],
        },
    )


@require_safe
def gap_list(request):
    """A Dinas reads the gaps of its own region; officers have all of them on the desk."""
    if permissions.can_look(request.user) and request.user.is_staff:
        return redirect("admin:partnerships_gaps")
    regions = list(agencies_of(request.user).values_list("organization__region", flat=True))
    if not regions:
        raise PermissionDenied("Daftar kesenjangan dibuka untuk dinas dan petugas BPSDMI.")
    asked = Asked(request.GET, regions=regions)
    return render(request, "partnerships/gaps.html", asked.page())


def _readable(user, pk):
    """Their own; a Dinas those of its region; officers all. Others do not exist."""
    found = (
        Organization.objects.filter(
            Q(kind=OrganizationKind.SCHOOL) | Q(kind=OrganizationKind.COMPANY), pk=pk
        )
        .filter(
            Q(pk__in=places_of(user))
            | Q(pk__in=SchoolProfile.objects.visible_to(user).values("organization"))
            | Q(pk__in=CompanyProfile.objects.visible_to(user).values("organization"))
        )
        .select_related("region__province", "school", "company")
        .first()
    )
    if found is None:
        raise Http404
    return found
