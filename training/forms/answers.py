"""What participants type during and after an event: code, test, evaluation, name."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.text import capfirst

from programs.forms import GuidedForm
from training.certificate_names import LONGEST, read_certificate_name
from training.enums import ASPECTS_OF_A_SPEAKER, ASPECTS_OF_THE_EVENT, EvaluationAspect

# From poor to very good; the database holds 1 to 5.
MARKS = {"1": "Sangat kurang", "2": "Kurang", "3": "Cukup", "4": "Baik", "5": "Sangat baik"}


class CheckInForm(GuidedForm):
    """The six digits on the screen, for one of the sessions whose list is open."""

    sesi = forms.TypedChoiceField(
        coerce=int,
        label="Sesi yang Anda ikuti",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih sesi yang Anda ikuti.",
            "invalid_choice": "Pilih salah satu sesi kegiatan ini.",
        },
    )
    kode = forms.CharField(
        label="Kode enam angka",
        max_length=40,
        help_text="Ditampilkan panitia di layar dan berganti setiap 30 detik.",
        widget=forms.TextInput(
            {"class": "code", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
        error_messages={"required": "Ketik keenam angka kode yang tampak di layar panitia."},
    )

    def __init__(self, *args, sessions, **options):
        super().__init__(*args, **options)
        field = self.fields["sesi"]
        field.choices = [(one.number, f"Sesi {one.number}, {one.title}") for one in sessions]
        if len(sessions) == 1:
            field.widget = forms.HiddenInput()
            field.initial = sessions[0].number


class TestForm(GuidedForm):
    """All questions of a test, each with its options. No answer is right or wrong here."""

    __test__ = False  # pytest takes what begins with Test for a test

    def __init__(self, *args, questions, **options):
        super().__init__(*args, **options)
        for question in questions:
            missing = f"Jawab soal {question.number}."
            field = forms.TypedChoiceField(
                coerce=int,
                label=f"{question.number}. {question.text}",
                choices=[
                    (str(number), option) for number, option in enumerate(question.options, start=1)
                ],
                widget=forms.RadioSelect,
                error_messages={"required": missing, "invalid_choice": missing},
            )
            # Long answers are easier to read in plain letters.
            field.choices_kind = "plain"
            self.fields[f"soal_{question.number}"] = field

    def answers(self):
        """{question number: chosen option, from 1}."""
        return {
            int(name.removeprefix("soal_")): chosen for name, chosen in self.cleaned_data.items()
        }


class EvaluationForm(GuidedForm):
    """Marks from 1 to 5: of the event, and of each who spoke in it; moderators are not rated."""

    comment = forms.CharField(
        label="Saran untuk kegiatan berikutnya",
        required=False,
        max_length=1000,
        help_text="Jangan tulis nama atau nomor telepon Anda bila tidak ingin dikenali.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, speakers, **options):
        super().__init__(*args, **options)
        self._about = {}
        self.groups = [("Kegiatan", self._rate(ASPECTS_OF_THE_EVENT, None))]
        self.groups += [
            (f"{speaker}, sesi {speaker.session.number}", self._rate(ASPECTS_OF_A_SPEAKER, speaker))
            for speaker in speakers
        ]
        self.groups.append(("Saran", ["comment"]))

    def _rate(self, aspects, speaker):
        """Add a field for each of ``aspects``; their names."""
        names = []
        for aspect in aspects:
            name = f"{aspect}_{speaker.pk}" if speaker else str(aspect)
            words = EvaluationAspect(aspect).label
            whom = f" {speaker}," if speaker else ""
            missing = f"Pilih nilai untuk{whom} “{words}”."
            field = forms.TypedChoiceField(
                coerce=int,
                label=_with_whom(capfirst(words), speaker),
                choices=[(mark, mark) for mark in MARKS],
                widget=forms.RadioSelect,
                error_messages={"required": missing, "invalid_choice": missing},
            )
            field.choice_help, field.choices_kind = MARKS, "scale"
            self.fields[name] = field
            self._about[name] = (aspect, speaker)
            names.append(name)
        return names

    def scores(self):
        """{(aspect, speaker or None): 1 to 5}."""
        return {about: self.cleaned_data[name] for name, about in self._about.items()}


def _with_whom(words, speaker):
    """Who reads by ear hears at each question whom it is about."""
    return format_html('{}<span class="hide">: {}</span>', words, speaker) if speaker else words


class NameForm(GuidedForm):
    """The name as it will stand on the certificate."""

    name = forms.CharField(
        label="Nama lengkap dengan gelar",
        max_length=LONGEST,
        help_text="Persis seperti di sertifikat. Contoh: Dr. Siti Rahmah, S.T., M.Si.",
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Tulis nama Anda seperti di sertifikat."},
    )

    def clean_name(self):
        try:
            return read_certificate_name(self.cleaned_data["name"])
        except ValueError as problem:
            raise ValidationError(str(problem)) from None
