from django.db import models


class HolidayQuerySet(models.QuerySet):
    def days(self):
        """The set of all days on which the ministry does not work, weekends aside."""
        return frozenset(self.values_list("date", flat=True))


class Holiday(models.Model):
    """A national holiday or a day of joint leave, set yearly by decree of three ministers."""

    class Kind(models.TextChoices):
        NATIONAL = "NATIONAL", "libur nasional"
        JOINT_LEAVE = "JOINT_LEAVE", "cuti bersama"

    date = models.DateField("tanggal", unique=True)
    name = models.CharField("nama", max_length=150)
    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.NATIONAL)
    source = models.CharField("dasar", max_length=200, blank=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur dan cuti bersama"
        ordering = ["date"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["NATIONAL", "JOINT_LEAVE"]),
                name="programs_holiday_kind_known",
            )
        ]

    def __str__(self):
        return f"{self.date:%d-%m-%Y} {self.name}"
