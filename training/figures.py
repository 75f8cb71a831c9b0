"""The figures that the ministry reports on its events: for each event, unit, year and province.

Events whose results are fixed are read from their stored figures, the others are counted anew: a
constant number of questions, however many rows stand behind.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.db.models.functions import ExtractYear

from programs.dates import ZONES
from programs.models import Region
from training.enums import HELD
from training.figure_parts import NOWHERE, Part, count, together
from training.models import EventFigures
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
    """A way to group. ``of(event)`` is the group of an event: its key, its name and what stands
    below it; a province is no group of events.
    """

    name: str
    label: str
    heading: str
    of: object = None
    in_order: object = None


GROUPINGS = {
    one.name: one
    for one in [
        Grouping(
            "kegiatan",
            "Per kegiatan",
            "Kegiatan",
            lambda event: (event.pk, event.title, event.unit_name),
        ),
        Grouping(
            "unit",
            "Per unit",
            "Unit",
            lambda event: (event.unit, event.unit_name, ""),
            lambda group: group[1],
        ),
        Grouping(
            "tahun",
            "Per tahun",
            "Tahun",
            lambda event: (event.year, str(event.year), ""),
            lambda group: -group[0],
        ),
        Grouping("wilayah", "Per provinsi", "Provinsi asal peserta"),
    ]
}


def table(events, grouping):
    """The figures of each group of ``events``, as ``held`` gives them, and of all together.

    Fresh stored figures are read (``training.workflow.event_figures``); what has none, as an event
    that still runs, is counted now.
    """
    grouping = GROUPINGS[grouping]
    views = sum(event.views for event in events)
    if grouping.of is None:
        provinces = _by_province([event.pk for event in events])
        whole = together(part for part, _ in provinces.values())
        return Table(list(_province_lines(provinces)), _figures(whole, len(events), views))
    whole = _wholes([event.pk for event in events])
    groups = {}
    for event in events:
        groups.setdefault(grouping.of(event), []).append(event)
    found = list(groups.items())
    if grouping.in_order:
        found.sort(key=lambda group: grouping.in_order(group[0]))
    lines = [
        Line(
            *group,
            _figures(
                together(whole[event.pk] for event in members if event.pk in whole),
                len(members),
                sum(event.views for event in members),
            ),
        )
        for group, members in found
    ]
    return Table(lines, _figures(together(whole.values()), len(events), views))


def _wholes(keys):
    """{event: part} of all who took part."""
    stored = dict(_fresh(keys).values_list("pk", "whole"))
    found = {key: Part.from_json(part) for key, part in stored.items()}
    for key, parts in _counted_now(keys, stored).items():
        found[key] = together(parts.values())
    return found


def _by_province(keys):
    """{code of the province: (part, number of events)}"""
    stored = dict(_fresh(keys).values_list("pk", "provinces"))
    of_events = [
        {code: Part.from_json(part) for code, part in parts.items()} for parts in stored.values()
    ]
    of_events += _counted_now(keys, stored).values()
    found = {}
    for parts in of_events:
        for code, part in parts.items():
            whole, number = found.get(code) or (Part(), 0)
            whole.add(part)
            found[code] = whole, number + 1
    return found


def _fresh(keys):
    return EventFigures.objects.filter(pk__in=keys, is_fresh=True)


def _counted_now(keys, stored):
    missing = [key for key in keys if key not in stored]
    return count(missing) if missing else {}


def _province_lines(provinces):
    """An event counts in every province that sent somebody, its views in none."""
    named = Region.objects.filter(pk__in=provinces).in_bulk()
    for code in sorted(provinces, key=lambda code: (code == NOWHERE, code)):
        part, number = provinces[code]
        if not part.participants:
            continue  # marks alone, of people who hold no place any more
        province = named.get(code)
        regional = province.bimtek_region if province else None
        yield Line(
            code or None,
            province.name if province else "Tanpa wilayah",
            f"Regional {regional}" if regional else "",
            _figures(part, number, None),
        )


def _figures(part, events, views):
    return Figures(
        events=events,
        participants=part.participants,
        attended=part.attended,
        people=len(part.people),
        areas=len(part.areas),
        companies=len(part.companies),
        jp=part.jp,
        certificates=part.certificates,
        satisfaction=_mean(part.marks, part.marked),
        gain=_mean(part.gained, part.both_tests),
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
