from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry

from programs.admin_base import ChoicesDropdownFilter, DropdownFilter, ReadOnlyAdmin, display
from programs.models import Consent, SensitiveAccess
from programs.templatetags.bina import waktu

DEEDS = {ADDITION: "Menambah", CHANGE: "Mengubah", DELETION: "Menghapus"}


class DeedFilter(DropdownFilter):
    title = "tindakan"
    parameter_name = "tindakan"

    def lookups(self, request, model_admin):
        return [(str(flag), words) for flag, words in DEEDS.items()]

    def queryset(self, request, queryset):
        return queryset.filter(action_flag=self.value()) if self.value() else queryset


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """Who changed which plain record in the admin. Workflows keep histories of their own."""

    list_display = ["when", "user", "deed", "noun", "object_repr", "words"]
    list_display_links = ["when"]
    list_select_related = ["user", "content_type"]
    list_filter = [DeedFilter]
    search_fields = ["object_repr", "user__name"]
    search_help_text = "Cari nama data atau petugas"
    date_hierarchy = "action_time"
    fields = ["when", "user", "deed", "noun", "object_repr", "words"]

    @display(description="waktu", ordering="action_time")
    def when(self, entry):
        return waktu(entry.action_time)

    @display(
        description="tindakan",
        ordering="action_flag",
        label={"Menambah": "success", "Mengubah": "info", "Menghapus": "danger"},
    )
    def deed(self, entry):
        return DEEDS[entry.action_flag]

    @display(description="jenis data", ordering="content_type__model")
    def noun(self, entry):
        return entry.content_type.name if entry.content_type else "–"

    @display(description="uraian")
    def words(self, entry):
        return entry.get_change_message() or "–"


@admin.register(SensitiveAccess)
class SensitiveAccessAdmin(ReadOnlyAdmin):
    list_display = ["when", "user", "what", "subject"]
    list_display_links = ["when"]
    list_select_related = ["user"]
    search_fields = ["subject", "user__name"]
    search_help_text = "Cari pemilik data atau petugas"
    date_hierarchy = "at"
    fields = ["when", "user", "what", "subject"]

    @display(description="waktu", ordering="at")
    def when(self, access):
        return waktu(access.at)


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ["person", "purpose", "notice_version", "given", "withdrawn"]
    list_select_related = ["user"]
    list_filter = [("purpose", ChoicesDropdownFilter)]
    search_fields = ["user__name", "user__email"]
    search_help_text = "Cari nama atau surel"
    fields = ["person", "purpose", "notice_version", "given", "withdrawn"]

    @display(description="orang", ordering="user__name")
    def person(self, consent):
        return str(consent.user)

    @display(description="diberikan pada", ordering="given_at")
    def given(self, consent):
        return waktu(consent.given_at)

    @display(description="ditarik pada", ordering="withdrawn_at")
    def withdrawn(self, consent):
        return waktu(consent.withdrawn_at)
