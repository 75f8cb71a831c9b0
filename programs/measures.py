"""What is counted of our own rows for an indicator, offered by whichever app has the rows.

A measure is the rows themselves, each with the day it counts for, its province, its name and its
amount. The stored figure is their sum and the list behind it is the rows: so both always agree. An
app offers its measures when it is loaded, and nobody who reads the figures needs to know the app.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce

_offered = {}


@dataclass(frozen=True)
class Measure:
    """The rows behind the indicator with this code.

    ``rows()`` is a queryset made by ``counted``; ``page`` the name of the officers' page of a row,
    and ``permission`` what an officer needs to be shown the rows one by one.
    """

    indicator: str
    rows: Callable
    page: str
    permission: str

    @property
    def app(self):
        return self.permission.partition(".")[0]

    @property
    def is_seen_in_part(self):
        """Whether some officers see some of the rows: a unit has its own events, not all."""
        return hasattr(self.rows(), "visible_to")


def offer(*measures):
    """Let the indicators be computed by these. Called once, when the app is loaded."""
    for measure in measures:
        if measure.indicator in _offered:
            raise ValueError(f"Two measures for the indicator {measure.indicator}.")
        _offered[measure.indicator] = measure


def offered(app=None):
    """All measures, or those of one app, in the order in which they were offered."""
    return [one for one in _offered.values() if app in (None, one.app)]


def measure_of(indicator):
    """The measure of an indicator; None for one that is only published."""
    return _offered.get(indicator.slug)


def counted(queryset, *, on, region, name, amount=1, page_of="pk"):
    """The rows of ``queryset`` as a measure needs them; those without a day do not count.

    ``on`` is a day, ``region`` the path to a region or None for what has no place, ``amount`` a
    whole number or the path to one, ``page_of`` the path to the key of the row's page.
    """
    province = (
        Coalesce(F(f"{region}__province"), F(region))
        if region
        else Cast(Value(None), CharField(null=True))
    )
    return queryset.annotate(
        counted_on=F(on) if isinstance(on, str) else on,
        counted_province=province,
        counted_name=F(name) if isinstance(name, str) else name,
        counted_amount=Value(amount) if isinstance(amount, int) else F(amount),
        counted_page=F(page_of),
    ).filter(counted_on__isnull=False)


def behind(measure, *, first, last, province=None, user=None):
    """The rows that make the figure of a period, the newest first, in whole days.

    With ``user`` only those that this person may see.
    """
    rows = measure.rows().filter(counted_on__range=(first, last))
    if province:
        rows = rows.filter(counted_province=province)
    if user and measure.is_seen_in_part:
        rows = rows.visible_to(user)
    return rows.order_by("-counted_on", "pk").values(
        "pk", "counted_on", "counted_province", "counted_name", "counted_amount", "counted_page"
    )
