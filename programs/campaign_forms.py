"""The files of campaign participants that officers hand in."""

from django import forms

from programs.forms import GuidedForm
from programs.models import Organization

MB = 1024 * 1024
LARGEST = 300 * MB


class ParticipantsFileForm(GuidedForm):
    file = forms.FileField(
        label="Berkas peserta (.csv atau .xlsx)",
        allow_empty_file=True,
        widget=forms.FileInput(
            {
                "accept": ".csv,.xlsx,text/csv,"
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "data-max-bytes": LARGEST,
            }
        ),
        help_text="CSV paling besar 300 MB, boleh berisi jutaan baris; Excel paling besar 5 MB. "
        "Baris pertama berisi judul kolom; urutannya bebas.",
        error_messages={"required": "Pilih berkas peserta, berupa .csv atau .xlsx."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                f"Berkas ini {file.size // MB} MB, paling besar {LARGEST // MB} MB. Bagi menjadi "
                "beberapa berkas, lalu unggah satu per satu."
            )
        return file


class JoinCampaignForm(GuidedForm):
    """Which of one's IKM takes part. ``organizations`` are those that do not yet."""

    organization = forms.ModelChoiceField(
        label="Usaha yang ikut",
        queryset=Organization.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="Nama, kabupaten/kota, dan NIB usaha itu dicatat; yang diumumkan hanya "
        "jumlahnya.",
    )

    def __init__(self, *args, organizations, **options):
        super().__init__(*args, **options)
        self.fields["organization"].queryset = organizations
        if (only := organizations[:2]) and len(only) == 1:
            self.initial.setdefault("organization", only[0].pk)
