"""Which months a shop can report, and which it still owes."""

from programs.months import first_of, month_after, months_between
from programs.templatetags.bina import bulan, tanggal

# By this day of a month the sales of the month before are expected (product.md §5).
DUE_DAY = 10


def months_of(shop, *, today):
    """The months that ``shop`` can report, newest first: from its opening to the running month."""
    last = min(day for day in (today, shop.closed_on, shop.marketplace.active_to) if day)
    first = max(day for day in (shop.opened_on, shop.marketplace.active_from) if day)
    return months_between(first, last)[::-1]


def missing_months(shop, reported, *, today):
    """The months that are over and not in ``reported``, newest first."""
    running = first_of(today)
    return [
        month for month in months_of(shop, today=today) if month < running and month not in reported
    ]


def why_not(shop, month, *, today):
    """The sentence that says why ``shop`` cannot have sales in ``month``; empty when it can."""
    marketplace, name = shop.marketplace, bulan(month)
    if month > today:
        return f"{name} belum tiba. Laporkan paling jauh {bulan(first_of(today))}."
    if month < first_of(shop.opened_on):
        return f"Toko ini dibuka {tanggal(shop.opened_on)}, sesudah {name}."
    if shop.closed_on and month > shop.closed_on:
        return f"Toko ini ditutup {tanggal(shop.closed_on)}, sebelum {name}."
    if marketplace.active_to and month > marketplace.active_to:
        return f"{marketplace} tutup sejak {tanggal(marketplace.active_to)}, sebelum {name}."
    if marketplace.active_from and month < first_of(marketplace.active_from):
        return f"{marketplace} baru buka {tanggal(marketplace.active_from)}, sesudah {name}."
    return ""


def due_on(month):
    """The last day on which the report of ``month`` is on time."""
    return month_after(month).replace(day=DUE_DAY)
