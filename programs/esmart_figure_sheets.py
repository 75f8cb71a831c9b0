"""The figures of e-Smart as a workbook: every table at once, and what each figure means."""

from django.db.models import Sum
from django.db.models.functions import Coalesce

from programs import esmart_figures as figures
from programs.models import CampaignCount

ALL = [*figures.FOUR, *figures.SUMS]


def sheets():
    """``{title: rows}`` as ``programs.spreadsheets`` writes them, the headings first."""
    total, found = figures.stored()
    return {
        "Ringkasan": _summary(total),
        "Angka resmi": _official(),
        **{
            f"Per {grouping.label.lower()}": _table(grouping, found[grouping.dimension])
            for grouping in figures.GROUPINGS
        },
        "Kampanye": _campaigns(),
        "Keterangan": _meanings(),
    }


def _summary(total):
    yield ["Angka", "Nilai", "Yang dihitung", "Dihitung pada"]
    for one in ALL:
        yield [
            one.label,
            getattr(total, one.name, None),
            one.meaning,
            getattr(total, "computed_at", None),
        ]


def _official():
    yield ["Indikator", "Satuan", "Per tanggal", "Nilai", "Wilayah", "Sumber", "Catatan"]
    for indicator, said in figures.Official().groups:
        for one in said:
            place = one.region.name if one.region else "nasional"
            yield [
                indicator.name, indicator.unit, one.as_of, indicator.number(one.value), place,
                one.source, one.note,
            ]  # fmt: skip


def _table(grouping, rows):
    yield [grouping.heading, *(one.label for one in ALL)]
    for row in rows:
        yield [row.label, *(getattr(row, one.name) for one in ALL)]


def _campaigns():
    """By month and kabupaten/kota: as fine as we count."""
    yield ["Kampanye", "Bulan", "Provinsi", "Kabupaten/kota", "Kode", "Peserta"]
    rows = CampaignCount.objects.order_by("campaign__name", "month", "region").values_list(
        "campaign__name",
        "month",
        Coalesce("region__province__name", "region__name"),
        "region__name",
        "region__code",
    )
    yield from (list(row) for row in rows.annotate(number=Sum("participants")).iterator())


def _meanings():
    yield ["Angka", "Yang dihitung"]
    for one in ALL:
        yield [one.label, one.meaning]
    for label, meaning in figures.OTHER_MEANINGS:
        yield [label, meaning]
