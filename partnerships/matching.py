"""Matching: ranked companies for a school and ranked schools for a company, each with reasons.

The order comes from the database (``matching_queries``), the words and what each is worth from
``matching_rules``. Deciding on a suggestion is ``workflow.suggestions``.
"""

from typing import NamedTuple

from django.core.paginator import Paginator

from partnerships.enums import BEFORE_SIGNING, CAME_TO_NOTHING, LIVE, SuggestionDecision
from partnerships.matching_queries import COMPANIES, SCHOOLS, ranked
from partnerships.matching_rules import (
    Nearness,
    Reason,
    company_load_reasons,
    fit_reason,
    nearness_reason,
    school_load_reason,
    size_reasons,
)
from partnerships.models import Agreement, Competence, Suggestion
from programs.enums import OrganizationKind
from programs.models import KbliCode, Organization
from programs.templatetags.bina import tanggal

ON_A_PAGE = 20
# So many of the existing and refused partners are named; the others can be found in their lists.
SHOWN = 50


class Match(NamedTuple):
    """A partner that could be: who, for which competences of the school, and every reason."""

    organization: Organization
    competences: list[Competence]
    reasons: list[Reason]
    points: int
    total_partners: int


class Found(NamedTuple):
    """A page of the suggestions for one organization. ``page`` is a Django page, for the pager."""

    matches: list[Match]
    total: int
    page: object


def is_school(organization):
    return organization.kind == OrganizationKind.SCHOOL


def pair_of(organization, partner):
    """(school, company) of two organizations, whichever of them asked."""
    return (organization, partner) if is_school(organization) else (partner, organization)


def page_number(asked):
    """The page that an address asks for; the first when it asks for none or for nonsense."""
    return int(asked) if asked.isdecimal() and len(asked) < 5 and int(asked) else 1


def suggestions(organization, *, number=1, province=""):
    """The best partners of a school or a company that it does not have yet, best first."""
    sql = COMPANIES if is_school(organization) else SCHOOLS

    def rows_from(page):
        return ranked(
            sql,
            organization,
            province=province,
            limit=ON_A_PAGE,
            offset=(page - 1) * ON_A_PAGE,
        )

    rows = rows_from(number)
    if not rows and number > 1:
        number, rows = 1, rows_from(1)
    total = rows[0].total if rows else 0
    page = Paginator(range(total), ON_A_PAGE).get_page(number)
    return Found(_in_words(organization, rows), total, page)


def fitting_competences(school, company):
    """What the pair could agree on and does not deal with yet; refused once or not."""
    rows = ranked(COMPANIES, school, partner=company, limit=1, offset=0)
    return list(Competence.objects.filter(pk__in=rows[0].competences)) if rows else []


def _in_words(organization, rows):
    partners = Organization.objects.select_related(
        "region__province", "company" if is_school(organization) else "school"
    ).in_bulk([row.partner for row in rows])
    competences = Competence.objects.in_bulk({key for row in rows for key in row.competences})
    sectors = _sectors(organization, partners.values(), rows)
    tried = _came_to_nothing(organization, partners)
    matches = []
    for row in rows:
        partner = partners[row.partner]
        taught = sorted((competences[key] for key in row.competences), key=lambda one: one.name)
        first = fit_reason(
            [one.full_name for one in taught],
            is_told=row.is_told,
            sector=sectors.get(_company(organization, partner).company.sector, ""),
            school_asks=is_school(organization),
        )
        reasons = [first, nearness_reason(Nearness(row.nearness), partner.region)]
        if is_school(organization):
            profile = partner.company
            reasons += company_load_reasons(row.partners, profile.wants_schools)
            reasons += size_reasons(workers=profile.workers)
        else:
            profile = partner.school
            reasons.append(school_load_reason(row.partners))
            reasons += size_reasons(accreditation=profile.accreditation, pupils=profile.pupils)
        if before := tried.get(partner.pk):
            reasons.append(
                Reason(
                    f"Pernah diusulkan pada {tanggal(before.proposed_at)}: "
                    f"{before.get_status_display()}"
                )
            )
        matches.append(Match(partner, taught, reasons, row.points, row.partners))
    return matches


def _company(organization, partner):
    return partner if is_school(organization) else organization


def _sectors(organization, partners, rows):
    """{KBLI division: its name} of the companies that were found by their sector alone."""
    if all(row.is_told for row in rows):
        return {}
    divisions = {_company(organization, partner).company.sector for partner in partners}
    titles = KbliCode.objects.filter(code__in=divisions).order_by("-version")
    named = dict(titles.values_list("code", "title"))
    return {code: f"KBLI {code} {named.get(code, '')}".strip() for code in divisions}


def _came_to_nothing(organization, partners):
    """{partner's key: the last proposal of the pair that was declined or withdrawn}."""
    mine, theirs = _sides(organization)
    proposals = Agreement.objects.filter(
        **{mine: organization, f"{theirs}__in": list(partners)}, status__in=CAME_TO_NOTHING
    ).order_by("proposed_at")
    return {getattr(one, f"{theirs}_id"): one for one in proposals}


def _sides(organization):
    return ("school", "company") if is_school(organization) else ("company", "school")


def present_partners(organization):
    """Agreements under way and live: why their partners are not among the suggestions."""
    return (
        Agreement.objects.of_organization(organization)
        .filter(status__in=[*BEFORE_SIGNING, *LIVE])
        .with_names()
        .prefetch_related("competences")[:SHOWN]
    )


def refused(organization):
    """Partners that an officer did not want for this organization, each with the reason."""
    mine, theirs = _sides(organization)
    return Suggestion.objects.filter(
        **{mine: organization}, decision=SuggestionDecision.REFUSED
    ).select_related(f"{theirs}__region__province", "decided_by")[:SHOWN]
