import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.presence import Attendee, Match, attendees, match, merged, minutes_in
from training.zoom_report import Join

UTC = datetime.UTC
DAY = datetime.datetime(2020, 6, 22, 2, 0, tzinfo=UTC)  # 09.00 WIB


def at(minute, second=0):
    return DAY + datetime.timedelta(minutes=minute, seconds=second)


def stay(name, start, end, *, email="", original="", line=2):
    return Join(line, name, original, email, at(start), at(end))


# --- Whose stays they are ------------------------------------------------------------------------


def test_one_address_is_one_person_whatever_the_name():
    joins = [
        stay("iPhone", 30, 60, email="budi@jambi.example"),
        stay("Budi Santoso", 0, 20, email="budi@jambi.example"),
        stay("Siti", 0, 60, email="siti@jambi.example"),
    ]

    assert attendees(joins) == [
        Attendee(
            "Budi Santoso",
            "budi@jambi.example",
            ((at(0), at(20)), (at(30), at(60))),
            ("Budi Santoso", "iPhone"),
        ),
        Attendee("Siti", "siti@jambi.example", ((at(0), at(60)),), ("Siti",)),
    ]


def test_without_address_the_name_tells():
    joins = [
        stay("Disperin Jambi_Budi Santoso", 0, 20),
        stay("BUDI SANTOSO, S.T.", 10, 40),
        stay("Budi Hartono", 0, 60),
    ]

    assert [(person.name, person.spans) for person in attendees(joins)] == [
        ("Disperin Jambi_Budi Santoso", ((at(0), at(40)),)),
        ("Budi Hartono", ((at(0), at(60)),)),
    ]


def test_who_comes_back_without_signing_in_is_the_one_who_bears_the_name():
    joins = [
        stay("Budi Santoso", 0, 20, email="budi@jambi.example"),
        stay("budi santoso", 30, 60),
    ]

    assert [(person.email, person.spans) for person in attendees(joins)] == [
        ("budi@jambi.example", ((at(0), at(20)), (at(30), at(60))))
    ]


def test_two_who_bear_the_name_leave_a_third_apart():
    joins = [
        stay("Budi Santoso", 0, 20, email="a@jambi.example"),
        stay("Budi Santoso", 0, 20, email="b@jambi.example"),
        stay("Budi Santoso", 30, 60),
    ]

    assert [person.email for person in attendees(joins)] == [
        "a@jambi.example",
        "b@jambi.example",
        "",
    ]


@pytest.mark.parametrize("name", ["iPhone", "Disperin Kota Jambi", "Budi", "Zoom User"])
def test_a_word_an_office_or_a_telephone_does_not_tell_whose_it_is(name):
    joins = [stay(name, 0, 20, email="a@jambi.example"), stay(name, 30, 60)]

    assert len(attendees(joins)) == 2


def test_names_of_signs_only_are_told_apart():
    assert len(attendees([stay("😀", 0, 1), stay("🙏", 0, 1), stay("😀", 2, 3)])) == 2


def test_nobody_came():
    assert attendees([]) == []


# --- Minutes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "minutes"),
    [
        ([], 0),
        ([(at(0), at(90))], 90),
        ([(at(-30), at(120))], 90),
        ([(at(-30), at(-10))], 0),
        ([(at(-30), at(0))], 0),
        ([(at(90), at(120))], 0),
        ([(at(10), at(20)), (at(15), at(30))], 20),  # two devices
        ([(at(10), at(60)), (at(20), at(30))], 50),
        ([(at(40), at(50)), (at(10), at(20))], 20),
        ([(at(0), at(0, 59))], 0),
        ([(at(0), at(0, 30)), (at(0, 30), at(1))], 1),  # they touch
        ([(at(0), at(0, 30)), (at(5), at(5, 30))], 1),
        ([(at(5), at(5))], 0),
    ],
)
def test_whole_minutes_within_the_session(spans, minutes):
    assert minutes_in(spans, at(0), at(90)) == minutes


def test_minutes_are_the_same_in_every_time_zone():
    wit = datetime.timezone(datetime.timedelta(hours=9))
    spans = [(at(10).astimezone(wit), at(40).astimezone(wit))]

    assert minutes_in(spans, at(0), at(30)) == 20


SPANS = st.lists(
    st.tuples(st.integers(-200, 400), st.integers(0, 300)).map(
        lambda span: (at(span[0]), at(span[0] + span[1]))
    ),
    max_size=12,
)


@given(SPANS, st.integers(0, 100), st.integers(0, 200))
def test_minutes_are_those_in_which_somebody_was_there(spans, begin, length):
    there = {
        minute
        for minute in range(begin, begin + length)
        if any(start <= at(minute) < end for start, end in spans)
    }

    assert minutes_in(spans, at(begin), at(begin + length)) == len(there)


@given(SPANS)
def test_counting_twice_or_in_another_order_changes_nothing(spans):
    once = minutes_in(spans, at(0), at(90))

    assert minutes_in(spans[::-1] + spans, at(0), at(90)) == once
    assert minutes_in(merged(spans), at(0), at(90)) == once
    assert 0 <= once <= 90


@given(SPANS, st.integers(0, 90))
def test_two_parts_of_a_session_hold_what_the_whole_holds(spans, middle):
    parts = minutes_in(spans, at(0), at(middle)) + minutes_in(spans, at(middle), at(90))

    assert parts == minutes_in(spans, at(0), at(90))


@given(SPANS)
def test_merged_spans_stand_apart_and_cover_the_same(spans):
    whole = merged(spans)

    assert all(first[1] < second[0] for first, second in pairwise(whole))
    assert merged(whole) == whole
    for start, end in spans:
        assert any(begun <= start and end <= ended for begun, ended in whole)


# --- Who they are --------------------------------------------------------------------------------

PEOPLE = [
    ("budi@jambi.example", "Budi Santoso, S.T."),
    ("siti@jambi.example", "Dra. Siti Aminah"),
    ("", "Joko Susilo"),
    ("dinas@bungo.example", "Agus Salim"),
    ("dinas@bungo.example", "Rina Wati"),
    ("rina@kerinci.example", "Rina Wati, S.E."),
]


def found(name, email="", *others):
    return match([Attendee(name, email, (), (name, *others))], PEOPLE)


@pytest.mark.parametrize(
    ("name", "email", "person", "why"),
    [
        ("iPhone", "budi@jambi.example", 0, "email"),
        ("Siti Aminah", "budi@jambi.example", 0, "email"),
        ("Siti Aminah, M.Si.", "siti.pribadi@surel.example", 1, "name"),
        ("Disperin Jambi_Siti Aminah", "", 1, "name"),
        ("01_JOKO SUSILO", "", 2, "name"),
        ("Bungo_Joko Susilo", "", 2, "name"),
        ("Rina Wati", "dinas@bungo.example", 4, "name"),
        ("Agus Salim", "dinas@bungo.example", 3, "name"),
        ("Joko Susilo", "dinas@bungo.example", 2, "name"),
    ],
)
def test_the_address_tells_before_the_name(name, email, person, why):
    assert found(name, email) == ({0: Match(person, why)}, [])


def test_the_name_before_renaming_tells_too():
    assert found("Kabupaten Bungo", "", "Joko Susilo") == ({0: Match(2, "name")}, [])


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Rina Wati", ""),  # two people
        ("Disperin Bungo", "dinas@bungo.example"),  # an office that registered two
        ("Budi", ""),
        ("Santoso", ""),
        ("iPhone", ""),
        ("Joko Susilo / Siti Aminah", ""),  # two before one screen
        ("Wawan", "wawan@surel.example"),
    ],
)
def test_who_fits_nobody_or_two_is_left_to_be_matched_by_hand(name, email):
    assert found(name, email) == ({}, [0])


def test_two_devices_may_be_one_person():
    devices = [Attendee("Budi", "budi@jambi.example", ()), Attendee("Budi Santoso", "", ())]

    assert match(devices, PEOPLE) == ({0: Match(0, "email"), 1: Match(0, "name")}, [])


def test_the_case_of_a_registered_address_does_not_matter():
    people = [(" Budi@Jambi.Example ", "B.")]

    assert match([Attendee("x", "budi@jambi.example", ())], people) == ({0: Match(0, "email")}, [])


def test_who_registered_without_address_is_not_everybody_without():
    assert match([Attendee("Wawan", "", ())], [("", "Joko"), ("", "Iwan")]) == ({}, [0])
