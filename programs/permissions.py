"""Who may press which button of the register. Whether it works just now is for ``workflow``."""

from django.db.models import Q

from programs.enums import MembershipRole, MembershipState, OrganizationKind
from programs.models import Organization, User


def people_of(organization):
    """Who is told what concerns an organization: the people who belong to it."""
    return User.objects.filter(
        memberships__organization=organization,
        memberships__state=MembershipState.APPROVED,
        is_active=True,
    ).distinct()


def officers_with(codename):
    """Officers who hold a permission, such as ``verify_enrolment``: on whose desk work waits."""
    holds = Q(groups__permissions__codename=codename) | Q(user_permissions__codename=codename)
    return User.objects.filter(holds, is_active=True, is_staff=True).distinct().order_by("pk")


def is_member(user, organization):
    return organization.memberships.filter(user=user, state=MembershipState.APPROVED).exists()


def can_edit(user, organization):
    """The people of an IKM correct its data themselves; other kinds are kept by officers."""
    return organization.kind == OrganizationKind.IKM and is_member(user, organization)


def can_manage_members(user, organization):
    return organization.memberships.filter(
        user=user, state=MembershipState.APPROVED, role=MembershipRole.OWNER
    ).exists()


def can_enrol(user, organization):
    """The people of an IKM enrol it in e-Smart; a Dinas proposes, see ``can_propose``."""
    return organization.kind == OrganizationKind.IKM and is_member(user, organization)


def can_propose(user, organization):
    """A Dinas fills in for the IKM of its own region (product.md §1, assisted entry)."""
    return (
        organization.kind == OrganizationKind.IKM
        and not is_member(user, organization)
        and Organization.objects.filter(
            Organization.objects.in_regions_of(user), pk=organization.pk
        ).exists()
    )


def can_confirm(user, enrolment):
    """Only the person to whom the mail was sent, or whoever belongs to the IKM already."""
    return user.email.lower() == enrolment.owner_email.lower() or is_member(
        user, enrolment.organization
    )


def can_assign(user):
    """Who divides the work among the mentors, and may act in place of each."""
    return user.has_perm("programs.assign_mentor")


def can_mentor(user, task):
    """The mentor to whom a task was given, or whoever divides the work."""
    mine = task.mentor is not None and task.mentor.user_id == user.pk
    return (mine and user.has_perm("programs.mentor_ikm")) or can_assign(user)
