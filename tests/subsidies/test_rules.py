"""Each rule's three answers, with the terms of the 2020 call (domain.md §10.12)."""

import dataclasses
import datetime

import pytest

from subsidies.enums import PaymentMethod, RejectionCode, Verdict
from subsidies.rules import estimate, failures, judge
from subsidies.terms import Facts, MachineFacts, ScaleRange, Terms

D = datetime.date
TERMS = Terms(
    opens_on=D(2020, 7, 1),
    closes_on=D(2020, 10, 11),
    purchase_from=D(2019, 10, 1),
    purchase_until=D(2020, 9, 30),
    install_by=D(2020, 10, 5),
    scales=(
        ScaleRange("SMALL", workers_max=19, investment_max=999_999_999),
        ScaleRange("MEDIUM", workers_max=19, investment_min=1_000_000_000),
        ScaleRange("MEDIUM", workers_min=20, workers_max=99, investment_max=15_000_000_000),
    ),
    percents={
        ("SMALL", "DOMESTIC"): 30,
        ("SMALL", "IMPORT"): 25,
        ("MEDIUM", "DOMESTIC"): 30,
        ("MEDIUM", "IMPORT"): 25,
    },
    floor=5_000_000,
    ceiling=300_000_000,
    kbli=(("14", 2020), ("10", 2020), ("10", 2025)),
    max_participations=3,
)
MACHINE = MachineFacts(
    name="Mesin jahit",
    origin="DOMESTIC",
    claimed=100_000_000,
    is_new=True,
    bought_on=D(2020, 3, 2),
    paid_on=D(2020, 3, 2),
    installed_on=D(2020, 4, 1),
    payment_method=PaymentMethod.TRANSFER,
    has_tax_invoice=True,
)
FACTS = Facts(
    applied_on=D(2020, 8, 3),
    workers=12,
    investment=640_000_000,
    kbli_code="14111",
    kbli_version=2020,
    has_licence=True,
    participations=0,
    other_scheme_this_year=False,
    machines=(MACHINE,),
)


def verdict(code, **facts):
    results = judge(dataclasses.replace(FACTS, **facts), TERMS)
    return next(result for result in results if result.code == code)


def with_machine(**facts):
    return {"machines": (dataclasses.replace(MACHINE, **facts),)}


def test_a_complete_and_honest_application_passes_every_rule():
    assert {result.verdict for result in judge(FACTS, TERMS)} == {Verdict.PASS}
    assert estimate(FACTS, TERMS).reimbursed == 30_000_000


def test_knowing_nothing_is_never_a_refusal():
    nothing = Facts(applied_on=D(2020, 8, 3))

    assert failures(judge(nothing, TERMS)) == []


@pytest.mark.parametrize(
    ("code", "facts", "rejection"),
    [
        ("window", {"applied_on": D(2020, 6, 30)}, ""),
        ("window", {"applied_on": D(2020, 10, 12)}, ""),
        ("licence", {"has_licence": False}, RejectionCode.R05),
        ("kbli", {"kbli_code": "61100"}, RejectionCode.R03),
        ("scale", {"workers": 20, "investment": 15_000_000_001}, RejectionCode.R04),
        ("scale", {"workers": 100, "investment": 10_000_000_000}, RejectionCode.R04),
        ("new", with_machine(is_new=False), RejectionCode.R07),
        ("purchase", with_machine(bought_on=D(2019, 9, 30)), RejectionCode.R06),
        ("purchase", with_machine(bought_on=D(2020, 10, 1)), RejectionCode.R06),
        ("installed", with_machine(installed_on=D(2020, 10, 6)), RejectionCode.R08),
        ("installed", with_machine(installed_on=D(2020, 8, 4)), RejectionCode.R08),
        ("bank", with_machine(payment_method=PaymentMethod.CASH), RejectionCode.R09),
        ("tax_invoice", with_machine(has_tax_invoice=False), RejectionCode.R10),
        ("floor", with_machine(claimed=10_000_000), RejectionCode.R11),
        ("participations", {"participations": 3}, RejectionCode.R12),
        ("other_scheme", {"other_scheme_this_year": True}, RejectionCode.R13),
    ],
)
def test_a_broken_rule_fails_with_its_code_and_a_reason(code, facts, rejection):
    result = verdict(code, **facts)

    assert (result.verdict, result.rejection) == (Verdict.FAIL, rejection)
    assert result.reason.endswith(".")


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("licence", {"has_licence": None}),
        ("kbli", {"kbli_code": ""}),
        ("kbli", {"kbli_code": "14111", "kbli_version": 2025}),
        ("scale", {"workers": None}),
        ("new", with_machine(is_new=None)),
        ("purchase", {"machines": ()}),
        ("installed", with_machine(installed_on=None)),
        ("bank", with_machine(payment_method="")),
        ("tax_invoice", with_machine(has_tax_invoice=None)),
        ("floor", {"machines": ()}),
        ("participations", {"participations": None}),
        ("other_scheme", {"other_scheme_this_year": None}),
    ],
)
def test_what_is_not_known_cannot_be_told(code, facts):
    assert verdict(code, **facts).verdict == Verdict.UNKNOWN


@pytest.mark.parametrize("day", [D(2020, 7, 1), D(2020, 10, 11)])
def test_the_first_and_the_last_day_belong_to_the_window(day):
    assert verdict("window", applied_on=day).verdict == Verdict.PASS


def test_a_prefix_listed_for_both_versions_passes_in_both():
    passes = {
        verdict("kbli", kbli_code="10773", kbli_version=year).verdict for year in (2020, 2025)
    }

    assert passes == {Verdict.PASS}


def test_one_wrong_machine_is_named():
    wrong = dataclasses.replace(MACHINE, name="Mesin obras", payment_method=PaymentMethod.CASH)

    result = verdict("bank", machines=(MACHINE, wrong))

    assert result.reason == "Mesin obras dibayar tunai; pembayaran tunai tidak dapat diganti."


def test_a_call_may_do_without_bank_and_tax_invoice():
    terms = dataclasses.replace(TERMS, bank_payment_required=False, tax_invoice_required=False)
    facts = dataclasses.replace(
        FACTS, **with_machine(payment_method=PaymentMethod.CASH, has_tax_invoice=False)
    )

    assert failures(judge(facts, terms)) == []
