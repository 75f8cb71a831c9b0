"""The stored figures say what a count of the agreements says, however they came about."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from partnerships.enums import LIVE, SIGNED, AgreementStatus, Curriculum, Dimension, Source
from partnerships.models import Agreement, AgreementCompetence, CompanyProfile, Figure
from partnerships.workflow import figures
from programs.models import KbliCode
from tests.factories.partnerships import (
    AgreementFactory,
    CompetenceFactory,
    PartnerFactory,
    PhaseFactory,
    SchoolFactory,
)
from tests.factories.programs import RegionFactory
from tests.factories.subsidy_stages import day

S = AgreementStatus
NAMES = ["schools", "companies", "agreements", "live_schools", "live_companies", "live_agreements"]


def stored(dimension):
    """{key: the six counts} of the groups with at least one agreement."""
    rows = Figure.objects.filter(dimension=dimension, agreements__gt=0)
    return {row.key: tuple(getattr(row, name) for name in NAMES) for row in rows}


def counted(groups_of):
    """The same, counted one agreement after the other; ``groups_of(agreement)`` are its keys."""
    found = defaultdict(lambda: [set() for _ in NAMES])
    for agreement in Agreement.objects.filter(status__in=SIGNED).select_related(
        "school__region", "company__company", "phase"
    ):
        facts = [agreement.school_id, agreement.company_id, agreement.pk]
        for key in groups_of(agreement):
            for place, fact in enumerate(facts):
                found[key][place].add(fact)
                if agreement.status in LIVE:
                    found[key][place + 3].add(fact)
    return {key: tuple(len(one) for one in sets) for key, sets in found.items()}


def province_of(agreement):
    region = agreement.school.region
    if region is None:
        return ""
    return region.province_id or region.code


def sector_of(agreement):
    profile = getattr(agreement.company, "company", None)
    return profile.kbli_code[:2] if profile else ""


GROUPS = {
    Dimension.TOTAL: lambda agreement: [""],
    Dimension.PHASE: lambda agreement: [f"{agreement.phase.number:02d}" if agreement.phase else ""],
    Dimension.PROVINCE: lambda agreement: [province_of(agreement)],
    Dimension.COMPETENCE: lambda agreement: (
        [str(row.competence_id) for row in agreement.competence_rows.all()] or [""]
    ),
    Dimension.SECTOR: lambda agreement: [sector_of(agreement)],
    Dimension.YEAR: lambda agreement: [str(agreement.signed_on.year)],
    Dimension.COMPANY: lambda agreement: [str(agreement.company_id)],
}


def imported(school, company, *, status, phase, competences, starts_on):
    """An agreement as an import writes it; what is not signed yet has no such facts."""
    agreement = Agreement.objects.create(
        school=school,
        company=company,
        phase=phase,
        status=status,
        source=Source.IMPORT,
        number=f"PKS-{Agreement.objects.count() + 1}",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=1000),
        signed_on=starts_on if status in SIGNED else None,
        terminated_on=starts_on if status == S.TERMINATED else None,
    )
    for competence in competences:
        AgreementCompetence.objects.create(agreement=agreement, competence=competence)
    return agreement


class TestAgainstADirectCount(TestCase):
    """A few schools and companies in every mixture of places, sectors, phases and statuses."""

    def setUp(self):
        regions = [
            None,
            RegionFactory(),
            RegionFactory(code="13.71", name="Kota Padang"),
            RegionFactory(code="32.73", name="Kota Bandung").province,
        ]
        self.schools = [SchoolFactory(region=region) for region in regions]
        self.companies = [PartnerFactory() for _ in range(4)]
        CompanyProfile.objects.filter(organization=self.companies[1]).update(kbli_code="14111")
        CompanyProfile.objects.filter(organization=self.companies[2]).update(kbli_code="")
        CompanyProfile.objects.filter(organization=self.companies[3]).delete()
        self.phases = [None, PhaseFactory(number=1), PhaseFactory(number=10)]
        self.competences = [
            CompetenceFactory(),
            CompetenceFactory(code="1.4.2", name="Teknik Pengelasan"),
            CompetenceFactory(code="2.1.1", curriculum=Curriculum.SPECTRUM_2022),
        ]

    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(
                st.integers(0, 3),
                st.integers(0, 3),
                st.sampled_from(list(S)),
                st.integers(0, 2),
                st.sets(st.integers(0, 2)),
                st.integers(2017, 2026),
            ),
            max_size=12,
            # Two of one pair at one time for one competence are not for the database.
            unique_by=lambda row: row[:2],
        )
    )
    def test_they_agree_with_it_in_every_group(self, rows):
        for school, company, status, phase, competences, year in rows:
            imported(
                self.schools[school],
                self.companies[company],
                status=status,
                phase=self.phases[phase],
                competences=[self.competences[n] for n in competences],
                starts_on=day(0).replace(year=year, month=1, day=1),
            )

        figures.rebuild()

        for dimension, groups_of in GROUPS.items():
            assert stored(dimension) == counted(groups_of), dimension


pytestmark = pytest.mark.django_db


def figure(dimension, key=""):
    return Figure.objects.get(dimension=dimension, key=key)


def test_nothing_gives_zeros_and_not_an_empty_page():
    figures.rebuild()

    total = figure(Dimension.TOTAL)
    assert [getattr(total, name) for name in NAMES] == [0] * 6
    assert total.registered_schools == 0


def test_a_school_with_three_partners_is_one_school():
    school = SchoolFactory()
    for status in (S.ACTIVE, S.DORMANT, S.ENDED):
        AgreementFactory(school=school, status=status)
    AgreementFactory(school=school, status=S.READY)
    SchoolFactory()

    figures.rebuild()

    total = figure(Dimension.TOTAL)
    assert (total.schools, total.companies, total.agreements) == (1, 3, 3)
    assert (total.live_schools, total.live_companies, total.live_agreements) == (1, 2, 2)
    assert total.registered_schools == 2


def test_a_province_knows_how_many_schools_it_has():
    SchoolFactory(region=RegionFactory(code="32.73", name="Kota Bandung"))
    AgreementFactory(school=SchoolFactory(region=RegionFactory()), status=S.ACTIVE)

    figures.rebuild()

    sumbar, jabar = figure(Dimension.PROVINCE, "13"), figure(Dimension.PROVINCE, "32")
    assert (sumbar.registered_schools, sumbar.live_schools) == (1, 1)
    assert (jabar.registered_schools, jabar.live_schools) == (1, 0)
    assert sumbar.label == RegionFactory().province.name


def test_a_sector_is_called_by_its_kbli_division():
    KbliCode.objects.create(version=2020, code="25", title="Industri Barang Logam")
    AgreementFactory(status=S.ACTIVE)

    figures.rebuild()

    assert figure(Dimension.SECTOR, "25").label == "25 Industri Barang Logam"


def test_a_company_without_a_school_is_there_with_none():
    company = PartnerFactory(name="PT Sendiri Contoh")

    figures.rebuild()

    row = figure(Dimension.COMPANY, str(company.pk))
    assert (row.label, row.live_schools) == ("PT Sendiri Contoh", 0)


def test_the_command_makes_them_from_nothing(capsys):
    AgreementFactory(status=S.ACTIVE)
    Figure.objects.create(dimension=Dimension.YEAR, key="1999", label="1999", agreements=7)

    call_command("rebuild_partnership_figures")
    call_command("rebuild_partnership_figures")

    assert "Angka kemitraan dihitung ulang" in capsys.readouterr().out
    assert not Figure.objects.filter(key="1999").exists()
    assert figure(Dimension.TOTAL).agreements == 1


def test_each_figure_knows_when_it_was_computed():
    figures.rebuild()
    before = figure(Dimension.TOTAL).computed_at

    figures.rebuild()

    assert figure(Dimension.TOTAL).computed_at > before
    assert Figure.objects.values("computed_at").distinct().count() == 1


def test_a_run_that_breaks_off_leaves_the_old_figures(monkeypatch):
    AgreementFactory(status=S.ACTIVE)
    figures.rebuild()
    before = list(Figure.objects.values())
    AgreementFactory(status=S.ACTIVE)

    def broken(*args, **options):
        raise IntegrityError("the worker was killed in the middle")

    # After the old ones were taken away and before the new ones are there.
    monkeypatch.setattr(type(Figure.objects), "bulk_create", broken)
    with pytest.raises(IntegrityError):
        figures.rebuild()

    assert list(Figure.objects.values()) == before


def test_a_thousand_changes_cause_one_run(monkeypatch, django_capture_on_commit_callbacks):
    runs = []
    monkeypatch.setattr(
        figures.refresh_figures, "apply_async", lambda **options: runs.append(options["countdown"])
    )

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(1000):
            figures.refresh_soon()

    assert runs == [figures.SECONDS_UNTIL_RUN]


def test_a_change_during_a_run_is_counted_by_another(
    monkeypatch, django_capture_on_commit_callbacks
):
    runs = []
    monkeypatch.setattr(
        figures.refresh_figures, "apply_async", lambda **options: runs.append(options)
    )
    with django_capture_on_commit_callbacks(execute=True):
        figures.refresh_soon()
    figures.refresh_figures()  # has begun, and with that let the bell fall silent

    with django_capture_on_commit_callbacks(execute=True):
        figures.refresh_soon()

    assert len(runs) == 2


def test_a_change_is_in_the_figures_afterwards(django_capture_on_commit_callbacks):
    AgreementFactory(status=S.ACTIVE)

    with django_capture_on_commit_callbacks(execute=True):
        figures.refresh_soon()

    assert figure(Dimension.TOTAL).live_agreements == 1
