"""The parts of an event in its form, each as long as it can still be changed, and the speakers."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from programs.admin_base import ModelAdmin, TabularInline, display
from programs.templatetags.bina import waktu
from training import permissions
from training.enums import EventStatus
from training.forms.desk_events import (
    MaterialForm,
    Numbered,
    QuestionForm,
    QuotaForm,
    QuotaFormSet,
    SessionForm,
    SessionFormSet,
    SpeakerForm,
)
from training.models import Material, Question, Quota, Session, Speaker, TestAttempt
from training.models.event_queries import run_by
from training.workflow.event import may_still_change

CLOSED_FILES = [EventStatus.ARCHIVED, EventStatus.CANCELLED]


class Part(TabularInline):
    """Rows of an event that stand as long as ``is_open(event)`` says so."""

    extra = 0
    tab = True
    hide_title = True

    def is_open(self, event):
        return may_still_change(event)

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and (obj is None or self.is_open(obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or self.is_open(obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or self.is_open(obj))


class SessionInline(Part):
    model = Session
    form = SessionForm
    formset = SessionFormSet
    fields = ["number", "title", "starts_at", "ends_at", "jp", "speaker_names"]
    readonly_fields = ["speaker_names"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("speakers")

    @display(description="narasumber")
    def speaker_names(self, session):
        if not session.pk:
            return "Simpan dahulu sesinya"
        return format_html(
            '{} <a class="text-link" href="{}">Narasumber sesi {}</a>',
            ", ".join(speaker.name for speaker in session.speakers.all()),
            reverse("admin:training_session_change", args=[session.pk]),
            session.number,
        )


class QuotaInline(Part):
    model = Quota
    form = QuotaForm
    formset = QuotaFormSet
    autocomplete_fields = ["region"]
    readonly_fields = ["taken"]


class MaterialInline(Part):
    """Materials come when the speakers send them: also long after the event."""

    model = Material
    form = MaterialForm
    fields = ["title", "file", "url", "kept"]
    readonly_fields = ["kept"]

    def is_open(self, event):
        return event.status not in CLOSED_FILES

    @display(description="berkas sekarang")
    def kept(self, material):
        return material.document.name if material.document_id else "–"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("document")


class QuestionInline(Part):
    model = Question
    form = QuestionForm
    formset = Numbered

    def is_open(self, event):
        """What somebody has answered is not asked differently afterwards."""
        answered = TestAttempt.objects.filter(registration__event=event)
        return super().is_open(event) and not answered.exists()


class SpeakerInline(TabularInline):
    model = Speaker
    form = SpeakerForm
    extra = 0
    hide_title = True

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and _may_name_speakers(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _may_name_speakers(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Once the event has begun participants may have rated the speaker."""
        return (
            super().has_delete_permission(request, obj)
            and _may_name_speakers(request, obj)
            and (obj is None or may_still_change(obj.event))
        )


def _may_name_speakers(request, session):
    """Until the results are concluded: somebody else may have to step in on the day."""
    open_until = [EventStatus.RUNNING, EventStatus.FINISHED, EventStatus.POSTPONED]
    return session is None or (
        permissions.can_run(request.user, session.event)
        and (may_still_change(session.event) or session.event.status in open_until)
    )


@admin.register(Session)
class SessionAdmin(ModelAdmin):
    """Who speaks in a session. Its title and times are edited with the others, in the event."""

    inlines = [SpeakerInline]
    fields = readonly_fields = ["of_event", "title", "begins", "ends", "jp"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .filter(run_by(request.user, "event__"))
            .select_related("event__unit")
        )

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """It goes with its event, as long as that is a draft; a single one, in the event's form."""
        is_draft = obj is not None and obj.event.status == EventStatus.DRAFT
        return super().has_delete_permission(request, obj) and is_draft

    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(request, object_id, form_url, {"show_delete": False})

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _may_name_speakers(request, obj)

    def changelist_view(self, request, extra_context=None):
        return redirect("admin:training_event_changelist")

    def response_post_save_change(self, request, obj):
        return redirect("admin:training_event_desk", obj.event_id)

    @display(description="kegiatan")
    def of_event(self, session):
        return format_html("{}, sesi {}", session.event, session.number)

    @display(description="mulai")
    def begins(self, session):
        return waktu(session.starts_at)

    @display(description="selesai")
    def ends(self, session):
        return waktu(session.ends_at)
