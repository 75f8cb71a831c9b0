"""The vectors of domain.md §A2, and what must hold for every sum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidies.amounts import Limits, PricedMachine, calculate
from subsidies.enums import Origin

RULES_2020 = Limits(domestic_percent=30, import_percent=25, floor=5_000_000, ceiling=300_000_000)
M = 1_000_000


def domestic(claimed, *cuts):
    return PricedMachine("Mesin bubut", Origin.DOMESTIC, claimed, cuts)


def imported(claimed, *cuts):
    return PricedMachine("Mesin bordir", Origin.IMPORT, claimed, cuts)


@pytest.mark.parametrize(
    ("machines", "reimbursed"),
    [
        ([domestic(100 * M)], 30 * M),
        ([imported(2000 * M)], 300 * M),
        ([domestic(10 * M)], 0),
        ([domestic(400 * M), imported(800 * M)], 300 * M),
        ([domestic(16_666_667)], 5_000_000),
        ([domestic(16_666_666)], 0),
        ([imported(20 * M)], 5 * M),
        ([domestic(1000 * M)], 300 * M),
        ([imported(1200 * M)], 300 * M),
    ],
)
def test_the_rule_of_2020_gives_the_published_sums(machines, reimbursed):
    assert calculate(machines, RULES_2020).reimbursed == reimbursed


def test_before_the_ceiling_the_two_machines_come_to_320_million():
    result = calculate([domestic(400 * M), imported(800 * M)], RULES_2020)

    amounts = {line.kind: line.amount for line in result.lines if line.machine is None}
    assert amounts == {"sum": 320 * M, "ceiling": -20 * M, "reimbursed": 300 * M}


def test_what_is_not_recognized_is_a_row_with_its_reason():
    result = calculate([imported(266_400_000, ("PPN", 26_400_000))], RULES_2020)

    assert [(line.label, line.amount) for line in result.lines if line.machine == 0] == [
        ("Harga pada faktur", 266_400_000),
        ("PPN tidak diakui", -26_400_000),
        ("Nilai yang diakui", 240_000_000),
        ("Penggantian 25 %", 60_000_000),
    ]
    assert (result.claimed, result.recognized) == (266_400_000, 240_000_000)


def test_a_sum_below_the_floor_is_not_paid_and_says_so():
    result = calculate([domestic(10 * M)], RULES_2020)

    assert result.below_floor
    assert ("floor", -3 * M) in [(line.kind, line.amount) for line in result.lines]


def test_what_was_granted_this_year_uses_up_the_ceiling():
    result = calculate([domestic(200 * M)], RULES_2020, already_granted=280 * M)

    assert result.reimbursed == 20 * M


def test_nothing_is_left_when_the_ceiling_is_used_up():
    assert calculate([domestic(200 * M)], RULES_2020, already_granted=300 * M).reimbursed == 0


def test_cuts_larger_than_the_price_are_refused():
    with pytest.raises(ValueError, match="melebihi harga"):
        calculate([domestic(M, ("PPN", 2 * M))], RULES_2020)


machines = st.lists(
    st.builds(
        lambda origin, recognized, cut: PricedMachine(
            "Mesin", origin, recognized + cut, (("PPN", cut),) if cut else ()
        ),
        st.sampled_from([Origin.DOMESTIC, Origin.IMPORT]),
        st.integers(0, 3_000_000_000),
        st.integers(0, 300_000_000),
    ),
    max_size=8,
)


@given(machines, st.integers(0, 400_000_000))
def test_no_rupiah_is_lost_and_no_bound_is_passed(bought, granted):
    result = calculate(bought, RULES_2020, already_granted=granted)

    assert sum(result.machine_amounts) == result.reimbursed
    assert result.reimbursed == 0 or result.reimbursed >= 5 * M
    assert result.reimbursed + min(granted, 300 * M) <= 300 * M
    for machine, amount in zip(bought, result.machine_amounts, strict=True):
        assert 0 <= amount <= machine.recognized <= machine.claimed


@given(machines)
def test_the_rows_explain_the_sum(bought):
    result = calculate(bought, RULES_2020)

    total = [line for line in result.lines if line.machine is None]
    assert sum(line.amount for line in total if line.kind != "reimbursed") == result.reimbursed
