"""One machine: what it is, what it cost, and when it was bought, paid and installed."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from programs.forms import DateField, GuidedForm, NpwpField, RupiahField
from subsidies.checklist import MACHINE_FIELDS
from subsidies.enums import Origin, PaymentMethod
from subsidies.forms.part import PartForm, YesNoField

OLDEST_YEAR = 1980
NAME_HINT = "Tulis seperti pada faktur. Contoh: mesin jahit jarum satu kecepatan tinggi."


class MachineNameForm(GuidedForm):
    """The first thing asked of a new machine, so that the rest can be saved as it is typed."""

    name = forms.CharField(label="Nama mesin", max_length=150, help_text=NAME_HINT)


class MachineForm(PartForm):
    """Everything about one machine that the owner knows and the papers prove."""

    groups = [
        (
            "Mesin",
            [
                "name",
                "brand",
                "model",
                "serial_number",
                "year",
                "is_new",
                "origin",
                "tkdn_percent",
                "maker_country",
                "imported_by_applicant",
            ],
        ),
        ("Harga", ["unit_price", "quantity"]),
        (
            "Pembelian",
            [
                "seller",
                "seller_is_taxable",
                "seller_npwp",
                "invoice_number",
                "bought_on",
                "payment_method",
                "paid_on",
                "installed_on",
            ],
        ),
    ]
    needed = [*MACHINE_FIELDS, "quantity", "seller_is_taxable"]

    name = forms.CharField(label="Nama mesin", max_length=150, help_text=NAME_HINT)
    brand = forms.CharField(
        label="Merek", required=False, max_length=80, help_text="Contoh: Tekno Sejahtera"
    )
    model = forms.CharField(
        label="Tipe", required=False, max_length=80, help_text="Contoh: TB-1201"
    )
    serial_number = forms.CharField(
        label="Nomor seri",
        required=False,
        max_length=60,
        help_text="Ada pada pelat nama di badan mesin. Contoh: CTH-BRD-0042",
    )
    year = forms.IntegerField(
        label="Tahun pembuatan",
        required=False,
        widget=forms.TextInput,
        help_text="Ada pada pelat nama atau sertifikat mesin.",
        error_messages={"invalid": "Tulis tahun dengan empat angka. Contoh: 2026"},
    )
    is_new = YesNoField(
        label="Keadaan mesin saat dibeli",
        required=False,
        yes="Baru",
        no="Bekas",
        help_text="Hanya mesin baru yang dapat diganti.",
    )
    origin = forms.ChoiceField(
        label="Asal mesin",
        required=False,
        widget=forms.RadioSelect,
        choices=[(Origin.DOMESTIC, "Buatan dalam negeri"), (Origin.IMPORT, "Impor")],
        help_text="Asal menentukan besar penggantian.",
    )
    tkdn_percent = forms.DecimalField(
        label="Nilai TKDN",
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="Ada pada sertifikat TKDN. Kosongkan bila belum bersertifikat.",
        error_messages={
            "invalid": "Tulis persen dengan angka. Contoh: 42,5",
            "min_value": "Nilai TKDN antara 0 dan 100 persen.",
            "max_value": "Nilai TKDN antara 0 dan 100 persen.",
        },
    )
    maker_country = forms.CharField(
        label="Negara pembuat", required=False, max_length=60, help_text="Contoh: Jepang"
    )
    imported_by_applicant = forms.BooleanField(
        label="Saya mengimpor sendiri mesin ini",
        required=False,
        help_text="Bila ya, dokumen impor diminta. Bila dibeli dari distributor, biarkan kosong.",
    )
    unit_price = RupiahField(
        label="Harga per unit sebelum PPN",
        required=False,
        min_value=1,
        max_value=1_000_000_000_000,
        help_text="Tanpa ongkos kirim dan pemasangan. Rupiah bulat. Contoh: 125.000.000",
    )
    quantity = forms.IntegerField(
        label="Jumlah",
        localize=True,
        min_value=1,
        max_value=1000,
        error_messages={
            "invalid": "Tulis jumlah dengan angka saja. Contoh: 2",
            "min_value": "Jumlah unit harus antara 1 dan 1.000.",
            "max_value": "Jumlah unit harus antara 1 dan 1.000.",
        },
    )
    seller = forms.CharField(
        label="Penjual", required=False, max_length=150, help_text="Nama toko atau perusahaan."
    )
    seller_is_taxable = YesNoField(
        label="Apakah penjual memungut PPN (PKP)?",
        required=False,
        yes="Ya, PKP",
        no="Bukan PKP",
        help_text="Penjual yang PKP wajib memberi faktur pajak. Tanyakan bila ragu.",
    )
    seller_npwp = NpwpField(
        label="NPWP penjual", required=False, help_text="Ada pada invoice atau faktur pajak."
    )
    invoice_number = forms.CharField(
        label="Nomor invoice", required=False, max_length=60, help_text="Contoh: INV/2026/0042"
    )
    bought_on = DateField(label="Tanggal beli", required=False)
    payment_method = forms.ChoiceField(
        label="Cara membayar",
        required=False,
        choices=[("", "Pilih cara membayar"), *PaymentMethod.choices],
        help_text="Pembayaran tunai tidak dapat diganti.",
    )
    paid_on = DateField(
        label="Tanggal bayar",
        required=False,
        help_text="Hari pelunasan menurut bukti pembayaran. Contoh: 14/04/2026",
    )
    installed_on = DateField(
        label="Tanggal terpasang",
        required=False,
        help_text="Sesuai berita acara serah terima. Contoh: 21/06/2026",
    )

    def __init__(self, *args, scheme, limits, **options):
        super().__init__(*args, **options)
        fields = self.fields
        fields["bought_on"].help_text = (
            f"Tanggal pada invoice, antara {_day(scheme.purchase_from)} dan "
            f"{_day(scheme.purchase_until)}. Contoh: 14/04/2026"
        )
        fields["origin"].choice_help = {
            Origin.DOMESTIC: f"Diganti {limits.domestic_percent} %. Perlu sertifikat TKDN atau "
            "surat dari pabrik.",
            Origin.IMPORT: f"Diganti {limits.import_percent} %, walau dibeli dari distributor di "
            "Indonesia.",
        }
        fields["tkdn_percent"].show_when = "origin=DOMESTIC"
        fields["maker_country"].show_when = "origin=IMPORT"
        fields["imported_by_applicant"].show_when = "origin=IMPORT"
        fields["seller_npwp"].show_when = "seller_is_taxable=ya"
        fields["quantity"].widget.suffix = "unit"
        fields["tkdn_percent"].widget.suffix = "%"
        for name, width in [
            ("serial_number", "w-l mono"),
            ("year", "w-s"),
            ("tkdn_percent", "w-s"),
            ("quantity", "w-s"),
            ("seller_npwp", "w-l"),
            ("invoice_number", "w-l mono"),
            ("bought_on", "w-m"),
            ("paid_on", "w-m"),
            ("installed_on", "w-m"),
            ("payment_method", "w-l"),
        ]:
            fields[name].widget.attrs["class"] = width

    def clean_year(self):
        year = self.cleaned_data["year"]
        newest = timezone.localdate().year
        if year is not None and not OLDEST_YEAR <= year <= newest:
            raise ValidationError(
                f"Tulis tahun antara {OLDEST_YEAR} dan {newest}. Anda menulis {year}."
            )
        return year

    def clean_seller_is_taxable(self):
        # Not answered is the careful answer: a tax invoice is asked for.
        answer = self.cleaned_data["seller_is_taxable"]
        return True if answer is None else answer

    def clean_bought_on(self):
        return self._not_in_the_future("bought_on")

    def clean_paid_on(self):
        return self._not_in_the_future("paid_on")

    def clean_installed_on(self):
        return self._not_in_the_future("installed_on")

    def _not_in_the_future(self, name):
        written = self.cleaned_data[name]
        today = timezone.localdate()
        if written and written > today:
            raise ValidationError(
                f"Tanggal ini belum terjadi: hari ini {_day(today)}. Anda menulis {_day(written)}."
            )
        if written and written < today - timedelta(days=365 * 15):
            raise ValidationError(f"Periksa tahunnya. Anda menulis {_day(written)}.")
        return written

    def clean(self):
        cleaned = super().clean()
        bought, installed = cleaned.get("bought_on"), cleaned.get("installed_on")
        if bought and installed and installed < bought:
            self.add_error(
                "installed_on",
                f"Mesin dibeli {_day(bought)}, jadi tanggal pasang harus {_day(bought)} atau "
                "sesudahnya.",
            )
        return cleaned


def _day(day):
    return date_format(day, "j F Y")
