"""What an officer types at a decision: a reason, an officer, a number and its day."""

from django import forms

from programs.forms import DateField, GuidedForm, RupiahField
from subsidies.enums import RejectionCode


class VerifierField(forms.ModelChoiceField):
    """A field verifier, with whom they work for, where, and how much they have to do."""

    def label_from_instance(self, verifier):
        home = ", ".join(part for part in (verifier.house, verifier.place) if part)
        return f"{verifier.name} ({f'{home}; ' if home else ''}{verifier.load} berkas)"


class CodeField(forms.ChoiceField):
    def __init__(self, **options):
        choices = [("", "Pilih kode alasan")] + [
            (code.value, f"{code.value} {code.label}") for code in RejectionCode
        ]
        super().__init__(choices=choices, **options)


def _text(label, hint, rows=3, **words):
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2000,
        widget=forms.Textarea({"rows": rows}),
        error_messages=words,
    )


FIELDS = {
    "verifier": lambda: VerifierField(
        None, label="Verifikator", empty_label="Pilih verifikator", help_text="Beban kini dalam "
        "tanda kurung."
    ),
    "code": lambda: CodeField(label="Kode alasan penolakan"),
    "reason": lambda: _text(
        "Alasan untuk pemohon",
        "Dibaca pemohon dan disimpan dalam riwayat.",
        required="Tulis alasan yang akan dibaca pemohon.",
    ),
    "remark": lambda: _text(
        "Alasan",
        "Disimpan dalam riwayat; tidak dibaca pemohon.",
        required="Tulis alasan tindakan ini untuk riwayat.",
    ),
    "number": lambda: forms.CharField(label="Nomor", max_length=60),
    "on": lambda: DateField(label="Tanggal", help_text="Contoh: 17/08/2026"),
    "amount": lambda: RupiahField(
        label="Nilai menurut SP2D", help_text="Rupiah bulat, sama dengan SK.", min_value=1
    ),
}  # fmt: skip


class DecisionForm(GuidedForm):
    """The decisions that are open now, and what each of them needs.

    ``decisions`` are (key, label, explanation, field names, {field: label}). With one decision
    there is nothing to choose. A field that only some of them need is asked for those alone.
    """

    decision = forms.ChoiceField(
        label="Pilih keputusan",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih salah satu keputusan.",
            "invalid_choice": "Keputusan ini tidak dapat diambil sekarang. Lihat keadaan terbaru.",
        },
    )

    def __init__(self, *args, decisions, verifiers=None, today, **options):
        options.setdefault("auto_id", "kep_%s")
        super().__init__(*args, **options)
        self.today = today
        self.needs = {decision.key: decision.fields for decision in decisions}
        choice = self.fields["decision"]
        choice.choices = [(decision.key, decision.label) for decision in decisions]
        choice.choice_help = {decision.key: decision.help for decision in decisions}
        if len(decisions) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = decisions[0].key
        for name, make in FIELDS.items():
            users = [decision for decision in decisions if name in decision.fields]
            if users:
                self._add(name, make(), users, alone=len(users) == len(decisions))
        if "verifier" in self.fields:
            self.fields["verifier"].queryset = verifiers

    def _add(self, name, field, users, *, alone):
        for decision in users:
            field.label = decision.labels.get(name, field.label)
        missing = {
            "verifier": "Pilih verifikator yang akan berkunjung.",
            "code": "Pilih kode alasan penolakan.",
        }.get(name, field.error_messages["required"])
        if name in ("number", "on"):
            missing = f"Isi {field.label[:1].lower()}{field.label[1:]}."
        field.error_messages["required"] = missing
        if not alone:
            field.required = False
            field.hide_optional = True
            field.show_when = f"decision={'|'.join(decision.key for decision in users)}"
        self.fields[name] = field

    def clean(self):
        cleaned = super().clean()
        for name in self.needs.get(cleaned.get("decision"), ()):
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        on = cleaned.get("on")
        if on and on > self.today:
            self.add_error(
                "on", "Tanggal ini belum tiba. Isi tanggal surat, paling akhir hari ini."
            )
        return cleaned


class HandOverForm(GuidedForm):
    """To whom a piece of work goes."""

    officer = forms.ModelChoiceField(None, label="Petugas", empty_label="Pilih petugas")

    def __init__(self, *args, officers, **options):
        super().__init__(*args, **options)
        field = self.fields["officer"]
        field.queryset = officers
        field.label_from_instance = lambda officer: f"{officer.name} ({officer.load} berkas)"
        field.error_messages["required"] = "Pilih petugas yang akan menerima permohonan ini."


class CheckForm(GuidedForm):
    """The check of one file. A refusal says what to mend."""

    accepted = forms.TypedChoiceField(
        choices=[("ya", "Terima"), ("tidak", "Minta perbaikan")],
        coerce=lambda value: value == "ya",
        error_messages={"required": "Pilih Terima atau Minta perbaikan."},
    )
    note = forms.CharField(
        label="Yang harus diperbaiki",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Hanya bila diminta perbaikan; dibaca pemohon di samping berkas ini.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["note"].hide_optional = True

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("accepted") is False and not cleaned.get("note"):
            self.add_error("note", "Tulis apa yang harus diperbaiki pada berkas ini.")
        return cleaned


class NoteForm(GuidedForm):
    """A note pinned to one answer. ``choices`` are (“usaha.workers” or “mesin.name.7”, label)."""

    field = forms.ChoiceField(
        label="Isian", error_messages={"required": "Pilih isian yang dimaksud."}
    )
    text = forms.CharField(
        label="Yang harus diperbaiki",
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Dibaca pemohon di isian itu. Contoh: Nomor seri berbeda dari pelat nama.",
    )

    def __init__(self, *args, choices, **options):
        options.setdefault("auto_id", "catatan_%s")
        super().__init__(*args, **options)
        self.fields["field"].choices = [("", "Pilih isian"), *choices]


class InternalNoteForm(GuidedForm):
    """A word between officers."""

    text = forms.CharField(
        label="Tambah catatan",
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Tulis catatan untuk petugas lain."},
    )

    def __init__(self, *args, **options):
        options.setdefault("auto_id", "antar_%s")
        super().__init__(*args, **options)
