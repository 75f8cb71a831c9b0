"""What was announced of link and match stands beside the register's own indicators."""

import datetime

import pytest
from pytest_django.asserts import assertContains

from partnerships.enums import Measure
from partnerships.models import OfficialFigure
from programs.achievement import standings
from programs.models import Indicator
from programs.models import OfficialFigure as RegisterFigure
from tests.factories.esmart import ProgramFactory
from tests.factories.figures import IndicatorFactory
from tests.factories.partnerships import PhaseFactory
from tests.factories.programs import ProvinceFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 28)
OCTOBER = datetime.date(2020, 10, 26)


@pytest.fixture
def schools():
    program = ProgramFactory(slug="link-and-match", name="Link and match")
    return IndicatorFactory(program=program, slug="lm-smk", name="SMK bermitra", unit="SMK")


def said(value, as_of=OCTOBER, measure=Measure.SCHOOLS, **more):
    return OfficialFigure.objects.create(
        measure=measure, as_of=as_of, value=value, source=more.pop("source", "Siaran pers"), **more
    )


def told(**place):
    standing = standings(Indicator.objects.all(), today=TODAY, **place)[0]
    return [(one.as_of, one.value, one.source) for one in standing.official]


def test_figures_of_the_whole_are_told_the_newest_first(schools):
    said(1_862, as_of=datetime.date(2019, 1, 16))
    said(2_612)
    said(2_599, source="Harian Contoh")

    assert [value for _, value, _ in told()] == [2_612, 2_599, 1_862]


def test_both_homes_of_announcements_are_told_together(schools):
    said(2_612)
    RegisterFigure.objects.create(
        indicator=schools, as_of=datetime.date(2021, 1, 1), value=2_700, source="Renstra"
    )

    assert [value for _, value, _ in told()] == [2_700, 2_612]


def test_a_launch_a_later_day_and_another_count_are_no_figures_of_the_whole(schools):
    said(219, phase=PhaseFactory())
    said(9_999, as_of=TODAY + datetime.timedelta(days=1))
    said(885, measure=Measure.COMPANIES)
    said(14_000, measure=Measure.NATIONAL)

    assert told() == []


def test_a_province_has_no_figure_of_the_country(schools):
    said(2_612)

    assert told(region=ProvinceFactory()) == []


def test_the_page_of_the_program_shows_them(client, schools):
    said(2_612)

    assertContains(client.get("/program/link-and-match/"), "2.612")


def test_other_indicators_ask_nothing_of_link_and_match(django_assert_num_queries):
    IndicatorFactory()

    with django_assert_num_queries(4):
        standings(Indicator.objects.all(), today=TODAY)
