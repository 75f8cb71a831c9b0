from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.models.organization import Organization
from programs.models.program import Program
from programs.models.region import Region


class ParticipationQuerySet(models.QuerySet):
    def valid(self):
        """Those that still count: a corrected attendance list may have taken one back."""
        return self.filter(withdrawn_at=None)


class Participation(models.Model):
    """That a person completed an activity of a program, as a fact of the register.

    Whoever needs it (e-Smart asks for the workshop) reads it here, and need not know which service
    held the activity. ``key`` names the source record, so that it is written once.
    """

    key = models.CharField("kunci sumber", max_length=80, unique=True)
    program = models.ForeignKey(
        Program, verbose_name="program", on_delete=models.PROTECT, related_name="participations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="orang",
        on_delete=models.PROTECT,
        related_name="participations",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name="untuk organisasi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    region = models.ForeignKey(
        Region,
        verbose_name="wilayah",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    activity = models.CharField("kegiatan", max_length=200)
    kind = models.CharField("jenis kegiatan", max_length=12)
    completed_on = models.DateField("selesai pada")
    jp = models.PositiveSmallIntegerField("JP", default=0)
    recorded_at = models.DateTimeField("dicatat pada", auto_now=True)
    withdrawn_at = models.DateTimeField("dibatalkan pada", null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "keikutsertaan"
        verbose_name_plural = "keikutsertaan"
        ordering = ["-completed_on", "-pk"]
        indexes = [
            models.Index(
                fields=["program", "organization"],
                condition=Q(withdrawn_at=None),
                name="programs_participation_valid",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.activity}"
