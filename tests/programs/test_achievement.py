"""How an indicator stands on a day: added up its own way, compared, and measured by its target."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs import measures
from programs.achievement import Series, by_province, standings
from programs.enums import Counting
from programs.measures import Measure, counted
from programs.models import (
    Indicator,
    LiveFigure,
    OfficialFigure,
    Program,
    PublishedFigure,
    Target,
)
from programs.workflow import live_figures
from tests.factories.esmart import ProgramFactory
from tests.factories.programs import RegionFactory, UserFactory

MONTHS = [
    (datetime.date(2024, 11, 1), 5),
    (datetime.date(2025, 1, 1), 10),
    (datetime.date(2025, 10, 1), 20),
    (datetime.date(2026, 2, 1), 40),
]
TODAY = datetime.date(2026, 7, 2)  # half of the year is over


@pytest.mark.parametrize(
    ("counting", "month", "figure"),
    [
        (Counting.CUMULATIVE, datetime.date(2024, 10, 1), 0),
        (Counting.CUMULATIVE, datetime.date(2025, 1, 1), 15),
        (Counting.CUMULATIVE, datetime.date(2026, 7, 1), 75),
        (Counting.YEARLY, datetime.date(2025, 9, 1), 10),
        (Counting.YEARLY, datetime.date(2025, 12, 1), 30),
        (Counting.YEARLY, datetime.date(2026, 1, 1), 0),
        (Counting.MONTHLY, datetime.date(2025, 10, 1), 20),
        (Counting.MONTHLY, datetime.date(2025, 11, 1), 0),
    ],
)
def test_months_add_up_as_the_indicator_says(counting, month, figure):
    assert Series(counting, MONTHS).at(month) == figure


def test_a_month_in_which_nothing_came_is_told_too():
    told = Series(Counting.CUMULATIVE, MONTHS).told(last=datetime.date(2025, 3, 1))

    assert told == [
        (datetime.date(2024, 11, 1), 5),
        (datetime.date(2024, 12, 1), 5),
        (datetime.date(2025, 1, 1), 15),
        (datetime.date(2025, 2, 1), 15),
        (datetime.date(2025, 3, 1), 15),
    ]
    assert Series(Counting.CUMULATIVE).told(last=TODAY) == []


def test_no_more_than_the_last_months_are_told():
    told = Series(Counting.MONTHLY, MONTHS).told(last=datetime.date(2026, 7, 1), most=12)

    assert len(told) == 12
    assert told[0] == (datetime.date(2025, 8, 1), 0)


@pytest.fixture
def indicator(db):
    return Indicator.objects.create(
        slug="contoh",
        program=ProgramFactory(),
        name="Contoh",
        unit="IKM",
        definition="Yang dihitung.",
        counting=Counting.YEARLY,
        counted_at=timezone.now(),
    )


def live(indicator, *values, region=None):
    LiveFigure.objects.bulk_create(
        LiveFigure(indicator=indicator, month=month, region=region, value=value)
        for month, value in values
    )


def target(indicator, value, **details):
    return Target.objects.create(
        **{"indicator": indicator, "year": 2026, "value": value, "source": "Renstra"} | details
    )


@pytest.mark.parametrize(
    ("value", "light"),
    [(1647, "ok"), (1646, "warn"), (1281, "warn"), (1280, "danger"), (0, "danger")],
)
def test_the_light_follows_what_is_expected_by_the_day(indicator, value, light):
    """183 of 365 days are over: 1,830 are expected, of which 1,647 are ninety percent."""
    target(indicator, 3650)
    live(indicator, (datetime.date(2026, 3, 1), value))

    (standing,) = standings(today=TODAY)

    assert standing.expected == 1830
    assert standing.light == light


def test_a_cumulative_target_asks_only_for_what_the_year_must_add(indicator):
    Indicator.objects.update(counting=Counting.CUMULATIVE)
    live(indicator, (datetime.date(2025, 5, 1), 1000), (datetime.date(2026, 3, 1), 95))
    target(indicator, 1200)

    (standing,) = standings(today=TODAY)

    assert standing.expected == pytest.approx(1100, abs=1)
    assert (standing.value, standing.percent, standing.light) == (1095, 91, "ok")


def test_without_a_target_there_is_no_light_and_without_a_count_no_figure(indicator):
    live(indicator, (datetime.date(2026, 3, 1), 5))
    Indicator.objects.create(
        slug="diumumkan",
        program=indicator.program,
        name="Lain",
        unit="IKM",
        definition="Diumumkan.",
    )

    counted_one, published_only = standings(today=TODAY)

    assert (counted_one.words, counted_one.light, counted_one.percent) == ("5", "", None)
    assert (published_only.value, published_only.words) == (None, "–")


def test_last_month_and_last_year_are_told_the_same_way(indicator):
    live(
        indicator,
        (datetime.date(2025, 3, 1), 30),
        (datetime.date(2025, 11, 1), 70),
        (datetime.date(2026, 1, 1), 10),
        (datetime.date(2026, 7, 1), 5),
    )

    (standing,) = standings(today=TODAY)

    assert (standing.value, standing.month_before, standing.year_before) == (15, 10, 30)


def test_of_the_running_month_a_monthly_figure_tells_nothing_yet(indicator):
    Indicator.objects.update(counting=Counting.MONTHLY)
    live(indicator, (datetime.date(2026, 6, 1), 8), (datetime.date(2026, 7, 1), 1))

    (standing,) = standings(today=TODAY)

    assert (standing.month, standing.value) == (datetime.date(2026, 6, 1), 8)


def test_a_province_has_its_own_figures_targets_and_announcements(indicator):
    province = RegionFactory(code="13.71").province
    live(indicator, (datetime.date(2026, 3, 1), 50))
    live(indicator, (datetime.date(2026, 3, 1), 20), region=province)
    target(indicator, 200)
    target(indicator, 25, region=province)
    for region, value in [(None, 60), (province, 22)]:
        OfficialFigure.objects.create(
            indicator=indicator, as_of=TODAY, value=value, region=region, source="Siaran pers"
        )

    (standing,) = standings(today=TODAY, region=province)

    assert (standing.value, standing.target.value) == (20, 25)
    assert [one.value for one in standing.newest_official] == [22]
    assert by_province(indicator, month=TODAY) == {"13": 20}


def test_figures_of_one_day_that_disagree_are_all_told(indicator):
    day = datetime.date(2026, 3, 18)
    for value, source in [(2612, "Siaran pers"), (2604, "Antara"), (1862, "Berita lama")]:
        earlier = datetime.timedelta(days=90 if value == 1862 else 0)
        OfficialFigure.objects.create(
            indicator=indicator, as_of=day - earlier, value=value, source=source
        )

    (standing,) = standings(today=TODAY)

    assert [one.value for one in standing.newest_official] == [2612, 2604]
    assert len(standing.official) == 3


def test_what_is_announced_later_is_not_known_yet(indicator):
    OfficialFigure.objects.create(
        indicator=indicator, as_of=datetime.date(2026, 8, 1), value=1, source="Siaran pers"
    )

    (standing,) = standings(today=TODAY)

    assert standing.official == []


def test_more_indicators_ask_no_more_questions(indicator):
    with CaptureQueriesContext(
        connection,
    ) as few:
        standings(today=TODAY)
    for number in range(10):
        more = Indicator.objects.create(
            slug=f"i{number}",
            program=indicator.program,
            name=f"I{number}",
            unit="IKM",
            definition="Contoh.",
        )
        live(more, *MONTHS)
        target(more, 10)

    with CaptureQueriesContext(connection) as many:
        assert len(standings(today=TODAY)) == 11

    assert len(many) == len(few) == 4


def test_of_targets_that_contradict_each_other_one_is_in_use(indicator):
    target(indicator, 2600)
    target(indicator, 2685, source="Antara", is_in_use=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        target(indicator, 1775, source="Bappenas")

    assert Target.objects.count() == 2


def test_a_source_says_one_figure_for_a_day(indicator):
    said = {"indicator": indicator, "as_of": TODAY, "source": "Siaran pers"}
    OfficialFigure.objects.create(**said, value=885)

    with pytest.raises(IntegrityError):
        OfficialFigure.objects.create(**said, value=899)


def test_a_frozen_figure_never_changes(indicator):
    frozen = PublishedFigure.objects.create(
        indicator=indicator,
        value=2612,
        period="sampai Oktober 2020",
        counted_at=timezone.now(),
        definition=indicator.definition,
        occasion="Siaran pers",
        published_by=UserFactory(),
    )

    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedFigure.objects.filter(pk=frozen.pk).update(value=2700)
    with pytest.raises(DatabaseError), transaction.atomic():
        frozen.delete()

    assert PublishedFigure.objects.get().value == 2612


def programs_by_month():
    return counted(Program.objects.all(), on="began_on", region=None, name="name")


@pytest.fixture
def only_programs(monkeypatch):
    """One measure alone, whose rows the test makes: the programs, by the day they began."""
    measure = Measure("contoh", programs_by_month, "admin:programs_program_change", "programs.x")
    monkeypatch.setattr(measures, "_offered", {"contoh": measure})
    return measure


def test_a_run_that_breaks_leaves_the_old_figure_with_its_time(
    indicator, only_programs, monkeypatch
):
    Program.objects.update(began_on=datetime.date(2020, 5, 14))
    live_figures.recount()
    before = Indicator.objects.get().counted_at
    ProgramFactory(slug="lain", began_on=datetime.date(2020, 5, 20))

    def break_off(*args, **kwargs):
        raise ConnectionError("killed in the middle")

    monkeypatch.setattr(LiveFigure.objects, "bulk_create", break_off)
    with pytest.raises(ConnectionError):
        live_figures.recount()

    assert LiveFigure.objects.get().value == 1
    assert Indicator.objects.get().counted_at == before

    monkeypatch.undo()


def test_counted_again_from_nothing_the_figures_are_the_same(indicator, only_programs):
    Program.objects.update(began_on=datetime.date(2020, 5, 14))
    ProgramFactory(slug="lain", began_on=datetime.date(2020, 5, 20))
    ProgramFactory(slug="belum", began_on=None)
    live_figures.recount()
    first = list(LiveFigure.objects.values_list("month", "region", "value"))

    LiveFigure.objects.all().delete()
    live_figures.recount()

    assert list(LiveFigure.objects.values_list("month", "region", "value")) == first
    assert first == [(datetime.date(2020, 5, 1), None, 2)]


def test_a_measure_without_an_indicator_is_passed_over(db, only_programs):
    assert live_figures.recount() == {"contoh": 0}
    assert not LiveFigure.objects.exists()


def test_two_measures_of_one_indicator_are_refused(only_programs):
    with pytest.raises(ValueError, match="contoh"):
        measures.offer(only_programs)


def test_a_change_lets_the_figures_of_its_app_be_counted(
    indicator, only_programs, django_capture_on_commit_callbacks
):
    Program.objects.update(began_on=datetime.date(2020, 5, 14))

    with django_capture_on_commit_callbacks(execute=True):
        live_figures.refresh_soon("programs")
    live_figures.refresh_live_figures()

    assert LiveFigure.objects.get().value == 1


def test_a_live_figure_is_of_a_whole_month(indicator):
    with pytest.raises(IntegrityError):
        live(indicator, (datetime.date(2026, 3, 2), 1))
