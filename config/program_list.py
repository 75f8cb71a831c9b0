"""All programs of the ministry, and those for one kind of people. Open to all."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.headlines import Headline, has_something, headline_of
from config.joining import Way, ways_into
from programs.achievement import standings
from programs.enums import Audience
from programs.models import Indicator, Program

# As the address of the list says it, in the order of the doors on the home page.
AUDIENCES = {
    "ikm": Audience.IKM,
    "aparatur": Audience.APPARATUS,
    "smk": Audience.SCHOOL,
    "perusahaan": Audience.COMPANY,
    "pencari-kerja": Audience.WORKER,
}


@dataclass
class Listed:
    program: Program
    headline: Headline | None
    way: Way | None


@require_safe
@login_not_required
def program_list(request):
    """The programs, those for ``untuk`` alone if that is one of our audiences; else all."""
    asked = request.GET.get("untuk", "")
    audience = AUDIENCES.get(asked)
    programs = list(Program.objects.select_related("unit").order_by("-is_active", "name"))
    shown = [one for one in programs if audience is None or audience in one.audiences]
    # What one can join here comes first: it is what people came for.
    shown.sort(key=lambda one: (not one.is_active, not ways_into(one)))
    headlines = _headlines()
    return render(
        request,
        "public/program_list.html",
        {
            "listed": [
                Listed(one, headlines.get(one.pk), next(iter(ways_into(one)), None))
                for one in shown
            ],
            "audience": audience,
            "is_unknown": bool(asked) and audience is None,
            "chips": [
                (word, kind.label, sum(kind in one.audiences for one in programs), kind == audience)
                for word, kind in AUDIENCES.items()
            ],
            "total": len(programs),
        },
    )


def _headlines():
    """{program: its first indicator as a tile}."""
    firsts = Indicator.objects.order_by("program_id", "position", "name").distinct("program_id")
    first = Indicator.objects.filter(pk__in=firsts.values("pk"))
    return {
        standing.indicator.program_id: headline_of(standing)
        for standing in standings(first, today=timezone.localdate())
        if has_something(standing)
    }
