"""The field visit on a verifier's telephone: schedule, photos, checklist, findings."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from programs.admin_base import ChoicesDropdownFilter, RangeDateFilter, ReadOnlyAdmin, display
from programs.desk import desk
from programs.kept_input import fill_all, take
from programs.templatetags.bina import waktu
from programs.transitions import TransitionNotAllowed
from subsidies import permissions
from subsidies.admin.record_pages import address, load
from subsidies.enums import VisitStatus
from subsidies.forms.desk_visits import Minutes, PhotoForm, ScheduleForm
from subsidies.models import Visit
from subsidies.workflow import visit as visits


def visit(request, pk):
    """The page of one visit; the checklist is handed in here."""
    record = _own(request, pk)
    if request.method != "POST":
        return _show(request, record)
    minutes = Minutes(record.machines, request.POST)
    if not minutes.is_valid():
        return _show(request, record, minutes=minutes)
    found = minutes.findings.cleaned_data | {"location": _where(record)}
    return _done(
        request,
        record,
        lambda: visits.conduct(
            record.visit, by=request.user, answers=minutes.answers, today=record.today, **found
        ),
        "Berita acara dibuat; pemohon diminta menyetujuinya.",
        minutes=minutes,
    )


@require_POST
def schedule(request, pk):
    record = _own(request, pk)
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _show(request, record, schedule_form=form)
    return _done(
        request,
        record,
        lambda: visits.schedule(
            record.visit,
            by=request.user,
            starts_at=form.starts_at,
            message=form.cleaned_data["message"],
            today=record.today,
        ),
        "Jadwal disimpan dan pemohon diberi tahu.",
        to=reverse("admin:subsidies_application_visit", args=[pk]),
        schedule_form=form,
    )


@require_POST
def add_photo(request, pk):
    record = _own(request, pk)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, record, photo_form=form)
    return _done(
        request,
        record,
        lambda: visits.add_photo(
            record.visit,
            by=request.user,
            accepted=form.cleaned_data["photo"],
            caption=form.cleaned_data["caption"],
        ),
        "Foto disimpan.",
        to=reverse("admin:subsidies_application_visit", args=[pk]) + "#foto",
        photo_form=form,
    )


def _where(record):
    """Where the visit was, as the camera of its photos said."""
    for photo in record.visit_photos:
        if photo.latitude is not None:
            return photo.latitude, photo.longitude
    return None, None


def _own(request, pk):
    record = load(request, pk)
    if not permissions.can_conduct_visit(request.user, record.application):
        raise PermissionDenied
    return record


def _done(request, record, deed, words, *, to="", **typed):
    """Do it by ``workflow``; what hinders it is said on the page, with what was typed."""
    try:
        deed()
    except TransitionNotAllowed as problem:
        messages.error(request, str(problem))
    except ValidationError as problem:
        for sentence in problem.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, words)
        return redirect(to or address(record))
    return _show(request, load(request, record.application.pk), **typed)


def _show(request, record, *, minutes=None, schedule_form=None, photo_form=None):
    plan = record.visit
    is_planned = plan.status == VisitStatus.SCHEDULED
    initial = {}
    if plan.starts_at:
        starts_at = timezone.localtime(plan.starts_at)
        initial = {"day": starts_at.date(), "hour": f"{starts_at:%H.%M}", "message": plan.announced}
    context = desk(
        request,
        admin.site,
        title="Kunjungan lapangan",
        record=record,
        application=record.application,
        visit=plan,
        is_planned=is_planned,
        is_over=plan.status in (VisitStatus.CONDUCTED, VisitStatus.CONFIRMED),
        has_come=is_planned and timezone.localdate(plan.starts_at) <= record.today,
        minutes=minutes or fill_all(Minutes(record.machines), take(request)),
        schedule_form=schedule_form or ScheduleForm(initial=initial),
        photo_form=photo_form or PhotoForm(),
        reschedules=schedule_form is not None,
    )
    status = 422 if minutes or schedule_form or photo_form else 200
    return TemplateResponse(request, "subsidies/desk_visit.html", context, status=status)


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin):
    """All visits in a list; a visit itself is read on its application's record."""

    list_display = ["case", "business", "place", "state", "planned", "verifier"]
    list_display_links = None
    list_select_related = [
        "application__organization",
        "application__site_region__province",
        "verifier",
    ]
    list_filter = [("status", ChoicesDropdownFilter), ("starts_at", RangeDateFilter)]
    search_fields = ["application__registration_number", "verifier__name"]
    search_help_text = "Cari nomor registrasi atau verifikator"
    ordering = ["-starts_at", "-pk"]

    @display(description="permohonan", ordering="application__registration_order")
    def case(self, visit):
        url = reverse("admin:subsidies_application_change", args=[visit.application_id])
        return format_html(
            '<a class="text-link" href="{}">{}</a>', url, visit.application.registration_number
        )

    @display(description="IKM")
    def business(self, visit):
        return visit.application.organization.name

    @display(description="wilayah")
    def place(self, visit):
        region = visit.application.site_region
        return region.full_name if region else "–"

    @display(
        description="keadaan",
        ordering="status",
        label={
            VisitStatus.ASSIGNED: "warning",
            VisitStatus.SCHEDULED: "info",
            VisitStatus.CONDUCTED: "warning",
            VisitStatus.CONFIRMED: "success",
        },
    )
    def state(self, visit):
        return visit.status, visit.get_status_display()

    @display(description="jadwal", ordering="starts_at")
    def planned(self, visit):
        return waktu(visit.starts_at)
