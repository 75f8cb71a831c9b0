"""The four tables of an indicator: what we count, what was published, what is to be reached, and
what was frozen. Others look them up by the code of the indicator, in a list kept for a minute.
"""

from datetime import date

from django.core.cache import cache
from django.db.models import Count, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from programs.models import Indicator, LiveFigure, OfficialFigure, PublishedFigure, Target
from programs.open_data import (
    DAY,
    MONTH,
    NUMBER,
    RUPIAH,
    SECONDS_TRUSTED,
    Column,
    Dataset,
    State,
    compared,
    mark_of,
    month,
    yes_or_no,
)

LIVE, OFFICIAL, TARGETS, FROZEN = "", "resmi", "sasaran", "beku"
PARTS = (LIVE, OFFICIAL, TARGETS, FROZEN)
WHOLE_COUNTRY = "Indonesia"
NOTE = Column("catatan", "Keterangan tambahan, bila ada.", "note")


def indicators():
    """{slug: indicator} with its program, unit and the number of rows of each of its tables."""
    return cache.get_or_set("open-data.indicators", _indicators, timeout=SECONDS_TRUSTED)


def _indicators():
    found = Indicator.objects.select_related("program__unit").annotate(
        rows_live=_number(LiveFigure),
        rows_official=_number(OfficialFigure),
        rows_targets=_number(Target),
        rows_frozen=_number(PublishedFigure),
    )
    return {one.slug: one for one in found}


def _number(model):
    counted = model.objects.filter(indicator=OuterRef("pk")).order_by().values("indicator")
    return Coalesce(Subquery(counted.annotate(n=Count("*")).values("n")), 0)


def tables_of(indicator):
    """{part: dataset} of an indicator."""
    return {
        LIVE: _live(indicator),
        OFFICIAL: _official(indicator),
        TARGETS: _targets(indicator),
        FROZEN: _frozen(indicator),
    }


def state_of_all(indicator):
    """How the indicator stands with all its tables."""
    tables = tables_of(indicator)
    rest = compared(
        f"indikator/{indicator.slug}/semua", *(tables[one] for one in PARTS if one != LIVE)
    )
    live = _live_state(indicator)
    facts = (indicator.name, indicator.definition, indicator.unit, indicator.source)
    moments = [one for one in (live.changed_at, rest.changed_at) if one]
    return State(live.count + rest.count, mark_of(facts, live.mark, rest.mark), max(moments))


def _live_state(indicator):
    return State(
        indicator.rows_live,
        mark_of(indicator.rows_live, indicator.counted_at),
        indicator.counted_at,
    )


def _live(indicator):
    return Dataset(
        slug=f"indikator/{indicator.slug}",
        title=indicator.name,
        about=indicator.definition,
        period="Per bulan",
        unit=indicator.unit,
        publisher=_publisher(indicator),
        rows=lambda: _placed(LiveFigure, indicator),
        key={"month": date, "code": str},
        state=lambda: _live_state(indicator),
        columns=(
            Column("bulan", "Bulan, tahun-bulan.", "month", MONTH, month),
            *_place("provinsi"),
            _value(indicator, "Yang bertambah pada bulan itu, dihitung dari data layanan ini"),
        ),
    )


def _official(indicator):
    return Dataset(
        slug=f"indikator/{indicator.slug}/{OFFICIAL}",
        title=f"{indicator.name}: angka resmi",
        about="Angka yang diumumkan, apa adanya, dengan sumbernya. Beberapa sumber dapat menyebut "
        f"angka yang berbeda. {indicator.definition}",
        period="Hari pengumuman",
        unit=indicator.unit,
        publisher=_publisher(indicator),
        rows=lambda: _placed(OfficialFigure, indicator),
        key={"as_of": date, "id": int},
        columns=(
            Column("tanggal", "Hari angka itu diumumkan.", "as_of", DAY),
            *_place("provinsi"),
            _value(indicator, "Angka yang diumumkan"),
            Column("sumber", "Siapa yang mengumumkan, dan di mana.", "source"),
            NOTE,
        ),
    )


def _targets(indicator):
    return Dataset(
        slug=f"indikator/{indicator.slug}/{TARGETS}",
        title=f"{indicator.name}: sasaran",
        about="Yang hendak dicapai dalam satu tahun, dengan sumbernya. Hanya satu yang dipakai "
        f"untuk tiap tahun dan wilayah. {indicator.definition}",
        period="Per tahun",
        unit=indicator.unit,
        publisher=_publisher(indicator),
        rows=lambda: _placed(Target, indicator),
        key={"year": int, "id": int},
        columns=(
            Column("tahun", "Tahun sasaran.", "year", NUMBER),
            *_place("provinsi"),
            _value(indicator, "Yang hendak dicapai"),
            Column(
                "dipakai", "ya bila realisasi dibandingkan dengannya.", "is_in_use", read=yes_or_no
            ),
            Column("sumber", "Dokumen yang menetapkannya.", "source"),
            NOTE,
        ),
    )


def _frozen(indicator):
    return Dataset(
        slug=f"indikator/{indicator.slug}/{FROZEN}",
        title=f"{indicator.name}: angka yang dibekukan",
        about="Hasil hitungan kami yang dibekukan petugas pada suatu hari untuk suatu keperluan, "
        "dengan definisi yang berlaku waktu itu. Angka ini tidak pernah berubah.",
        period="Hari pembekuan",
        unit=indicator.unit,
        publisher=_publisher(indicator),
        rows=lambda: _placed(PublishedFigure, indicator),
        key={"id": int},
        columns=(
            Column("dibekukan", "Waktu pembekuan.", "published_at", DAY, _moment),
            Column("dihitung", "Waktu penghitungan.", "counted_at", DAY, _moment),
            Column("masa", "Masa yang dihitung.", "period"),
            *_place("provinsi"),
            _value(indicator, "Angka pada waktu itu"),
            Column("definisi", "Yang dihitung menurut definisi waktu itu.", "definition"),
            Column("keperluan", "Untuk apa angka ini dibekukan.", "occasion"),
        ),
    )


def _placed(model, indicator):
    """The rows with the code and name of the province, or what stands for the whole country."""
    return model.objects.filter(indicator=indicator.pk).annotate(
        code=Coalesce(F("region_id"), Value("")),
        place=Coalesce(F("region__name"), Value(WHOLE_COUNTRY)),
    )


def _place(noun):
    return (
        Column("kode_wilayah", f"Kode Kemendagri {noun}; kosong untuk seluruh Indonesia.", "code"),
        Column(
            "wilayah",
            f"Nama {noun}. Baris Indonesia memuat semuanya, juga yang {noun}nya belum diketahui; "
            "jangan menjumlahkannya dengan baris lain.",
            "place",
        ),
    )


def _value(indicator, meaning):
    kind = RUPIAH if indicator.is_money else NUMBER
    return Column("nilai", f"{meaning}, dalam {indicator.unit}.", "value", kind, indicator.number)


def _moment(moment):
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _publisher(indicator):
    unit = indicator.program.unit
    return unit.name if unit else ""
