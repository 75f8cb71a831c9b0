from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programs.enums import MembershipState, PaperKind, PaperState
from programs.models.organization import Organization


class NumberSequence(models.Model):
    """The last number given in a series, such as the receipts of a scheme. Gap-free.

    ``programs.papers.next_number`` locks the row, so that a number is used once and none is lost
    when a transaction fails.
    """

    series = models.CharField("deret", max_length=80, primary_key=True)
    last = models.PositiveIntegerField("nomor terakhir", default=0)

    class Meta:
        verbose_name = "deret nomor"
        verbose_name_plural = "deret nomor"

    def __str__(self):
        return f"{self.series}: {self.last}"


class IssuedPaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The people of the organization see its papers; officers with the permission see all."""
        if user.has_perm("programs.view_issuedpaper"):
            return self
        return self.filter(
            organization__memberships__user=user,
            organization__memberships__state=MembershipState.APPROVED,
        )


class IssuedPaper(models.Model):
    """A paper the ministry issued: receipt, letter, minutes, decree, payment notice.

    ``code`` is what the QR on the paper leads to; the public page shows what it is and whether it
    is valid, and no more than needed (``product.md`` §7). ``facts`` holds what is printed, so that
    the same paper can be made again, to the byte.
    """

    code = models.CharField("kode periksa", max_length=9, unique=True)
    kind = models.CharField("jenis", max_length=20, choices=PaperKind)
    number = models.CharField("nomor", max_length=80)
    subject = models.CharField("perihal", max_length=200)
    holder = models.CharField("atas nama", max_length=200)
    organization = models.ForeignKey(
        Organization,
        verbose_name="untuk",
        null=True,
        on_delete=models.PROTECT,
        related_name="papers",
    )
    key = models.CharField("kunci peristiwa", max_length=150, unique=True)
    facts = models.JSONField("isi")
    issued_on = models.DateField("tanggal terbit")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diterbitkan oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField("keadaan", max_length=10, choices=PaperState, default=PaperState.VALID)
    state_reason = models.CharField("alasan", max_length=300, blank=True)
    replaced_by = models.OneToOneField(
        "self",
        verbose_name="diganti oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
    )
    file = models.FileField("PDF", upload_to="papers/%Y/%m", blank=True, max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    signed_by = models.CharField("tanda tangan elektronik", max_length=200, blank=True)
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)

    objects = IssuedPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "surat terbitan"
        verbose_name_plural = "surat terbitan"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="programs_paper_number_once"),
            models.CheckConstraint(
                condition=Q(state=PaperState.VALID, replaced_by=None)
                | Q(state=PaperState.REVOKED, replaced_by=None) & ~Q(state_reason="")
                | Q(state=PaperState.REPLACED, replaced_by__isnull=False)
                & ~Q(state_reason="")
                & ~Q(replaced_by=F("id")),
                name="programs_paper_state_explained",
                violation_error_message="Pencabutan dan penggantian surat harus disertai alasan.",
            ),
            models.CheckConstraint(
                condition=Q(file="", sha256="") | ~Q(file="") & Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="programs_paper_file_is_hashed",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"
