"""What officers narrow the list of events by."""

from django.db.models import Q
from django.db.models.functions import ExtractYear

from programs.admin.places import ProvinceFilter
from programs.admin_base import DropdownFilter
from programs.models import Organization
from training.models import Event


class UnitFilter(DropdownFilter):
    """Units that hold an event which this officer may see; one alone is no choice."""

    title = "unit"
    parameter_name = "unit"

    def lookups(self, request, model_admin):
        events = Event.objects.visible_to(request.user).order_by().values("unit")
        units = Organization.objects.filter(pk__in=events).order_by("name")
        return [(str(pk), name) for pk, name in units.values_list("pk", "name")]

    def queryset(self, request, queryset):
        return queryset.filter(unit=self.value()) if self.value() else queryset


class YearFilter(DropdownFilter):
    title = "tahun"
    parameter_name = "tahun"

    def lookups(self, request, model_admin):
        events = Event.objects.visible_to(request.user).filter(starts_at__isnull=False)
        years = events.order_by().values_list(ExtractYear("starts_at"), flat=True).distinct()
        return [(str(year), str(year)) for year in sorted(years, reverse=True)]

    def queryset(self, request, queryset):
        return queryset.filter(starts_at__year=self.value()) if self.value() else queryset


class RegionFilter(ProvinceFilter):
    """Events held in a province, or for people from it."""

    title = "wilayah"
    parameter_name = "wilayah"

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        invited = Event.regions.through.objects.filter(region__code__startswith=self.value())
        return queryset.filter(
            Q(place_region__code__startswith=self.value()) | Q(pk__in=invited.values("event"))
        )
