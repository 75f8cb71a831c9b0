"""Businesses entering the register, and what their people correct there."""

from django.db import transaction

from programs.enums import MembershipRole, MembershipState, OrganizationKind
from programs.models import IkmProfile, Membership, Organization
from programs.review import doubts_about, raise_flags
from programs.scale import SCALE_RULE, scale_of
from programs.transitions import TransitionNotAllowed

OF_THE_ORGANIZATION = ["name", "nib", "npwp", "address", "region"]
OF_THE_PROFILE = [
    "owner_name",
    "legal_form",
    "kbli_code",
    "kbli_version",
    "workers",
    "investment",
    "turnover",
    "commodity",
    "brands",
]


@transaction.atomic
def register_ikm(details, *, by):
    """Enter an IKM into the register; whoever does so is its owner here.

    What looks wrong is put before an officer and hinders nothing. ``details`` are the cleaned
    fields of the form, with the owner's NIK as ``nik``.
    """
    nib = details["nib"]
    own = Organization.objects.filter(
        nib=nib, memberships__user=by, memberships__state=MembershipState.APPROVED
    )
    if nib and (known := own.first()):
        raise TransitionNotAllowed(f"Usaha dengan NIB ini sudah Anda daftarkan: {known}.")
    organization = Organization(kind=OrganizationKind.IKM)
    profile = IkmProfile()
    _write(organization, profile, details)
    Membership.objects.create(
        user=by,
        organization=organization,
        role=MembershipRole.OWNER,
        state=MembershipState.APPROVED,
        decided_by=by,
    )
    return organization


@transaction.atomic
def enter_company(*, name, nib="", region=None):
    """The company with this NIB; else a new one, for an officer who deals with it first."""
    companies = Organization.objects.of_kind(OrganizationKind.COMPANY)
    if nib and (known := companies.filter(nib=nib).first()):
        return known
    company = Organization(
        kind=OrganizationKind.COMPANY, name=" ".join(name.split()), nib=nib, region=region
    )
    company.full_clean()
    company.save()
    return company


@transaction.atomic
def update_ikm(organization, details, *, by):
    """Correct what the register says of an IKM. An empty ``nik`` leaves the old one."""
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    profile = getattr(organization, "ikm", None) or IkmProfile()
    _write(organization, profile, details)
    return organization


def _write(organization, profile, details):
    is_new = organization.pk is None
    before = (organization.nib, profile.kbli_code, profile.kbli_version)
    for name in OF_THE_ORGANIZATION:
        setattr(organization, name, details[name])
    for name in OF_THE_PROFILE:
        setattr(profile, name, details[name])
    if details["nik"]:
        profile.set_nik(details["nik"])
    _set_scale(profile)
    organization.full_clean()
    organization.save()
    profile.organization = organization
    profile.full_clean()
    profile.save()
    # An officer who has settled a doubt is not asked again until the value changes.
    kbli_changed = (profile.kbli_code, profile.kbli_version) != before[1:]
    doubts = doubts_about(
        nib=organization.nib if is_new or organization.nib != before[0] else "",
        nik=details["nik"],
        kbli_code=profile.kbli_code if is_new or kbli_changed else "",
        kbli_version=profile.kbli_version,
        besides=organization,
    )
    raise_flags(organization, doubts)


def _set_scale(profile):
    """The scale by today's rule; unknown while workers or investment are."""
    if profile.workers is None or profile.investment is None:
        profile.scale = profile.scale_rule = ""
    else:
        profile.scale = scale_of(workers=profile.workers, investment=profile.investment)
        profile.scale_rule = SCALE_RULE
