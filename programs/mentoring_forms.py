"""What a mentor writes down, and to whom a task goes."""

from django import forms
from django.utils.text import capfirst

from programs.esmart_enums import ContactWay, MentoringOutcome
from programs.forms import GuidedForm, ReasonForm
from programs.models import Mentor


def _choices(words):
    return [("", "Pilih"), *((one.value, capfirst(one.label)) for one in words)]


class NoteForm(GuidedForm):
    """A talk that does not close the task."""

    way = forms.ChoiceField(label="Lewat", choices=_choices(ContactWay))
    text = forms.CharField(
        label="Yang dibicarakan",
        max_length=2000,
        help_text="Contoh: foto produk sudah diperbaiki; menunggu ongkos kirim baru.",
        widget=forms.Textarea({"rows": 4}),
    )


class CompleteForm(NoteForm):
    """The last talk, and what came of it all."""

    outcome = forms.ChoiceField(label="Hasil", choices=_choices(MentoringOutcome))

    field_order = ["outcome", "way", "text"]


class AssignForm(GuidedForm):
    mentor = forms.ModelChoiceField(
        Mentor.objects.filter(is_active=True).select_related("user"),
        label="Pendamping",
        empty_label="Pilih pendamping",
    )


class DropForm(ReasonForm):
    def __init__(self, *args, **options):
        super().__init__(
            *args,
            label="Alasan",
            hint="Contoh: usaha sudah didampingi dinas kota untuk hal yang sama.",
            max_length=300,
            **options,
        )
