import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programs.models import Document, HistoryEntry, IssuedPaper
from programs.transitions import arrows, reasoned
from subsidies.arrows import VISIT_MOVES
from subsidies.enums import VisitStatus
from subsidies.models.application import Application, officer
from subsidies.models.machine import Machine


class Visit(models.Model):
    """The look at the real company and the real machines, before any money (``domain.md`` §A7)."""

    application = models.OneToOneField(
        Application, verbose_name="permohonan", on_delete=models.PROTECT, related_name="visit"
    )
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="verifikator",
        on_delete=models.PROTECT,
        related_name="visits",
    )
    assigned_by = officer("ditugaskan oleh")
    # Written by subsidies.workflow alone.
    status = models.CharField(
        max_length=10, choices=VisitStatus, default=VisitStatus.ASSIGNED, editable=False
    )
    starts_at = models.DateTimeField("jadwal kunjungan", null=True, editable=False)
    announced = models.CharField("pesan untuk pemohon", max_length=300, blank=True)
    owner_agreed_at = models.DateTimeField("jadwal disetujui pemohon", null=True, editable=False)
    conducted_at = models.DateTimeField("dilaksanakan pada", null=True, editable=False)
    met_with = models.CharField("ditemui oleh", max_length=150, blank=True)
    findings = models.TextField("temuan", blank=True)
    latitude = models.DecimalField("lintang", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("bujur", max_digits=8, decimal_places=5, null=True, blank=True)
    minutes = models.ForeignKey(
        IssuedPaper,
        verbose_name="berita acara",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField("disetujui pada", null=True, editable=False)
    confirmed_by = officer("disetujui oleh")

    class Meta:
        verbose_name = "kunjungan lapangan"
        verbose_name_plural = "kunjungan lapangan"
        ordering = ["starts_at", "pk"]
        permissions = [("conduct_visit", "Dapat melakukan kunjungan lapangan")]
        triggers = [
            pgtrigger.FSM(name="arrows", field="status", transitions=arrows(VISIT_MOVES)),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=VisitStatus), name="subsidies_visit_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=VisitStatus.ASSIGNED) | Q(starts_at__isnull=False),
                name="subsidies_visit_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[VisitStatus.CONDUCTED, VisitStatus.CONFIRMED])
                | Q(conducted_at__isnull=False, minutes__isnull=False) & ~Q(findings=""),
                name="subsidies_visit_conducted_with_minutes",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=VisitStatus.CONFIRMED,
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                )
                | ~Q(status=VisitStatus.CONFIRMED) & Q(confirmed_at=None, confirmed_by=None),
                name="subsidies_visit_confirmed_by_someone",
            ),
            # Both sides confirm: who visited cannot confirm for the other side.
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("verifier")),
                name="subsidies_visit_two_sides",
            ),
        ]

    def __str__(self):
        return f"Kunjungan {self.application}"


class VisitQuestion(models.TextChoices):
    """The checklist of a visit (``domain.md`` §A7: company real, machine new, not moved)."""

    COMPANY_EXISTS = "COMPANY_EXISTS", "Usaha ada dan berjalan di alamat ini"
    MACHINE_PRESENT = "MACHINE_PRESENT", "Mesin ada di tempat usaha"
    SERIAL_MATCHES = "SERIAL_MATCHES", "Nomor seri sesuai pelat nama"
    MACHINE_NEW = "MACHINE_NEW", "Mesin baru, bukan bekas"
    INSTALLED = "INSTALLED", "Mesin terpasang dan dapat dijalankan"
    IN_USE = "IN_USE", "Mesin dipakai untuk kegiatan usaha ini"
    NOT_TRANSFERRED = "NOT_TRANSFERRED", "Mesin milik pemohon, tidak dipindahtangankan"


ABOUT_THE_COMPANY = [VisitQuestion.COMPANY_EXISTS]
ABOUT_A_MACHINE = [q for q in VisitQuestion if q not in ABOUT_THE_COMPANY]


class VisitAnswer(models.Model):
    """What the verifier saw, question by question; a “no” says what was seen instead."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="answers")
    machine = models.ForeignKey(
        Machine, null=True, blank=True, on_delete=models.PROTECT, related_name="visit_answers"
    )
    question = models.CharField("pertanyaan", max_length=16, choices=VisitQuestion)
    is_yes = models.BooleanField("sesuai")
    note = models.CharField("catatan", max_length=300, blank=True)

    class Meta:
        verbose_name = "jawaban kunjungan"
        verbose_name_plural = "jawaban kunjungan"
        ordering = ["machine", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "machine", "question"],
                name="subsidies_visitanswer_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(is_yes=True) | ~Q(note=""),
                name="subsidies_visitanswer_no_is_explained",
                violation_error_message="Jawaban “tidak” harus disertai catatan.",
            ),
        ]

    def __str__(self):
        return self.get_question_display()


class VisitPhoto(models.Model):
    """A photo taken at the visit, with where and when when the camera said so."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="photos")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField("keterangan", max_length=150, blank=True)
    taken_at = models.DateTimeField("dipotret pada", null=True, blank=True)
    latitude = models.DecimalField("lintang", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("bujur", max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        verbose_name = "foto kunjungan"
        verbose_name_plural = "foto kunjungan"
        ordering = ["pk"]

    def __str__(self):
        return self.caption or str(self.document)


class VisitHistoryEntry(HistoryEntry):
    """One line of a visit's history."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="history")

    class Meta(HistoryEntry.Meta):
        verbose_name = "riwayat kunjungan"
        verbose_name_plural = "riwayat kunjungan"
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=reasoned(VISIT_MOVES)) | ~Q(reason=""),
                name="subsidies_visithistory_refusal_has_reason",
                violation_error_message="Tindakan ini harus disertai alasan.",
            ),
        ]

    def __str__(self):
        return f"{self.visit_id}: {self.action}"
