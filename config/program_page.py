"""The page of one program: what it is, how far it has come, how to take part. Open to all."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.headlines import contradict, has_something, headline_of
from config.joining import ways_into
from programs.achievement import Standing, by_province, in_unit, standings
from programs.enums import Audience, Counting
from programs.models import News, Program, PublishedFigure, Target
from programs.months import month_after, months_between
from programs.paragraphs import paragraphs
from programs.tile_map import places
from programs.units import short, with_unit

# Of a count that grows for years: so many points at most, else only the last of every quarter.
POINTS, QUARTER = 36, 3
# As many figures as are taken in at a glance; all of them are compared further below.
HEADLINES = 6
NEWS = 3
MONTHS_OF_COLUMNS = 24
ONE_DAY = timedelta(days=1)
BY_NAME, BY_VALUE = "nama", "nilai"


@dataclass
class Comparison:
    """One indicator: the newest official figures beside our own, and why they need not agree."""

    standing: Standing
    said: list
    earlier: list
    frozen: list = field(default_factory=list)

    @property
    def is_disputed(self):
        return contradict(self.said)

    @property
    def in_short(self):
        """Both figures in a line: the end of a folded topic."""
        unit = self.standing.indicator.unit
        ours, said = self.standing.value, [short(one.value, unit) for one, _ in self.said]
        told = [f"langsung {short(ours, unit)}"] if ours is not None else []
        return ", ".join(told + [f"resmi {words}" for words in said[:1]])


@require_safe
@login_not_required
def program_detail(request, slug):
    """``tahun`` chooses the targets, ``indikator`` what is shown over time and by province.

    What does not exist is answered with what the page would show by itself.
    """
    program = get_object_or_404(Program.objects.select_related("unit"), slug=slug)
    today = timezone.localdate()
    told = standings(program.indicators.all(), today=today)
    chosen = _chosen(told, request.GET.get("indikator", ""))
    targets = list(
        Target.objects.filter(indicator__program=program, region=None).order_by("-year", "pk")
    )
    years = sorted({one.year for one in targets if one.is_in_use}, reverse=True)
    year = _year(years, request.GET.get("tahun", ""), today)
    page = {
        "program": program,
        "audiences": [Audience(one).label for one in program.audiences],
        "story": paragraphs(program.story),
        "how_to_join": paragraphs(program.how_to_join),
        "ways": ways_into(program) if program.is_active else [],
        "headlines": _headlines(told),
        "years": years,
        "year": year,
        "bars": _bars(told, targets, year),
        "other_targets": _other_targets(told, targets, year),
        "standings": told,
        "chosen": chosen,
        "comparisons": _comparisons(told),
        "news": News.objects.published(now=timezone.now()).filter(program=program)[:NEWS],
    }
    if chosen:
        page |= _over_time(chosen) | _by_province(chosen, request.GET.get("urut", ""))
    return render(request, "public/program_detail.html", page)


def _headlines(told):
    """The first tiles that have something to tell."""
    return [headline_of(one) for one in told if has_something(one)][:HEADLINES]


def _chosen(told, slug):
    """The indicator that was asked for; else the first that we count; else the first."""
    asked = [one for one in told if one.indicator.slug == slug]
    counted = [one for one in told if one.value is not None]
    return next(iter(asked + counted + told), None)


def _year(years, asked, today):
    """The year of targets that was asked for; else this year's, or the last one before it."""
    wanted = [year for year in years if str(year) == asked]
    until_now = [year for year in years if year <= today.year]
    return next(iter(wanted + until_now + years[-1:]), None)


def _bars(told, targets, year):
    """Rows for ``target_bars``: each indicator that has a target in use in ``year``."""
    in_use = {one.indicator_id: one for one in targets if one.is_in_use and one.year == year}
    return [
        (
            one.indicator.name,
            one.indicator.unit,
            _reached(one, year),
            in_use[one.indicator.pk].value,
            _said_by_end_of(one, year),
        )
        for one in told
        if one.indicator.pk in in_use
    ]


def _other_targets(told, targets, year):
    """(indicator, number, source) of what sources named besides the target in use."""
    indicators = {one.indicator.pk: one.indicator for one in told}
    others = [one for one in targets if one.year == year and not one.is_in_use]
    return [
        (
            indicators[one.indicator_id].name,
            with_unit(one.value, indicators[one.indicator_id].unit),
            one.source,
        )
        for one in others
    ]


def _reached(standing, year):
    """Our own count at the end of ``year``, or now in the running year; None if not counted."""
    if standing.value is None:
        return None
    return standing.series.at(min(standing.month, date(year, 12, 1)))


def _said_by_end_of(standing, year):
    """The newest official figure that tells of ``year``."""
    is_of = [
        one.value
        for one in standing.official
        if one.as_of.year == year
        or (one.as_of.year < year and standing.indicator.counting == Counting.CUMULATIVE)
    ]
    return next(iter(is_of), None)


def _over_time(standing):
    """Rows of a chart: a line for what adds up since the beginning, else what each month added.

    Of what we do not count the announcements, once there are some of different days.
    """
    indicator = standing.indicator
    said = [(one.as_of, one.value) for one in reversed(standing.official)]
    if standing.value is None:
        days = {day for day, _ in said}
        return {"lines": [("Angka resmi", said, False)]} if len(days) > 1 else {}
    if indicator.counting != Counting.CUMULATIVE:
        if not standing.series.months:
            return {}
        earliest = month_after(standing.month, 1 - MONTHS_OF_COLUMNS)
        first = max(standing.series.months[0], earliest)
        told = [
            (month, standing.series.added_in(month))
            for month in months_between(first, standing.month)
        ]
        return {"columns": [(month, added, in_unit(indicator, added)) for month, added in told]}
    told = standing.series.told(last=standing.month, most=len(standing.series.months) + 240)
    if len(told) > POINTS:
        told = told[(len(told) - 1) % QUARTER :: QUARTER]
    live = [(month_after(month) - ONE_DAY, value) for month, value in told]
    lines = [("Tercatat di sini", live, True), ("Angka resmi", said, False)]
    return {"lines": [line for line in lines if line[1]]}


def _by_province(standing, order):
    """The chosen indicator in every province, for the map and its table."""
    indicator = standing.indicator
    if standing.value is None:
        return {}
    amounts = by_province(indicator, month=standing.month)
    rows = [
        (place.name, amounts.get(place.code, 0), in_unit(indicator, amounts.get(place.code, 0)))
        for place in places()
    ]
    is_sorted = order in (BY_NAME, BY_VALUE)
    order = order if is_sorted else BY_VALUE
    rows.sort(key=lambda row: row[0] if order == BY_NAME else (-row[1], row[0]))
    elsewhere = standing.value - sum(amount for _, amount, _ in rows)
    return {
        "amounts": amounts,
        "provinces": rows,
        "order": order,
        # Who has just sorted the table wants to see it.
        "is_sorted": is_sorted,
        "elsewhere": in_unit(indicator, elsewhere) if elsewhere else "",
    }


def _comparisons(told):
    frozen = {}
    figures = PublishedFigure.objects.filter(
        indicator__in=[one.indicator.pk for one in told], region=None
    )
    for one in figures:
        frozen.setdefault(one.indicator_id, []).append(one)
    found = []
    for standing in told:
        said = [(one, in_unit(standing.indicator, one.value)) for one in standing.official]
        newest = len(standing.newest_official)
        found.append(
            Comparison(
                standing,
                said[:newest],
                said[newest:],
                [
                    (one, in_unit(standing.indicator, one.value))
                    for one in frozen.get(standing.indicator.pk, [])
                ],
            )
        )
    return found
