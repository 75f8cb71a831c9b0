import datetime
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.check_in_codes import (
    Answer,
    Shown,
    Verdict,
    code_at,
    seconds_left,
    verdict_among,
    verify,
)

SECRET = "rahasia acara"
# The first second of a step.
NOW = datetime.datetime(2026, 9, 15, 2, 10, 0, tzinfo=datetime.UTC)
SESSION, OTHER = 7, 8


def after(seconds):
    return NOW + datetime.timedelta(seconds=seconds)


def test_the_code_is_six_digits_and_stays_for_half_a_minute():
    codes = [code_at(SECRET, SESSION, after(second)) for second in (0, 29, 30, 59, 60)]

    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert codes[0] == codes[1] != codes[2] == codes[3] != codes[4]


def test_the_code_is_known_beforehand_to_nobody_without_the_secret():
    assert len({code_at(secret, SESSION, NOW) for secret in ("a", "b", b"c", SECRET)}) == 4
    assert code_at(SECRET, SESSION, NOW) != code_at(SECRET, OTHER, NOW)
    assert code_at(SECRET, SESSION, NOW) == code_at(SECRET.encode(), SESSION, NOW)


def test_a_known_code_so_that_a_release_does_not_change_codes_that_are_on_a_screen():
    assert code_at(SECRET, SESSION, NOW) == "554414"


def test_codes_are_spread_evenly_and_keep_their_zeros():
    codes = [code_at(SECRET, SESSION, after(30 * step)) for step in range(3000)]
    first_digits = Counter(code[0] for code in codes)

    assert set(first_digits) == set("0123456789")
    assert max(first_digits.values()) < 400


def test_seconds_left_run_from_thirty_to_one():
    assert [seconds_left(after(second)) for second in (0, 1, 29, 30)] == [30, 29, 1, 30]


@given(st.integers(0, 10**6))
def test_the_code_changes_when_no_seconds_are_left(second):
    moment = after(second)
    change = moment + datetime.timedelta(seconds=seconds_left(moment))
    before = change - datetime.timedelta(seconds=1)

    assert code_at(SECRET, SESSION, moment) == code_at(SECRET, SESSION, before)
    assert seconds_left(change) == 30


@pytest.mark.parametrize(
    ("later", "verdict"),
    [
        (0, Verdict.RIGHT),
        (29, Verdict.RIGHT),
        (30, Verdict.RIGHT),  # the next code is on the screen
        (59, Verdict.RIGHT),
        (60, Verdict.EXPIRED),
        (3600, Verdict.EXPIRED),
        (24 * 3600, Verdict.EXPIRED),
        (24 * 3600 + 30, Verdict.WRONG),
        (-1, Verdict.WRONG),  # not yet shown
        (-3600, Verdict.WRONG),
    ],
)
def test_a_code_holds_while_it_is_shown_and_one_step_longer(later, verdict):
    typed = code_at(SECRET, SESSION, NOW)

    assert verify(SECRET, SESSION, typed, after(later)) == verdict


def test_how_long_an_old_code_is_known_is_up_to_the_caller():
    typed = code_at(SECRET, SESSION, NOW)
    soon = datetime.timedelta(minutes=5)

    assert verify(SECRET, SESSION, typed, after(300), remembered=soon) == Verdict.EXPIRED
    assert verify(SECRET, SESSION, typed, after(330), remembered=soon) == Verdict.WRONG


def test_codes_may_be_typed_in_groups():
    code = code_at(SECRET, SESSION, NOW)

    for typed in (f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}", "\u00a0".join(code)):
        assert verify(SECRET, SESSION, typed, NOW) == Verdict.RIGHT


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12345a", "١٢٣٤٥٦", None])
def test_what_is_not_six_digits_is_incomplete(typed):
    assert verify(SECRET, SESSION, typed, NOW) == Verdict.WRONG
    assert verdict_among(SECRET, SESSION, typed, NOW, others=[]) == Answer(Verdict.INCOMPLETE)


def test_a_code_of_nobody_is_wrong():
    typed = code_at("rahasia lain", SESSION, NOW)

    assert verify(SECRET, SESSION, typed, NOW) == Verdict.WRONG
    assert verdict_among(SECRET, SESSION, typed, NOW, others=[]) == Answer(Verdict.WRONG)


# --- Of which session ----------------------------------------------------------------------------

SECRETS = {SESSION: SECRET, OTHER: "b", 5: "c", 9: "d"}
OTHERS = [
    Shown(5, "c", after(-24 * 3600), after(-24 * 3600 + 1200)),  # yesterday
    Shown(SESSION, SECRET, after(-600), after(600)),
    Shown(OTHER, "b", after(-600), after(600)),  # in the next room
    Shown(9, "d", after(24 * 3600), after(24 * 3600 + 1200)),  # tomorrow
]


@pytest.mark.parametrize(
    ("session", "shown_at", "answer"),
    [
        (SESSION, 0, Answer(Verdict.RIGHT, SESSION)),
        (SESSION, -90, Answer(Verdict.EXPIRED, SESSION)),
        (5, -24 * 3600, Answer(Verdict.OTHER_SESSION, 5)),
        (5, -24 * 3600 + 1200, Answer(Verdict.OTHER_SESSION, 5)),
        (5, 0, Answer(Verdict.WRONG)),  # that session was over
        (OTHER, 0, Answer(Verdict.OTHER_SESSION, OTHER)),
        (OTHER, -90, Answer(Verdict.OTHER_SESSION, OTHER)),
        (OTHER, 30, Answer(Verdict.WRONG)),  # nobody has seen it yet
        (9, 24 * 3600, Answer(Verdict.WRONG)),
    ],
)
def test_the_code_of_another_session_is_told_apart(session, shown_at, answer):
    typed = code_at(SECRETS[session], session, after(shown_at))

    assert verdict_among(SECRET, SESSION, typed, NOW, others=OTHERS) == answer
