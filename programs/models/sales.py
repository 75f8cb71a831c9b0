import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.models.marketplace import Shop
from programs.models.reach import reached_by

# What no form may get around: the month is over or running, and the marketplace was open then.
MONTH_IS_POSSIBLE = """
    IF NEW.month > (NEW.reported_at AT TIME ZONE 'Asia/Jakarta')::date THEN
        RAISE EXCEPTION 'programs_salesreport_not_in_the_future: %', NEW.month;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM programs_shop s JOIN programs_marketplace m ON m.id = s.marketplace_id
         WHERE s.id = NEW.shop_id
           AND (m.active_to IS NULL OR NEW.month <= m.active_to)
           AND (m.active_from IS NULL
                OR NEW.month >= date_trunc('month', m.active_from)::date)
    ) THEN
        RAISE EXCEPTION 'programs_salesreport_marketplace_open: %', NEW.month;
    END IF;
    RETURN NEW;
"""
# A report is corrected, never rewritten without a trace.
KEEP_WHAT_STOOD = """
    IF (OLD.orders, OLD.units, OLD.turnover, OLD.exports, OLD.note)
       IS DISTINCT FROM (NEW.orders, NEW.units, NEW.turnover, NEW.exports, NEW.note) THEN
        INSERT INTO programs_salesrevision
               (report_id, orders, units, turnover, exports, note, reported_by_id, reported_at)
        VALUES (OLD.id, OLD.orders, OLD.units, OLD.turnover, OLD.exports, OLD.note,
                OLD.reported_by_id, OLD.reported_at);
    END IF;
    RETURN NEW;
"""


class Sold(models.Model):
    """What a shop sold in a month, as somebody told it at a moment."""

    orders = models.PositiveIntegerField("pesanan")
    units = models.PositiveIntegerField("barang terjual")
    turnover = models.PositiveBigIntegerField("omzet (Rp)")
    exports = models.PositiveBigIntegerField("termasuk ekspor (Rp)", default=0)
    note = models.CharField("catatan", max_length=300, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dilaporkan oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reported_at = models.DateTimeField("dilaporkan pada")

    class Meta:
        abstract = True


class SalesReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.has_perm("programs.view_salesreport"):
            return self
        return self.filter(reached_by(user, "shop__organization__"))


class SalesReport(Sold):
    """The sales of one shop in one month: late allowed, corrected with what stood before kept."""

    shop = models.ForeignKey(
        Shop, verbose_name="toko", on_delete=models.PROTECT, related_name="reports"
    )
    month = models.DateField("bulan")

    objects = SalesReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan penjualan"
        verbose_name_plural = "laporan penjualan"
        ordering = ["-month", "shop"]
        triggers = [
            pgtrigger.Trigger(
                name="month_is_possible",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("month", "shop_id"),
                func=MONTH_IS_POSSIBLE,
            ),
            pgtrigger.Trigger(
                name="keep_what_stood",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=KEEP_WHAT_STOOD,
            ),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
        ]
        indexes = [models.Index(fields=["month"], name="programs_salesreport_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "month"],
                name="programs_salesreport_once",
                violation_error_message=(
                    "Bulan ini sudah dilaporkan. Buka laporannya untuk memperbaiki."
                ),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="programs_salesreport_whole_months",
            ),
            models.CheckConstraint(
                condition=Q(exports__lte=models.F("turnover")),
                name="programs_salesreport_exports_are_part",
                violation_error_message="Ekspor adalah bagian dari omzet, jadi tidak lebih besar.",
            ),
            models.CheckConstraint(
                condition=Q(turnover=0) | Q(orders__gte=1, units__gte=1),
                name="programs_salesreport_turnover_comes_from_orders",
                violation_error_message=(
                    "Ada omzet, jadi pesanan dan barang terjual paling sedikit 1."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.shop} {self.month:%Y-%m}"


class SalesRevision(Sold):
    """What a report said before it was corrected. The database itself writes it."""

    report = models.ForeignKey(SalesReport, on_delete=models.PROTECT, related_name="revisions")

    class Meta:
        verbose_name = "laporan sebelum diperbaiki"
        verbose_name_plural = "laporan sebelum diperbaiki"
        ordering = ["-reported_at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.report_id}: {self.reported_at:%Y-%m-%d}"
