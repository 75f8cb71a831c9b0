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
