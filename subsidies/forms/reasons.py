"""Forms of one decision by the owner, with its reason where others will read it."""

from django import forms

from programs.forms import GuidedForm
from programs.models import Organization


class ReasonForm(GuidedForm):
    """A reason in the owner's own words. ``label``, ``hint`` and ``missing`` fit the occasion."""

    reason = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, label, hint="", missing="", **options):
        super().__init__(*args, **options)
        field = self.fields["reason"]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = missing or f"Isi {label.lower()}."


class StartForm(GuidedForm):
    """For which of one's own IKM the application is."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label="Untuk usaha yang mana?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Pilih usaha yang mengajukan.",
            "invalid_choice": "Pilih salah satu usaha Anda di bawah ini.",
        },
    )

    def __init__(self, *args, organizations, **options):
        super().__init__(*args, **options)
        field = self.fields["organization"]
        field.queryset = organizations
        field.choice_help = {
            organization.pk: organization.region.full_name
            for organization in organizations
            if organization.region
        }
