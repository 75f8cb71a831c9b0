"""What link and match is, for everybody: how to take part, and what has come of it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships import figures
from partnerships.enums import Dimension
from partnerships.models import LaunchPhase


@require_safe
@login_not_required
def about(request):
    total, found = figures.stored(Dimension.PHASE)
    official = figures.Official()
    counted = {row.key: row for row in found[Dimension.PHASE]}
    return render(
        request,
        "partnerships/about.html",
        {
            "total": total,
            "headline": [
                (
                    one,
                    getattr(total, one.name, 0),
                    getattr(total, f"live_{one.name}", 0),
                    [(line, line.values[one.measure]) for line in official.newest(one.measure)],
                )
                for one in figures.SIGNED_DEFINITIONS
            ],
            "measures": figures.SIGNED_DEFINITIONS,
            "official_rows": figures.official_rows(official),
            "live": figures.live(total),
            "disputed": list(official.disputed_days),
            "phases": [
                (phase, _cells(counted.get(f"{phase.number:02d}"), official, phase))
                for phase in LaunchPhase.objects.order_by("number")
            ],
            "wanted_schools": figures.WANTED_SCHOOLS,
        },
    )


def _cells(row, official, phase):
    """(heading, counted by us, said on the day) for SMK, companies and agreements."""
    said = official.of_phase.get(f"{phase.number:02d}", {})
    return [
        (one.heading, getattr(row, one.name, 0), figures.in_words(said.get(one.measure, [])))
        for one in figures.SIGNED_DEFINITIONS
    ]
