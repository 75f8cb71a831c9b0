from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.enums import ReviewReason
from programs.models.organization import Organization


class ReviewFlag(models.Model):
    """Something about an organization that looks wrong and waits for an officer's eye.

    It warns and never locks a person out (``domain.md`` §G: one wrong digit blocks all).
    """

    organization = models.ForeignKey(
        Organization,
        verbose_name="organisasi",
        on_delete=models.CASCADE,
        related_name="review_flags",
    )
    reason = models.CharField("hal", max_length=20, choices=ReviewReason)
    note = models.CharField("uraian", max_length=500)
    raised_at = models.DateTimeField("dicatat pada", auto_now_add=True)
    resolved_at = models.DateTimeField("selesai pada", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diselesaikan oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    outcome = models.CharField("hasil pemeriksaan", max_length=500, blank=True)

    class Meta:
        verbose_name = "hal untuk diperiksa"
        verbose_name_plural = "hal untuk diperiksa"
        ordering = ["-raised_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False) & ~Q(outcome=""),
                name="programs_reviewflag_resolved_with_outcome",
                violation_error_message="Tulis hasil pemeriksaan sebelum menutup hal ini.",
            ),
            models.UniqueConstraint(
                fields=["organization", "reason"],
                condition=Q(resolved_at=None),
                name="programs_reviewflag_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.organization}: {self.get_reason_display()}"
