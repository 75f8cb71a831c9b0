import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.esmart_enums import ContactWay
from programs.models.mentoring import MentoringTask


class MentoringNote(models.Model):
    """What a mentor and an owner talked about. Notes are added, never rewritten."""

    task = models.ForeignKey(
        MentoringTask, verbose_name="pendampingan", on_delete=models.PROTECT, related_name="notes"
    )
    way = models.CharField("lewat", max_length=7, choices=ContactWay)
    text = models.TextField("catatan", max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ditulis oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("waktu", auto_now_add=True)

    class Meta:
        verbose_name = "catatan pendampingan"
        verbose_name_plural = "catatan pendampingan"
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & Q(way__in=ContactWay),
                name="programs_mentoringnote_says_something",
                violation_error_message="Tulis apa yang dibicarakan.",
            ),
        ]

    def __str__(self):
        return f"{self.task_id}: {self.text[:40]}"
