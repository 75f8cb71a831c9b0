import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.arrows import ENROLMENT_MOVES
from programs.enums import OrganizationKind
from programs.esmart_enums import ENDED, EnrolmentSource, EnrolmentStatus
from programs.models.enrolment_queries import EnrolmentQuerySet
from programs.models.history import HistoryEntry
from programs.models.organization import Organization
from programs.models.program import Program
from programs.transitions import arrows, reasoned

Status = EnrolmentStatus
ONLY_IKM = f"""
    IF NOT EXISTS (SELECT 1 FROM programs_organization
                    WHERE id = NEW.organization_id AND kind = '{OrganizationKind.IKM}') THEN
        RAISE EXCEPTION 'programs_enrolment_only_ikm: % is no IKM', NEW.organization_id;
    END IF;
    RETURN NEW;
"""  # noqa: S608 - our own word


def _person(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )


class Enrolment(models.Model):
    """An IKM in e-Smart: from the registration through workshop and shop to sales and beyond.

    Up to the workshop people move it; afterwards the facts do (``programs.workflow.stages``).
    """

    organization = models.ForeignKey(
        Organization, verbose_name="IKM", on_delete=models.PROTECT, related_name="enrolments"
    )
    program = models.ForeignKey(
        Program, verbose_name="program", on_delete=models.PROTECT, related_name="enrolments"
    )
    # By it the owner confirms, from the mail, what a Dinas has filled in.
    code = models.UUIDField("kode", default=uuid.uuid4, unique=True, editable=False)
    owner_email = models.EmailField("surel pemilik", blank=True)
    workshop = models.CharField("lokakarya", max_length=200, blank=True)
    workshop_on = models.DateField("tanggal lokakarya", null=True, blank=True)

    # Written by programs.workflow alone.
    status = models.CharField(
        max_length=10, choices=Status, default=Status.REGISTERED, editable=False
    )
    source = models.CharField("asal", max_length=8, choices=EnrolmentSource, editable=False)
    entered_by = _person("dimasukkan oleh")
    entered_at = models.DateTimeField("didaftarkan pada", auto_now_add=True)
    confirmed_at = models.DateTimeField("disetujui pemilik pada", null=True, editable=False)
    verified_by = _person("diverifikasi oleh")
    verified_at = models.DateTimeField("diverifikasi pada", null=True, editable=False)
    trained_on = models.DateField("lulus lokakarya pada", null=True, editable=False)
    onboard_on = models.DateField("toko pertama pada", null=True, editable=False)
    first_sale = models.DateField("bulan penjualan pertama", null=True, editable=False)
    last_sale = models.DateField("bulan penjualan terakhir", null=True, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "peserta e-Smart"
        verbose_name_plural = "peserta e-Smart"
        ordering = ["-entered_at", "-pk"]
        permissions = [
            ("verify_enrolment", "Dapat memverifikasi peserta e-Smart"),
            ("import_esmart", "Dapat mengimpor data e-Smart"),
        ]
        triggers = [
            pgtrigger.FSM(name="arrows", field="status", transitions=arrows(ENROLMENT_MOVES)),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="only_ikm",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("organization_id"),
                func=ONLY_IKM,
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-entered_at"], name="programs_enrolment_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status, source__in=EnrolmentSource),
                name="programs_enrolment_words_known",
            ),
            models.UniqueConstraint(
                fields=["organization", "program"],
                condition=~Q(status__in=ENDED),
                name="programs_enrolment_once",
                violation_error_message="IKM ini sudah terdaftar pada program ini.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.PROPOSED, Status.REFUSED])
                | ~Q(source=EnrolmentSource.AGENCY)
                | Q(confirmed_at__isnull=False),
                name="programs_enrolment_owner_agreed",
                violation_error_message="Pendaftaran oleh dinas harus disetujui pemilik.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[Status.PROPOSED, Status.REGISTERED, Status.LEFT, Status.REFUSED]
                )
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="programs_enrolment_verified_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SCHEDULED)
                | ~Q(workshop="") & Q(workshop_on__isnull=False),
                name="programs_enrolment_scheduled_for_a_workshop",
                violation_error_message="Isi nama dan tanggal lokakarya.",
            ),
            models.CheckConstraint(
                condition=~Q(
                    status__in=[
                        Status.TRAINED,
                        Status.ONBOARD,
                        Status.SELLING,
                        Status.INACTIVE,
                        Status.GRADUATED,
                    ]
                )
                | Q(trained_on__isnull=False),
                name="programs_enrolment_trained_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.SELLING, Status.INACTIVE, Status.GRADUATED])
                | Q(onboard_on__isnull=False, first_sale__isnull=False, last_sale__isnull=False),
                name="programs_enrolment_sold_something",
            ),
        ]

    def __str__(self):
        return f"{self.organization}: {self.program}"


class EnrolmentHistoryEntry(HistoryEntry):
    """One line of an enrolment's history."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="history")

    class Meta(HistoryEntry.Meta):
        verbose_name = "riwayat peserta e-Smart"
        verbose_name_plural = "riwayat peserta e-Smart"
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=reasoned(ENROLMENT_MOVES)) | ~Q(reason=""),
                name="programs_enrolmenthistory_refusal_has_reason",
                violation_error_message="Tindakan ini harus disertai alasan.",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.action}"
