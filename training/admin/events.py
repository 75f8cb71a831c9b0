"""The events of an officer's unit: the list, and the form in which one is prepared.

What happens to an event (announced, postponed, cancelled …) happens on its desk pages.
"""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst

from programs.admin_base import ChangeList, ChoicesDropdownFilter, ModelAdmin, action, display
from programs.documents import store_document
from programs.enums import Commodity
from training import permissions
from training.admin import (
    event_desk,
    event_moves,
    participant_correction,
    participant_entry,
    participant_moves,
    participants,
    registration_import_page,
    results_pages,
)
from training.admin.event_filters import RegionFilter, UnitFilter, YearFilter
from training.admin.event_parts import (
    MaterialInline,
    QuestionInline,
    QuotaInline,
    SessionInline,
)
from training.enums import HELD, AudienceKind, EventStatus, RegistrationStatus
from training.forms.desk_events import EventForm
from training.models import Event, Material, Registration
from training.news import when_in_words
from training.workflow.event import CONCERNED, Shown, may_still_change, save_changes

# Modules with pages about one event: each offers urls(model_admin).
PAGES = [
    event_desk,
    event_moves,
    participants,
    participant_correction,
    participant_entry,
    participant_moves,
    registration_import_page,
    results_pages,
]
# Once an event has begun, only what does not touch its participants' rights can be changed.
STILL_OPEN = ["contact", "online_url", "evaluation_closes_at", "views"]
ENDED = [EventStatus.ARCHIVED, EventStatus.CANCELLED]
COLOURS = {
    EventStatus.DRAFT: "default",
    EventStatus.OPEN: "success",
    EventStatus.CLOSED: "info",
    EventStatus.RUNNING: "info",
    EventStatus.FINISHED: "warning",
    EventStatus.CONCLUDED: "success",
    EventStatus.ARCHIVED: "default",
    EventStatus.POSTPONED: "warning",
    EventStatus.CANCELLED: "danger",
}


def in_words(choices):
    """For a list of codes that is only read."""
    words = dict(choices)
    return lambda shown: ", ".join(words.get(code, code) for code in shown.split(", "))


def in_wib(shown):
    return f"{shown} WIB" if shown[:1].isdigit() else shown


def desk_of(event):
    return reverse("admin:training_event_desk", args=[event.pk])


class EventList(ChangeList):
    """A row leads to what the officer came for; the form is one press further."""

    def url_for_result(self, result):
        return desk_of(result)


@admin.register(Event)
class EventAdmin(ModelAdmin):
    """Own unit's events alone; an auditor reads all of them and changes none."""

    form = EventForm
    list_display = ["heading", "kind_words", "days", "unit_name", "state", "places", "waiting"]
    list_select_related = ["unit"]
    list_filter = [
        ("status", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        UnitFilter,
        YearFilter,
        RegionFilter,
    ]
    search_fields = ["title", "slug", "place"]
    search_help_text = "Cari judul, alamat, atau tempat"
    ordering = ["-starts_at", "-pk"]
    actions = None
    actions_list = ["open_figures"]
    actions_detail = ["open_desk"]
    autocomplete_fields = ["regions", "place_region"]
    readonly_preprocess_fields = {
        "audience_kinds": in_words(AudienceKind.choices),
        "commodities": in_words(Commodity.choices),
        "opens_at": in_wib,
        "closes_at": in_wib,
        "evaluation_closes_at": in_wib,
    }
    inlines = [SessionInline, QuotaInline, MaterialInline, QuestionInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "unit",
                    "kind",
                    "title",
                    "slug",
                    "summary",
                    "description",
                    ("series", "program"),
                    "contact",
                ]
            },
        ),
        ("Cara dan tempat", {"fields": ["mode", "online_url", "place", "place_region"]}),
        ("Peserta yang dituju", {"fields": ["audience_kinds", "regions", "commodities"]}),
        (
            "Pendaftaran",
            {
                "fields": [
                    ("opens_at", "closes_at"),
                    "capacity",
                    "has_waiting_list",
                    "needs_approval",
                    "quotas_released_on",
                ]
            },
        ),
        (
            "Syarat sertifikat",
            {
                "fields": [
                    "gives_certificate",
                    "certificate_code",
                    ("session_minutes_percent", "sessions_percent"),
                    "evaluation_required",
                    ("has_pretest", "has_posttest"),
                    "posttest_minimum",
                    "evaluation_closes_at",
                ]
            },
        ),
    ]

    def get_urls(self):
        return [*(url for module in PAGES for url in module.urls(self)), *super().get_urls()]

    # --- Who -----------------------------------------------------------------------------------

    def has_add_permission(self, request):
        return super().has_add_permission(request) and permissions.can_hold(request.user)

    def get_model_perms(self, request):
        """What the menu asks on every page of the desk; who may add is for the list to ask."""
        return {"view": self.has_view_permission(request)}

    def has_change_permission(self, request, obj=None):
        if obj is None or not super().has_change_permission(request, obj):
            return super().has_change_permission(request, obj)
        return obj.status not in ENDED and permissions.can_run(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        """A draft that nothing was done with; of all others the history stays."""
        if obj is None or not super().has_delete_permission(request, obj):
            return super().has_delete_permission(request, obj)
        return obj.status == EventStatus.DRAFT and not obj.history.exists()

    # --- The list ------------------------------------------------------------------------------

    def get_queryset(self, request):
        waiting = (
            Registration.objects.filter(event=OuterRef("pk"), status=RegistrationStatus.WAITING)
            .order_by()
            .values("event")
            .annotate(number=Count("pk"))
        )
        return (
            super()
            .get_queryset(request)
            .annotate(in_line=Coalesce(Subquery(waiting.values("number")), 0))
        )

    def get_changelist(self, request, **kwargs):
        return EventList

    @display(description="kegiatan", ordering="title")
    def heading(self, event):
        return event.title

    @display(description="jenis", ordering="kind")
    def kind_words(self, event):
        return capfirst(event.get_kind_display())

    @display(description="hari", ordering="starts_at")
    def days(self, event):
        return when_in_words(event) if event.starts_at else "Belum ada sesi"

    @display(description="penyelenggara", ordering="unit__name")
    def unit_name(self, event):
        return event.unit.name

    @display(description="keadaan", ordering="status", label=COLOURS)
    def state(self, event):
        return event.status, capfirst(event.get_status_display())

    @display(description="terisi", ordering="taken")
    def places(self, event):
        return f"{event.taken} dari {event.capacity}"

    @display(description="menunggu", ordering="in_line")
    def waiting(self, event):
        return event.in_line

    # --- The form ------------------------------------------------------------------------------

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit":
            kwargs["queryset"] = permissions.units_to_hold_for(request.user).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        # The cross that empties all at once is read out as one of the chosen.
        field.widget.is_required = True
        return field

    def get_changeform_initial_data(self, request):
        units = permissions.units_to_hold_for(request.user)[:2]
        own = {"unit": units[0].pk} if len(units) == 1 else {}
        return own | super().get_changeform_initial_data(request)

    def get_prepopulated_fields(self, request, obj=None):
        return {"slug": ["title"]} if obj is None else {}

    def get_fieldsets(self, request, obj=None):
        if obj is None or obj.status not in HELD:
            return self.fieldsets
        return [*self.fieldsets, ("Sesudah kegiatan", {"fields": ["views"]})]

    def get_readonly_fields(self, request, obj=None):
        if obj is None or obj.status == EventStatus.DRAFT:
            return []
        if may_still_change(obj):
            # Mails, certificates and other pages name them.
            return ["unit", "slug"]
        names = [name for _, part in self.fieldsets for name in part["fields"]]
        flat = [name for given in names for name in (given if type(given) is tuple else [given])]
        return [name for name in flat if name not in STILL_OPEN]

    @action(description="Lihat angka", url_path="lihat-angka", icon="bar_chart")
    def open_figures(self, request):
        return redirect("admin:training_figures")

    @action(description="Buka meja kegiatan", url_path="buka-meja", icon="event")
    def open_desk(self, request, object_id):
        return redirect("admin:training_event_desk", object_id)

    # --- Saving --------------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """An edit holds the event from reading it on: places are given and taken meanwhile."""
        with transaction.atomic():
            if request.method == "POST" and object_id and object_id.isdecimal():
                held = Event.objects.filter(pk=object_id).select_for_update(no_key=True)
                list(held.values_list("pk"))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        form.shown_before = Shown.of(Event.objects.get(pk=obj.pk)) if change else None
        # The counters of the row are not the form's to write.
        concrete = {field.name for field in Event._meta.concrete_fields}
        changed = [name for name in form.changed_data if name in concrete]
        obj.save(update_fields=changed if change else None)

    def save_formset(self, request, form, formset, change):
        if formset.model is Material:
            for row in formset.forms:
                if file := row.cleaned_data.get("file"):
                    row.instance.document = store_document(file, organization=None, by=request.user)
                    row.instance.url = ""
        super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        sequence = form.instance.calendar_sequence
        event = save_changes(form.instance, by=request.user, before=form.shown_before)
        if event.calendar_sequence > sequence:
            told = event.registrations.filter(status__in=CONCERNED).count()
            messages.info(request, f"{told} pendaftar diberi tahu tentang perubahan ini.")

    def response_post_save_add(self, request, obj):
        return redirect(desk_of(obj))

    def response_post_save_change(self, request, obj):
        return redirect(desk_of(obj))
