"""The figures as a workbook: every table at once, and a sheet that says what each of them is."""

from partnerships import figures
from partnerships.enums import Dimension
from partnerships.models import Figure


def sheets(user, today):
    """``{title: rows}`` as ``programs.spreadsheets`` writes them, the headings first."""
    wanted = [grouping.dimension for grouping in figures.GROUPINGS]
    total, found = figures.stored(*wanted)
    official = figures.Official()
    return {
        "Ringkasan": _summary(total),
        "Angka resmi": _official(official),
        **{
            f"Per {grouping.label.lower()}": _table(grouping, found[grouping.dimension])
            for grouping in figures.GROUPINGS
        },
        "Berakhir 90 hari": _agreements(figures.ending(user, today)),
        "Tidak berjalan": _agreements(figures.dormant(user)),
        "Beban perusahaan": _load(),
        "Keterangan": _meanings(),
    }


def _summary(total):
    yield ["Angka", "Nilai", "Yang dihitung", "Dihitung pada"]
    for one in figures.DEFINITIONS:
        yield [
            one.label,
            getattr(total, one.name, None),
            one.meaning,
            getattr(total, "computed_at", None),
        ]
    label, meaning = figures.OTHER_MEANINGS[0]
    yield [label, getattr(total, "registered_schools", None), meaning, None]


def _official(official):
    yield ["Per tanggal", "Tahap", "SMK", "Perusahaan", "PKS", "Sumber", "Catatan"]
    for line in official.lines:
        yield [
            line.as_of,
            "kumulatif",
            *(line.values.get(one.measure) for one in figures.SIGNED_DEFINITIONS),
            line.source,
            line.note,
        ]
    for one in official.national:
        yield [one.as_of, "SMK di seluruh Indonesia", one.value, None, None, one.source, one.note]
    for key, values in sorted(official.of_phase.items()):
        for said in (one for figures_said in values.values() for one in figures_said):
            yield [
                said.as_of,
                int(key),
                *(
                    said.value if said.measure == one.measure else None
                    for one in figures.SIGNED_DEFINITIONS
                ),
                said.source,
                said.note,
            ]


def _table(grouping, rows):
    with_register = grouping.dimension == Dimension.PROVINCE
    heads = [one.label for one in figures.DEFINITIONS]
    yield [grouping.heading, *heads, *(["SMK di register"] if with_register else [])]
    for row in rows:
        yield [
            row.label,
            *(getattr(row, one.name) for one in figures.DEFINITIONS),
            *([row.registered_schools] if with_register else []),
        ]


def _agreements(agreements):
    yield ["Nomor PKS", "SMK", "Perusahaan", "Provinsi SMK", "Mulai", "Berakhir", "Status"]
    for one in agreements.iterator(chunk_size=1000):
        region = one.school.region
        yield [
            one.number,
            one.school.name,
            one.company.name,
            (region.province or region).name if region else "",
            one.starts_on,
            one.ends_on,
            one.get_status_display(),
        ]


def _load():
    yield ["Perusahaan", "SMK dibina", "PKS berjalan", "PKS pernah ditandatangani"]
    companies = Figure.objects.filter(dimension=Dimension.COMPANY)
    for row in companies.order_by("live_schools", "label", "pk").iterator(chunk_size=1000):
        yield [row.label, row.live_schools, row.live_agreements, row.agreements]


def _meanings():
    yield ["Angka", "Yang dihitung"]
    for one in figures.DEFINITIONS:
        yield [one.label, one.meaning]
    for label, meaning in figures.OTHER_MEANINGS:
        yield [label, meaning]
