import secrets

from django.db import models
from django.db.models import F, Q

from programs.models import Document
from training.enums import SpeakerRole
from training.models.event import Event

CHECK_IN_MINUTES = 20


def new_secret():
    return secrets.token_hex(16)


class SessionQuerySet(models.QuerySet):
    def open_for_check_in(self, *, now):
        """Sessions whose attendance list is open at this moment."""
        return self.filter(check_in_opens_at__lte=now, check_in_closes_at__gt=now)


class Session(models.Model):
    """One part of an event's programme, with its speakers and its own attendance list."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField("sesi")
    title = models.CharField("judul", max_length=200)
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai")
    jp = models.PositiveSmallIntegerField("JP", help_text="Satu JP adalah 45 menit.")
    check_in_opens_at = models.DateTimeField(
        "daftar hadir dibuka",
        null=True,
        blank=True,
        help_text="Panitia membukanya di halaman Daftar hadir.",
    )
    check_in_closes_at = models.DateTimeField(
        "daftar hadir ditutup",
        null=True,
        blank=True,
        help_text=f"Kecuali panitia memilih lain, {CHECK_IN_MINUTES} menit sesudah dibuka.",
    )
    # The rotating code is computed from it; it never leaves the server.
    code_secret = models.CharField(max_length=32, default=new_secret, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "sesi"
        verbose_name_plural = "sesi"
        ordering = ["starts_at", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="training_session_ends_after_start",
                violation_error_message="Sesi harus selesai sesudah mulai.",
            ),
            models.CheckConstraint(
                condition=Q(check_in_opens_at=None, check_in_closes_at=None)
                | Q(
                    check_in_opens_at__isnull=False,
                    check_in_closes_at__gt=F("check_in_opens_at"),
                ),
                name="training_session_window_in_order",
                violation_error_message="Daftar hadir harus ditutup sesudah dibuka.",
            ),
            models.UniqueConstraint(
                fields=["event", "number"],
                name="training_session_number_once",
                violation_error_message="Nomor sesi ini sudah dipakai.",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return f"Sesi {self.number}, {self.title}"

    @property
    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def is_open_for_check_in(self, *, now):
        return bool(
            self.check_in_opens_at and self.check_in_opens_at <= now < self.check_in_closes_at
        )


class RemovedSession(models.Model):
    """A session that an announced event once had, as it last stood in people's calendars.

    A calendar keeps an entry until a file says that it is off: leaving it out says nothing
    (RFC 5546). A later session with the same number takes the entry over, and this row goes.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="removed_sessions")
    number = models.PositiveSmallIntegerField("sesi")
    title = models.CharField("judul", max_length=200)
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai")
    removed_at = models.DateTimeField("dihapus pada", auto_now_add=True)

    class Meta:
        # Only calendar files read it: no page shows it, and no role sees it.
        default_permissions = ()
        verbose_name = "sesi yang dihapus"
        verbose_name_plural = "sesi yang dihapus"
        ordering = ["starts_at", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="training_removedsession_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["event", "number"], name="training_removedsession_number_once"
            ),
        ]

    def __str__(self):
        return f"Sesi {self.number}, {self.title}"


class Speaker(models.Model):
    """Who speaks in a session or leads it, with titles as they want them written."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="speakers")
    role = models.CharField(
        "sebagai", max_length=10, choices=SpeakerRole, default=SpeakerRole.SPEAKER
    )
    name = models.CharField("nama dengan gelar", max_length=150)
    position = models.CharField("jabatan", max_length=200, blank=True)
    institution = models.CharField("instansi", max_length=200, blank=True)

    class Meta:
        verbose_name = "narasumber atau moderator"
        verbose_name_plural = "narasumber dan moderator"
        ordering = ["session", "-role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=SpeakerRole) & ~Q(name=""),
                name="training_speaker_has_a_name",
                violation_error_message="Tulis nama narasumber.",
            ),
        ]

    def __str__(self):
        return self.name


class Material(models.Model):
    """Slides, a paper, a recording: for the participants of the event alone."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField("judul", max_length=150)
    document = models.ForeignKey(
        Document,
        verbose_name="berkas",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    url = models.URLField("tautan", max_length=500, blank=True)
    added_at = models.DateTimeField("ditambahkan pada", auto_now_add=True)

    class Meta:
        verbose_name = "materi"
        verbose_name_plural = "materi"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document=None) & ~Q(url="") | Q(document__isnull=False, url=""),
                name="training_material_is_file_or_link",
                violation_error_message="Unggah satu berkas atau isi satu tautan.",
            ),
        ]

    def __str__(self):
        return self.title
