"""How the indicators stand on a day: live figures, targets, and what was published.

Pages, files and the open data read this; it reads stored figures only, in a constant number of
questions. Months that are added up make a figure as the indicator says (``Counting``).
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, Sum

from programs.enums import Counting
from programs.models import Indicator, LiveFigure, OfficialFigure, Target
from programs.months import first_of, month_after, months_between
from programs.units import plain

# Of what is expected by the day: from here on green, from here on amber, below red.
ON_COURSE, WITHIN_REACH = 90, 70
OK, WARN, DANGER = "ok", "warn", "danger"


def first_told(counting, month):
    """The first month that the figure at the end of ``month`` tells, of a year or a month."""
    return month.replace(month=1) if counting == Counting.YEARLY else month


class Series:
    """What each month added, oldest first, and what it comes to at the end of a month."""

    def __init__(self, counting, months=()):
        self.counting = counting
        self.months = [month for month, _ in months]
        self._added = dict(months)

    def added_in(self, month):
        """What ``month`` alone added."""
        return self._added.get(month, 0)

    def at(self, month):
        """The figure at the end of ``month``: all until then, of its year, or of the month."""
        first = 0
        if self.counting != Counting.CUMULATIVE:
            first = bisect_left(self.months, first_told(self.counting, month))
        last = bisect_right(self.months, month)
        return sum(self._added[told] for told in self.months[first:last])

    def told(self, *, last, most=36):
        """[(month, figure)] of the last months until ``last``, those in which nothing came too."""
        if not self.months:
            return []
        first = max(self.months[0], month_after(last, 1 - most))
        return [(month, self.at(month)) for month in months_between(first, last)]


@dataclass
class Standing:
    """An indicator on a day. ``value`` is None for what we do not count ourselves.

    ``month_before`` is None as well where a yearly count has just begun anew.
    """

    indicator: Indicator
    month: date
    series: Series
    value: int | None = None
    month_before: int | None = None
    year_before: int | None = None
    target: Target | None = None
    expected: float | None = None
    official: list = field(default_factory=list)

    @property
    def percent(self):
        """Of the whole target, in whole percent; None without a target or a figure of ours."""
        if self.target is None or self.value is None:
            return None
        return 100 * self.value // self.target.value

    @property
    def light(self):
        """How far it is of what is expected by the day: “ok”, “warn”, “danger”; empty without."""
        if not self.expected or self.value is None:
            return ""
        share = 100 * self.value / self.expected
        return OK if share >= ON_COURSE else WARN if share >= WITHIN_REACH else DANGER

    @property
    def words(self):
        return "–" if self.value is None else in_unit(self.indicator, self.value)

    @property
    def newest_official(self):
        """The figures of the last day on which anything was published; several may disagree."""
        return [one for one in self.official if one.as_of == self.official[0].as_of]


def in_unit(indicator, number):
    """“Rp3.270.000.000”, “2.612”, or “99,77” of what is told in percent."""
    return plain(number, indicator.unit)


def standings(indicators=None, *, today, region=None, is_over=False):
    """Every indicator with its figure, comparisons, target and official figures, on ``today``.

    Four questions, whatever the size. ``region`` is a province; without it the whole country. Only
    what was published of the place itself is told. ``is_over`` says that ``today`` is the end of a
    month that is told in full: then that month counts for monthly figures as well.
    """
    indicators = Indicator.objects.all() if indicators is None else indicators
    indicators = list(indicators.select_related("program__unit"))
    keys = [one.pk for one in indicators]
    months = _grouped(
        LiveFigure.objects.filter(indicator__in=keys, region=region)
        .order_by("month")
        .values_list("indicator", "month", "value")
    )
    targets = {
        one.indicator_id: one
        for one in Target.objects.filter(
            indicator__in=keys, region=region, year=today.year, is_in_use=True
        )
    }
    said = {}
    official = OfficialFigure.objects.filter(indicator__in=keys, region=region, as_of__lte=today)
    for one in official.order_by("-as_of", "-value", "source"):
        said.setdefault(one.indicator_id, []).append(one)
    return [
        _standing(
            Standing(
                one,
                _told_month(one, today, is_over),
                Series(one.counting, months.get(one.pk, [])),
                target=targets.get(one.pk),
                official=said.get(one.pk, []),
            ),
            today,
        )
        for one in indicators
    ]


def _grouped(rows):
    found = {}
    for indicator, month, value in rows:
        found.setdefault(indicator, []).append((month, value))
    return found


def _told_month(indicator, today, is_over):
    month = first_of(today)
    if indicator.counting == Counting.MONTHLY and not is_over:
        return month_after(month, -1)  # of the running month not everybody has told yet
    return month


def _standing(standing, today):
    """Fill in the figures of what we count ourselves."""
    series, month = standing.series, standing.month
    if standing.indicator.counted_at is None:
        return standing
    standing.value = series.at(month)
    # In January a yearly count begins anew: December was the sum of another year.
    if standing.indicator.counting != Counting.YEARLY or month.month > 1:
        standing.month_before = series.at(month_after(month, -1))
    standing.year_before = series.at(month_after(month, -12))
    if standing.target:
        standing.expected = _expected(standing, today)
    return standing


def _expected(standing, today):
    """What should be reached by ``today`` if the year's target is to be met, evenly spread."""
    if standing.indicator.counting == Counting.MONTHLY:
        return standing.target.value
    start = 0
    if standing.indicator.counting == Counting.CUMULATIVE:
        start = standing.series.at(date(today.year - 1, 12, 1))
    gone = (today - date(today.year - 1, 12, 31)).days
    days = (date(today.year, 12, 31) - date(today.year - 1, 12, 31)).days
    return start + (standing.target.value - start) * gone / days


def by_province(indicator, *, month):
    """{province code: figure at the end of ``month``} of an indicator, in one question."""
    told = LiveFigure.objects.filter(_makes_up(indicator, month), region__isnull=False).order_by()
    return dict(told.values_list("region").annotate(Sum("value")))


def of_all_provinces(standings):
    """{indicator key: {province code: figure}} of all ``standings`` together, in one question."""
    wanted = Q(pk=None)
    for one in standings:
        wanted |= _makes_up(one.indicator, one.month)
    told = LiveFigure.objects.filter(wanted, region__isnull=False).order_by()
    found = {}
    for indicator, code, value in told.values_list("indicator", "region").annotate(Sum("value")):
        found.setdefault(indicator, {})[code] = value
    return found


def _makes_up(indicator, month):
    """The months that make up the figure of ``indicator`` at the end of ``month``."""
    months = Q(indicator=indicator, month__lte=month)
    if indicator.counting == Counting.CUMULATIVE:
        return months
    return months & Q(month__gte=first_told(indicator.counting, month))
