"""The list of people that organizers hand in as a file."""

from django import forms
from django.utils.text import capfirst

from training.enums import AudienceKind
from training.forms.group import PeopleFileForm


class ParticipantFileForm(PeopleFileForm):
    """A list holds people of one kind; the file has no column for it."""

    kind = forms.ChoiceField(label="Semua orang di berkas ini mendaftar sebagai")

    def __init__(self, *args, event, **options):
        super().__init__(*args, **options)
        kinds = [AudienceKind(kind) for kind in event.audience_kinds] or list(AudienceKind)
        self.fields["kind"].choices = [(kind.value, capfirst(kind.label)) for kind in kinds]
