"""How an officer's words find records. Each app offers what it has, ``config.search`` shows it.

Every record is looked for in small steps that one index answers each: its numbers, the beginning of
its name, all words in any order, words that are nearly so (``pg_trgm``). The steps stop as soon as
``MOST`` are found, so that a common word costs no more than a rare one; these few are then put in
order: what fits exactly, what begins so, what holds all words, what is only alike. Measured at a
million people and organizations (``tests/bench/search.py``).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import SearchQuery, SearchVectorExact, TrigramSimilarity
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.functions import Upper

from programs.identifiers import SEPARATORS, normalize_phone

# So many of a kind are looked at; beyond it is “more than”.
MOST = 200
# So many are enough to see that a word is common; where it is not, its index is quick.
NEWEST = 20_000
# Of what was typed or pasted, more says nothing more.
MOST_LETTERS, MOST_WORDS = 100, 6
# Three letters in a row: fewer, and the index of letter groups cannot help.
LETTERS = re.compile(r"[^\W_]{3,}")
EDGES = re.compile(r"^[\W_]+|[\W_]+$")
# Shorter words are like too many others.
SHORTEST_MISSPELLED = 4
# “Rahmsh” shares half of its letter groups with “Rahmah”.
ALIKE = 0.5
# PostgreSQL's own dictionary of Indonesian stems.
LANGUAGE = "indonesian"
EXACT, BEGINS, HOLDS, SIMILAR = range(4)


@dataclass(frozen=True)
class Hit:
    """One record that was found, as the officer reads it, and where it is opened."""

    title: str
    about: str
    url: str
    badge: str = ""
    badge_kind: str = "plain"


@dataclass(frozen=True)
class Found:
    """The best of what was found of one kind. From ``MOST`` on, ``count`` means “or more”."""

    hits: list[Hit]
    count: int
    is_alike: bool = False

    @property
    def is_more(self):
        return self.count >= MOST


@dataclass(frozen=True)
class Searchable:
    """A kind of record that can be searched for. Who may see its list in the admin, may search.

    ``find(user, words, limit)`` returns what of it this officer may see.
    """

    model: type[models.Model]
    label: str
    icon: str
    find: Callable[..., Found]


class Words:
    """What somebody typed into the search box, read as words and as the numbers it may be."""

    def __init__(self, typed):
        self.typed = " ".join(typed[: 2 * MOST_LETTERS].replace("\0", " ").split())[:MOST_LETTERS]
        stripped = (EDGES.sub("", word) for word in self.typed.split())
        written = [word for word in stripped if word][:MOST_WORDS]
        self.phrase = " ".join(written)
        self.words = list(dict.fromkeys(word.lower() for word in written))
        self.newest = {}
        self._kept = {}

    def __bool__(self):
        """Whether it is enough to look for."""
        return bool(LETTERS.search(self.typed) or self.number or self.phone)

    @cached_property
    def compact(self):
        """Without dots, dashes and blanks, in capitals: ``01.312.166.0-091.000`` is one number."""
        return SEPARATORS.sub("", self.typed).upper()

    @cached_property
    def number(self):
        """The digits, when nothing but a number was typed; else nothing."""
        return self.compact if re.fullmatch(r"[0-9]{6,18}", self.compact) else ""

    @property
    def are_a_name(self):
        """Neither a bare number nor an address: those are found as what they are."""
        return bool(LETTERS.search(self.phrase)) and not self.number and not self.email

    @cached_property
    def email(self):
        return self.typed.lower() if "@" in self.typed and " " not in self.typed else ""

    @cached_property
    def phone(self):
        """As E.164, however it was typed: ``0812…``, ``62 812…``, ``(+62) 812-…``."""
        if not re.fullmatch(r"\+?[0-9]{8,15}", re.sub(r"[()]", "", self.compact)):
            return ""
        try:
            return normalize_phone(self.typed)
        except ValidationError:
            return ""

    def once(self, name, look_up):
        """What ``look_up()`` returns, asked once for all kinds of records that need it."""
        if name not in self._kept:
            self._kept[name] = look_up()
        return self._kept[name]


def prepare(words, models):
    """Tell the database, until the end of the transaction, how these searches are to be answered.

    A sequential scan stops early only if the words are as common as was guessed; when they are not
    (two first names that nobody bears together) it reads a million rows. The index never does. The
    same question brings the newest keys of ``models``, see ``ranked``.
    """
    quote = connection.ops.quote_name
    newest = [
        f"(SELECT max({quote(model._meta.pk.column)}) FROM {quote(model._meta.db_table)})"  # noqa: S608 - our tables
        for model in models
    ]
    settings = [
        "set_config('enable_seqscan', 'off', true)",
        "set_config('pg_trgm.word_similarity_threshold', %s, true)",
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(settings + newest)}", [str(ALIKE)])
        _, _, *keys = cursor.fetchone()
    words.newest = dict(zip(models, keys, strict=True))


def exactly(*conditions):
    """The steps by which a record is found through its numbers and addresses."""
    return [(EXACT, condition) for condition in conditions]


def whole_name(words, name="name"):
    """The step to whoever is called just so. For names with a B-tree over ``Upper``: a GIN index
    would look at all that are called so and otherwise too."""
    if not words.are_a_name:
        return []
    return exactly(Q(**{f"{name}__iexact": words.phrase}))


def named(words, name="name"):
    """The steps by which a name is found; ``name`` leads to it and has a GIN index."""
    if not words.are_a_name:
        return []
    holds_all = Q(*(Q(**{f"{name}__icontains": word}) for word in words.words))
    steps = [
        (BEGINS, Q(**{f"{name}__istartswith": words.phrase})),
        (HOLDS, holds_all),
    ]
    long = [word for word in words.words if len(word) >= SHORTEST_MISSPELLED]
    if long:
        alike = (TrigramWordSimilar(Upper(F(name)), Value(word.upper())) for word in long)
        steps.append((SIMILAR, Q(*alike)))
    return steps


def telling(words, text):
    """The step by which a text is found that tells of it: “pelatihan” finds “melatih”.

    ``text`` is the ``SearchVector`` that its model has an index over.
    """
    if not words.are_a_name:
        return []
    return [(HOLDS, Q(SearchVectorExact(text, SearchQuery(words.phrase, config=LANGUAGE))))]


def ranked(rows, words, steps, name="name"):
    """Those of ``rows`` that one of ``steps`` finds, at most ``MOST``, the best fitting first.

    Each step is asked by itself, because an “or” between them would leave no index to use. ``rows``
    carry the limits of what the officer may see, so that whoever sees few rows finds those.

    Of words that stand in every other name the index holds a list as long as the register. They are
    looked for among the newest rows first, where they fill the ``MOST`` at once.
    """
    newest = words.newest.get(rows.model) or 0
    parts = []
    for fit, step in steps:
        if fit == HOLDS and newest > NEWEST:
            parts.append(rows.filter(step, pk__gt=newest - NEWEST))
        parts.append(rows.filter(step))
    parts = [part.order_by().values("pk")[:MOST] for part in parts]
    keys = parts[0].union(*parts[1:], all=True)[:MOST] if parts[1:] else parts[0]
    fits = [When(step, then=Value(fit)) for fit, step in steps if fit != SIMILAR]
    return (
        rows.filter(pk__in=keys)
        .annotate(fit=Case(*fits, default=Value(SIMILAR)))
        .order_by("fit", TrigramSimilarity(name, words.phrase).desc(), name, "pk")
    )


def look_up(rows, words, steps, *, hit, limit, name="name"):
    """The ``limit`` best of what ``ranked`` finds, each as ``hit(row)`` says it."""
    if not steps:
        return Found([], 0)
    rows = ranked(rows, words, steps, name)
    counted = rows.annotate(
        total=Window(Count("*")), near=Window(Count("pk", filter=Q(fit__lt=SIMILAR)))
    )
    found = list(counted[:limit])
    if not found:
        return Found([], 0)
    # What is merely alike is of use only where nothing is written so.
    is_alike = found[0].fit == SIMILAR
    shown = [row for row in found if is_alike or row.fit < SIMILAR]
    return Found(
        [hit(row) for row in shown], found[0].total if is_alike else found[0].near, is_alike
    )
