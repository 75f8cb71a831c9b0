"""All that is known of one IKM in e-Smart, on one page of the desk."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.admin.esmart_enrolment_moves import may_move, moves_for
from programs.desk import desk
from programs.esmart_stages import DEEDS, STAGES, text_for
from programs.models import Enrolment, Holiday, SalesReport
from programs.months import first_of, month_after, months_between
from programs.rupiah import format_rupiah
from programs.templatetags.bina import bulan

MONTHS = 12


@require_safe
def enrolment_page(request, pk):
    """The record: where it stands, what can be done, shops, sales, products, help, history."""
    if not request.user.has_perm("programs.view_enrolment"):
        raise PermissionDenied
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.user).select_related(
            "organization__region__province", "organization__ikm", "verified_by", "entered_by"
        ),
        pk=pk,
    )
    organization = enrolment.organization
    history = list(enrolment.history.select_related("actor").order_by("-at", "-pk"))
    holidays = set(Holiday.objects.values_list("date", flat=True))
    page = desk(
        request,
        admin.site,
        title=f"e-Smart {organization}",
        enrolment=enrolment,
        organization=organization,
        profile=getattr(organization, "ikm", None),
        words=STAGES[enrolment.status],
        state_text=text_for(enrolment, holidays, is_own=False),
        reason=history[0].reason if history else "",
        may_move=may_move(request.user),
        moves=moves_for(request.user, enrolment),
        shops=list(organization.shops.select_related("marketplace")),
        sales=_sales(organization, timezone.localdate()),
        products=list(organization.products.prefetch_related("certifications")),
        tasks=list(enrolment.mentoring.select_related("mentor__user").order_by("-due_on", "-pk")),
        history=[(DEEDS.get(entry.action, entry.action), entry) for entry in history],
        today=timezone.localdate(),
    )
    return TemplateResponse(request, "programs/esmart/desk_enrolment.html", page)


def _sales(organization, today):
    """Bars of the turnover (rupiah) of all shops together, for the last twelve months."""
    last = first_of(today)
    first = month_after(last, 1 - MONTHS)
    sold = dict(
        SalesReport.objects.filter(shop__organization=organization, month__gte=first)
        .order_by()
        .values("month")
        .annotate(total=Sum("turnover"))
        .values_list("month", "total")
    )
    if not sold:
        return []
    most = max(sold.values())
    return [
        (
            bulan(month),
            sold.get(month, 0),
            most,
            format_rupiah(sold[month]) if month in sold else "belum dilaporkan",
        )
        for month in months_between(first, last)
    ]
