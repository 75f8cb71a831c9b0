"""The terms of the calls: a draft is edited, a published version stands and is only read."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator

from programs.admin_base import (
    DropdownFilter,
    ModelAdmin,
    RelatedDropdownFilter,
    TabularInline,
    action,
    display,
    in_rupiah,
    plain_year,
)
from programs.desk import desk
from programs.once import once
from programs.templatetags.bina import tanggal
from programs.transitions import TransitionNotAllowed
from subsidies.admin.scheme_forms import KbliForm, ScaleForm, SchemeForm, StageForm
from subsidies.models import (
    Scheme,
    SchemeDocument,
    SchemeKbli,
    SchemeRate,
    SchemeScale,
    SchemeStage,
)
from subsidies.workflow import terms

DRAFT, IN_FORCE, REPLACED = "Konsep", "Berlaku", "Diganti versi baru"


class WhileDraft:
    """Rows of the terms can be changed as long as the scheme itself can."""

    extra = 0
    tab = True
    hide_title = True

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and is_draft(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and is_draft(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and is_draft(obj)


class RateInline(WhileDraft, TabularInline):
    model = SchemeRate


class ScaleInline(WhileDraft, TabularInline):
    model = SchemeScale
    form = ScaleForm
    readonly_preprocess_fields = {"investment_min": in_rupiah, "investment_max": in_rupiah}


class KbliInline(WhileDraft, TabularInline):
    model = SchemeKbli
    form = KbliForm
    readonly_preprocess_fields = {"kbli_version": plain_year}


class DocumentInline(WhileDraft, TabularInline):
    model = SchemeDocument


class StageInline(WhileDraft, TabularInline):
    model = SchemeStage
    form = StageForm


class StateFilter(DropdownFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [("konsep", DRAFT), ("berlaku", IN_FORCE), ("diganti", REPLACED)]

    def queryset(self, request, queryset):
        match self.value():
            case "konsep":
                return queryset.filter(published_at=None)
            case "berlaku":
                return queryset.published()
            case "diganti":
                return queryset.filter(superseded_at__isnull=False)
        return queryset


@admin.register(Scheme)
class SchemeAdmin(ModelAdmin):
    """Versions of the calls. Publishing and replacing are ``workflow.terms``."""

    form = SchemeForm
    list_display = ["name", "version_words", "state", "window", "line"]
    list_display_links = ["name"]
    list_select_related = ["budget_line"]
    list_filter = [StateFilter, ("budget_line", RelatedDropdownFilter)]
    search_fields = ["name", "code"]
    search_help_text = "Cari nama atau kode skema"
    readonly_fields = ["version_words", "state"]
    readonly_preprocess_fields = {
        "fiscal_year": plain_year,
        "floor": in_rupiah,
        "ceiling": in_rupiah,
    }
    inlines = [RateInline, ScaleInline, KbliInline, DocumentInline, StageInline]
    actions_detail = ["publish_version", "replace_version"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "state",
                    "version_words",
                    "code",
                    "name",
                    "fiscal_year",
                    "legal_basis",
                    "budget_line",
                    "contact",
                ]
            },
        ),
        (
            "Jadwal",
            {
                "fields": [
                    ("opens_on", "closes_on"),
                    ("purchase_from", "purchase_until"),
                    ("install_by", "pay_by"),
                ],
                "description": "Hari pertama dan hari terakhir ikut dihitung.",
            },
        ),
        (
            "Besar penggantian",
            {
                "fields": [("floor", "ceiling"), "max_participations", "excluded_costs"],
                "description": "Persentasenya ada di bagian Tarif, menurut skala dan asal mesin.",
            },
        ),
        (
            "Syarat dan tenggat",
            {
                "fields": [
                    "bank_payment_required",
                    "tax_invoice_required",
                    "correction_days",
                    "no_transfer_months",
                ]
            },
        ),
    ]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and is_draft(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and is_draft(obj)

    def get_readonly_fields(self, request, obj=None):
        # The code ties the versions of a call together.
        is_later = obj is not None and obj.version > 1
        return [*self.readonly_fields, "code"] if is_later else self.readonly_fields

    @display(description="versi", ordering="version")
    def version_words(self, scheme):
        return f"versi {scheme.version}"

    @display(
        description="keadaan",
        ordering="published_at",
        label={DRAFT: "warning", IN_FORCE: "success", REPLACED: "info"},
    )
    def state(self, scheme):
        if not scheme.published_at:
            return DRAFT
        return REPLACED if scheme.superseded_at else IN_FORCE

    @display(description="masa pengajuan", ordering="opens_on")
    def window(self, scheme):
        return f"{tanggal(scheme.opens_on)} – {tanggal(scheme.closes_on)}"

    @display(description="mata anggaran", ordering="budget_line")
    def line(self, scheme):
        return str(scheme.budget_line)

    def has_publish_permission(self, request):
        return request.user.has_perm("subsidies.publish_scheme")

    def has_replace_permission(self, request):
        return request.user.has_perm("subsidies.change_scheme")

    def get_actions_detail(self, request, object_id):
        """A draft can be published, a published version can be replaced, by who may."""
        draft = Scheme.objects.filter(pk=object_id, published_at=None).exists()
        offered = (
            ("publish_version", draft and self.has_publish_permission(request)),
            ("replace_version", not draft and self.has_replace_permission(request)),
        )
        return [self.get_unfold_action(name) for name, is_open in offered if is_open]

    @action(description="Terbitkan", url_path="terbitkan", icon="campaign")
    @method_decorator(once)
    def publish_version(self, request, object_id):
        """Show what will stand from now on; when the officer confirms, put it into force."""
        scheme = self.scheme_for(request, object_id, self.has_publish_permission)
        if request.method == "POST":
            try:
                published = terms.publish(scheme, by=request.user)
            except TransitionNotAllowed as refusal:
                messages.error(request, str(refusal))
            else:
                self.log_change(request, published, "Diterbitkan.")
                messages.success(
                    request,
                    f"{published.name} versi {published.version} berlaku mulai sekarang dan tidak "
                    "dapat diubah lagi.",
                )
            return HttpResponseRedirect(change_page(scheme))
        return self.step_page(
            request,
            scheme,
            "subsidies/desk_scheme_publish.html",
            title=f"Terbitkan {scheme.name}",
            before=Scheme.objects.filter(code=scheme.code).published().first(),
        )

    @action(description="Buat versi baru", url_path="versi-baru", icon="content_copy")
    @method_decorator(once)
    def replace_version(self, request, object_id):
        """Copy the terms to a draft that can be changed while the published version stands."""
        scheme = self.scheme_for(request, object_id, self.has_replace_permission)
        if request.method == "POST":
            try:
                draft = terms.new_version(scheme, by=request.user)
            except TransitionNotAllowed as refusal:
                messages.error(request, str(refusal))
                return HttpResponseRedirect(change_page(scheme))
            self.log_addition(request, draft, f"Disalin dari versi {draft.version - 1}.")
            messages.success(
                request,
                f"Versi {draft.version} dibuat sebagai konsep. Ubah isinya, lalu terbitkan. "
                f"Sampai saat itu versi {draft.version - 1} tetap berlaku.",
            )
            return HttpResponseRedirect(change_page(draft))
        return self.step_page(
            request,
            scheme,
            "subsidies/desk_scheme_replace.html",
            title=f"Buat versi baru {scheme.name}",
            draft=Scheme.objects.filter(code=scheme.code, published_at=None).first(),
        )

    def scheme_for(self, request, object_id, may):
        scheme = self.get_object(request, object_id)
        if scheme is None:
            raise Http404
        if not may(request):
            raise PermissionDenied
        return scheme

    def step_page(self, request, scheme, template, **page):
        return TemplateResponse(
            request,
            template,
            desk(
                request,
                self.admin_site,
                scheme=scheme,
                back=change_page(scheme),
                rates=scheme.rates.all(),
                documents=scheme.documents.count(),
                stages=scheme.stage_targets.count(),
                **page,
            ),
        )


def is_draft(scheme):
    return scheme is None or scheme.published_at is None


def change_page(scheme):
    return reverse("admin:subsidies_scheme_change", args=[scheme.pk])
