from django.core.cache import cache
from django.db import models, transaction

HOLIDAYS_CACHE_KEY = "programs.holidays"


class HolidayQuerySet(models.QuerySet):
    def days(self):
        """The set of all days on which the ministry does not work, weekends aside.

        A request asks it many times, so it rests in the cache; ``forget_days`` clears it.
        """
        days = cache.get(HOLIDAYS_CACHE_KEY)
        if days is None:
            days = frozenset(self.values_list("date", flat=True))
            cache.set(HOLIDAYS_CACHE_KEY, days, 3600)
        return days

    @staticmethod
    def forget_days():
        """To be called by whoever changes a holiday: the next ``days()`` reads the table again."""
        transaction.on_commit(lambda: cache.delete(HOLIDAYS_CACHE_KEY))


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
