from django.db import models
from django.db.models import Q

from programs.enums import Commodity, LegalForm
from programs.identifiers import mask_nik
from programs.models.organization import Organization
from programs.sealed import SealedText, blind_index


class IkmProfile(models.Model):
    """What the ministry knows of an IKM beyond its name: owner, work force, money, goods.

    Workers and investment decide the scale (*kecil*, *menengah*, *besar*). The scale is stored
    with the version of the rule that said so, because the definition changes (``domain.md`` §E).
    """

    organization = models.OneToOneField(
        Organization, verbose_name="IKM", on_delete=models.CASCADE, related_name="ikm"
    )
    owner_name = models.CharField("nama pemilik", max_length=150)
    owner_nik = SealedText("NIK pemilik", blank=True, editable=False)
    owner_nik_index = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    legal_form = models.CharField(
        "bentuk usaha", max_length=12, choices=LegalForm, default=LegalForm.INDIVIDUAL
    )
    kbli_code = models.CharField("KBLI", max_length=5, blank=True)
    kbli_version = models.PositiveSmallIntegerField("tahun KBLI", default=2020)
    workers = models.PositiveIntegerField("jumlah pekerja", null=True, blank=True)
    investment = models.PositiveBigIntegerField("nilai investasi (Rp)", null=True, blank=True)
    turnover = models.PositiveBigIntegerField("omzet setahun (Rp)", null=True, blank=True)
    commodity = models.CharField("komoditas", max_length=12, choices=Commodity, blank=True)
    brands = models.CharField("merek", max_length=200, blank=True)
    scale = models.CharField("skala", max_length=10, blank=True, editable=False)
    scale_rule = models.CharField("aturan skala", max_length=40, blank=True, editable=False)

    class Meta:
        verbose_name = "profil IKM"
        verbose_name_plural = "profil IKM"
        constraints = [
            models.CheckConstraint(
                condition=Q(kbli_code="") | Q(kbli_code__regex=r"^\d{5}$"),
                name="programs_ikmprofile_kbli_5_digits",
                violation_error_message="KBLI harus 5 angka. Contoh: 14111.",
            ),
            models.CheckConstraint(
                condition=Q(kbli_version__in=[2020, 2025]),
                name="programs_ikmprofile_kbli_version_known",
                violation_error_message="Pilih KBLI 2020 atau KBLI 2025.",
            ),
            models.CheckConstraint(
                condition=Q(scale="", scale_rule="") | ~Q(scale="") & ~Q(scale_rule=""),
                name="programs_ikmprofile_scale_names_its_rule",
            ),
        ]

    def __str__(self):
        return str(self.organization)

    def set_nik(self, nik):
        """Seal the owner's NIK and keep its keyed hash, by which it can be found again."""
        self.owner_nik = nik
        self.owner_nik_index = blind_index(nik, purpose="nik") if nik else ""

    @property
    def masked_nik(self):
        return mask_nik(self.owner_nik) if self.owner_nik else ""
