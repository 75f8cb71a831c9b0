from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from programs.models import Document
from training.models.event_figures import OF_ITS_ROW, out_of_date
from training.models.registration import Registration
from training.models.session import Session


class Attendance(models.Model):
    """What is known of one person's presence in one session, and what follows from it.

    Three things can say so: the code typed in time, the minutes in the Zoom report, the organizers'
    list. The organizers have the last word, and give a reason when they contradict.
    """

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="attendances"
    )
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    checked_in_at = models.DateTimeField("kode diisi pada", null=True)
    zoom_minutes = models.PositiveSmallIntegerField("menit di Zoom", null=True)
    zoom_suffices = models.BooleanField("menit di Zoom mencukupi", default=False)
    marked = models.BooleanField("menurut panitia", null=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicatat oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    marked_at = models.DateTimeField("dicatat pada", null=True)
    mark_reason = models.CharField("alasan", max_length=200, blank=True)
    is_present = models.GeneratedField(
        verbose_name="hadir",
        expression=Coalesce(
            F("marked"),
            Case(
                When(Q(checked_in_at__isnull=False) | Q(zoom_suffices=True), then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
        ),
        output_field=BooleanField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        triggers = [out_of_date(OF_ITS_ROW)]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"], name="training_attendance_once"
            ),
            models.CheckConstraint(
                condition=Q(marked=None, marked_by=None, marked_at=None)
                | Q(marked__isnull=False, marked_by__isnull=False, marked_at__isnull=False),
                name="training_attendance_marked_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(marked=False)
                | Q(checked_in_at=None, zoom_suffices=False)
                | ~Q(mark_reason=""),
                name="training_attendance_contradiction_explained",
                violation_error_message=(
                    "Tulis alasannya: kode atau laporan Zoom menunjukkan orang ini hadir."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.registration.name}, {self.session}"


class ZoomAttendee(models.Model):
    """One person as a session's Zoom report shows them, matched to a participant or not yet.

    ``spans`` are all stays [[from, to], …] of all reports imported so far; the same report twice
    adds nothing.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="zoom_attendees")
    name = models.CharField("nama di Zoom", max_length=200)
    email = models.CharField("surel di Zoom", max_length=254, blank=True)
    spans = models.JSONField("waktu bergabung")
    minutes = models.PositiveSmallIntegerField("menit")
    registration = models.ForeignKey(
        Registration,
        verbose_name="peserta",
        null=True,
        on_delete=models.SET_NULL,
        related_name="zoom_attendees",
    )
    matched_by = models.CharField("dicocokkan lewat", max_length=10, blank=True)
    is_ignored = models.BooleanField("bukan peserta", default=False)

    class Meta:
        verbose_name = "orang di laporan Zoom"
        verbose_name_plural = "orang di laporan Zoom"
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "name", "email"], name="training_zoomattendee_once"
            ),
            models.CheckConstraint(
                condition=Q(registration=None) | Q(is_ignored=False),
                name="training_zoomattendee_matched_or_ignored",
            ),
        ]

    def __str__(self):
        return self.name


class ZoomReport(models.Model):
    """That a report was imported for a session: the file, by whom, and how many lines it had."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="zoom_reports")
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    lines = models.PositiveIntegerField("baris")
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    imported_at = models.DateTimeField("diimpor pada", auto_now_add=True)

    class Meta:
        verbose_name = "laporan Zoom"
        verbose_name_plural = "laporan Zoom"
        ordering = ["-imported_at"]

    def __str__(self):
        return f"{self.session}, {self.lines} baris"
