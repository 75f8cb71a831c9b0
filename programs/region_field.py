from itertools import groupby

from django import forms
from django.forms.models import ModelChoiceIterator

from programs.models import Region


class _ByProvince(ModelChoiceIterator):
    def __iter__(self):
        yield ("", self.field.empty_label)
        for province, regencies in groupby(self.queryset, key=lambda region: region.province):
            yield (province.name, [self.choice(regency) for regency in regencies])


class RegencyField(forms.ModelChoiceField):
    """A kabupaten or kota, listed under its province: one choice, also without JavaScript."""

    iterator = _ByProvince

    def __init__(self, **options):
        regencies = Region.objects.exclude(province=None).select_related("province")
        options.setdefault("empty_label", "Pilih kabupaten atau kota")
        super().__init__(regencies.order_by("province__name", "name"), **options)
