"""What officers type to propose an agreement and to move it on: reasons, days, competences."""

from django import forms
from django.db.models import Q

from partnerships.enums import UNITS, ScopeKind
from partnerships.models import Competence, LaunchPhase
from programs.forms import DateField, GuidedForm

A_DAY = "Contoh: 17/08/2026"
NOT_A_NUMBER = ("invalid", "min_value", "max_value")


class CompetencesField(forms.ModelMultipleChoiceField):
    """Some of what the school teaches; the curriculum is said, because both are in use."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options):
        options.setdefault("label", "Kompetensi")
        options.setdefault("error_messages", {"required": "Pilih paling sedikit satu kompetensi."})
        super().__init__(Competence.objects.none(), **options)

    def label_from_instance(self, competence):
        return competence.full_name


class PhaseField(forms.ModelChoiceField):
    def __init__(self, **options):
        super().__init__(
            LaunchPhase.objects.all(),
            label="Tahap peluncuran",
            required=False,
            empty_label="Di luar tahap peluncuran",
            **options,
        )

    def label_from_instance(self, phase):
        return f"{phase}: {phase.area}"


def competences_of(school, agreement=None):
    """What the school teaches, and what the agreement names already."""
    wanted = Q(schools__organization=school)
    if agreement is not None:
        wanted |= Q(agreement_rows__agreement=agreement)
    return Competence.objects.filter(wanted).distinct()


class ScopeForm(GuidedForm):
    """A form in which the things to do are ticked, each with its target and a few words.

    The fields of a kind are named after it; ``scope_rows`` puts them side by side for the page.
    """

    def __init__(self, *args, scope=(), **options):
        super().__init__(*args, **options)
        known = {kind: (target, note) for kind, target, note in scope}
        for kind in ScopeKind:
            name = kind.label[:1].upper() + kind.label[1:]
            target, note = known.get(kind, (None, ""))
            self.fields[f"do_{kind}"] = forms.BooleanField(
                label=name, required=False, initial=kind in known
            )
            self.fields[f"target_{kind}"] = forms.IntegerField(
                label=f"Target ({UNITS[kind]})",
                required=False,
                min_value=1,
                max_value=100_000,
                initial=target,
                widget=forms.TextInput(
                    {
                        "class": "w-s",
                        "maxlength": "6",
                        "inputmode": "numeric",
                        "aria-label": f"{name}: target ({UNITS[kind]})",
                    }
                ),
                error_messages=dict.fromkeys(
                    NOT_A_NUMBER, f"Target {kind.label} adalah angka bulat mulai dari 1."
                ),
            )
            self.fields[f"note_{kind}"] = forms.CharField(
                label="Uraian",
                required=False,
                max_length=300,
                initial=note,
                widget=forms.TextInput({"aria-label": f"{name}: uraian"}),
            )

    scope_is_required = True

    def clean(self):
        cleaned = super().clean()
        for kind in ScopeKind:
            has_more = cleaned.get(f"target_{kind}") or cleaned.get(f"note_{kind}")
            if has_more and not cleaned.get(f"do_{kind}"):
                self.add_error(
                    f"do_{kind}", f"Centang {kind.label}, atau hapus target dan uraiannya."
                )
        if self.scope_is_required and not self.scope() and not self.scope_errors:
            self.add_error(None, "Pilih paling sedikit satu lingkup kerja sama.")
        return cleaned

    @property
    def scope_errors(self):
        return [name for name in self.errors if name.startswith(("do_", "target_", "note_"))]

    def scope(self):
        """(kind, target or None, note) of each thing that was ticked."""
        typed = self.cleaned_data
        return [
            (str(kind), typed.get(f"target_{kind}"), typed.get(f"note_{kind}") or "")
            for kind in ScopeKind
            if typed.get(f"do_{kind}")
        ]

    def scope_rows(self):
        for kind in ScopeKind:
            yield {
                "do": self[f"do_{kind}"],
                "target": self[f"target_{kind}"],
                "note": self[f"note_{kind}"],
                "unit": UNITS[kind],
            }

    def plain_groups(self):
        """The groups of the form without the fields of the table."""
        for title, fields in self.field_groups():
            rest = [one for one in fields if not one.name.startswith(("do_", "target_", "note_"))]
            if rest:
                yield title, rest


class ProposalForm(ScopeForm):
    competences = CompetencesField(label="Kompetensi yang diajarkan sekolah ini")
    purpose = forms.CharField(
        label="Maksud kerja sama",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Boleh menyusul di naskah.",
    )
    phase = PhaseField()

    def __init__(self, *args, school, **options):
        super().__init__(*args, **options)
        self.fields["competences"].queryset = competences_of(school)


class MatchForm(GuidedForm):
    competences = CompetencesField(
        label="Kompetensi perjanjian ini",
        help_text="Yang diajarkan sekolah, dan yang sudah diusulkan.",
    )
    phase = PhaseField(help_text="Tahap yang sudah dipilih tetap bila dikosongkan.")

    def __init__(self, *args, agreement, **options):
        super().__init__(*args, **options)
        self.fields["competences"].queryset = competences_of(agreement.school_id, agreement)


class ReasonForm(GuidedForm):
    reason = forms.CharField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Dibaca kedua pihak.",
        error_messages={"required": "Tulis alasannya; kedua pihak membacanya."},
    )


class WithdrawActivityForm(GuidedForm):
    reason = forms.CharField(
        label="Alasan pembatalan",
        max_length=300,
        help_text="Contoh: Tercatat dua kali.",
        error_messages={"required": "Tulis alasan pembatalan kegiatan ini."},
    )


class TerminateForm(ReasonForm):
    on = DateField(label="Dihentikan per tanggal", help_text=f"Paling akhir hari ini. {A_DAY}.")

    field_order = ["on", "reason"]
