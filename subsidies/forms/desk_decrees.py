"""What the PPK types when a decree names its recipients."""

from django import forms

from programs.forms import DateField, GuidedForm


class DecreeForm(GuidedForm):
    number = forms.CharField(
        label="Nomor SK", max_length=80, help_text="Contoh: 147/IKMA/SK/9/2026"
    )
    signed_on = DateField(label="Tanggal SK", help_text="Contoh: 17/08/2026")
    signatory = forms.CharField(
        label="Ditetapkan oleh",
        max_length=150,
        help_text="Nama dan jabatan yang menandatangani.",
    )

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.today = today

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > self.today:
            raise forms.ValidationError(
                "Tanggal ini belum tiba. Isi tanggal SK, paling akhir hari ini."
            )
        return day
