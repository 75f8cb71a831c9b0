"""What visitors narrow the list of events by."""

import django_filters
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import capfirst
from django_filters.constants import EMPTY_VALUES

from programs.forms import GuidedForm
from training.enums import AudienceKind, EventKind
from training.models import Event

KINDS = [(kind.value, capfirst(kind.label)) for kind in EventKind]
AUDIENCES = [(kind.value, capfirst(kind.label)) for kind in AudienceKind]


class EventFilter(django_filters.FilterSet):
    """For whom, where from, of what kind, when, by whom.

    ``provinces``, ``units`` and ``months`` are the choices: those that lead to something.
    """

    q = django_filters.CharFilter(
        label="Cari", method="search", help_text="Sebagian judul. Contoh: bantuan mesin"
    )
    provinsi = django_filters.ChoiceFilter(
        label="Terbuka untuk provinsi", method="open_to_province", empty_label="Semua provinsi"
    )
    peserta = django_filters.ChoiceFilter(
        label="Peserta", method="open_to_kind", choices=AUDIENCES, empty_label="Semua peserta"
    )
    jenis = django_filters.ChoiceFilter(
        label="Jenis kegiatan", field_name="kind", choices=KINDS, empty_label="Semua jenis"
    )
    bulan = django_filters.ChoiceFilter(label="Bulan", method="in_month", empty_label="Semua bulan")
    unit = django_filters.ChoiceFilter(
        label="Penyelenggara", field_name="unit", empty_label="Semua penyelenggara"
    )

    class Meta:
        model = Event
        fields = []
        form = GuidedForm

    def __init__(self, data, queryset, *, provinces, units, months):
        super().__init__(data, queryset=queryset)
        self.filters["provinsi"].extra["choices"] = provinces
        self.filters["unit"].extra["choices"] = [(str(pk), name) for pk, name in units]
        self.filters["bulan"].extra["choices"] = [
            (f"{month:%Y-%m}", capfirst(date_format(month, "F Y"))) for month in months
        ]
        for field in self.form.fields.values():
            field.hide_optional = True

    def search(self, queryset, name, words):
        for word in words.split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        return queryset

    def open_to_province(self, queryset, name, code):
        return queryset.open_to_region(code)

    def open_to_kind(self, queryset, name, kind):
        return queryset.open_to_kind(kind)

    def in_month(self, queryset, name, month):
        """Begins in this month, by the ministry's clock."""
        year, number = map(int, month.split("-"))
        return queryset.filter(starts_at__year=year, starts_at__month=number)

    def chosen(self):
        """(parameter, value in words) of each filter that is on."""
        values = self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        for name, value in values.items():
            if value in EMPTY_VALUES:
                continue
            choices = self.filters[name].extra.get("choices")
            yield name, dict(choices).get(value, value) if choices else f"“{value}”"
