"""Small, medium or large industry, by Permenperin 64/2016 (``domain.md`` §A4 and §E)."""

from programs.enums import Scale

SCALE_RULE = "Permenperin 64/2016"
SMALL_BELOW = 1_000_000_000
MEDIUM_UP_TO = 15_000_000_000
FEW_WORKERS = 19


def scale_of(*, workers, investment):
    """The scale of a business with ``workers`` people and ``investment`` rupiah.

    Investment counts without land and buildings. Up to 19 workers no upper limit of investment is
    in the text, so such a business is medium however much it invested.
    """
    if workers <= FEW_WORKERS:
        return Scale.SMALL if investment < SMALL_BELOW else Scale.MEDIUM
    return Scale.MEDIUM if investment <= MEDIUM_UP_TO else Scale.LARGE
