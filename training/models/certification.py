import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from training.models.trainee import Trainee


class CertificationResult(models.Model):
    """One attempt at the competence test of an LSP. Each is kept; a mistyped one is void."""

    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="results")
    attempt = models.PositiveSmallIntegerField("uji ke-")
    lsp = models.CharField("LSP", max_length=150)
    scheme_name = models.CharField("skema", max_length=150)
    assessed_on = models.DateField("tanggal uji")
    is_competent = models.BooleanField("kompeten")
    certificate_number = models.CharField("nomor sertifikat", max_length=60, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicatat oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField("dicatat pada", auto_now_add=True)
    void_reason = models.CharField("alasan dibatalkan", max_length=300, blank=True)

    class Meta:
        verbose_name = "hasil uji kompetensi"
        verbose_name_plural = "hasil uji kompetensi"
        ordering = ["trainee", "attempt"]
        triggers = [pgtrigger.Protect(name="stays", operation=pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "attempt"], name="training_result_attempt_once"
            ),
            models.UniqueConstraint(
                fields=["trainee"],
                condition=Q(is_competent=True, void_reason=""),
                name="training_result_competent_once",
                violation_error_message="Peserta ini sudah dinyatakan kompeten.",
            ),
            models.UniqueConstraint(
                fields=["lsp", "certificate_number"],
                condition=~Q(certificate_number="") & Q(void_reason=""),
                name="training_result_certificate_once",
                violation_error_message="Nomor sertifikat ini sudah dipakai peserta lain.",
            ),
            models.CheckConstraint(
                condition=Q(is_competent=True) | Q(certificate_number="", valid_until=None),
                name="training_result_certificate_of_the_competent",
                violation_error_message="Hanya peserta yang kompeten memiliki sertifikat.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("assessed_on")),
                name="training_result_valid_after_the_test",
                violation_error_message="Masa berlaku harus berakhir sesudah tanggal uji.",
            ),
        ]

    def __str__(self):
        return f"{self.trainee}: {'kompeten' if self.is_competent else 'belum kompeten'}"
