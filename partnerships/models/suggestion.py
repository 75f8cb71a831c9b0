from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.enums import SuggestionDecision
from partnerships.models.agreement import Agreement
from programs.models import Organization


class Suggestion(models.Model):
    """What became of a suggested pair: proposed, or refused with a reason. Remembered."""

    school = models.ForeignKey(
        Organization, verbose_name="SMK", on_delete=models.CASCADE, related_name="+"
    )
    company = models.ForeignKey(
        Organization, verbose_name="perusahaan", on_delete=models.CASCADE, related_name="+"
    )
    decision = models.CharField("keputusan", max_length=10, choices=SuggestionDecision)
    reason = models.CharField("alasan", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diputuskan oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField("diputuskan pada", default=timezone.now)
    agreement = models.ForeignKey(
        Agreement,
        verbose_name="PKS",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "usulan pasangan"
        verbose_name_plural = "pencocokan"
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "company"], name="partnerships_suggestion_once_a_pair"
            ),
            models.CheckConstraint(
                condition=Q(decision=SuggestionDecision.ACCEPTED, agreement__isnull=False)
                | Q(decision=SuggestionDecision.REFUSED, agreement=None) & ~Q(reason=""),
                name="partnerships_suggestion_refused_for_a_reason",
                violation_error_message="Tulis alasan pasangan ini tidak diusulkan.",
            ),
        ]

    def __str__(self):
        return f"{self.school} – {self.company}: {self.get_decision_display()}"
