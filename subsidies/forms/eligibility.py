"""The open eligibility check: a few questions, none of them about a person."""

from django import forms

from programs.business_fields import (
    InvestmentField,
    KbliYearField,
    LegalFormField,
    WorkersField,
)
from programs.forms import DateField, GuidedForm, KbliField, RupiahField
from subsidies.enums import Origin, PaymentMethod
from subsidies.forms.part import YesNoField

MOST_MACHINES = 3


class BusinessAnswersForm(GuidedForm):
    """The business. Everything may be left open; what is open cannot be told."""

    groups = [
        ("Usaha Anda", ["legal_form", "workers", "investment", "has_licence"]),
        ("Kegiatan usaha", ["kbli_code", "kbli_version"]),
        ("Bantuan sebelumnya", ["participations", "other_scheme_this_year"]),
    ]

    legal_form = LegalFormField(required=False)
    workers = WorkersField(help_text="Termasuk pemilik yang ikut bekerja. Contoh: 12")
    investment = InvestmentField()
    has_licence = YesNoField(
        label="Apakah usaha Anda memiliki NIB?",
        required=False,
        yes="Ya",
        no="Belum",
        help_text="NIB dari laman OSS yang memuat kegiatan industri.",
    )
    kbli_code = KbliField(
        label="Kode KBLI", required=False, help_text="Lima angka pada NIB. Contoh: 14111"
    )
    kbli_version = KbliYearField()
    participations = forms.TypedChoiceField(
        label="Berapa kali usaha ini pernah menerima penggantian mesin?",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Pilih jawaban"), (0, "Belum pernah"), (1, "1 kali"), (2, "2 kali"),
                 (3, "3 kali atau lebih")],
    )  # fmt: skip
    other_scheme_this_year = YesNoField(
        label="Apakah tahun ini mesin yang sama sudah dibantu program lain?",
        required=False,
        yes="Ya, sudah",
        no="Belum",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.hide_optional = True
        self.fields["kbli_code"].widget.attrs["class"] = "w-m"


class MachineAnswersForm(GuidedForm):
    """One machine that was bought, or is going to be."""

    name = forms.CharField(
        label="Nama mesin",
        required=False,
        max_length=150,
        help_text="Contoh: mesin bordir komputer",
    )
    origin = forms.ChoiceField(
        label="Asal mesin",
        required=False,
        widget=forms.RadioSelect,
        choices=[(Origin.DOMESTIC, "Buatan dalam negeri"), (Origin.IMPORT, "Impor")],
    )
    price = RupiahField(
        label="Harga sebelum PPN",
        required=False,
        min_value=1,
        max_value=1_000_000_000_000,
        help_text="Semua unit, tanpa ongkos kirim dan pemasangan. Contoh: 125.000.000",
    )
    is_new = YesNoField(label="Keadaan mesin", required=False, yes="Baru", no="Bekas")
    bought_on = DateField(
        label="Tanggal beli",
        required=False,
        help_text="Kosongkan bila belum dibeli. Contoh: 14/04/2026",
    )
    installed_on = DateField(
        label="Tanggal terpasang",
        required=False,
        help_text="Kosongkan bila belum terpasang. Contoh: 21/06/2026",
    )
    payment_method = forms.ChoiceField(
        label="Cara membayar",
        required=False,
        choices=[("", "Pilih cara membayar"), *PaymentMethod.choices],
    )
    has_tax_invoice = YesNoField(
        label="Apakah ada faktur pajak?",
        required=False,
        yes="Ya, ada",
        no="Baru ada kuitansi",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.hide_optional = True
        for name, width in [
            ("bought_on", "w-m"),
            ("installed_on", "w-m"),
            ("payment_method", "w-l"),
        ]:
            self.fields[name].widget.attrs["class"] = width

    @property
    def is_started(self):
        """Whether anything was typed, right or wrong: then the page shows this machine open."""
        return self.is_bound and any(self[name].data for name in self.fields)

    @property
    def is_answered(self):
        """Whether anything was said of this machine."""
        return any(value not in (None, "") for value in self.cleaned_data.values())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("price") and not cleaned.get("origin") and "origin" not in self.errors:
            self.add_error("origin", "Pilih asal mesin; itu menentukan besar penggantian.")
        bought, installed = cleaned.get("bought_on"), cleaned.get("installed_on")
        if bought and installed and installed < bought:
            self.add_error("installed_on", "Tanggal pasang harus tanggal beli atau sesudahnya.")
        return cleaned
