"""Who somebody in a Zoom report may be, where neither address nor name tells: guesses."""

import re
from typing import NamedTuple

from training.person_names import name_keys, same_person_key

# Below this two names have hardly more in common than any two Indonesian names.
LEAST = 0.3


class Guess(NamedTuple):
    person: object
    likeness: float


class People:
    """Those it may be: ``names`` is {key of a person: name}. Made once for a whole report."""

    def __init__(self, names):
        self.known = [(person, trigrams(same_person_key(name))) for person, name in names.items()]

    def likeliest(self, *, name, email="", limit=8):
        """The best guesses, best first; none for a telephone or an office."""
        asked = [trigrams(key) for key in {*name_keys(name), _name_in(email)} if key]
        guesses = [
            Guess(person, max((likeness(own, other) for own in asked), default=0))
            for person, other in self.known
        ]
        # Equally likely ones stay in the order in which they were given.
        guesses.sort(key=lambda guess: -guess.likeness)
        return [guess for guess in guesses if guess.likeness >= LEAST][:limit]


def trigrams(text):
    """Three letters each of every word with its edges: “  b”, “ bu”, “bud”, “udi”, “di ”."""
    return {
        padded[start : start + 3]
        for word in text.split()
        for padded in [f"  {word} "]
        for start in range(len(padded) - 2)
    }


def likeness(one, other):
    """How much two sets of trigrams share: 1 for the same, 0 for nothing."""
    if not one or not other:
        return 0
    return 2 * len(one & other) / (len(one) + len(other))


def _name_in(email):
    """“budi santoso” of budi.santoso77@contoh.id."""
    return " ".join(re.findall(r"[a-z]+", email.partition("@")[0].lower()))
