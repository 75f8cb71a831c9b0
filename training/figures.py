"""The figures that the ministry reports on its events: for each event, unit, year and province.

Questions to the database and nothing else: four for a table, however many rows stand behind.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Sum,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear, Lower, Trim

from programs.dates import ZONES
from training.enums import (
    ATTENDED,
    HELD,
    HOLDING_A_PLACE,
    PASSED,
    AudienceKind,
    RegistrationStatus,
    TestOccasion,
)
from training.models import Attendance, EvaluationScore, Registration
from training.rates import HUNDREDTH


class Definition(NamedTuple):
    """A figure, how a column of it is headed, and what exactly is counted."""

    name: str
    label: str
    heading: str
    meaning: str


DEFINITIONS = [
    Definition(
        "events", "Kegiatan", "Kegiatan", "yang sudah dimulai; bukan yang ditunda atau dibatalkan"
    ),
    Definition("participants", "Peserta", "Peserta", "pendaftaran yang mendapat tempat"),
    Definition(
        "attended", "Pernah hadir", "Hadir", "peserta yang tercatat hadir paling sedikit satu sesi"
    ),
    Definition(
        "people", "Orang", "Orang", "peserta yang sama dihitung sekali, di berapa kegiatan pun"
    ),
    Definition(
        "areas", "Kabupaten/kota", "Kab/kota", "asal peserta, masing-masing dihitung sekali"
    ),
    Definition(
        "companies",
        "Perusahaan dan asosiasi",
        "Perusahaan",
        "organisasi atau nama instansi yang berbeda dari peserta perusahaan dan asosiasi",
    ),
    Definition(
        "jp", "JP diberikan", "JP", "JP yang diikuti peserta yang memenuhi syarat, dijumlahkan"
    ),
    Definition("certificates", "Sertifikat", "Sertifikat", "yang terbit dan masih berlaku"),
    Definition(
        "satisfaction", "Kepuasan", "Kepuasan", "rata-rata semua nilai 1–5 di lembar evaluasi"
    ),
    Definition(
        "gain",
        "Kenaikan nilai",
        "Kenaikan",
        "rata-rata selisih tes akhir dan tes awal, dari yang mengerjakan keduanya",
    ),
    Definition(
        "views", "Ditonton", "Ditonton", "kali siaran langsung ditonton, menurut catatan panitia"
    ),
]


class Figures(NamedTuple):
    """What was reached. A mean of no answers is None, and so is what a group cannot have."""

    events: int
    participants: int
    attended: int
    people: int
    areas: int
    companies: int
    jp: int
    certificates: int
    satisfaction: Decimal | None
    gain: Decimal | None
    views: int | None


class Line(NamedTuple):
    """The figures of one group: an event, a unit, a year, a province."""

    key: object
    label: str
    about: str
    figures: Figures


class Table(NamedTuple):
    lines: list
    total: Figures


class HeldEvent(NamedTuple):
    """An event that takes place or took place: of these alone figures are told."""

    pk: int
    title: str
    unit: int
    unit_name: str
    kind: str
    year: int
    views: int


def held(events):
    """The latest first, in one query; ``events`` is a queryset."""
    rows = events.filter(status__in=HELD).order_by("-starts_at", "-pk")
    year = ExtractYear("starts_at", tzinfo=ZONES["WIB"])
    return [
        HeldEvent(*row)
        for row in rows.values_list("pk", "title", "unit", "unit__name", "kind", year, "views")
    ]


class Grouping(NamedTuple):
    """A way to group. ``key(prefix)`` finds the group of a registration, ``of(event)`` that of an
    event with its name and what stands below it; a province is no group of events.
    """

    name: str
    label: str
    heading: str
    key: object
    of: object = None
    in_order: object = None


GROUPINGS = {
    one.name: one
    for one in [
        Grouping(
            "kegiatan",
            "Per kegiatan",
            "Kegiatan",
            lambda prefix: F(f"{prefix}event"),
            lambda event: (event.pk, event.title, event.unit_name),
        ),
        Grouping(
            "unit",
            "Per unit",
            "Unit",
            lambda prefix: F(f"{prefix}event__unit"),
            lambda event: (event.unit, event.unit_name, ""),
            lambda group: group[1],
        ),
        Grouping(
            "tahun",
            "Per tahun",
            "Tahun",
            lambda prefix: ExtractYear(f"{prefix}event__starts_at", tzinfo=ZONES["WIB"]),
            lambda event: (event.year, str(event.year), ""),
            lambda group: -group[0],
        ),
        Grouping(
            "wilayah",
            "Per provinsi",
            "Provinsi asal peserta",
            lambda prefix: Coalesce(f"{prefix}region__province", f"{prefix}region"),
        ),
    ]
}
# Two names of one office that differ in capitals and blanks are one.
OFFICE = Coalesce(
    Cast("organization", CharField()), Lower(Trim("institution")), output_field=CharField()
)
COUNTS = {
    "events": Count("event", distinct=True),
    "participants": Count("pk"),
    "attended": Count("pk", filter=Q(came=True)),
    "people": Count("user", distinct=True),
    "areas": Count("region", distinct=True, filter=Q(region__province__isnull=False)),
    "companies": Count("office", distinct=True, filter=Q(kind=AudienceKind.COMPANY)),
    "jp": Coalesce(Sum("attended_jp", filter=Q(status__in=PASSED)), 0),
    "certificates": Count("pk", filter=Q(status=RegistrationStatus.CERTIFIED)),
    "gained": Coalesce(Sum(F("after__score") - F("before__score"), output_field=IntegerField()), 0),
    "both_tests": Count("pk", filter=Q(before__isnull=False, after__isnull=False)),
}
COUNTED = [
    "participants", "attended", "people", "areas", "companies", "jp", "certificates",
]  # fmt: skip


def table(events, grouping):
    """The figures of each group of ``events``, as ``held`` gives them, and of all together."""
    grouping = GROUPINGS[grouping]
    people = _people_at(events)
    counted = {row["group"]: row for row in _counts(people, grouping)}
    marks = _marks_at(events, grouping)
    groups = _provinces(counted) if grouping.of is None else _groups(events, grouping)
    lines = [
        Line(*group, _figures(counted.get(group[0], {}), marks.get(group[0], (0, 0)), *of_events))
        for group, of_events in groups
    ]
    all_marks = [sum(part) for part in zip(*marks.values(), strict=True)] or (0, 0)
    total = _figures(
        people.aggregate(**COUNTS), all_marks, len(events), sum(event.views for event in events)
    )
    return Table(lines, total)


def _groups(events, grouping):
    """[((key, label, about), (events, views))], those without anybody too."""
    found = {}
    for event in events:
        number, views = found.get(grouping.of(event), (0, 0))
        found[grouping.of(event)] = (number + 1, views + event.views)
    if grouping.in_order is None:
        return list(found.items())
    return sorted(found.items(), key=lambda item: grouping.in_order(item[0]))


def _provinces(counted):
    """As ``_groups``; an event counts in every province that sent somebody, its views in none."""
    for code, row in sorted(counted.items(), key=lambda item: (item[0] is None, item[0])):
        about = f"Regional {row['regional']}" if row["regional"] else ""
        yield (code, row["province"] or "Tanpa wilayah", about), (row["events"], None)


def _people_at(events):
    present = Attendance.objects.filter(registration=OuterRef("pk"), is_present=True)
    return Registration.objects.filter(
        event__in=[event.pk for event in events], status__in=HOLDING_A_PLACE
    ).annotate(
        office=OFFICE,
        came=Exists(present) | Q(status__in=ATTENDED),
        before=FilteredRelation(
            "test_attempts", condition=Q(test_attempts__occasion=TestOccasion.PRE)
        ),
        after=FilteredRelation(
            "test_attempts", condition=Q(test_attempts__occasion=TestOccasion.POST)
        ),
    )


def _counts(people, grouping):
    names = {}
    if grouping.of is None:
        names["province"] = Coalesce("region__province__name", "region__name")
        names["regional"] = Coalesce("region__province__bimtek_region", "region__bimtek_region")
    return people.values(group=grouping.key(""), **names).annotate(**COUNTS).order_by()


def _marks_at(events, grouping):
    """{group: (sum, number)} of all marks from 1 to 5."""
    scores = EvaluationScore.objects.filter(
        evaluation__registration__event__in=[event.pk for event in events]
    )
    rows = scores.values(group=grouping.key("evaluation__registration__")).annotate(
        total=Sum("score"), number=Count("pk")
    )
    return {row["group"]: (row["total"], row["number"]) for row in rows.order_by()}


def _figures(counted, marks, events, views):
    return Figures(
        events=events,
        **{name: counted.get(name, 0) for name in COUNTED},
        satisfaction=_mean(*marks),
        gain=_mean(counted.get("gained", 0), counted.get("both_tests", 0)),
        views=views,
    )


def _mean(total, number):
    if not number:
        return None
    return (Decimal(total) / number).quantize(HUNDREDTH, ROUND_HALF_UP)


def sheet(events, grouping):
    """The same for Excel, the headings first and the total last."""
    found = table(events, grouping)
    heading = GROUPINGS[grouping].heading
    yield [heading, "", *(definition.label for definition in DEFINITIONS)]
    for line in found.lines:
        yield [line.label, line.about, *line.figures]
    yield ["Jumlah", "", *found.total]


def meanings():
    """A sheet that says what each figure is."""
    yield ["Angka", "Yang dihitung"]
    for definition in DEFINITIONS:
        yield [definition.label, definition.meaning]
