"""The value of a target or an official figure: typed and told in the unit of its indicator."""

from django.forms import CharField

from programs.achievement import in_unit
from programs.admin_base import TextInput, display
from programs.forms import GuidedModelForm
from programs.official_figure_import import read_value


class FigureForm(GuidedModelForm):
    """A record of an indicator with a value: whole, rupiah, or percent with up to two decimals."""

    value = CharField(
        label="Nilai",
        widget=TextInput,
        help_text="Bilangan bulat, juga untuk rupiah. Untuk persen boleh dua angka di belakang "
        "koma. Contoh: 2.612, 3.270.000.000, 18,3.",
    )

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

    def told(self, name, value):
        """``value`` as the history of the record tells it; None for what tells itself."""
        if name == "value" and isinstance(value, int):
            return in_unit(self.cleaned_data["indicator"], value).removeprefix("Rp")
        return None


class TellsValueAndPlace:
    """For the list of such records: the value in its unit, and the province or the country."""

    @display(description="nilai", ordering="value")
    def value_words(self, figure):
        return in_unit(figure.indicator, figure.value)

    @display(description="wilayah", ordering="region")
    def place(self, figure):
        return figure.region.full_name if figure.region else "nasional"

    def value_field(self, request, record):
        """The value as a form has it: to be typed, or in words for who may only look."""
        may_change = record is None or self.has_change_permission(request, record)
        return "value" if may_change else "value_words"
