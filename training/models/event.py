import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from programs.enums import Commodity, OrganizationKind
from programs.models import HistoryEntry, Organization, Program, Region
from programs.transitions import arrows, reasoned
from training.arrows import EVENT_MOVES
from training.enums import AudienceKind, EventKind, EventMode, EventStatus
from training.models.event_queries import EventQuerySet

Status = EventStatus
# What officers search for in words.
EVENT_TEXT = SearchVector("title", "summary", "description", config="indonesian")
# Pages of the training site itself, which stand before those of events.
TAKEN_SLUGS = {"saya", "kalender", "pendaftaran", "materi", "jp", "diklat"}


class Series(models.Model):
    """Events that belong together, such as the seven regional Bimtek of June 2020."""

    name = models.CharField("nama", max_length=150, unique=True)
    slug = models.SlugField("alamat", max_length=60, unique=True)

    class Meta:
        verbose_name = "rangkaian kegiatan"
        verbose_name_plural = "rangkaian kegiatan"
        ordering = ["name"]

    def __str__(self):
        return self.name


class Event(models.Model):
    """A Bimtek, webinar, workshop, Diklat or seminar that a unit of the ministry holds."""

    unit = models.ForeignKey(
        Organization,
        verbose_name="penyelenggara",
        on_delete=models.PROTECT,
        related_name="events",
        limit_choices_to={"kind": OrganizationKind.UNIT},
    )
    kind = models.CharField("jenis", max_length=10, choices=EventKind)
    title = models.CharField("judul", max_length=200)
    slug = models.SlugField(
        "alamat",
        max_length=80,
        unique=True,
        error_messages={"unique": "Alamat ini sudah dipakai kegiatan lain. Tambahkan tahunnya."},
        help_text="Bagian akhir alamat halaman. Contoh: bimtek-regional-2-2026",
    )
    series = models.ForeignKey(
        Series,
        verbose_name="rangkaian",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    program = models.ForeignKey(
        Program,
        verbose_name="program",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        help_text="Keikutsertaan yang lulus dicatat pada program ini.",
    )
    summary = models.CharField("ringkasan", max_length=300)
    description = models.TextField("keterangan", blank=True)
    mode = models.CharField("cara", max_length=10, choices=EventMode, default=EventMode.ONLINE)
    place = models.CharField("tempat", max_length=200, blank=True)
    place_region = models.ForeignKey(
        Region,
        verbose_name="kabupaten/kota tempat",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    online_url = models.URLField(
        "tautan daring", max_length=500, blank=True, help_text="Hanya ditunjukkan kepada peserta."
    )

    # Who may register. Empty means: no limit of this kind.
    audience_kinds = ArrayField(
        models.CharField(max_length=10, choices=AudienceKind),
        verbose_name="peserta",
        default=list,
        blank=True,
    )
    regions = models.ManyToManyField(
        Region,
        verbose_name="wilayah peserta",
        blank=True,
        related_name="+",
        help_text="Provinsi atau kabupaten/kota; kosongkan untuk seluruh Indonesia.",
    )
    commodities = ArrayField(
        models.CharField(max_length=12, choices=Commodity),
        verbose_name="komoditas IKM",
        default=list,
        blank=True,
    )
    capacity = models.PositiveIntegerField("jumlah tempat")
    has_waiting_list = models.BooleanField("dengan daftar tunggu", default=True)
    needs_approval = models.BooleanField("pendaftaran disetujui panitia dahulu", default=False)
    quotas_released_on = models.DateField(
        "sisa kuota dibuka untuk semua pada", null=True, blank=True
    )
    opens_at = models.DateTimeField("pendaftaran dibuka")
    closes_at = models.DateTimeField("pendaftaran ditutup")

    # What a certificate takes.
    gives_certificate = models.BooleanField("memberi sertifikat", default=True)
    certificate_code = models.CharField(
        "kode kegiatan",
        max_length=20,
        blank=True,
        help_text="Bagian dari nomor sertifikat. Contoh: BIMTEK",
    )
    session_minutes_percent = models.PositiveSmallIntegerField(
        "hadir dalam satu sesi bila mengikuti paling sedikit (%)", default=80
    )
    sessions_percent = models.PositiveSmallIntegerField(
        "memenuhi syarat bila hadir paling sedikit (% JP)", default=80
    )
    evaluation_required = models.BooleanField("evaluasi wajib diisi", default=True)
    evaluation_closes_at = models.DateTimeField(
        "evaluasi dan tes akhir ditutup", null=True, blank=True
    )
    has_pretest = models.BooleanField("dengan tes awal", default=False)
    has_posttest = models.BooleanField("dengan tes akhir", default=False)
    posttest_minimum = models.PositiveSmallIntegerField(
        "nilai tes akhir paling sedikit", null=True, blank=True
    )
    contact = models.CharField(
        "narahubung", max_length=200, help_text="Nama, telepon, dan surel panitia."
    )
    views = models.PositiveIntegerField("ditonton di siaran langsung (kali)", default=0)
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)

    # Written by training.workflow and by the counting trigger of Registration alone.
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    taken = models.PositiveIntegerField("tempat terisi", default=0, editable=False)
    arrivals = models.PositiveIntegerField("nomor urut terakhir", default=0, editable=False)
    # From the sessions, for lists and the calendar: the first minute and the last.
    starts_at = models.DateTimeField("mulai", null=True, editable=False)
    ends_at = models.DateTimeField("berakhir", null=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    certificates_ordered_at = models.DateTimeField(
        "penerbitan sertifikat diminta pada", null=True, editable=False
    )
    certificates_ordered_by = models.ForeignKey(
        "programs.User",
        verbose_name="diminta oleh",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["-starts_at", "-pk"]
        permissions = [
            ("view_every_event", "Dapat melihat kegiatan semua unit"),
            ("run_every_event", "Dapat menyelenggarakan kegiatan semua unit"),
            ("issue_certificates", "Dapat menerbitkan dan mencabut sertifikat"),
        ]
        triggers = [
            pgtrigger.FSM(name="arrows", field="status", transitions=arrows(EVENT_MOVES)),
            pgtrigger.Protect(
                name="stays",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__status=str(Status.DRAFT)),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "starts_at"], name="training_event_by_start"),
            models.Index(fields=["unit", "-starts_at"], name="training_event_of_unit"),
            GinIndex(OpClass(Upper("title"), "gin_trgm_ops"), name="training_event_title_trgm"),
            GinIndex(EVENT_TEXT, name="training_event_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status, kind__in=EventKind, mode__in=EventMode),
                name="training_event_words_known",
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")),
                name="training_event_never_oversold",
                violation_error_message=(
                    "Jumlah tempat tidak boleh kurang dari jumlah peserta yang sudah diterima."
                ),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="training_event_has_a_place",
                violation_error_message="Sediakan paling sedikit satu tempat.",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="training_event_closes_after_opening",
                violation_error_message="Pendaftaran harus ditutup sesudah dibuka.",
            ),
            models.CheckConstraint(
                condition=Q(
                    session_minutes_percent__range=(1, 100), sessions_percent__range=(1, 100)
                )
                & (Q(posttest_minimum=None) | Q(posttest_minimum__lte=100)),
                name="training_event_percentages_in_range",
                violation_error_message="Persentase harus antara 1 dan 100.",
            ),
            models.CheckConstraint(
                condition=Q(posttest_minimum=None) | Q(has_posttest=True),
                name="training_event_minimum_needs_a_test",
                violation_error_message="Nilai paling sedikit hanya berarti bila ada tes akhir.",
            ),
            models.CheckConstraint(
                condition=Q(gives_certificate=False) | ~Q(certificate_code=""),
                name="training_event_certificate_has_a_code",
                violation_error_message="Isi kode kegiatan untuk nomor sertifikat.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT])
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                name="training_event_announced_with_sessions",
                violation_error_message="Kegiatan yang diumumkan harus memiliki sesi.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/pelatihan/{self.slug}/"

    def clean(self):
        if self.slug in TAKEN_SLUGS:
            words = f"Alamat “{self.slug}” sudah dipakai halaman lain. Tambahkan tahunnya."
            raise ValidationError({"slug": words})

    @property
    def free_places(self):
        return max(self.capacity - self.taken, 0)

    @property
    def is_online(self):
        return self.mode != EventMode.PLACE


class EventHistoryEntry(HistoryEntry):
    """One line of an event's history: announced, changed, postponed, concluded …"""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="history")

    class Meta(HistoryEntry.Meta):
        verbose_name = "riwayat kegiatan"
        verbose_name_plural = "riwayat kegiatan"
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=reasoned(EVENT_MOVES)) | ~Q(reason=""),
                name="training_eventhistory_refusal_has_reason",
                violation_error_message="Tindakan ini harus disertai alasan.",
            ),
        ]

    def __str__(self):
        return f"{self.event_id}: {self.action}"


class Quota(models.Model):
    """Places of an event for one region or one kind of people; a ceiling until it is released."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="quotas")
    region = models.ForeignKey(
        Region,
        verbose_name="wilayah",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kind = models.CharField("jenis peserta", max_length=10, choices=AudienceKind, blank=True)
    places = models.PositiveIntegerField("tempat")
    taken = models.PositiveIntegerField("terisi", default=0, editable=False)
    is_released = models.BooleanField("dibuka untuk semua", default=False, editable=False)

    class Meta:
        verbose_name = "kuota"
        verbose_name_plural = "kuota"
        ordering = ["region", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=False, kind="") | Q(region=None) & ~Q(kind=""),
                name="training_quota_of_region_or_kind",
                violation_error_message="Kuota berlaku untuk satu wilayah atau satu jenis peserta.",
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("places")) | Q(is_released=True),
                name="training_quota_never_exceeded",
                violation_error_message=(
                    "Kuota tidak boleh kurang dari jumlah peserta yang sudah diterima."
                ),
            ),
            models.UniqueConstraint(
                fields=["event", "region"],
                condition=Q(region__isnull=False),
                name="training_quota_once_for_a_region",
                violation_error_message="Wilayah ini sudah memiliki kuota.",
            ),
            models.UniqueConstraint(
                fields=["event", "kind"],
                condition=~Q(kind=""),
                name="training_quota_once_for_a_kind",
                violation_error_message="Jenis peserta ini sudah memiliki kuota.",
            ),
        ]

    def __str__(self):
        return str(self.region) if self.region_id else self.get_kind_display()

    @property
    def is_full(self):
        return not self.is_released and self.taken >= self.places
