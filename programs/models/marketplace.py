from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from programs.esmart_enums import LinkState
from programs.models.organization import Organization
from programs.models.reach import reached_by


class MarketplaceQuerySet(models.QuerySet):
    def open_on(self, day):
        """Those in which somebody can sell on ``day``."""
        return self.filter(
            Q(active_from=None) | Q(active_from__lte=day),
            Q(active_to=None) | Q(active_to__gte=day),
        )


class Marketplace(models.Model):
    """Where IKM sell online; some have closed (``domain.md`` §10.7)."""

    slug = models.SlugField("kode", max_length=30, unique=True)
    name = models.CharField("nama", max_length=60, unique=True)
    hosts = ArrayField(
        models.CharField(max_length=100),
        verbose_name="alamat situs",
        default=list,
        blank=True,
        help_text="Dipisahkan koma, tanpa https://. Contoh: tokopedia.com, tokopedia.link",
    )
    active_from = models.DateField("buka sejak", null=True, blank=True)
    active_to = models.DateField("tutup sesudah", null=True, blank=True)

    objects = MarketplaceQuerySet.as_manager()

    class Meta:
        verbose_name = "lokapasar"
        verbose_name_plural = "lokapasar"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_from=None)
                | Q(active_to=None)
                | Q(active_to__gte=F("active_from")),
                name="programs_marketplace_closes_after_it_opens",
                violation_error_message="Lokapasar tidak dapat tutup sebelum buka.",
            ),
        ]

    def __str__(self):
        return self.name

    def is_open_on(self, day):
        after_start = self.active_from is None or self.active_from <= day
        return after_start and (self.active_to is None or day <= self.active_to)


class ShopQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.has_perm("programs.view_shop"):
            return self
        return self.filter(reached_by(user))

    def open(self):
        return self.filter(closed_on=None)


class Shop(models.Model):
    """A shop of an IKM on a marketplace. Its link is looked at by people; we call no address."""

    organization = models.ForeignKey(
        Organization, verbose_name="IKM", on_delete=models.PROTECT, related_name="shops"
    )
    marketplace = models.ForeignKey(
        Marketplace, verbose_name="lokapasar", on_delete=models.PROTECT, related_name="shops"
    )
    name = models.CharField("nama toko", max_length=100)
    url = models.URLField("tautan toko", max_length=300, blank=True)
    opened_on = models.DateField("dibuka pada")

    # Written by programs.workflow alone.
    closed_on = models.DateField("ditutup pada", null=True, editable=False)
    link_state = models.CharField(
        "tautan", max_length=9, choices=LinkState, default=LinkState.UNCHECKED, editable=False
    )
    link_note = models.CharField("catatan pemeriksaan", max_length=300, blank=True, editable=False)
    checked_on = models.DateField("diperiksa pada", null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diperiksa oleh",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dimasukkan oleh",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_at = models.DateTimeField("dimasukkan pada", auto_now_add=True)

    objects = ShopQuerySet.as_manager()

    class Meta:
        verbose_name = "toko daring"
        verbose_name_plural = "toko daring"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "marketplace", "name"],
                name="programs_shop_once",
                violation_error_message="Toko dengan nama ini sudah tercatat di lokapasar itu.",
            ),
            models.UniqueConstraint(
                fields=["url"],
                condition=~Q(url="") & Q(closed_on=None),
                name="programs_shop_link_of_one_ikm",
                violation_error_message=(
                    "Tautan ini sudah dipakai toko lain. Salin tautan toko Anda sendiri."
                ),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="programs_shop_closes_after_it_opens",
                violation_error_message="Tanggal tutup tidak boleh sebelum tanggal buka.",
            ),
            models.CheckConstraint(
                condition=Q(link_state=LinkState.UNCHECKED)
                | Q(checked_on__isnull=False, link_state__in=LinkState),
                name="programs_shop_link_checked_on_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.marketplace})"
