"""Participants of all events in one list, and the page of one of them."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programs.admin_base import ChoicesDropdownFilter, ReadOnlyAdmin, display
from programs.models import Notification
from training import permissions
from training.admin.participant_moves import DECISIONS
from training.admin.reach import event_page
from training.enums import RegistrationStatus, TestOccasion
from training.models import Registration
from training.models.event_queries import run_by
from training.news import page_of, when_in_words
from training.stages import WORDS
from training.workflow.correction import reason_against_correcting
from training.workflow.places import position_of

DEEDS = {
    "register": "Mendaftar",
    "accept": "Diterima",
    "queue": "Masuk daftar tunggu",
    "move_up": "Naik dari daftar tunggu",
    "reject": "Ditolak",
    "withdraw": "Mengundurkan diri",
    "leave_unplaced": "Tidak mendapat tempat",
    "mark_absent": "Tidak hadir",
    "mark_partly": "Hadir sebagian",
    "qualify": "Memenuhi syarat",
    "certify": "Sertifikat terbit",
    "revoke": "Sertifikat dicabut",
    "replace": "Sertifikat diganti",
    "confirm_name": "Nama di sertifikat dipastikan",
    "correct": "Data dibetulkan",
}
COLOURS = {"ok": "success", "warn": "warning", "danger": "danger", "info": "info"}


def on_the_desk_of(user):
    """Registrations at the events that an officer looks after; the own ones are elsewhere."""
    return Registration.objects.filter(run_by(user, "event__"))


@require_safe
def participant(request, pk):
    """All that is known of one person at one event."""
    found = on_the_desk_of(request.user).select_related(
        "event__unit", "user", "region__province", "organization", "sent_by", "registered_by",
        "assignment_letter", "certificate", "evaluation",
    )  # fmt: skip
    registration = found.filter(pk=pk).first()
    if registration is None:
        raise Http404
    event = registration.event
    if not permissions.can_look_at(request.user, event):
        raise PermissionDenied
    messages_sent = Notification.objects.filter(
        recipient=registration.user_id, url=page_of(registration)
    ).order_by("-created_at", "-pk")
    may_run = permissions.can_run(request.user, event)
    return event_page(
        request,
        event,
        "peserta",
        "training/desk_participant.html",
        title=registration.name,
        here=registration.name,
        registration=registration,
        status_words=WORDS[registration.status],
        place_in_line=position_of(registration)
        if registration.status == RegistrationStatus.WAITING
        else None,
        attendance=list(_attendance(registration, timezone.now())),
        tests=list(_tests(registration)),
        has_evaluated=hasattr(registration, "evaluation"),
        sent_messages=messages_sent[:50],
        history=_history(registration),
        may_correct=may_run and not reason_against_correcting(registration),
        decisions=[
            decision
            for decision in DECISIONS.values()
            if may_run and registration.status in decision.arrow.sources
        ],
    )


def _attendance(registration, now):
    """(session, present or None while it is open, how it is known) of each session."""
    known = {row.session_id: row for row in registration.attendances.select_related("marked_by")}
    for session in registration.event.sessions.all():
        row = known.get(session.pk)
        if row is None:
            is_over = now >= session.ends_at and registration.holds_a_place
            yield session, False if is_over else None, ""
        else:
            yield session, row.is_present, "; ".join(_how_it_is_known(row))


def _how_it_is_known(row):
    if row.checked_in_at:
        yield f"kode diisi {timezone.localtime(row.checked_in_at):%H.%M} WIB"
    if row.zoom_minutes is not None:
        yield f"{row.zoom_minutes} menit di Zoom"
    if row.marked is not None:
        reason = f": {row.mark_reason}" if row.mark_reason else ""
        yield f"dicatat {row.marked_by.name}{reason}"


def _tests(registration):
    event = registration.event
    scores = {attempt.occasion: attempt.score for attempt in registration.test_attempts.all()}
    for occasion, is_held in (
        (TestOccasion.PRE, event.has_pretest),
        (TestOccasion.POST, event.has_posttest),
    ):
        if is_held:
            yield capfirst(occasion.label), scores.get(occasion)


def _history(registration):
    entries = list(registration.history.select_related("actor").order_by("-at", "-pk"))
    for entry in entries:
        entry.deed = DEEDS.get(entry.action, entry.action)
    return entries


@admin.register(Registration)
class RegistrationAdmin(ReadOnlyAdmin):
    """Where has somebody been? Found by name, NIP or e-mail over all events of the unit."""

    list_display = ["name", "institution", "of_event", "days", "state"]
    list_select_related = ["event"]
    list_filter = [("status", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter)]
    search_fields = ["name", "nip", "user__email"]
    search_help_text = "Cari nama, NIP, atau surel"
    ordering = ["-pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(run_by(request.user, "event__"))

    def get_urls(self):
        view = self.admin_site.admin_view(never_cache(participant))
        own = path("<int:pk>/change/", view, name="training_registration_change")
        return [own, *super().get_urls()]

    @display(description="kegiatan", ordering="event__title")
    def of_event(self, registration):
        return registration.event.title

    @display(description="hari", ordering="event__starts_at")
    def days(self, registration):
        return when_in_words(registration.event) if registration.event.starts_at else "–"

    @display(
        description="keadaan",
        ordering="status",
        label={status: COLOURS.get(WORDS[status].badge, "default") for status in WORDS},
    )
    def state(self, registration):
        return registration.status, capfirst(registration.get_status_display())
