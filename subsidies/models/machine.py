from django.db import models
from django.db.models import F, Q

from subsidies.enums import CutReason, Origin, PaymentMethod
from subsidies.models.application import Application


class Machine(models.Model):
    """A machine the IKM bought, paid and installed, with its three amounts kept apart.

    ``claimed`` is what the invoice says, ``recognized`` what the ministry accepts of it, and
    ``reimbursed`` what is paid back, all in whole rupiah.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="machines")
    name = models.CharField("nama mesin", max_length=150)
    brand = models.CharField("merek", max_length=80, blank=True)
    model = models.CharField("tipe", max_length=80, blank=True)
    serial_number = models.CharField("nomor seri", max_length=60, blank=True, db_index=True)
    origin = models.CharField("asal mesin", max_length=10, choices=Origin, blank=True)
    maker_country = models.CharField("negara pembuat", max_length=60, blank=True)
    imported_by_applicant = models.BooleanField("diimpor sendiri", default=False)
    tkdn_percent = models.DecimalField(
        "nilai TKDN (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    year = models.PositiveSmallIntegerField("tahun pembuatan", null=True, blank=True)
    is_new = models.BooleanField("dibeli baru", null=True, blank=True)
    quantity = models.PositiveIntegerField("jumlah unit", default=1)
    unit_price = models.PositiveBigIntegerField("harga per unit (Rp)", null=True, blank=True)
    seller = models.CharField("penjual", max_length=150, blank=True)
    seller_npwp = models.CharField("NPWP penjual", max_length=16, blank=True)
    seller_is_taxable = models.BooleanField("penjual PKP", default=True)
    invoice_number = models.CharField("nomor invoice", max_length=60, blank=True)
    bought_on = models.DateField("tanggal beli", null=True, blank=True)
    paid_on = models.DateField("tanggal bayar", null=True, blank=True)
    payment_method = models.CharField(
        "cara membayar", max_length=10, choices=PaymentMethod, blank=True
    )
    installed_on = models.DateField("tanggal terpasang", null=True, blank=True)
    claimed = models.GeneratedField(
        expression=F("quantity") * F("unit_price"),
        output_field=models.BigIntegerField("nilai diajukan (Rp)", null=True),
        db_persist=True,
    )
    recognized = models.PositiveBigIntegerField("nilai diakui (Rp)", null=True, editable=False)
    reimbursed = models.PositiveBigIntegerField("penggantian (Rp)", null=True, editable=False)

    class Meta:
        verbose_name = "mesin"
        verbose_name_plural = "mesin"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["seller_npwp", "invoice_number"], name="subsidies_machine_invoice")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__range=(1, 1000)),
                name="subsidies_machine_quantity_in_range",
                violation_error_message="Jumlah unit harus antara 1 dan 1.000.",
            ),
            models.CheckConstraint(
                condition=Q(unit_price=None) | Q(unit_price__range=(1, 1_000_000_000_000)),
                name="subsidies_machine_price_in_range",
                violation_error_message="Harga per unit paling banyak Rp1.000.000.000.000.",
            ),
            models.CheckConstraint(
                condition=Q(installed_on=None)
                | Q(bought_on=None)
                | Q(installed_on__gte=F("bought_on")),
                name="subsidies_machine_installed_after_purchase",
                violation_error_message="Tanggal pasang tidak boleh sebelum tanggal beli.",
            ),
            models.CheckConstraint(
                condition=(Q(recognized=None) | Q(recognized__lte=F("quantity") * F("unit_price")))
                & (Q(reimbursed=None) | Q(reimbursed__lte=F("recognized"))),
                name="subsidies_machine_amounts_in_order",
            ),
            models.CheckConstraint(
                condition=Q(seller_npwp="") | Q(seller_npwp__regex=r"^\d{16}$"),
                name="subsidies_machine_seller_npwp_16_digits",
                violation_error_message="NPWP penjual disimpan sebagai 16 angka.",
            ),
            models.CheckConstraint(
                condition=Q(tkdn_percent=None) | Q(tkdn_percent__range=(0, 100)),
                name="subsidies_machine_tkdn_in_range",
                violation_error_message="Nilai TKDN antara 0 dan 100 persen.",
            ),
        ]

    def __str__(self):
        return self.name


class MachineCut(models.Model):
    """A part of a machine's price that is not recognized, and why. The applicant reads it."""

    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="cuts")
    reason = models.CharField("alasan", max_length=14, choices=CutReason)
    note = models.CharField("uraian", max_length=300, blank=True)
    amount = models.PositiveBigIntegerField("potongan (Rp)")

    class Meta:
        verbose_name = "potongan"
        verbose_name_plural = "potongan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="subsidies_cut_is_positive",
                violation_error_message="Potongan harus lebih dari Rp0.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=CutReason.OTHER) | ~Q(note=""),
                name="subsidies_cut_other_is_explained",
                violation_error_message="Potongan dengan alasan lain harus diuraikan.",
            ),
        ]

    def __str__(self):
        return f"{self.words} {self.amount}"

    @property
    def words(self):
        """What the applicant reads: the reason, and the officer's own words beside it."""
        label = self.get_reason_display()
        if self.reason == CutReason.OTHER:
            return self.note
        return f"{label} ({self.note})" if self.note else label


class AmountLine(models.Model):
    """One row of the sum, in words, as it was computed when the officer (or the law) said so."""

    class Occasion(models.TextChoices):
        SUBMISSION = "SUBMISSION", "perkiraan saat diajukan"
        ASSESSMENT = "ASSESSMENT", "penilaian tim teknis"

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="amount_lines"
    )
    occasion = models.CharField("saat", max_length=10, choices=Occasion)
    position = models.PositiveSmallIntegerField("urutan")
    machine = models.ForeignKey(
        Machine, null=True, on_delete=models.CASCADE, related_name="amount_lines"
    )
    kind = models.CharField("jenis", max_length=12)
    label = models.CharField("uraian", max_length=400)
    amount = models.BigIntegerField("jumlah (Rp)")

    class Meta:
        verbose_name = "baris hitungan"
        verbose_name_plural = "baris hitungan"
        ordering = ["occasion", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "occasion", "position"], name="subsidies_amountline_once"
            )
        ]

    def __str__(self):
        return f"{self.label}: {self.amount}"
