"""What a draft comes to so far, before anybody has judged it."""

from django.db.models import Sum

from programs.enums import Scale
from programs.scale import scale_of
from subsidies.amounts import Limits, PricedMachine, calculate
from subsidies.enums import GRANTED, Origin
from subsidies.models import Application


def estimate_of(application, machines):
    """The reimbursement of those of ``machines`` that have a price; None while none has."""
    priced = [machine for machine in machines if machine.claimed]
    if not priced:
        return None
    already = Application.objects.filter(
        organization=application.organization_id,
        status__in=GRANTED,
        budget_line__fiscal_year=application.budget_line.fiscal_year,
    ).aggregate(total=Sum("reimbursed"))["total"]
    return calculate(
        [PricedMachine(machine.name, machine.origin, machine.claimed) for machine in priced],
        limits_of(application),
        already_granted=already or 0,
    )


def limits_of(application):
    """The rates for this business; while its scale is unknown, as for the smallest."""
    scale = Scale.SMALL
    if application.workers is not None and application.investment is not None:
        scale = scale_of(workers=application.workers, investment=application.investment)
    percents = {
        rate.origin: rate.percent for rate in application.scheme.rates.all() if rate.scale == scale
    }
    return Limits(
        domestic_percent=percents.get(Origin.DOMESTIC, 0),
        import_percent=percents.get(Origin.IMPORT, 0),
        floor=application.scheme.floor,
        ceiling=application.scheme.ceiling,
    )
