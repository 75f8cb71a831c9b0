"""What is to be reached, and which live figures were frozen for an occasion."""

from django.contrib import admin

from programs.admin.figure_values import FigureForm, TellsValueAndPlace
from programs.admin_base import (
    BooleanRadioFilter,
    ModelAdmin,
    ReadOnlyAdmin,
    RelatedDropdownFilter,
    SimpleListFilter,
    display,
)
from programs.admin_history import TellsOldAndNew
from programs.models import PublishedFigure, Target
from programs.templatetags.bina import tanggal, waktu

IN_USE, KEPT = "Dipakai", "Catatan saja"


class TargetForm(FigureForm):
    class Meta:
        model = Target
        fields = "__all__"
        help_texts = {
            "indicator": "Angka yang hendak dicapai. Sasaran angka kumulatif adalah jumlah sejak "
            "awal program pada akhir tahun itu.",
            "year": "Empat angka. Contoh: 2026.",
            "region": "Kosongkan untuk sasaran nasional.",
            "source": "Dokumen yang menetapkannya. Contoh: Rencana Strategis 2025–2029.",
            "note": "Misalnya: termasuk sasaran daerah.",
            "is_in_use": "Capaian diukur dengan sasaran ini. Sasaran lain untuk tahun dan wilayah "
            "yang sama tetap tercatat tanpa dipakai.",
        }


class YearFilter(SimpleListFilter):
    title, parameter_name = "tahun", "tahun"

    def lookups(self, request, model_admin):
        years = Target.objects.order_by("-year").values_list("year", flat=True).distinct()
        return [(year, str(year)) for year in years]

    def queryset(self, request, queryset):
        value = self.value() or ""
        return queryset.filter(year=value) if value.isdecimal() else queryset


@admin.register(Target)
class TargetAdmin(TellsValueAndPlace, TellsOldAndNew, ModelAdmin):
    """All targets of all sources; one for each year and place is in use."""

    form = TargetForm
    list_display = ["indicator", "year_words", "place", "value_words", "state", "source"]
    list_select_related = ["indicator__program", "region"]
    list_filter = [
        ("indicator__program", RelatedDropdownFilter),
        YearFilter,
        ("is_in_use", BooleanRadioFilter),
    ]
    search_fields = ["indicator__name", "indicator__slug", "source", "note"]
    search_help_text = "Cari indikator, sumber, atau catatan"
    actions = None

    def get_fields(self, request, obj=None):
        value = self.value_field(request, obj)
        return ["indicator", "year", "region", value, "source", "note", "is_in_use"]

    @display(description="tahun", ordering="year")
    def year_words(self, target):
        return str(target.year)

    @display(description="keadaan", ordering="is_in_use", label={IN_USE: "success", KEPT: "info"})
    def state(self, target):
        return IN_USE if target.is_in_use else KEPT


@admin.register(PublishedFigure)
class PublishedFigureAdmin(TellsValueAndPlace, ReadOnlyAdmin):
    """Frozen on the page of the indicator; the database lets nobody change one."""

    list_display = ["indicator", "value_words", "place", "period", "occasion", "day", "person"]
    list_select_related = ["indicator", "region", "published_by"]
    list_filter = [("indicator__program", RelatedDropdownFilter)]
    search_fields = ["indicator__name", "occasion"]
    search_help_text = "Cari indikator atau keperluan"
    fields = [
        "indicator",
        "value_words",
        "place",
        "period",
        "definition",
        "occasion",
        "counted",
        "day",
        "person",
    ]

    @display(description="dihitung pada", ordering="counted_at")
    def counted(self, figure):
        return waktu(figure.counted_at)

    @display(description="dibekukan pada", ordering="published_at")
    def day(self, figure):
        return tanggal(figure.published_at)

    @display(description="oleh", ordering="published_by__name")
    def person(self, figure):
        return figure.published_by.name
