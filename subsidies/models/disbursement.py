import pgtrigger
from django.db import models
from django.db.models import F, Q

from programs.models import HistoryEntry, IssuedPaper
from programs.transitions import arrows, reasoned
from subsidies.arrows import DISBURSEMENT_MOVES
from subsidies.enums import DisbursementStatus
from subsidies.models.application import Application, officer
from subsidies.models.budget import BudgetLine

Status = DisbursementStatus


class Decree(models.Model):
    """The decision of the PPK that names the recipients (SK penetapan penerima)."""

    budget_line = models.ForeignKey(
        BudgetLine, verbose_name="mata anggaran", on_delete=models.PROTECT, related_name="decrees"
    )
    number = models.CharField("nomor SK", max_length=80)
    signed_on = models.DateField("tanggal SK")
    signatory = models.CharField("ditetapkan oleh", max_length=150)
    issued_by = officer("diterbitkan oleh")
    paper = models.OneToOneField(
        IssuedPaper, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)

    class Meta:
        verbose_name = "surat keputusan"
        verbose_name_plural = "surat keputusan"
        ordering = ["-signed_on", "-pk"]
        permissions = [("issue_decree", "Dapat menerbitkan SK penetapan")]
        triggers = [pgtrigger.Protect(name="stays", operation=pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                name="subsidies_decree_number_once",
                violation_error_message="Nomor SK ini sudah dipakai.",
            )
        ]

    def __str__(self):
        return self.number


class Disbursement(models.Model):
    """The payment of one approved application: decree, SPP, SPM, SP2D (``domain.md`` §A7).

    Who requests the payment (SPP) never orders it (SPM).
    """

    application = models.OneToOneField(
        Application,
        verbose_name="permohonan",
        on_delete=models.PROTECT,
        related_name="disbursement",
    )
    decree = models.ForeignKey(
        Decree, verbose_name="SK", on_delete=models.PROTECT, related_name="disbursements"
    )
    amount = models.PositiveBigIntegerField("jumlah (Rp)", editable=False)
    # Written by subsidies.workflow alone.
    status = models.CharField(max_length=10, choices=Status, default=Status.DECREED, editable=False)
    spp_number = models.CharField("nomor SPP", max_length=60, blank=True, editable=False)
    spp_on = models.DateField("tanggal SPP", null=True, editable=False)
    requested_by = officer("SPP dibuat oleh")
    spm_number = models.CharField("nomor SPM", max_length=60, blank=True, editable=False)
    spm_on = models.DateField("tanggal SPM", null=True, editable=False)
    ordered_by = officer("SPM diterbitkan oleh")
    sp2d_number = models.CharField("nomor SP2D", max_length=60, blank=True, editable=False)
    sp2d_on = models.DateField("tanggal SP2D", null=True, editable=False)
    recorded_by = officer("SP2D dicatat oleh")

    class Meta:
        verbose_name = "pembayaran"
        verbose_name_plural = "pembayaran"
        ordering = ["-pk"]
        permissions = [
            ("request_payment", "Dapat membuat SPP"),
            ("order_payment", "Dapat menerbitkan SPM"),
            ("record_payment", "Dapat mencatat SP2D"),
        ]
        triggers = [
            pgtrigger.FSM(name="arrows", field="status", transitions=arrows(DISBURSEMENT_MOVES)),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="amount_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("amount", "application"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status, amount__gt=0), name="subsidies_disbursement_known"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DECREED)
                | Q(requested_by__isnull=False, spp_on__isnull=False) & ~Q(spp_number=""),
                name="subsidies_disbursement_spp_made_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DECREED, Status.REQUESTED], ordered_by=None)
                | Q(status__in=[Status.ORDERED, Status.PAID])
                & Q(ordered_by__isnull=False, spm_on__isnull=False)
                & ~Q(spm_number=""),
                name="subsidies_disbursement_spm_made_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(ordered_by=None) | ~Q(ordered_by=F("requested_by")),
                name="subsidies_disbursement_two_officers",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PAID)
                | Q(recorded_by__isnull=False, sp2d_on__isnull=False) & ~Q(sp2d_number=""),
                name="subsidies_disbursement_paid_by_sp2d",
            ),
            models.UniqueConstraint(
                fields=["sp2d_number"],
                condition=~Q(sp2d_number=""),
                name="subsidies_disbursement_sp2d_once",
                violation_error_message="Nomor SP2D ini sudah dicatat untuk permohonan lain.",
            ),
        ]

    def __str__(self):
        return f"Pembayaran {self.application}"


class DisbursementHistoryEntry(HistoryEntry):
    """One line of a payment's history."""

    disbursement = models.ForeignKey(Disbursement, on_delete=models.PROTECT, related_name="history")

    class Meta(HistoryEntry.Meta):
        verbose_name = "riwayat pembayaran"
        verbose_name_plural = "riwayat pembayaran"
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=reasoned(DISBURSEMENT_MOVES)) | ~Q(reason=""),
                name="subsidies_disbursementhistory_refusal_has_reason",
                violation_error_message="Tindakan ini harus disertai alasan.",
            ),
        ]

    def __str__(self):
        return f"{self.disbursement_id}: {self.action}"
