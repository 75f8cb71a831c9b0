"""What shall be done together, and how much of it: a row for each kind."""

from typing import NamedTuple

from django import forms
from django.utils.text import capfirst

from partnerships.enums import UNITS, ScopeKind

MOST = 1_000_000


class Row(NamedTuple):
    """A kind as the page shows it: its tick, its target, and in what that is counted."""

    tick: object
    target: object
    unit: str


class ChoosesScope(forms.Form):
    """The part of a form that asks for the scope. A target alone counts as a tick as well."""

    def add_scope(self, items=()):
        """``items`` are (kind, target, note) as they stand; the notes are kept."""
        self.notes = {kind: note for kind, _, note in items}
        targets = {kind: target for kind, target, _ in items}
        for kind in ScopeKind:
            label = capfirst(kind.label)
            self.fields[f"do_{kind}"] = forms.BooleanField(
                label=label, required=False, initial=kind in targets
            )
            self.fields[f"target_{kind}"] = forms.IntegerField(
                label=f"Target {kind.label} ({UNITS[kind]})",
                required=False,
                min_value=1,
                max_value=MOST,
                initial=targets.get(kind),
                widget=forms.TextInput({"inputmode": "numeric", "class": "w-s"}),
                error_messages={
                    "invalid": f"Tulis target {kind.label} dengan angka saja. Contoh: 30",
                    "min_value": f"Tulis target {kind.label} paling sedikit 1, atau kosongkan.",
                    "max_value": f"Target {kind.label} terlalu besar. Periksa lagi angkanya.",
                },
            )

    def scope_rows(self):
        return [Row(self[f"do_{kind}"], self[f"target_{kind}"], UNITS[kind]) for kind in ScopeKind]

    def scope(self):
        """(kind, target or None, note) of what was chosen."""
        return [
            (kind, self.cleaned_data.get(f"target_{kind}"), self.notes.get(kind, ""))
            for kind in ScopeKind
            if self.cleaned_data.get(f"do_{kind}") or self.cleaned_data.get(f"target_{kind}")
        ]

    def require_scope(self):
        if not any(name.startswith("target_") for name in self.errors) and not self.scope():
            self.add_error(f"do_{ScopeKind.CURRICULUM}", "Pilih paling sedikit satu lingkup.")
