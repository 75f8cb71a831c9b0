import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from programs.models import Document, HistoryEntry, IssuedPaper, Organization, Region
from programs.transitions import arrows, reasoned
from training.arrows import REGISTRATION_MOVES
from training.enums import (
    ENDED_WITHOUT_PLACE,
    HOLDING_A_PLACE,
    AudienceKind,
    CivilServantKind,
    PositionKind,
    RegistrationSource,
    RegistrationStatus,
)
from training.models.event import Event, Quota
from training.models.event_figures import OF_REGISTRATION, out_of_date
from training.models.registration_queries import RegistrationQuerySet

Status = RegistrationStatus
HOLDING = ", ".join(f"'{status}'" for status in HOLDING_A_PLACE)

# Whatever path a registration takes to a place, the counters of its event and quotas follow, and
# their CHECKs refuse one too many. Rows that take no part in it cost nothing.
COUNT_PLACES = f"""
    IF TG_OP <> 'INSERT' AND OLD.status IN ({HOLDING}) THEN
        was_in := TRUE;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.status IN ({HOLDING}) THEN
        is_in := TRUE;
    END IF;
    IF was_in AND is_in
       AND OLD.event_id = NEW.event_id
       AND OLD.region_quota_id IS NOT DISTINCT FROM NEW.region_quota_id
       AND OLD.kind_quota_id IS NOT DISTINCT FROM NEW.kind_quota_id THEN
        RETURN NULL;
    END IF;
    IF was_in THEN
        UPDATE training_event SET taken = taken - 1 WHERE id = OLD.event_id;
        UPDATE training_quota SET taken = taken - 1
         WHERE id IN (OLD.region_quota_id, OLD.kind_quota_id);
    END IF;
    IF is_in THEN
        UPDATE training_event SET taken = taken + 1 WHERE id = NEW.event_id;
        IF NEW.region_quota_id IS NOT NULL OR NEW.kind_quota_id IS NOT NULL THEN
            UPDATE training_quota SET taken = taken + 1
             WHERE id IN (NEW.region_quota_id, NEW.kind_quota_id);
        END IF;
    END IF;
    RETURN NULL;
"""  # noqa: S608 - built from our own enum, once


class Registration(models.Model):
    """One person at one event: from the registration to the certificate."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="akun",
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    kind = models.CharField("sebagai", max_length=10, choices=AudienceKind)
    name = models.CharField(
        "nama lengkap dengan gelar",
        max_length=150,
        help_text="Persis seperti di sertifikat. Contoh: Dr. Siti Rahmah, S.T., M.Si.",
    )
    phone = models.CharField("nomor WhatsApp", max_length=20, blank=True)
    nip = models.CharField("NIP", max_length=18, blank=True)
    servant_kind = models.CharField(
        "jenis kepegawaian", max_length=10, choices=CivilServantKind, blank=True
    )
    rank = models.CharField("pangkat/golongan", max_length=10, blank=True)
    position = models.CharField("jabatan", max_length=150, blank=True)
    position_kind = models.CharField(
        "jenis jabatan", max_length=15, choices=PositionKind, blank=True
    )
    institution = models.CharField("instansi", max_length=200, blank=True)
    # Of a company that need not be in the register.
    nib = models.CharField("NIB", max_length=13, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name="organisasi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    region = models.ForeignKey(
        Region,
        verbose_name="kabupaten/kota atau provinsi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    assignment_letter = models.ForeignKey(
        Document,
        verbose_name="surat tugas",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    needs = models.CharField("kebutuhan khusus", max_length=200, blank=True)

    # Written by training.workflow alone.
    status = models.CharField(max_length=10, choices=Status, editable=False)
    source = models.CharField(
        "cara mendaftar", max_length=10, choices=RegistrationSource, editable=False
    )
    arrival = models.PositiveIntegerField("urutan datang", editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="didaftarkan oleh",
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_by = models.ForeignKey(
        Organization,
        verbose_name="diutus oleh",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="sent_registrations",
    )
    registered_at = models.DateTimeField("mendaftar pada", auto_now_add=True)
    placed_at = models.DateTimeField("mendapat tempat pada", null=True, editable=False)
    name_confirmed_at = models.DateTimeField(
        "nama di sertifikat dipastikan pada", null=True, editable=False
    )
    region_quota = models.ForeignKey(
        Quota, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    kind_quota = models.ForeignKey(
        Quota, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    attended_jp = models.PositiveSmallIntegerField("JP diikuti", null=True, editable=False)
    certificate = models.OneToOneField(
        IssuedPaper,
        verbose_name="sertifikat",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "peserta"
        verbose_name_plural = "peserta"
        ordering = ["event", "arrival"]
        triggers = [
            pgtrigger.FSM(name="arrows", field="status", transitions=arrows(REGISTRATION_MOVES)),
            pgtrigger.Trigger(
                name="count_places",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("was_in", "BOOLEAN := FALSE"), ("is_in", "BOOLEAN := FALSE")],
                func=COUNT_PLACES,
            ),
            out_of_date(OF_REGISTRATION),
        ]
        indexes = [
            models.Index(fields=["event", "status", "arrival"], name="training_reg_in_order"),
            models.Index(fields=["user", "status"], name="training_reg_of_person"),
            models.Index(fields=["event", "region"], name="training_reg_coverage"),
            # The officers' search over all people of all events.
            models.Index(fields=["nip"], condition=~Q(nip=""), name="training_reg_nip"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="training_reg_name_trgm"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=Status, kind__in=AudienceKind, source__in=RegistrationSource
                ),
                name="training_registration_words_known",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="training_registration_has_a_name",
                violation_error_message="Tulis nama lengkap.",
            ),
            models.CheckConstraint(
                condition=Q(nip="") | Q(nip__regex=r"^\d{18}$"),
                name="training_registration_nip_18_digits",
                violation_error_message="NIP harus 18 angka.",
            ),
            models.CheckConstraint(
                condition=Q(nib="") | Q(nib__regex=r"^\d{13}$"),
                name="training_registration_nib_13_digits",
                violation_error_message="NIB harus 13 angka.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=HOLDING_A_PLACE) | Q(placed_at__isnull=False),
                name="training_registration_placed_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[Status.CERTIFIED, Status.REVOKED], certificate__isnull=False
                )
                | ~Q(status__in=[Status.CERTIFIED, Status.REVOKED]) & Q(certificate=None),
                name="training_registration_certified_with_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.PARTLY, Status.QUALIFIED, Status.CERTIFIED])
                | Q(attended_jp__isnull=False),
                name="training_registration_result_has_jp",
            ),
            models.UniqueConstraint(
                fields=["event", "user"],
                condition=~Q(status__in=ENDED_WITHOUT_PLACE),
                name="training_registration_once",
                violation_error_message="Orang ini sudah terdaftar pada kegiatan ini.",
            ),
            models.UniqueConstraint(
                fields=["event", "nip"],
                condition=~Q(nip="") & ~Q(status__in=ENDED_WITHOUT_PLACE),
                name="training_registration_nip_once",
                violation_error_message="NIP ini sudah terdaftar pada kegiatan ini.",
            ),
            models.UniqueConstraint(
                fields=["event", "arrival"], name="training_registration_arrival_once"
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.event}"

    @property
    def holds_a_place(self):
        return self.status in HOLDING_A_PLACE


class RegistrationHistoryEntry(HistoryEntry):
    """One line of a registration's history."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="history")

    class Meta(HistoryEntry.Meta):
        verbose_name = "riwayat peserta"
        verbose_name_plural = "riwayat peserta"
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=reasoned(REGISTRATION_MOVES)) | ~Q(reason=""),
                name="training_registrationhistory_refusal_has_reason",
                violation_error_message="Tindakan ini harus disertai alasan.",
            ),
        ]

    def __str__(self):
        return f"{self.registration_id}: {self.action}"
