import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.arrows import MENTORING_MOVES
from programs.esmart_enums import (
    MentoringKind,
    MentoringOutcome,
    MentoringStatus,
)
from programs.models.enrolment import Enrolment
from programs.models.history import HistoryEntry
from programs.models.reach import reached_by
from programs.models.region import Region
from programs.transitions import arrows, reasoned

Status = MentoringStatus
OPEN = [Status.WAITING, Status.ASSIGNED]


class Mentor(models.Model):
    """Someone who helps IKM of certain provinces to sell, as many at a time as they can carry."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="orang",
        on_delete=models.PROTECT,
        related_name="mentor",
    )
    provinces = models.ManyToManyField(
        Region,
        verbose_name="provinsi",
        blank=True,
        related_name="mentors",
        limit_choices_to={"kind": "PROVINCE"},
        help_text="Kosong berarti semua provinsi.",
    )
    most_tasks = models.PositiveSmallIntegerField("paling banyak dampingan", default=30)
    is_active = models.BooleanField("bertugas", default=True)

    class Meta:
        verbose_name = "pendamping"
        verbose_name_plural = "pendamping"
        ordering = ["user__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(most_tasks__gte=1),
                name="programs_mentor_carries_someone",
                violation_error_message="Isi paling sedikit 1.",
            ),
        ]

    def __str__(self):
        return str(self.user)


class MentoringTaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.has_perm("programs.view_mentoringtask"):
            return self
        return self.filter(reached_by(user, "enrolment__organization__"))

    def open(self):
        return self.filter(status__in=OPEN)


class MentoringTask(models.Model):
    """That an IKM is called or helped: because a day has come, or because its figures say so.

    ``turnover_before`` is the mean monthly turnover (rupiah) of the three months before the task
    was opened; the effect of the help is measured against it.
    """

    enrolment = models.ForeignKey(
        Enrolment, verbose_name="peserta", on_delete=models.PROTECT, related_name="mentoring"
    )
    kind = models.CharField("alasan", max_length=9, choices=MentoringKind)
    due_on = models.DateField("paling lambat")
    explanation = models.CharField("keterangan", max_length=300, blank=True)
    turnover_before = models.PositiveBigIntegerField("omzet sebulan sebelumnya (Rp)", default=0)

    # Written by programs.workflow alone.
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING, editable=False)
    mentor = models.ForeignKey(
        Mentor,
        verbose_name="pendamping",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="tasks",
    )
    opened_on = models.DateField("dibuka pada", editable=False)
    outcome = models.CharField(
        "hasil", max_length=9, choices=MentoringOutcome, blank=True, editable=False
    )
    closed_on = models.DateField("ditutup pada", null=True, editable=False)

    objects = MentoringTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "pendampingan"
        verbose_name_plural = "pendampingan"
        ordering = ["due_on", "pk"]
        permissions = [
            ("mentor_ikm", "Dapat mendampingi IKM"),
            ("assign_mentor", "Dapat membagi tugas pendampingan"),
        ]
        triggers = [
            pgtrigger.FSM(name="arrows", field="status", transitions=arrows(MENTORING_MOVES)),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="programs_mentoring_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status, kind__in=MentoringKind),
                name="programs_mentoringtask_words_known",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "kind"],
                condition=Q(status__in=OPEN),
                name="programs_mentoringtask_open_once",
                violation_error_message="Pendampingan dengan alasan ini masih terbuka.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.ASSIGNED, Status.DONE]) | Q(mentor__isnull=False),
                name="programs_mentoringtask_assigned_to_someone",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DONE) & ~Q(outcome="") & Q(closed_on__isnull=False)
                | ~Q(status=Status.DONE) & Q(outcome=""),
                name="programs_mentoringtask_done_with_an_outcome",
                violation_error_message="Pilih hasil pendampingan.",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment.organization}: {self.get_kind_display()}"


class MentoringHistoryEntry(HistoryEntry):
    """One line of a mentoring task's history."""

    task = models.ForeignKey(MentoringTask, on_delete=models.PROTECT, related_name="history")

    class Meta(HistoryEntry.Meta):
        verbose_name = "riwayat pendampingan"
        verbose_name_plural = "riwayat pendampingan"
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=reasoned(MENTORING_MOVES)) | ~Q(reason=""),
                name="programs_mentoringhistory_refusal_has_reason",
            ),
        ]

    def __str__(self):
        return f"{self.task_id}: {self.action}"
