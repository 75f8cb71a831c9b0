"""A figure as the public reads it: our own count with its time, beside it what was announced."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from programs.models import Indicator
from programs.units import MONEY, PERCENT, short


@dataclass
class Headline:
    """An indicator in one tile.

    ``figure`` is our own count, or the newest official figure while nothing of it is recorded here.
    ``said`` are the figures of the newest announcement; several of one day contradict each other.
    """

    indicator: Indicator
    figure: str
    counted_at: datetime | None
    said: list = field(default_factory=list)

    @property
    def name(self):
        """What is counted, with its unit where the name does not tell it: “Ekspor (dolar AS)”."""
        name, unit = self.indicator.name, self.indicator.unit
        is_told = any(word.lower() in name.lower() for word in re.split(r"\W+", unit))
        return name if is_told or unit in (MONEY, PERCENT) else f"{name} ({unit})"

    @property
    def said_on(self):
        return self.said[0][0].as_of if self.said else None

    @property
    def is_disputed(self):
        return contradict(self.said)


def contradict(said):
    """Whether different numbers were announced; ``said`` are (official figure, words) of a day."""
    return len({one.value for one, _ in said}) > 1


def has_something(standing):
    """Whether there is a figure at all, counted or announced."""
    return standing.value is not None or bool(standing.official)


def headline_of(standing):
    """How a ``Standing`` is told in a tile; “–” for what is neither counted nor announced."""
    indicator, said = standing.indicator, standing.newest_official
    is_ours = bool(standing.value) or (standing.value is not None and not said)
    if is_ours:
        figure = short(standing.value, indicator.unit)
    else:
        figure = short(said[0].value, indicator.unit) if said else "–"
    return Headline(
        indicator,
        figure,
        indicator.counted_at if is_ours else None,
        [(one, short(one.value, indicator.unit)) for one in said],
    )
