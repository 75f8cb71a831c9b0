from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.db.models.functions import Coalesce
from django.forms.models import ModelChoiceIterator

from programs.models import Region
from programs.plain_rows import fetch


class _ByProvince(ModelChoiceIterator):
    def __iter__(self):
        yield ("", self.field.empty_label)
        for province, regions in groupby(self.queryset, key=lambda one: one.province or one):
            yield (province.name, [self.choice(region) for region in regions])


class RegencyField(forms.ModelChoiceField):
    """A kabupaten or kota, listed under its province: one choice, also without JavaScript."""

    iterator = _ByProvince

    def __init__(self, **options):
        options.setdefault("empty_label", "Pilih kabupaten/kota")
        super().__init__(self.regions().select_related("province"), **options)

    @staticmethod
    def regions():
        return Region.objects.exclude(province=None).order_by("province__name", "name")

    def takes(self, region):
        """Whether ``regions`` lists it."""
        return not region.is_province

    def to_python(self, value):
        """The chosen region alone, not looked for in the whole list: hundreds send it at once."""
        if value in self.empty_values:
            return None
        self.validate_no_null_characters(value)
        region = fetch(Region, code=value)
        if region is None or not self.takes(region):
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            )
        return region


class RegencyOrProvinceField(RegencyField):
    """The same for people whose office may be that of a province, which heads its own list."""

    @staticmethod
    def regions():
        return Region.objects.order_by(
            Coalesce("province__name", "name"), F("province").asc(nulls_first=True), "name"
        )

    def takes(self, region):
        return True

    def label_from_instance(self, region):
        return f"Provinsi {region.name}" if region.is_province else region.name
