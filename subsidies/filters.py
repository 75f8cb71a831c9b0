"""What officers narrow their lists by."""

import django_filters
from django.db.models import Q
from django_filters.constants import EMPTY_VALUES

from programs.forms import GuidedForm, RupiahField
from programs.models import Region
from programs.rupiah import format_rupiah
from subsidies.models import Application, BudgetLine

NOBODY = "-"
ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII"]


class RupiahFilter(django_filters.Filter):
    field_class = RupiahField


class ApplicationFilter(django_filters.FilterSet):
    """The filters of the queue. Stage, deadline and order are the queue's own.

    ``regions`` and ``officers`` are the choices: lists that the page needs anyway.
    """

    q = django_filters.CharFilter(
        label="Cari",
        method="search",
        help_text="Nama IKM, NIB, atau nomor registrasi. Contoh: RM-2026-0147",
    )
    provinsi = django_filters.ChoiceFilter(
        label="Provinsi", method="in_province", empty_label="Semua provinsi"
    )
    regional = django_filters.ChoiceFilter(
        label="Regional Bimtek", method="in_bimtek_region", empty_label="Semua regional"
    )
    program = django_filters.ModelChoiceFilter(
        label="Program dan tahun",
        field_name="budget_line",
        queryset=BudgetLine.objects.all(),
        empty_label="Semua program",
    )
    petugas = django_filters.ChoiceFilter(
        label="Petugas", method="of_officer", empty_label="Semua petugas"
    )
    nilai_min = RupiahFilter(
        label="Nilai diajukan paling sedikit", field_name="claimed", lookup_expr="gte"
    )
    nilai_maks = RupiahFilter(
        label="Nilai diajukan paling banyak", field_name="claimed", lookup_expr="lte"
    )

    class Meta:
        model = Application
        fields = []
        form = GuidedForm

    def __init__(self, data, queryset, *, provinces, officers):
        super().__init__(data, queryset=queryset)
        self.provinces = provinces
        self.filters["provinsi"].extra["choices"] = [(p.code, p.name) for p in provinces]
        numbers = sorted({p.bimtek_region for p in provinces if p.bimtek_region})
        self.filters["regional"].extra["choices"] = [
            (str(n), f"Regional {ROMAN[n]}") for n in numbers
        ]
        self.filters["petugas"].extra["choices"] = [
            (NOBODY, "Belum ditugaskan"),
            *((str(officer.pk), officer.name) for officer in officers),
        ]
        for field in self.form.fields.values():
            field.hide_optional = True

    def search(self, queryset, name, words):
        return queryset.found_by(words)

    def in_province(self, queryset, name, code):
        return queryset.filter(site_region__code__startswith=f"{code}.")

    def in_bimtek_region(self, queryset, name, number):
        # By the beginning of the code: the database knows how many those are.
        inside = Q()
        for province in self.provinces:
            if str(province.bimtek_region) == number:
                inside |= Q(site_region__code__startswith=f"{province.code}.")
        return queryset.filter(inside)

    def of_officer(self, queryset, name, value):
        if value == NOBODY:
            return queryset.filter(assigned_to=None)
        return queryset.filter(assigned_to=value)

    def chosen(self):
        """(parameter, label, value in words) of each filter that is on, but the search."""
        values = self.form.cleaned_data if self.is_bound else {}
        for name, value in values.items():
            if name == "q" or value in EMPTY_VALUES:
                continue
            field = self.form.fields[name]
            if isinstance(field, RupiahField):
                words = format_rupiah(value)
            else:
                words = dict(self.filters[name].extra.get("choices", [])).get(value, value)
            yield name, field.label, words


def provinces():
    return list(Region.objects.filter(province=None).order_by("name"))
