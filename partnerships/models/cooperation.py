"""What was agreed and what was done: scope with targets, activities with evidence, reports."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partnerships.enums import LIVE, UNITS, WITH_VALUE, Half, ScopeKind, Side
from partnerships.models.agreement import Agreement
from programs.models import Document


class ScopeItem(models.Model):
    """One thing the two sides agreed to do, with a target for the whole term."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="scope")
    kind = models.CharField("lingkup", max_length=20, choices=ScopeKind)
    target = models.PositiveIntegerField("target", null=True, blank=True)
    note = models.CharField("uraian", max_length=300, blank=True)

    class Meta:
        verbose_name = "lingkup PKS"
        verbose_name_plural = "lingkup PKS"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ScopeKind), name="partnerships_scope_kind_known"
            ),
            models.UniqueConstraint(
                fields=["agreement", "kind"],
                name="partnerships_scope_once",
                violation_error_message="Lingkup ini sudah ada pada PKS yang sama.",
            ),
        ]

    def __str__(self):
        return f"{self.agreement_id}: {self.get_kind_display()}"

    @property
    def unit(self):
        return UNITS[self.kind]


class ActivityQuerySet(models.QuerySet):
    def counted(self):
        """Those that stand; a wrong one is withdrawn with its reason and no longer counts."""
        return self.filter(withdrawn_at=None)


class Activity(models.Model):
    """Something that was really done under an agreement, with its evidence."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField("lingkup", max_length=20, choices=ScopeKind)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("selesai")
    description = models.CharField("uraian", max_length=500)
    quantity = models.PositiveIntegerField("jumlah")
    value = models.PositiveBigIntegerField("nilai (Rp)", null=True, blank=True)
    evidence = models.ForeignKey(
        Document,
        verbose_name="bukti",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    side = models.CharField(
        "dicatat pihak", max_length=10, choices=Side, blank=True, editable=False
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicatat oleh",
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField("dicatat pada", default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField("dibatalkan pada", null=True, editable=False)
    withdrawn_reason = models.CharField("alasan pembatalan", max_length=300, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan PKS"
        verbose_name_plural = "kegiatan PKS"
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(fields=["agreement", "starts_on"], name="partnerships_activity_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ScopeKind) & (Q(side="") | Q(side__in=Side)),
                name="partnerships_activity_words_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="partnerships_activity_ends_after_its_start",
                violation_error_message="Kegiatan harus selesai pada atau sesudah hari mulainya.",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="partnerships_activity_counts_something",
                violation_error_message="Tulis jumlah paling sedikit 1.",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(kind__in=WITH_VALUE),
                name="partnerships_activity_value_of_goods",
                violation_error_message="Nilai rupiah hanya untuk peralatan dan beasiswa.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="partnerships_activity_withdrawn_for_a_reason",
                violation_error_message="Tulis alasan pembatalan kegiatan ini.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.description}"

    @property
    def unit(self):
        return UNITS[self.kind]


class ReportQuerySet(models.QuerySet):
    def unfiled(self):
        return self.filter(filed_at=None)

    def waiting(self):
        """Unfiled, of agreements that still run."""
        return self.unfiled().filter(agreement__status__in=LIVE)

    def overdue(self, *, today):
        return self.waiting().filter(due_on__lt=today)


class Report(models.Model):
    """The half-yearly report of an agreement: due by the clock, filed by either side, evaluated."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField("tahun")
    half = models.PositiveSmallIntegerField("semester", choices=Half)
    due_on = models.DateField("paling lambat")
    summary = models.TextField("yang sudah berjalan", max_length=3000, blank=True)
    obstacles = models.TextField("hambatan", max_length=3000, blank=True)
    plan = models.TextField("rencana semester berikutnya", max_length=3000, blank=True)
    side = models.CharField(
        "dilaporkan pihak", max_length=10, choices=Side, blank=True, editable=False
    )
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dilaporkan oleh",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    filed_at = models.DateTimeField("dilaporkan pada", null=True, editable=False)
    score = models.PositiveSmallIntegerField("nilai (1–5)", null=True, blank=True)
    evaluation = models.TextField("evaluasi", max_length=3000, blank=True)
    evaluated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dievaluasi oleh",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    evaluated_at = models.DateTimeField("dievaluasi pada", null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan PKS"
        verbose_name_plural = "laporan PKS"
        ordering = ["-year", "-half", "-pk"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(filed_at=None), name="partnerships_report_due"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(half__in=Half) & (Q(side="") | Q(side__in=Side)),
                name="partnerships_report_words_known",
            ),
            models.UniqueConstraint(
                fields=["agreement", "year", "half"], name="partnerships_report_once"
            ),
            models.CheckConstraint(
                condition=Q(filed_at=None, filed_by=None)
                | Q(filed_at__isnull=False, filed_by__isnull=False) & ~Q(summary=""),
                name="partnerships_report_filed_with_words",
                violation_error_message="Tulis apa yang sudah berjalan.",
            ),
            models.CheckConstraint(
                condition=Q(evaluated_at=None, evaluated_by=None, score=None)
                | Q(
                    filed_at__isnull=False,
                    evaluated_at__isnull=False,
                    evaluated_by__isnull=False,
                    score__range=(1, 5),
                )
                & ~Q(evaluation=""),
                name="partnerships_report_evaluated_in_words",
                violation_error_message="Beri nilai 1 sampai 5 dan tulis evaluasinya.",
            ),
        ]

    def __str__(self):
        return f"Laporan {self.period_name}"

    @property
    def period_name(self):
        return f"semester {self.half} {self.year}"
