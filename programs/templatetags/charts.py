"""Charts drawn on the server: they print, need no script, and stand beside a table."""

from dataclasses import dataclass

from django import template

register = template.Library()


@dataclass
class Slice:
    label: str
    amount: int
    tone: str
    start: str
    width: str


@register.inclusion_tag("parts/stacked_bar.html")
def stacked_bar(whole, slices, rest="Sisa"):
    """One bar for a sum of money and its parts, with the same as a table.

    ``slices`` are (label, amount, tone); the tones are q4, q3, q2, q1 and bar2 (the one that the
    page is about). What is left of ``whole`` is named ``rest``.
    """
    drawn, used = [], 0
    for label, amount, tone in slices:
        drawn.append(Slice(label, amount, tone, _percent(used, whole), _percent(amount, whole)))
        used += amount
    words = ", ".join(f"{piece.label} {_words(piece.amount, whole)}" for piece in drawn)
    return {
        "slices": drawn,
        "rest": rest,
        "left": whole - used,
        "words": f"{words}, {rest} {_words(whole - used, whole)}",
    }


def _percent(amount, whole):
    """For SVG: a point, never the comma of our language."""
    return f"{100 * amount / whole:.2f}%" if whole else "0%"


def _words(amount, whole):
    return f"{100 * amount / whole:.1f} persen".replace(".", ",") if whole else "0 persen"
