from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from programs.enums import Counting
from programs.models.program import Program
from programs.models.region import Region
from programs.units import plain


class Indicator(models.Model):
    """Something that the ministry counts of a program: in which unit, and what exactly.

    Some are computed from our own rows (``programs.measures``); the others are only published.
    """

    slug = models.SlugField("kode", max_length=60, unique=True)
    program = models.ForeignKey(
        Program, verbose_name="program", on_delete=models.PROTECT, related_name="indicators"
    )
    name = models.CharField("nama", max_length=150)
    unit = models.CharField("satuan", max_length=40)
    definition = models.CharField("yang dihitung", max_length=400)
    source = models.CharField("sumber data", max_length=300, blank=True)
    counting = models.CharField(
        "cara menjumlahkan", max_length=10, choices=Counting, default=Counting.CUMULATIVE
    )
    # The first of a program is its headline.
    position = models.PositiveSmallIntegerField("urutan", default=100)
    # Written by programs.workflow.live_figures alone; empty for what we do not count.
    counted_at = models.DateTimeField("dihitung pada", null=True, editable=False)

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikator"
        ordering = ["program", "position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(counting__in=Counting), name="programs_indicator_counting_known"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(unit="") & ~Q(definition=""),
                name="programs_indicator_says_what_it_counts",
                violation_error_message="Isi nama, satuan, dan apa yang dihitung.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_money(self):
        return self.unit == "rupiah"

    @property
    def is_percent(self):
        """Values are then whole hundredths of a percent (``programs.percents``)."""
        return self.unit == "persen"

    def number(self, value):
        """``value`` as files give it to machines: 9977 hundredths of a percent are 99.77."""
        return Decimal(value).scaleb(-2) if self.is_percent else value


class OfficialFigure(models.Model):
    """What the ministry or the press said on a day: kept as it was said, whatever we count today.

    Several may stand for one day and contradict each other (``domain.md`` §D, §9); each has its own
    source. Without a region it is of the whole country. Amounts are whole rupiah, percent are whole
    hundredths.
    """

    indicator = models.ForeignKey(
        Indicator,
        verbose_name="indikator",
        on_delete=models.PROTECT,
        related_name="official_figures",
    )
    as_of = models.DateField("per tanggal")
    value = models.BigIntegerField("nilai")
    region = models.ForeignKey(
        Region,
        verbose_name="wilayah",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Region.Kind.PROVINCE},
        help_text="Kosongkan untuk angka nasional.",
    )
    source = models.CharField("sumber", max_length=300)
    note = models.CharField("catatan", max_length=300, blank=True)

    class Meta:
        verbose_name = "angka resmi"
        verbose_name_plural = "angka resmi"
        ordering = ["-as_of", "indicator", "-value"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=""),
                name="programs_officialfigure_names_its_source",
                violation_error_message="Tulis sumber angka ini, misalnya judul dan hari berita.",
            ),
            # The code of a province has two digits; without a region it is of the whole country.
            models.CheckConstraint(
                condition=Q(region=None) | Exact(Length("region"), 2),
                name="programs_officialfigure_of_a_province",
                violation_error_message=(
                    "Angka resmi dicatat per provinsi atau nasional. Pilih provinsi, atau "
                    "kosongkan."
                ),
            ),
            models.UniqueConstraint(
                fields=["indicator", "as_of", "region", "source"],
                name="programs_officialfigure_one_of_a_source",
                nulls_distinct=False,
                violation_error_message=(
                    "Dari sumber ini sudah ada angka untuk indikator, tanggal, dan wilayah yang "
                    "sama. Perbaiki angka itu, atau tulis sumber yang berbeda."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.as_of:%d-%m-%Y}: {plain(self.value, self.indicator.unit)}"
