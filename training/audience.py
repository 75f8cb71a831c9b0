"""Whether somebody belongs to those an event is meant for, by the answers of a registration."""

from training.eligibility import Person, Terms, failures, judge


def terms_of(event):
    """Whom ``event`` is for. From ``with_area()`` it asks nothing more of the database."""
    if hasattr(event, "area"):
        regions = dict(sorted((event.area or {}).items()))
    else:
        regions = {region.code: region.name for region in event.regions.all()}
    return Terms(
        kinds=frozenset(event.audience_kinds),
        regions=frozenset(regions),
        region_names=regions,
        commodities=frozenset(event.commodities),
    )


def reasons_against(terms, details, *, commodity=""):
    """The verdicts that stand against this person, each with what to do; none: welcome.

    ``terms`` are the event's; ``details`` are the answers of a registration, and the region that
    counts is the one given there.
    """
    region = details.get("region")
    person = Person(
        kind=details["kind"],
        region=region.code if region else "",
        region_name=region.name if region else "",
        commodity=commodity,
    )
    return failures(judge(person, terms))
