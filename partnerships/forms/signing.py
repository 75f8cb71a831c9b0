"""Signing: in the site, by personal link, on paper; and sending the link once more."""

from django import forms

from programs.forms import GuidedForm, UploadField


class SignForm(GuidedForm):
    """That the text was read, and by whom it is signed."""

    has_read = forms.BooleanField(
        error_messages={"required": "Centang pernyataan ini untuk menandatangani."}
    )

    def __init__(self, *args, signature, **options):
        super().__init__(*args, **options)
        self.fields["has_read"].label = (
            f"Saya sudah membaca naskahnya dan menandatanganinya sebagai {signature.name}, "
            f"{signature.position}"
        )


class SiteSignForm(SignForm):
    """The same by somebody of the side who is signed in, for its signatory."""

    def __init__(self, *args, signature, **options):
        super().__init__(*args, signature=signature, **options)
        self.fields["has_read"].label = (
            f"Saya {signature.name}, {signature.position}, atau diberi wewenang olehnya, sudah "
            "membaca naskahnya, dan menandatanganinya"
        )


class SendLinkForm(GuidedForm):
    """Where the new link goes."""

    email = forms.EmailField(
        label="Surel penanda tangan",
        help_text="Boleh surel lain daripada yang tertulis pada naskah.",
        error_messages={
            "required": "Isi surel penanda tangan.",
            "invalid": "Tulis surel yang lengkap. Contoh: kepala@smk.sch.id",
        },
    )


class ScanForm(GuidedForm):
    """The scan of the paper that one's side signed."""

    scan = UploadField(
        label="Pindaian naskah yang sudah ditandatangani",
        help_text="Satu PDF, paling besar 5 MB, atau satu foto halaman tanda tangan yang jelas.",
    )
