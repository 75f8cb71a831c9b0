"""What a reader asked to see of the gap list, and its tables as a page and as Excel."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q

from partnerships.gaps import MEANINGS, Gaps, schools_mentored
from partnerships.models import Competence
from programs.models import Region

ON_A_PAGE = 50
PLACES, COMPETENCES, SCHOOLS, COMPANIES = "wilayah", "kompetensi", "smk", "perusahaan"
TABS = {
    PLACES: "Menurut wilayah",
    COMPETENCES: "Menurut kompetensi",
    SCHOOLS: "SMK tanpa mitra",
    COMPANIES: "Perusahaan di bawah lima SMK",
}
# Of the last two lists, only those that never had a partner.
NEVER = "belum"


class Asked:
    """One reading of the gap list. ``regions`` limits it to those of a Dinas; None: Indonesia."""

    def __init__(self, query, *, regions=None):
        self.regions = None if regions is None else list(regions)
        tab = query.get("tampil", "")
        self.tab = tab if tab in TABS else PLACES
        self.only_never = query.get("hanya") == NEVER
        self.number = query.get("halaman")
        self.places = self._places()
        self.competences = list(Competence.objects.order_by("name", "curriculum", "code"))
        self.region = self._region(query.get("daerah", ""))
        key = query.get("untuk", "")
        self.competence = next((one for one in self.competences if str(one.pk) == key), None)
        self.gaps = Gaps(regions=self.regions, region=self.region, competence=self.competence)

    def _places(self):
        """What can be chosen: provinces; for a Dinas the kabupaten and kota of its region."""
        if self.regions is None:
            return list(Region.objects.filter(province=None).order_by("name"))
        return list(
            Region.objects.filter(Q(code__in=self.regions) | Q(province__in=self.regions))
            .filter(province__isnull=False)
            .select_related("province")
            .order_by("name")
        )

    def _region(self, code):
        chosen = next((one for one in self.places if one.code == code), None)
        if chosen or self.regions is not None:
            return chosen
        # From a province one goes on to its kabupaten and kota.
        return Region.objects.filter(code=code[:5]).select_related("province").first()

    def query(self, **changes):
        asked = {
            "tampil": self.tab,
            "daerah": self.region.code if self.region else "",
            "untuk": str(self.competence.pk) if self.competence else "",
            "hanya": NEVER if self.only_never else "",
        }
        return "?" + urlencode({key: value for key, value in (asked | changes).items() if value})

    def tabs(self):
        return [
            (label, self.query(tampil=key, hanya=""), key == self.tab)
            for key, label in TABS.items()
        ]

    def page(self):
        """What the page shows: a table of groups, or the schools or companies themselves."""
        shown = {
            "asked": self,
            "groups": None,
            "page": None,
            "rows": None,
            "all_of_them": self.query(hanya=""),
            "only_never": self.query(hanya=NEVER),
        }
        if self.tab == PLACES:
            groups = self._groups(self.gaps.by_place(), "daerah")
            return shown | {"groups": groups}
        if self.tab == COMPETENCES:
            return shown | {"groups": self._groups(self.gaps.by_competence(), "untuk")}
        if self.tab == SCHOOLS:
            schools = self.gaps.lonely_schools(never=self.only_never)
            page = Paginator(schools, ON_A_PAGE).get_page(self.number)
            return shown | {"page": page, "rows": list(page)}
        with_none = True if self.only_never else None
        companies = self.gaps.companies_below_five(with_none=with_none)
        page = Paginator(companies, ON_A_PAGE).get_page(self.number)
        rows = list(page)
        mentored = schools_mentored(rows)
        return shown | {
            "page": page,
            "rows": [(company, mentored.get(company.organization_id, 0)) for company in rows],
        }

    def _groups(self, gaps, name):
        """Each group with its addresses: places within it, lonely schools, never with a partner."""

        def is_narrowest(gap):
            """A kabupaten or kota cannot be divided further, nor can an unknown place."""
            return not gap.key or (name == "daerah" and self.gaps.is_of_one_province)

        return [
            (
                gap,
                "" if is_narrowest(gap) else self.query(tampil=PLACES, **{name: gap.key}),
                self.query(tampil=SCHOOLS, **{name: gap.key}) if gap.key else "",
                self.query(tampil=SCHOOLS, hanya=NEVER, **{name: gap.key}) if gap.key else "",
            )
            for gap in gaps
        ]

    def sheets(self):
        """All of it for Excel, within what was asked."""
        heading = ["SMK", "Tanpa mitra", "Belum pernah"]
        places = [row[1:] for row in self.gaps.by_place()]
        competences = [row[1:] for row in self.gaps.by_competence()]
        lonely = [
            [
                school.organization.npsn,
                school.organization.name,
                *_place(school.organization),
                "; ".join(str(one) for one in school.competences.all()),
                school.get_accreditation_display(),
                school.pupils,
            ]
            for school in self.gaps.lonely_schools()
        ]
        below = list(self.gaps.companies_below_five())
        mentored = schools_mentored(below)
        return {
            "Wilayah": [["Wilayah", *heading], *places],
            "Kompetensi": [["Kompetensi", *heading], *competences],
            "Provinsi dan kompetensi": [
                ["Provinsi", "Kompetensi", *heading],
                *self.gaps.by_province_and_competence(),
            ],
            "SMK tanpa mitra": [
                ["NPSN", "SMK", "Kabupaten/kota", "Provinsi", "Kompetensi", "Akreditasi", "Siswa"],
                *lonely,
            ],
            "Perusahaan di bawah lima": [
                ["NIB", "Perusahaan", "Kabupaten/kota", "Provinsi", "KBLI", "SMK dibina"],
                *(
                    [
                        company.organization.nib,
                        company.organization.name,
                        *_place(company.organization),
                        company.kbli_code,
                        mentored.get(company.organization_id, 0),
                    ]
                    for company in below
                ),
            ],
            "Keterangan": [["Angka", "Artinya"], *MEANINGS],
        }


def _place(organization):
    """(kabupaten/kota, province) as two cells."""
    region = organization.region
    if region is None:
        return "", ""
    return ("", region.name) if region.is_province else (region.name, region.province.name)
