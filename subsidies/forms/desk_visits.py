"""What a field verifier types, mostly on a telephone at the applicant's place."""

import datetime

from django import forms
from django.utils import timezone

from programs.forms import DateField, GuidedForm, UploadField
from subsidies.models.visit import ABOUT_A_MACHINE, ABOUT_THE_COMPANY, VisitQuestion


class ScheduleForm(GuidedForm):
    """The day and the hour of a visit, in WIB, and a word to the owner."""

    day = DateField(label="Hari kunjungan", help_text="Contoh: 17/08/2026")
    hour = forms.TimeField(
        label="Jam (WIB)",
        help_text="Contoh: 09.30",
        input_formats=["%H.%M", "%H:%M", "%H"],
        error_messages={"invalid": "Tulis jam seperti 09.30."},
    )
    message = forms.CharField(
        label="Pesan untuk pemohon",
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="Misalnya apa yang perlu disiapkan.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["hour"].widget = forms.TextInput(
            {"inputmode": "decimal", "class": "w-s", "autocomplete": "off"}
        )

    @property
    def starts_at(self):
        values = self.cleaned_data
        naive = datetime.datetime.combine(values["day"], values["hour"])
        return timezone.make_aware(naive)


class PhotoForm(GuidedForm):
    """A photo taken on the spot; place and time come from the camera, if it says so."""

    photo = UploadField(label="Foto", allow=("image",), keep_location=True, camera=True)
    caption = forms.CharField(
        label="Keterangan", max_length=150, help_text="Contoh: Pelat nama mesin bordir"
    )


class AnswerForm(GuidedForm):
    """One question of the checklist. A “no” says what was seen instead."""

    is_yes = forms.TypedChoiceField(
        choices=[("ya", "Sesuai"), ("tidak", "Tidak sesuai")],
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Yang Anda lihat", required=False, max_length=300)

    def __init__(self, *args, question, machine=None, **options):
        super().__init__(*args, **options)
        self.question, self.machine = question, machine
        field = self.fields["is_yes"]
        field.label = VisitQuestion(question).label
        field.error_messages["required"] = f"Jawab: {field.label}."
        note = self.fields["note"]
        note.hide_optional = True
        note.show_when = f"{self.add_prefix('is_yes')}=tidak"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_yes") is False and not cleaned.get("note"):
            self.add_error("note", "Tulis apa yang Anda lihat sebenarnya.")
        return cleaned

    @property
    def answer(self):
        values = self.cleaned_data
        return self.question, self.machine, values["is_yes"], values["note"]


class FindingsForm(GuidedForm):
    """What was found in words, with whom, and where."""

    met_with = forms.CharField(
        label="Ditemui oleh", max_length=150, help_text="Nama dan hubungannya dengan usaha ini."
    )
    findings = forms.CharField(
        label="Temuan",
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Keadaan usaha dan mesin, dengan kata-kata Anda. Masuk ke berita acara.",
    )


class Minutes:
    """The whole visit: the questions about the company and each machine, then the findings."""

    management_form = None  # an error summary takes it for a formset

    def __init__(self, machines, data=None):
        self.groups = [
            ("Tentang usaha", [self._ask(q, None, data) for q in ABOUT_THE_COMPANY]),
            *(
                (machine.name, [self._ask(q, machine, data) for q in ABOUT_A_MACHINE])
                for machine in machines
            ),
        ]
        self.findings = FindingsForm(data)

    @staticmethod
    def _ask(question, machine, data):
        prefix = f"{question.lower()}-{machine.pk if machine else 'usaha'}"
        return AnswerForm(data, prefix=prefix, question=question, machine=machine)

    def __iter__(self):
        for _, questions in self.groups:
            yield from questions
        yield self.findings

    def non_form_errors(self):
        return []

    def is_valid(self):
        return all([form.is_valid() for form in self])  # noqa: C419 - every form is judged

    @property
    def answers(self):
        return [form.answer for _, questions in self.groups for form in questions]
