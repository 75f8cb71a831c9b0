"""The boundary cases of domain.md §E."""

import pytest

from programs.enums import Scale
from programs.scale import scale_of


@pytest.mark.parametrize(
    ("workers", "investment", "scale"),
    [
        (19, 999_999_999, Scale.SMALL),
        (19, 1_000_000_000, Scale.MEDIUM),
        (20, 15_000_000_000, Scale.MEDIUM),
        (20, 15_000_000_001, Scale.LARGE),
        (20, 500_000_000, Scale.MEDIUM),
        (100, 10_000_000_000, Scale.MEDIUM),
        (0, 0, Scale.SMALL),
        (19, 90_000_000_000, Scale.MEDIUM),
    ],
)
def test_workers_and_investment_give_the_scale(workers, investment, scale):
    assert scale_of(workers=workers, investment=investment) == scale
