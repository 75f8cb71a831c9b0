"""Official figures from a file: what was published, each with its day and its source.

A figure that stands recorded is never replaced: another number of the same day and source is
refused, and an officer decides on the page of that figure which one is right.
"""

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.contrib.admin.models import ADDITION, LogEntry
from django.db import IntegrityError, transaction
from django.utils import timezone

from programs.achievement import in_unit
from programs.models import Indicator, OfficialFigure, Region
from programs.party_import import one_at_a_time
from programs.percents import parse_percent
from programs.rupiah import parse_rupiah
from programs.spreadsheets import parse_date
from programs.table_import import (
    ImportRefused,
    ImportReport,
    ImportRow,
    Result,
    TableKind,
    put_rounding_first,
    read_import,
    refuse_repeated,
    region_code_of,
    words_of,
)
from programs.templatetags.bina import tanggal

COLUMNS = ["indikator", "tanggal", "nilai", "wilayah", "sumber"]
NOTE = "catatan"
MOST_ROWS = 20_000
LONGEST_SOURCE = OfficialFigure._meta.get_field("source").max_length
LONGEST_NOTE = OfficialFigure._meta.get_field("note").max_length
# The columns that make a figure one of its kind.
PLACE = {"indikator", "tanggal", "wilayah", "sumber"}
WHOLE_COUNTRY = {"", "-", "nasional", "indonesia"}


@dataclass(kw_only=True)
class FigureRow(ImportRow):
    """One published number, as the file says it and as it stands recorded."""

    key: str = ""  # the code of the indicator
    indicator: Indicator | None = None
    as_of: date | None = None
    value: int | None = None
    region: Region | None = None
    source: str = ""
    note: str = ""
    stands: bool = False

    @property
    def result(self):
        if self.problems:
            return Result.REFUSED
        return Result.KNOWN if self.stands else Result.READY

    @property
    def name(self):
        return self.indicator.name if self.indicator else ""

    @property
    def about(self):
        if None in (self.indicator, self.as_of, self.value):
            return ""
        place = self.region.name if self.region else "nasional"
        return f"{in_unit(self.indicator, self.value)}, {place}, per {tanggal(self.as_of)}"

    @property
    def place(self):
        """What may stand once in a file, and once in the register; None if a part is unreadable."""
        if any(column in PLACE for column, _ in self.problems):
            return None
        return (self.indicator.pk, self.as_of, self.region and self.region.code, self.source)


def check(file, *, today):
    """What each row of ``file`` would do. Raises ``TableRefused`` if it is no such table."""
    table = read_import(file, [*COLUMNS, NOTE], optional=[NOTE], max_rows=MOST_ROWS)
    indicators = {one.slug: one for one in Indicator.objects.all()}
    places = _Places()
    rows = [_read(number, values, indicators, places, today) for number, values in table.rows]
    put_rounding_first(rows, table)
    words = (
        "Angka untuk indikator, tanggal, wilayah, dan sumber ini sudah ada di baris {line}. "
        "Hapus salah satunya, atau tulis sumber yang berbeda."
    )
    refuse_repeated(rows, "sumber", lambda row: row.place, words)
    _compare_with_the_register(rows)
    return ImportReport(rows, table.unknown)


@transaction.atomic
def record(file, *, by, today):
    """Write every row of ``file``, or none if one is refused. Who imported is kept with each."""
    one_at_a_time()
    report = check(file, today=today)
    if report.refused:
        return report
    try:
        figures = OfficialFigure.objects.bulk_create(
            OfficialFigure(
                indicator=row.indicator,
                as_of=row.as_of,
                value=row.value,
                region=row.region,
                source=row.source,
                note=row.note,
            )
            for row in report.ready
        )
    except IntegrityError:
        raise ImportRefused(
            "Pada saat yang sama seseorang mencatat angka dari sumber yang sama. Tidak ada yang "
            "dicatat. Unggah berkasnya lagi agar diperiksa terhadap angka yang terbaru."
        ) from None
    if figures:
        LogEntry.objects.log_actions(by.pk, figures, ADDITION, "Impor: dicatat dari berkas.")
    return report


# --- Reading ------------------------------------------------------------------------------------


def _read(number, values, indicators, places, today):
    row = FigureRow(number=number, key=words_of(values["indikator"])[:60])
    row.indicator = row.read(
        "indikator", values["indikator"], lambda cell: _indicator(cell, indicators)
    )
    row.as_of = row.read("tanggal", values["tanggal"], lambda cell: past_day(cell, today=today))
    row.value = row.read("nilai", values["nilai"], lambda cell: read_value(cell, row.indicator))
    row.region = row.read("wilayah", values["wilayah"], places.province)
    row.source = row.read("sumber", values["sumber"], _source) or ""
    row.note = row.read(NOTE, values.get(NOTE, ""), _note) or ""
    return row


def _indicator(cell, indicators):
    code = words_of(cell)
    if not code:
        raise ValueError("Isi kode indikator, misalnya lm-smk.")
    if found := indicators.get(code.casefold()):
        return found
    by_name = {one.name.casefold(): slug for slug, one in indicators.items()}
    names = {**dict.fromkeys(indicators), **by_name}
    near = get_close_matches(code.casefold(), list(names), n=3, cutoff=0.5)
    slugs = list(dict.fromkeys(names[one] or one for one in near))  # the nearest first
    listed = [f"{slug} ({indicators[slug].name})" for slug in slugs]
    advice = f"Yang paling mirip: {', '.join(listed)}." if listed else "Lihat daftar indikator."
    raise ValueError(f"Tidak ada indikator berkode “{code[:40]}”. {advice}")


def past_day(cell, *, today):
    """The day on which something was said: nobody publishes tomorrow's figure."""
    day = parse_date(cell)
    if day > today:
        raise ValueError(
            f"{tanggal(day)} belum tiba. Tulis hari angka itu diumumkan, paling akhir hari ini."
        )
    return day


def read_value(cell, indicator):
    """A whole number, with dots or without; also as rupiah or percent are written."""
    if indicator is not None and indicator.is_percent:
        return parse_percent(cell)
    try:
        return parse_rupiah(cell)
    except ValueError as problem:
        if indicator is not None and indicator.is_money:
            raise
        typed = words_of(cell)
        said = f"Tertulis “{typed[:30]}”." if typed else "Sel ini kosong."
        raise ValueError(f"Tulis bilangan bulat, misalnya 2.612. {said}") from problem


def _source(cell):
    source = words_of(cell)
    if not source:
        raise ValueError("Tulis sumber angka ini, misalnya judul dan hari berita.")
    if len(source) > LONGEST_SOURCE:
        raise ValueError(f"Tulis sumber dalam paling banyak {LONGEST_SOURCE} huruf.")
    return source


def _note(cell):
    note = words_of(cell)
    if len(note) > LONGEST_NOTE:
        raise ValueError(f"Tulis catatan dalam paling banyak {LONGEST_NOTE} huruf.")
    return note


class _Places:
    """The regions, by code and by name, however they are written."""

    def __init__(self):
        regions = list(Region.objects.select_related("province"))
        self.by_code = {one.code: one for one in regions}
        self.by_name = {_plain(one.name): one for one in regions}
        self.provinces = {_plain(one.name): one for one in regions if one.is_province}

    def province(self, cell):
        """A province, or None for the whole country."""
        typed = words_of(cell)
        if typed.casefold() in WHOLE_COUNTRY:
            return None
        plain = _plain(typed)
        region = self.by_code.get(region_code_of(typed)) or (
            self.by_name.get(plain) or self.provinces.get(plain.removeprefix("provinsi"))
        )
        if region is None:
            near = get_close_matches(plain, list(self.provinces), n=2, cutoff=0.6)
            names = [f"{self.provinces[one].name} ({self.provinces[one].code})" for one in near]
            advice = f" Yang paling mirip: {', '.join(names)}." if names else ""
            raise ValueError(
                f"Tidak ada provinsi “{typed[:40]}”.{advice} Tulis kode atau nama provinsi, atau "
                "kosongkan untuk angka nasional."
            )
        if not region.is_province:
            province = region.province
            raise ValueError(
                f"{region.name} bukan provinsi. Angka resmi dicatat per provinsi atau nasional: "
                f"tulis {province.code} untuk {province.name}, atau kosongkan."
            )
        return region


def _plain(name):
    return re.sub(r"[\W_]+", "", words_of(name).casefold())


# --- What the register knows --------------------------------------------------------------------


def _compare_with_the_register(rows):
    """The same figure is known; another one of the same day and source is not taken over it."""
    days = {row.as_of for row in rows if row.place}
    known = {
        tuple(place): value
        for *place, value in OfficialFigure.objects.filter(as_of__in=days)
        .order_by()
        .values_list("indicator", "as_of", "region", "source", "value")
    }
    for row in rows:
        standing = known.get(row.place)
        if standing is None or row.value is None:
            continue
        if standing == row.value:
            row.stands = True
        else:
            row.refuse(
                "nilai",
                f"Dari sumber ini sudah tercatat {in_unit(row.indicator, standing)} per "
                f"{tanggal(row.as_of)}. Perbaiki angka itu di halamannya, atau tulis sumber yang "
                "berbeda.",
            )


def _codes():
    indicators = Indicator.objects.order_by("slug").values_list("slug", "name", "unit")
    provinces = Region.objects.filter(province=None).values_list("code", "name")
    return {
        "Indikator": [("indikator", "Nama", "Satuan"), *indicators],
        "Provinsi": [("wilayah", "Nama"), *provinces],
    }


OFFICIAL_FIGURES = TableKind(
    key="official-figures",
    noun="angka resmi",
    permission="programs.add_officialfigure",
    columns=[*COLUMNS, NOTE],
    example=(
        "lm-smk",
        "2019-11-01",
        "2.612",
        "",
        "Siaran pers Kementerian Perindustrian, 1-11-2019",
        "kumulatif",
    ),
    check=lambda file: check(file, today=timezone.localdate()),
    record=lambda file, by: record(file, by=by, today=timezone.localdate()),
    hints=[
        "Satu baris untuk satu angka yang diumumkan, dengan hari dan sumbernya. Beberapa sumber "
        "boleh menyebut angka yang berbeda untuk hari yang sama.",
        "Kolom wilayah berisi kode atau nama provinsi; kosong berarti nasional.",
        "Nilai ditulis bulat: 2612, 2.612, atau Rp 3.270.000.000,- untuk uang. Untuk persen boleh "
        "18,3. Kolom catatan boleh tidak ada.",
        "Angka yang sudah tercatat tidak diganti. Berkas yang sama boleh diunggah lagi.",
    ],
    code_lists=_codes,
)
