"""What the ministry counts of its programs, and what was published about it."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import CharField
from django.utils import timezone

from programs.achievement import in_unit
from programs.admin_base import (
    ModelAdmin,
    RelatedDropdownFilter,
    Textarea,
    TextInput,
    display,
)
from programs.admin_import import TakesTables
from programs.forms import DateField, GuidedModelForm
from programs.models import Indicator, OfficialFigure
from programs.official_figure_import import OFFICIAL_FIGURES, past_day, read_value
from programs.templatetags.bina import tanggal


class IndicatorForm(GuidedModelForm):
    class Meta:
        model = Indicator
        fields = "__all__"
        widgets = {"definition": Textarea}
        help_texts = {
            "slug": "Dipakai di berkas impor. Contoh: esmart-omzet.",
            "unit": "Contoh: IKM, peserta, rupiah, persen.",
            "definition": "Apa yang dihitung dan apa yang tidak, dalam satu atau dua kalimat.",
            "source": "Unit atau sistem yang menghitung. Contoh: Ditjen IKMA.",
        }


@admin.register(Indicator)
class IndicatorAdmin(ModelAdmin):
    form = IndicatorForm
    list_display = ["name", "program", "unit", "slug"]
    list_select_related = ["program"]
    list_filter = [("program", RelatedDropdownFilter)]
    search_fields = ["name", "slug", "definition"]
    search_help_text = "Cari nama atau kode indikator"
    fields = ["name", "slug", "program", "unit", "definition", "source"]
    actions = None

    def has_delete_permission(self, request, obj=None):
        return False  # figures name it

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}


class OfficialFigureForm(GuidedModelForm):
    as_of = DateField(
        label="Per tanggal", widget=TextInput, help_text="Hari pengumuman. Contoh: 26/10/2020."
    )

    value = CharField(
        label="Nilai",
        widget=TextInput,
        help_text="Bilangan bulat, juga untuk rupiah. Untuk persen boleh dua angka di belakang "
        "koma. Contoh: 2.612, 3.270.000.000, 18,3.",
    )

    class Meta:
        model = OfficialFigure
        fields = "__all__"
        help_texts = {
            "region": "Kosongkan untuk angka nasional.",
            "source": "Judul atau alamat berita, dan harinya. Contoh: Siaran pers Kementerian "
            "Perindustrian, 26-10-2020.",
            "note": "Misalnya: kumulatif, lebih dari.",
        }
        error_messages = {
            "region": {
                "invalid_choice": "Angka resmi dicatat per provinsi atau nasional. Pilih provinsi, "
                "atau kosongkan."
            }
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            words = in_unit(self.instance.indicator, self.instance.value)
            self.initial["value"] = words.removeprefix("Rp")

    def clean(self):
        """How the value is read depends on what is counted."""
        data = super().clean()
        if "value" in data:
            try:
                data["value"] = read_value(data["value"], data.get("indicator"))
            except ValueError as problem:
                self.add_error("value", str(problem))
        return data

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        try:
            return day and past_day(day, today=timezone.localdate())
        except ValueError as problem:
            raise ValidationError(str(problem), code="future") from None


@admin.register(OfficialFigure)
class OfficialFigureAdmin(TakesTables, ModelAdmin):
    """Contradicting figures of one day may stand beside each other; none replaces another."""

    form = OfficialFigureForm
    table = OFFICIAL_FIGURES
    actions_list = ["import_table"]
    list_display = ["indicator", "value_words", "day", "place", "source", "note"]
    list_select_related = ["indicator", "region__province"]
    list_filter = [("indicator", RelatedDropdownFilter)]
    search_fields = ["source", "note"]
    search_help_text = "Cari sumber atau catatan"
    autocomplete_fields = ["region"]

    def get_fields(self, request, obj=None):
        may_change = self.has_change_permission(request, obj) if obj else True
        value = "value" if may_change else "value_words"
        return ["indicator", "as_of", value, "region", "source", "note"]

    @display(description="nilai", ordering="value")
    def value_words(self, figure):
        return in_unit(figure.indicator, figure.value)

    @display(description="per tanggal", ordering="as_of")
    def day(self, figure):
        return tanggal(figure.as_of)

    @display(description="wilayah", ordering="region")
    def place(self, figure):
        return figure.region.full_name if figure.region else "nasional"
