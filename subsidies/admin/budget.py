"""The budget lines with what is left of them, their ledger, and who may approve how much."""

from django.contrib import admin, messages
from django.db import DatabaseError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator

from programs.admin_base import (
    ChoicesDropdownFilter,
    ModelAdmin,
    ReadOnlyAdmin,
    RelatedDropdownFilter,
    TabularInline,
    TextInput,
    action,
    display,
    in_rupiah,
    plain_year,
)
from programs.desk import desk
from programs.forms import GuidedModelForm, RupiahField
from programs.once import once
from programs.rupiah import format_rupiah
from programs.templatetags.bina import rupiah, waktu
from subsidies.forms.money import AllocationForm
from subsidies.models import ApprovalBand, BudgetLine, LedgerEntry
from subsidies.workflow.terms import allocate

CEILING = "subsidies_ledger_ceiling"


class LedgerInline(TabularInline):
    """The newest movements of the line first; nobody writes here."""

    model = LedgerEntry
    extra = 0
    per_page = 25
    hide_title = True
    fields = readonly_fields = ["when", "what", "application", "note", "actor"]
    verbose_name_plural = "mutasi"
    ordering = ["-at", "-pk"]

    def get_queryset(self, request):
        entries = super().get_queryset(request)
        return entries.select_related("application__organization", "actor", "budget_line")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description="waktu")
    def when(self, entry):
        return waktu(entry.at)

    @display(description="mutasi")
    def what(self, entry):
        return f"{entry.get_kind_display()} {format_rupiah(entry.amount)}"


class BudgetLineForm(GuidedModelForm):
    class Meta:
        model = BudgetLine
        fields = "__all__"
        help_texts = {
            "dipa_code": "Kode lengkap pada DIPA. Contoh: 019.02.1.247949/2026.",
            "fiscal_year": "Contoh: 2026.",
            "name": "Contoh: Restrukturisasi mesin dan peralatan IKM.",
        }


@admin.register(BudgetLine)
class BudgetLineAdmin(ModelAdmin):
    """Lines of the DIPA. The ceiling is no field: it is set on a page of its own, with its base."""

    form = BudgetLineForm
    list_display = ["name", "year", "ceiling", "reserved", "committed", "paid", "free"]
    list_display_links = ["name"]
    search_fields = ["name", "dipa_code"]
    search_help_text = "Cari nama atau kode DIPA"
    readonly_fields = ["ceiling", "reserved", "committed", "paid", "free"]
    readonly_preprocess_fields = {"fiscal_year": plain_year}
    inlines = [LedgerInline]
    actions_detail = ["set_ceiling"]
    fieldsets = [
        (None, {"fields": ["name", "dipa_code", "fiscal_year"]}),
        (
            "Saldo",
            {"fields": ["ceiling", "reserved", "committed", "paid", "free"]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_balance()

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.fieldsets[:1]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (
            obj and (obj.entries.exists() or obj.schemes.exists())
        )

    @display(description="tahun", ordering="fiscal_year")
    def year(self, line):
        return str(line.fiscal_year)

    @display(description="pagu", ordering="allocated")
    def ceiling(self, line):
        return rupiah(line.allocated)

    @display(description="dicadangkan", ordering="reserved")
    def reserved(self, line):
        return rupiah(line.reserved)

    @display(description="terikat SK", ordering="committed")
    def committed(self, line):
        return rupiah(line.committed)

    @display(description="dibayar", ordering="paid")
    def paid(self, line):
        return rupiah(line.paid)

    @display(description="tersedia", ordering="available")
    def free(self, line):
        return rupiah(line.available)

    def has_allocate_permission(self, request, object_id=None):
        return request.user.has_perm("subsidies.allocate_budget")

    @action(
        description="Tetapkan pagu",
        url_path="pagu",
        icon="payments",
        permissions=["allocate"],
    )
    @method_decorator(once)
    def set_ceiling(self, request, object_id):
        """Set money aside for the line or take some back; the database holds what is spoken for."""
        line = self.get_object(request, object_id)
        if line is None:
            raise Http404
        form = AllocationForm(request.POST or None)
        back = reverse("admin:subsidies_budgetline_change", args=[line.pk])
        if request.method == "POST" and form.is_valid() and self.allocate(request, line, form):
            return HttpResponseRedirect(back)
        spoken_for = line.reserved + line.committed + line.paid
        page = desk(
            request,
            self.admin_site,
            title=f"Tetapkan pagu {line}",
            line=line,
            form=form,
            spoken_for=spoken_for,
            slices=[
                ("Dibayar", line.paid, "q4"),
                ("Terikat SK", line.committed, "q3"),
                ("Dicadangkan", line.reserved, "q2"),
            ],
            back=back,
        )
        return TemplateResponse(request, "subsidies/desk_allocation.html", page)

    def allocate(self, request, line, form):
        """Write the change; where the database refuses it, say how much is spoken for."""
        try:
            with transaction.atomic():
                allocate(line, amount=form.change, note=form.cleaned_data["note"], by=request.user)
        except DatabaseError as refusal:
            if CEILING not in str(refusal):
                raise
            balance = line.balance()
            spoken_for = balance["allocated"] - balance["available"]
            form.add_error(
                "amount",
                f"Pagu tidak dapat dikurangi sebanyak itu: {format_rupiah(spoken_for)} dari "
                f"{format_rupiah(balance['allocated'])} sudah dicadangkan, terikat SK, atau "
                f"dibayar. Paling banyak dapat dikurangi {format_rupiah(balance['available'])}.",
            )
            return False
        self.log_change(request, line, f"Pagu diubah {format_rupiah(form.change)}.")
        messages.success(
            request,
            f"Pagu {line} sekarang {format_rupiah(line.balance()['allocated'])}.",
        )
        return True


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    """Every movement of the money, written by the workflow and never changed."""

    list_display = ["when", "kind", "sum", "budget_line", "application", "note", "actor"]
    list_display_links = ["when"]
    list_select_related = ["budget_line", "application__organization", "actor"]
    list_filter = [("budget_line", RelatedDropdownFilter), ("kind", ChoicesDropdownFilter)]
    search_fields = ["application__registration_number"]
    search_help_text = "Cari nomor registrasi"
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    fields = ["when", "kind", "sum", "budget_line", "application", "note", "actor"]

    @display(description="waktu", ordering="at")
    def when(self, entry):
        return waktu(entry.at)

    @display(description="jumlah", ordering="amount")
    def sum(self, entry):
        return format_rupiah(entry.amount)


class BandForm(GuidedModelForm):
    up_to = RupiahField(
        label="Menyetujui sampai (Rp)",
        min_value=1,
        widget=TextInput,
        help_text="Permohonan di atas nilai ini diteruskan kepada pejabat di atasnya. "
        "Contoh: 200.000.000.",
    )

    class Meta:
        model = ApprovalBand
        fields = "__all__"


@admin.register(ApprovalBand)
class ApprovalBandAdmin(ModelAdmin):
    form = BandForm
    list_display = ["group", "most"]
    list_select_related = ["group"]
    readonly_preprocess_fields = {"up_to": in_rupiah}
    fields = ["group", "up_to"]

    @display(description="menyetujui sampai", ordering="up_to")
    def most(self, band):
        return rupiah(band.up_to)
