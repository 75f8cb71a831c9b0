from django.db import models
from django.db.models import Q

from programs.models.indicator import Indicator
from programs.models.region import Region
from programs.units import plain


class Target(models.Model):
    """What is to be reached in a year, or by its end for a cumulative indicator.

    Sources name different targets for the same year (``domain.md`` §B2): all are kept, and the one
    in use is what realization is measured against. Without a region it is of the whole country.
    """

    indicator = models.ForeignKey(
        Indicator, verbose_name="indikator", on_delete=models.PROTECT, related_name="targets"
    )
    year = models.PositiveSmallIntegerField("tahun")
    region = models.ForeignKey(
        Region,
        verbose_name="provinsi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Region.Kind.PROVINCE},
        help_text="Kosongkan untuk sasaran nasional.",
    )
    value = models.BigIntegerField("nilai")
    source = models.CharField("sumber", max_length=300)
    note = models.CharField("catatan", max_length=300, blank=True)
    is_in_use = models.BooleanField("dipakai", default=True)

    class Meta:
        verbose_name = "sasaran"
        verbose_name_plural = "sasaran"
        ordering = ["-year", "indicator", "region"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gt=0),
                name="programs_target_is_something",
                violation_error_message="Sasaran harus lebih dari nol.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2100)),
                name="programs_target_year_possible",
                violation_error_message="Tulis tahun dengan empat angka, misalnya 2026.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="programs_target_names_its_source",
                violation_error_message="Tulis sumber sasaran ini, misalnya nama dokumennya.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "year", "region", "source"],
                name="programs_target_once",
                nulls_distinct=False,
                violation_error_message="Sasaran dari sumber ini sudah tercatat.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "year", "region"],
                condition=Q(is_in_use=True),
                name="programs_target_one_in_use",
                nulls_distinct=False,
                violation_error_message=(
                    "Untuk tahun dan wilayah ini sudah ada sasaran yang dipakai. Hapus tanda "
                    "“dipakai” dari sasaran itu lebih dahulu."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.year}: {plain(self.value, self.indicator.unit)}"
