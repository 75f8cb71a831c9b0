"""What the tests of the minister's page have in common: indicators with their months."""

import datetime

from django.utils import timezone

from programs.enums import Counting
from programs.models import Indicator, LiveFigure, Target
from tests.factories.esmart import ProgramFactory

TODAY = datetime.date(2026, 7, 2)  # half of the year is over
JANUARY = datetime.date(2026, 1, 1)


def indicator(slug="lm-smk", *, counting=Counting.YEARLY, is_counted=True, **details):
    """An indicator that ``programs.measures`` knows, if its slug is one of theirs."""
    return Indicator.objects.create(
        **{
            "slug": slug,
            "program": ProgramFactory(),
            "name": f"Indikator {slug}",
            "unit": "SMK",
            "definition": "SMK yang pernah menandatangani PKS.",
            "counting": counting,
            "counted_at": timezone.now() if is_counted else None,
        }
        | details
    )


def live(one, *values, region=None):
    """``values`` are (year, month, what that month added)."""
    LiveFigure.objects.bulk_create(
        LiveFigure(
            indicator=one, month=datetime.date(year, month, 1), region_id=region, value=value
        )
        for year, month, value in values
    )


def target(one, value, *, year=2026, **details):
    return Target.objects.create(
        **{"indicator": one, "year": year, "value": value, "source": "Renstra"} | details
    )
