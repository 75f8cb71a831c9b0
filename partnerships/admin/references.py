"""What link and match stands on: competences, sectors, launch phases with their figures."""

from django.contrib import admin

from partnerships.enums import Curriculum
from partnerships.models import (
    Competence,
    CompetenceConversion,
    LaunchPhase,
    OfficialFigure,
    SectorCompetence,
)
from programs.admin_base import (
    CheckboxSelectMultiple,
    ChoicesDropdownFilter,
    DropdownFilter,
    ModelAdmin,
    TabularInline,
    display,
    plain_year,
)
from programs.models import KbliCode, Region
from programs.templatetags.bina import tanggal


class PairInline(TabularInline):
    """What a competence is called in the other curriculum."""

    model = CompetenceConversion
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("older", "newer")


class NewerInline(PairInline):
    fk_name = "older"
    autocomplete_fields = ["newer"]
    verbose_name_plural = "nama dalam Spektrum 2022"


class OlderInline(PairInline):
    fk_name = "newer"
    autocomplete_fields = ["older"]
    verbose_name_plural = "nama dalam Spektrum 2018"


@admin.register(Competence)
class CompetenceAdmin(ModelAdmin):
    """Agreements name competences by code, so a code stays; one may be taken out of use."""

    list_display = ["code", "name", "curriculum_words", "field", "years", "is_active"]
    list_display_links = ["code", "name"]
    list_filter = [("curriculum", ChoicesDropdownFilter)]
    search_fields = ["code", "name"]
    search_help_text = "Cari kode atau nama kompetensi"
    actions = None
    fields = ["curriculum", "code", "name", "field", "years", "is_active"]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ["curriculum", "code"] if obj else []

    def get_inlines(self, request, obj):
        if obj is None:
            return []
        return [NewerInline if obj.curriculum == Curriculum.SPECTRUM_2018 else OlderInline]

    @display(description="kurikulum", ordering="curriculum")
    def curriculum_words(self, competence):
        return competence.get_curriculum_display()


class DivisionFilter(DropdownFilter):
    """Rows of one KBLI division; ``path`` leads to its two digits."""

    title = "sektor"
    parameter_name = "sektor"
    path = "kbli_division"

    def lookups(self, request, model_admin):
        divisions = KbliCode.objects.filter(version=2020, code__regex=r"^\d{2}$")
        return [(code, f"{code} {title}") for code, title in divisions.values_list("code", "title")]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


@admin.register(SectorCompetence)
class SectorCompetenceAdmin(ModelAdmin):
    """Whom the companies of a sector usually need, where they have told no need of their own."""

    list_display = ["kbli_division", "competence"]
    list_display_links = ["kbli_division", "competence"]
    list_select_related = ["competence"]
    list_filter = [DivisionFilter]
    search_fields = ["competence__name", "competence__code", "kbli_division"]
    search_help_text = "Cari kompetensi atau golongan pokok KBLI"
    autocomplete_fields = ["competence"]


class OfficialFigureInline(TabularInline):
    """What was said of this launch; contradictions stand side by side."""

    model = OfficialFigure
    extra = 0
    fields = ["measure", "as_of", "value", "source", "note"]
    verbose_name_plural = "angka resmi tahap ini"


@admin.register(LaunchPhase)
class LaunchPhaseAdmin(ModelAdmin):
    list_display = ["roman_words", "area", "launched", "place", "target_schools"]
    list_display_links = ["roman_words", "area"]
    search_fields = ["area", "place"]
    search_help_text = "Cari wilayah atau tempat peluncuran"
    actions = None
    inlines = [OfficialFigureInline]
    readonly_preprocess_fields = {"number": plain_year}
    fieldsets = [
        (None, {"fields": ["number", "area", "provinces"]}),
        ("Peluncuran", {"fields": ["launched_on", "place", "note"]}),
        ("Target", {"fields": ["target_schools", "target_companies"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        return False  # agreements name it

    def get_readonly_fields(self, request, obj=None):
        return ["number"] if obj else []

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "provinces":
            kwargs["queryset"] = Region.objects.filter(kind=Region.Kind.PROVINCE)
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @display(description="tahap", ordering="number")
    def roman_words(self, phase):
        return str(phase)

    @display(description="tanggal", ordering="launched_on")
    def launched(self, phase):
        return tanggal(phase.launched_on) if phase.launched_on else "–"
