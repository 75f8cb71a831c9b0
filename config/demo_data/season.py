"""The whole demo, day by day: everybody's steps in the order in which they happened."""

from datetime import date
from itertools import count, groupby
from operator import attrgetter
from typing import NamedTuple

from config.demo_data import deeds
from config.demo_data.bimtek_2020 import bimtek_of_regional_2
from config.demo_data.businesses import BY_KEY, enter, owner_name
from config.demo_data.clock import Calendar, at, moment
from config.demo_data.diklat import bring_diklat_to_life
from config.demo_data.esmart import bring_esmart_to_life
from config.demo_data.events import events_of_this_season
from config.demo_data.link_and_match import bring_link_and_match_to_life
from config.demo_data.news import news_of_this_season
from config.demo_data.people import create_officers, create_person
from config.demo_data.register import bring_the_register_to_life
from config.demo_data.schemes import scheme_of_2020, scheme_of_this_year, scheme_that_ran_dry
from config.demo_data.stories import IN_2020, RAN_DRY, THEN, THIS_YEAR, UNTIL_IT_LAPSES
from config.demo_data.targets import enter_targets
from programs.papers import sweep_papers
from programs.workflow import live_figures
from subsidies.workflow import payment

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
END_OF_2020 = date(2020, 12, 4)


class Event(NamedTuple):
    day: date
    case: deeds.Case
    step: str


def load(*, today):
    """Fill the database. The same ``today`` gives the same data, but for codes nobody may guess."""
    calendar = Calendar(today)
    start_of_2020 = moment(date(2020, 2, 24))
    opening = moment(calendar.ago(82))
    officers = create_officers()
    with at(start_of_2020):
        first = scheme_of_2020(by=officers["ikma"])
    with at(opening):
        main = scheme_of_this_year(calendar, by=officers["ikma"])
        dry = scheme_that_ran_dry(calendar, by=officers["ikma"])
    seasons = [(IN_2020, first, END_OF_2020), (THIS_YEAR, main, today), (RAN_DRY, dry, today)]
    businesses = {}
    veterans = {story.business for story in IN_2020}
    for key, business in BY_KEY.items():
        with at(start_of_2020 if key in veterans else opening):
            businesses[key] = _settle(business)
    events, numbers = [], count(1)
    for stories, scheme, last_day in seasons:
        for story in stories:
            owner, organization = businesses[story.business]
            case = deeds.Case(
                number=next(numbers),
                story=story,
                business=BY_KEY[story.business],
                owner=owner,
                organization=organization,
                scheme=scheme,
                officers=officers,
            )
            events += _events(case, calendar, last_day)
    _live_through(events)
    bring_the_register_to_life(officers, businesses, calendar)
    bring_esmart_to_life(officers, businesses, today=today)
    sweep_papers()
    # Their certificates are left to the worker: drawing hundreds now would take half a minute.
    bimtek_of_regional_2(officers)
    events_of_this_season(officers, calendar)
    bring_diklat_to_life(officers, today=today)
    bring_link_and_match_to_life(officers, today=today)
    news_of_this_season(officers, today=today)
    live_figures.recount()
    enter_targets(today=today)


def _settle(business):
    """An owner with an account, and the business in the register."""
    owner = create_person(f"{business.key}@ikm.example", owner_name(business))
    return owner, enter(business, owner=owner)


def _events(case, calendar, last_day):
    """The steps of a story with their days, counted back from where it stands."""
    events, day = [], calendar.ago(case.story.since, before=last_day)
    case.days["visit"] = calendar.ahead(case.story.visit_in)
    for position in reversed(range(len(case.story.route))):
        step = case.story.route[position]
        events.insert(0, Event(day, case, step))
        case.days[step] = day  # of steps made twice the first counts
        if position:
            gap = THEN[case.story.route[position - 1]] if step != "lapse" else UNTIL_IT_LAPSES
            day = calendar.ago(gap, before=day)
    return events


def _live_through(events):
    """All steps of all days. Who was approved in time for the same decree is in one decree."""
    decrees = 0
    by_day = sorted(events, key=attrgetter("day"))
    for day, group in groupby(by_day, key=attrgetter("day")):
        todays = list(group)
        for turn, event in enumerate(todays):
            if event.step != "decree":
                with at(moment(day, turn * 7)):
                    getattr(deeds, event.step)(event.case, day)
        to_decree = [event.case for event in todays if event.step == "decree"]
        for _, cases in groupby(to_decree, key=lambda case: case.scheme.pk):
            decrees += 1
            with at(moment(day, 400)):
                _decree(list(cases), day, decrees)


def _decree(cases, day, number):
    ppk = cases[0].officers["ppk"]
    payment.issue_decree(
        [case.application for case in cases],
        number=f"SK-{number:03d}/IKMA/PPK/{ROMAN[day.month - 1]}/{day.year}",
        signed_on=day,
        signatory=ppk.name,
        by=ppk,
        today=day,
    )
