"""What link and match counts for its indicators (``domain.md`` §B2): schools, companies, PKS.

A SMK or company counts once, in the month of its first signed PKS, so that months and provinces add
up to the distinct number.
"""

from django.db.models import OuterRef, Subquery

from partnerships.models import Agreement
from programs.enums import OrganizationKind
from programs.measures import Measure, counted, offer
from programs.models import Organization


def agreements():
    """PKS that were ever signed, by the day of signing, in the province of the school."""
    return counted(
        Agreement.objects.signed(), on="signed_on", region="school__region", name="number"
    )


def schools():
    return _partners(OrganizationKind.SCHOOL, "school")


def companies():
    return _partners(OrganizationKind.COMPANY, "company")


def _partners(kind, side):
    first = (
        Agreement.objects.signed()
        .filter(**{side: OuterRef("pk")})
        .order_by("signed_on")
        .values("signed_on")[:1]
    )
    return counted(
        Organization.objects.of_kind(kind), on=Subquery(first), region="region", name="name"
    )


SEE = "partnerships.view_agreement"
ORGANIZATION = "admin:programs_organization_change"

offer(
    Measure("lm-smk", schools, ORGANIZATION, SEE),
    Measure("lm-perusahaan", companies, ORGANIZATION, SEE),
    Measure("lm-pks", agreements, "admin:partnerships_agreement_change", SEE),
)
