"""A proposal: with whom, for which competences, to do what, and to what end."""

from django import forms

from partnerships.forms.competences import ChoosesCompetences
from partnerships.forms.scope import ChoosesScope
from programs.forms import GuidedForm


class ProposalForm(GuidedForm, ChoosesCompetences, ChoosesScope):
    """What is proposed to a partner that was chosen before."""

    purpose = forms.CharField(
        label="Maksud kerja sama",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Satu atau dua kalimat. Contoh: menyelaraskan pembelajaran pemesinan dengan "
        "kebutuhan industri.",
        error_messages={"required": "Tulis maksud kerja sama dalam satu kalimat."},
    )

    def __init__(self, *args, offered, catalog, preselected=(), **options):
        options["initial"] = {"competences": list(preselected)}
        super().__init__(*args, **options)
        self.offer(offered, catalog)
        self.add_scope()

    def clean(self):
        values = super().clean()
        self.require_one()
        self.require_scope()
        return values
