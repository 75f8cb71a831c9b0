"""Diklat 3in1 in the admin: the lists of courses, batches and people, and the batch's own pages."""

from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

from programs.admin.places import ProvinceFilter
from programs.admin_base import (
    ChoicesDropdownFilter,
    DropdownFilter,
    ModelAdmin,
    ReadOnlyAdmin,
    action,
    display,
)
from programs.models import Organization
from programs.once import once
from programs.spreadsheets import temporary_xlsx
from programs.templatetags.bina import tanggal
from programs.transitions import TransitionNotAllowed
from training import diklat_permissions as permissions
from training.admin import (
    diklat_attendance,
    diklat_overview,
    diklat_people,
    diklat_placement,
    diklat_results,
    diklat_selection,
)
from training.diklat_enums import BatchStatus, TraineeStatus
from training.diklat_figures import table
from training.forms.diklat_batch import BatchForm, CourseForm
from training.models import Batch, Course, Trainee
from training.workflow import batch as workflow

B, T = BatchStatus, TraineeStatus
BATCH_COLOURS = {
    B.PLANNED: "default",
    B.OPEN: "success",
    B.SELECTION: "warning",
    B.RUNNING: "info",
    B.CERTIFICATION: "warning",
    B.PLACEMENT: "info",
    B.CLOSED: "success",
    B.CANCELLED: "danger",
}
TRAINEE_COLOURS = {
    T.REGISTERED: "info",
    T.SELECTED: "success",
    T.NOT_SELECTED: "warning",
    T.TRAINING: "info",
    T.COMPETENT: "success",
    T.NOT_YET_COMPETENT: "warning",
    T.PLACED: "success",
    T.SELF_EMPLOYED: "success",
    T.NOT_WORKING: "warning",
    T.WITHDRAWN: "default",
    T.DROPPED_OUT: "danger",
}


def on_the_desk(view):
    """For whom the desk is; which batches and which buttons is for each page to say."""

    @wraps(view)
    def view_on_the_desk(request, *args, **kwargs):
        if not permissions.can_enter_desk(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return view_on_the_desk


class UnitFilter(DropdownFilter):
    """Units whose courses this officer may see; one alone is no choice."""

    title = "penyelenggara"
    parameter_name = "penyelenggara"
    path = "course__unit"

    def lookups(self, request, model_admin):
        courses = Course.objects.visible_to(request.user).order_by().values("unit")
        units = Organization.objects.filter(pk__in=courses).order_by("name")
        return [(str(pk), name) for pk, name in units.values_list("pk", "name")]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class CourseUnitFilter(UnitFilter):
    path = "unit"


class TraineeUnitFilter(UnitFilter):
    path = "batch__course__unit"


class YearFilter(DropdownFilter):
    title = "tahun"
    parameter_name = "tahun"
    path = "year"

    def lookups(self, request, model_admin):
        years = Batch.objects.visible_to(request.user).order_by().values_list("year", flat=True)
        return [(str(year), str(year)) for year in sorted(set(years), reverse=True)]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class TraineeYearFilter(YearFilter):
    path = "batch__year"


@admin.register(Course)
class CourseAdmin(ModelAdmin):
    """What the own unit teaches; an auditor reads the courses of all."""

    form = CourseForm
    list_display = ["title", "unit", "field", "length", "is_active"]
    list_select_related = ["unit"]
    list_filter = [CourseUnitFilter]
    search_fields = ["title", "field"]
    search_help_text = "Cari nama pelatihan atau bidang"

    def has_add_permission(self, request):
        return super().has_add_permission(request) and permissions.can_plan(request.user)

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or permissions.can_manage_unit(request.user, obj.unit))

    def has_delete_permission(self, request, obj=None):
        return False  # batches name it; it can be taken out of use

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit":
            kwargs["queryset"] = permissions.manageable_units(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description="lama", ordering="days")
    def length(self, course):
        return f"{course.days} hari, {course.jp} JP"


@admin.register(Batch)
class BatchAdmin(ModelAdmin):
    """The list is the theme's; a batch itself stands on pages of its own (ADR 6)."""

    form = BatchForm
    list_display = ["heading", "days", "unit_name", "state", "seats"]
    list_display_links = None
    list_select_related = ["course__unit"]
    list_filter = [("status", ChoicesDropdownFilter), UnitFilter, YearFilter, ProvinceFilter]
    search_fields = ["course__title", "place"]
    search_help_text = "Cari nama pelatihan atau tempat"
    ordering = ["-starts_on", "-pk"]
    actions = None
    actions_list = ["download_figures"]
    fieldsets = [
        (None, {"fields": ["course", "number"]}),
        ("Pelatihan", {"fields": [("starts_on", "ends_on"), "place", "region", "capacity"]}),
        (
            "Pendaftaran",
            {
                "fields": [("opens_on", "closes_on"), "contact"],
                "description": "Hari pertama dan hari terakhir ikut dihitung.",
            },
        ),
    ]

    def get_urls(self):
        person = "<int:pk>/peserta/<int:trainee_pk>/"
        pages = [
            ("<int:pk>/change/", diklat_overview.overview, "change"),
            ("<int:pk>/langkah/", diklat_overview.move, "move"),
            ("<int:pk>/mitra/", diklat_overview.name_demand, "demand"),
            ("<int:pk>/mitra/<int:demand_pk>/hapus/", diklat_overview.drop_demand, "drop_demand"),
            ("<int:pk>/peserta/", diklat_people.people, "people"),
            ("<int:pk>/peserta/tambah/", diklat_people.enter, "enter"),
            ("<int:pk>/peserta/unduh/", diklat_people.export, "export"),
            (person, diklat_people.person, "person"),
            (f"{person}nik/", diklat_people.reveal, "reveal"),
            (f"{person}keluar/", diklat_people.leave, "leave"),
            (f"{person}penempatan/", diklat_placement.place_one, "place_one"),
            (f"{person}hasil/<int:result_pk>/batalkan/", diklat_results.void, "void"),
            ("<int:pk>/seleksi/", diklat_selection.selection, "selection"),
            ("<int:pk>/presensi/", diklat_attendance.attendance, "attendance"),
            ("<int:pk>/hasil-uji/", diklat_results.results, "results"),
            ("<int:pk>/penempatan/", diklat_placement.placement, "placement"),
            ("<int:pk>/tindak-lanjut/", diklat_placement.followup, "followup"),
        ]
        wrap = self.admin_site.admin_view
        return [
            *(
                path(
                    route,
                    wrap(never_cache(on_the_desk(once(view)))),
                    name=f"training_batch_{name}",
                )
                for route, view, name in pages
            ),
            path("<path:object_id>/ubah/", wrap(self.change_view), name="training_batch_edit"),
            *super().get_urls(),
        ]

    # --- Who -----------------------------------------------------------------------------------

    def has_add_permission(self, request):
        return super().has_add_permission(request) and permissions.can_plan(request.user)

    def has_change_permission(self, request, obj=None):
        if obj is None or not super().has_change_permission(request, obj):
            return super().has_change_permission(request, obj)
        is_over = obj.status in (B.CLOSED, B.CANCELLED)
        return not is_over and permissions.can_manage(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return False  # its history stays; a batch that does not take place is cancelled

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "course":
            units = permissions.manageable_units(request.user)
            kwargs["queryset"] = Course.objects.filter(unit__in=units, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        # Announced, it has a name that people know.
        return ["course", "number"] if obj and obj.opened_at else []

    # --- The form ------------------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        if change:
            changed = [form.fields[name].label.lower() for name in form.changed_data]
            workflow.revise(obj, by=request.user, changed=changed or ["tidak ada"])
        else:
            workflow.plan(obj, by=request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What the workflow refuses is said above the form, and nothing is kept."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except TransitionNotAllowed as refusal:
            messages.error(request, str(refusal))
        except ValidationError as problem:
            for sentence in problem.messages:
                messages.error(request, sentence)
        return redirect(request.get_full_path())

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, f"{obj} direncanakan. Catat kebutuhan mitra, lalu buka.")
        return redirect(page_of(obj))

    def response_change(self, request, obj):
        messages.success(request, f"{obj} disimpan.")
        return redirect(page_of(obj))

    # --- The list ------------------------------------------------------------------------------

    @action(description="Unduh angka (Excel)", url_path="angka", icon="download")
    def download_figures(self, request):
        """The three rates by unit and year, of all batches that this officer may see."""
        batches = Batch.objects.visible_to(request.user)
        name = f"diklat-3in1-{timezone.localdate():%Y-%m-%d}.xlsx"
        file = temporary_xlsx({"Diklat 3in1": table(batches)})
        return FileResponse(file, as_attachment=True, filename=name)

    @display(description="angkatan", ordering="course__title")
    def heading(self, batch):
        return format_html(
            '<a class="text-link" href="{}">{}</a><br>{}', page_of(batch), batch.course, batch.name
        )

    @display(description="pelatihan", ordering="starts_on")
    def days(self, batch):
        return f"{tanggal(batch.starts_on)} – {tanggal(batch.ends_on)}"

    @display(description="penyelenggara", ordering="course__unit__name")
    def unit_name(self, batch):
        return batch.course.unit.name

    @display(description="tahap", ordering="status", label=BATCH_COLOURS)
    def state(self, batch):
        return batch.status, batch.get_status_display().capitalize()

    @display(description="terisi", ordering="seated")
    def seats(self, batch):
        return f"{batch.seated}\N{NO-BREAK SPACE}dari\N{NO-BREAK SPACE}{batch.capacity}"


@admin.register(Trainee)
class TraineeAdmin(ReadOnlyAdmin):
    """All people of all batches in a list; a person is read on the page of the batch."""

    list_display = ["heading", "batch_name", "state", "place", "sent"]
    list_display_links = None
    list_select_related = ["batch__course", "region__province", "sent_by"]
    list_filter = [
        ("status", ChoicesDropdownFilter),
        TraineeUnitFilter,
        TraineeYearFilter,
        ProvinceFilter,
    ]
    search_fields = ["name", "email"]
    search_help_text = "Cari nama atau surel"
    ordering = ["-registered_at", "-pk"]

    def get_queryset(self, request):
        people = Trainee.objects.filter(batch__in=Batch.objects.visible_to(request.user))
        return people.defer("nik").order_by(*self.ordering)

    def has_module_permission(self, request):
        return permissions.can_enter_desk(request.user)

    def has_view_permission(self, request, obj=None):
        return permissions.can_enter_desk(request.user)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        trainee = self.get_object(request, object_id)
        if trainee is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect(person_page_of(trainee))

    @display(description="nama", ordering="name")
    def heading(self, trainee):
        return format_html(
            '<a class="text-link" href="{}">{}</a>', person_page_of(trainee), trainee.name
        )

    @display(description="angkatan", ordering="batch__starts_on")
    def batch_name(self, trainee):
        return str(trainee.batch)

    @display(description="keadaan", ordering="status", label=TRAINEE_COLOURS)
    def state(self, trainee):
        return trainee.status, trainee.get_status_display().capitalize()

    @display(description="tempat tinggal")
    def place(self, trainee):
        return trainee.region.full_name

    @display(description="dikirim oleh")
    def sent(self, trainee):
        return trainee.sender or "–"


def page_of(batch):
    return reverse("admin:training_batch_change", args=[batch.pk])


def person_page_of(trainee):
    return reverse("admin:training_batch_person", args=[trainee.batch_id, trainee.pk])
