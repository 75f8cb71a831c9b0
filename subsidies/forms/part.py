"""What all pages of an application's form share: they may be saved half filled, and by two tabs."""

import json

from django import forms
from django.db.models import Model
from django.utils.crypto import salted_hmac

from programs.forms import GuidedForm


class YesNoField(forms.TypedChoiceField):
    """A question that is answered yes, no, or not yet."""

    widget = forms.RadioSelect

    def __init__(self, *, yes="Ya", no="Tidak", **options):
        super().__init__(
            choices=[("ya", yes), ("tidak", no)],
            coerce=lambda answer: answer == "ya",
            empty_value=None,
            **options,
        )

    def prepare_value(self, value):
        return {True: "ya", False: "tidak"}.get(value, value)


class PartForm(GuidedForm):
    """One part of an application. Empty fields may be saved; what is typed must be right.

    ``record`` is the application or machine whose fields of the same names are edited here.
    ``needed`` are the fields without which the application cannot be sent.
    """

    needed = ()
    opened = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, data=None, *, record, notes=(), **options):
        self.record = record
        stored = {name: self.stored(name) for name in self.own_fields()}
        options["initial"] = {**stored, "opened": _fingerprints(stored)}
        super().__init__(data, **options)
        for name in self.needed:
            self.fields[name].hide_optional = True
        for note in notes:
            if field := self.fields.get(note.name):
                field.notes = [*getattr(field, "notes", []), note]

    @classmethod
    def own_fields(cls):
        return [name for name in cls.base_fields if name != "opened"]

    def stored(self, name):
        return getattr(self.record, name)

    def values_to_save(self):
        """The valid values that were changed on this page. Faults stay behind in ``errors``.

        What another tab saved since this page was opened is neither undone by an older page nor
        overwritten: where both changed the same field differently, the person is shown both.
        """
        opened = _read(self.cleaned_data.get("opened", ""))
        mine = {}
        for name in self.own_fields():
            if name not in self.cleaned_data:
                continue
            typed, stored = self.cleaned_data[name], self.stored(name)
            if _fingerprint(typed) == _fingerprint(stored):
                continue
            if _fingerprint(stored) == opened.get(name, _fingerprint(stored)):
                mine[name] = typed
            elif _fingerprint(typed) != opened[name]:
                self._saved_elsewhere(name, stored)
        return mine

    def shown_again(self):
        """The typed values once more, on top of what is stored by now, for another try."""
        data = self.data.copy()
        stored = {name: self.stored(name) for name in self.own_fields()}
        data[self.add_prefix("opened")] = _fingerprints(stored)
        self.data = data
        return self

    def _saved_elsewhere(self, name, stored):
        bound = self[name]
        there = bound.field.prepare_value(stored)
        labels = dict(getattr(bound.field, "choices", ()))
        there = labels.get(there, there)
        self.add_error(
            name,
            f"Isian ini sudah disimpan di jendela atau perangkat lain sebagai “{there}”. Isian "
            "Anda di sini belum disimpan. Biarkan atau ubah, lalu tekan simpan sekali lagi.",
        )


def _fingerprints(values):
    return json.dumps({name: _fingerprint(value) for name, value in values.items()})


def _fingerprint(value):
    """A short keyed hash: an account number must not stand in the page a second time."""
    plain = value.pk if isinstance(value, Model) else value
    return salted_hmac("subsidies.opened", "" if plain is None else str(plain)).hexdigest()[:10]


def _read(opened):
    try:
        found = json.loads(opened)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
