"""Shops of IKM: one's own with what they owe, those of a Dinas' region to be read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs import kept_input, permissions
from programs.enums import MembershipState, OrganizationKind
from programs.esmart_shop_forms import ShopChangeForm, ShopCloseForm, ShopForm
from programs.forms import blame
from programs.models import Membership, Organization, Shop
from programs.once import once
from programs.sales_months import missing_months, months_of
from programs.transitions import TransitionNotAllowed
from programs.workflow import shops as workflow

ON_A_PAGE = 20


@require_safe
def shop_list(request):
    """My shops, IKM by IKM, each with the months that it has not reported."""
    own = list(_own_ikm(request.user))
    shops = _with_reports(Shop.objects.filter(organization__in=own))
    today = timezone.localdate()
    for shop in shops:
        shop.missing = missing_of(shop, today)
    return render(
        request,
        "programs/esmart/shop_list.html",
        {
            "places": [
                (ikm, [shop for shop in shops if shop.organization_id == ikm.pk]) for ikm in own
            ],
            "missing_count": sum(len(shop.missing) for shop in shops),
            **_in_region(request, today),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def shop_new(request):
    today, own = timezone.localdate(), _own_ikm(request.user)
    form = ShopForm(
        request.POST if request.method == "POST" else None,
        organizations=own,
        today=today,
        initial={"organization": request.GET.get("usaha", "")},
    )
    if form.is_valid():
        details = dict(form.cleaned_data)
        organization = details.pop("organization")
        try:
            shop = workflow.open_shop(organization, **details, by=request.user, today=today)
        except ValidationError as problem:
            blame(form, problem)
        else:
            messages.success(request, f"{shop} dicatat. Sekarang laporkan penjualannya.")
            return redirect("esmart:shop_detail", shop.pk)
    kept_input.fill(form, kept_input.take(request))
    return render(
        request,
        "programs/esmart/shop_form.html",
        {"form": form, "has_ikm": bool(own)},
        status=422 if form.is_bound else 200,
    )


@require_safe
def shop_detail(request, pk):
    """A shop: its link, its months, and what its people can do."""
    shop = get_object_or_404(_with_reports(Shop.objects.visible_to(request.user)), pk=pk)
    today = timezone.localdate()
    reports = {report.month: report for report in shop.reports.all()}
    return render(
        request,
        "programs/esmart/shop_detail.html",
        {
            "shop": shop,
            "missing": missing_of(shop, today),
            "months": [(month, reports.get(month)) for month in months_of(shop, today=today)[:12]],
            "can_write": permissions.is_member(request.user, shop.organization),
            "running": today.replace(day=1),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def shop_edit(request, pk):
    shop = own_shop(request, pk)
    initial = {"name": shop.name, "url": shop.url, "opened_on": shop.opened_on}
    form = ShopChangeForm(request.POST if request.method == "POST" else None, initial=initial)
    return _step(
        request,
        shop,
        form,
        workflow.change_shop,
        done="Data toko disimpan.",
        heading=f"Ubah {shop.name}",
        button="Simpan",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def shop_close(request, pk):
    shop = own_shop(request, pk)
    return _step(
        request,
        shop,
        ShopCloseForm(request.POST if request.method == "POST" else None),
        workflow.close_shop,
        done=f"{shop.name} dicatat tutup.",
        heading=f"Tutup {shop.name}",
        button="Catat tutup",
        lead="Laporan penjualan yang sudah ada tetap tersimpan. Bulan sampai toko tutup masih "
        "dapat dilaporkan.",
    )


def own_shop(request, pk):
    """A shop that this person may write about; its reader alone is refused, a stranger sees 404."""
    shops = Shop.objects.visible_to(request.user).select_related("marketplace", "organization")
    shop = get_object_or_404(shops, pk=pk)
    if not permissions.is_member(request.user, shop.organization):
        raise PermissionDenied
    return shop


def missing_of(shop, today):
    """The months that a shop fetched by ``_with_reports`` still owes, newest first."""
    return missing_months(shop, {report.month for report in shop.reports.all()}, today=today)


def _step(request, shop, form, do, *, done, **page):
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            do(shop, **form.cleaned_data, by=request.user, today=timezone.localdate())
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
            status = 409
        except ValidationError as problem:
            blame(form, problem)
        else:
            messages.success(request, done)
            return redirect("esmart:shop_detail", shop.pk)
    kept_input.fill(form, kept_input.take(request))
    page |= {"form": form, "shop": shop, "back": reverse("esmart:shop_detail", args=[shop.pk])}
    return render(request, "programs/esmart/shop_step.html", page, status=status)


def _own_ikm(user):
    mine = Membership.objects.filter(user=user, state=MembershipState.APPROVED)
    return Organization.objects.of_kind(OrganizationKind.IKM).filter(
        pk__in=mine.values("organization")
    )


def _with_reports(shops):
    return shops.select_related("marketplace", "organization__region__province").prefetch_related(
        "reports"
    )


def _in_region(request, today):
    """For the people of a Dinas: the shops of the IKM of its region, a page at a time."""
    works_for_a_dinas = request.user.memberships.filter(
        state=MembershipState.APPROVED, organization__kind=OrganizationKind.AGENCY
    ).exists()
    if not works_for_a_dinas:
        return {"page": None}
    query = request.GET.get("cari", "").strip()
    shops = Shop.objects.filter(
        Organization.objects.in_regions_of(request.user, "organization__")
    ).order_by("organization__name", "name", "pk")
    if query:
        shops = shops.filter(Q(name__icontains=query) | Q(organization__name__icontains=query))
    page = Paginator(_with_reports(shops), ON_A_PAGE).get_page(request.GET.get("halaman"))
    for shop in page.object_list:
        shop.missing = missing_of(shop, today)
    return {"page": page, "query": query}
