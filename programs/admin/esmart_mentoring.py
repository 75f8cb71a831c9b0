"""Mentoring on the officers' desk: the list of IKM that need help, and the people who give it."""

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache

from programs.admin.esmart_mentoring_page import task_page
from programs.admin.places import ProvinceFilter
from programs.admin_base import (
    CheckboxSelectMultiple,
    ChoicesDropdownFilter,
    DropdownFilter,
    ModelAdmin,
    ReadOnlyAdmin,
    display,
)
from programs.admin_export import GivesTables
from programs.desk import desk
from programs.esmart_enums import MentoringStatus
from programs.esmart_exports import mentoring_rows
from programs.mentoring_forms import AssignForm
from programs.models import Mentor, MentoringTask, User
from programs.once import once
from programs.permissions import can_assign
from programs.templatetags.bina import tanggal
from programs.transitions import TransitionNotAllowed
from programs.workflow import mentoring

COLOURS = {
    MentoringStatus.WAITING: "warning",
    MentoringStatus.ASSIGNED: "info",
    MentoringStatus.DONE: "success",
    MentoringStatus.DROPPED: "default",
}
LATE, TODAY, LATER = "Terlambat", "Hari ini", "Belum jatuh tempo"
MOST_REFUSALS = 5


class StateFilter(DropdownFilter):
    """Open tasks, unless something else is asked for: the rest is the past."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [
            ("tanpa-pendamping", "Belum ada pendamping"),
            ("terlambat", LATE),
            ("selesai", "Selesai"),
            ("semua", "Semua"),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "tanpa-pendamping":
                return queryset.filter(status=MentoringStatus.WAITING)
            case "terlambat":
                return queryset.open().filter(due_on__lt=timezone.localdate())
            case "selesai":
                return queryset.filter(status=MentoringStatus.DONE)
            case "semua":
                return queryset
        return queryset.open()


class MineFilter(DropdownFilter):
    title = "pendamping"
    parameter_name = "milik"

    def lookups(self, request, model_admin):
        mentors = Mentor.objects.filter(is_active=True).select_related("user")
        return [("saya", "Saya sendiri"), *((str(one.pk), str(one)) for one in mentors)]

    def queryset(self, request, queryset):
        if self.value() == "saya":
            return queryset.filter(mentor__user=request.user)
        if self.value() and self.value().isdecimal():
            return queryset.filter(mentor=int(self.value()))
        return queryset


class TaskProvinceFilter(ProvinceFilter):
    region = "enrolment__organization__region"


@admin.register(MentoringTask)
class MentoringTaskAdmin(GivesTables, ReadOnlyAdmin):
    """Who is to be called or helped, the most urgent first. Each row leads to its page."""

    export_name = "Pendampingan"
    rows_of = staticmethod(mentoring_rows)
    list_display = ["business", "place", "reason", "due", "urgency", "carried_by", "state"]
    list_select_related = ["enrolment__organization__region__province", "mentor__user"]
    list_filter = [
        StateFilter,
        MineFilter,
        ("kind", ChoicesDropdownFilter),
        TaskProvinceFilter,
    ]
    search_fields = ["enrolment__organization__name", "enrolment__organization__nib"]
    search_help_text = "Cari nama usaha atau NIB"
    ordering = ["due_on", "pk"]
    actions = ["give_to", "divide"]
    actions_list = ["export"]

    def get_urls(self):
        page = self.admin_site.admin_view(never_cache(once(task_page)))
        own = path("<int:pk>/change/", page, name="programs_mentoringtask_change")
        return [own, *super().get_urls()]

    def has_divide_permission(self, request):
        return can_assign(request.user)

    @admin.action(description="Berikan kepada pendamping", permissions=["divide"])
    def give_to(self, request, queryset):
        """One mentor for all that were chosen; asked for on a page of its own."""
        form = AssignForm(request.POST if "mentor" in request.POST else None)
        if not form.is_bound or not form.is_valid():
            return self._ask_for_mentor(request, queryset, form)
        given, refused = 0, []
        for task in queryset.order_by("due_on", "pk"):
            try:
                mentoring.assign(task, mentor=form.cleaned_data["mentor"], by=request.user)
                given += 1
            except TransitionNotAllowed as refusal:
                refused.append(f"{task.enrolment.organization}: {refusal}")
        if given:
            messages.success(
                request, f"{given} IKM diberikan kepada {form.cleaned_data['mentor']}."
            )
        for words in refused[:MOST_REFUSALS]:
            messages.warning(request, words)
        if len(refused) > MOST_REFUSALS:
            messages.warning(request, f"{len(refused) - MOST_REFUSALS} lagi tidak dapat diberikan.")
        return HttpResponseRedirect(request.get_full_path())

    def _ask_for_mentor(self, request, queryset, form):
        context = desk(
            request,
            self.admin_site,
            title="Berikan kepada pendamping",
            form=form,
            tasks=queryset.select_related("enrolment__organization"),
            back=reverse("admin:programs_mentoringtask_changelist"),
        )
        return TemplateResponse(
            request,
            "programs/esmart/desk_mentoring_assign.html",
            context,
            status=422 if form.errors else 200,
        )

    @admin.action(description="Bagi otomatis menurut provinsi dan beban", permissions=["divide"])
    def divide(self, request, queryset):
        chosen = MentoringTask.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)))
        given = mentoring.assign_automatically(chosen, by=request.user)
        if given:
            messages.success(request, f"{given} IKM sudah mendapat pendamping.")
        else:
            messages.warning(
                request,
                "Tidak ada yang dibagi: sudah ada pendampingnya, atau semua pendamping provinsi "
                "itu penuh. Tambah pendamping atau naikkan batasnya.",
            )

    @display(description="usaha", ordering="enrolment__organization__name", header=True)
    def business(self, task):
        organization = task.enrolment.organization
        return [organization.name, task.explanation]

    @display(description="wilayah", ordering="enrolment__organization__region")
    def place(self, task):
        region = task.enrolment.organization.region
        return capfirst(region.full_name) if region else "–"

    @display(description="alasan", ordering="kind")
    def reason(self, task):
        return capfirst(task.get_kind_display())

    @display(description="paling lambat", ordering="due_on")
    def due(self, task):
        return tanggal(task.due_on)

    @display(description="tenggat", label={LATE: "danger", TODAY: "warning", LATER: "info"})
    def urgency(self, task):
        if task.status not in (MentoringStatus.WAITING, MentoringStatus.ASSIGNED):
            return None
        today = timezone.localdate()
        if task.due_on < today:
            return LATE
        return TODAY if task.due_on == today else LATER

    @display(description="pendamping", ordering="mentor__user__name")
    def carried_by(self, task):
        return str(task.mentor) if task.mentor else None

    @display(
        description="keadaan",
        ordering="status",
        label={capfirst(status.label): COLOURS[status] for status in MentoringStatus},
    )
    def state(self, task):
        return capfirst(task.get_status_display())


@admin.register(Mentor)
class MentorAdmin(ModelAdmin):
    """Who helps, where, and how much each carries now."""

    list_display = ["user", "where", "load", "is_active"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]
    search_help_text = "Cari nama atau surel"
    fields = ["user", "provinces", "most_tasks", "is_active"]

    def has_delete_permission(self, request, obj=None):
        return False  # tasks name them; who stops is no longer on duty

    def get_queryset(self, request):
        is_open = Q(tasks__status__in=[MentoringStatus.WAITING, MentoringStatus.ASSIGNED])
        rows = super().get_queryset(request).annotate(carried=Count("tasks", filter=is_open))
        return rows.prefetch_related("provinces")

    def get_readonly_fields(self, request, obj=None):
        return ["user"] if obj else []

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(is_staff=True, is_active=True).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description="provinsi")
    def where(self, mentor):
        return ", ".join(region.name for region in mentor.provinces.all()) or "Semua provinsi"

    @display(description="dampingan")
    def load(self, mentor):
        address = reverse("admin:programs_mentoringtask_changelist")
        return format_html(
            '<a href="{}?milik={}">{} dari {}</a>',
            address,
            mentor.pk,
            mentor.carried,
            mentor.most_tasks,
        )
