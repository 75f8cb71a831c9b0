import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from partnerships.arrows import AGREEMENT_MOVES
from partnerships.enums import (
    CAME_TO_NOTHING,
    LIVE,
    SIGNED,
    AgreementStatus,
    Meterai,
    Source,
)
from partnerships.models.agreement_queries import AgreementQuerySet
from partnerships.models.competence import Competence
from partnerships.models.phase import LaunchPhase
from programs.enums import OrganizationKind
from programs.models import Document, HistoryEntry, IssuedPaper, Organization
from programs.transitions import arrows, reasoned

Status = AgreementStatus
# What officers search for in words.
PURPOSE = SearchVector("purpose", config="indonesian")
SIGNED_SQL = ", ".join(f"'{status}'" for status in SIGNED)

# The competences of an agreement carry its pair and its true period, so that one exclusion
# constraint sees two agreements of a pair for one competence at the same time.
PERIOD_FROM_AGREEMENT = f"""
    SELECT a.school_id, a.company_id,
           CASE WHEN a.status IN ({SIGNED_SQL})
                THEN daterange(a.starts_on, COALESCE(a.terminated_on, a.ends_on), '[]')
           END
      INTO NEW.school_id, NEW.company_id, NEW.period
      FROM partnerships_agreement a WHERE a.id = NEW.agreement_id;
    RETURN NEW;
"""  # noqa: S608 - no input, only our own statuses
COMPETENCES_FOLLOW = """
    UPDATE partnerships_agreementcompetence SET agreement_id = NEW.id WHERE agreement_id = NEW.id;
    RETURN NEW;
"""


def _person(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )


class Agreement(models.Model):
    """A PKS: what a SMK and a company have agreed to do together, from the proposal to its end."""

    school = models.ForeignKey(
        Organization,
        verbose_name="SMK",
        on_delete=models.PROTECT,
        related_name="school_agreements",
        limit_choices_to={"kind": OrganizationKind.SCHOOL},
    )
    company = models.ForeignKey(
        Organization,
        verbose_name="perusahaan",
        on_delete=models.PROTECT,
        related_name="company_agreements",
        limit_choices_to={"kind": OrganizationKind.COMPANY},
    )
    phase = models.ForeignKey(
        LaunchPhase,
        verbose_name="tahap peluncuran",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreements",
    )
    competences = models.ManyToManyField(
        Competence, through="AgreementCompetence", related_name="agreements"
    )
    number = models.CharField("nomor PKS", max_length=80, blank=True)
    school_number = models.CharField("nomor pada sekolah", max_length=80, blank=True)
    company_number = models.CharField("nomor pada perusahaan", max_length=80, blank=True)
    purpose = models.CharField("maksud kerja sama", max_length=500, blank=True)
    clauses = models.TextField("ketentuan tambahan", max_length=5000, blank=True)
    school_signatory = models.CharField("penanda tangan sekolah", max_length=150, blank=True)
    school_position = models.CharField("jabatan", max_length=100, blank=True)
    school_nip = models.CharField("NIP", max_length=18, blank=True)
    school_email = models.EmailField("surel penanda tangan sekolah", blank=True)
    company_signatory = models.CharField("penanda tangan perusahaan", max_length=150, blank=True)
    company_position = models.CharField("jabatan", max_length=100, blank=True)
    company_email = models.EmailField("surel penanda tangan perusahaan", blank=True)
    witness_name = models.CharField("saksi", max_length=150, blank=True)
    witness_office = models.CharField("jabatan dan kantor saksi", max_length=150, blank=True)
    signed_place = models.CharField("tempat tanda tangan", max_length=100, blank=True)
    starts_on = models.DateField("berlaku mulai", null=True, blank=True)
    ends_on = models.DateField("berlaku sampai", null=True, blank=True)
    meterai = models.CharField("meterai", max_length=10, choices=Meterai, blank=True)
    meterai_number = models.CharField("nomor meterai elektronik", max_length=30, blank=True)
    renews = models.ForeignKey(
        "self",
        verbose_name="memperpanjang",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renewals",
    )

    # Written by partnerships.workflow alone.
    status = models.CharField(
        max_length=10, choices=Status, default=Status.PROPOSED, editable=False
    )
    source = models.CharField("asal", max_length=10, choices=Source, editable=False)
    proposed_by = _person("diusulkan oleh")
    proposed_at = models.DateTimeField("diusulkan pada", auto_now_add=True)
    school_confirmed_at = models.DateTimeField("disetujui sekolah pada", null=True, editable=False)
    company_confirmed_at = models.DateTimeField(
        "disetujui perusahaan pada", null=True, editable=False
    )
    matched_by = _person("dicocokkan oleh")
    text_version = models.PositiveSmallIntegerField("naskah ke-", default=0, editable=False)
    paper = models.ForeignKey(
        IssuedPaper,
        verbose_name="naskah",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_on = models.DateField("ditandatangani pada", null=True, editable=False)
    signed_document = models.ForeignKey(
        Document,
        verbose_name="pindaian yang ditandatangani",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    witnessed_by = _person("disaksikan oleh")
    terminated_on = models.DateField("dihentikan pada", null=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "perjanjian kerja sama"
        verbose_name_plural = "perjanjian kerja sama"
        ordering = ["-proposed_at", "-pk"]
        permissions = [
            ("propose_agreement", "Dapat mengusulkan PKS atas nama kedua pihak"),
            ("steer_agreement", "Dapat mencocokkan, menetapkan naskah, dan menyelesaikan PKS"),
            ("import_partnerships", "Dapat mengimpor SMK, perusahaan, dan PKS"),
        ]
        triggers = [
            pgtrigger.FSM(name="arrows", field="status", transitions=arrows(AGREEMENT_MOVES)),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="competences_follow",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "status", "school", "company", "starts_on", "ends_on", "terminated_on"
                ),
                func=COMPETENCES_FOLLOW,
            ),
        ]
        indexes = [
            # As the lists of the desk are ordered, to the last field: 50 rows are read, not all.
            models.Index(fields=["status", "ends_on", "id"], name="partnerships_agr_by_end"),
            models.Index(
                fields=["number", "-proposed_at", "-id"], name="partnerships_agr_by_number"
            ),
            models.Index(
                fields=["ends_on", "id"],
                condition=Q(status__in=LIVE),
                name="partnerships_agr_live_by_end",
            ),
            models.Index(fields=["school", "status"], name="partnerships_agr_of_school"),
            models.Index(fields=["company", "status"], name="partnerships_agr_of_company"),
            models.Index(fields=["-proposed_at", "-id"], name="partnerships_agr_newest"),
            # Matching and the gap list count the live partners of thousands at once.
            models.Index(
                fields=["company", "school"],
                condition=Q(status__in=LIVE),
                name="partnerships_agr_live_schools",
            ),
            models.Index(
                fields=["school", "company"],
                condition=Q(status__in=LIVE),
                name="partnerships_agr_live_company",
            ),
            GinIndex(OpClass(Upper("number"), "gin_trgm_ops"), name="partnerships_agr_number_trgm"),
            GinIndex(PURPOSE, name="partnerships_agr_purpose"),
            # Each side has a number of its own; both are looked for as they are written.
            *(
                models.Index(
                    Upper(field), condition=~Q(**{field: ""}), name=f"partnerships_agr_{side}_no"
                )
                for side, field in (("school", "school_number"), ("company", "company_number"))
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status, source__in=Source)
                & (Q(meterai="") | Q(meterai__in=Meterai)),
                name="partnerships_agreement_words_known",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="partnerships_agreement_ends_after_its_start",
                violation_error_message="Tanggal berakhir harus pada atau sesudah tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=SIGNED)
                | Q(signed_on__isnull=False, starts_on__isnull=False, ends_on__isnull=False)
                & ~Q(number=""),
                name="partnerships_agreement_signed_with_facts",
                violation_error_message=(
                    "PKS yang ditandatangani harus memiliki nomor, tanggal tanda tangan, tanggal "
                    "mulai, dan tanggal berakhir."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.READY, *SIGNED])
                | Q(source=Source.IMPORT)
                | Q(
                    school_confirmed_at__isnull=False,
                    company_confirmed_at__isnull=False,
                    matched_by__isnull=False,
                    paper__isnull=False,
                ),
                name="partnerships_agreement_confirmed_before_signing",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=SIGNED)
                | Q(source=Source.IMPORT)
                | Q(witnessed_by__isnull=False),
                name="partnerships_agreement_signed_before_a_witness",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=Status.TERMINATED,
                    terminated_on__isnull=False,
                    terminated_on__gte=F("starts_on"),
                    terminated_on__lte=F("ends_on"),
                )
                | ~Q(status=Status.TERMINATED) & Q(terminated_on=None),
                name="partnerships_agreement_terminated_within_its_time",
                violation_error_message="Hari penghentian harus di dalam masa berlaku.",
            ),
            models.CheckConstraint(
                condition=~Q(meterai=Meterai.ELECTRONIC) | ~Q(meterai_number=""),
                name="partnerships_agreement_meterai_has_a_number",
                violation_error_message="Tulis nomor meterai elektronik.",
            ),
            models.CheckConstraint(
                condition=Q(school_nip="") | Q(school_nip__regex=r"^\d{18}$"),
                name="partnerships_agreement_nip_18_digits",
                violation_error_message="NIP harus 18 angka.",
            ),
            models.CheckConstraint(
                condition=Q(renews=None) | ~Q(renews=F("id")),
                name="partnerships_agreement_does_not_renew_itself",
            ),
            models.UniqueConstraint(
                fields=["school", "company", "number"],
                condition=~Q(number="") & ~Q(status__in=CAME_TO_NOTHING),
                name="partnerships_agreement_number_once",
                violation_error_message="Nomor PKS ini sudah dipakai kedua pihak yang sama.",
            ),
            models.UniqueConstraint(
                fields=["renews"],
                condition=~Q(status__in=CAME_TO_NOTHING),
                name="partnerships_agreement_renewed_once",
                violation_error_message="PKS ini sudah memiliki perpanjangan.",
            ),
        ]

    def __str__(self):
        return f"{self.school} – {self.company}"

    @property
    def is_live(self):
        return self.status in LIVE


class AgreementCompetence(models.Model):
    """That an agreement concerns a competence; two of a pair may not overlap in time."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="competence_rows"
    )
    competence = models.ForeignKey(
        Competence,
        verbose_name="kompetensi",
        on_delete=models.PROTECT,
        related_name="agreement_rows",
    )
    # Copied from the agreement by trigger; empty before it is signed.
    school = models.ForeignKey(
        Organization, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    company = models.ForeignKey(
        Organization, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    period = DateRangeField("masa berlaku", null=True, editable=False)

    class Meta:
        verbose_name = "kompetensi PKS"
        verbose_name_plural = "kompetensi PKS"
        ordering = ["competence__name", "pk"]
        triggers = [
            pgtrigger.Trigger(
                name="period_from_agreement",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=PERIOD_FROM_AGREEMENT,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "competence"],
                name="partnerships_agreement_competence_once",
                violation_error_message="Kompetensi ini sudah tercatat pada PKS yang sama.",
            ),
            ExclusionConstraint(
                name="partnerships_agreement_no_overlap",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("company", RangeOperators.EQUAL),
                    ("competence", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(period__isnull=False),
                violation_error_message=(
                    "Kedua pihak sudah memiliki PKS untuk kompetensi ini pada masa yang sama."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.agreement_id}: {self.competence}"


class AgreementHistoryEntry(HistoryEntry):
    """One line of an agreement's history."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="history")

    class Meta(HistoryEntry.Meta):
        verbose_name = "riwayat PKS"
        verbose_name_plural = "riwayat PKS"
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=reasoned(AGREEMENT_MOVES)) | ~Q(reason=""),
                name="partnerships_agreementhistory_refusal_has_reason",
                violation_error_message="Tindakan ini harus disertai alasan.",
            ),
        ]

    def __str__(self):
        return f"{self.agreement_id}: {self.action}"
