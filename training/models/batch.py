import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear

from programs.enums import OrganizationKind
from programs.models import HistoryEntry, Organization, Region
from programs.transitions import arrows, reasoned
from training.diklat_arrows import BATCH_MOVES
from training.diklat_enums import SEATED, BatchStatus
from training.models.batch_queries import BatchQuerySet
from training.models.course import Course

Status = BatchStatus
# A page shows a whole batch at once, for the daily attendance; the largest in the sources has 303.
MOST_PLACES = 500
SEATED_SQL = ", ".join(f"'{status}'" for status in SEATED)

# ``seated`` says the truth whoever writes the row, also one who read it before others were seated.
SEATS_COUNTED = f"""
    NEW.seated := (
        SELECT count(*) FROM training_trainee
        WHERE batch_id = NEW.id AND status IN ({SEATED_SQL})
    );
    RETURN NEW;
"""  # noqa: S608 - no input, only our own statuses
# Placement is named before the training (domain.md §C4): without a partner nothing is announced.
DEMAND_COMES_FIRST = """
    IF NEW.status NOT IN ('PLANNED', 'CANCELLED') AND NOT EXISTS (
        SELECT 1 FROM training_partnerdemand WHERE batch_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'training_batch_demand_comes_first: no partner has named its demand';
    END IF;
    RETURN NEW;
"""
LAST_DEMAND_STAYS = """
    IF EXISTS (
        SELECT 1 FROM training_batch
        WHERE id = OLD.batch_id AND status NOT IN ('PLANNED', 'CANCELLED')
    ) AND NOT EXISTS (
        SELECT 1 FROM training_partnerdemand WHERE batch_id = OLD.batch_id AND id <> OLD.id
    ) THEN
        RAISE EXCEPTION 'training_partnerdemand_last_stays: % has no other', OLD.batch_id;
    END IF;
    RETURN OLD;
"""


class Batch(models.Model):
    """One *angkatan*: a course held once, for places that partner companies named beforehand."""

    course = models.ForeignKey(
        Course, verbose_name="pelatihan", on_delete=models.PROTECT, related_name="batches"
    )
    number = models.PositiveSmallIntegerField(
        "angkatan", help_text="Nomor urut dalam tahun itu. Contoh: 27"
    )
    year = models.PositiveSmallIntegerField("tahun", editable=False)
    starts_on = models.DateField("pelatihan mulai")
    ends_on = models.DateField("pelatihan selesai")
    place = models.CharField(
        "tempat", max_length=200, help_text="Contoh: Kampus BDI Jakarta, Jalan Contoh 1"
    )
    region = models.ForeignKey(
        Region,
        verbose_name="kabupaten/kota",
        on_delete=models.PROTECT,
        related_name="+",
    )
    capacity = models.PositiveSmallIntegerField(
        "jumlah tempat", validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)]
    )
    opens_on = models.DateField("pendaftaran dibuka")
    closes_on = models.DateField("pendaftaran ditutup")
    contact = models.CharField(
        "narahubung", max_length=200, help_text="Nama, telepon, dan surel panitia."
    )
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)

    # Written by training.workflow and by the counting trigger alone.
    status = models.CharField(max_length=13, choices=Status, default=Status.PLANNED, editable=False)
    seated = models.PositiveSmallIntegerField("tempat terisi", default=0, editable=False)
    opened_at = models.DateTimeField("diumumkan pada", null=True, editable=False)
    cancellation = models.TextField("alasan pembatalan", blank=True, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "angkatan Diklat 3in1"
        verbose_name_plural = "angkatan Diklat 3in1"
        ordering = ["-starts_on", "-pk"]
        permissions = [
            ("manage_batch", "Dapat mengelola angkatan Diklat unitnya"),
            ("manage_every_batch", "Dapat mengelola angkatan Diklat semua unit"),
            ("view_every_batch", "Dapat melihat angkatan Diklat semua unit"),
        ]
        triggers = [
            pgtrigger.FSM(name="arrows", field="status", transitions=arrows(BATCH_MOVES)),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="demand_comes_first",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=DEMAND_COMES_FIRST,
            ),
            pgtrigger.Trigger(
                name="seats_counted",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=SEATS_COUNTED,
            ),
        ]
        indexes = [
            models.Index(fields=["status", "closes_on"], name="training_batch_by_closing"),
            models.Index(fields=["course", "-starts_on"], name="training_batch_of_course"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status), name="training_batch_status_known"
            ),
            models.UniqueConstraint(
                fields=["course", "year", "number"],
                name="training_batch_number_once",
                violation_error_message=(
                    "Nomor angkatan ini sudah dipakai untuk pelatihan dan tahun yang sama."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="training_batch_counts_from_one",
                violation_error_message="Nomor angkatan mulai dari 1.",
            ),
            models.CheckConstraint(
                condition=Q(year=ExtractYear("starts_on")), name="training_batch_year_of_its_start"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="training_batch_ends_after_its_start",
                violation_error_message="Pelatihan harus selesai pada atau sesudah hari mulainya.",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on"), starts_on__gt=F("closes_on")),
                name="training_batch_registration_before_training",
                violation_error_message=(
                    "Urutan tanggal: pendaftaran dibuka, ditutup, lalu pelatihan mulai."
                ),
            ),
            models.CheckConstraint(
                condition=Q(capacity__range=(1, MOST_PLACES)),
                name="training_batch_capacity_in_range",
                violation_error_message=f"Jumlah tempat antara 1 dan {MOST_PLACES}.",
            ),
            models.CheckConstraint(
                condition=Q(seated__lte=F("capacity")),
                name="training_batch_never_overfull",
                violation_error_message=(
                    "Jumlah tempat tidak boleh kurang dari jumlah peserta yang sudah lulus seleksi."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.PLANNED, Status.CANCELLED])
                | Q(opened_at__isnull=False),
                name="training_batch_announced_once_open",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CANCELLED) & ~Q(cancellation="")
                | ~Q(status=Status.CANCELLED) & Q(cancellation=""),
                name="training_batch_cancelled_for_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.course}, {self.name}"

    @property
    def name(self):
        """As the ministry numbers them: “Angkatan 27 Tahun 2019”."""
        return f"Angkatan {self.number} Tahun {self.year}"

    @property
    def free_places(self):
        return max(self.capacity - self.seated, 0)


class BatchHistoryEntry(HistoryEntry):
    """One line of a batch's history."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="history")

    class Meta(HistoryEntry.Meta):
        verbose_name = "riwayat angkatan"
        verbose_name_plural = "riwayat angkatan"
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=reasoned(BATCH_MOVES)) | ~Q(reason=""),
                name="training_batchhistory_refusal_has_reason",
                violation_error_message="Tindakan ini harus disertai alasan.",
            ),
        ]

    def __str__(self):
        return f"{self.batch_id}: {self.action}"


class PartnerDemand(models.Model):
    """The work that a partner promises before the training: for how many, as what, and where."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="demands")
    company = models.ForeignKey(
        Organization,
        verbose_name="perusahaan mitra",
        on_delete=models.PROTECT,
        related_name="training_demands",
        limit_choices_to={"kind": OrganizationKind.COMPANY},
    )
    position = models.CharField(
        "pekerjaan", max_length=100, help_text="Contoh: Operator jahit lini 3"
    )
    places = models.PositiveSmallIntegerField(
        "kebutuhan (orang)", validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)]
    )
    region = models.ForeignKey(
        Region,
        verbose_name="kabupaten/kota tempat kerja",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "kebutuhan mitra"
        verbose_name_plural = "kebutuhan mitra"
        ordering = ["pk"]
        triggers = [
            pgtrigger.Trigger(
                name="last_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=LAST_DEMAND_STAYS,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "company", "position"],
                name="training_partnerdemand_once",
                violation_error_message=(
                    "Kebutuhan perusahaan ini untuk pekerjaan yang sama sudah ada. Ubah jumlahnya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(places__range=(1, MOST_PLACES)),
                name="training_partnerdemand_places_in_range",
                violation_error_message=f"Kebutuhan antara 1 dan {MOST_PLACES} orang.",
            ),
        ]

    def __str__(self):
        return f"{self.company}, {self.position}"
