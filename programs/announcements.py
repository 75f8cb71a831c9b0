"""What was announced of an indicator, also where another app keeps it in more detail.

Most stands in ``OfficialFigure``. An app whose announcements need more than that (those of link and
match belong to a launch phase) offers them here when it is loaded, and readers need not know it.
"""

from programs.models import OfficialFigure

_offered = []


def offer(slugs, said):
    """For the indicators of these codes also ``said(until)`` tells what was announced.

    It gives pairs (code, figure) of the whole country until a day, in one question; a figure has
    ``as_of``, ``value``, ``source`` and ``note``.
    """
    _offered.append((frozenset(slugs), said))


def announced(indicators, *, region, until):
    """{key of the indicator: its figures, the newest first}, of a province or the whole country."""
    keys = {one.slug: one.pk for one in indicators}
    rows = OfficialFigure.objects.filter(
        indicator__in=keys.values(), region=region, as_of__lte=until
    )
    found = {}
    for one in rows:
        found.setdefault(one.indicator_id, []).append(one)
    for slugs, said in _offered:
        if region is None and not slugs.isdisjoint(keys):
            for slug, one in said(until):
                if slug in keys:
                    found.setdefault(keys[slug], []).append(one)
    for figures in found.values():
        figures.sort(key=lambda one: (-one.as_of.toordinal(), -one.value, one.source))
    return found
