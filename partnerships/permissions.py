"""Who may press which button of link and match. Whether it works now is for ``workflow``."""

from partnerships.enums import AgreementStatus, AmendmentStatus, Side, Source
from programs.enums import MembershipState, OrganizationKind
from programs.models import Membership, Organization
from programs.permissions import is_member, officers_with

# Which side proposed, by the source of an agreement; officers propose for both.
PROPOSER = {Source.SCHOOL: Side.SCHOOL, Source.COMPANY: Side.COMPANY}


def can_look(user):
    """Whether the officers' desk of link and match opens at all."""
    return user.has_perm("partnerships.view_agreement")


def can_steer(user):
    """Officers of BPSDMI: they match, fix the text, witness, evaluate, and act for both sides."""
    return user.has_perm("partnerships.steer_agreement")


def can_propose_for(user, organization):
    """The people of a school or company for themselves; officers for anybody."""
    if organization.kind not in (OrganizationKind.SCHOOL, OrganizationKind.COMPANY):
        return False
    return user.has_perm("partnerships.propose_agreement") or is_member(user, organization)


def can_edit_profile(user, organization):
    """A school or company keeps what link and match knows of it up to date; officers as well."""
    if organization.kind not in (OrganizationKind.SCHOOL, OrganizationKind.COMPANY):
        return False
    return can_steer(user) or is_member(user, organization)


def sides_of(user, agreement):
    """The sides that ``user`` belongs to: none, one, or both, the school first."""
    mine = set(
        Membership.objects.filter(
            user=user,
            state=MembershipState.APPROVED,
            organization__in=[agreement.school_id, agreement.company_id],
        ).values_list("organization", flat=True)
    )
    places = [(Side.SCHOOL, agreement.school_id), (Side.COMPANY, agreement.company_id)]
    return [side for side, place in places if place in mine]


def can_enter_tax_facts(user, agreement):
    """What a company spent is told by its own people, or by an officer who acts for them."""
    return can_steer(user) or is_member(user, agreement.company)


def can_open_tax_facts(user, agreement):
    """Both sides, and officers who may see them; a Dinas has no part in a company's costs."""
    return user.has_perm("partnerships.view_taxfacts") or bool(sides_of(user, agreement))


def other(side):
    return Side.COMPANY if side == Side.SCHOOL else Side.SCHOOL


def proposer_of(agreement):
    """The side that proposed; None when an officer did."""
    return PROPOSER.get(agreement.source)


def waits_for(agreement, side):
    """Whether the proposal still waits for the yes of this side."""
    if agreement.status != AgreementStatus.PROPOSED or side is None:
        return False
    return confirmed_at(agreement, side) is None


def confirmed_at(agreement, side):
    if side == Side.SCHOOL:
        return agreement.school_confirmed_at
    return agreement.company_confirmed_at


def amendment_waits_for(amendment, side):
    return (
        side is not None and amendment.status == AmendmentStatus.PROPOSED and amendment.side != side
    )


def steering_officers():
    """Who is told that work waits on the desk."""
    return officers_with("steer_agreement")


def own_partners(user):
    """The schools and companies that ``user`` belongs to."""
    return (
        Organization.objects.filter(
            kind__in=[OrganizationKind.SCHOOL, OrganizationKind.COMPANY],
            memberships__user=user,
            memberships__state=MembershipState.APPROVED,
        )
        .select_related("region__province")
        .order_by("name", "pk")
    )
