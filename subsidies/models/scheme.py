import pgtrigger
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from programs.enums import Scale
from subsidies.document_kinds import DocumentKind
from subsidies.enums import Condition, Origin, Stage
from subsidies.models.budget import BudgetLine
from subsidies.terms import ScaleRange, Terms

# The terms of a published call stand (product.md §2): its rows refuse every later change.
TERMS_STAND = """
    IF EXISTS (
        SELECT 1 FROM subsidies_scheme
        WHERE id = COALESCE(NEW.scheme_id, OLD.scheme_id) AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'subsidies_scheme_terms_stand: the terms of a published scheme stand';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


def terms_stand():
    return pgtrigger.Trigger(
        name="terms_stand",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=TERMS_STAND,
    )


class SchemeQuerySet(models.QuerySet):
    def published(self):
        """Calls in force: published, and not replaced by a newer version."""
        return self.filter(published_at__isnull=False, superseded_at=None)

    def open(self, *, today):
        """Calls that take applications on ``today``."""
        return self.published().filter(opens_on__lte=today, closes_on__gte=today)

    def with_terms(self):
        return self.prefetch_related("rates", "scales", "kbli_codes")


class Scheme(models.Model):
    """One version of a call: all its terms as data (``product.md`` §2, ``domain.md`` §10.12).

    A published version never changes. A change makes a new version, and every application keeps
    the version it was judged by.
    """

    code = models.SlugField("kode", max_length=40)
    version = models.PositiveSmallIntegerField("versi", default=1)
    name = models.CharField("nama", max_length=200)
    fiscal_year = models.PositiveSmallIntegerField("tahun anggaran")
    legal_basis = models.CharField("dasar hukum", max_length=300)
    budget_line = models.ForeignKey(
        BudgetLine, verbose_name="mata anggaran", on_delete=models.PROTECT, related_name="schemes"
    )
    opens_on = models.DateField("pengajuan dibuka")
    closes_on = models.DateField("pengajuan ditutup")
    purchase_from = models.DateField("pembelian mulai")
    purchase_until = models.DateField("pembelian sampai")
    install_by = models.DateField("batas pemasangan")
    pay_by = models.DateField("batas pengajuan pembayaran")
    floor = models.PositiveBigIntegerField("penggantian paling sedikit (Rp)")
    ceiling = models.PositiveBigIntegerField("penggantian paling banyak per perusahaan (Rp)")
    max_participations = models.PositiveSmallIntegerField("keikutsertaan paling banyak", default=3)
    bank_payment_required = models.BooleanField("wajib bayar lewat bank", default=True)
    tax_invoice_required = models.BooleanField("wajib faktur pajak", default=True)
    correction_days = models.PositiveSmallIntegerField("hari kerja perbaikan", default=7)
    no_transfer_months = models.PositiveSmallIntegerField(
        "bulan larangan pindah tangan", default=36
    )
    excluded_costs = models.TextField("biaya yang tidak diganti", blank=True)
    contact = models.CharField("narahubung", max_length=200)
    published_at = models.DateTimeField("diterbitkan pada", null=True, blank=True, editable=False)
    superseded_at = models.DateTimeField("diganti pada", null=True, blank=True, editable=False)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "skema"
        verbose_name_plural = "skema"
        ordering = ["-fiscal_year", "code", "-version"]
        permissions = [("publish_scheme", "Dapat menerbitkan skema")]
        triggers = [
            pgtrigger.Trigger(
                name="published_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["superseded_at"]),
                func="""
                    IF OLD.published_at IS NOT NULL THEN
                        RAISE EXCEPTION 'subsidies_scheme_terms_stand: % is published', OLD.code;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="subsidies_scheme_version_once",
                violation_error_message="Versi ini sudah ada untuk kode skema yang sama.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(published_at__isnull=False, superseded_at=None),
                name="subsidies_scheme_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on"), closes_on__lte=F("pay_by")),
                name="subsidies_scheme_application_window_in_order",
                violation_error_message=(
                    "Urutan tanggal: pengajuan dibuka, ditutup, lalu batas pengajuan pembayaran."
                ),
            ),
            models.CheckConstraint(
                condition=Q(purchase_from__lte=F("purchase_until"))
                & Q(purchase_from__lte=F("install_by")),
                name="subsidies_scheme_purchase_window_in_order",
                violation_error_message=(
                    "Masa pembelian harus mulai sebelum berakhir dan sebelum batas pemasangan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(floor__lte=F("ceiling"), ceiling__gt=0),
                name="subsidies_scheme_floor_below_ceiling",
                violation_error_message="Batas bawah tidak boleh melebihi batas atas.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def rule_version(self):
        """How a history line names the terms: “restruk-ikm-2020 versi 1”."""
        return f"{self.code} versi {self.version}"

    def terms(self):
        """The terms as the pure rules read them. Fetch with ``with_terms()`` for lists."""
        return Terms(
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            purchase_from=self.purchase_from,
            purchase_until=self.purchase_until,
            install_by=self.install_by,
            scales=tuple(
                ScaleRange(
                    row.scale,
                    row.workers_min,
                    row.workers_max,
                    row.investment_min,
                    row.investment_max,
                )
                for row in self.scales.all()
            ),
            percents={(rate.scale, rate.origin): rate.percent for rate in self.rates.all()},
            floor=self.floor,
            ceiling=self.ceiling,
            kbli=tuple((row.prefix, row.kbli_version) for row in self.kbli_codes.all()),
            max_participations=self.max_participations,
            bank_payment_required=self.bank_payment_required,
            tax_invoice_required=self.tax_invoice_required,
        )


class SchemeRate(models.Model):
    """What percent of a recognized price is given back, by scale and origin of the machine."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="rates")
    scale = models.CharField("skala", max_length=10, choices=Scale)
    origin = models.CharField("asal mesin", max_length=10, choices=Origin)
    percent = models.PositiveSmallIntegerField("tarif (%)", validators=[MaxValueValidator(100)])

    class Meta:
        verbose_name = "tarif"
        verbose_name_plural = "tarif"
        ordering = ["scale", "origin"]
        triggers = [terms_stand()]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "scale", "origin"], name="subsidies_rate_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__range=(1, 100)),
                name="subsidies_rate_percent_in_range",
                violation_error_message="Tarif harus antara 1 dan 100 persen.",
            ),
        ]

    def __str__(self):
        return f"{self.get_scale_display()}, {self.get_origin_display()}: {self.percent} %"


class SchemeScale(models.Model):
    """One row of the limits on workers and investment. Empty is open; bounds are included."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="scales")
    scale = models.CharField("skala", max_length=10, choices=Scale)
    workers_min = models.PositiveIntegerField("pekerja paling sedikit", null=True, blank=True)
    workers_max = models.PositiveIntegerField("pekerja paling banyak", null=True, blank=True)
    investment_min = models.PositiveBigIntegerField(
        "investasi paling sedikit (Rp)", null=True, blank=True
    )
    investment_max = models.PositiveBigIntegerField(
        "investasi paling banyak (Rp)", null=True, blank=True
    )

    class Meta:
        verbose_name = "batas skala"
        verbose_name_plural = "batas skala"
        ordering = ["pk"]
        triggers = [terms_stand()]

    def __str__(self):
        return self.get_scale_display()


class SchemeKbli(models.Model):
    """A KBLI prefix (division or full code) that the call accepts, with the KBLI's version."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="kbli_codes")
    prefix = models.CharField("awalan KBLI", max_length=5)
    kbli_version = models.PositiveSmallIntegerField("tahun KBLI", default=2020)

    class Meta:
        verbose_name = "KBLI yang diterima"
        verbose_name_plural = "KBLI yang diterima"
        ordering = ["kbli_version", "prefix"]
        triggers = [terms_stand()]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "prefix", "kbli_version"], name="subsidies_schemekbli_once"
            ),
            models.CheckConstraint(
                condition=Q(prefix__regex=r"^\d{2,5}$", kbli_version__in=[2020, 2025]),
                name="subsidies_schemekbli_digits",
                violation_error_message="Awalan KBLI terdiri atas 2 sampai 5 angka.",
            ),
        ]

    def __str__(self):
        return f"{self.prefix} (KBLI {self.kbli_version})"


class SchemeDocument(models.Model):
    """A paper the call asks for, and under what condition."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField("dokumen", max_length=5, choices=DocumentKind)
    condition = models.CharField(
        "syarat", max_length=14, choices=Condition, default=Condition.ALWAYS
    )

    class Meta:
        verbose_name = "dokumen yang diminta"
        verbose_name_plural = "dokumen yang diminta"
        ordering = ["kind"]
        triggers = [terms_stand()]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind"], name="subsidies_schemedocument_once")
        ]

    def __str__(self):
        return self.get_kind_display()


class SchemeStage(models.Model):
    """How many working days the ministry gives itself for a stage (``domain.md`` §A8)."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="stage_targets")
    stage = models.CharField("tahap", max_length=14, choices=Stage)
    working_days = models.PositiveSmallIntegerField("hari kerja")

    class Meta:
        verbose_name = "target layanan"
        verbose_name_plural = "target layanan"
        ordering = ["pk"]
        triggers = [terms_stand()]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "stage"], name="subsidies_schemestage_once")
        ]

    def __str__(self):
        return f"{self.get_stage_display()}: {self.working_days} hari kerja"
