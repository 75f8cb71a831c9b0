"""Reporting what a shop sold, and reading what it reported."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs import kept_input, permissions
from programs.esmart_shop_forms import SalesForm
from programs.forms import blame
from programs.models import Shop
from programs.months import month_after, months_between, parse_month
from programs.once import once
from programs.rupiah import format_rupiah
from programs.sales_months import missing_months, why_not
from programs.templatetags.bina import bulan
from programs.views.esmart_shops import own_shop
from programs.workflow.sales import report_sales

MONTHS_DRAWN = 12
FIELDS = ["orders", "units", "turnover", "exports", "note"]


@require_http_methods(["GET", "HEAD", "POST"])
@once
def sales_report(request, pk, month):
    """The one-minute form for a month; reported already, it corrects."""
    shop, month, today = own_shop(request, pk), _month_of(month), timezone.localdate()
    if request.method != "POST" and (words := why_not(shop, month, today=today)):
        messages.info(request, words)
        return redirect("esmart:shop_detail", shop.pk)
    around = {
        report.month: report
        for report in shop.reports.filter(month__in=[month, month_after(month, -1)])
    }
    report = around.get(month)
    form = SalesForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(report, name) for name in FIELDS} if report else None,
    )
    if form.is_valid():
        try:
            report_sales(shop, month, **form.cleaned_data, by=request.user, today=today)
        except ValidationError as problem:
            blame(form, problem)
        else:
            return _thanks(request, shop, month, today)
    kept_input.fill(form, kept_input.take(request))
    return render(
        request,
        "programs/esmart/sales_form.html",
        {
            "form": form,
            "shop": shop,
            "month": month,
            "report": report,
            "last": around.get(month_after(month, -1)),
        },
        status=422 if form.is_bound else 200,
    )


@require_safe
def sales_history(request, pk):
    """All reports of a shop, each with what it said before, and the last year as a chart."""
    shops = Shop.objects.visible_to(request.user).select_related("marketplace", "organization")
    shop = get_object_or_404(shops, pk=pk)
    reports = list(
        shop.reports.select_related("reported_by")
        .prefetch_related("revisions__reported_by")
        .order_by("-month")
    )
    return render(
        request,
        "programs/esmart/sales_history.html",
        {
            "shop": shop,
            "reports": reports,
            "bars": _bars(reports),
            "can_write": permissions.is_member(request.user, shop.organization),
        },
    )


def _month_of(text):
    try:
        return parse_month(text)
    except ValueError:
        raise Http404 from None


def _thanks(request, shop, month, today):
    """Say that it was received, and lead on to the next month that is missing, if any."""
    missing = missing_months(shop, set(shop.reports.values_list("month", flat=True)), today=today)
    words = f"Penjualan {bulan(month)} di {shop.name} tersimpan."
    if missing:
        messages.success(request, f"{words} Masih ada {len(missing)} bulan yang belum dilaporkan.")
    else:
        messages.success(request, words)
    return redirect("esmart:shop_detail", shop.pk)


def _bars(reports):
    """The last months up to the newest report for the chart; without a report, nothing."""
    if not reports:
        return []
    newest = reports[0].month
    sold = {report.month: report.turnover for report in reports}
    first = max(month_after(newest, 1 - MONTHS_DRAWN), reports[-1].month)
    most = max(sold.get(month, 0) for month in months_between(first, newest))
    return [
        (
            bulan(month),
            sold.get(month, 0),
            most,
            format_rupiah(sold[month]) if month in sold else "belum dilaporkan",
        )
        for month in months_between(first, newest)
    ]
