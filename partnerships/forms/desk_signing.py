"""What officers type about the signatures: another e-mail, a scan, and how the signing went."""

from django import forms

from partnerships.enums import Meterai
from partnerships.forms.desk_moves import A_DAY
from programs.forms import DateField, GuidedForm, UploadField


class LinkForm(GuidedForm):
    email = forms.EmailField(
        label="Surel penanda tangan",
        help_text="Tautan yang lama tidak berlaku lagi setelah yang baru dikirim.",
    )


class PaperForm(GuidedForm):
    scan = UploadField(
        label="Pindaian naskah yang ditandatangani",
        allow=("pdf", "image"),
        help_text="PDF paling besar 5 MB, atau foto.",
    )


class ActivationForm(GuidedForm):
    signed_on = DateField(label="Hari tanda tangan", help_text=f"Paling akhir hari ini. {A_DAY}.")
    signed_place = forms.CharField(
        label="Tempat tanda tangan", max_length=100, help_text="Contoh: Bukittinggi"
    )
    meterai = forms.ChoiceField(
        label="Meterai",
        choices=[(one, one.label[:1].upper() + one.label[1:]) for one in Meterai],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih meterainya."},
    )
    meterai_number = forms.CharField(
        label="Nomor meterai elektronik", required=False, max_length=30
    )
    witness_name = forms.CharField(label="Saksi dari Kementerian", max_length=150)
    witness_office = forms.CharField(label="Jabatan dan kantor saksi", max_length=150)
    scan = UploadField(
        label="Pindaian naskah yang ditandatangani",
        required=False,
        help_text="Bila belum diunggah, atau bila ada yang lebih lengkap.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["meterai_number"].show_when = f"meterai={Meterai.ELECTRONIC}"
        self.fields["meterai_number"].hide_optional = True

    def clean(self):
        cleaned = super().clean()
        is_electronic = cleaned.get("meterai") == Meterai.ELECTRONIC
        if is_electronic and not cleaned.get("meterai_number"):
            self.add_error("meterai_number", "Tulis nomor meterai elektronik.")
        if not is_electronic:
            cleaned["meterai_number"] = ""
        return cleaned
