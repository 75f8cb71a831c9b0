from django.db import models
from django.db.models import F, Q

from programs.enums import Commodity, ConsentPurpose
from programs.esmart_enums import CertificationKind
from programs.models.document import Document
from programs.models.organization import Membership, Organization
from programs.models.privacy import Consent
from programs.models.reach import reached_by


class ProductQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.has_perm("programs.view_product"):
            return self
        return self.filter(reached_by(user))

    def public(self):
        """Those in the catalogue: shown by an owner who agreed to it and has not taken it back."""
        consenting = Consent.objects.filter(
            purpose=ConsentPurpose.PUBLISH_PROFILE, withdrawn_at=None
        ).values("user")
        owners = Membership.objects.filter(
            role="OWNER", state="APPROVED", user__in=consenting
        ).values("organization")
        return self.filter(is_shown=True, organization__in=owners)


class Product(models.Model):
    """What an IKM makes and sells, as the catalogue shows it."""

    organization = models.ForeignKey(
        Organization, verbose_name="IKM", on_delete=models.PROTECT, related_name="products"
    )
    name = models.CharField("nama produk", max_length=120)
    commodity = models.CharField("komoditas", max_length=12, choices=Commodity)
    description = models.TextField("keterangan", max_length=1000, blank=True)
    price = models.PositiveBigIntegerField("harga (Rp)")
    unit = models.CharField("per", max_length=30, default="buah")
    is_shown = models.BooleanField("tampil di katalog", default=True)
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)
    changed_at = models.DateTimeField("diubah pada", auto_now=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = "produk"
        verbose_name_plural = "produk"
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["commodity"], name="programs_product_commodity"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="programs_product_once",
                violation_error_message="Produk dengan nama ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(commodity__in=Commodity), name="programs_product_commodity_known"
            ),
            models.CheckConstraint(
                condition=Q(price__gte=1),
                name="programs_product_has_a_price",
                violation_error_message="Isi harga paling sedikit Rp1.",
            ),
        ]

    def __str__(self):
        return self.name


class ProductPhoto(models.Model):
    """A picture of a product; the first one stands in the catalogue."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="photos")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "foto produk"
        verbose_name_plural = "foto produk"
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.product_id}: {self.document_id}"


class Certification(models.Model):
    """A certificate that a product carries, and until when it counts."""

    product = models.ForeignKey(
        Product, verbose_name="produk", on_delete=models.CASCADE, related_name="certifications"
    )
    kind = models.CharField("jenis", max_length=8, choices=CertificationKind)
    number = models.CharField("nomor", max_length=60)
    issued_on = models.DateField("terbit pada", null=True, blank=True)
    expires_on = models.DateField("berlaku sampai", null=True, blank=True)

    class Meta:
        verbose_name = "sertifikasi produk"
        verbose_name_plural = "sertifikasi produk"
        ordering = ["kind", "number"]
        indexes = [models.Index(fields=["expires_on"], name="programs_certification_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=CertificationKind), name="programs_certification_kind_known"
            ),
            models.UniqueConstraint(
                fields=["product", "kind", "number"],
                name="programs_certification_once",
                violation_error_message="Sertifikat ini sudah tercatat pada produk ini.",
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None)
                | Q(expires_on=None)
                | Q(expires_on__gte=F("issued_on")),
                name="programs_certification_expires_after_issue",
                violation_error_message="Tanggal berakhir tidak boleh sebelum tanggal terbit.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"
