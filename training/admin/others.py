"""What events are gathered under."""

from django.contrib import admin
from django.db.models import Count

from programs.admin_base import ModelAdmin, display
from programs.forms import GuidedModelForm
from training.models import Series


class SeriesForm(GuidedModelForm):
    class Meta:
        model = Series
        fields = "__all__"
        help_texts = {
            "name": "Contoh: Bimtek aparatur daerah 2026.",
            "slug": "Huruf kecil, angka, dan tanda hubung. Contoh: bimtek-aparatur-2026.",
        }


@admin.register(Series)
class SeriesAdmin(ModelAdmin):
    """Events of several units may belong to one: every organizer sees them all."""

    form = SeriesForm
    list_display = ["name", "held"]
    search_fields = ["name"]
    search_help_text = "Cari nama rangkaian"
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("events"))

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.events.exists())

    @display(description="kegiatan", ordering="number")
    def held(self, series):
        return series.number
