"""Who signs an agreement, and the numbered amendments (addendum) that change a live one."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from partnerships.arrows import AMENDMENT_MOVES
from partnerships.enums import AmendedField, AmendmentStatus, Side, Signer, SigningWay
from partnerships.models.agreement import Agreement
from programs.models import HistoryEntry, IssuedPaper
from programs.transitions import arrows, reasoned


class Signature(models.Model):
    """The place of one side's signature under an agreement, and how it came there.

    A personal link goes by mail; sending it again makes the older link void (``link_version``).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    signer = models.CharField("pihak", max_length=10, choices=Signer)
    name = models.CharField("nama", max_length=150)
    position = models.CharField("jabatan", max_length=100)
    email = models.EmailField("surel", blank=True)
    link_version = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_at = models.DateTimeField("tautan dikirim pada", null=True, editable=False)
    signed_at = models.DateTimeField("ditandatangani pada", null=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicatat dengan akun",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    way = models.CharField("cara", max_length=10, choices=SigningWay, blank=True, editable=False)
    # Of the text that stood before the signer.
    text_sha256 = models.CharField("SHA-256 naskah", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "tanda tangan PKS"
        verbose_name_plural = "tanda tangan PKS"
        ordering = ["agreement", "-signer"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signer__in=Signer) & (Q(way="") | Q(way__in=SigningWay)),
                name="partnerships_signature_words_known",
            ),
            models.UniqueConstraint(
                fields=["agreement", "signer"], name="partnerships_signature_once_a_side"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, way="", signed_by=None)
                | Q(signed_at__isnull=False, way=SigningWay.LINK)
                | Q(signed_at__isnull=False, signed_by__isnull=False)
                & Q(way__in=[SigningWay.SITE, SigningWay.PAPER]),
                name="partnerships_signature_says_how",
            ),
        ]

    def __str__(self):
        return f"{self.get_signer_display()}: {self.name}"


class Amendment(models.Model):
    """An addendum: numbered, of named fields of a live agreement, agreed to by both sides."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField("addendum ke-", editable=False)
    reason = models.CharField("alasan perubahan", max_length=500)
    side = models.CharField(
        "diusulkan pihak", max_length=10, choices=Side, blank=True, editable=False
    )
    status = models.CharField(
        max_length=10, choices=AmendmentStatus, default=AmendmentStatus.PROPOSED, editable=False
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diusulkan oleh",
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposed_at = models.DateTimeField("diusulkan pada", auto_now_add=True)
    in_force_on = models.DateField("berlaku sejak", null=True, editable=False)
    paper = models.ForeignKey(
        IssuedPaper,
        verbose_name="naskah addendum",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "addendum"
        verbose_name_plural = "addendum"
        ordering = ["agreement", "number"]
        triggers = [
            pgtrigger.FSM(name="arrows", field="status", transitions=arrows(AMENDMENT_MOVES)),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=AmendmentStatus) & (Q(side="") | Q(side__in=Side)),
                name="partnerships_amendment_words_known",
            ),
            models.UniqueConstraint(
                fields=["agreement", "number"], name="partnerships_amendment_number_once"
            ),
            models.CheckConstraint(
                condition=Q(status=AmendmentStatus.IN_FORCE, in_force_on__isnull=False)
                | ~Q(status=AmendmentStatus.IN_FORCE) & Q(in_force_on=None),
                name="partnerships_amendment_in_force_since",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="partnerships_amendment_says_why",
                violation_error_message="Tulis alasan perubahan.",
            ),
        ]

    def __str__(self):
        return f"Addendum {self.number} – {self.agreement}"


class AmendmentChange(models.Model):
    """One field that an addendum changes: what it was when proposed, and what it shall be."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="changes")
    field = models.CharField("yang diubah", max_length=20, choices=AmendedField)
    before = models.JSONField("semula")
    after = models.JSONField("menjadi")

    class Meta:
        verbose_name = "perubahan addendum"
        verbose_name_plural = "perubahan addendum"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(field__in=AmendedField), name="partnerships_change_field_known"
            ),
            models.UniqueConstraint(
                fields=["amendment", "field"], name="partnerships_change_field_once"
            ),
        ]

    def __str__(self):
        return f"{self.amendment_id}: {self.get_field_display()}"


class AmendmentHistoryEntry(HistoryEntry):
    """One line of an addendum's history."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="history")

    class Meta(HistoryEntry.Meta):
        verbose_name = "riwayat addendum"
        verbose_name_plural = "riwayat addendum"
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=reasoned(AMENDMENT_MOVES)) | ~Q(reason=""),
                name="partnerships_amendmenthistory_refusal_has_reason",
                violation_error_message="Tindakan ini harus disertai alasan.",
            ),
        ]

    def __str__(self):
        return f"{self.amendment_id}: {self.action}"
