import pgtrigger
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import Coalesce

from subsidies.enums import LedgerKind

# Which pot each kind of entry fills (+1) or empties (-1).
POTS = {
    "allocated": {LedgerKind.ALLOCATE: 1},
    "reserved": {LedgerKind.RESERVE: 1, LedgerKind.RELEASE: -1, LedgerKind.COMMIT: -1},
    "committed": {LedgerKind.COMMIT: 1, LedgerKind.DISBURSE: -1, LedgerKind.RETURN: 1},
    "paid": {LedgerKind.DISBURSE: 1, LedgerKind.RETURN: -1},
}


def _pot_sql(pot):
    cases = " ".join(f"WHEN '{kind}' THEN {sign}" for kind, sign in POTS[pot].items())
    return f"COALESCE(SUM(amount * CASE kind {cases} ELSE 0 END), 0)"


# The referee of the money: one budget line at a time, whatever runs at the same moment.
CEILING_HOLDS = f"""
    PERFORM 1 FROM subsidies_budgetline WHERE id = NEW.budget_line_id FOR NO KEY UPDATE;
    SELECT {_pot_sql("allocated")}, {_pot_sql("reserved")}, {_pot_sql("committed")},
           {_pot_sql("paid")}
      INTO allocated, reserved, committed, paid
      FROM subsidies_ledgerentry WHERE budget_line_id = NEW.budget_line_id;
    IF reserved + committed + paid > allocated THEN
        RAISE EXCEPTION 'subsidies_ledger_ceiling: % would exceed %',
            reserved + committed + paid, allocated;
    END IF;
    IF NEW.application_id IS NOT NULL THEN
        SELECT {_pot_sql("reserved")}, {_pot_sql("committed")}, {_pot_sql("paid")}
          INTO reserved, committed, paid
          FROM subsidies_ledgerentry
         WHERE budget_line_id = NEW.budget_line_id AND application_id = NEW.application_id;
        IF reserved < 0 OR committed < 0 OR paid < 0 THEN
            RAISE EXCEPTION 'subsidies_ledger_pots: application % has less than %',
                NEW.application_id, NEW.amount;
        END IF;
    END IF;
    RETURN NEW;
"""  # noqa: S608 - no input, only our own names of pots


def _pots(prefix=""):
    """The sums of the four pots over entries; ``prefix`` is the way from the row to them."""
    return {
        pot: Coalesce(
            Sum(
                Case(
                    *[
                        When(**{f"{prefix}kind": kind}, then=F(f"{prefix}amount") * sign)
                        for kind, sign in signs.items()
                    ],
                    default=0,
                )
            ),
            0,
            output_field=models.BigIntegerField(),
        )
        for pot, signs in POTS.items()
    }


class BudgetLineQuerySet(models.QuerySet):
    def with_balance(self):
        """Annotate the four pots in rupiah, and ``available``, for a list of lines."""
        return self.annotate(**_pots("entries__")).annotate(
            available=F("allocated") - F("reserved") - F("committed") - F("paid")
        )


class BudgetLine(models.Model):
    """A line of the DIPA: the money of one call in one fiscal year.

    Its ceiling (pagu) is no column but the sum of the ledger's allocations.
    """

    dipa_code = models.CharField("kode DIPA", max_length=60)
    fiscal_year = models.PositiveSmallIntegerField("tahun anggaran")
    name = models.CharField("nama", max_length=200)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = "mata anggaran"
        verbose_name_plural = "mata anggaran"
        ordering = ["-fiscal_year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["dipa_code", "fiscal_year"],
                name="subsidies_budgetline_once",
                violation_error_message="Mata anggaran ini sudah ada untuk tahun yang sama.",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.fiscal_year})"

    def balance(self):
        """The four pots in rupiah, and what is ``available`` for new reservations."""
        pots = self.entries.balance()
        pots["available"] = pots["allocated"] - pots["reserved"] - pots["committed"] - pots["paid"]
        return pots


class LedgerQuerySet(models.QuerySet):
    def balance(self):
        """The rupiah in each pot, summed from the entries."""
        return self.aggregate(**_pots())


class LedgerEntry(models.Model):
    """One movement of a budget line. Append-only; the database refuses to pass the ceiling."""

    budget_line = models.ForeignKey(
        BudgetLine, verbose_name="mata anggaran", on_delete=models.PROTECT, related_name="entries"
    )
    application = models.ForeignKey(
        "subsidies.Application",
        verbose_name="permohonan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ledger_entries",
    )
    kind = models.CharField("jenis", max_length=8, choices=LedgerKind)
    amount = models.BigIntegerField("jumlah (Rp)")
    note = models.CharField("uraian", max_length=200)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pelaku",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("waktu", auto_now_add=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = "mutasi anggaran"
        verbose_name_plural = "mutasi anggaran"
        ordering = ["at", "pk"]
        permissions = [("allocate_budget", "Dapat menetapkan pagu")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="ceiling_holds",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[
                    ("allocated", "bigint"),
                    ("reserved", "bigint"),
                    ("committed", "bigint"),
                    ("paid", "bigint"),
                ],
                func=CEILING_HOLDS,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=LedgerKind.ALLOCATE, application=None) & ~Q(amount=0)
                | ~Q(kind=LedgerKind.ALLOCATE) & Q(application__isnull=False, amount__gt=0),
                name="subsidies_ledger_entry_makes_sense",
                violation_error_message=(
                    "Pagu berlaku untuk mata anggaran; mutasi lain untuk satu permohonan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LedgerKind), name="subsidies_ledger_kind_known"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount}"


class ApprovalBand(models.Model):
    """Up to how much the members of a group may approve in one application."""

    group = models.OneToOneField(Group, verbose_name="kelompok", on_delete=models.CASCADE)
    up_to = models.PositiveBigIntegerField("menyetujui sampai (Rp)")

    class Meta:
        verbose_name = "batas persetujuan"
        verbose_name_plural = "batas persetujuan"
        ordering = ["up_to"]

    def __str__(self):
        return f"{self.group}: {self.up_to}"
