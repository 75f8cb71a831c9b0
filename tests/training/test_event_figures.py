"""Stored figures: always what a direct count says, never read once a row has changed."""

from decimal import Decimal

import pytest

from tests.factories.programs import RegionFactory, UserFactory
from tests.factories.training import DURING, STARTS_AT, EventFactory, RegistrationFactory, bring_to
from training import figures, tasks
from training.enums import ASPECTS_OF_THE_EVENT, AudienceKind, EventStatus
from training.figures import GROUPINGS, held, table
from training.models import (
    Attendance,
    Evaluation,
    EvaluationScore,
    Event,
    EventFigures,
    Registration,
    TestAttempt,
)
from training.workflow import event_figures
from training.workflow.event_figures import count_events

pytestmark = pytest.mark.django_db


def everything():
    return {name: table(held(Event.objects.all()), name) for name in GROUPINGS}


@pytest.fixture
def concluded():
    """Two events with people in common, every kind of figure, and one event that still runs.

    The second was a year before the others.
    """
    areas = [
        RegionFactory(),
        RegionFactory(code="13.71", name="Kota Padang"),
        RegionFactory(code="15.71", name="Kota Jambi"),
        None,
    ]
    areas.append(areas[0].province)
    people = [UserFactory() for _ in areas]
    events = [bring_to(EventFactory(views=n), EventStatus.CONCLUDED) for n in range(2)]
    Event.objects.filter(pk=events[1].pk).update(starts_at=STARTS_AT.replace(year=2025))
    for event in [*events, bring_to(EventFactory(), EventStatus.RUNNING)]:
        for n, (person, area) in enumerate(zip(people, areas, strict=True)):
            row = RegistrationFactory(
                event=event,
                user=person,
                region=area,
                kind=AudienceKind.COMPANY if n % 2 else AudienceKind.APPARATUS,
                institution=f"PT {n}" if n % 2 else "pt 1",
            )
            for occasion, score in (("PRE", 40 + n), ("POST", 60 + 3 * n)):
                TestAttempt.objects.create(
                    registration=row, occasion=occasion, score=score, answers={}
                )
            evaluation = Evaluation.objects.create(registration=row)
            EvaluationScore.objects.create(
                evaluation=evaluation, aspect=ASPECTS_OF_THE_EVENT[0], score=1 + n
            )
            if n % 3:
                Attendance.objects.create(
                    registration=row, session=event.sessions.first(), checked_in_at=DURING
                )
                Registration.objects.filter(pk=row.pk).update(status="QUALIFIED", attended_jp=n)
    return events


def test_stored_figures_are_those_of_a_direct_count(concluded, monkeypatch):
    direct = everything()
    tasks.count_figures()
    counted_now = []
    count = figures.count
    monkeypatch.setattr(figures, "count", lambda keys: counted_now.extend(keys) or count(keys))

    assert everything() == direct
    # Only the event that still runs was counted from its rows.
    assert not {event.pk for event in concluded} & set(counted_now)
    total = direct["kegiatan"].total
    assert (total.events, total.participants, total.people) == (3, 15, 5)
    assert (total.areas, total.companies, total.attended, total.jp) == (3, 2, 9, 21)
    assert (total.satisfaction, total.gain) == (Decimal("3.00"), Decimal("24.00"))
    years = {line.label: line.figures for line in direct["tahun"].lines}
    assert {
        year: (found.events, found.participants, found.people, found.views)
        for year, found in years.items()
    } == {"2026": (2, 10, 5, 0), "2025": (1, 5, 5, 1)}


def test_figures_are_counted_from_nothing_as_well(concluded):
    direct = everything()
    count_events()
    EventFigures.objects.all().delete()
    assert everything() == direct

    tasks.count_figures_anew()

    assert EventFigures.objects.filter(is_fresh=True).count() == 2
    assert everything() == direct


def change_registration(row):
    Registration.objects.filter(pk=row.pk).update(region=None)


def come_after_all(row):
    late = row.event.registrations.filter(attendances=None).first()
    Attendance.objects.create(
        registration=late, session=row.event.sessions.first(), checked_in_at=DURING
    )


def put_test_right(row):
    row.test_attempts.filter(occasion="POST").update(score=100)


def change_mark(row):
    EvaluationScore.objects.filter(evaluation__registration=row).update(score=5)


def lose_evaluation(row):
    row.evaluation.delete()


def add_somebody(row):
    RegistrationFactory(event=row.event)


@pytest.mark.parametrize(
    "change",
    [
        change_registration,
        come_after_all,
        put_test_right,
        change_mark,
        lose_evaluation,
        add_somebody,
    ],
)
def test_with_the_first_row_that_changes_the_stored_figures_are_not_read(concluded, change):
    count_events()
    before = everything()
    row = concluded[0].registrations.get(attended_jp=1)

    change(row)

    assert not EventFigures.objects.get(pk=concluded[0].pk).is_fresh
    assert EventFigures.objects.get(pk=concluded[1].pk).is_fresh
    changed = everything()
    assert changed != before
    count_events()
    assert EventFigures.objects.get(pk=concluded[0].pk).is_fresh
    assert everything() == changed


def test_a_change_while_figures_are_counted_makes_the_count_void(concluded, monkeypatch):
    count = event_figures.count

    def and_somebody_writes(keys):
        counted = count(keys)
        change_registration(concluded[0].registrations.get(attended_jp=1))
        return counted

    monkeypatch.setattr(event_figures, "count", and_somebody_writes)
    count_events()

    fresh = EventFigures.objects.filter(is_fresh=True)
    assert list(fresh.values_list("pk", flat=True)) == [concluded[1].pk]


def test_results_that_were_opened_again_are_counted_from_their_rows(concluded):
    count_events()
    Event.objects.filter(pk=concluded[0].pk).update(status=EventStatus.FINISHED)

    count_events()

    assert not EventFigures.objects.get(pk=concluded[0].pk).is_fresh
