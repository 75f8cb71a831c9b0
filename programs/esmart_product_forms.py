"""What owners tell about their products."""

from django import forms
from django.utils.text import capfirst

from programs.enums import Commodity
from programs.esmart_enums import CertificationKind
from programs.forms import DateField, GuidedForm, RupiahField, UploadField

MOST_PRICE = 10**12


class ProductForm(GuidedForm):
    name = forms.CharField(
        label="Nama produk", max_length=120, help_text="Contoh: Keripik sanjai balado 250 gram"
    )
    commodity = forms.ChoiceField(
        label="Komoditas",
        choices=[
            ("", "Pilih komoditas"),
            *[(one.value, capfirst(one.label)) for one in Commodity],
        ],
    )
    price = RupiahField(
        label="Harga",
        min_value=1,
        max_value=MOST_PRICE,
        help_text="Harga jual dalam rupiah bulat. Contoh: 25.000",
    )
    unit = forms.CharField(
        label="Harga untuk setiap",
        max_length=30,
        initial="buah",
        help_text="Contoh: buah, bungkus, lembar, kilogram",
    )
    description = forms.CharField(
        label="Keterangan",
        required=False,
        max_length=1000,
        help_text="Bahan, ukuran, rasa, cara memesan. Contoh: Singkong pilihan, tahan 3 bulan.",
        widget=forms.Textarea({"rows": 4}),
    )


class PhotoForm(GuidedForm):
    photo = UploadField(
        label="Foto produk",
        allow=("image",),
        help_text="JPG atau PNG, potret di tempat terang dengan latar polos. Data lokasi dalam "
        "foto kami hapus.",
    )


class CertificationForm(GuidedForm):
    kind = forms.ChoiceField(
        label="Jenis sertifikat", choices=[("", "Pilih jenis"), *CertificationKind.choices]
    )
    number = forms.CharField(
        label="Nomor sertifikat", max_length=60, help_text="Contoh: ID13110000123456"
    )
    issued_on = DateField(label="Terbit pada", required=False, help_text="Contoh: 17/08/2024")
    expires_on = DateField(
        label="Berlaku sampai",
        required=False,
        help_text="Contoh: 17/08/2028. Kosongkan bila tidak ada batasnya. Kami mengingatkan Anda "
        "60, 30, dan 7 hari sebelumnya.",
    )
