"""What the ministry counts of its programs, and what was published about it."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from programs.admin.figure_values import FigureForm, TellsValueAndPlace
from programs.admin_base import (
    ModelAdmin,
    RelatedDropdownFilter,
    Textarea,
    TextInput,
    display,
)
from programs.admin_history import TellsOldAndNew
from programs.admin_import import TakesTables
from programs.forms import DateField, GuidedModelForm
from programs.models import Indicator, OfficialFigure
from programs.official_figure_import import OFFICIAL_FIGURES, past_day
from programs.templatetags.bina import tanggal, waktu


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
            "counting": "Kumulatif: semua sejak awal. Dalam satu tahun: mulai lagi dari nol setiap "
            "Januari. Dalam satu bulan: keadaan bulan itu saja.",
            "position": "Angka kecil tampil lebih dahulu; yang pertama menjadi angka utama. "
            "Contoh: 10.",
        }


@admin.register(Indicator)
class IndicatorAdmin(TellsOldAndNew, ModelAdmin):
    form = IndicatorForm
    list_display = ["name", "program", "unit", "slug", "counted"]
    list_select_related = ["program"]
    list_filter = [("program", RelatedDropdownFilter)]
    search_fields = ["name", "slug", "definition"]
    search_help_text = "Cari nama atau kode indikator"
    fields = [
        "name",
        "slug",
        "program",
        "unit",
        "definition",
        "source",
        "counting",
        "position",
        "counted",
    ]
    actions = None

    def has_delete_permission(self, request, obj=None):
        return False  # figures name it

    def get_readonly_fields(self, request, obj=None):
        return ["slug", "counted"] if obj else ["counted"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    @display(description="dihitung pada", ordering="counted_at")
    def counted(self, indicator):
        return waktu(indicator.counted_at)


class OfficialFigureForm(FigureForm):
    as_of = DateField(
        label="Per tanggal", widget=TextInput, help_text="Hari pengumuman. Contoh: 26/10/2020."
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

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        try:
            return day and past_day(day, today=timezone.localdate())
        except ValueError as problem:
            raise ValidationError(str(problem), code="future") from None


@admin.register(OfficialFigure)
class OfficialFigureAdmin(TellsValueAndPlace, TellsOldAndNew, TakesTables, ModelAdmin):
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
        value = self.value_field(request, obj)
        return ["indicator", "as_of", value, "region", "source", "note"]

    @display(description="per tanggal", ordering="as_of")
    def day(self, figure):
        return tanggal(figure.as_of)
