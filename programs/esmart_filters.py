"""What narrows the lists of e-Smart: IKM still to be enrolled, and the catalogue of products."""

import django_filters
from django.db.models import Q
from django.utils.text import capfirst
from django_filters.constants import EMPTY_VALUES

from programs.enums import Commodity
from programs.forms import GuidedForm
from programs.models import Organization, Product

COMMODITIES = [(one.value, capfirst(one.label)) for one in Commodity]


class NotEnrolledFilter(django_filters.FilterSet):
    """IKM of a region by name, commodity and kabupaten or kota (``regions``)."""

    cari = django_filters.CharFilter(
        label="Cari", method="search", help_text="Nama usaha atau NIB. Contoh: sandang"
    )
    komoditas = django_filters.ChoiceFilter(
        label="Komoditas",
        field_name="ikm__commodity",
        choices=COMMODITIES,
        empty_label="Semua komoditas",
    )
    wilayah = django_filters.ChoiceFilter(
        label="Kabupaten/kota", field_name="region", empty_label="Semua wilayah Anda"
    )

    class Meta:
        model = Organization
        fields = []
        form = GuidedForm

    def __init__(self, data, queryset, *, regions):
        super().__init__(data, queryset=queryset)
        self.filters["wilayah"].extra["choices"] = [(one.pk, one.name) for one in regions]
        for field in self.form.fields.values():
            field.hide_optional = True

    def search(self, queryset, name, words):
        return queryset.filter(Q(name__icontains=words.strip()) | Q(nib=words.strip()))


class CatalogueFilter(django_filters.FilterSet):
    """Products in the catalogue by words, commodity, and where their IKM is."""

    cari = django_filters.CharFilter(
        label="Cari", method="search", help_text="Nama produk, usaha, atau merek. Contoh: keripik"
    )
    komoditas = django_filters.ChoiceFilter(
        label="Komoditas",
        field_name="commodity",
        choices=COMMODITIES,
        empty_label="Semua komoditas",
    )
    provinsi = django_filters.ChoiceFilter(
        label="Provinsi", field_name="organization__region__province", empty_label="Semua provinsi"
    )
    wilayah = django_filters.ChoiceFilter(
        label="Kabupaten/kota", field_name="organization__region", empty_label="Semua wilayah"
    )

    class Meta:
        model = Product
        fields = []
        form = GuidedForm

    def __init__(self, data, queryset, *, regions):
        """``regions`` are the kabupaten and kota that have products to show."""
        super().__init__(data, queryset=queryset)
        provinces = {one.province_id: one.province.name for one in regions}
        self.filters["provinsi"].extra["choices"] = sorted(
            provinces.items(), key=lambda pair: pair[1]
        )
        self.filters["wilayah"].extra["choices"] = [(one.pk, one.full_name) for one in regions]
        for field in self.form.fields.values():
            field.hide_optional = True

    def search(self, queryset, name, words):
        for word in words.split():
            queryset = queryset.filter(
                Q(name__icontains=word)
                | Q(description__icontains=word)
                | Q(organization__name__icontains=word)
                | Q(organization__ikm__brands__icontains=word)
            )
        return queryset

    def chosen(self):
        """(parameter, value in words) of each filter that is on."""
        values = self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        for name, value in values.items():
            if value not in EMPTY_VALUES:
                choices = self.filters[name].extra.get("choices")
                yield name, dict(choices).get(value, value) if choices else f"“{value}”"
