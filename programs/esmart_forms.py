"""What owners and Dinas tell e-Smart about an IKM."""

from django import forms

from programs.forms import GuidedForm
from programs.organization_forms import IkmForm


class EnrolForm(IkmForm):
    """The IKM as the register has it, to be checked by its owner. Its commodity must be known."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["commodity"].required = True
        self.fields["commodity"].error_messages["required"] = "Pilih komoditas."


class ProposeForm(GuidedForm):
    """Whom a Dinas asks to agree. Where the owner has an account here, nobody else can be named."""

    owner_name = forms.CharField(
        label="Nama pemilik", max_length=150, help_text="Seperti pada KTP. Contoh: Rahmah Contoh"
    )
    owner_email = forms.EmailField(
        label="Surel pemilik",
        help_text="Tautan persetujuan dikirim ke sini. Contoh: rahmah@contoh.id",
        error_messages={
            "required": "Isi surel pemilik.",
            "invalid": "Tulis alamat surel yang lengkap. Contoh: rahmah@contoh.id",
        },
    )

    def __init__(self, *args, owner=None, **options):
        super().__init__(*args, **options)
        self.owner = owner
        if owner is not None:
            self.fields.clear()

    def clean(self):
        cleaned = super().clean()
        if self.owner is not None:
            return {"owner_name": self.owner.name, "owner_email": self.owner.email}
        return cleaned

    def clean_owner_email(self):
        return self.cleaned_data["owner_email"].lower()
