from django.db import models
from django.db.models import Q
from django.utils import timezone

from programs.esmart_enums import EsmartDimension
from programs.models.campaign import Campaign
from programs.models.region import Region


class EsmartFigure(models.Model):
    """Stored counts of a group of e-Smart. Four numbers kept apart: trained is not selling.

    ``trained`` are IKM that passed a workshop, ``enrolled`` those taken in, ``onboard`` those with
    an open shop, ``selling`` those that sold in the last three months; of a month, in that month.
    Turnover in rupiah. Written by ``programs.workflow.esmart_figures`` alone, which makes all of
    them again from nothing.
    """

    dimension = models.CharField("menurut", max_length=11, choices=EsmartDimension)
    key = models.CharField("kunci", max_length=20, blank=True)
    label = models.CharField("kelompok", max_length=100)
    trained = models.PositiveIntegerField("peserta lokakarya", default=0)
    enrolled = models.PositiveIntegerField("IKM terdaftar", default=0)
    onboard = models.PositiveIntegerField("punya toko", default=0)
    selling = models.PositiveIntegerField("aktif menjual", default=0)
    orders = models.PositiveBigIntegerField("pesanan", default=0)
    units = models.PositiveBigIntegerField("barang terjual", default=0)
    turnover = models.PositiveBigIntegerField("omzet (Rp)", default=0)
    exports = models.PositiveBigIntegerField("ekspor (Rp)", default=0)
    computed_at = models.DateTimeField("dihitung pada", default=timezone.now)

    class Meta:
        verbose_name = "angka e-Smart"
        verbose_name_plural = "angka e-Smart"
        ordering = ["dimension", "key"]
        constraints = [
            models.UniqueConstraint(fields=["dimension", "key"], name="programs_esmartfigure_once"),
            models.CheckConstraint(
                condition=Q(dimension__in=EsmartDimension),
                name="programs_esmartfigure_dimension_known",
            ),
        ]

    def __str__(self):
        return f"{self.get_dimension_display()}: {self.label}"


class CampaignCount(models.Model):
    """How many took part in a campaign in a month from a kabupaten/kota: a roll-up."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="counts")
    month = models.DateField("bulan")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    participants = models.PositiveIntegerField("peserta", default=0)
    computed_at = models.DateTimeField("dihitung pada", default=timezone.now)

    class Meta:
        verbose_name = "hitungan kampanye"
        verbose_name_plural = "hitungan kampanye"
        ordering = ["campaign", "month", "region"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "month", "region"], name="programs_campaigncount_once"
            ),
        ]

    def __str__(self):
        return f"{self.campaign_id} {self.month:%Y-%m} {self.region_id}"
