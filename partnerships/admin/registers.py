"""The registers of link and match: schools and companies as partners."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.html import format_html

from partnerships.admin.references import DivisionFilter
from partnerships.enums import Curriculum
from partnerships.exports import company_rows, school_rows
from partnerships.imports import COMPANIES, SCHOOLS
from partnerships.models import (
    CompanyNeed,
    CompanyProfile,
    Competence,
    SchoolCompetence,
    SchoolProfile,
)
from programs.admin.places import ProvinceFilter
from programs.admin_base import (
    ChoicesDropdownFilter,
    DropdownFilter,
    ModelAdmin,
    TabularInline,
    TextInput,
    display,
    plain_year,
)
from programs.admin_export import GivesTables
from programs.admin_import import TakesTables
from programs.forms import GuidedModelForm, KbliField, NipField, PhoneField
from programs.identifiers import format_npwp


class OrganizationProvinceFilter(ProvinceFilter):
    region = "organization__region"


class CompetenceFilter(DropdownFilter):
    """Those with one competence, under the code of either curriculum."""

    title = "kompetensi"
    parameter_name = "kompetensi"
    rows, owner = SchoolCompetence, "school"

    def lookups(self, request, model_admin):
        return [(str(one.pk), one.full_name) for one in Competence.objects.filter(is_active=True)]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if not value.isdecimal():
            return queryset
        same = Competence.objects.same_as([int(value)]).values("pk")
        rows = self.rows.objects.filter(**{self.owner: OuterRef("pk")}, competence__in=same)
        return queryset.filter(Exists(rows))


class NeedFilter(CompetenceFilter):
    title = "kebutuhan"
    parameter_name = "kebutuhan"
    rows, owner = CompanyNeed, "company"


class CurriculumFilter(DropdownFilter):
    title = "kurikulum"
    parameter_name = "kurikulum"

    def lookups(self, request, model_admin):
        return [(str(value), label) for value, label in Curriculum.choices]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if not value.isdecimal():
            return queryset
        rows = SchoolCompetence.objects.filter(
            school=OuterRef("pk"), competence__curriculum=int(value)
        )
        return queryset.filter(Exists(rows))


class SectorFilter(DivisionFilter):
    path = "kbli_code__startswith"


class SchoolForm(GuidedModelForm):
    head_nip = NipField(label="NIP kepala sekolah", required=False, widget=TextInput)
    contact_phone = PhoneField(label="Telepon narahubung", required=False, widget=TextInput)


class CompanyForm(GuidedModelForm):
    kbli_code = KbliField(label="KBLI", required=False, widget=TextInput)
    contact_phone = PhoneField(label="Telepon narahubung", required=False, widget=TextInput)


class SchoolCompetenceInline(TabularInline):
    model = SchoolCompetence
    extra = 0
    fields = ["competence", "pupils"]
    autocomplete_fields = ["competence"]
    verbose_name_plural = "kompetensi yang diajarkan"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("competence")


class CompanyNeedInline(TabularInline):
    model = CompanyNeed
    extra = 0
    fields = ["competence", "places"]
    autocomplete_fields = ["competence"]
    verbose_name_plural = "kompetensi yang dibutuhkan"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("competence")


class PartyAdmin(TakesTables, GivesTables, ModelAdmin):
    """A profile and, beside it to be read, what the register knows of the organization."""

    list_select_related = ["organization__region__province"]
    list_display_links = ["name"]
    search_fields = ["organization__name"]
    autocomplete_fields = ["organization"]
    actions = None
    actions_list = ["import_table", "export"]
    number: str

    def has_delete_permission(self, request, obj=None):
        return False  # agreements name it

    def get_readonly_fields(self, request, obj=None):
        return ["number_words", "address", "place", "partners"] + (["organization"] if obj else [])

    def get_search_results(self, request, queryset, search_term):
        """Digits are the whole number; words are part of the name."""
        digits = search_term.replace(".", "").replace("-", "").replace(" ", "")
        if digits.isdigit():
            return queryset.filter(**{f"organization__{self.number}": digits}), False
        return super().get_search_results(request, queryset, search_term)

    @display(description="nama", ordering="organization__name")
    def name(self, profile):
        return profile.organization.name

    @display(description="wilayah")
    def place(self, profile):
        region = profile.organization.region
        return region.full_name if region else "–"

    @display(description="alamat")
    def address(self, profile):
        return profile.organization.address or "–"

    @display(description="pencocokan")
    def partners(self, profile):
        address = reverse("admin:partnerships_matching", args=[profile.organization_id])
        return format_html('<a class="text-link" href="{}">Cari mitra yang cocok</a>', address)

    def get_fieldsets(self, request, obj=None):
        """A new profile has no organization yet to show."""
        shown = ["organization", "number_words", "address", "place", "partners"]
        return [
            ("Organisasi", {"fields": shown if obj else ["organization"]}),
            *self.own_fieldsets,
        ]


@admin.register(SchoolProfile)
class SchoolProfileAdmin(PartyAdmin):
    table = SCHOOLS
    export_name = "SMK"
    rows_of = staticmethod(school_rows)
    number = "npsn"
    form = SchoolForm
    list_display = ["name", "number_words", "place", "status", "accreditation", "pupils"]
    list_filter = [
        OrganizationProvinceFilter,
        ("status", ChoicesDropdownFilter),
        ("accreditation", ChoicesDropdownFilter),
        CompetenceFilter,
        CurriculumFilter,
    ]
    search_help_text = "Cari nama sekolah atau NPSN"
    inlines = [SchoolCompetenceInline]
    own_fieldsets = [
        ("Sekolah", {"fields": ["status", "accreditation", "pupils"]}),
        ("Kepala sekolah", {"fields": ["head_name", "head_nip"]}),
        ("Narahubung", {"fields": ["contact_name", "contact_phone", "contact_email"]}),
    ]

    @display(description="NPSN", ordering="organization__npsn")
    def number_words(self, profile):
        return profile.organization.npsn or "–"


@admin.register(CompanyProfile)
class CompanyProfileAdmin(PartyAdmin):
    table = COMPANIES
    export_name = "Perusahaan"
    rows_of = staticmethod(company_rows)
    number = "nib"
    form = CompanyForm
    list_display = ["name", "number_words", "place", "kbli_code", "workers"]
    list_filter = [OrganizationProvinceFilter, SectorFilter, NeedFilter]
    search_help_text = "Cari nama perusahaan atau NIB"
    inlines = [CompanyNeedInline]
    readonly_preprocess_fields = {"kbli_version": plain_year}
    own_fieldsets = [
        ("Perusahaan", {"fields": ["kbli_code", "kbli_version", "workers", "wants_schools"]}),
        ("Penanda tangan", {"fields": ["signatory_name", "signatory_position"]}),
        ("Narahubung", {"fields": ["contact_name", "contact_phone", "contact_email"]}),
    ]

    @display(description="NIB", ordering="organization__nib")
    def number_words(self, profile):
        organization = profile.organization
        npwp = f", NPWP {format_npwp(organization.npwp)}" if organization.npwp else ""
        return f"{organization.nib or '–'}{npwp}"
