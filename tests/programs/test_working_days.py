from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from programs.working_days import add_working_days, is_working_day, working_days_between

IDUL_FITRI_2026 = {date(2026, 3, day) for day in (18, 19, 20, 23, 24)}

days = st.dates(date(2019, 1, 1), date(2031, 12, 31))
holiday_sets = st.frozensets(st.dates(date(2019, 1, 1), date(2031, 12, 31)), max_size=60)
counts = st.integers(0, 60)


def counted_one_by_one(start, end, holidays):
    return sum(
        is_working_day(start + timedelta(days=n), holidays)
        for n in range(1, (end - start).days + 1)
    )


def test_saturday_sunday_and_holidays_are_no_working_days():
    assert is_working_day(date(2026, 8, 14), set())
    assert not is_working_day(date(2026, 8, 15), set())
    assert not is_working_day(date(2026, 8, 16), set())
    assert not is_working_day(date(2026, 8, 17), {date(2026, 8, 17)})


def test_seven_working_days_over_idul_fitri_end_two_weeks_later():
    assert add_working_days(date(2026, 3, 17), 7, IDUL_FITRI_2026) == date(2026, 4, 2)


def test_what_arrives_on_friday_and_may_take_two_days_is_due_on_tuesday():
    assert add_working_days(date(2026, 8, 7), 2, set()) == date(2026, 8, 11)


def test_no_days_at_all_on_a_sunday_means_monday():
    assert add_working_days(date(2026, 8, 9), 0, set()) == date(2026, 8, 10)
    assert add_working_days(date(2026, 8, 10), 0, set()) == date(2026, 8, 10)


def test_two_working_days_before_a_deadline_on_monday_is_thursday():
    assert add_working_days(date(2026, 8, 10), -2, set()) == date(2026, 8, 6)


def test_a_deadline_of_today_is_zero_days_away():
    assert working_days_between(date(2026, 8, 12), date(2026, 8, 12), set()) == 0


def test_a_deadline_that_passed_counts_backwards():
    assert working_days_between(date(2026, 8, 12), date(2026, 8, 10), set()) == -2
    assert working_days_between(date(2026, 8, 10), date(2026, 8, 7), set()) == -1


def test_a_holiday_on_a_sunday_is_not_taken_off_twice():
    assert working_days_between(date(2026, 8, 7), date(2026, 8, 10), {date(2026, 8, 9)}) == 1


@given(days, counts, holiday_sets)
def test_a_deadline_is_always_a_working_day(day, n, holidays):
    assert is_working_day(add_working_days(day, n, holidays), holidays)
    assert is_working_day(add_working_days(day, -n, holidays), holidays)


@given(days, st.integers(1, 60), holiday_sets)
def test_what_was_added_is_what_lies_between(day, n, holidays):
    assert working_days_between(day, add_working_days(day, n, holidays), holidays) == n


@given(days, counts, counts, holiday_sets)
def test_days_can_be_added_in_two_steps(day, n, m, holidays):
    in_one = add_working_days(day, n + 1 + m, holidays)
    in_two = add_working_days(add_working_days(day, n + 1, holidays), m, holidays)

    assert in_one == in_two


@given(days, days, holiday_sets)
def test_counting_agrees_with_a_calendar_and_a_finger(one, other, holidays):
    start, end = sorted([one, other])
    counted = counted_one_by_one(start, end, holidays)

    assert working_days_between(start, end, holidays) == counted
    assert working_days_between(end, start, holidays) == -counted
