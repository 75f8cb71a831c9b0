"""Indicators of programs with figures, as tests of the public pages need them."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from programs.enums import Counting
from programs.models import Indicator, LiveFigure
from tests.factories.esmart import ProgramFactory


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    slug = factory.Sequence(lambda n: f"indikator-{n}")
    program = factory.SubFactory(ProgramFactory)
    name = factory.Sequence(lambda n: f"Indikator {n}")
    unit = "IKM"
    definition = "IKM yang ikut, dihitung sekali"
    counting = Counting.CUMULATIVE


def counted(indicator, months, *, province=None):
    """``indicator`` with live figures: {"2026-01": what that month added}, of a province or all."""
    LiveFigure.objects.bulk_create(
        LiveFigure(
            indicator=indicator,
            month=datetime.date.fromisoformat(f"{month}-01"),
            region=province,
            value=value,
        )
        for month, value in months.items()
    )
    indicator.counted_at = timezone.now()
    indicator.save(update_fields=["counted_at"])
    return indicator
