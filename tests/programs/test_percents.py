"""Percent as people write and read them."""

import pytest

from programs.percents import format_percent, parse_percent


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [
        ("18,3", 1830),
        ("99,77 %", 9977),
        ("99,77%", 9977),
        ("30 persen", 3000),
        ("103", 10_300),
        ("1.250,5", 125_050),
        ("0,05", 5),
        (18.3, 1830),
        (65.52, 6552),
        (30, 3000),
        ("1250,5", 125_050),
    ],
)
def test_percent_are_kept_in_hundredths(typed, hundredths):
    assert parse_percent(typed) == hundredths


@pytest.mark.parametrize("typed", ["18,305", "-5", "", None, "banyak", "18.3", "18,", True, 0.123])
def test_what_is_no_percent_is_answered_with_an_example(typed):
    with pytest.raises(ValueError, match="misalnya 18,3"):
        parse_percent(typed)


@pytest.mark.parametrize(
    ("hundredths", "words"),
    [(9977, "99,77"), (1830, "18,3"), (3000, "30"), (5, "0,05"), (-526, "−5,26"), (0, "0")],
)
def test_percent_are_told_without_needless_zeros(hundredths, words):
    assert format_percent(hundredths) == words
