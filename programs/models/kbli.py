from django.db import models
from django.db.models import Q


class KbliCode(models.Model):
    """A line of the national classification of business fields, in one of its versions."""

    version = models.PositiveSmallIntegerField("tahun KBLI", default=2020)
    code = models.CharField("kode", max_length=5)
    title = models.CharField("judul", max_length=250)
    note = models.CharField("catatan sumber", max_length=200, blank=True)

    class Meta:
        verbose_name = "kode KBLI"
        verbose_name_plural = "kode KBLI"
        ordering = ["version", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="programs_kblicode_once",
                violation_error_message="Kode ini sudah ada pada versi KBLI yang sama.",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{2}(\d{3})?$", version__in=[2020, 2025]),
                name="programs_kblicode_two_or_five_digits",
                violation_error_message="Kode KBLI terdiri atas 2 atau 5 angka.",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"
