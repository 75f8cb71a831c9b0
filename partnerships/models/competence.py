from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from partnerships.enums import Curriculum


class CompetenceQuerySet(models.QuerySet):
    def same_as(self, competences):
        """``competences`` (primary keys) and what they are called in the other curriculum."""
        competences = list(competences)
        return self.filter(
            Q(pk__in=competences)
            | Q(newer_pairs__older__in=competences)
            | Q(older_pairs__newer__in=competences)
        ).distinct()


class Competence(models.Model):
    """What a SMK teaches: a *kompetensi keahlian* (2018) or *konsentrasi keahlian* (2022).

    Agreements name them by code; both lists are in use (``domain.md`` §10.8).
    """

    curriculum = models.PositiveSmallIntegerField("kurikulum", choices=Curriculum)
    code = models.CharField("kode", max_length=10, help_text="Contoh: 1.4.1")
    name = models.CharField("nama", max_length=150)
    field = models.CharField("bidang", max_length=100, blank=True)
    years = models.PositiveSmallIntegerField("lama (tahun)", default=3)
    is_active = models.BooleanField("dipakai", default=True)

    objects = CompetenceQuerySet.as_manager()

    class Meta:
        verbose_name = "kompetensi keahlian"
        verbose_name_plural = "kompetensi keahlian"
        ordering = ["curriculum", "name", "code"]
        indexes = [
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="partnerships_comp_name_trgm"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(curriculum__in=Curriculum),
                name="partnerships_competence_curriculum_known",
            ),
            models.UniqueConstraint(
                fields=["curriculum", "code"],
                name="partnerships_competence_code_once",
                violation_error_message="Kode ini sudah ada pada kurikulum yang sama.",
            ),
            models.CheckConstraint(
                condition=Q(years__range=(3, 4)),
                name="partnerships_competence_three_or_four_years",
                violation_error_message="Lama pendidikan SMK 3 atau 4 tahun.",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def full_name(self):
        return f"{self} ({self.get_curriculum_display()})"


class CompetenceConversion(models.Model):
    """That a competence of 2018 is called this in 2022. One may become two, and two become one."""

    older = models.ForeignKey(
        Competence,
        verbose_name="kompetensi 2018",
        on_delete=models.CASCADE,
        related_name="older_pairs",
        limit_choices_to={"curriculum": Curriculum.SPECTRUM_2018},
    )
    newer = models.ForeignKey(
        Competence,
        verbose_name="konsentrasi 2022",
        on_delete=models.CASCADE,
        related_name="newer_pairs",
        limit_choices_to={"curriculum": Curriculum.SPECTRUM_2022},
    )

    class Meta:
        verbose_name = "padanan kompetensi"
        verbose_name_plural = "padanan kompetensi"
        constraints = [
            models.UniqueConstraint(
                fields=["older", "newer"],
                name="partnerships_conversion_once",
                violation_error_message="Padanan ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=~Q(older=F("newer")), name="partnerships_conversion_of_two"
            ),
        ]

    def __str__(self):
        return f"{self.older} → {self.newer}"


class SectorCompetence(models.Model):
    """That companies of a KBLI division need a competence, for matching where no need was told."""

    kbli_division = models.CharField(
        "golongan pokok KBLI", max_length=2, help_text="Dua angka. Contoh: 25"
    )
    competence = models.ForeignKey(
        Competence, verbose_name="kompetensi", on_delete=models.CASCADE, related_name="sectors"
    )

    class Meta:
        verbose_name = "kompetensi menurut sektor"
        verbose_name_plural = "kompetensi menurut sektor"
        ordering = ["kbli_division", "competence"]
        constraints = [
            models.UniqueConstraint(
                fields=["kbli_division", "competence"],
                name="partnerships_sector_competence_once",
                violation_error_message="Pasangan sektor dan kompetensi ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(kbli_division__regex=r"^\d{2}$"),
                name="partnerships_sector_two_digits",
                violation_error_message="Golongan pokok KBLI adalah dua angka. Contoh: 25.",
            ),
        ]

    def __str__(self):
        return f"{self.kbli_division}: {self.competence}"
