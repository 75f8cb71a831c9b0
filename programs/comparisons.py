"""What a figure tells at a glance: a light with its word, and how it moved, in words.

``programs.achievement`` counts; here it is said, on the screen as in the papers of the month.
"""

from typing import NamedTuple

from django.utils.formats import number_format

from programs.achievement import DANGER, OK, WARN, in_unit
from programs.measures import measure_of


class Light(NamedTuple):
    """A state in colour, picture and word, as ``status_badge`` shows it."""

    kind: str
    icon: str
    word: str


LIGHTS = {
    OK: Light("ok", "check-circle", "Sesuai sasaran"),
    WARN: Light("warn", "clock", "Perlu perhatian"),
    DANGER: Light("danger", "alert", "Tertinggal"),
}
NO_TARGET = Light("plain", "circle", "Tanpa sasaran")
NOT_COUNTED = Light("plain", "pause", "Belum dihitung")
ONLY_PUBLISHED = Light("plain", "file", "Hanya diumumkan")


def light_of(standing):
    """The light of an indicator, or why it has none."""
    if standing.light:
        return LIGHTS[standing.light]
    if standing.value is not None:
        return NO_TARGET
    return NOT_COUNTED if measure_of(standing.indicator) else ONLY_PUBLISHED


class Change(NamedTuple):
    """How a figure moved: “naik 12”, and “0,5 %” of what it was; empty where that was nothing."""

    kind: str
    words: str
    percent: str
    since: str

    @property
    def sentence(self):
        """“naik 12 dari bulan lalu (0,5 %)”."""
        if not self.since:
            return self.words
        return f"{self.words} {self.since}" + (f" ({self.percent})" if self.percent else "")


def change(indicator, now, before, than):
    """``now`` beside ``before``; ``than`` is what that was, such as “bulan lalu”.

    None where there is nothing to compare: then it says that the count has just begun anew.
    """
    if now is None:
        return None
    if before is None:
        return Change("", "hitungan tahun ini baru mulai", "", "")
    if now == before:
        return Change("", "sama", "", f"dengan {than}")
    moved = abs(now - before)
    share = number_format(round(100 * moved / before, 1), 1, force_grouping=True) if before else ""
    percent = f"{share}\N{NO-BREAK SPACE}%" if share else ""
    kind, word = ("up", "naik") if now > before else ("down", "turun")
    return Change(kind, f"{word} {in_unit(indicator, moved)}", percent, f"dari {than}")


def change_by_month(standing):
    return change(standing.indicator, standing.value, standing.month_before, "bulan lalu")


def change_by_year(standing):
    """Beside the same month of the year before."""
    return change(standing.indicator, standing.value, standing.year_before, "tahun lalu")
