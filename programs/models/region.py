from django.db import models
from django.db.models import Q


class Region(models.Model):
    """A province or a kabupaten/kota, under its Kemendagri code (``domain.md`` §E and §10.1)."""

    class Kind(models.TextChoices):
        PROVINCE = "PROVINCE", "provinsi"
        KABUPATEN = "KABUPATEN", "kabupaten"
        KOTA = "KOTA", "kota"

    class TimeZone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    code = models.CharField("kode Kemendagri", max_length=5, primary_key=True)
    name = models.CharField("nama", max_length=100)
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    province = models.ForeignKey(
        "self",
        verbose_name="provinsi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="regencies",
    )
    time_zone = models.CharField("zona waktu", max_length=20, choices=TimeZone)
    bimtek_region = models.PositiveSmallIntegerField("regional Bimtek", null=True, blank=True)

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="PROVINCE", province=None, code__regex=r"^\d{2}$")
                | ~Q(kind="PROVINCE") & Q(province__isnull=False, code__regex=r"^\d{2}\.\d{2}$"),
                name="programs_region_code_fits_kind",
                violation_error_message=(
                    "Provinsi berkode dua angka; kabupaten/kota berkode seperti 13.75 dan "
                    "berada dalam satu provinsi."
                ),
            ),
            models.CheckConstraint(
                condition=Q(bimtek_region=None) | Q(bimtek_region__range=(1, 7)),
                name="programs_region_bimtek_one_to_seven",
                violation_error_message="Regional Bimtek adalah angka 1 sampai 7.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_province(self):
        return self.kind == self.Kind.PROVINCE

    @property
    def full_name(self):
        """“Kota Bukittinggi, Sumatera Barat”; a province stands alone."""
        return self.name if self.is_province else f"{self.name}, {self.province.name}"
