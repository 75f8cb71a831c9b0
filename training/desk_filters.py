"""What organizers narrow the list of an event's participants by."""

import django_filters
from django.db.models import Q
from django.utils.text import capfirst
from django_filters.constants import EMPTY_VALUES

from programs.forms import GuidedForm
from training.enums import AudienceKind, RegistrationSource
from training.models import Registration

KINDS = [(kind.value, capfirst(kind.label)) for kind in AudienceKind]
SOURCES = [(source.value, capfirst(source.label)) for source in RegistrationSource]


class ParticipantFilter(django_filters.FilterSet):
    """Who they are and how they came. The status has its own chips on the page."""

    q = django_filters.CharFilter(
        label="Cari",
        method="search",
        help_text="Nama, NIP, surel, atau instansi. Contoh: Rahmah",
    )
    sebagai = django_filters.ChoiceFilter(
        label="Sebagai", field_name="kind", choices=KINDS, empty_label="Semua"
    )
    provinsi = django_filters.ChoiceFilter(
        label="Provinsi", method="from_province", empty_label="Semua provinsi"
    )
    cara = django_filters.ChoiceFilter(
        label="Cara mendaftar", field_name="source", choices=SOURCES, empty_label="Semua"
    )

    class Meta:
        model = Registration
        fields = []
        form = GuidedForm

    def __init__(self, data, queryset, *, provinces):
        super().__init__(data, queryset=queryset)
        self.filters["provinsi"].extra["choices"] = provinces
        for field in self.form.fields.values():
            field.hide_optional = True

    def search(self, queryset, name, words):
        for word in words.split():
            queryset = queryset.filter(
                Q(name__icontains=word)
                | Q(nip__startswith=word)
                | Q(user__email__icontains=word)
                | Q(institution__icontains=word)
            )
        return queryset

    def from_province(self, queryset, name, code):
        # The code of a kabupaten/kota begins with the code of its province.
        return queryset.filter(region__code__startswith=code)

    def chosen(self):
        """(parameter, label, value in words) of each filter that is on."""
        values = self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        for name, value in values.items():
            if value not in EMPTY_VALUES:
                choices = dict(self.filters[name].extra.get("choices", []))
                yield name, self.form.fields[name].label, choices.get(value, value)
