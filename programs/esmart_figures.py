"""The figures of e-Smart as pages and files tell them: what is counted, and beside what.

Live figures are read as ``workflow.esmart_figures`` stored them; official ones stand as they were
said, also where they contradict each other (``domain.md`` §D).
"""

from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import Sum
from django.db.models.functions import Coalesce

from programs import tile_map
from programs.esmart_enums import EsmartDimension
from programs.models import Campaign, CampaignCount, EsmartFigure, OfficialFigure
from programs.months import month_after, months_between
from programs.rupiah import format_rupiah, group_thousands
from programs.workflow.enrolment import ESMART

MOST_MONTHS = 36
TOLD_TOGETHER = [ESMART, "bangga-buatan-indonesia"]


class Definition(NamedTuple):
    """A figure, how a column of it is headed, and what exactly is counted."""

    name: str
    label: str
    heading: str
    meaning: str


FOUR = [
    Definition(
        "trained",
        "Peserta lokakarya",
        "Lokakarya",
        "IKM yang lulus lokakarya e-Smart; belum tentu punya toko",
    ),
    Definition(
        "enrolled",
        "IKM terdaftar",
        "Terdaftar",
        "IKM yang pendaftarannya diverifikasi petugas dan belum keluar",
    ),
    Definition(
        "onboard",
        "Punya toko",
        "Punya toko",
        "IKM terdaftar yang punya toko buka di paling sedikit satu lokapasar",
    ),
    Definition(
        "selling",
        "Aktif menjual",
        "Menjual",
        "IKM yang melaporkan omzet dalam tiga bulan terakhir",
    ),
]
SUMS = [
    Definition("orders", "Pesanan", "Pesanan", "pesanan dalam laporan penjualan toko"),
    Definition("units", "Barang terjual", "Barang", "barang dalam laporan penjualan toko"),
    Definition("turnover", "Omzet", "Omzet", "omzet kotor dalam laporan penjualan toko, rupiah"),
    Definition("exports", "Ekspor", "Ekspor", "bagian omzet yang berasal dari ekspor, rupiah"),
]
IN_RUPIAH = {"turnover", "exports"}
OTHER_MEANINGS = [
    ("Menurut lokapasar", "IKM yang punya toko di lokapasar itu; satu IKM dapat ada di beberapa"),
    ("Menurut komoditas", "komoditas utama IKM menurut profilnya"),
    ("Menurut provinsi", "provinsi tempat usaha"),
    (
        "Menurut bulan",
        "lulus lokakarya, diverifikasi, membuka toko pertama, dan menjual dalam bulan itu",
    ),
    ("Kampanye", "usaha yang ikut, masing-masing satu kali, menurut bulan ikut dan wilayahnya"),
    (
        "Angka resmi",
        "angka yang pernah diumumkan, tidak diubah sesudahnya; yang bertentangan tetap ditampilkan",
    ),
]


class Grouping(NamedTuple):
    """A table of the page: its name in the address, its words, and what it groups by."""

    name: str
    label: str
    heading: str
    dimension: str


GROUPINGS = [
    Grouping("bulan", "Bulan", "Bulan", EsmartDimension.MONTH),
    Grouping("lokapasar", "Lokapasar", "Lokapasar", EsmartDimension.MARKETPLACE),
    Grouping("komoditas", "Komoditas", "Komoditas", EsmartDimension.COMMODITY),
    Grouping("provinsi", "Provinsi", "Provinsi", EsmartDimension.PROVINCE),
]
# Which of our own figures is told beside which official one.
LIVE_BESIDE = {
    "esmart-peserta-lokakarya": "trained",
    "esmart-ikm-bergabung": "enrolled",
    "esmart-omzet": "turnover",
}
CAMPAIGN_BESIDE = {"kampanye-semuanya-ada-di-sini": "semuanya-ada-di-sini"}


def stored():
    """(the whole, {dimension: its figures}), in one query. The whole is None before a first run."""
    found = {dimension: [] for dimension in EsmartDimension}
    for row in EsmartFigure.objects.order_by("dimension", "key", "pk"):
        found[row.dimension].append(row)
    # Those without a commodity or region come last.
    for group in found.values():
        group.sort(key=lambda row: row.key == "")
    for dimension in (EsmartDimension.MARKETPLACE, EsmartDimension.COMMODITY):
        found[dimension].sort(key=lambda row: (row.key == "", -row.turnover, row.label))
    total = found.pop(EsmartDimension.TOTAL)
    return (total[0] if total else None), found


def first_day(key):
    """“2026-03” as a day."""
    return date.fromisoformat(f"{key}-01")


def every_month(amounts, words):
    """Rows for ``month_columns`` of {month: amount}: the last months, those with nothing too."""
    if not amounts:
        return []
    last = max(amounts)
    first = max(min(amounts), month_after(last, 1 - MOST_MONTHS))
    return [
        (month, amounts.get(month, 0), words(amounts.get(month, 0)))
        for month in months_between(first, last)
    ]


def cells(row):
    """[(heading, what stands in it)] of a row of a table."""
    return [(one.heading, told(one.name, getattr(row, one.name))) for one in [*FOUR, *SUMS]]


def told(name, number):
    return format_rupiah(number) if name in IN_RUPIAH else group_thousands(number)


def turnover_bars(rows):
    """Bars for ``bar_list``: the turnover of each group as its part of all, the largest first."""
    whole = sum(row.turnover for row in rows)
    return [
        (row.label, row.turnover, whole, format_rupiah(row.turnover))
        for row in sorted(rows, key=lambda row: -row.turnover)
        if row.turnover
    ]


class Official:
    """All that was published about e-Smart and its campaigns, the newest first. One query."""

    def __init__(self):
        figures = OfficialFigure.objects.filter(indicator__program__slug__in=TOLD_TOGETHER)
        figures = figures.select_related("indicator", "region").order_by(
            "indicator__program__name", "indicator__name", "-as_of", "-value", "source"
        )
        self.groups = [
            (indicator, list(said))
            for indicator, said in groupby(figures, key=lambda one: one.indicator)
        ]

    def disputed(self):
        """(indicator, year) in which what was said contradicts itself."""
        return [
            (indicator, year)
            for indicator, said in self.groups
            for year, of_year in groupby(said, key=lambda one: one.as_of.year)
            if len({one.value for one in of_year}) > 1
        ]


def beside(indicator, total, campaign_totals):
    """Our own figure that is told beside what was published; None where we count no such thing."""
    if name := LIVE_BESIDE.get(indicator.slug):
        return getattr(total, name, None)
    return campaign_totals.get(CAMPAIGN_BESIDE.get(indicator.slug))


def all_campaigns():
    """The campaigns with the number of those who took part, the newest first. One query."""
    return Campaign.objects.annotate(
        participants=Coalesce(Sum("counts__participants"), 0)
    ).order_by("-starts_on", "name")


class CampaignCounts:
    """Who took part in a campaign, by month and by province. One query."""

    def __init__(self, campaign):
        counted = CampaignCount.objects.filter(campaign=campaign)
        by_both = counted.values_list("month", Coalesce("region__province", "region")).annotate(
            number=Sum("participants")
        )
        names = {place.code: place.name for place in tile_map.places()}
        months, provinces = {}, dict.fromkeys(names, 0)
        for month, province, number in by_both.order_by():
            months[month] = months.get(month, 0) + number
            provinces[province] = provinces.get(province, 0) + number
        self.months = months
        self.total = sum(months.values())
        self.provinces = sorted(
            ((code, names.get(code, code), number) for code, number in provinces.items()),
            key=lambda row: (-row[2], row[1]),
        )

    def month_rows(self):
        return every_month(self.months, group_thousands)

    def province_bars(self, most=10):
        """Bars of the provinces with the most participants."""
        return [
            (name, number, self.total, group_thousands(number))
            for _, name, number in self.provinces[:most]
            if number
        ]
