"""What we know already of somebody who registers, so that it need not be typed again."""

from programs.enums import MembershipState, OrganizationKind
from training.enums import AudienceKind
from training.models import Registration

KIND_OF = {
    OrganizationKind.AGENCY: AudienceKind.APPARATUS,
    OrganizationKind.IKM: AudienceKind.IKM,
    OrganizationKind.SCHOOL: AudienceKind.SCHOOL,
    OrganizationKind.COMPANY: AudienceKind.COMPANY,
}
OF_THE_PERSON = ["name", "phone", "servant_kind", "nip", "rank", "needs"]
# These belong to one hat: the office of a civil servant is not the shop of an owner.
OF_THE_WORK = ["position", "position_kind", "institution", "nib"]


def known_answers(user, *, kinds):
    """Answers for the form, from the profile, the memberships and the last registration.

    ``kinds`` are those that the event allows.
    """
    last = Registration.objects.of(user).order_by("-pk").first()
    organizations = _organizations_by_kind(user)
    kind = _likely_kind(kinds, last, organizations)
    answers = {"kind": kind, "name": user.name, "phone": str(user.phone)}
    if last:
        answers |= {name: getattr(last, name) for name in OF_THE_PERSON}
    if last and last.kind == kind:
        answers |= {name: getattr(last, name) for name in OF_THE_WORK}
        answers |= {"region": last.region_id, "business": last.organization_id}
    elif own := organizations.get(kind):
        answers |= {"institution": own.name, "nib": own.nib, "region": own.region_id}
        answers["business"] = own.pk
    return answers


def _organizations_by_kind(user):
    """{kind of participant: the organization by which they are one}, the first of each."""
    memberships = (
        user.memberships.filter(state=MembershipState.APPROVED, organization__kind__in=KIND_OF)
        .select_related("organization")
        .order_by("-pk")
    )
    return {KIND_OF[one.organization.kind]: one.organization for one in memberships}


def _likely_kind(kinds, last, organizations):
    if len(kinds) == 1:
        return kinds[0]
    if last and last.kind in kinds:
        return last.kind
    return next((kind for kind in kinds if kind in organizations), None)
