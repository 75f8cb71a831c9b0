"""Freezing a live figure for an occasion, so that what was said that day can be found again."""

from django.db import transaction
from django.utils.dateformat import format as format_date

from programs.achievement import in_unit, standings
from programs.enums import Counting
from programs.models import Indicator, PublishedFigure
from programs.transitions import TransitionNotAllowed


@transaction.atomic
def freeze(indicator, *, region, seen, occasion, by, today, is_over=False):
    """Keep the stored figure of ``indicator`` for ``occasion``, as it was computed and defined.

    ``region`` is the code of a province, None for the country; ``seen`` the value that the officer
    read. ``TransitionNotAllowed`` where nothing is counted, or where it was counted anew meanwhile
    and is another now. ``today`` and ``is_over`` as in ``standings``.
    """
    # Whoever counts this indicator waits until the figure is kept.
    Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)
    same = Indicator.objects.filter(pk=indicator.pk)
    (standing,) = standings(same, today=today, region=region, is_over=is_over)
    indicator = standing.indicator
    if standing.value is None:
        raise TransitionNotAllowed(
            "Angka ini belum dihitung, sehingga belum dapat dibekukan. Angka dihitung setiap malam."
        )
    if standing.value != seen:
        raise TransitionNotAllowed(
            f"Angka ini baru saja dihitung lagi: sekarang {in_unit(indicator, standing.value)}, "
            f"tadi {in_unit(indicator, seen)}. Periksa dahulu, lalu bekukan sekali lagi."
        )
    figure = PublishedFigure(
        indicator=indicator,
        region_id=region,
        value=standing.value,
        period=period_of(standing, today=today, is_over=is_over),
        counted_at=indicator.counted_at,
        definition=indicator.definition,
        occasion=occasion,
        published_by=by,
    )
    figure.full_clean()
    figure.save()
    return figure


def period_of(standing, *, today, is_over):
    """The time that a figure is of: “Januari sampai 28 November 2026”, “sampai Oktober 2026”."""
    month = format_date(standing.month, "F Y")
    if standing.indicator.counting == Counting.MONTHLY:
        return month
    end = month if is_over else format_date(today, "j F Y")
    is_from_january = standing.indicator.counting == Counting.YEARLY
    if is_from_january and is_over and standing.month.month == 1:
        return month
    return f"Januari sampai {end}" if is_from_january else f"sampai {end}"
