"""The minister's page: all programs on one screen, and an indicator with what it is made of."""

from datetime import timedelta
from functools import wraps

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from config.minister import asked as reading
from config.minister.board import MEANINGS, Line, board
from programs.achievement import by_province, first_told, in_unit, standings
from programs.desk import desk
from programs.enums import Counting
from programs.measures import measure_of
from programs.models import Indicator
from programs.months import month_after
from programs.tile_map import places

SEE = "programs.view_livefigure"

CHART_MONTHS = 36
TABLE_MONTHS = 12


def needed(permission):
    """What an officer lacks; whom to ask for it, the page of the refusal says itself."""
    app, _, codename = permission.partition(".")
    model = apps.get_model(app, codename.partition("_")[2])
    return f"Halaman ini memerlukan hak melihat {model._meta.verbose_name} ({permission})."


def for_officers(view):
    """Open to who may see the live figures of all programs."""

    @wraps(view)
    def allowed(request, *args, **kwargs):
        if not request.user.has_perm(SEE):
            raise PermissionDenied(needed(SEE))
        return view(request, *args, **kwargs)

    return allowed


def standing_of(slug, asked):
    """The indicator with this code as ``asked``; 404 if there is none."""
    found = standings(
        Indicator.objects.filter(slug=slug),
        today=asked.day,
        region=asked.region,
        is_over=asked.is_over,
    )
    if not found:
        raise Http404(f"No indicator {slug}.")
    return found[0]


@require_safe
@for_officers
def overview(request):
    asked = reading.read(request.GET)
    page = {
        "title": "Program dan sasaran",
        "asked": asked,
        "board": board(asked),
        "meanings": MEANINGS,
        "may_set_targets": request.user.has_perm("programs.add_target"),
    }
    return TemplateResponse(request, "minister/overview.html", desk(request, admin.site, **page))


@require_safe
@for_officers
def indicator(request, slug):
    asked = reading.read(request.GET)
    standing = standing_of(slug, asked)
    one = standing.indicator
    is_counted = standing.value is not None
    page = {
        "title": one.name,
        "asked": asked,
        "line": Line(standing),
        "may_open_rows": measure_of(one) is not None,
        "may_freeze": is_counted and request.user.has_perm("programs.add_publishedfigure"),
        "may_set_targets": request.user.has_perm("programs.add_target"),
        "targets": [
            (target, in_unit(one, target.value))
            for target in one.targets.select_related("region").order_by("-year", "region", "pk")
        ],
        "official": [(said, in_unit(one, said.value)) for said in standing.official],
        "frozen": [
            (figure, in_unit(one, figure.value))
            for figure in one.published_figures.select_related("region", "published_by")
        ],
        **(_by_month(standing) if is_counted else {}),
        **(_by_province(standing, asked) if is_counted else {}),
    }
    return TemplateResponse(request, "minister/indicator.html", desk(request, admin.site, **page))


def _by_month(standing):
    """The chart of the last years, and a table of the last months that leads to their rows."""
    one, series = standing.indicator, standing.series
    told = series.told(last=standing.month, most=CHART_MONTHS)
    return {
        "months": [(month, figure, in_unit(one, figure)) for month, figure in told],
        "month_rows": [
            (month, last_day(month), in_unit(one, series.added_in(month)), in_unit(one, figure))
            for month, figure in reversed(told[-TABLE_MONTHS:])
        ],
    }


def _by_province(standing, asked):
    one = standing.indicator
    amounts = by_province(one, month=standing.month)
    highest_first = sorted(places(), key=lambda place: (-amounts.get(place.code, 0), place.name))
    first, last = usual_period(standing)
    return {
        "amounts": amounts,
        "province_rows": [
            (place, in_unit(one, amounts[place.code]))
            for place in highest_first
            if place.code in amounts
        ],
        "first": first,
        "last": last,
    }


def usual_period(standing):
    """The days whose rows make the figure of ``standing``, in whole months."""
    month, counting = standing.month, standing.indicator.counting
    if counting == Counting.CUMULATIVE:
        first = min([*standing.series.months[:1], month])
    else:
        first = first_told(counting, month)
    return first, last_day(month)


def last_day(month):
    return month_after(month) - timedelta(days=1)
