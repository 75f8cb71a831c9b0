from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from programs.models.program import Program


class NewsQuerySet(models.QuerySet):
    def published(self, *, now):
        """What everybody may read at this moment, the newest first."""
        return self.filter(published_at__lte=now).order_by("-published_at", "-pk")

    def visible_to(self, user):
        """Everybody reads what is published; officers who keep the news also read drafts."""
        if user.has_perm("programs.view_news"):
            return self
        return self.published(now=timezone.now())


class News(models.Model):
    """What the ministry has to tell everybody, written by an officer.

    A draft has no moment of publication; one that lies ahead is a draft until then. ``body`` is in
    paragraphs that an empty line parts.
    """

    slug = models.SlugField("alamat", max_length=80, unique=True)
    title = models.CharField("judul", max_length=120)
    summary = models.CharField("ringkasan", max_length=240)
    body = models.TextField("isi", max_length=8000)
    program = models.ForeignKey(
        Program,
        verbose_name="program",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="news",
    )
    published_at = models.DateTimeField("terbit pada", null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="penulis",
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    written_at = models.DateTimeField("ditulis pada", default=timezone.now, editable=False)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = "berita"
        verbose_name_plural = "berita"
        ordering = [F("published_at").desc(nulls_first=True), "-pk"]
        indexes = [models.Index(fields=["-published_at"], name="programs_news_published")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(summary="") & ~Q(body=""),
                name="programs_news_has_something_to_tell",
                violation_error_message="Isi judul, ringkasan, dan isi berita.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("programs:news_detail", args=[self.slug])

    def is_public(self, *, now):
        return self.published_at is not None and self.published_at <= now
