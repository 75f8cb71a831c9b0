"""An addendum: the agreement's changeable parts as they stand, to be changed, and why."""

from django import forms

from partnerships.enums import AmendedField, Side
from partnerships.forms.competences import ChoosesCompetences
from partnerships.forms.scope import ChoosesScope
from partnerships.workflow.amendments import current
from programs.forms import DateField, GuidedForm

SIGNATORY = {Side.SCHOOL: "school_signatory", Side.COMPANY: "company_signatory"}


class AmendmentForm(GuidedForm, ChoosesCompetences, ChoosesScope):
    """What is left as it stands is not part of the addendum. One's own signatory alone changes."""

    ends_on = DateField(label="Berlaku sampai", help_text="Contoh: 30/06/2030")
    clauses = forms.CharField(
        label="Ketentuan tambahan",
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    signatory = forms.CharField(label="Nama penanda tangan", max_length=150)
    position = forms.CharField(label="Jabatan", max_length=100)
    reason = forms.CharField(
        label="Alasan perubahan",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Pihak lain dan petugas membaca alasan ini.",
        error_messages={"required": "Tulis alasan perubahan."},
    )

    def __init__(self, *args, side, agreement, offered, catalog, scope, chosen, **options):
        self.side, self.agreement = side, agreement
        name, position = current(agreement, SIGNATORY[side])
        options["initial"] = {
            "ends_on": agreement.ends_on,
            "clauses": agreement.clauses,
            "signatory": name,
            "position": position,
            "competences": [one.pk for one in chosen],
        }
        super().__init__(*args, **options)
        self.fields["clauses"].hide_optional = True
        self.offer(offered, catalog)
        self.add_scope(scope)

    def clean(self):
        values = super().clean()
        self.require_one()
        self.require_scope()
        return values

    def changes(self):
        """{field: new value} of what is not as it stands."""
        values = self.cleaned_data
        wanted = {
            AmendedField.ENDS_ON: values["ends_on"].isoformat(),
            AmendedField.COMPETENCES: sorted(one.pk for one in self.chosen()),
            AmendedField.SCOPE: sorted([str(kind), *rest] for kind, *rest in self.scope()),
            AmendedField.CLAUSES: values["clauses"],
            SIGNATORY[self.side]: [values["signatory"], values["position"]],
        }
        return {
            str(name): value
            for name, value in wanted.items()
            if value != _plain(current(self.agreement, name))
        }


def _plain(value):
    """Lines end in one way, whichever browser sent them."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
