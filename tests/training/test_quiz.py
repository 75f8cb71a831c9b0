from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.quiz import Gain, Summary, gain, score, summary

RIGHT = {1: 2, 2: 1, 3: 4}


@pytest.mark.parametrize(
    ("answers", "mark"),
    [
        ({1: 2, 2: 1, 3: 4}, 100),
        ({1: 2, 2: 1, 3: 1}, 67),
        ({1: 2}, 33),
        ({1: 2, 2: None, 3: ""}, 33),
        ({}, 0),
        ({1: 1, 2: 2, 3: 3}, 0),
        ({1: 2, 9: 1}, 33),
    ],
)
def test_a_mark_is_the_percentage_of_right_answers(answers, mark):
    assert score(answers, RIGHT) == mark


def test_half_a_point_is_given_to_the_participant():
    right = dict.fromkeys(range(8), 1)

    assert score({0: 1}, right) == 13
    assert score(dict.fromkeys(range(5), 1), right) == 63


def test_no_questions_no_mark():
    assert score({1: 1}, {}) == 0


@given(st.dictionaries(st.integers(), st.integers(1, 4), min_size=1), st.integers(1, 4))
def test_a_mark_is_between_nothing_and_everything(right, guess):
    mark = score(dict.fromkeys(right, guess), right)

    assert 0 <= mark <= 100
    assert score(right, right) == 100


@pytest.mark.parametrize(
    ("before", "after", "gained"),
    [
        (40, 70, Gain(30, 50)),
        (40, 100, Gain(60, 100)),
        (40, 40, Gain(0, 0)),
        (40, 10, Gain(-30, -50)),
        (0, 67, Gain(67, 67)),
        (70, 80, Gain(10, 33)),
        (100, 100, Gain(0, None)),
        (100, 90, Gain(-10, None)),
        (None, 90, None),
        (90, None, None),
    ],
)
def test_gain_in_points_and_of_what_was_left_to_gain(before, after, gained):
    assert gain(before, after) == gained


@pytest.mark.parametrize(
    ("scores", "figures"),
    [
        ([80], Summary(1, Decimal("80.0"), Decimal("80.0"), 80, 80)),
        ([100, 50, 67], Summary(3, Decimal("72.3"), Decimal("67.0"), 50, 100)),
        ([0, 33, None], Summary(2, Decimal("16.5"), Decimal("16.5"), 0, 33)),
        ([33, 33, 34, 35], Summary(4, Decimal("33.8"), Decimal("33.5"), 33, 35)),
        ([], None),
        ([None], None),
    ],
)
def test_marks_are_summed_up(scores, figures):
    assert summary(scores) == figures
    assert summary(iter(scores)) == figures
