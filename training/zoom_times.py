"""Moments as Zoom writes them, and as Excel leaves them after opening and saving the report."""

import re
from datetime import datetime

CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
HALF = r"(?:\s*(?P<half>[ap])\.?m\.?)?"
IN_NUMBERS = re.compile(
    r"(?P<a>\d{4}|\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{4}|\d{1,2})"
    rf"(?:,?\s+|T){CLOCK}{HALF}",
    re.IGNORECASE | re.ASCII,
)
WITH_MONTH_NAME = re.compile(
    rf"(?P<month>[a-z]{{3}})[a-z]*\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}),?\s+{CLOCK}{HALF}",
    re.IGNORECASE | re.ASCII,
)
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "mei": 5, "jun": 6, "jul": 7, "aug": 8,
    "agu": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "des": 12,
}  # fmt: skip


def read_moments(written):
    """{what is written: the moment without time zone, or None} for all times of one report.

    Zoom writes 06/10/2020 for 10 June, Indonesian Excel for 6 October; so the order of day and
    month is read off the other lines of the report, and only where they do not tell either, off
    the clock: with AM and PM the month comes first, with 24 hours the day.
    """
    parts = {text: _parts(text) for text in set(written)}
    numbers = [found for found in parts.values() if found and "a" in found]
    day_first = {
        has_half: _day_comes_first(
            [found for found in numbers if bool(found["half"]) == has_half], otherwise=not has_half
        )
        for has_half in (True, False)
    }
    return {text: found and _moment(found, day_first) for text, found in parts.items()}


def _parts(text):
    # Newer reports part time and AM by a narrow blank.
    text = " ".join(str(text).split())
    found = IN_NUMBERS.fullmatch(text) or WITH_MONTH_NAME.fullmatch(text)
    return found and found.groupdict()


def _day_comes_first(numbers, *, otherwise):
    dates = [(int(found["a"]), int(found["b"])) for found in numbers if len(found["a"]) <= 2]
    if any(a > 12 for a, _ in dates):
        return True
    if any(b > 12 for _, b in dates):
        return False
    return otherwise


def _moment(found, day_first):
    if "month" in found:
        year, month, day = found["year"], MONTHS.get(found["month"].lower(), 0), found["day"]
    elif len(found["a"]) == 4:
        year, month, day = found["a"], found["b"], found["c"]
    else:
        month, day = found["a"], found["b"]
        if day_first[bool(found["half"])]:
            month, day = day, month
        year = found["c"] if len(found["c"]) == 4 else f"20{found['c']:0>2}"
    hour = int(found["hour"])
    if found["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    try:
        return datetime(  # noqa: DTZ001 - the caller knows whose clock it is
            int(year), int(month), int(day), hour, int(found["minute"]), int(found["second"] or 0)
        )
    except ValueError:
        return None
