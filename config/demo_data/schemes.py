"""Three calls: the one of 2020 by its rule, this year's that is open, and one that ran dry."""

from datetime import date, timedelta

from programs.enums import Scale
from subsidies.document_kinds import DocumentKind
from subsidies.enums import Condition, Origin, Stage
from subsidies.models import (
    BudgetLine,
    Scheme,
    SchemeDocument,
    SchemeKbli,
    SchemeScale,
    SchemeStage,
)
from subsidies.workflow.terms import allocate, publish

PERCENTS = {Origin.DOMESTIC: 30, Origin.IMPORT: 25}
# Industries that machine calls are made for; a subset of the divisions 10 to 33.
DIVISIONS = ["10", "11", "13", "14", "15", "16", "20", "22", "23", "25", "28", "31", "32"]
TARGETS = {
    Stage.COMPLETENESS: 2,
    Stage.CONFORMITY: 5,
    Stage.VISIT_PLANNING: 4,
    Stage.VISIT: 10,
    Stage.MINUTES: 3,
    Stage.ASSESSMENT: 5,
    Stage.APPROVAL: 5,
    Stage.DECREE: 5,
    Stage.SPP: 5,
    Stage.SPM: 5,
    Stage.SP2D: 10,
}
CONDITIONS = {
    DocumentKind.DOK05: Condition.LEGAL_ENTITY,
    DocumentKind.DOK06: Condition.LEGAL_ENTITY,
    DocumentKind.DOK07: Condition.OPTIONAL,
    DocumentKind.DOK12: Condition.TAXABLE_SELLER,
    DocumentKind.DOK15: Condition.IMPORTED_BY_APPLICANT,
    DocumentKind.DOK16: Condition.DOMESTIC,
    DocumentKind.DOK22: Condition.OPTIONAL,
    DocumentKind.DOK23: Condition.PROXY,
}
# What the call of 2020 is known to have asked for (domain.md §A6).
DOCUMENTS_OF_2020 = [
    DocumentKind.DOK01,
    DocumentKind.DOK02,
    DocumentKind.DOK03,
    DocumentKind.DOK04,
    DocumentKind.DOK08,
    DocumentKind.DOK09,
    DocumentKind.DOK11,
    DocumentKind.DOK12,
    DocumentKind.DOK13,
    DocumentKind.DOK14,
    DocumentKind.DOK17,
    DocumentKind.DOK20,
    DocumentKind.DOK21,
]
EVERYWHERE = {
    "legal_basis": "Permenperin 27/M-IND/PER/7/2017",
    "floor": 5_000_000,
    "ceiling": 300_000_000,
    "max_participations": 3,
    "excluded_costs": "PPN\nOngkos kirim\nJasa pemasangan dan pelatihan\nSuku cadang",
    "contact": "Sekretariat program mesin (contoh), mesin@bina.example",
}


def scheme_of_2020(*, by):
    """The terms of ``domain.md`` §10.12."""
    scheme = Scheme.objects.create(
        code="RESTRUK-IKM-2020",
        name="Restrukturisasi mesin dan peralatan IKM 2020 (contoh)",
        fiscal_year=2020,
        budget_line=_line(2020, "Restrukturisasi mesin IKM (contoh)", 6_500_000_000, by=by),
        opens_on=date(2020, 3, 2),
        closes_on=date(2020, 10, 11),
        purchase_from=date(2019, 9, 1),
        purchase_until=date(2020, 9, 30),
        install_by=date(2020, 10, 11),
        pay_by=date(2020, 12, 11),
        **EVERYWHERE,
    )
    _write_terms(scheme, versions=[2020], documents=DOCUMENTS_OF_2020)
    return publish(scheme, by=by)


def scheme_of_this_year(calendar, *, by):
    """Open on the day the demo is loaded, and until the middle of December if that is ahead."""
    today, year = calendar.today, calendar.today.year
    closes_on = max(min(today + timedelta(days=60), date(year, 12, 13)), today + timedelta(days=7))
    scheme = Scheme.objects.create(
        code=f"RESTRUK-IKM-{year}",
        name=f"Penggantian pembelian mesin dan peralatan IKM {year} (contoh)",
        fiscal_year=year,
        budget_line=_line(year, "Penggantian mesin IKM (contoh)", 3_500_000_000, by=by),
        opens_on=calendar.ago(80),
        closes_on=closes_on,
        purchase_from=today - timedelta(days=420),
        purchase_until=closes_on,
        install_by=closes_on,
        pay_by=max(date(year, 12, 18), closes_on + timedelta(days=5)),
        **EVERYWHERE,
    )
    _write_terms(scheme, versions=[2020, 2025], documents=list(DocumentKind))
    return publish(scheme, by=by)


def scheme_that_ran_dry(calendar, *, by):
    """A small call for distillers whose money was used up: its late ones wait."""
    today, year = calendar.today, calendar.today.year
    closed_on = today - timedelta(days=20)
    scheme = Scheme.objects.create(
        code=f"MESIN-ATSIRI-{year}",
        name=f"Penggantian mesin penyulingan minyak atsiri {year} (contoh)",
        fiscal_year=year,
        budget_line=_line(year, "Penggantian mesin atsiri (contoh)", 150_000_000, by=by, number=2),
        opens_on=calendar.ago(80),
        closes_on=closed_on,
        purchase_from=today - timedelta(days=420),
        purchase_until=closed_on,
        install_by=closed_on,
        pay_by=max(date(year, 12, 18), today + timedelta(days=12)),
        **EVERYWHERE,
    )
    _write_terms(scheme, versions=[2020, 2025], divisions=["20"], documents=list(DocumentKind))
    return publish(scheme, by=by)


def _line(year, name, amount, *, by, number=1):
    line = BudgetLine.objects.create(
        dipa_code=f"DIPA-019.02.1.247949/{year} output {number}", fiscal_year=year, name=name
    )
    allocate(line, amount=amount, note=f"Pagu {year}", by=by)
    return line


def _write_terms(scheme, *, versions, documents, divisions=DIVISIONS):
    for scale in (Scale.SMALL, Scale.MEDIUM):
        for origin, percent in PERCENTS.items():
            scheme.rates.create(scale=scale, origin=origin, percent=percent)
    SchemeScale.objects.bulk_create(
        [
            SchemeScale(
                scheme=scheme, scale=Scale.SMALL, workers_max=19, investment_max=999_999_999
            ),
            SchemeScale(
                scheme=scheme, scale=Scale.MEDIUM, workers_max=19, investment_min=1_000_000_000
            ),
            SchemeScale(
                scheme=scheme,
                scale=Scale.MEDIUM,
                workers_min=20,
                workers_max=99,
                investment_max=15_000_000_000,
            ),
        ]
    )
    SchemeKbli.objects.bulk_create(
        SchemeKbli(scheme=scheme, prefix=prefix, kbli_version=version)
        for version in versions
        for prefix in divisions
    )
    SchemeDocument.objects.bulk_create(
        SchemeDocument(scheme=scheme, kind=kind, condition=CONDITIONS.get(kind, Condition.ALWAYS))
        for kind in documents
    )
    SchemeStage.objects.bulk_create(
        SchemeStage(scheme=scheme, stage=stage, working_days=days)
        for stage, days in TARGETS.items()
    )
