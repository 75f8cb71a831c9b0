"""The business as it is today, what it can make, and the account that will receive the money."""

from django import forms

from programs.business_fields import (
    MOST_RUPIAH,
    InvestmentField,
    KbliYearField,
    LegalFormField,
    TurnoverField,
    WorkersField,
)
from programs.forms import KbliField, RupiahField
from programs.region_field import RegencyField
from subsidies.forms.account import AccountNumberField
from subsidies.forms.part import PartForm, YesNoField


class BusinessForm(PartForm):
    """Data usaha: what decides whether the business may take part."""

    groups = [
        (
            "Izin dan skala usaha",
            ["legal_form", "kbli_code", "kbli_version", "workers", "investment"],
        ),
        ("Tempat mesin dipasang", ["site_region", "site_address"]),
        ("Bantuan lain dan kuasa", ["other_scheme_this_year", "has_proxy"]),
    ]
    needed = [
        "legal_form",
        "kbli_code",
        "kbli_version",
        "workers",
        "investment",
        "site_region",
        "site_address",
        "other_scheme_this_year",
    ]

    legal_form = LegalFormField(required=False, help_text="Seperti pada NIB atau akta.")
    kbli_code = KbliField(
        label="Kode KBLI",
        required=False,
        help_text="Lima angka pada NIB, untuk kegiatan yang memakai mesin ini. Contoh: 14111",
    )
    kbli_version = KbliYearField()
    workers = WorkersField(
        help_text="Pekerja tetap dan tidak tetap yang bekerja sekarang, termasuk pemilik."
    )
    investment = InvestmentField()
    site_region = RegencyField(label="Kabupaten/kota", required=False)
    site_address = forms.CharField(
        label="Alamat tempat mesin",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        help_text="Jalan, nomor, kelurahan atau desa, kecamatan. Petugas berkunjung ke alamat ini.",
    )
    other_scheme_this_year = YesNoField(
        label="Apakah tahun ini mesin yang sama sudah dibantu program lain?",
        required=False,
        yes="Ya, sudah",
        no="Belum",
        help_text="Misalnya program restrukturisasi lain dari kementerian atau pemerintah daerah.",
    )
    has_proxy = forms.BooleanField(
        label="Permohonan ini diurus orang lain dengan surat kuasa",
        required=False,
        help_text="Bila ya, surat kuasanya diminta di bagian berkas.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["kbli_code"].widget.attrs["class"] = "w-m"


class BaselineForm(PartForm):
    """Capacity and turnover before the new machine, with which monitoring compares later."""

    needed = ["capacity", "turnover"]

    capacity = forms.CharField(
        label="Kapasitas sebulan sebelum mesin baru",
        required=False,
        max_length=100,
        help_text="Jumlah dan satuannya. Contoh: 1.200 potong seragam",
    )
    turnover = TurnoverField()
    exports = RupiahField(
        label="Nilai ekspor setahun",
        required=False,
        max_value=MOST_RUPIAH,
        help_text="Kosongkan bila tidak mengekspor.",
    )


class AccountForm(PartForm):
    """The account to which the reimbursement is paid."""

    needed = ["bank_name", "account_number", "account_holder"]

    bank_name = forms.CharField(
        label="Nama bank", required=False, max_length=60, help_text="Contoh: Bank Nagari"
    )
    account_number = AccountNumberField(
        label="Nomor rekening",
        required=False,
        help_text="Rekening atas nama usaha atau pemilik. Contoh: 1234567890",
    )
    account_holder = forms.CharField(
        label="Nama pemilik rekening",
        required=False,
        max_length=150,
        help_text="Persis seperti pada buku rekening.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["account_number"].widget.attrs["class"] = "w-l"


class StatementForm(PartForm):
    """Whether the owner accepts the statement (DOK20)."""

    accepted = forms.BooleanField(
        label="Saya sudah membaca dan menyetujui pernyataan di atas", required=False
    )
    needed = ["accepted"]

    def stored(self, name):
        return self.record.statement_accepted_at is not None
