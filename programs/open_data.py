"""Tables that the ministry gives to everybody, offered by whichever app has the rows.

Whoever shows them needs not know the app. A table is read in pieces, each beginning behind the last
key of the one before: memory stays bounded, no cursor stays open in the database while somebody's
slow line takes a million rows, and nobody gets a row twice because others write meanwhile. Nothing
of a person is in any of them, and what a column means stands beside it.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.cache import cache
from django.db import connection
from django.db.models import Q
from django.utils import timezone

TEXT, NUMBER, RUPIAH, DAY, MONTH = "teks", "bilangan", "rupiah", "tanggal", "bulan"
AT_ONCE = 5000
# For so long a table is taken to be as it was: many ask in the same minute, and one looks.
SECONDS_TRUSTED = 60
SECONDS_REMEMBERED = 90 * 24 * 60 * 60
BETWEEN = "~"
# What a place in a table may be made of, by the type of the key.
READERS = {
    int: (re.compile(r"[0-9]{1,18}", re.ASCII), int),
    str: (re.compile(r"[A-Za-z0-9._-]{0,60}", re.ASCII), str),
    date: (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII), date.fromisoformat),
}

_offered = {}


class NoSuchPlace(ValueError):
    """Where to go on in a table was not said as we say it."""


@dataclass(frozen=True)
class Column:
    """``path`` leads to the value in the rows; ``read`` makes of it what people read."""

    name: str
    meaning: str
    path: str = ""
    kind: str = TEXT
    read: Callable | None = None


@dataclass(frozen=True)
class State:
    """How a table stands: ``mark`` is another one whenever a row is; when that was first seen."""

    count: int
    mark: str
    changed_at: datetime | None


@dataclass(frozen=True)
class Dataset:
    """``slug`` is in its address for good. ``about`` says exactly what is counted as a row.

    ``rows()`` is a queryset, ``key`` {field: type} orders it and is unique. ``state()`` tells how
    it stands where stored figures know it; without it the database compares all rows.
    """

    slug: str
    title: str
    about: str
    period: str
    columns: tuple
    rows: Callable
    key: dict
    unit: str = "baris"
    publisher: str = ""
    state: Callable | None = None

    @property
    def headings(self):
        return [column.name for column in self.columns]


def offer(*datasets):
    """Give these tables to everybody. Called once, when the app is loaded."""
    for dataset in datasets:
        if dataset.slug in _offered:
            raise ValueError(f"Two tables with the address {dataset.slug}.")
        _offered[dataset.slug] = dataset


def offered():
    """{slug: dataset} of the tables of all apps, in the order in which they were offered."""
    return dict(_offered)


# --- Reading in pieces --------------------------------------------------------------------------


def all_rows(dataset):
    """Every row as a list of values, whatever their number."""
    place = None
    while True:
        rows, place = page(dataset, behind=place, size=AT_ONCE)
        yield from rows
        if place is None:
            return


def page(dataset, *, size, behind=None):
    """(rows, place to go on, or None at the end); ``behind`` is such a place. One question."""
    paths = _paths(dataset)
    rows = dataset.rows().order_by(*dataset.key)
    if behind is not None:
        rows = rows.filter(_behind(dataset.key, behind))
    found = list(rows.values_list(*paths)[: size + 1])
    position = {path: number for number, path in enumerate(paths)}
    readers = [(position[one.path or one.name], one.read) for one in dataset.columns]
    told = [[read(raw[at]) if read else raw[at] for at, read in readers] for raw in found[:size]]
    if len(found) <= size:
        return told, None
    return told, tuple(found[size - 1][position[name]] for name in dataset.key)


def place_in_words(place):
    """A place as it stands in an address."""
    return BETWEEN.join(one.isoformat() if isinstance(one, date) else str(one) for one in place)


def read_place(dataset, words):
    """The place that ``words`` tell, of any reader's making. Raises ``NoSuchPlace``."""
    parts = words.split(BETWEEN)
    if len(parts) != len(dataset.key):
        raise NoSuchPlace
    place = []
    for part, kind in zip(parts, dataset.key.values(), strict=True):
        allowed, read = READERS[kind]
        if not allowed.fullmatch(part):
            raise NoSuchPlace
        try:
            place.append(read(part))
        except ValueError:
            raise NoSuchPlace from None
    return tuple(place)


def _paths(dataset):
    return list(dict.fromkeys([*(one.path or one.name for one in dataset.columns), *dataset.key]))


def _behind(key, place):
    """(a, b) > (x, y), so that the index of the key is used: a ≥ x, and a > x or b > y."""
    condition = None
    for name, value in reversed(list(zip(key, place, strict=True))):
        further = Q(**{f"{name}__gt": value})
        condition = further if condition is None else further | Q(**{name: value}) & condition
    first = next(iter(key))
    return condition if len(key) == 1 else Q(**{f"{first}__gte": place[0]}) & condition


# --- How a table stands -------------------------------------------------------------------------


def state_of(dataset):
    """How the table stands, at most a minute ago."""
    if dataset.state is None:
        return compared(dataset.slug, dataset)
    return cache.get_or_set(
        f"open-data.state.{dataset.slug}", dataset.state, timeout=SECONDS_TRUSTED
    )


def compared(slug, *datasets):
    """The state of tables whose rows the database compares, in one question; kept for a minute.

    A change is known by its mark alone, so the moment is that at which it was first seen.
    """
    key = f"open-data.{slug}"
    known = cache.get(key)
    now = timezone.now()
    if known and (now - known[0]).total_seconds() < SECONDS_TRUSTED:
        return known[1]
    state = _compare(datasets)
    is_as_it_was = known is not None and known[1].mark == state.mark
    state = replace(state, changed_at=known[1].changed_at if is_as_it_was else now)
    cache.set(key, (now, state), timeout=SECONDS_REMEMBERED)
    return state


def mark_of(*facts):
    """A short mark that is another one whenever a fact is."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:20]


def _compare(datasets):
    parts, given = [], []
    for dataset in datasets:
        rows = dataset.rows().order_by().values_list(*_paths(dataset))
        sql, parameters = rows.query.sql_with_params()
        parts.append(
            f"SELECT count(*), coalesce(sum(hashtextextended(told::text, 0)), 0) FROM ({sql}) told"  # noqa: S608 - our own querysets
        )
        given += parameters
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), given)
        found = cursor.fetchall()
    headings = [dataset.headings for dataset in datasets]
    return State(sum(count for count, _ in found), mark_of(headings, found), None)


# --- Columns that many tables have --------------------------------------------------------------


def month(moment):
    return f"{moment:%Y-%m}"


def yes_or_no(value):
    return "ya" if value else "tidak"


def words_for(choices):
    """A reader for the words of a closed list."""
    words = dict(choices.choices)
    return lambda value: str(words.get(value, ""))


def place_columns(path):
    """The region of a row, to which ``path`` leads."""
    return (
        Column(
            "kode_wilayah",
            "Kode Kemendagri kabupaten/kota; dua angka pertama adalah kode provinsi.",
            f"{path}__code",
        ),
        Column("wilayah", "Nama kabupaten/kota.", f"{path}__name"),
        Column("provinsi", "Nama provinsi.", f"{path}__province__name"),
    )
