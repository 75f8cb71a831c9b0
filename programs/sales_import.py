"""Monthly sales of many shops from a file: whoever collected them, they stand once each.

A row names the IKM and the marketplace; the shop is found by them. A month that was reported
already is corrected, and the database keeps what stood before.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from programs.enums import OrganizationKind
from programs.models import Marketplace, Organization, SalesReport, Shop
from programs.months import first_of, parse_month
from programs.party_import import one_at_a_time, read_nib
from programs.rupiah import parse_rupiah
from programs.sales_months import why_not
from programs.table_import import (
    ImportReport,
    ImportRow,
    Result,
    put_rounding_first,
    read_import,
    refuse_repeated,
    words_of,
)
from programs.templatetags.bina import bulan
from programs.workflow.sales import NEGATIVE, number_faults
from programs.workflow.sales_facts import follow_sales

COLUMNS = ["nib", "marketplace", "bulan", "pesanan", "unit", "omzet", "ekspor"]
COLUMN_OF = {"orders": "pesanan", "units": "unit", "turnover": "omzet", "exports": "ekspor"}
MOST_ROWS = 100_000
MOST = 1_000_000
WHOLE = re.compile(r"[0-9]{1,7}|[1-9][0-9]{0,2}(?:\.[0-9]{3})+", re.ASCII)
# One statement for all new rows and one for all corrected ones; the triggers of the table judge
# each row and keep its history.
WRITE = """
    INSERT INTO programs_salesreport AS old
           (shop_id, month, orders, units, turnover, exports, note, reported_by_id, reported_at)
    SELECT shop, month, orders, units, turnover, exports, '', %s, %s
      FROM unnest(%s::bigint[], %s::date[], %s::int[], %s::int[], %s::bigint[], %s::bigint[])
           AS told (shop, month, orders, units, turnover, exports)
        ON CONFLICT (shop_id, month) DO UPDATE
       SET orders = EXCLUDED.orders, units = EXCLUDED.units, turnover = EXCLUDED.turnover,
           exports = EXCLUDED.exports, reported_by_id = EXCLUDED.reported_by_id,
           reported_at = EXCLUDED.reported_at
     WHERE (old.orders, old.units, old.turnover, old.exports)
           IS DISTINCT FROM (EXCLUDED.orders, EXCLUDED.units, EXCLUDED.turnover, EXCLUDED.exports)
"""
CORRECT = """
    UPDATE programs_salesreport AS old
       SET orders = told.orders, units = told.units, turnover = told.turnover,
           exports = told.exports, reported_by_id = %s, reported_at = %s
      FROM unnest(%s::bigint[], %s::date[], %s::int[], %s::int[], %s::bigint[], %s::bigint[])
           AS told (shop, month, orders, units, turnover, exports)
     WHERE old.shop_id = told.shop AND old.month = told.month
"""


@dataclass(kw_only=True)
class SalesRow(ImportRow):
    """What one shop sold in one month, as the file says it and as it stands recorded."""

    key: str = ""  # the NIB
    marketplace: Marketplace | None = None
    month: date | None = None
    sold: tuple = ()  # orders, units, turnover, exports
    shop: Shop | None = None
    stands: tuple | None = None

    @property
    def result(self):
        if self.problems:
            return Result.REFUSED
        if self.stands is None:
            return Result.READY
        return Result.KNOWN if self.stands == self.sold else Result.CHANGED

    @property
    def name(self):
        return str(self.shop or self.marketplace or "")

    @property
    def about(self):
        return bulan(self.month) if self.month else ""

    @property
    def place(self):
        """What may stand once in a file."""
        return (self.shop.pk, self.month) if self.shop and self.month else None


def check(file, *, today):
    """What each row of ``file`` would do. Raises ``TableRefused`` if it is no such table."""
    table = read_import(file, COLUMNS, max_rows=MOST_ROWS)
    marketplaces = _marketplaces()
    rows = [_read(number, values, marketplaces) for number, values in table.rows]
    report = ImportReport(rows, table.unknown)
    put_rounding_first(rows, table)
    _find_shops(rows, today)
    words = "Toko dan bulan ini sudah ada di baris {line}. Hapus salah satunya."
    refuse_repeated(rows, "bulan", lambda row: row.place, words)
    _find_reports(rows)
    return report


@transaction.atomic
def record(file, *, by, today):
    """Write every row of ``file``, or none if one is refused."""
    one_at_a_time()
    report = check(file, today=today)
    written = report.having(Result.READY, Result.CHANGED)
    if written and not report.refused:
        for statement, rows in [(WRITE, report.ready), (CORRECT, report.changed)]:
            _write(statement, rows, by)
        follow_sales({row.shop.organization_id for row in written}, today=today)
    return report


def _write(statement, rows, by):
    if rows:
        columns = zip(*((row.shop.pk, row.month, *row.sold) for row in rows), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(statement, [by.pk, timezone.now(), *map(list, columns)])


# --- Reading ------------------------------------------------------------------------------------


def _read(number, values, marketplaces):
    row = SalesRow(number=number)
    row.key = row.read("nib", values["nib"], read_nib) or ""
    named = _plain(values["marketplace"])
    row.marketplace = marketplaces.get(named)
    if row.marketplace is None:
        known = ", ".join(sorted({str(one) for one in marketplaces.values()}))
        words = f"Tidak ada lokapasar bernama {words_of(values['marketplace'])[:40]}."
        row.refuse("marketplace", f"{words if named else 'Isi lokapasar.'} Pilih dari: {known}.")
    row.month = row.read("bulan", values["bulan"], parse_month)
    sold = (
        row.read("pesanan", values["pesanan"], _count),
        row.read("unit", values["unit"], _count),
        row.read("omzet", values["omzet"], _rupiah),
        row.read("ekspor", values["ekspor"], _rupiah_or_none),
    )
    if None not in sold:
        row.sold = sold
        for name, words in number_faults(*sold).items():
            row.refuse(COLUMN_OF[name], words)
    return row


def _count(cell):
    typed = words_of(cell)
    if isinstance(cell, int) and 0 <= cell <= MOST:
        return cell
    if typed.startswith(("-", "−")):
        raise ValueError(f"{NEGATIVE} Tertulis “{typed[:20]}”.")
    if not WHOLE.fullmatch(typed) or int(typed.replace(".", "")) > MOST:
        raise ValueError(f"Tulis angka bulat, misalnya 12. Tertulis “{typed[:20]}”.")
    return int(typed.replace(".", ""))


def _rupiah(cell):
    typed = words_of(cell)
    if typed.startswith(("-", "−")) and typed != "-":
        raise ValueError(f"{NEGATIVE} Tertulis “{typed[:20]}”.")
    return parse_rupiah(cell)


def _rupiah_or_none(cell):
    return 0 if words_of(cell) in ("", "-") else _rupiah(cell)


def _plain(name):
    return re.sub(r"[\W_]+", "", words_of(name).casefold())


def _marketplaces():
    """Every marketplace under its name and its slug, however they are written."""
    found = {}
    for one in Marketplace.objects.all():
        found[_plain(one.slug)] = found[_plain(one.name)] = one
    return found


# --- What the register knows --------------------------------------------------------------------


def _find_shops(rows, today):
    numbers = list({row.key for row in rows if row.key})
    known = set(
        Organization.objects.of_kind(OrganizationKind.IKM)
        .filter(nib__in=numbers)
        .values_list("nib", flat=True)
    )
    shops = defaultdict(list)
    for shop in Shop.objects.filter(organization__nib__in=numbers).select_related("organization"):
        shops[shop.organization.nib, shop.marketplace_id].append(shop)
    reasons = {}
    for row in rows:
        if not row.key:
            continue
        if row.key not in known:
            row.refuse("nib", f"Tidak ada IKM dengan NIB {row.key} di register. Periksa angkanya.")
        elif row.marketplace is not None:
            _choose(row, shops[row.key, row.marketplace.pk], reasons, today)


def _choose(row, shops, reasons, today):
    """The one shop of the IKM there that could sell in that month."""
    if not shops:
        words = f"IKM ini belum mencatat toko di {row.marketplace}. Catat tokonya dahulu."
        row.refuse("marketplace", words)
        return
    if row.month is None:
        return
    possible = []
    for shop in shops:
        shop.marketplace = row.marketplace
        place = (shop.pk, row.month)
        if place not in reasons:
            reasons[place] = why_not(shop, row.month, today=today)
        if not reasons[place]:
            possible.append(shop)
    if len(possible) > 1:
        names = ", ".join(shop.name for shop in possible)
        row.refuse(
            "marketplace",
            f"IKM ini memiliki {len(possible)} toko di {row.marketplace}: {names}. Laporkan lewat "
            "halaman tokonya.",
        )
    elif possible:
        row.shop = possible[0]
    else:
        row.refuse("bulan", reasons[shops[-1].pk, row.month])


def _find_reports(rows):
    of_shops = {row.shop.pk for row in rows if row.shop}
    months = {row.month for row in rows if row.shop}
    standing = {
        (shop, month): tuple(sold)
        for shop, month, *sold in SalesReport.objects.filter(shop__in=of_shops, month__in=months)
        .order_by()
        .values_list("shop", "month", "orders", "units", "turnover", "exports")
    }
    for row in rows:
        if row.shop:
            row.stands = standing.get((row.shop.pk, first_of(row.month)))
