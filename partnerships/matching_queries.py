"""The two questions of matching, asked of the database at once: every partner, ranked.

Each first finds what fits by competence, leaves out pairs that already deal with it and pairs that
were refused, and only then looks where the rest lie and how many partners they have.
"""

from typing import NamedTuple

from django.db import connection

from partnerships.enums import BEFORE_SIGNING, LIVE, SuggestionDecision
from partnerships.matching_rules import (
    ALONE_POINTS,
    ENOUGH_POINTS,
    FEWEST_SCHOOLS,
    FURTHER_POINTS,
    MOST_FURTHER,
    NEARNESS_POINTS,
    NEED_POINTS,
    SECTOR_POINTS,
    Nearness,
)


def _listed(statuses):
    """Statuses as SQL. Written out, so that the partial indexes of live agreements are used."""
    return ", ".join(f"'{status}'" for status in statuses)


# A competence under its names of 2018 and 2022: (the one that the school teaches, another name).
BOTH_CURRICULA = """
    SELECT competence_id AS taught, competence_id AS named FROM {source}
     UNION
    SELECT s.competence_id, c.newer_id FROM {source} s
      JOIN partnerships_competenceconversion c ON c.older_id = s.competence_id
     UNION
    SELECT s.competence_id, c.older_id FROM {source} s
      JOIN partnerships_competenceconversion c ON c.newer_id = s.competence_id
"""
# Nothing of a user is written into any of these, only our own names and numbers.
# Every region as seen from home: computed once for 552 of them, not for each partner.
NEAR = f"""
, near AS MATERIALIZED (
    SELECT place.code, province.code AS province,
           CASE WHEN place.code = %(regency)s THEN {Nearness.REGENCY}
                WHEN province.code = %(province)s THEN {Nearness.PROVINCE}
                WHEN province.bimtek_region = %(bimtek_region)s THEN {Nearness.BIMTEK_REGION}
                ELSE {Nearness.FAR} END AS nearness
      FROM programs_region place
      JOIN programs_region province ON province.code = COALESCE(place.province_id, place.code)
)
"""  # noqa: S608 - as above
RANKED = f"""
, uncovered AS (
    SELECT partner, bool_or(is_told) AS is_told, array_agg(DISTINCT taught) AS competences
      FROM fits
     WHERE NOT EXISTS (
               SELECT FROM covered
                WHERE covered.partner = fits.partner AND covered.taught = fits.taught)
       AND CASE WHEN %(partner)s::bigint IS NULL THEN NOT EXISTS (
               SELECT FROM partnerships_suggestion refused
                WHERE refused.{{mine}} = %(me)s AND refused.{{theirs}} = fits.partner
                  AND refused.decision = '{SuggestionDecision.REFUSED}')
                ELSE fits.partner = %(partner)s END
     GROUP BY partner
), placed AS MATERIALIZED (
    SELECT uncovered.*, COALESCE(near.nearness, {Nearness.FAR}) AS nearness,
           (SELECT count(DISTINCT live.{{mine}}) FROM partnerships_agreement live
             WHERE live.{{theirs}} = uncovered.partner AND live.status IN ({_listed(LIVE)})
           ) AS partners
      FROM uncovered
      JOIN programs_organization organization ON organization.id = uncovered.partner
      LEFT JOIN near ON near.code = organization.region_id
     WHERE %(only)s::text IS NULL OR near.province = %(only)s
)
SELECT placed.partner, placed.is_told, placed.competences, placed.nearness, placed.partners,
       CASE WHEN placed.is_told THEN {NEED_POINTS} ELSE {SECTOR_POINTS} END
       + {FURTHER_POINTS} * LEAST(cardinality(placed.competences) - 1, {MOST_FURTHER})
       + CASE placed.nearness WHEN {Nearness.REGENCY} THEN {NEARNESS_POINTS[Nearness.REGENCY]}
                              WHEN {Nearness.PROVINCE} THEN {NEARNESS_POINTS[Nearness.PROVINCE]}
                              WHEN {Nearness.BIMTEK_REGION}
                              THEN {NEARNESS_POINTS[Nearness.BIMTEK_REGION]}
                              ELSE {NEARNESS_POINTS[Nearness.FAR]} END
       + CASE WHEN {{load}} END AS points,
       count(*) OVER () AS total
  FROM placed JOIN {{profile}} profile ON profile.organization_id = placed.partner
 ORDER BY {{first}} points DESC, {{last}}, placed.partner
 LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608 - as above
COVERED = f"""
, covered AS (
    SELECT agreement.{{theirs}} AS partner, same.taught
      FROM partnerships_agreement agreement
      JOIN partnerships_agreementcompetence about ON about.agreement_id = agreement.id
      JOIN same ON same.named = about.competence_id
     WHERE agreement.{{mine}} = %(me)s
       AND agreement.status IN ({_listed([*BEFORE_SIGNING, *LIVE])})
)
"""  # noqa: S608 - as above
TAUGHT = """(SELECT taught.competence_id
               FROM partnerships_schoolcompetence taught
               JOIN partnerships_schoolprofile mine ON mine.id = taught.school_id
              WHERE mine.organization_id = %(me)s)"""
COMPANIES = "".join(
    [
        f"WITH own AS MATERIALIZED {TAUGHT}, same AS MATERIALIZED (",
        BOTH_CURRICULA.format(source="own"),
        """
), fits AS (
    SELECT company.organization_id AS partner, same.taught, TRUE AS is_told
      FROM same
      JOIN partnerships_companyneed need ON need.competence_id = same.named
      JOIN partnerships_companyprofile company ON company.id = need.company_id
     UNION ALL
    SELECT company.organization_id, same.taught, FALSE
      FROM same
      JOIN partnerships_sectorcompetence sector ON sector.competence_id = same.named
      JOIN partnerships_companyprofile company
        ON substring(company.kbli_code, 1, 2) = sector.kbli_division
     WHERE NOT EXISTS (
               SELECT FROM partnerships_companyneed told WHERE told.company_id = company.id)
)""",
        NEAR,
        COVERED.format(mine="school_id", theirs="company_id"),
        RANKED.format(
            mine="school_id",
            theirs="company_id",
            profile="partnerships_companyprofile",
            load=f"placed.partners >= profile.wants_schools THEN {ENOUGH_POINTS} ELSE 0",
            first=f"placed.partners >= {FEWEST_SCHOOLS},",
            last="placed.partners, profile.workers DESC NULLS LAST",
        ),
    ]
)
# What a company needs, or what its sector usually needs where it told nothing, under both names;
# “taught” is what the school calls it.
SCHOOLS = "".join(
    [
        """
WITH needs AS MATERIALIZED (
    SELECT need.competence_id, TRUE AS is_told
      FROM partnerships_companyneed need
      JOIN partnerships_companyprofile mine ON mine.id = need.company_id
     WHERE mine.organization_id = %(me)s
), own AS MATERIALIZED (
    SELECT competence_id, is_told FROM needs
     UNION ALL
    SELECT sector.competence_id, FALSE
      FROM partnerships_sectorcompetence sector
      JOIN partnerships_companyprofile mine
        ON substring(mine.kbli_code, 1, 2) = sector.kbli_division
     WHERE mine.organization_id = %(me)s AND NOT EXISTS (SELECT FROM needs)
), wanted AS MATERIALIZED (""",
        BOTH_CURRICULA.format(source="own"),
        """
), called AS MATERIALIZED (
    SELECT DISTINCT named AS competence_id FROM wanted
), same AS MATERIALIZED (""",
        BOTH_CURRICULA.format(source="called"),
        """
), fits AS (
    SELECT school.organization_id AS partner, taught.competence_id AS taught,
           EXISTS (SELECT FROM needs) AS is_told
      FROM called
      JOIN partnerships_schoolcompetence taught ON taught.competence_id = called.competence_id
      JOIN partnerships_schoolprofile school ON school.id = taught.school_id
)""",
        NEAR,
        COVERED.format(mine="company_id", theirs="school_id"),
        RANKED.format(
            mine="company_id",
            theirs="school_id",
            profile="partnerships_schoolprofile",
            load=f"placed.partners = 0 THEN {ALONE_POINTS} ELSE 0",
            first="",
            last="""CASE profile.accreditation WHEN 'A' THEN 1 WHEN 'B' THEN 2 WHEN 'C' THEN 3
                                            ELSE 4 END,
       profile.pupils DESC NULLS LAST""",
        ),
    ]
)


class Ranked(NamedTuple):
    """A partner as the database ranks it. ``competences`` are those that the school teaches."""

    partner: int
    is_told: bool
    competences: list[int]
    nearness: int
    partners: int
    points: int
    total: int


def ranked(sql, organization, *, province="", partner=None, limit, offset):
    """A page of the partners that ``COMPANIES`` or ``SCHOOLS`` finds for an organization.

    Asked about one ``partner``, the answer does not mind whether the pair was refused once.
    """
    region = organization.region
    home = (region if region.is_province else region.province) if region else None
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                "me": organization.pk,
                "partner": partner and partner.pk,
                "regency": region.code if region and not region.is_province else None,
                "province": home.code if home else None,
                "bimtek_region": home.bimtek_region if home else None,
                "only": province or None,
                "limit": limit,
                "offset": offset,
            },
        )
        return [Ranked(*row) for row in cursor.fetchall()]
