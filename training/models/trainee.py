import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper
from phonenumber_field.modelfields import PhoneNumberField

from programs.enums import MembershipState
from programs.identifiers import mask_nik
from programs.models import HistoryEntry, Organization, Region
from programs.sealed import SealedText, blind_index
from programs.transitions import arrows, reasoned
from training.diklat_arrows import TRAINEE_MOVES
from training.diklat_enums import (
    AT_WORK,
    SEATED,
    Education,
    Gender,
    TraineeStatus,
)
from training.models.batch import Batch, PartnerDemand
from training.models.event_queries import units_of

Status = TraineeStatus

# Whoever takes or leaves a place lets the batch count anew; its CHECK refuses one too many, and
# its row makes those who do so at the same moment wait for one another.
SEATS_FOLLOW = """
    IF TG_OP = 'INSERT' OR OLD.status IS DISTINCT FROM NEW.status THEN
        UPDATE training_batch SET seated = seated WHERE id = NEW.batch_id;
    END IF;
    RETURN NEW;
"""


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


class TraineeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, those sent by one's organization, and on the desk those of the unit."""
        if user.has_perm("training.view_every_batch"):
            return self
        rows = self.model.objects
        ways = [rows.of_person(user), rows.sent_by(user)]
        if user.has_perm("training.manage_batch"):
            ways.append(rows.filter(batch__course__unit__in=units_of(user)))
        first, *others = (way.order_by().values("pk") for way in ways)
        return self.filter(pk__in=first.union(*others))

    def of_person(self, user):
        return self.filter(user=user)

    def sent_by(self, user):
        """Those whom an organization of ``user`` sent."""
        return self.filter(
            sent_by__memberships__user=user, sent_by__memberships__state=MembershipState.APPROVED
        )

    def active(self):
        """Not withdrawn: they take the one record that a person has in a batch."""
        return self.exclude(status=Status.WITHDRAWN)

    def seated(self):
        return self.filter(status__in=SEATED)


class Trainee(models.Model):
    """A person in one batch, from the registration to the work found afterwards."""

    batch = models.ForeignKey(
        Batch, verbose_name="angkatan", on_delete=models.PROTECT, related_name="trainees"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="akun",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trainings",
    )
    name = models.CharField("nama lengkap", max_length=150)
    nik = SealedText("NIK", blank=True, editable=False)
    nik_index = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    email = models.EmailField("surel", blank=True)
    phone = PhoneNumberField("nomor telepon")
    birth_date = models.DateField("tanggal lahir")
    gender = models.CharField("jenis kelamin", max_length=1, choices=Gender)
    region = models.ForeignKey(
        Region, verbose_name="kabupaten/kota", on_delete=models.PROTECT, related_name="+"
    )
    education = models.CharField("pendidikan terakhir", max_length=10, choices=Education)
    needs = models.CharField("kebutuhan khusus", max_length=200, blank=True)
    wanted = models.ForeignKey(
        PartnerDemand,
        verbose_name="tempat kerja yang diminati",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="wanted_by",
    )
    sent_by = models.ForeignKey(
        Organization,
        verbose_name="dikirim oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sent_trainees",
    )
    sent_by_name = models.CharField("dikirim oleh", max_length=150, blank=True)

    # Written by training.workflow alone.
    status = models.CharField(
        max_length=13, choices=Status, default=Status.REGISTERED, editable=False
    )
    registered_by = officer("didaftarkan oleh")
    registered_at = models.DateTimeField("didaftarkan pada", auto_now_add=True)
    score = models.PositiveSmallIntegerField(
        "nilai seleksi", null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    selection_note = models.CharField("catatan seleksi", max_length=300, blank=True)
    decided_by = officer("seleksi diputuskan oleh")
    certified_on = models.DateField("dinyatakan kompeten pada", null=True, editable=False)
    working_since = models.DateField("bekerja sejak", null=True, editable=False)

    objects = TraineeQuerySet.as_manager()

    class Meta:
        verbose_name = "peserta Diklat 3in1"
        verbose_name_plural = "peserta Diklat 3in1"
        ordering = ["name", "pk"]
        triggers = [
            pgtrigger.FSM(name="arrows", field="status", transitions=arrows(TRAINEE_MOVES)),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="seats_follow",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=SEATS_FOLLOW,
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "status"], name="training_trainee_by_status"),
            models.Index(fields=["email"], name="training_trainee_email"),
            models.Index(fields=["phone"], name="training_trainee_phone"),
            # The officers' search over all people of all years.
            GinIndex(
                OpClass(Upper("name"), "gin_trgm_ops"),
                OpClass(Upper("email"), "gin_trgm_ops"),
                name="training_trainee_name_trgm",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status, gender__in=Gender, education__in=Education),
                name="training_trainee_words_known",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="training_trainee_email_in_lower_case"
            ),
            models.UniqueConstraint(
                fields=["batch", "email"],
                condition=~Q(email="") & ~Q(status=Status.WITHDRAWN),
                name="training_trainee_email_once",
                violation_error_message="Surel ini sudah terdaftar pada angkatan yang sama.",
            ),
            models.UniqueConstraint(
                fields=["batch", "nik_index"],
                condition=~Q(nik_index="") & ~Q(status=Status.WITHDRAWN),
                name="training_trainee_nik_once",
                violation_error_message="NIK ini sudah terdaftar pada angkatan yang sama.",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=100),
                name="training_trainee_score_in_range",
                violation_error_message="Nilai seleksi antara 0 dan 100.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=SEATED) | Q(decided_by__isnull=False),
                name="training_trainee_selected_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.COMPETENT) | Q(certified_on__isnull=False),
                name="training_trainee_competent_since_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=AT_WORK, working_since__isnull=False)
                | ~Q(status__in=AT_WORK) & Q(working_since=None),
                name="training_trainee_works_since_a_day",
            ),
        ]

    def __str__(self):
        return self.name

    def set_nik(self, nik):
        """Seal the NIK and keep its keyed hash, by which a second registration is noticed."""
        self.nik = nik
        self.nik_index = blind_index(nik, purpose="nik") if nik else ""

    @property
    def masked_nik(self):
        return mask_nik(self.nik) if self.nik else ""

    @property
    def sender(self):
        """Who sent the person, in words; nobody for those who came by themselves."""
        return str(self.sent_by) if self.sent_by_id else self.sent_by_name

    def age_on(self, day):
        birthday_is_ahead = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - birthday_is_ahead


class TraineeHistoryEntry(HistoryEntry):
    """One line of a trainee's history."""

    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="history")

    class Meta(HistoryEntry.Meta):
        verbose_name = "riwayat peserta"
        verbose_name_plural = "riwayat peserta"
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=reasoned(TRAINEE_MOVES)) | ~Q(reason=""),
                name="training_traineehistory_refusal_has_reason",
                violation_error_message="Tindakan ini harus disertai alasan.",
            ),
        ]

    def __str__(self):
        return f"{self.trainee_id}: {self.action}"
