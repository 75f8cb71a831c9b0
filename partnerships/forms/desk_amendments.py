"""An addendum as an officer proposes it: what shall change is ticked, then written."""

from datetime import date

from django import forms

from partnerships.enums import AmendedField, Side
from partnerships.forms.desk_moves import A_DAY, CompetencesField, ScopeForm, competences_of
from programs.forms import DateField

Field = AmendedField


class AmendmentForm(ScopeForm):
    """Only what is ticked is proposed, whatever stands in the other fields."""

    scope_is_required = False
    groups = [
        ("", ["side", "changed"]),
        (
            "Menjadi",
            [
                "ends_on",
                "competences",
                "clauses",
                "school_signatory",
                "school_position",
                "company_signatory",
                "company_position",
            ],
        ),
        ("", ["reason"]),
    ]
    side = forms.TypedChoiceField(
        label="Diusulkan atas nama",
        choices=[
            ("", "Kedua pihak"),
            (str(Side.SCHOOL), "Sekolah"),
            (str(Side.COMPANY), "Perusahaan"),
        ],
        coerce=Side,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text="Atas nama satu pihak, addendum menunggu persetujuan pihak lain. Atas nama "
        "kedua pihak, addendum langsung dapat diberlakukan.",
    )
    changed = forms.MultipleChoiceField(
        label="Yang diubah",
        choices=[(one, one.label[:1].upper() + one.label[1:]) for one in Field],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih paling sedikit satu hal yang diubah."},
    )
    ends_on = DateField(label="Tanggal berakhir", required=False, help_text=f"{A_DAY}.")
    competences = CompetencesField(required=False)
    clauses = forms.CharField(
        label="Ketentuan tambahan",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 5}),
    )
    school_signatory = forms.CharField(
        label="Penanda tangan sekolah", required=False, max_length=150
    )
    school_position = forms.CharField(
        label="Jabatan penanda tangan sekolah", required=False, max_length=100
    )
    company_signatory = forms.CharField(
        label="Penanda tangan perusahaan", required=False, max_length=150
    )
    company_position = forms.CharField(
        label="Jabatan penanda tangan perusahaan", required=False, max_length=100
    )
    reason = forms.CharField(
        label="Alasan perubahan",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="Ikut tercetak pada addendum.",
    )
    SHOWN = {
        "ends_on": Field.ENDS_ON,
        "competences": Field.COMPETENCES,
        "clauses": Field.CLAUSES,
        "school_signatory": Field.SCHOOL_SIGNATORY,
        "school_position": Field.SCHOOL_SIGNATORY,
        "company_signatory": Field.COMPANY_SIGNATORY,
        "company_position": Field.COMPANY_SIGNATORY,
    }

    def __init__(self, *args, agreement, **options):
        super().__init__(*args, **options)
        self.fields["competences"].queryset = competences_of(agreement.school_id, agreement)
        self.fields["side"].hide_optional = True
        for name, field in self.SHOWN.items():
            self.fields[name].show_when = f"changed={field}"
            self.fields[name].hide_optional = True
            if name != "competences":
                self.initial.setdefault(name, getattr(agreement, name))

    def clean(self):
        cleaned = super().clean()
        is_moved = Field.ENDS_ON in cleaned.get("changed", [])
        if is_moved and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", "Isi tanggal berakhir yang baru.")
        return cleaned

    def changes(self):
        """{field: value} in the form that ``amendments.current`` has."""
        typed = self.cleaned_data
        values = {
            Field.ENDS_ON: typed["ends_on"].isoformat()
            if isinstance(typed.get("ends_on"), date)
            else "",
            Field.COMPETENCES: sorted(one.pk for one in typed["competences"]),
            Field.SCOPE: sorted(
                ([kind, target, note] for kind, target, note in self.scope()),
                key=lambda row: row[0],
            ),
            Field.CLAUSES: typed["clauses"],
            Field.SCHOOL_SIGNATORY: [typed["school_signatory"], typed["school_position"]],
            Field.COMPANY_SIGNATORY: [typed["company_signatory"], typed["company_position"]],
        }
        return {str(name): values[name] for name in Field if name in typed["changed"]}
