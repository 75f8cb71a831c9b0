from django.conf import settings
from django.db import models
from django.db.models import Q

from partnerships.models.agreement import Agreement
from programs.models import IssuedPaper

COSTS = ["facilities", "instructors", "materials", "honorarium", "certification"]


class TaxFacts(models.Model):
    """What a company says it spent on an agreement in a year, by the five kinds of cost.

    The facts for the super tax deduction (PMK 128/PMK.010/2019, ``domain.md`` §B4). No tax is
    computed. Amounts in whole rupiah.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="tax_facts")
    year = models.PositiveSmallIntegerField("tahun pajak")
    participants = models.PositiveIntegerField("jumlah peserta")
    facilities = models.PositiveBigIntegerField(
        "fasilitas fisik khusus dan biaya operasionalnya (Rp)", default=0
    )
    instructors = models.PositiveBigIntegerField("instruktur atau pengajar (Rp)", default=0)
    materials = models.PositiveBigIntegerField("barang dan bahan (Rp)", default=0)
    honorarium = models.PositiveBigIntegerField("honorarium peserta (Rp)", default=0)
    certification = models.PositiveBigIntegerField("sertifikasi kompetensi (Rp)", default=0)
    note = models.CharField("keterangan", max_length=500, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diisi oleh",
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    updated_at = models.DateTimeField("diperbarui pada", auto_now=True)
    paper = models.ForeignKey(
        IssuedPaper,
        verbose_name="lampiran",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "lampiran super tax deduction"
        verbose_name_plural = "lampiran super tax deduction"
        ordering = ["-year", "agreement"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "year"],
                name="partnerships_taxfacts_once_a_year",
                violation_error_message="Lampiran tahun ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2019, 2100)),
                name="partnerships_taxfacts_since_2019",
                violation_error_message="Fasilitas ini berlaku sejak tahun pajak 2019.",
            ),
        ]

    def __str__(self):
        return f"{self.agreement}, {self.year}"

    @property
    def total(self):
        return sum(getattr(self, name) for name in COSTS)
