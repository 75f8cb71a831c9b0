"""What narrows the lists of e-Smart: IKM still to be enrolled, and the catalogue of products."""

import django_filters
from django.db.models import Q
from django.utils.text import capfirst

from programs.enums import Commodity
from programs.forms import GuidedForm
from programs.models import Organization

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
        label="Kabupaten atau kota", field_name="region", empty_label="Semua wilayah Anda"
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
