"""What a shop sold in a month: reported once, late allowed, corrected with what stood before."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programs.models import SalesReport, Shop
from programs.months import first_of
from programs.permissions import is_member
from programs.sales_months import why_not
from programs.workflow.stages import follow_facts

NEGATIVE = "Tulis 0 atau lebih, tanpa tanda minus."


@transaction.atomic
def report_sales(shop, month, *, orders, units, turnover, exports=0, note="", by, today):
    """Report the sales of a shop in ``month`` (its first day), or correct what was reported.

    Amounts are whole rupiah. ``ValidationError`` by field: a month to come, before the shop opened
    or when its marketplace was closed; negative numbers; a shop of somebody else. The database
    itself keeps what stood before a correction.
    """
    # Two people of an IKM at the same moment: the second corrects what the first has reported.
    shop = (
        Shop.objects.select_for_update(of=("self",), no_key=True)
        .select_related("marketplace", "organization")
        .get(pk=shop.pk)
    )
    told = {
        "orders": orders,
        "units": units,
        "turnover": turnover,
        "exports": exports,
        "note": " ".join(note.split()),
    }
    wrong = number_faults(orders, units, turnover, exports)
    if not is_member(by, shop.organization):
        wrong["shop"] = "Toko ini bukan milik usaha Anda. Pilih toko Anda sendiri."
    if problem := why_not(shop, month, today=today):
        wrong["month"] = problem
    if wrong:
        raise ValidationError(wrong)
    report = SalesReport.objects.filter(shop=shop, month=first_of(month)).first()
    if report is None:
        report = SalesReport(shop=shop, month=first_of(month))
    elif all(getattr(report, name) == value for name, value in told.items()):
        return report
    for name, value in told.items():
        setattr(report, name, value)
    report.reported_by, report.reported_at = by, timezone.now()
    report.full_clean()
    report.save()
    follow_facts(shop.organization, today=today)
    return report


def number_faults(orders, units, turnover, exports):
    """Where the numbers of a report cannot be, or do not fit each other: {field: sentence}."""
    told = {"orders": orders, "units": units, "turnover": turnover, "exports": exports}
    if wrong := {name: NEGATIVE for name, value in told.items() if value < 0}:
        return wrong
    if exports > turnover:
        wrong["exports"] = "Ekspor adalah bagian dari omzet, jadi tidak lebih besar dari omzet."
    if turnover and not orders:
        wrong["orders"] = "Ada omzet, jadi pesanan paling sedikit 1."
    if turnover and not units:
        wrong["units"] = "Ada omzet, jadi barang terjual paling sedikit 1."
    return wrong
