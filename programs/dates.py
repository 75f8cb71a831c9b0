"""Days and hours as people in Indonesia write them: day first, month as number or name."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTHS = [
    ("jan", "januari"),
    ("feb", "februari", "pebruari"),
    ("mar", "maret"),
    ("apr", "april"),
    ("mei",),
    ("jun", "juni"),
    ("jul", "juli"),
    ("agu", "ags", "agt", "agust", "agustus"),
    ("sep", "sept", "september"),
    ("okt", "oktober"),
    ("nov", "nop", "november", "nopember"),
    ("des", "desember"),
]
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T][0-9:.]+)?")
DAY_FIRST = re.compile(r"([0-9]{1,2})\s*([/. -])\s*([0-9]{1,2})\s*\2\s*([0-9]+)")
WITH_MONTH_NAME = re.compile(r"([0-9]{1,2})[\s-]*([a-z]+)\.?[\s-]*([0-9]+)", re.IGNORECASE)
EXAMPLE = "Tulis tanggal seperti 17/08/2026 atau 17 Agustus 2026."
# Excel counts days from here; the range is 1954 to 2119, so that no amount passes for a day.
EXCEL_START = date(1899, 12, 30)
EXCEL_FIRST, EXCEL_LAST = 20_000, 80_000
ZONES = {
    "WIB": ZoneInfo("Asia/Jakarta"),
    "WITA": ZoneInfo("Asia/Makassar"),
    "WIT": ZoneInfo("Asia/Jayapura"),
}
WITH_CLOCK = re.compile(
    r"(?P<day>.+?)(?:,? +(?:pukul|jam)? *|T)"
    r"(?P<hour>[0-9]{1,2})(?:[.:](?P<minute>[0-9]{2}))?(?:[.:][0-9]{2})?"
    r" *(?P<zone>WIB|WITA|WIT)?",
    re.IGNORECASE,
)
MOMENT_EXAMPLE = "Tulis hari dan jam seperti 17/08/2026 09.30."


def parse_date(value):
    """Read a day; what cannot be read is explained in a ``ValueError``."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and EXCEL_FIRST <= value <= EXCEL_LAST:
        return EXCEL_START + timedelta(days=int(value))
    typed = " ".join(str("" if value is None else value).split())
    if not typed:
        raise ValueError(EXAMPLE)
    said = f"Anda menulis “{typed if len(typed) <= 40 else typed[:39] + '…'}”."
    year, month, day = _parts(typed)
    if year is None:
        raise ValueError(f"{EXAMPLE} {said}")
    if len(year) != 4:
        raise ValueError(f"Tulis tahun dengan empat angka, misalnya 17/08/2026. {said}")
    if not 1900 <= int(year) <= 2100:
        raise ValueError(f"Periksa tahunnya: {year} di luar 1900 sampai 2100. {said}")
    if month is None or not 1 <= int(month) <= 12:
        raise ValueError(f"Periksa bulannya. {EXAMPLE} {said}")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(
            f"Tanggal {int(day)} tidak ada di bulan itu. Periksa lagi tanggalnya. {said}"
        ) from None


def parse_moment(value):
    """Read a day with its hour, in WIB unless another zone is written; else ``ValueError``."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=ZONES["WIB"])
    typed = " ".join(str("" if value is None else value).split())
    said = f" Anda menulis “{typed if len(typed) <= 40 else typed[:39] + '…'}”." if typed else ""
    match = WITH_CLOCK.fullmatch(typed)
    if match is None:
        raise ValueError(f"{MOMENT_EXAMPLE}{said}")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 23 or minute > 59:
        raise ValueError(f"Periksa jamnya: paling awal 00.00, paling akhir 23.59.{said}")
    day = parse_date(match["day"])
    zone = ZONES[(match["zone"] or "WIB").upper()]
    return datetime.combine(day, time(hour, minute), tzinfo=zone)


def _parts(typed):
    if match := YEAR_FIRST.fullmatch(typed):
        return match.groups()
    if match := DAY_FIRST.fullmatch(typed):
        return match[4], match[3], match[1]
    if match := WITH_MONTH_NAME.fullmatch(typed):
        return match[3], MONTH_NUMBERS.get(match[2].lower()), match[1]
    return None, None, None
