"""What was published about the launches: entered once with its source, and kept."""

from django.contrib import admin

from partnerships.models import OfficialFigure
from programs.admin_base import (
    ChoicesDropdownFilter,
    ModelAdmin,
    RelatedDropdownFilter,
    TextInput,
    display,
)
from programs.forms import DateField, GuidedModelForm
from programs.templatetags.bina import tanggal


class OfficialFigureForm(GuidedModelForm):
    as_of = DateField(
        label="Per tanggal",
        widget=TextInput,
        help_text="Hari pengumuman. Contoh: 18/03/2019.",
    )

    class Meta:
        model = OfficialFigure
        fields = "__all__"
        help_texts = {
            "phase": "Angka kumulatif dicatat di Angka resmi pada bagian e-Smart IKM.",
            "source": "Judul atau alamat berita, dan harinya. Contoh: Siaran pers Kementerian "
            "Perindustrian, 26-10-2020.",
            "note": "Misalnya: angka rencana.",
        }


@admin.register(OfficialFigure)
class OfficialFigureAdmin(ModelAdmin):
    """Contradicting figures of one day may stand beside each other; none replaces another."""

    form = OfficialFigureForm
    list_display = ["measure_words", "value_words", "day", "phase", "source", "note"]
    list_select_related = ["phase"]
    list_filter = [("measure", ChoicesDropdownFilter), ("phase", RelatedDropdownFilter)]
    search_fields = ["source", "note"]
    search_help_text = "Cari sumber atau catatan"
    fields = ["measure", "phase", "as_of", "value", "source", "note"]

    @display(description="yang dihitung", ordering="measure")
    def measure_words(self, figure):
        return figure.get_measure_display()

    @display(description="nilai", ordering="value")
    def value_words(self, figure):
        return f"{figure.value:,}".replace(",", ".")

    @display(description="per tanggal", ordering="as_of")
    def day(self, figure):
        return tanggal(figure.as_of)
