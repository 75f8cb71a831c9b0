"""Marks of multiple-choice tests, and what participants gained between the first and the last."""

from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import NamedTuple


class Gain(NamedTuple):
    """``points`` of a hundred more than before; ``normalized`` is their part in percent of what
    was left to gain, None for those who knew everything."""

    points: int
    normalized: int | None


class Summary(NamedTuple):
    count: int
    mean: Decimal
    median: Decimal
    lowest: int
    highest: int


def score(answers, right):
    """Whole percent of the questions in ``right`` that ``answers`` has right, a half rounded up.

    Both are {question: option}. What was left open is wrong.
    """
    if not right:
        return 0
    hits = sum(answers.get(question) == option for question, option in right.items())
    return _whole(Decimal(100 * hits) / len(right))


def gain(before, after):
    """What somebody gained from a mark ``before`` to one ``after``; None where one is missing."""
    if before is None or after is None:
        return None
    points = after - before
    room = 100 - before
    return Gain(points, _whole(Decimal(100 * points) / room) if room else None)


def summary(scores):
    """Mean and median to one decimal of those who took the test; None if nobody did."""
    scores = [score for score in scores if score is not None]
    if not scores:
        return None
    return Summary(
        count=len(scores),
        mean=_tenths(Decimal(sum(scores)) / len(scores)),
        median=_tenths(Decimal(median(scores))),
        lowest=min(scores),
        highest=max(scores),
    )


def _whole(number):
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def _tenths(number):
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)
