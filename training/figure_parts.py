"""What was reached at events, in parts that can be added up: counted from the rows themselves.

A part keeps sums as numbers, and what must not be counted twice (people, kabupaten/kota, offices)
as sets, so that the figures of any events together are exact.
"""

from collections import defaultdict
from dataclasses import dataclass, field, fields

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Sum,
)
from django.db.models.functions import Cast, Coalesce, Lower, Trim

from training.enums import (
    ATTENDED,
    HOLDING_A_PLACE,
    PASSED,
    AudienceKind,
    RegistrationStatus,
    TestOccasion,
)
from training.models import Attendance, EvaluationScore, Registration

# The key of the part whose people gave no region.
NOWHERE = ""


@dataclass
class Part:
    """Of one event, of one province at an event, or of several of these together."""

    participants: int = 0
    attended: int = 0
    jp: int = 0
    certificates: int = 0
    gained: int = 0
    both_tests: int = 0
    marks: int = 0
    marked: int = 0
    people: set = field(default_factory=set)
    areas: set = field(default_factory=set)
    companies: set = field(default_factory=set)

    def add(self, other):
        for name in NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in SETS:
            getattr(self, name).update(getattr(other, name))

    def as_json(self):
        return {name: getattr(self, name) for name in NUMBERS} | {
            name: sorted(getattr(self, name)) for name in SETS
        }

    @classmethod
    def from_json(cls, stored):
        return cls(
            **{name: stored[name] for name in NUMBERS},
            **{name: set(stored[name]) for name in SETS},
        )


NUMBERS = [one.name for one in fields(Part) if one.type is int]
SETS = [one.name for one in fields(Part) if one.type is set]

# Two names of one office that differ in capitals and blanks are one.
OFFICE = Coalesce(
    Cast("organization", CharField()), Lower(Trim("institution")), output_field=CharField()
)
HOLDS = Q(status__in=HOLDING_A_PLACE)
COUNTS = {
    "participants": Count("pk", filter=HOLDS),
    "attended": Count("pk", filter=HOLDS & Q(came=True)),
    "jp": Sum("attended_jp", default=0, filter=Q(status__in=PASSED)),
    "certificates": Count("pk", filter=Q(status=RegistrationStatus.CERTIFIED)),
    "gained": Sum(F("after__score") - F("before__score"), default=0, filter=HOLDS),
    "both_tests": Count("pk", filter=HOLDS & Q(before__isnull=False, after__isnull=False)),
    # Marks count whoever gave them, as on the event's own page.
    "marks": Sum("sum_of_marks", default=0),
    "marked": Sum("number_of_marks", default=0),
    "people": ArrayAgg("user", distinct=True, default=[], filter=HOLDS),
    "areas": ArrayAgg(
        "region", distinct=True, default=[], filter=HOLDS & Q(region__province__isnull=False)
    ),
    "companies": ArrayAgg(
        "office",
        distinct=True,
        default=[],
        filter=HOLDS & Q(kind=AudienceKind.COMPANY, office__isnull=False),
    ),
}


def count(events):
    """{event: {province: part}} of ``events`` (keys), in one query; nothing stored is read."""
    found = defaultdict(dict)
    province = Coalesce("region__province", "region")
    for row in _people_at(events).values("event", province=province).annotate(**COUNTS):
        found[row["event"]][row["province"] or NOWHERE] = Part.from_json(row)
    return found


def together(parts):
    whole = Part()
    for part in parts:
        whole.add(part)
    return whole


def _people_at(events):
    present = Attendance.objects.filter(registration=OuterRef("pk"), is_present=True)
    marks = EvaluationScore.objects.filter(evaluation__registration=OuterRef("pk")).values(
        "evaluation__registration"
    )
    return (
        Registration.objects.filter(event__in=events)
        .annotate(
            office=OFFICE,
            came=Exists(present) | Q(status__in=ATTENDED),
            sum_of_marks=Subquery(marks.annotate(found=Sum("score")).values("found")),
            number_of_marks=Subquery(marks.annotate(found=Count("pk")).values("found")),
            before=FilteredRelation(
                "test_attempts", condition=Q(test_attempts__occasion=TestOccasion.PRE)
            ),
            after=FilteredRelation(
                "test_attempts", condition=Q(test_attempts__occasion=TestOccasion.POST)
            ),
        )
        .order_by()
    )
