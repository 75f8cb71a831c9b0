"""Who may press which button of the register. Whether it works just now is for ``workflow``."""

from programs.enums import MembershipRole, MembershipState, OrganizationKind


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
        and type(organization)
        .objects.filter(type(organization).objects.in_regions_of(user), pk=organization.pk)
        .exists()
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
