import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from training.diklat_enums import AttendanceState
from training.models.trainee import Trainee

WITHIN_THE_BATCH = """
    IF NOT EXISTS (
        SELECT 1 FROM training_trainee t JOIN training_batch b ON b.id = t.batch_id
        WHERE t.id = NEW.trainee_id AND NEW.day BETWEEN b.starts_on AND b.ends_on
    ) THEN
        RAISE EXCEPTION 'training_dailyattendance_within_the_batch: % is no day of it', NEW.day;
    END IF;
    RETURN NEW;
"""


class DailyAttendance(models.Model):
    """Whether a trainee was there on one day of the training, as the instructor wrote it down."""

    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="attendance")
    day = models.DateField("hari")
    state = models.CharField("kehadiran", max_length=7, choices=AttendanceState)
    note = models.CharField("catatan", max_length=150, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicatat oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField("dicatat pada", auto_now=True)

    class Meta:
        verbose_name = "presensi harian"
        verbose_name_plural = "presensi harian"
        ordering = ["day", "trainee"]
        triggers = [
            pgtrigger.Trigger(
                name="within_the_batch",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=WITHIN_THE_BATCH,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "day"], name="training_dailyattendance_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AttendanceState), name="training_dailyattendance_state_known"
            ),
        ]

    def __str__(self):
        return f"{self.trainee}, {self.day}: {self.get_state_display()}"
