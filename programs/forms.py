"""Fields that accept what people really type, and answer in words when they cannot.

Forms read and clean; they never save (``workflow`` writes). Validation of identifiers and amounts
lives in ``programs.identifiers`` and ``programs.rupiah``; here it meets HTML.
"""

from django import forms
from django.core.exceptions import ValidationError

from programs import identifiers
from programs.dates import ZONES, parse_date, parse_moment
from programs.rupiah import group_thousands, parse_rupiah
from programs.uploads import MAX_PHOTO, MAX_STORED, UploadRefused, accept_upload

DJANGOS_WORDS = forms.Field.default_error_messages["required"]


class TypedField(forms.Field):
    """A line of text that becomes a value. ``attrs`` tell phones which keyboard to show."""

    widget = forms.TextInput
    attrs = {"autocomplete": "off"}

    empty_value = ""

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), **self.attrs}

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip()
        if value in self.empty_values:
            return self.empty_value
        try:
            return self.read(value)
        except ValidationError:
            raise
        except ValueError as problem:
            raise ValidationError(str(problem), code="invalid") from None

    def read(self, value):
        """The value that ``value`` (never empty) stands for; raises with a sentence."""
        raise NotImplementedError


class RupiahField(TypedField):
    """An amount of whole rupiah, typed with or without dots."""

    attrs = {"autocomplete": "off", "inputmode": "numeric", "data-rupiah": ""}
    empty_value = None

    def __init__(self, *, min_value=None, max_value=None, **options):
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**options)

    def read(self, value):
        amount = parse_rupiah(value)
        said = f"Anda menulis {group_thousands(amount)}."
        if self.min_value is not None and amount < self.min_value:
            raise ValueError(f"Tulis paling sedikit {group_thousands(self.min_value)}. {said}")
        if self.max_value is not None and amount > self.max_value:
            raise ValueError(f"Tulis paling banyak {group_thousands(self.max_value)}. {said}")
        return amount

    def prepare_value(self, value):
        return group_thousands(value) if isinstance(value, int) else value


class DateField(TypedField):
    """A day: 17/08/2026, 17-8-2026, 2026-08-17 or 17 Agustus 2026."""

    attrs = {"autocomplete": "off"}
    empty_value = None

    def read(self, value):
        return parse_date(value)

    def prepare_value(self, value):
        return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else value


class MomentField(TypedField):
    """A day with its hour, in WIB: 17/08/2026 09.30. “09.30 WITA” is understood as well."""

    attrs = {"autocomplete": "off"}
    empty_value = None

    def read(self, value):
        return parse_moment(value)

    def prepare_value(self, value):
        if not hasattr(value, "astimezone"):
            return value
        return f"{value.astimezone(ZONES['WIB']):%d/%m/%Y %H.%M}"


class NumberField(TypedField):
    """Digits that name something. ``warnings_for`` are doubts that never block."""

    attrs = {"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}
    warnings_for = None


class NikField(NumberField):
    read = staticmethod(identifiers.normalize_nik)
    warnings_for = staticmethod(identifiers.warnings_for_nik)


class NpwpField(NumberField):
    read = staticmethod(identifiers.normalize_npwp)
    warnings_for = staticmethod(identifiers.warnings_for_npwp)

    def prepare_value(self, value):
        is_stored = isinstance(value, str) and len(value) == 16 and value.isdecimal()
        return identifiers.format_npwp(value) if is_stored else value


class NibField(NumberField):
    read = staticmethod(identifiers.normalize_nib)


class KbliField(NumberField):
    read = staticmethod(identifiers.normalize_kbli)


class NpsnField(NumberField):
    attrs = {"autocomplete": "off", "spellcheck": "false"}
    read = staticmethod(identifiers.normalize_npsn)


class NipField(NumberField):
    read = staticmethod(identifiers.normalize_nip)


class PhoneField(NumberField):
    widget = forms.TelInput
    attrs = {"autocomplete": "tel", "inputmode": "tel"}
    read = staticmethod(identifiers.normalize_phone)


class UploadField(forms.FileField):
    """A file, examined by content. The cleaned value is an ``AcceptedFile``.

    ``camera`` opens the rear camera at once on a phone: for photos that must be taken on the spot.
    """

    widget = forms.FileInput

    def __init__(self, *, allow=("pdf", "image"), keep_location=False, camera=False, **options):
        self.allow, self.keep_location, self.camera = tuple(allow), keep_location, camera
        options.setdefault("allow_empty_file", True)  # accept_upload has its own words for it
        super().__init__(**options)

    def widget_attrs(self, widget):
        kinds = {"pdf": ".pdf", "image": "image/*"}
        attrs = {
            **super().widget_attrs(widget),
            "accept": ",".join(kinds[kind] for kind in self.allow),
            "data-max-bytes": MAX_PHOTO if "image" in self.allow else MAX_STORED,
        }
        if self.camera:
            attrs["capture"] = "environment"
        return attrs

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file or file is initial:
            return file
        try:
            return accept_upload(file, allow=self.allow, keep_location=self.keep_location)
        except UploadRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from None


class Guided:
    """What all our forms share: words for empty fields, help for keyboards, groups of fields.

    ``groups`` is a list of (title, [field names]); fields that no group names come last.
    """

    groups = ()

    def __init__(self, *args, **options):
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        for field in self.fields.values():
            if field.error_messages.get("required") is DJANGOS_WORDS:
                field.error_messages["required"] = _what_is_missing(field)
            if isinstance(field, forms.EmailField):
                field.widget.attrs.setdefault("autocomplete", "email")
                field.widget.attrs.setdefault("inputmode", "email")
            elif isinstance(field, forms.IntegerField):
                field.widget.attrs.setdefault("inputmode", "numeric")

    def field_groups(self):
        """(title, [bound fields]) in the order of the page."""
        named = [name for _, names in self.groups for name in names]
        rest = [name for name in self.fields if name not in named]
        groups = [*self.groups, ("", rest)] if rest else self.groups
        return [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in groups
        ]

    @property
    def warnings(self):
        """{field name: sentences} for values that were accepted but look mistyped."""
        found = {}
        for name, field in self.fields.items():
            value = getattr(self, "cleaned_data", {}).get(name)
            check = getattr(field, "warnings_for", None)
            if value and check and (sentences := check(value)):
                found[name] = sentences
        return found


class GuidedForm(Guided, forms.Form):
    pass


class GuidedModelForm(Guided, forms.ModelForm):
    pass


class ReasonForm(GuidedForm):
    """A reason in somebody's own words. ``label``, ``hint`` and ``missing`` fit the occasion."""

    def __init__(self, *args, label, hint="", missing="", max_length=1000, **options):
        super().__init__(*args, **options)
        field = self.fields["reason"] = forms.CharField(
            label=label,
            help_text=hint,
            max_length=max_length,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        field.error_messages["required"] = missing or f"Isi {label.lower()}."


def blame(form, problem):
    """Put the faults of a ``ValidationError`` at their fields, the others above the form."""
    faults = getattr(problem, "message_dict", {None: problem.messages})
    for name, sentences in faults.items():
        form.add_error(name if name in form.fields else None, sentences)


def _what_is_missing(field):
    label = str(field.label or "bagian ini").rstrip(" .:?")
    # “NIB” stays, “Harga per unit” becomes “harga per unit” inside a sentence.
    first = label.partition(" ")[0]
    label = label if first.isupper() else label[:1].lower() + label[1:]
    if isinstance(field, forms.FileField):
        return f"Unggah {label}."
    if isinstance(field, forms.BooleanField):
        return f"Centang {label} untuk melanjutkan."
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"Pilih {label}."
    return f"Isi {label}."
