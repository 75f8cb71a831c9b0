"""Which month and which place somebody asks for, read kindly: what cannot be is said and left."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from programs.dates import parse_date
from programs.months import first_of, month_after, parse_month
from programs.tile_map import Place, places

# How far the list of months goes back; an older one may stand in the address.
YEARS_BACK = 10


@dataclass
class Asked:
    """A month as it stood at its end, or stands today, of the country or of one province."""

    month: date
    day: date
    is_over: bool
    province: Place | None = None
    faults: list = field(default_factory=list)

    @property
    def region(self):
        """The code of the province; None for the whole country."""
        return self.province.code if self.province else None

    @property
    def where(self):
        return self.province.name if self.province else "Indonesia"

    @property
    def query(self):
        """“?bulan=2026-10&wilayah=13”, without what is usual; for links and files."""
        wanted = {}
        if self.is_over:
            wanted["bulan"] = f"{self.month:%Y-%m}"
        if self.province:
            wanted["wilayah"] = self.province.code
        return f"?{urlencode(wanted)}" if wanted else ""

    @property
    def months(self):
        """[(year, [(value, first day, chosen)])], the newest first: the list to choose from."""
        this = first_of(timezone.localdate())
        offered = [month_after(this, -back) for back in range(this.month + 12 * YEARS_BACK)]
        if self.month not in offered:
            offered.append(self.month)
        years = {}
        for month in offered:
            years.setdefault(month.year, []).append((f"{month:%Y-%m}", month, month == self.month))
        return list(years.items())

    @property
    def provinces(self):
        """[(code, name, chosen)] in the order of their names."""
        return [
            (one.code, one.name, one == self.province)
            for one in sorted(places(), key=lambda place: place.name)
        ]


def read(query, *, today=None):
    """What the address asks for. A month or place that is none leaves today and the country."""
    today = today or timezone.localdate()
    asked = Asked(first_of(today), today, is_over=False)
    if typed := query.get("bulan", "").strip():
        _read_month(asked, typed, today)
    if typed := query.get("wilayah", "").strip():
        asked.province = province(typed)
        if asked.province is None:
            asked.faults.append(
                f"Provinsi “{typed[:40]}” tidak ada. Pilih provinsi dari daftar; yang tampil angka "
                "seluruh Indonesia."
            )
    return asked


def province(code):
    """The province with this code of two digits; None if there is none."""
    return next((one for one in places() if one.code == code), None)


def _read_month(asked, typed, today):
    try:
        month = parse_month(typed)
    except ValueError as problem:
        asked.faults.append(f"{problem} Yang tampil bulan ini.")
        return
    if month > asked.month:
        asked.faults.append(f"Bulan {typed[:40]} belum tiba. Yang tampil bulan ini.")
    elif month < asked.month:
        asked.month, asked.is_over = month, True
        asked.day = month_after(month) - timedelta(days=1)


@dataclass
class Period:
    """Whole days, both ends included, of which rows are asked."""

    first: date
    last: date
    faults: list


def read_period(query, *, usual):
    """The days “dari” and “sampai” of an address; each left out or wrong one is as ``usual``."""
    period = Period(*usual, faults=[])
    for name, end in (("dari", "first"), ("sampai", "last")):
        if typed := query.get(name, "").strip():
            try:
                setattr(period, end, parse_date(typed))
            except ValueError as problem:
                period.faults.append(str(problem))
    if period.first > period.last:
        period.faults.append(
            "Tanggal “dari” sesudah tanggal “sampai”. Tukar keduanya, atau kosongkan salah satunya."
        )
    return period
