from django.db import models

from programs.enums import OrganizationKind
from programs.models.organization import Organization


class Program(models.Model):
    """One of the ministry's programs for vocational education and IKM, such as e-Smart IKM."""

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
        ]

    def __str__(self):
        return self.name
