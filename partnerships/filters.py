"""What people narrow their list of agreements by."""

import django_filters
from django.db.models import Q

from partnerships.enums import BEFORE_SIGNING, CAME_TO_NOTHING, LIVE, AgreementStatus
from partnerships.models import Agreement
from programs.forms import GuidedForm
from programs.models import Region

GROUPS = {
    "proses": ("Dalam proses", BEFORE_SIGNING),
    "berjalan": ("Berjalan", LIVE),
    "selesai": (
        "Selesai",
        [
            AgreementStatus.ENDED,
            AgreementStatus.RENEWED,
            AgreementStatus.TERMINATED,
            *CAME_TO_NOTHING,
        ],
    ),
}


class AgreementFilter(django_filters.FilterSet):
    """By the name or number, by how far it is, by the school's kabupaten or kota."""

    q = django_filters.CharFilter(
        label="Cari", method="search", help_text="Nama sekolah, perusahaan, atau nomor perjanjian"
    )
    keadaan = django_filters.ChoiceFilter(
        label="Keadaan",
        method="in_group",
        choices=[(name, label) for name, (label, _) in GROUPS.items()],
        empty_label="Semua keadaan",
    )
    wilayah = django_filters.ModelChoiceFilter(
        label="Kabupaten/kota sekolah",
        field_name="school__region",
        queryset=Region.objects.none(),
        empty_label="Semua wilayah",
    )

    class Meta:
        model = Agreement
        fields = []
        form = GuidedForm

    def __init__(self, data, queryset, *, regions=()):
        super().__init__(data, queryset=queryset)
        self.filters["wilayah"].extra["queryset"] = Region.objects.filter(pk__in=regions).order_by(
            "name"
        )
        if not regions:
            del self.filters["wilayah"]
        for field in self.form.fields.values():
            field.hide_optional = True

    def search(self, queryset, name, words):
        for word in words.split():
            queryset = queryset.filter(
                Q(school__name__icontains=word)
                | Q(company__name__icontains=word)
                | Q(number__icontains=word)
            )
        return queryset

    def in_group(self, queryset, name, group):
        return queryset.filter(status__in=GROUPS[group][1])
