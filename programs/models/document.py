import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.models.organization import Organization


def private_path(document, filename):
    """A folder by month and a name that nobody can guess; the person's own name is not used."""
    return f"documents/{document.uploaded_at:%Y/%m}/{document.code.hex}{document.extension}"


class Document(models.Model):
    """A file someone handed in, checked by content. Never served but to those who may see it.

    What it is *for* is said by the app that needs it, with a row of its own.
    """

    code = models.UUIDField("kode", default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization,
        verbose_name="milik",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    file = models.FileField("berkas", upload_to=private_path, max_length=200)
    name = models.CharField("nama berkas", max_length=120)
    content_type = models.CharField("jenis isi", max_length=60)
    extension = models.CharField("akhiran", max_length=5)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    pages = models.PositiveSmallIntegerField("halaman", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diunggah oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField("diunggah pada")

    class Meta:
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$", size__gt=0),
                name="programs_document_has_content",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_image(self):
        return self.content_type.startswith("image/")
