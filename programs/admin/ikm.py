from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

from programs.admin.places import ProvinceFilter
from programs.admin_base import (
    ChoicesDropdownFilter,
    DropdownFilter,
    ModelAdmin,
    TextInput,
    display,
    plain_year,
)
from programs.admin_import import TakesTables
from programs.enums import Scale
from programs.esmart_tables import IKM
from programs.forms import GuidedModelForm, KbliField, NikField, RupiahField
from programs.models import IkmProfile, SensitiveAccess
from programs.sealed import blind_index
from programs.workflow.organizations import OF_THE_ORGANIZATION, OF_THE_PROFILE, update_ikm


class IkmProfileForm(GuidedModelForm):
    new_nik = NikField(
        label="NIK pemilik yang baru",
        required=False,
        widget=TextInput,
        help_text="Isi hanya untuk mengganti NIK. 16 angka, contoh: 1375010203040003.",
    )
    kbli_code = KbliField(label="KBLI", required=False, widget=TextInput)
    investment = RupiahField(
        label="Nilai investasi (Rp)",
        min_value=0,
        required=False,
        widget=TextInput,
        help_text="Tanpa tanah dan bangunan.",
    )
    turnover = RupiahField(
        label="Omzet setahun (Rp)", min_value=0, required=False, widget=TextInput
    )


def in_rupiah(shown):
    return f"Rp{shown}" if shown[:1].isdigit() else shown


class ScaleFilter(DropdownFilter):
    title = "skala"
    parameter_name = "skala"

    def lookups(self, request, model_admin):
        return [*Scale.choices, ("-", "belum diketahui")]

    def queryset(self, request, queryset):
        if self.value():
            return queryset.filter(scale=self.value().replace("-", ""))
        return queryset


class IkmProvinceFilter(ProvinceFilter):
    region = "organization__region"


@admin.register(IkmProfile)
class IkmProfileAdmin(TakesTables, ModelAdmin):
    """What is known of each IKM. The NIK is masked; opening it is written down."""

    form = IkmProfileForm
    table = IKM
    actions_list = ["import_table"]
    list_display = ["organization", "region", "owner_name", "commodity", "workers", "scale_words"]
    list_select_related = ["organization__region__province"]
    list_filter = [ScaleFilter, ("commodity", ChoicesDropdownFilter), IkmProvinceFilter]
    search_fields = ["organization__name", "owner_name"]
    search_help_text = "Cari nama usaha, nama pemilik, atau NIK lengkap"
    autocomplete_fields = ["organization"]
    readonly_fields = ["nik", "scale_words", "scale_rule"]
    readonly_preprocess_fields = {
        "kbli_version": plain_year,
        "investment": in_rupiah,
        "turnover": in_rupiah,
    }
    fieldsets = [
        (None, {"fields": ["organization", "legal_form", "kbli_code", "kbli_version"]}),
        ("Pemilik", {"fields": ["owner_name", "nik", "new_nik"]}),
        (
            "Ukuran usaha",
            {"fields": ["workers", "investment", "turnover", "scale_words", "scale_rule"]},
        ),
        ("Produk", {"fields": ["commodity", "brands"]}),
    ]

    def get_queryset(self, request):
        # A list does not need the secret, so it is not opened for a list.
        return super().get_queryset(request).defer("owner_nik")

    def has_delete_permission(self, request, obj=None):
        return False  # it belongs to its organization, which stays

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "organization"] if obj else self.readonly_fields

    def get_fieldsets(self, request, obj=None):
        """Who may only look is not shown the field that changes the NIK."""
        if self.has_change_permission(request, obj) or obj is None:
            return super().get_fieldsets(request, obj)
        return [
            (title, {"fields": [name for name in options["fields"] if name != "new_nik"]})
            for title, options in self.fieldsets
        ]

    @display(description="wilayah", ordering="organization__region")
    def region(self, profile):
        region = profile.organization.region
        return region.full_name if region else "–"

    @display(description="skala", ordering="scale")
    def scale_words(self, profile):
        return Scale(profile.scale).label if profile.scale else "belum diketahui"

    @display(description="NIK pemilik")
    def nik(self, profile):
        if not profile.pk or not profile.owner_nik:
            return "belum diisi"
        address = reverse("admin:programs_ikmprofile_nik", args=[profile.pk])
        return format_html(
            '{} <a class="text-link" href="{}">Buka NIK</a>', profile.masked_nik, address
        )

    def get_search_results(self, request, queryset, search_term):
        digits = search_term.replace(" ", "")
        if digits.isdigit() and len(digits) == 16:
            found = queryset.filter(owner_nik_index=blind_index(digits, purpose="nik"))
            return found, False
        return super().get_search_results(request, queryset, search_term)

    def save_model(self, request, obj, form, change):
        organization = obj.organization
        details = {name: getattr(organization, name) for name in OF_THE_ORGANIZATION}
        details |= {name: getattr(obj, name) for name in OF_THE_PROFILE}
        details["nik"] = form.cleaned_data.get("new_nik", "")
        obj.pk = update_ikm(organization, details, by=request.user).ikm.pk

    def get_urls(self):
        nik = self.admin_site.admin_view(never_cache(self.nik_view))
        return [path("<int:pk>/nik/", nik, name="programs_ikmprofile_nik"), *super().get_urls()]

    def nik_view(self, request, pk):
        """Show one NIK, after the officer has said that they need it; who did is kept for ever."""
        profile = self.get_object(request, str(pk))
        if profile is None:
            raise Http404
        if not self.has_view_or_change_permission(request, profile):
            raise PermissionDenied
        opened = request.method == "POST"
        if opened:
            SensitiveAccess.objects.create(
                user=request.user, what="NIK pemilik", subject=str(profile.organization)
            )
        context = {
            **self.admin_site.each_context(request),
            "title": f"NIK pemilik {profile.organization}",
            "opts": self.opts,
            "profile": profile,
            "nik": profile.owner_nik if opened else "",
            "back": reverse("admin:programs_ikmprofile_change", args=[profile.pk]),
        }
        return TemplateResponse(request, "admin/programs/ikmprofile/nik.html", context)
