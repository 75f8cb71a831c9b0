from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.models import Document
from subsidies.document_kinds import PER_MACHINE, DocumentKind
from subsidies.enums import DocumentCheck, NoteState, Verdict
from subsidies.models.application import Application
from subsidies.models.machine import Machine


class ApplicationDocumentQuerySet(models.QuerySet):
    def current(self):
        """The files that count now; replaced and removed ones stay for the record."""
        return self.filter(removed_at=None)


class ApplicationDocument(models.Model):
    """A file handed in as one of the papers of the checklist, and the officer's check of it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField("dokumen", max_length=5, choices=DocumentKind)
    machine = models.ForeignKey(
        Machine, null=True, blank=True, on_delete=models.CASCADE, related_name="documents"
    )
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    check_state = models.CharField(
        "pemeriksaan", max_length=8, choices=DocumentCheck, default=DocumentCheck.PENDING
    )
    check_note = models.TextField("catatan", blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diperiksa oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_at = models.DateTimeField("diperiksa pada", null=True, blank=True)
    removed_at = models.DateTimeField("diganti atau dihapus pada", null=True, blank=True)

    objects = ApplicationDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas permohonan"
        verbose_name_plural = "berkas permohonan"
        ordering = ["kind", "machine", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PER_MACHINE, machine__isnull=False)
                | ~Q(kind__in=PER_MACHINE) & Q(machine=None),
                name="subsidies_document_belongs_to_a_machine",
            ),
            models.CheckConstraint(
                condition=Q(check_state=DocumentCheck.PENDING, checked_by=None, checked_at=None)
                | ~Q(check_state=DocumentCheck.PENDING)
                & Q(checked_by__isnull=False, checked_at__isnull=False),
                name="subsidies_document_checked_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(check_state=DocumentCheck.REJECTED) | ~Q(check_note=""),
                name="subsidies_document_refused_with_a_note",
                violation_error_message="Tulis apa yang harus diperbaiki pada berkas ini.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.document}"


class CorrectionNote(models.Model):
    """What must be corrected, pinned to where it belongs: a step's field or a machine.

    Files carry their own note (``ApplicationDocument.check_note``). Open → answered → closed.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="correction_notes"
    )
    field = models.CharField("isian", max_length=40)
    machine = models.ForeignKey(
        Machine, null=True, blank=True, on_delete=models.CASCADE, related_name="correction_notes"
    )
    text = models.TextField("yang perlu diperbaiki")
    state = models.CharField("keadaan", max_length=8, choices=NoteState, default=NoteState.OPEN)
    value_before = models.CharField("isian semula", max_length=300, blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField("ditulis pada", auto_now_add=True)
    answered_at = models.DateTimeField("dijawab pada", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "catatan perbaikan"
        verbose_name_plural = "catatan perbaikan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="subsidies_note_says_something",
                violation_error_message="Tulis apa yang harus diperbaiki.",
            ),
            models.CheckConstraint(
                condition=~Q(state=NoteState.CLOSED) | Q(closed_by__isnull=False),
                name="subsidies_note_closed_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.field}: {self.text}"

    @property
    def name(self):
        """The field's own name: “serial_number” of “mesin.serial_number”."""
        return self.field.partition(".")[2]

    @property
    def label(self):
        """The field as people call it."""
        record = Machine if self.machine_id else Application
        return record._meta.get_field(self.name).verbose_name

    @property
    def about(self):
        """The field with its machine, where it has one."""
        return f"{self.machine}: {self.label}" if self.machine_id else self.label


class InternalNote(models.Model):
    """A word between officers. The applicant never sees it."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="internal_notes"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("catatan")
    at = models.DateTimeField("waktu", auto_now_add=True)

    class Meta:
        verbose_name = "catatan antarpetugas"
        verbose_name_plural = "catatan antarpetugas"
        ordering = ["at"]

    def __str__(self):
        return self.text


class RuleOutcome(models.Model):
    """What one rule said of the application, and when. Kept as it was said."""

    class Occasion(models.TextChoices):
        SUBMISSION = "SUBMISSION", "saat diajukan"
        APPROVAL = "APPROVAL", "saat persetujuan"

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="rule_outcomes"
    )
    occasion = models.CharField("saat", max_length=10, choices=Occasion)
    position = models.PositiveSmallIntegerField("urutan")
    code = models.CharField("aturan", max_length=20)
    title = models.CharField("judul", max_length=120)
    verdict = models.CharField("hasil", max_length=7, choices=Verdict)
    reason = models.TextField("penjelasan")
    judged_at = models.DateTimeField("dinilai pada", auto_now_add=True)

    class Meta:
        verbose_name = "hasil aturan"
        verbose_name_plural = "hasil aturan"
        ordering = ["occasion", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "occasion", "code"], name="subsidies_ruleoutcome_once"
            )
        ]

    def __str__(self):
        return f"{self.title}: {self.get_verdict_display()}"
