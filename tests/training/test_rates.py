from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rates import Rate, rates, satisfaction, with_comma


@pytest.mark.parametrize(
    ("count", "base", "percent", "text"),
    [
        (283, 303, "93.39", "93,39\u00a0%"),  # as published, domain.md §C4
        (303, 303, "100.00", "100,00\u00a0%"),
        (0, 303, "0.00", "0,00\u00a0%"),
        (1, 3, "33.33", "33,33\u00a0%"),
        (2, 3, "66.66", "66,66\u00a0%"),
        (99_999, 100_000, "99.99", "99,99\u00a0%"),
        (999_999, 1_000_000, "99.99", "99,99\u00a0%"),
        (57, 100, "57.00", "57,00\u00a0%"),
    ],
)
def test_a_rate_is_never_shown_higher_than_it_is(count, base, percent, text):
    rate = Rate(count, base)

    assert (rate.percent, rate.text) == (Decimal(percent), text)


def test_of_nobody_there_is_no_rate():
    assert (Rate(0, 0).percent, Rate(0, 0).text) == (None, None)


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_only_all_are_a_hundred_percent(count, base):
    count = min(count, base)

    assert (Rate(count, base).percent == 100) == (count == base)


def test_certified_and_placed_are_parts_of_the_trained():
    shown = rates(started=310, trained=303, certified=283, placed=303)

    assert shown.trained == Rate(303, 310)
    assert (shown.certified.text, shown.placed.text) == ("93,39\u00a0%", "100,00\u00a0%")


def test_before_anybody_is_trained_only_the_first_rate_is_known():
    shown = rates(started=30, trained=0, certified=0, placed=0)

    assert (shown.trained.text, shown.certified.text, shown.placed.text) == (
        "0,00\u00a0%",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("marks", "mean"),
    [
        ([5], "5.00"),
        ([4, 5, 4], "4.33"),
        ([4, 5, 5], "4.67"),
        ([1, 1, 1, 1, 1, 1, 1, 2], "1.13"),  # 1.125
        ([5, None, 4], "4.50"),
    ],
)
def test_satisfaction_is_the_mean_of_all_marks(marks, mean):
    assert satisfaction(marks) == Decimal(mean)
    assert satisfaction(iter(marks)) == Decimal(mean)


def test_without_marks_there_is_no_satisfaction():
    assert satisfaction([]) is None
    assert satisfaction([None]) is None


def test_numbers_have_the_indonesian_comma():
    assert with_comma(satisfaction([4, 5, 4])) == "4,33"
