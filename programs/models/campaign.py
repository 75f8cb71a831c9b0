import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from programs.esmart_enums import ImportState
from programs.models.organization import Organization
from programs.models.program import Program
from programs.models.region import Region


def import_path(record, filename):
    """A folder by month and a name that nobody can guess; the person's own name is not used."""
    return f"campaigns/{record.started_at:%Y/%m}/{uuid.uuid4().hex}"


class Campaign(models.Model):
    """A movement for domestic products, such as #SemuanyaAdaDisini (``domain.md`` §D)."""

    slug = models.SlugField("alamat", max_length=60, unique=True)
    name = models.CharField("nama", max_length=120)
    program = models.ForeignKey(
        Program, verbose_name="program", on_delete=models.PROTECT, related_name="campaigns"
    )
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("selesai", null=True, blank=True)
    about = models.CharField("keterangan", max_length=300, blank=True)

    class Meta:
        verbose_name = "kampanye"
        verbose_name_plural = "kampanye"
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="programs_campaign_ends_after_its_start",
                violation_error_message="Kampanye tidak dapat selesai sebelum mulai.",
            ),
        ]

    def __str__(self):
        return self.name

    def runs_on(self, day):
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class CampaignParticipation(models.Model):
    """That a business took part in a campaign. There are millions: narrow rows, counted once.

    ``key`` is the NIB, or where there is none a hash of name and region.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=32)
    name = models.CharField("nama", max_length=200)
    region = models.ForeignKey(
        Region, verbose_name="kabupaten/kota", on_delete=models.PROTECT, related_name="+"
    )
    joined_on = models.DateField("tanggal")
    organization = models.ForeignKey(
        Organization,
        verbose_name="IKM",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="campaign_participations",
    )

    class Meta:
        verbose_name = "peserta kampanye"
        verbose_name_plural = "peserta kampanye"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "key"],
                name="programs_campaignparticipation_once",
                violation_error_message="Usaha ini sudah ikut kampanye ini.",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(name=""),
                name="programs_campaignparticipation_names_someone",
            ),
        ]

    def __str__(self):
        return self.name


class CampaignImportQuerySet(models.QuerySet):
    def left_alone(self, *, since):
        """Ids of those that run with a kept file, and that nobody has moved on since then."""
        running = self.filter(state=ImportState.RUNNING, advanced_at__lt=since).exclude(file="")
        return running.values_list("pk", flat=True)

    def never_recorded(self, *, since):
        """Ids of files that were looked at before then, and that nobody asked to record."""
        waiting = self.filter(state=ImportState.WAITING, advanced_at__lt=since)
        return waiting.values_list("pk", flat=True)


class CampaignImport(models.Model):
    """A file of participants on its way in: how far it got, so that it goes on after a kill."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="imports")
    sha256 = models.CharField("SHA-256", max_length=64)
    name = models.CharField("nama berkas", max_length=120)
    # Kept until it is recorded. Empty when a command reads the file where it lies.
    file = models.FileField("berkas", upload_to=import_path, max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        "keadaan", max_length=7, choices=ImportState, default=ImportState.WAITING
    )
    lines_done = models.PositiveBigIntegerField("baris selesai", default=0)
    recorded = models.PositiveBigIntegerField("tercatat", default=0)
    known = models.PositiveBigIntegerField("sudah ada", default=0)
    refused = models.PositiveBigIntegerField("ditolak", default=0)
    started_at = models.DateTimeField("mulai", default=timezone.now)
    advanced_at = models.DateTimeField("terakhir maju", default=timezone.now)
    finished_at = models.DateTimeField("selesai", null=True)
    note = models.CharField("sebab terhenti", max_length=300, blank=True)

    objects = CampaignImportQuerySet.as_manager()

    class Meta:
        verbose_name = "impor kampanye"
        verbose_name_plural = "impor kampanye"
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "sha256"], name="programs_campaignimport_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ImportState), name="programs_campaignimport_state_known"
            ),
            models.CheckConstraint(
                condition=Q(lines_done=F("recorded") + F("known") + F("refused")),
                name="programs_campaignimport_every_line_told",
            ),
        ]

    def __str__(self):
        return f"{self.campaign}: {self.name}"


class CampaignRefusal(models.Model):
    """A line of such a file that could not be recorded, and why."""

    file = models.ForeignKey(CampaignImport, on_delete=models.CASCADE, related_name="refusals")
    line = models.PositiveBigIntegerField("baris")
    column = models.CharField("kolom", max_length=40, blank=True)
    words = models.CharField("yang salah", max_length=300)

    class Meta:
        verbose_name = "baris yang ditolak"
        verbose_name_plural = "baris yang ditolak"
        ordering = ["line", "pk"]

    def __str__(self):
        return f"{self.line}: {self.words}"
