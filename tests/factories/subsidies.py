"""Calls and applications at every stage, as tests need them.

``ApplicationFactory(stage=Stage.APPROVAL)``, or by name ``ApplicationFactory(assessed=True)``.
The days hang on today, so that a call is open when a test asks for its page.
"""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from programs import roles
from programs.enums import Scale
from programs.scale import SCALE_RULE
from subsidies import arrows
from subsidies.document_kinds import DocumentKind
from subsidies.enums import (
    TIMED_STAGES,
    ApplicationStatus,
    Condition,
    LedgerKind,
    Origin,
    PaymentMethod,
    RejectionCode,
    Stage,
)
from subsidies.models import (
    Application,
    BudgetLine,
    LedgerEntry,
    Machine,
    Scheme,
    SchemeDocument,
    SchemeKbli,
    SchemeRate,
    SchemeScale,
    SchemeStage,
)
from tests.factories.programs import IkmFactory, officer
from tests.factories.subsidy_stages import MOVES, day, furnish, moment

TARGETS = {
    Stage.COMPLETENESS: 2,
    Stage.CONFORMITY: 5,
    Stage.VISIT_PLANNING: 5,
    Stage.VISIT: 14,
    Stage.MINUTES: 3,
    Stage.ASSESSMENT: 5,
    Stage.APPROVAL: 5,
    Stage.DECREE: 5,
    Stage.SPP: 5,
    Stage.SPM: 5,
    Stage.SP2D: 10,
}
KBLI_PREFIXES = ["10", "11", "13", "14", "15", "16", "20", "22", "25", "28", "31", "32"]
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


class BudgetLineFactory(DjangoModelFactory):
    """A budget line with Rp6,5 miliar. ``allocated=0`` leaves it empty."""

    class Meta:
        model = BudgetLine
        skip_postgeneration_save = True

    dipa_code = factory.Sequence(lambda n: f"019.02.1.247949/{n}")
    fiscal_year = factory.LazyFunction(lambda: timezone.localdate().year)
    name = "Restrukturisasi mesin dan peralatan IKM"

    @factory.post_generation
    def allocated(line, create, extracted, **_):  # noqa: N805 - factory_boy passes the record
        amount = 6_500_000_000 if extracted is None else extracted
        if create and amount:
            LedgerEntry.objects.create(
                budget_line=line, kind=LedgerKind.ALLOCATE, amount=amount, note="Pagu awal"
            )


class SchemeFactory(DjangoModelFactory):
    """A call that is open today, on the rules of 2020 (``domain.md`` §10.12).

    ``published=False`` leaves a draft whose terms can still be changed.
    """

    class Meta:
        model = Scheme
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"restruk-ikm-{n}")
    name = "Penggantian pembelian mesin dan peralatan IKM"
    fiscal_year = factory.SelfAttribute("budget_line.fiscal_year")
    legal_basis = "Permenperin 27/M-IND/PER/7/2017"
    budget_line = factory.SubFactory(BudgetLineFactory)
    opens_on = factory.LazyFunction(lambda: day(-60))
    closes_on = factory.LazyFunction(lambda: day(60))
    purchase_from = factory.LazyFunction(lambda: day(-400))
    purchase_until = factory.LazyFunction(lambda: day(60))
    install_by = factory.LazyFunction(lambda: day(60))
    pay_by = factory.LazyFunction(lambda: day(120))
    floor = 5_000_000
    ceiling = 300_000_000
    excluded_costs = "PPN\nOngkos kirim\nPemasangan dan pelatihan\nSuku cadang"
    contact = "Sekretariat Restrukturisasi, (021) 5255509 pesawat 2145"

    @factory.post_generation
    def terms(scheme, create, extracted, **_):  # noqa: N805 - as above
        if not create or extracted is False:
            return
        for scale in (Scale.SMALL, Scale.MEDIUM):
            for origin, percent in ((Origin.DOMESTIC, 30), (Origin.IMPORT, 25)):
                SchemeRate.objects.create(
                    scheme=scheme, scale=scale, origin=origin, percent=percent
                )
        SchemeScale.objects.bulk_create(
            [
                SchemeScale(
                    scheme=scheme, scale=Scale.SMALL, workers_max=19, investment_max=999_999_999
                ),
                SchemeScale(
                    scheme=scheme,
                    scale=Scale.MEDIUM,
                    workers_max=19,
                    investment_min=1_000_000_000,
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
            SchemeKbli(scheme=scheme, prefix=prefix) for prefix in KBLI_PREFIXES
        )
        SchemeDocument.objects.bulk_create(
            SchemeDocument(
                scheme=scheme, kind=kind, condition=CONDITIONS.get(kind, Condition.ALWAYS)
            )
            for kind in DocumentKind
        )
        SchemeStage.objects.bulk_create(
            SchemeStage(scheme=scheme, stage=stage, working_days=TARGETS[stage])
            for stage in TIMED_STAGES
        )

    @factory.post_generation
    def published(scheme, create, extracted, **_):  # noqa: N805 - as above
        if create and extracted is not False:
            scheme.published_at = moment(-90)
            Scheme.objects.filter(pk=scheme.pk).update(published_at=scheme.published_at)


class MachineFactory(DjangoModelFactory):
    """A new domestic machine of Rp100 juta, bought, paid by bank and installed."""

    class Meta:
        model = Machine

    application = factory.SubFactory("tests.factories.subsidies.ApplicationFactory")
    name = factory.Sequence(lambda n: f"Mesin bordir komputer {n}")
    brand = "Tekno"
    model = "TB-1201"
    serial_number = factory.Sequence(lambda n: f"TB{n:07d}")
    origin = Origin.DOMESTIC
    maker_country = "Indonesia"
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    is_new = True
    quantity = 1
    unit_price = 100_000_000
    seller = "PT Mesin Contoh"
    seller_npwp = "0013121660091000"
    invoice_number = factory.Sequence(lambda n: f"INV/{n:05d}")
    bought_on = factory.LazyFunction(lambda: day(-90))
    paid_on = factory.LazyFunction(lambda: day(-90))
    payment_method = PaymentMethod.TRANSFER
    installed_on = factory.LazyFunction(lambda: day(-75))


def _after(*moves, role):
    """An officer's field: one of ``role`` once one of ``moves`` was made, else nobody."""
    return factory.Maybe(
        factory.LazyAttribute(lambda a: bool(set(moves) & set(MOVES[a.stage]))),
        yes_declaration=factory.LazyFunction(lambda: officer(role)),
        no_declaration=None,
    )


class ApplicationFactory(DjangoModelFactory):
    """An application of a new IKM for one machine of Rp100 juta, by default an unfinished draft.

    ``stage`` (or its trait) is how far it has come, with machines, papers, histories, visit,
    payment and ledger as they then are. ``complete=True`` is a draft that can be submitted.
    ``prices`` are those of its machines.
    """

    class Meta:
        model = Application
        skip_postgeneration_save = True

    class Params:
        complete = factory.Trait(ready=True)
        submitted = factory.Trait(stage=Stage.COMPLETENESS)
        correction = factory.Trait(stage=Stage.CORRECTION)
        registered = factory.Trait(stage=Stage.CONFORMITY)
        visit_planning = factory.Trait(stage=Stage.VISIT_PLANNING)
        visiting = factory.Trait(stage=Stage.VISIT)
        minutes = factory.Trait(stage=Stage.MINUTES)
        assessment = factory.Trait(stage=Stage.ASSESSMENT)
        assessed = factory.Trait(stage=Stage.APPROVAL)
        waiting = factory.Trait(stage=Stage.WAITING)
        approved = factory.Trait(stage=Stage.DECREE)
        decreed = factory.Trait(stage=Stage.SPP)
        requested = factory.Trait(stage=Stage.SPM)
        ordered = factory.Trait(stage=Stage.SP2D)
        paid = factory.Trait(stage=Stage.PAID)
        closed = factory.Trait(stage=Stage.CLOSED)
        rejected = factory.Trait(stage=Stage.REJECTED)
        lapsed = factory.Trait(stage=Stage.LAPSED)
        withdrawn = factory.Trait(stage=Stage.WITHDRAWN)
        handed_in = factory.LazyAttribute(lambda a: arrows.SUBMIT in MOVES[a.stage])
        valued = factory.LazyAttribute(lambda a: arrows.ASSESS in MOVES[a.stage])
        total = factory.LazyAttribute(lambda a: sum(a.prices))

    stage = Stage.DRAFT
    prices = (100_000_000,)
    ready = factory.LazyAttribute(lambda a: a.stage != Stage.DRAFT)

    organization = factory.SubFactory(IkmFactory)
    scheme = factory.SubFactory(SchemeFactory)
    budget_line = factory.SelfAttribute("scheme.budget_line")

    legal_form = "CV"
    kbli_code = "14111"
    workers = 7
    investment = 200_000_000
    site_address = "Jalan Contoh 1"
    site_region = factory.SelfAttribute("organization.region")
    other_scheme_this_year = factory.LazyAttribute(lambda a: False if a.ready else None)
    capacity = factory.LazyAttribute(lambda a: "1.200 potong" if a.ready else "")
    turnover = factory.LazyAttribute(lambda a: 600_000_000 if a.ready else None)
    bank_name = factory.LazyAttribute(lambda a: "Bank Nagari" if a.ready else "")
    account_holder = factory.LazyAttribute(lambda a: a.organization.name if a.ready else "")
    statement_accepted_at = factory.LazyAttribute(lambda a: moment(-11) if a.ready else None)

    status = factory.LazyAttribute(
        lambda a: MOVES[a.stage][-1].target if MOVES[a.stage] else ApplicationStatus.DRAFT
    )
    submitted_at = factory.LazyAttribute(lambda a: moment(-10) if a.handed_in else None)
    scale = factory.LazyAttribute(lambda a: Scale.SMALL if a.handed_in else "")
    scale_rule = factory.LazyAttribute(lambda a: SCALE_RULE if a.handed_in else "")
    claimed = factory.LazyAttribute(lambda a: a.total if a.handed_in else None)
    due_on = factory.LazyAttribute(
        lambda a: day(5) if a.stage in TIMED_STAGES or a.stage == Stage.CORRECTION else None
    )
    days_left = factory.LazyAttribute(lambda a: 1 if a.stage == Stage.CORRECTION else None)
    completeness_by = _after(
        arrows.REGISTER, arrows.REQUEST_CORRECTION, role=roles.COMPLETENESS_CHECKER
    )
    conformity_by = _after(arrows.SEND_TO_VISIT, role=roles.CONFORMITY_CHECKER)
    visited_by = _after(arrows.END_VISIT, role=roles.FIELD_VERIFIER)
    assessed_by = _after(arrows.ASSESS, role=roles.ASSESSOR)
    approved_by = _after(arrows.APPROVE, role=roles.PPK)
    registration_order = factory.Maybe(
        factory.LazyAttribute(lambda a: arrows.REGISTER in MOVES[a.stage]),
        yes_declaration=factory.Sequence(lambda n: n + 1),
        no_declaration=None,
    )
    registration_number = factory.LazyAttribute(
        lambda a: (
            f"RM-{a.scheme.fiscal_year}-{a.registration_order:04d}" if a.registration_order else ""
        )
    )
    recognized = factory.LazyAttribute(lambda a: a.total if a.valued else None)
    computed = factory.LazyAttribute(
        lambda a: min(a.total * 30 // 100, 300_000_000) if a.valued else None
    )
    reimbursed = factory.SelfAttribute("computed")
    rejection_code = factory.LazyAttribute(
        lambda a: RejectionCode.R10 if a.stage == Stage.REJECTED else ""
    )

    @classmethod
    def _create(cls, model_class, *args, stage, prices, **values):
        ready = values.pop("ready")
        application = model_class(**values)
        if ready:
            application.set_account("1234567890")
        application.save()
        if ready:
            for price in prices:
                MachineFactory(application=application, unit_price=price)
            furnish(application, stage)
        return application
