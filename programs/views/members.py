from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import permissions
from programs.enums import MembershipRole, MembershipState
from programs.models import Membership, Organization
from programs.once import once
from programs.transitions import TransitionNotAllowed
from programs.workflow import memberships


@require_safe
def member_list(request, pk):
    organization = _own_organization(request, pk)
    people = organization.memberships.exclude(state=MembershipState.ENDED).select_related("user")
    members = [person for person in people if person.state == MembershipState.APPROVED]
    owners = [person for person in members if person.role == MembershipRole.OWNER]
    can_manage = permissions.can_manage_members(request.user, organization)
    return render(
        request,
        "programs/member_list.html",
        {
            "organization": organization,
            "members": members,
            "only_owner": owners[0] if len(owners) == 1 else None,
            "requests": [
                person
                for person in people
                if person.state == MembershipState.PENDING and can_manage
            ],
            "can_manage": can_manage,
        },
    )


@require_POST
@once
def member_approve(request, pk, member_pk):
    return _decide(request, pk, member_pk, memberships.approve, "sekarang menjadi anggota")


@require_POST
@once
def member_refuse(request, pk, member_pk):
    return _decide(request, pk, member_pk, memberships.refuse, "tidak disetujui")


@require_POST
@once
def member_make_owner(request, pk, member_pk):
    return _decide(request, pk, member_pk, memberships.make_owner, "sekarang ikut menjadi pemilik")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def member_end(request, pk, member_pk):
    """Ask first, then end somebody's membership, or one's own."""
    organization = _own_organization(request, pk)
    membership = _membership(organization, member_pk)
    is_self = membership.user == request.user
    if not (is_self or permissions.can_manage_members(request.user, organization)):
        raise PermissionDenied
    if request.method != "POST":
        context = {"organization": organization, "membership": membership, "is_self": is_self}
        return render(request, "programs/member_end.html", context)
    try:
        memberships.end(membership, by=request.user)
    except TransitionNotAllowed as problem:
        messages.error(request, str(problem))
        return redirect("programs:member_list", organization.pk)
    if is_self:
        messages.success(request, f"Anda bukan lagi anggota {organization}.")
        return redirect("programs:organization_list")
    messages.success(request, f"{membership.user} bukan lagi anggota.")
    return redirect("programs:member_list", organization.pk)


def _decide(request, pk, member_pk, decision, outcome):
    organization = _own_organization(request, pk)
    membership = _membership(organization, member_pk)
    if not permissions.can_manage_members(request.user, organization):
        raise PermissionDenied
    try:
        decision(membership, by=request.user)
    except TransitionNotAllowed as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{membership.user} {outcome}.")
    return redirect("programs:member_list", organization.pk)


def _own_organization(request, pk):
    """Its people alone see who else belongs to an organization; officers look in the admin."""
    own = Organization.objects.filter(
        memberships__user=request.user, memberships__state=MembershipState.APPROVED
    )
    return get_object_or_404(own, pk=pk)


def _membership(organization, pk):
    people = Membership.objects.filter(organization=organization).select_related(
        "user", "organization"
    )
    return get_object_or_404(people, pk=pk)
