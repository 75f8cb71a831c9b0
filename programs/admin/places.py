from django.contrib import admin

from programs.admin_base import (
    ChoicesDropdownFilter,
    DropdownFilter,
    ModelAdmin,
    display,
    plain_year,
)
from programs.models import Holiday, KbliCode, Region
from programs.templatetags.bina import tanggal


class ProvinceFilter(DropdownFilter):
    """Rows of one province; ``lookups`` names the ways from the row to its region's code."""

    title = "provinsi"
    parameter_name = "provinsi"
    region = "region"

    def lookups(self, request, model_admin):
        provinces = Region.objects.filter(kind=Region.Kind.PROVINCE).order_by("name")
        return list(provinces.values_list("code", "name"))

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        # The code of a kabupaten/kota begins with the code of its province.
        path = f"{self.region}__code" if self.region else "code"
        return queryset.filter(**{f"{path}__startswith": self.value()})


class RegionProvinceFilter(ProvinceFilter):
    region = ""


@admin.register(Region)
class RegionAdmin(ModelAdmin):
    list_display = ["code", "name", "kind", "province", "time_zone", "bimtek_region"]
    list_display_links = ["code", "name"]
    list_select_related = ["province"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        RegionProvinceFilter,
        ("time_zone", ChoicesDropdownFilter),
    ]
    search_fields = ["name", "code"]
    search_help_text = "Cari nama atau kode"
    autocomplete_fields = ["province"]
    fields = ["code", "name", "kind", "province", "time_zone", "bimtek_region"]

    def get_readonly_fields(self, request, obj=None):
        # The code is the key: organizations and figures point to it.
        return ["code", "kind", "province"] if obj else []


class KbliYearFilter(DropdownFilter):
    title = "tahun KBLI"
    parameter_name = "tahun"

    def lookups(self, request, model_admin):
        return [("2020", "2020"), ("2025", "2025")]

    def queryset(self, request, queryset):
        return queryset.filter(version=self.value()) if self.value() else queryset


@admin.register(KbliCode)
class KbliCodeAdmin(ModelAdmin):
    list_display = ["code", "title", "year", "note"]
    list_display_links = ["code", "title"]
    list_filter = [KbliYearFilter]
    search_fields = ["code", "title"]
    search_help_text = "Cari kode atau judul"
    readonly_preprocess_fields = {"version": plain_year}

    @display(description="tahun KBLI", ordering="version")
    def year(self, code):
        return str(code.version)


@admin.register(Holiday)
class HolidayAdmin(ModelAdmin):
    list_display = ["day", "name", "kind", "source"]
    list_display_links = ["day", "name"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    date_hierarchy = "date"
    search_fields = ["name"]
    search_help_text = "Cari nama hari libur"
    ordering = ["-date"]

    @display(description="tanggal", ordering="date")
    def day(self, holiday):
        return tanggal(holiday.date)
