"""What the register offers to the officers' search box: people, organizations, issued papers."""

from django.db.models import Q
from django.urls import reverse

from programs.enums import OrganizationKind, PaperKind, PaperState
from programs.identifiers import format_npwp
from programs.models import IssuedPaper, Organization, User
from programs.papers import clean_code
from programs.searching import (
    BEGINS,
    HOLDS,
    SIMILAR,
    Found,
    Hit,
    Searchable,
    exactly,
    look_up,
    named,
    ranked,
    whole_name,
)

PAPER_STATES = {PaperState.VALID: "ok", PaperState.REVOKED: "danger", PaperState.REPLACED: "warn"}


def find_people(user, words, limit):
    steps = exactly(Q(email=words.email)) if words.email else []
    if words.phone:
        steps += exactly(Q(phone=words.phone))
    steps += whole_name(words) + named(words)
    if words.phrase and " " not in words.typed and not words.number:
        steps.append((BEGINS, Q(email__startswith=words.typed.lower())))
    people = User.objects.filter(closed_at=None).only("name", "email", "is_staff", "is_active")
    return look_up(people, words, steps, hit=_person, limit=limit)


def _person(person):
    badge = "Petugas" if person.is_staff else ""
    if not person.is_active:
        badge = "Tidak aktif"
    address = reverse("admin:programs_user_change", args=[person.pk])
    return Hit(person.name, person.email, address, badge, "info" if person.is_active else "plain")


def organizations(words):
    """(organizations with this name or number, whether they are only alike), the best first.

    The records of other apps are found through them; they are asked for once.
    """
    return words.once("organizations", lambda: _organizations(words))


def organization_steps(words, path="organization"):
    """The step from another record to the organizations that ``organizations`` found."""
    found, is_alike = organizations(words)
    fit = SIMILAR if is_alike else HOLDS
    return [(fit, Q(**{f"{path}__in": [one.pk for one in found]}))] if found else []


def _organizations(words):
    steps = exactly(*_numbers_of(words)) + whole_name(words) + named(words)
    if not steps:
        return [], False
    rows = Organization.objects.select_related("region__province").defer("address", "about")
    found = list(ranked(rows, words, steps))
    near = [one for one in found if one.fit < SIMILAR]
    return (near, False) if near else (found, True)


def _numbers_of(words):
    number = words.number
    if len(words.compact) == 8:
        yield Q(npsn=words.compact)
    if len(number) == 13:
        yield Q(nib=number)
    if len(number) in (15, 16):
        yield Q(npwp=number.zfill(16))
    if len(number) == 6:
        yield Q(satker_code=number)
    if words.phone:
        yield Q(phone=words.phone)
    if words.email:
        yield Q(email=words.email)


def find_organizations(user, words, limit):
    """Who may see one may see all, as ``Organization.visible_to`` has it for officers."""
    if not user.has_perm("programs.view_organization"):
        return Found([], 0)
    found, is_alike = organizations(words)
    return Found([_organization(one) for one in found[:limit]], len(found), is_alike)


def _organization(organization):
    facts = [
        organization.nib and f"NIB {organization.nib}",
        organization.npsn and f"NPSN {organization.npsn}",
        organization.npwp and f"NPWP {format_npwp(organization.npwp)}",
        organization.satker_code and f"Satker {organization.satker_code}",
    ]
    place = organization.region.full_name if organization.region else ""
    return Hit(
        organization.name,
        ", ".join(fact for fact in [next(filter(None, facts), ""), place] if fact),
        reverse("admin:programs_organization_change", args=[organization.pk]),
        OrganizationKind(organization.kind).label,
    )


def find_papers(user, words, limit):
    """By number or code alone, as they stand on the paper; whom it is for is found as such."""
    code = clean_code(words.typed)
    steps = exactly(Q(code=code)) if code else []
    if any(letter.isdigit() for letter in words.typed):
        steps += exactly(
            Q(kind__in=PaperKind.values, number__in={words.typed, words.typed.upper()})
        )
    papers = IssuedPaper.objects.visible_to(user).defer("facts")
    return look_up(papers, words, steps, hit=_paper, limit=limit, name="number")


def _paper(paper):
    return Hit(
        str(paper),
        f"{paper.subject}, {paper.holder}",
        reverse("admin:programs_issuedpaper_change", args=[paper.pk]),
        paper.get_state_display().capitalize(),
        PAPER_STATES[paper.state],
    )


SEARCHABLES = [
    Searchable(User, "Orang", "user", find_people),
    Searchable(Organization, "Organisasi", "office", find_organizations),
    Searchable(IssuedPaper, "Surat terbitan", "file", find_papers),
]
