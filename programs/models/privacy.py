import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programs.enums import ConsentPurpose


class Consent(models.Model):
    """A person's separate yes to one extra use of their data, and when it was taken back.

    Applications need no consent: their base is public service (UU 27/2022 art. 20).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField("keperluan", max_length=20, choices=ConsentPurpose)
    notice_version = models.CharField("versi pemberitahuan", max_length=20)
    given_at = models.DateTimeField("diberikan pada", default=timezone.now)
    withdrawn_at = models.DateTimeField("ditarik pada", null=True, blank=True)

    class Meta:
        verbose_name = "persetujuan"
        verbose_name_plural = "persetujuan"
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=Q(withdrawn_at=None),
                name="programs_consent_live_once",
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.get_purpose_display()}"


class SensitiveAccess(models.Model):
    """Who opened whose sensitive field, and when: a breach notice needs it (UU 27/2022 art. 46)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dibuka oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )
    what = models.CharField("isian", max_length=60)
    subject = models.CharField("milik", max_length=200)
    at = models.DateTimeField("waktu", auto_now_add=True)

    class Meta:
        verbose_name = "pembukaan data pribadi"
        verbose_name_plural = "pembukaan data pribadi"
        ordering = ["-at"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.user}: {self.what} {self.subject}"
