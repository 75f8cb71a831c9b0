"""What the people of an IKM tell about their shops, and what these sold."""

import re

from django import forms

from programs.forms import DateField, GuidedForm, RupiahField, TypedField
from programs.models import Marketplace
from programs.rupiah import group_thousands
from programs.shop_links import HOST

MOST = 1_000_000
MOST_RUPIAH = 10**12
WHOLE = re.compile(r"[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+", re.ASCII)


class ShopChangeForm(GuidedForm):
    name = forms.CharField(
        label="Nama toko",
        max_length=100,
        help_text="Seperti yang dilihat pembeli. Contoh: Songket Rahmah Official",
    )
    url = forms.CharField(
        label="Tautan toko",
        max_length=300,
        help_text="Di aplikasi lokapasar pilih Bagikan toko, lalu Salin tautan. "
        "Contoh: https://tokopedia.com/songketrahmah",
        widget=forms.TextInput(
            {"inputmode": "url", "autocomplete": "url", "autocapitalize": "none"}
        ),
    )
    opened_on = DateField(
        label="Dibuka pada",
        help_text="Hari mulai berjualan di sana; perkiraan boleh. Contoh: 17/08/2025",
    )


class ShopForm(ShopChangeForm):
    """A new shop: also of which IKM, when somebody has several, and where it is."""

    field_order = ["organization", "marketplace"]

    organization = forms.ModelChoiceField(label="Usaha", queryset=None, empty_label="Pilih usaha")
    marketplace = forms.ModelChoiceField(
        label="Lokapasar",
        queryset=None,
        empty_label="Pilih lokapasar",
        help_text="Tempat berjualan daring. Tidak ada di daftar? Pilih Situs web sendiri atau "
        "Media sosial.",
    )

    def __init__(self, *args, organizations, today, **options):
        super().__init__(*args, **options)
        self.fields["organization"].queryset = organizations
        self.fields["marketplace"].queryset = Marketplace.objects.open_on(today)
        if len(organizations) == 1:
            self.fields["organization"].widget = forms.HiddenInput()
            self.initial["organization"] = organizations[0].pk


class ShopCloseForm(GuidedForm):
    closed_on = DateField(
        label="Ditutup pada",
        help_text="Hari terakhir berjualan di sana. Contoh: 17/08/2026",
    )


class LinkCheckForm(GuidedForm):
    """What an officer saw behind the link of a shop."""

    GOOD, WRONG = "sesuai", "tidak"

    verdict = forms.ChoiceField(
        label="Hasil pemeriksaan",
        choices=[(GOOD, "Sesuai"), (WRONG, "Tidak sesuai")],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih sesuai atau tidak sesuai."},
    )
    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=300,
        help_text="Wajib bila tidak sesuai; pemilik membacanya. Contoh: tautan menuju toko lain.",
        widget=forms.Textarea({"rows": 3}),
    )


class HostsField(TypedField):
    """The hosts of a marketplace, between commas."""

    empty_value = ()

    def __init__(self, **options):
        super().__init__(
            label="Alamat situs",
            required=False,
            help_text="Dipisahkan koma, tanpa https://. Kosong: alamat apa pun. "
            "Contoh: tokopedia.com, tokopedia.link",
            **options,
        )

    def read(self, value):
        hosts = [part.strip().lower() for part in re.split(r"[,;\s]+", value) if part.strip()]
        for host in hosts:
            if not HOST.fullmatch(host):
                raise ValueError(f"“{host[:60]}” bukan alamat situs. Contoh: tokopedia.com")
        return hosts

    def to_python(self, value):
        return list(super().to_python(value))

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list | tuple) else value


class CountField(TypedField):
    """How many: whole, zero or more, with or without dots."""

    attrs = {"autocomplete": "off", "inputmode": "numeric", "class": "w-s"}
    empty_value = None

    def read(self, value):
        said = f"Anda menulis “{value[:40]}”."
        if value.startswith(("-", "−", "–")):
            raise ValueError(f"Tulis 0 atau lebih, tanpa tanda minus. {said}")
        if not WHOLE.fullmatch(value):
            raise ValueError(f"Tulis angka bulat saja, misalnya 12. {said}")
        number = int(value.replace(".", ""))
        if number > MOST:
            raise ValueError(f"Paling banyak {group_thousands(MOST)}. {said}")
        return number

    def prepare_value(self, value):
        return group_thousands(value) if isinstance(value, int) else value


class SalesForm(GuidedForm):
    """The sales of one shop in one month: one minute on a phone."""

    orders = CountField(
        label="Pesanan",
        help_text="Pesanan yang selesai bulan ini. Tidak ada? Tulis 0. Contoh: 12",
    )
    units = CountField(
        label="Barang terjual", help_text="Jumlah barang dari semua pesanan. Contoh: 20"
    )
    turnover = RupiahField(
        label="Omzet",
        max_value=MOST_RUPIAH,
        help_text="Uang dari penjualan, sebelum dipotong biaya. Contoh: 1.500.000",
    )
    exports = RupiahField(
        label="Termasuk ekspor",
        required=False,
        max_value=MOST_RUPIAH,
        help_text="Bagian omzet dari pembeli di luar negeri. Kosongkan bila tidak ada.",
    )
    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=300,
        help_text="Contoh: stok habis karena bahan baku terlambat.",
    )

    def clean_exports(self):
        return self.cleaned_data["exports"] or 0
