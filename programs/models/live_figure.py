import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programs.models.indicator import Indicator
from programs.models.region import Region
from programs.units import plain


class LiveFigure(models.Model):
    """What our own rows give for an indicator in a month: a roll-up, made anew from nothing.

    ``value`` is what that month added; months add up for cumulative and yearly indicators. One row
    stands for each province, and one without a region for the whole country, in which also what has
    no known province is counted. Written by ``programs.workflow.live_figures`` alone.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="live_figures")
    month = models.DateField("bulan")
    region = models.ForeignKey(
        Region, verbose_name="provinsi", null=True, on_delete=models.PROTECT, related_name="+"
    )
    value = models.BigIntegerField("nilai")

    class Meta:
        verbose_name = "angka langsung"
        verbose_name_plural = "angka langsung"
        ordering = ["indicator", "month", "region"]
        constraints = [
            # Also the index by which a page reads the whole country, or one indicator.
            models.UniqueConstraint(
                fields=["indicator", "region", "month"],
                name="programs_livefigure_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="programs_livefigure_first_of_month",
            ),
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.month:%Y-%m} {self.region_id or 'nasional'}"


class PublishedFigure(models.Model):
    """A live figure that an officer froze on a day, with what it meant then. It never changes.

    So the page can say why a press release told another number than the count of today.
    """

    indicator = models.ForeignKey(
        Indicator,
        verbose_name="indikator",
        on_delete=models.PROTECT,
        related_name="published_figures",
    )
    region = models.ForeignKey(
        Region,
        verbose_name="provinsi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    value = models.BigIntegerField("nilai")
    period = models.CharField("masa", max_length=60)
    counted_at = models.DateTimeField("dihitung pada")
    definition = models.CharField("yang dihitung", max_length=400)
    occasion = models.CharField("untuk", max_length=200)
    published_at = models.DateTimeField("dibekukan pada", default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "angka yang dibekukan"
        verbose_name_plural = "angka yang dibekukan"
        ordering = ["-published_at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(occasion="") & ~Q(definition="") & ~Q(period=""),
                name="programs_publishedfigure_says_what_for",
                violation_error_message="Tulis untuk apa angka ini dibekukan.",
            ),
        ]

    def __str__(self):
        words = plain(self.value, self.indicator.unit)
        return f"{self.indicator} {self.published_at:%d-%m-%Y}: {words}"
