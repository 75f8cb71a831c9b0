"""Who takes part in e-Smart IKM, and where each IKM stands."""

from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache

from programs.admin import esmart_enrolment_moves as desk_moves
from programs.admin.esmart_enrolment_page import enrolment_page
from programs.admin.places import ProvinceFilter
from programs.admin_base import ChoicesDropdownFilter, DropdownFilter, ReadOnlyAdmin, display
from programs.admin_export import GivesTables
from programs.enums import Commodity
from programs.esmart_enums import EnrolmentStatus
from programs.esmart_exports import enrolment_rows
from programs.esmart_stages import STAGES
from programs.models import Enrolment
from programs.templatetags.bina import tanggal

COLOURS = {"ok": "success", "warn": "warning", "danger": "danger", "info": "info"}
STATUS_COLOURS = {
    capfirst(status.label): COLOURS.get(STAGES[status].kind, "default")
    for status in EnrolmentStatus
}


class EnrolmentProvinceFilter(ProvinceFilter):
    region = "organization__region"


class CommodityFilter(DropdownFilter):
    title = "komoditas"
    parameter_name = "komoditas"

    def lookups(self, request, model_admin):
        return Commodity.choices

    def queryset(self, request, queryset):
        if self.value():
            return queryset.filter(organization__ikm__commodity=self.value())
        return queryset


@admin.register(Enrolment)
class EnrolmentAdmin(GivesTables, ReadOnlyAdmin):
    """The queue of enrolments; each row leads to its page. Moved by ``programs.workflow`` alone."""

    export_name = "Peserta-e-Smart"
    rows_of = staticmethod(enrolment_rows)
    list_display = ["organization", "nib", "place", "commodity", "state", "source", "entered"]
    list_select_related = ["organization__region__province", "organization__ikm"]
    list_filter = [
        ("status", ChoicesDropdownFilter),
        EnrolmentProvinceFilter,
        CommodityFilter,
        ("source", ChoicesDropdownFilter),
    ]
    search_fields = ["organization__name"]
    search_help_text = "Cari nama usaha atau NIB"
    ordering = ["-entered_at", "-pk"]
    actions = ["verify_chosen", "schedule_chosen"]
    actions_list = ["export", "export_csv"]

    def get_urls(self):
        page = self.admin_site.admin_view(never_cache(enrolment_page))
        own = path("<int:pk>/change/", page, name="programs_enrolment_change")
        return [own, *desk_moves.urls(self), *super().get_urls()]

    def get_search_results(self, request, queryset, search_term):
        """Digits are a whole NIB, words part of a name."""
        if search_term.isdigit():
            return queryset.filter(organization__nib=search_term), False
        return super().get_search_results(request, queryset, search_term)

    def has_move_permission(self, request):
        return desk_moves.may_move(request.user)

    @admin.action(description="Verifikasi", permissions=["move"])
    def verify_chosen(self, request, queryset):
        desk_moves.each(request, desk_moves.MOVES["verifikasi"], queryset)

    @admin.action(description="Jadwalkan lokakarya", permissions=["move"])
    def schedule_chosen(self, request, queryset):
        chosen = urlencode([("peserta", pk) for pk in queryset.values_list("pk", flat=True)])
        return HttpResponseRedirect(f"{reverse('admin:programs_enrolment_schedule_many')}?{chosen}")

    @display(description="NIB")
    def nib(self, enrolment):
        return enrolment.organization.nib or "–"

    @display(description="wilayah")
    def place(self, enrolment):
        region = enrolment.organization.region
        return region.full_name if region else "–"

    @display(description="komoditas")
    def commodity(self, enrolment):
        profile = getattr(enrolment.organization, "ikm", None)
        return capfirst(profile.get_commodity_display()) if profile and profile.commodity else "–"

    @display(description="status", ordering="status", label=STATUS_COLOURS)
    def state(self, enrolment):
        return capfirst(enrolment.get_status_display())

    @display(description="didaftarkan", ordering="entered_at")
    def entered(self, enrolment):
        return tanggal(enrolment.entered_at)
