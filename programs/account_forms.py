from django import forms
from django.utils.text import capfirst

from programs.enums import NotificationKind
from programs.forms import GuidedForm, PhoneField

CHOSEN_FREELY = [kind for kind in NotificationKind if kind != NotificationKind.DECISION]
ABOUT = {
    NotificationKind.TASK: "Misalnya permintaan perbaikan berkas dan jadwal kunjungan.",
    NotificationKind.REMINDER: "Sebelum batas waktu lewat.",
    NotificationKind.NEWS: "Misalnya permohonan masuk tahap berikutnya.",
}


class ProfileForm(GuidedForm):
    """Who somebody is for us, and which news also reaches them by mail."""

    groups = [("", ["name", "phone"]), ("Surel", ["mailed"])]

    name = forms.CharField(
        label="Nama lengkap",
        max_length=150,
        help_text="Seperti pada KTP. Contoh: Sari Wulandari",
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = PhoneField(
        label="Nomor telepon",
        required=False,
        help_text="Dipakai petugas bila perlu menelepon Anda. Contoh: 0812 3456 7890",
    )
    mailed = forms.MultipleChoiceField(
        label="Kabar yang juga dikirim lewat surel",
        required=False,
        choices=[(kind.value, capfirst(kind.label)) for kind in CHOSEN_FREELY],
        widget=forms.CheckboxSelectMultiple,
        help_text="Semua kabar tetap ada di situs ini. Keputusan tentang permohonan dan uang Anda "
        "selalu dikirim.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["mailed"].choice_help = ABOUT
        self.fields["mailed"].hide_optional = True

    def declined_mail(self):
        return [kind for kind in CHOSEN_FREELY if kind not in self.cleaned_data["mailed"]]
