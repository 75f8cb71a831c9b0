from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnerships.enums import MemorandumKind
from programs.models import Document


class MemorandumQuerySet(models.QuerySet):
    def running(self, *, today):
        """Neither closed nor over; one without a last day runs until somebody closes it."""
        return self.filter(is_closed=False).exclude(ends_on__lt=today)

    def ending_within(self, days, *, today):
        return self.filter(is_closed=False, ends_on__range=(today, today + timedelta(days=days)))

    def over(self, *, today):
        return self.filter(is_closed=False, ends_on__lt=today)


class Memorandum(models.Model):
    """A memorandum with other ministries, foreign partners or associations: the wider frame.

    Such as the MoU of five ministries of 29 November 2016 (``domain.md`` §B1).
    """

    kind = models.CharField("jenis", max_length=12, choices=MemorandumKind)
    title = models.CharField("judul", max_length=200)
    number = models.CharField("nomor", max_length=120, blank=True)
    scope = models.TextField("ruang lingkup", max_length=3000)
    signed_on = models.DateField("ditandatangani pada", null=True, blank=True)
    starts_on = models.DateField("berlaku mulai", null=True, blank=True)
    ends_on = models.DateField("berlaku sampai", null=True, blank=True)
    is_closed = models.BooleanField("sudah ditutup", default=False)
    source = models.CharField("sumber", max_length=300, blank=True)
    document = models.ForeignKey(
        Document,
        verbose_name="naskah",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("dicatat pada", auto_now_add=True)

    objects = MemorandumQuerySet.as_manager()

    class Meta:
        verbose_name = "nota kesepahaman"
        verbose_name_plural = "nota kesepahaman"
        ordering = [F("signed_on").desc(nulls_last=True), "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MemorandumKind), name="partnerships_memorandum_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="partnerships_memorandum_ends_after_its_start",
                violation_error_message="Tanggal berakhir harus pada atau sesudah tanggal mulai.",
            ),
        ]

    def __str__(self):
        return self.title


class MemorandumParty(models.Model):
    """Who is bound by a memorandum."""

    memorandum = models.ForeignKey(Memorandum, on_delete=models.CASCADE, related_name="parties")
    name = models.CharField("pihak", max_length=200)
    country = models.CharField("negara", max_length=80, default="Indonesia")
    signatory = models.CharField("penanda tangan", max_length=150, blank=True)

    class Meta:
        verbose_name = "pihak"
        verbose_name_plural = "para pihak"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["memorandum", "name"],
                name="partnerships_party_once",
                violation_error_message="Pihak ini sudah tercatat.",
            ),
        ]

    def __str__(self):
        return self.name


class FollowUpQuerySet(models.QuerySet):
    def waiting(self):
        """Not done yet, of memoranda that are not closed."""
        return self.filter(done_on=None, memorandum__is_closed=False)

    def due_within(self, days, *, today):
        """Due by then; what is overdue is among them."""
        return self.filter(due_on__lte=today + timedelta(days=days))

    def overdue(self, *, today):
        return self.filter(due_on__lt=today)


class MemorandumFollowUp(models.Model):
    """What has to be done because of a memorandum, by whom and until when."""

    memorandum = models.ForeignKey(Memorandum, on_delete=models.CASCADE, related_name="follow_ups")
    task = models.CharField("tindak lanjut", max_length=300)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="penanggung jawab",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"is_staff": True},
    )
    due_on = models.DateField("paling lambat", null=True, blank=True)
    done_on = models.DateField("selesai pada", null=True, blank=True)
    result = models.CharField("hasil", max_length=500, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = [F("done_on").asc(nulls_first=True), "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(result=""),
                name="partnerships_followup_done_with_a_result",
                violation_error_message="Tulis hasil tindak lanjut yang sudah selesai.",
            ),
        ]

    def __str__(self):
        return self.task
