"""Link and match at its published size: the schools, companies and agreements of ten launches.

What was published of each launch stands in ``domain.md`` §B2; what nobody wrote down is divided so
that the cumulative figures come out: 1,710 agreements on Java, 3,289 by January 2019, and in the
end 2,612 SMK, 885 companies and 4,997 agreements. The tables are read as an officer's import is.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Min

from config.demo_data.link_and_match_files import (
    BUNDLES,
    SECTORS,
    nib_of,
    npsn_of,
    record_tables,
)
from config.demo_data.shares import apportion
from partnerships import agreement_import, company_import, school_import
from partnerships.agreement_cells import SCOPE_WORDS
from partnerships.models import Agreement, LaunchPhase
from partnerships.models.phase import ROMAN
from programs.models import Region

# The numbers below are those of the small demo, which are taken.
FIRST_NUMBER = 1000
# Words for what the companies of ``SECTORS`` make.
TRADES = ["Logam", "Otomotif", "Elektrik", "Kimia", "Garmen", "Pangan", "Elektronika", "Mebel"]
# Some terms last until today and beyond, so that there is cooperation to look after.
TERM_YEARS = [3, 5, 10, 3, 10]
# Thousandths of the golden ratio: places taken at this step are spread evenly at any number.
GOLDEN = 618


class Launch(NamedTuple):
    """How many signed at a launch; ``new_…`` of them for the first time."""

    number: int
    day: date
    agreements: int
    schools: int
    new_schools: int
    companies: int
    new_companies: int


# Published are I, II, V, VII, IX and X, of VII without its agreements; the others are the rest.
LAUNCHES = [
    Launch(1, date(2017, 2, 28), 380, 234, 234, 50, 50),
    Launch(2, date(2017, 4, 21), 665, 389, 389, 117, 117),
    Launch(3, date(2017, 7, 28), 665, 396, 396, 141, 141),
    Launch(4, date(2017, 12, 15), 420, 226, 226, 117, 117),
    Launch(5, date(2018, 3, 5), 612, 292, 292, 143, 143),
    Launch(6, date(2018, 9, 20), 390, 216, 216, 40, 40),
    Launch(7, date(2019, 1, 16), 157, 109, 109, 40, 40),
    Launch(8, date(2019, 2, 14), 476, 150, 150, 38, 38),
    Launch(9, date(2019, 2, 28), 586, 391, 290, 116, 95),
    Launch(10, date(2019, 3, 18), 646, 440, 310, 133, 104),
]
# At the second launch of a region some of the first one sign again.
FIRST_LAUNCH_OF = {9: 2, 10: 3}


class Party(NamedTuple):
    """A school or company by its place in the tables; ``turn`` counts those of its region."""

    number: int
    region: str
    turn: int


class Contract(NamedTuple):
    number: int
    launch: Launch
    school: Party
    company: Party


def fill_partners(sizes, *, by, today):
    """Bring the register of link and match up to ``sizes``. Says how many agreements were new."""
    launches = still_missing(sizes, recorded())
    if not launches:
        return 0
    schools, companies, contracts = partners(launches, regions_of_launches())
    names = dict(Region.objects.exclude(province=None).values_list("code", "name"))
    record_tables(
        schools=_school_table(schools, names),
        companies=_company_table(companies, names),
        agreements=_agreement_table(contracts),
        by=by,
        today=today,
    )
    return len(contracts)


# --- What is missing ----------------------------------------------------------------------------


class Recorded(NamedTuple):
    """What is signed already: the agreements of each launch, and who signed there first."""

    agreements: Counter
    schools: Counter
    companies: Counter


def recorded():
    signed = Agreement.objects.signed().order_by()

    def first_at(side):
        rows = signed.values(side).annotate(first=Min("phase__number"))
        return Counter(row["first"] for row in rows)

    by_phase = signed.values_list("phase__number").annotate(number=Count("pk"))
    return Recorded(Counter(dict(by_phase)), first_at("school"), first_at("company"))


def still_missing(sizes, recorded):
    """The launches with what is to be added to ``recorded`` to reach ``sizes``; [] if nothing."""
    if sizes.agreements <= recorded.agreements.total():
        return []
    agreements = _to_add(sizes.agreements, "agreements", recorded.agreements)
    schools = _to_add(sizes.schools, "new_schools", recorded.schools)
    companies = _to_add(sizes.companies, "new_companies", recorded.companies)
    missing = []
    for place, launch in enumerate(LAUNCHES):
        back_schools, back_companies = (
            (known - new) * sizes.schools // LAUNCHED_SCHOOLS
            for known, new in [
                (launch.schools, launch.new_schools),
                (launch.companies, launch.new_companies),
            ]
        )
        missing.append(
            launch._replace(
                agreements=agreements[place],
                schools=schools[place] + back_schools,
                new_schools=schools[place],
                companies=companies[place] + back_companies,
                new_companies=companies[place],
            )
        )
    return missing


LAUNCHED_SCHOOLS = sum(launch.new_schools for launch in LAUNCHES)


def _to_add(total, name, recorded):
    """For each launch its share of ``total`` without what is there; all together never more.

    What is recorded of no launch, and what a launch has too many, comes off the largest.
    """
    wanted = apportion(total, [getattr(launch, name) for launch in LAUNCHES])
    added = [
        max(share - recorded[launch.number], 0)
        for share, launch in zip(wanted, LAUNCHES, strict=True)
    ]
    over = sum(added) - (total - recorded.total())
    added[added.index(max(added))] -= over
    return added


# --- Who signs with whom ------------------------------------------------------------------------


def regions_of_launches():
    """{launch: codes of its kabupaten and kota}; the launch of unknown place has all the rest."""
    by_province = defaultdict(list)
    for code, province in (
        Region.objects.exclude(province=None).order_by("code").values_list("code", "province")
    ):
        by_province[province].append(code)
    provinces = {
        phase.number: sorted(province.pk for province in phase.provinces.all())
        for phase in LaunchPhase.objects.prefetch_related("provinces")
    }
    elsewhere = sorted(set(by_province) - {code for codes in provinces.values() for code in codes})
    return {
        number: [code for one in codes or elsewhere for code in by_province[one]]
        for number, codes in provinces.items()
    }


def partners(launches, regions):
    """The schools, the companies and the contracts between them. The same input, the same answer.

    Each new school and each new company signs at least once, and no pair signs twice.
    """
    schools, companies = Side(), Side()
    contracts, pairs = [], set()
    for launch in launches:
        here = regions[launch.number]
        signing = [
            schools.at(launch.number, here, new=launch.new_schools, of_all=launch.schools),
            companies.at(launch.number, here, new=launch.new_companies, of_all=launch.companies),
        ]
        for school, company in _pairs(launch, *signing, pairs):
            contracts.append(Contract(len(contracts), launch, school, company))
    return schools.parties, companies.parties, contracts


class Side:
    """All schools, or all companies, and who of them came first to which launch."""

    def __init__(self):
        self.parties = []
        self.first_at = {}
        self.turns = Counter()

    def at(self, launch, regions, *, new, of_all):
        """Who signs at a launch: the new ones first, then some who signed before."""
        found = []
        for place in range(new):
            region = regions[place * GOLDEN * len(regions) // 1000 % len(regions)]
            self.turns[region] += 1
            found.append(Party(len(self.parties) + place, region, self.turns[region]))
        self.parties += found
        self.first_at[launch] = found
        again = self.first_at.get(FIRST_LAUNCH_OF.get(launch), [])
        return found + again[: of_all - new]


def _pairs(launch, schools, companies, pairs):
    """The schools in turn, each time with the next company that they have nothing with yet."""
    for number in range(launch.agreements):
        turn, place = divmod(number, len(schools))
        school = schools[place]
        start = place + turn * len(TRADES)
        company = next(
            (
                one
                for step in range(len(companies))
                if (school, one := companies[(start + step) % len(companies)]) not in pairs
            ),
            None,
        )
        if company is None:
            raise ValueError(f"Launch {launch.number} has too few companies for its agreements.")
        pairs.add((school, company))
        yield school, company


# --- The tables ---------------------------------------------------------------------------------


def _school_table(schools, names):
    yield school_import.COLUMNS
    for one in schools:
        n = one.number
        yield [
            npsn_of(FIRST_NUMBER + n),
            f"SMK {'Negeri' if n % 3 else 'Swasta'} {one.turn} {names[one.region]} (contoh)",
            "negeri" if n % 3 else "swasta",
            "ABAC"[n % 4],
            one.region,
            f"Jalan Pendidikan Nomor {n % 200 + 1} (contoh)",
            300 + n * 37 % 1200,
            "; ".join(BUNDLES[n % len(BUNDLES)]),
        ]


def _company_table(companies, names):
    yield company_import.COLUMNS
    for one in companies:
        n = one.number
        yield [
            nib_of(FIRST_NUMBER + n),
            f"PT {TRADES[n % len(TRADES)]} {names[one.region]} {one.turn} (contoh)",
            "",
            SECTORS[n % len(SECTORS)],
            one.region,
            f"Kawasan Industri Blok {n % 90 + 1} (contoh)",
            20 + n * 53 % 3000,
        ]


def _agreement_table(contracts):
    """Signed at the launch, or in the weeks before and handed over there."""
    yield agreement_import.COLUMNS
    words = list(SCOPE_WORDS)
    for one in contracts:
        n, launch, school = one.number, one.launch, one.school.number
        signed = launch.day - timedelta(days=n % 20 if n % 3 == 0 else 0)
        starts = signed + timedelta(days=n % 30)
        ends = starts.replace(year=starts.year + TERM_YEARS[n % 5]) - timedelta(days=1)
        yield [
            f"{n + 1:04d}/PKS/LM-{ROMAN[launch.number - 1]}/{signed.year}",
            npsn_of(FIRST_NUMBER + school),
            nib_of(FIRST_NUMBER + one.company.number),
            "; ".join(BUNDLES[school % len(BUNDLES)][: 1 + n % 2]),
            ROMAN[launch.number - 1],
            signed.isoformat(),
            starts.isoformat(),
            ends.isoformat(),
            "; ".join(words[(n + step) % len(words)] for step in range(1 + n % 4)),
        ]
