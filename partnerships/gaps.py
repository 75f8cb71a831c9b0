"""The gap list: schools without a company at their side, companies with fewer than five schools.

A school has no partner when no agreement of its runs today; never, when none was ever signed.
"""

from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from partnerships.matching_rules import FEWEST_SCHOOLS
from partnerships.models import (
    Agreement,
    CompanyProfile,
    Competence,
    SchoolCompetence,
    SchoolProfile,
)
from programs.models import Region

MEANINGS = [
    ("SMK", "SMK dalam register yang memiliki profil kemitraan."),
    ("Tanpa mitra", "SMK yang hari ini tidak memiliki PKS berjalan."),
    ("Belum pernah", "Di antaranya, SMK yang belum pernah menandatangani PKS."),
    (
        "Perusahaan di bawah lima SMK",
        "Perusahaan yang PKS berjalannya hari ini melibatkan kurang dari lima SMK berbeda.",
    ),
]


class Gap(NamedTuple):
    """A place or a competence: its schools, those without a partner, those that never had one."""

    key: object
    label: str
    schools: int
    without: int
    never: int

    @property
    def percent(self):
        return 100 * self.without // self.schools if self.schools else 0


def within(codes, path="organization__region"):
    """The condition “lies in one of these provinces, kabupaten or kota”. None: anywhere."""
    if codes is None:
        return Q()
    return Q(**{f"{path}__in": codes}) | Q(**{f"{path}__province__in": codes})


def _without(path="organization"):
    return ~Q(**{f"{path}__in": Agreement.objects.live().order_by().values("school")})


def _never(path="organization"):
    return ~Q(**{f"{path}__in": Agreement.objects.signed().order_by().values("school")})


class Gaps:
    """The gap list of ``regions`` (codes; None for all Indonesia), narrowed to what was asked."""

    def __init__(self, *, regions=None, region=None, competence=None):
        self.regions, self.region, self.competence = regions, region, competence

    def _here(self, path="organization__region"):
        here = within(self.regions, path)
        return here & within([self.region.code], path) if self.region else here

    @property
    def schools(self) -> QuerySet[SchoolProfile]:
        schools = SchoolProfile.objects.filter(self._here())
        if self.competence:
            schools = schools.filter(
                pk__in=SchoolCompetence.objects.filter(competence=self.competence).values("school")
            )
        return schools

    @property
    def companies(self) -> QuerySet[CompanyProfile]:
        companies = CompanyProfile.objects.filter(self._here())
        return companies.filter(needs=self.competence) if self.competence else companies

    @property
    def is_of_one_province(self):
        return self.regions is not None or self.region is not None

    def total(self):
        row = self.schools.aggregate(
            schools=Count("pk"),
            without=Count("pk", filter=_without()),
            never=Count("pk", filter=_never()),
        )
        return Gap(None, "Jumlah", **row)

    def by_place(self):
        """Of all Indonesia by province; of a province by its kabupaten and kota."""
        place = (
            F("organization__region")
            if self.is_of_one_province
            else Coalesce("organization__region__province", "organization__region")
        )
        found = (
            self.schools.order_by()
            .annotate(place=place)
            .values("place")
            .annotate(
                schools=Count("pk"),
                without=Count("pk", filter=_without()),
                never=Count("pk", filter=_never()),
            )
        )
        names = dict(Region.objects.values_list("code", "name"))
        rows = [
            Gap(
                row["place"] or "",
                names.get(row["place"], "Wilayah belum tercatat"),
                row["schools"],
                row["without"],
                row["never"],
            )
            for row in found
        ]
        return sorted(rows, key=lambda row: (row.key == "", row.key))

    def _taught(self):
        return SchoolCompetence.objects.filter(
            self._here("school__organization__region"),
            **({"competence": self.competence} if self.competence else {}),
        ).order_by()

    def by_competence(self):
        """The competences with the most schools without a partner first."""
        found = (
            self._taught()
            .values("competence")
            .annotate(
                schools=Count("pk"),
                without=Count("pk", filter=_without("school__organization")),
                never=Count("pk", filter=_never("school__organization")),
            )
        )
        names = Competence.objects.in_bulk([row["competence"] for row in found])
        rows = [
            Gap(
                row["competence"],
                names[row["competence"]].full_name,
                row["schools"],
                row["without"],
                row["never"],
            )
            for row in found
        ]
        return sorted(rows, key=lambda row: (-row.without, row.label))

    def by_province_and_competence(self):
        """(province, competence, schools, without, never), for the download."""
        found = (
            self._taught()
            .annotate(
                place=Coalesce(
                    "school__organization__region__province", "school__organization__region"
                )
            )
            .values("place", "competence")
            .annotate(
                schools=Count("pk"),
                without=Count("pk", filter=_without("school__organization")),
                never=Count("pk", filter=_never("school__organization")),
            )
        )
        names = dict(Region.objects.filter(province=None).values_list("code", "name"))
        competences = Competence.objects.in_bulk({row["competence"] for row in found})
        return sorted(
            (
                names.get(row["place"], "–"),
                competences[row["competence"]].full_name,
                row["schools"],
                row["without"],
                row["never"],
            )
            for row in found
        )

    def lonely_schools(self, *, never=False):
        """The schools themselves, without a partner today or ever."""
        return (
            self.schools.filter(_never() if never else _without())
            .select_related("organization__region__province")
            .prefetch_related("competences")
            .order_by("organization__name", "pk")
        )

    def companies_below_five(self, *, with_none=None):
        """Companies that mentor fewer than five schools; ``with_none``: none at all, or some."""
        live = Agreement.objects.live().order_by().values("company")
        enough = live.annotate(partners=Count("school", distinct=True)).filter(
            partners__gte=FEWEST_SCHOOLS
        )
        companies = self.companies.exclude(organization__in=enough.values("company"))
        if with_none is not None:
            has_some = Q(organization__in=live)
            companies = companies.filter(~has_some if with_none else has_some)
        return companies.select_related("organization__region__province").order_by(
            "organization__name", "pk"
        )


def schools_mentored(companies):
    """{organization's key: how many schools it mentors today}; who has none is not in it."""
    keys = [company.organization_id for company in companies]
    return dict(
        Agreement.objects.live()
        .filter(company__in=keys)
        .order_by()
        .values("company")
        .annotate(partners=Count("school", distinct=True))
        .values_list("company", "partners")
    )
