"""Where IKM sell online: marketplaces, shops with the check of their links, and reported sales."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html

from programs.admin.places import ProvinceFilter
from programs.admin_base import (
    ChoicesDropdownFilter,
    DropdownFilter,
    ModelAdmin,
    ReadOnlyAdmin,
    RelatedDropdownFilter,
    TabularInline,
    TextInput,
    action,
    display,
    in_rupiah,
)
from programs.admin_export import GivesTables
from programs.admin_import import TakesTables
from programs.desk import desk
from programs.esmart_exports import sales_rows, shop_rows
from programs.esmart_shop_forms import HostsField, LinkCheckForm
from programs.esmart_tables import SALES
from programs.forms import DateField, GuidedModelForm, blame
from programs.models import Marketplace, SalesReport, SalesRevision, Shop
from programs.months import months_between, parse_month
from programs.once import once
from programs.rupiah import format_rupiah
from programs.templatetags.bina import bulan, tanggal, waktu
from programs.transitions import TransitionNotAllowed
from programs.workflow.shops import check_link


class MarketplaceForm(GuidedModelForm):
    hosts = HostsField(widget=TextInput)
    active_from = DateField(label="Buka sejak", required=False, widget=TextInput)
    active_to = DateField(
        label="Tutup sesudah",
        required=False,
        widget=TextInput,
        help_text="Hari terakhir orang dapat berjualan di sana. Kosong: masih buka.",
    )


@admin.register(Marketplace)
class MarketplaceAdmin(ModelAdmin):
    form = MarketplaceForm
    list_display = ["name", "hosts_words", "opened", "closed"]
    search_fields = ["name"]
    search_help_text = "Cari nama lokapasar"
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "hosts", "active_from", "active_to"]

    def has_delete_permission(self, request, obj=None):
        return False  # shops name it; it is closed with a day

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    @display(description="alamat situs")
    def hosts_words(self, marketplace):
        return ", ".join(marketplace.hosts) or "alamat apa pun"

    @display(description="buka sejak", ordering="active_from")
    def opened(self, marketplace):
        return tanggal(marketplace.active_from)

    @display(description="tutup sesudah", ordering="active_to")
    def closed(self, marketplace):
        return tanggal(marketplace.active_to)


class ShopProvinceFilter(ProvinceFilter):
    region = "organization__region"


class OpenFilter(DropdownFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [("buka", "masih buka"), ("tutup", "sudah tutup")]

    def queryset(self, request, queryset):
        if self.value():
            return queryset.filter(closed_on__isnull=self.value() == "buka")
        return queryset


@admin.register(Shop)
class ShopAdmin(GivesTables, ReadOnlyAdmin):
    """Shops as their people recorded them. An officer opens the link and says whether it fits."""

    export_name = "Toko"
    rows_of = staticmethod(shop_rows)
    list_display = ["name", "organization", "marketplace", "place", "opened", "state", "link"]
    list_select_related = ["organization__region__province", "marketplace"]
    list_filter = [
        ("marketplace", RelatedDropdownFilter),
        ("link_state", ChoicesDropdownFilter),
        OpenFilter,
        ShopProvinceFilter,
    ]
    search_fields = ["name", "organization__name"]
    search_help_text = "Cari nama toko, nama usaha, NIB, atau tautan"
    ordering = ["-entered_at", "-pk"]
    actions = ["find_links_good"]
    actions_list = ["export"]
    actions_detail = ["look_at_link"]
    fields = [
        ("organization", "marketplace"),
        "name",
        "address",
        ("opened", "closed"),
        ("link", "link_note"),
        ("checked", "checked_by"),
        "entered_by",
    ]

    def get_search_results(self, request, queryset, search_term):
        """Digits are a whole NIB, an address is the beginning of a link, words part of a name."""
        if search_term.isdigit():
            return queryset.filter(organization__nib=search_term), False
        if search_term.startswith("http"):
            return queryset.filter(url__startswith=search_term), False
        return super().get_search_results(request, queryset, search_term)

    def has_check_permission(self, request, object_id=None):
        return request.user.has_perm("programs.verify_enrolment")

    @admin.action(description="Tautan sesuai", permissions=["check"])
    def find_links_good(self, request, queryset):
        done = 0
        for shop in queryset:
            try:
                check_link(shop, is_good=True, by=request.user, today=timezone.localdate())
            except TransitionNotAllowed as refusal:
                self.message_user(request, str(refusal), messages.WARNING)
            else:
                self.log_change(request, shop, "Tautan sesuai.")
                done += 1
        if done:
            self.message_user(request, f"{done} tautan dicatat sesuai.", messages.SUCCESS)

    @action(
        description="Periksa tautan",
        url_path="periksa",
        icon="link",
        permissions=["check"],
    )
    @method_decorator(once)
    def look_at_link(self, request, object_id):
        """What the officer saw behind the link. A wrong one is told to the owner at once."""
        shop = self.get_object(request, object_id)
        if shop is None:
            raise Http404
        form = LinkCheckForm(request.POST if request.method == "POST" else None)
        back = reverse("admin:programs_shop_change", args=[shop.pk])
        if form.is_valid() and self.write_check(request, shop, form):
            return HttpResponseRedirect(back)
        page = desk(
            request,
            self.admin_site,
            title=f"Periksa tautan {shop}",
            shop=shop,
            form=form,
            back=back,
        )
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "programs/esmart/desk_link.html", page, status=status)

    def write_check(self, request, shop, form):
        is_good = form.cleaned_data["verdict"] == LinkCheckForm.GOOD
        note = form.cleaned_data["note"]
        try:
            check_link(
                shop, is_good=is_good, note=note, by=request.user, today=timezone.localdate()
            )
        except ValidationError as problem:
            blame(form, problem)
            return False
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
            return False
        words = "sesuai" if is_good else "tidak sesuai; pemiliknya diberi tahu"
        self.log_change(request, shop, f"Tautan {words}.")
        messages.success(request, f"Tautan {shop} dicatat {words}.")
        return True

    @display(description="wilayah")
    def place(self, shop):
        region = shop.organization.region
        return region.full_name if region else "–"

    @display(description="dibuka pada", ordering="opened_on")
    def opened(self, shop):
        return tanggal(shop.opened_on)

    @display(description="ditutup pada", ordering="closed_on")
    def closed(self, shop):
        return tanggal(shop.closed_on)

    @display(description="keadaan", label={"Buka": "success", "Tutup": "info"})
    def state(self, shop):
        return "Tutup" if shop.closed_on else "Buka"

    @display(
        description="tautan",
        ordering="link_state",
        label={"Belum diperiksa": "warning", "Sesuai": "success", "Tidak sesuai": "danger"},
    )
    def link(self, shop):
        return shop.get_link_state_display().capitalize()

    @display(description="diperiksa pada")
    def checked(self, shop):
        return tanggal(shop.checked_on)

    @display(description="tautan toko")
    def address(self, shop):
        if not shop.url:
            return "–"
        return format_html(
            '<a class="text-link" href="{0}" rel="noopener noreferrer nofollow">{0}</a>', shop.url
        )


class MonthFilter(DropdownFilter):
    title = "bulan"
    parameter_name = "bulan"

    def lookups(self, request, model_admin):
        first = SalesReport.objects.order_by("month").values_list("month", flat=True).first()
        months = months_between(first, timezone.localdate())[::-1] if first else []
        return [(f"{month:%Y-%m}", bulan(month)) for month in months]

    def queryset(self, request, queryset):
        try:
            return queryset.filter(month=parse_month(self.value())) if self.value() else queryset
        except ValueError:
            return queryset.none()


class SalesProvinceFilter(ProvinceFilter):
    region = "shop__organization__region"


class RevisionInline(TabularInline):
    """What the report said before each correction, the newest first."""

    model = SalesRevision
    extra = 0
    hide_title = True
    fields = readonly_fields = [
        "when",
        "orders",
        "units",
        "turnover_words",
        "exports_words",
        "note",
        "reported_by",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("reported_by")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description="dilaporkan pada")
    def when(self, revision):
        return waktu(revision.reported_at)

    @display(description="omzet")
    def turnover_words(self, revision):
        return format_rupiah(revision.turnover)

    @display(description="ekspor")
    def exports_words(self, revision):
        return format_rupiah(revision.exports)


@admin.register(SalesReport)
class SalesReportAdmin(TakesTables, GivesTables, ReadOnlyAdmin):
    """What shops sold, month by month. Owners report it on their pages, officers from a file."""

    table = SALES
    export_name = "Penjualan"
    rows_of = staticmethod(sales_rows)
    list_display = ["shop_name", "organization", "marketplace", "month_words", "orders", "sold"]
    list_select_related = ["shop__organization", "shop__marketplace"]
    list_filter = [
        MonthFilter,
        ("shop__marketplace", RelatedDropdownFilter),
        SalesProvinceFilter,
    ]
    search_fields = ["shop__name", "shop__organization__name"]
    search_help_text = "Cari nama toko, nama usaha, atau NIB"
    ordering = ["-month", "-pk"]
    inlines = [RevisionInline]
    actions = None
    actions_list = ["import_table", "export", "export_csv"]
    readonly_preprocess_fields = {"turnover": in_rupiah, "exports": in_rupiah}
    fields = [
        ("shop_name", "organization", "marketplace"),
        "month_words",
        ("orders", "units"),
        ("turnover", "exports"),
        "note",
        ("reported_by", "reported"),
    ]

    def get_search_results(self, request, queryset, search_term):
        if search_term.isdigit():
            return queryset.filter(shop__organization__nib=search_term), False
        return super().get_search_results(request, queryset, search_term)

    @display(description="toko", ordering="shop__name")
    def shop_name(self, report):
        return report.shop.name

    @display(description="IKM", ordering="shop__organization__name")
    def organization(self, report):
        return report.shop.organization

    @display(description="lokapasar", ordering="shop__marketplace__name")
    def marketplace(self, report):
        return report.shop.marketplace

    @display(description="bulan", ordering="month")
    def month_words(self, report):
        return bulan(report.month)

    @display(description="omzet", ordering="turnover")
    def sold(self, report):
        return format_rupiah(report.turnover)

    @display(description="dilaporkan pada")
    def reported(self, report):
        return waktu(report.reported_at)
