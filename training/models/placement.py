from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.enums import OrganizationKind
from programs.models import Organization, Region
from training.diklat_enums import FOLLOWUP_MONTHS, FollowupState, PlacementKind
from training.models.batch import PartnerDemand
from training.models.trainee import Trainee


class PlacementQuerySet(models.QuerySet):
    def current(self):
        """Where people work now; an earlier place has been replaced by it."""
        return self.filter(replaced_at=None)


class Placement(models.Model):
    """Work that a trainee found: at the partner that asked for them, elsewhere, or their own."""

    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="placements")
    kind = models.CharField("jenis", max_length=13, choices=PlacementKind)
    demand = models.ForeignKey(
        PartnerDemand,
        verbose_name="kebutuhan mitra",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placements",
    )
    company = models.ForeignKey(
        Organization,
        verbose_name="perusahaan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="training_placements",
        limit_choices_to={"kind": OrganizationKind.COMPANY},
    )
    company_name = models.CharField("nama perusahaan atau usaha", max_length=200)
    position = models.CharField("pekerjaan", max_length=100)
    region = models.ForeignKey(
        Region,
        verbose_name="kabupaten/kota",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts_on = models.DateField("mulai bekerja")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicatat oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField("dicatat pada", auto_now_add=True)
    replaced_at = models.DateTimeField("diganti pada", null=True, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "penempatan"
        verbose_name_plural = "penempatan"
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee"],
                condition=Q(replaced_at=None),
                name="training_placement_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind=PlacementKind.EMPLOYED)
                | Q(kind=PlacementKind.SELF_EMPLOYED, company=None, demand=None),
                name="training_placement_own_business_is_no_company",
            ),
            models.CheckConstraint(
                condition=Q(demand=None) | Q(company__isnull=False),
                name="training_placement_demand_is_of_a_company",
            ),
            models.CheckConstraint(
                condition=~Q(company_name=""),
                name="training_placement_names_the_place",
                violation_error_message="Isi nama perusahaan atau usaha.",
            ),
        ]

    def __str__(self):
        return f"{self.position}, {self.company_name}"


class FollowupQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(done_on=None)

    def due(self, *, today):
        """Nobody has asked yet, and the day to ask has come."""
        return self.waiting().filter(due_on__lte=today)


class Followup(models.Model):
    """The question whether a person still works, three and six months after the first day."""

    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="followups")
    months = models.PositiveSmallIntegerField("bulan ke-")
    due_on = models.DateField("jatuh tempo")
    done_on = models.DateField("dicatat pada", null=True, blank=True)
    state = models.CharField("keadaan", max_length=13, choices=FollowupState, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicatat oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ["due_on", "trainee"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(done_on=None), name="training_followup_waiting"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["trainee", "months"], name="training_followup_once"),
            models.CheckConstraint(
                condition=Q(months__in=FOLLOWUP_MONTHS), name="training_followup_at_3_and_6_months"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, state="", recorded_by=None)
                | Q(done_on__isnull=False, state__in=FollowupState, recorded_by__isnull=False),
                name="training_followup_done_with_an_answer",
            ),
        ]

    def __str__(self):
        return f"{self.trainee}, bulan ke-{self.months}"
