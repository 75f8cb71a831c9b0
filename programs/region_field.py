from itertools import groupby

from django import forms
from django.db.models import F
from django.db.models.functions import Coalesce
from django.forms.models import ModelChoiceIterator

from programs.models import Region


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

    def to_python(self, value):
        """The chosen region alone: neither the order of the list nor its province is asked for."""
        listed = self.queryset
        self.queryset = listed.order_by().select_related(None)
        try:
            return super().to_python(value)
        finally:
            self.queryset = listed


class RegencyOrProvinceField(RegencyField):
    """The same for people whose office may be that of a province, which heads its own list."""

    @staticmethod
    def regions():
        return Region.objects.order_by(
            Coalesce("province__name", "name"), F("province").asc(nulls_first=True), "name"
        )

    def label_from_instance(self, region):
        return f"Provinsi {region.name}" if region.is_province else region.name
