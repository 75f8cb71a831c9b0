from django.db import models
from django.db.models import Q

from partnerships.enums import Measure
from programs.models import Region

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]


class LaunchPhase(models.Model):
    """One of the ten launches of link and match since 2017, each for a part of Indonesia."""

    number = models.PositiveSmallIntegerField("tahap", unique=True)
    area = models.CharField("wilayah", max_length=150, help_text="Contoh: Jawa Tengah dan DIY")
    provinces = models.ManyToManyField(
        Region,
        verbose_name="provinsi",
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Region.Kind.PROVINCE},
    )
    launched_on = models.DateField("tanggal peluncuran", null=True, blank=True)
    place = models.CharField("tempat peluncuran", max_length=150, blank=True)
    target_schools = models.PositiveIntegerField("target SMK", null=True, blank=True)
    target_companies = models.PositiveIntegerField("target perusahaan", null=True, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)

    class Meta:
        verbose_name = "tahap peluncuran"
        verbose_name_plural = "tahap peluncuran"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__range=(1, len(ROMAN))),
                name="partnerships_phase_one_to_ten",
                violation_error_message="Tahap peluncuran adalah I sampai X.",
            ),
        ]

    def __str__(self):
        return f"Tahap {self.roman}"

    @property
    def roman(self):
        return ROMAN[self.number - 1]


class OfficialFigure(models.Model):
    """What the ministry or the press said of a launch: kept as it was said, whatever we count.

    Several may stand for one day and contradict each other (``domain.md`` §B2); each has a source.
    What was said of link and match as a whole is kept with the programs' other official figures.
    """

    measure = models.CharField("yang dihitung", max_length=10, choices=Measure)
    phase = models.ForeignKey(
        LaunchPhase,
        verbose_name="tahap",
        on_delete=models.PROTECT,
        related_name="official_figures",
    )
    as_of = models.DateField("per tanggal")
    value = models.PositiveIntegerField("nilai")
    source = models.CharField("sumber", max_length=300)
    note = models.CharField("catatan", max_length=300, blank=True)

    class Meta:
        verbose_name = "angka resmi tahap"
        verbose_name_plural = "angka resmi tahap"
        ordering = ["-as_of", "measure", "-value"]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__in=Measure), name="partnerships_official_measure_known"
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="partnerships_official_names_its_source",
                violation_error_message="Tulis sumber angka ini, misalnya judul dan hari berita.",
            ),
            models.UniqueConstraint(
                fields=["measure", "phase", "as_of", "value", "source"],
                name="partnerships_official_once",
                violation_error_message="Angka ini sudah tercatat.",
            ),
        ]

    def __str__(self):
        return f"{self.get_measure_display()} {self.as_of:%d-%m-%Y}: {self.value}"
