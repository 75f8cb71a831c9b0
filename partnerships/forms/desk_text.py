"""The whole text of a PKS as an officer edits it, for both sides at once."""

from django import forms

from partnerships.forms.desk_moves import A_DAY, CompetencesField, ScopeForm, competences_of
from partnerships.models import Agreement, LaunchPhase
from partnerships.workflow.text import fields_for
from programs.forms import DateField, NipField

FIELDS = fields_for(None, is_officer=True)
SHORT = {
    "school_signatory": "Penanda tangan sekolah",
    "school_position": "Jabatan penanda tangan sekolah",
    "school_email": "Surel penanda tangan sekolah",
    "school_number": "Nomor pada sekolah",
    "company_signatory": "Penanda tangan perusahaan",
    "company_position": "Jabatan penanda tangan perusahaan",
    "company_email": "Surel penanda tangan perusahaan",
    "company_number": "Nomor pada perusahaan",
    "number": "Nomor PKS",
    "witness_name": "Saksi dari Kementerian",
    "witness_office": "Jabatan dan kantor saksi",
    "signed_place": "Tempat tanda tangan",
    "purpose": "Maksud kerja sama",
    "clauses": "Ketentuan tambahan",
}
HELP = {
    "number": "Kosongkan untuk nomor berikutnya; diberikan saat naskah ditetapkan.",
    "school_email": "Tautan tanda tangan dikirim ke sini. Kosongkan bila tanda tangan di kertas.",
    "company_email": "Tautan tanda tangan dikirim ke sini. Kosongkan bila tanda tangan di kertas.",
    "clauses": "Yang disepakati selain lingkup di bawah. Ikut tercetak.",
}
LONG = {"purpose": 3, "clauses": 6}


class TextForm(ScopeForm):
    """Nothing is compulsory here: what is missing hinders only fixing the text."""

    scope_is_required = False
    groups = [
        ("Isi perjanjian", ["purpose", "competences", "clauses"]),
        ("Masa berlaku", ["starts_on", "ends_on", "signed_place"]),
        (
            "Pihak sekolah",
            ["school_signatory", "school_position", "school_nip", "school_email", "school_number"],
        ),
        (
            "Pihak perusahaan",
            ["company_signatory", "company_position", "company_email", "company_number"],
        ),
        ("Kementerian", ["number", "phase", "witness_name", "witness_office"]),
    ]

    def __init__(self, *args, agreement, **options):
        super().__init__(*args, **options)
        for name in FIELDS:
            self.fields[name] = _field(name)
            self.initial.setdefault(name, getattr(agreement, name))
        self.fields["competences"] = CompetencesField(required=False)
        self.fields["competences"].queryset = competences_of(agreement.school_id, agreement)

    def values(self):
        return {name: self.cleaned_data[name] for name in FIELDS}


def _field(name):
    if name in ("starts_on", "ends_on"):
        label = "Berlaku mulai" if name == "starts_on" else "Berlaku sampai"
        return DateField(label=label, required=False, help_text=f"{A_DAY}.")
    if name == "school_nip":
        return NipField(label="NIP penanda tangan sekolah", required=False, help_text="18 angka.")
    if name == "phase":
        return forms.ModelChoiceField(
            LaunchPhase.objects.all(),
            label="Tahap peluncuran",
            required=False,
            empty_label="Di luar tahap peluncuran",
        )
    column = Agreement._meta.get_field(name)
    options = {"label": SHORT[name], "required": False, "help_text": HELP.get(name, "")}
    if name.endswith("_email"):
        return forms.EmailField(max_length=column.max_length, **options)
    if name in LONG:
        options["widget"] = forms.Textarea({"rows": LONG[name]})
    return forms.CharField(max_length=column.max_length, **options)
