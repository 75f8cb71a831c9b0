import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from programs.enums import LegalForm, OrganizationKind
from programs.models import HistoryEntry, Organization, Region
from programs.sealed import SealedText, blind_index
from programs.transitions import arrows, reasoned
from subsidies.arrows import APPLICATION_MOVES
from subsidies.enums import (
    ASSESSED_ONCE,
    GRANTED,
    REGISTERED_ONCE,
    ApplicationStatus,
    RejectionCode,
)
from subsidies.enums import ENDED_WITHOUT_GRANT as ENDED
from subsidies.models.budget import BudgetLine
from subsidies.models.queue_queries import QueueQuerySet
from subsidies.models.scheme import Scheme

Status = ApplicationStatus


def officer(words):
    """A link to the officer who did one deed; kept for ever, written by ``workflow`` alone."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=words,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )


class Application(models.Model):
    """An IKM's request that part of the price of its new machines be reimbursed."""

    organization = models.ForeignKey(
        Organization,
        verbose_name="IKM",
        on_delete=models.PROTECT,
        related_name="subsidy_applications",
        limit_choices_to={"kind": OrganizationKind.IKM},
    )
    scheme = models.ForeignKey(
        Scheme, verbose_name="skema", on_delete=models.PROTECT, related_name="applications"
    )
    budget_line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, related_name="applications", editable=False
    )

    # What the owner says of the business, as it is today; the register keeps its own.
    legal_form = models.CharField("bentuk usaha", max_length=12, choices=LegalForm, blank=True)
    kbli_code = models.CharField("KBLI", max_length=5, blank=True)
    kbli_version = models.PositiveSmallIntegerField("tahun KBLI", default=2020)
    workers = models.PositiveIntegerField("jumlah pekerja", null=True, blank=True)
    investment = models.PositiveBigIntegerField("nilai investasi (Rp)", null=True, blank=True)
    site_address = models.TextField("alamat tempat mesin", blank=True)
    site_region = models.ForeignKey(
        Region,
        verbose_name="kabupaten/kota",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    has_proxy = models.BooleanField("diurus orang lain dengan surat kuasa", default=False)
    other_scheme_this_year = models.BooleanField(
        "sudah dibantu program restrukturisasi lain tahun ini", null=True, blank=True
    )

    # The baseline that monitoring compares with (domain.md §A10).
    capacity = models.CharField("kapasitas sebulan sebelum mesin baru", max_length=100, blank=True)
    turnover = models.PositiveBigIntegerField("omzet setahun (Rp)", null=True, blank=True)
    exports = models.PositiveBigIntegerField("nilai ekspor setahun (Rp)", null=True, blank=True)

    bank_name = models.CharField("bank", max_length=60, blank=True)
    account_number = SealedText("nomor rekening", blank=True)
    account_index = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    account_holder = models.CharField("atas nama", max_length=150, blank=True)
    statement_accepted_at = models.DateTimeField(
        "pernyataan disetujui pada", null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)
    saved_at = models.DateTimeField("disimpan pada", auto_now=True)

    # Written by subsidies.workflow alone.
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    assigned_to = officer("petugas")
    due_on = models.DateField("batas waktu", null=True, editable=False)
    days_left = models.SmallIntegerField(
        "sisa hari kerja saat jam berhenti", null=True, editable=False
    )
    submitted_at = models.DateTimeField("diajukan pada", null=True, editable=False)
    scale = models.CharField("skala", max_length=10, blank=True, editable=False)
    scale_rule = models.CharField("aturan skala", max_length=40, blank=True, editable=False)
    registration_number = models.CharField(
        "nomor registrasi", max_length=30, blank=True, editable=False
    )
    registration_order = models.PositiveIntegerField("urutan", null=True, editable=False)
    completeness_by = officer("kelengkapan diperiksa oleh")
    conformity_by = officer("kesesuaian diperiksa oleh")
    visited_by = officer("dikunjungi oleh")
    assessed_by = officer("dinilai oleh")
    approved_by = officer("disetujui oleh")
    claimed = models.PositiveBigIntegerField("nilai diajukan (Rp)", null=True, editable=False)
    recognized = models.PositiveBigIntegerField("nilai diakui (Rp)", null=True, editable=False)
    computed = models.PositiveBigIntegerField(
        "penggantian menurut hitungan (Rp)", null=True, editable=False
    )
    reimbursed = models.PositiveBigIntegerField("penggantian (Rp)", null=True, editable=False)
    override_reason = models.TextField("alasan nilai lain", blank=True, editable=False)
    rejection_code = models.CharField(
        "kode alasan", max_length=3, choices=RejectionCode, blank=True, editable=False
    )

    objects = QueueQuerySet.as_manager()

    class Meta:
        verbose_name = "permohonan"
        verbose_name_plural = "permohonan"
        ordering = ["-pk"]
        permissions = [
            ("assign_application", "Dapat menugaskan permohonan"),
            ("check_completeness", "Dapat memeriksa kelengkapan"),
            ("check_conformity", "Dapat memeriksa kesesuaian"),
            ("assess_application", "Dapat menilai permohonan"),
            ("approve_application", "Dapat menyetujui permohonan"),
            ("reject_application", "Dapat menolak permohonan"),
        ]
        triggers = [
            pgtrigger.FSM(name="arrows", field="status", transitions=arrows(APPLICATION_MOVES)),
            pgtrigger.Protect(
                name="stays",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__status=str(Status.DRAFT)),
            ),
        ]
        indexes = [
            # The officers' queue at a million rows: each status in the order of a column, with
            # what the filters ask at hand. Measured; see first_of_stages.
            models.Index(
                fields=["status", "due_on", "id"],
                include=["assigned_to", "site_region", "budget_line", "claimed"],
                name="subsidies_app_by_deadline",
            ),
            models.Index(
                fields=["status", "claimed", "id"],
                include=["assigned_to", "site_region", "budget_line", "due_on"],
                name="subsidies_app_by_amount",
            ),
            models.Index(
                fields=["status", "submitted_at", "id"],
                include=["assigned_to", "site_region", "budget_line", "due_on", "claimed"],
                name="subsidies_app_by_age",
            ),
            models.Index(fields=["assigned_to", "status", "due_on"], name="subsidies_app_mine"),
            models.Index(fields=["site_region", "status", "due_on"], name="subsidies_app_place"),
            models.Index(
                fields=["budget_line", "status", "due_on", "id"], name="subsidies_app_line"
            ),
            models.Index(
                OpClass("registration_number", "varchar_pattern_ops"), name="subsidies_app_prefix"
            ),
            GinIndex(
                OpClass(Upper("registration_number"), "gin_trgm_ops"), name="subsidies_app_number"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status), name="subsidies_application_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN])
                | Q(submitted_at__isnull=False, claimed__isnull=False)
                & ~Q(scale="")
                & ~Q(scale_rule=""),
                name="subsidies_application_submitted_with_facts",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=REGISTERED_ONCE)
                | Q(completeness_by__isnull=False, registration_order__isnull=False)
                & ~Q(registration_number=""),
                name="subsidies_application_registered_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        Status.DRAFT,
                        Status.SUBMITTED,
                        Status.CORRECTION,
                        Status.REGISTERED,
                        *ENDED,
                    ]
                )
                | Q(conformity_by__isnull=False),
                name="subsidies_application_conformity_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.ASSESSMENT, *ASSESSED_ONCE])
                | Q(visited_by__isnull=False),
                name="subsidies_application_visited_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=ASSESSED_ONCE)
                | Q(
                    assessed_by__isnull=False,
                    recognized__isnull=False,
                    computed__isnull=False,
                    reimbursed__isnull=False,
                ),
                name="subsidies_application_assessed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(status__in=GRANTED, approved_by__isnull=False, reimbursed__gt=0)
                | ~Q(status__in=GRANTED) & Q(approved_by=None),
                name="subsidies_application_approved_by_someone",
            ),
            # Maker is not checker: a rule about money must not depend on the path to the row.
            models.CheckConstraint(
                condition=~Q(conformity_by=F("completeness_by"))
                | Q(conformity_by=None)
                | Q(completeness_by=None),
                name="subsidies_application_two_checkers",
            ),
            models.CheckConstraint(
                condition=Q(assessed_by=None)
                | Q(visited_by=None)
                | ~Q(assessed_by=F("visited_by")),
                name="subsidies_application_assessor_did_not_visit",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | ~Q(approved_by=F("assessed_by"))
                & ~Q(approved_by=F("completeness_by"))
                & ~Q(approved_by=F("conformity_by"))
                & ~Q(approved_by=F("visited_by")),
                name="subsidies_application_approver_is_another",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CORRECTION)
                | Q(due_on__isnull=False, days_left__isnull=False),
                name="subsidies_application_correction_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.REJECTED) & ~Q(rejection_code="")
                | ~Q(status=Status.REJECTED) & Q(rejection_code=""),
                name="subsidies_application_rejected_for_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(recognized=None) | Q(recognized__lte=F("claimed")))
                & (Q(reimbursed=None) | Q(reimbursed__lte=F("recognized"))),
                name="subsidies_application_amounts_in_order",
                violation_error_message=(
                    "Penggantian tidak boleh melebihi nilai diakui, nilai diakui tidak boleh "
                    "melebihi nilai diajukan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(reimbursed=None) | Q(reimbursed=F("computed")) | ~Q(override_reason=""),
                name="subsidies_application_other_amount_explained",
                violation_error_message="Nilai yang berbeda dari hitungan harus disertai alasan.",
            ),
            models.UniqueConstraint(
                fields=["organization", "budget_line"],
                condition=~Q(status__in=ENDED),
                name="subsidies_application_one_per_call",
                violation_error_message="IKM ini sudah memiliki permohonan pada skema yang sama.",
            ),
            models.UniqueConstraint(
                fields=["budget_line", "registration_order"],
                name="subsidies_application_registration_once",
            ),
        ]

    def __str__(self):
        return f"{self.registration_number or 'Permohonan'} {self.organization}"

    @property
    def with_the_owner(self):
        return self.status in (Status.DRAFT, Status.CORRECTION)

    def set_account(self, number):
        """Seal the account number and keep its keyed hash, by which a second use is noticed."""
        self.account_number = number
        self.account_index = blind_index(number, purpose="account") if number else ""


class ApplicationHistoryEntry(HistoryEntry):
    """One line of an application's history."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="history")

    class Meta(HistoryEntry.Meta):
        verbose_name = "riwayat permohonan"
        verbose_name_plural = "riwayat permohonan"
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=reasoned(APPLICATION_MOVES)) | ~Q(reason=""),
                name="subsidies_history_refusal_has_reason",
                violation_error_message="Tindakan ini harus disertai alasan.",
            ),
        ]

    def __str__(self):
        return f"{self.application_id}: {self.action}"
