from django.contrib.postgres.fields import ArrayField
from django.db import models

from programs.enums import Audience, OrganizationKind
from programs.models.organization import Organization


class Program(models.Model):
    """One of the ministry's programs for vocational education and IKM, such as e-Smart IKM.

    ``summary`` is what lists tell; ``story`` and ``how_to_join`` are for the program's own page, in
    paragraphs that an empty line parts.
    """

    slug = models.SlugField("alamat", max_length=60, unique=True)
    name = models.CharField("nama", max_length=150)
    unit = models.ForeignKey(
        Organization,
        verbose_name="unit penanggung jawab",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programs",
        limit_choices_to={"kind": OrganizationKind.UNIT},
    )
    summary = models.CharField("ringkasan", max_length=300)
    story = models.TextField("cerita program", blank=True, max_length=4000)
    how_to_join = models.TextField("cara ikut", blank=True, max_length=2000)
    audiences = ArrayField(
        models.CharField(max_length=9, choices=Audience),
        verbose_name="untuk siapa",
        default=list,
        blank=True,
    )
    began_on = models.DateField("berjalan sejak", null=True, blank=True)
    is_active = models.BooleanField("berjalan", default=True)

    class Meta:
        verbose_name = "program"
        verbose_name_plural = "program"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(summary=""),
                name="programs_program_says_what_it_is",
                violation_error_message="Isi nama dan ringkasan program.",
            ),
            models.CheckConstraint(
                condition=models.Q(audiences__contained_by=list(Audience.values)),
                name="programs_program_audiences_known",
                violation_error_message="Pilih untuk siapa program ini dari daftar.",
            ),
        ]

    def __str__(self):
        return self.name
