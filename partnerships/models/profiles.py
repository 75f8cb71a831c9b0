"""What link and match knows of a school and of a company, beyond their place in the register."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from partnerships.enums import Accreditation, SchoolStatus
from partnerships.models.agreement_queries import agencies_of
from partnerships.models.competence import Competence
from programs.enums import OrganizationKind
from programs.models import Organization
from programs.models.reach import places_of


class ProfileQuerySet(models.QuerySet):
    permission = ""

    def visible_to(self, user):
        """Their own people; a Dinas those of its region; officers with the permission all."""
        if user.has_perm(self.permission):
            return self
        return self.filter(
            Q(organization__in=places_of(user))
            | Q(organization__region__in=agencies_of(user))
            | Q(organization__region__province__in=agencies_of(user))
        )


class SchoolQuerySet(ProfileQuerySet):
    permission = "partnerships.view_schoolprofile"


class CompanyQuerySet(ProfileQuerySet):
    permission = "partnerships.view_companyprofile"


class SchoolProfile(models.Model):
    """A SMK as a partner: status, accreditation, pupils, and the competences it teaches."""

    organization = models.OneToOneField(
        Organization,
        verbose_name="sekolah",
        on_delete=models.CASCADE,
        related_name="school",
        limit_choices_to={"kind": OrganizationKind.SCHOOL},
    )
    status = models.CharField("status", max_length=10, choices=SchoolStatus, blank=True)
    accreditation = models.CharField("akreditasi", max_length=4, choices=Accreditation, blank=True)
    pupils = models.PositiveIntegerField("jumlah siswa", null=True, blank=True)
    head_name = models.CharField("kepala sekolah", max_length=150, blank=True)
    head_nip = models.CharField("NIP kepala sekolah", max_length=18, blank=True)
    contact_name = models.CharField("narahubung hubungan industri", max_length=150, blank=True)
    contact_phone = models.CharField("telepon narahubung", max_length=30, blank=True)
    contact_email = models.EmailField("surel narahubung", blank=True)
    competences = models.ManyToManyField(
        Competence, through="SchoolCompetence", related_name="schools"
    )
    updated_at = models.DateTimeField("diperbarui pada", auto_now=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "SMK"
        verbose_name_plural = "SMK"
        ordering = ["organization__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(status="") | Q(status__in=SchoolStatus))
                & (Q(accreditation="") | Q(accreditation__in=Accreditation)),
                name="partnerships_school_words_known",
            ),
            models.CheckConstraint(
                condition=Q(head_nip="") | Q(head_nip__regex=r"^\d{18}$"),
                name="partnerships_school_nip_18_digits",
                violation_error_message="NIP harus 18 angka.",
            ),
        ]

    def __str__(self):
        return str(self.organization)


class SchoolCompetence(models.Model):
    """That a school teaches a competence, and to how many pupils."""

    school = models.ForeignKey(SchoolProfile, on_delete=models.CASCADE, related_name="taught")
    competence = models.ForeignKey(
        Competence, verbose_name="kompetensi", on_delete=models.PROTECT, related_name="taught_at"
    )
    pupils = models.PositiveIntegerField("jumlah siswa", null=True, blank=True)

    class Meta:
        verbose_name = "kompetensi sekolah"
        verbose_name_plural = "kompetensi sekolah"
        ordering = ["competence__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "competence"],
                name="partnerships_school_competence_once",
                violation_error_message="Kompetensi ini sudah tercatat pada sekolah yang sama.",
            ),
        ]

    def __str__(self):
        return f"{self.school_id}: {self.competence}"


class CompanyProfile(models.Model):
    """A company as a partner: sector, work force, who signs, and whom it needs."""

    organization = models.OneToOneField(
        Organization,
        verbose_name="perusahaan",
        on_delete=models.CASCADE,
        related_name="company",
        limit_choices_to={"kind": OrganizationKind.COMPANY},
    )
    kbli_code = models.CharField("KBLI", max_length=5, blank=True)
    kbli_version = models.PositiveSmallIntegerField("tahun KBLI", default=2020)
    workers = models.PositiveIntegerField("jumlah tenaga kerja", null=True, blank=True)
    signatory_name = models.CharField("penanda tangan", max_length=150, blank=True)
    signatory_position = models.CharField("jabatan penanda tangan", max_length=100, blank=True)
    contact_name = models.CharField("narahubung SDM", max_length=150, blank=True)
    contact_phone = models.CharField("telepon narahubung", max_length=30, blank=True)
    contact_email = models.EmailField("surel narahubung", blank=True)
    wants_schools = models.PositiveSmallIntegerField(
        "jumlah SMK yang ingin dibina", default=5, validators=[MinValueValidator(1)]
    )
    needs = models.ManyToManyField(Competence, through="CompanyNeed", related_name="wanted_by")
    updated_at = models.DateTimeField("diperbarui pada", auto_now=True)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = "perusahaan mitra"
        verbose_name_plural = "perusahaan mitra"
        ordering = ["organization__name", "pk"]
        indexes = [models.Index(fields=["kbli_code"], name="partnerships_company_kbli")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kbli_code="") | Q(kbli_code__regex=r"^\d{5}$"),
                name="partnerships_company_kbli_5_digits",
                violation_error_message="KBLI harus 5 angka. Contoh: 14111.",
            ),
            models.CheckConstraint(
                condition=Q(kbli_version__in=[2020, 2025]),
                name="partnerships_company_kbli_version_known",
                violation_error_message="Pilih KBLI 2020 atau KBLI 2025.",
            ),
        ]

    def __str__(self):
        return str(self.organization)

    @property
    def sector(self):
        """The KBLI division, by which figures and matching group companies."""
        return self.kbli_code[:2]


class CompanyNeed(models.Model):
    """Whom a company looks for: pupils and graduates of a competence, how many a year."""

    company = models.ForeignKey(CompanyProfile, on_delete=models.CASCADE, related_name="wanted")
    competence = models.ForeignKey(
        Competence, verbose_name="kompetensi", on_delete=models.PROTECT, related_name="needs"
    )
    places = models.PositiveIntegerField("kebutuhan setahun (orang)", null=True, blank=True)

    class Meta:
        verbose_name = "kebutuhan perusahaan"
        verbose_name_plural = "kebutuhan perusahaan"
        ordering = ["competence__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "competence"],
                name="partnerships_need_once",
                violation_error_message="Kebutuhan akan kompetensi ini sudah tercatat.",
            ),
        ]

    def __str__(self):
        return f"{self.company_id}: {self.competence}"
