"""The form with which an owner begins an application."""

from django import forms

from programs.forms import GuidedForm
from programs.models import Organization


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
