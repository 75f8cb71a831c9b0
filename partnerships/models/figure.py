from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.enums import Dimension


class Figure(models.Model):
    """Stored counts of a group, so that a page costs the same at ten agreements and at a million.

    ``agreements`` were signed once, whatever became of them; ``live`` ones run today. How many SMK
    are on our register is told for the whole and for each province. Written by
    ``partnerships.workflow.figures`` alone, which can make all of them again from nothing.
    """

    dimension = models.CharField("menurut", max_length=10, choices=Dimension)
    key = models.CharField("kunci", max_length=20)
    label = models.CharField("kelompok", max_length=200)
    schools = models.PositiveIntegerField("SMK", default=0)
    companies = models.PositiveIntegerField("perusahaan", default=0)
    agreements = models.PositiveIntegerField("PKS", default=0)
    live_schools = models.PositiveIntegerField("SMK dengan PKS berjalan", default=0)
    live_companies = models.PositiveIntegerField("perusahaan dengan PKS berjalan", default=0)
    live_agreements = models.PositiveIntegerField("PKS berjalan", default=0)
    registered_schools = models.PositiveIntegerField("SMK di register", null=True)
    computed_at = models.DateTimeField("dihitung pada", default=timezone.now)

    class Meta:
        verbose_name = "angka kemitraan"
        verbose_name_plural = "angka kemitraan"
        ordering = ["dimension", "key"]
        indexes = [
            # The companies by how many SMK they mentor are counted and listed from it alone.
            models.Index(
                fields=["dimension", "live_schools", "label", "id"],
                name="partnerships_figure_by_load",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["dimension", "key"], name="partnerships_figure_once"),
            models.CheckConstraint(
                condition=Q(dimension__in=Dimension), name="partnerships_figure_dimension_known"
            ),
        ]

    def __str__(self):
        return f"{self.get_dimension_display()}: {self.label}"
