"""The files of one part of an application: a place for each paper of the checklist."""

from programs.forms import GuidedForm, UploadField

SHOWN_WHEN = {
    "DOK15": "imported_by_applicant=on",
    "DOK16": "origin=DOMESTIC",
}


class PapersForm(GuidedForm):
    """One file for each slot at a time; ``slots`` come from ``subsidies.checklist``."""

    def __init__(self, *args, slots, **options):
        # The input's id is the anchor that lists of missing papers lead to.
        super().__init__(*args, auto_id="%s", **options)
        for slot in slots:
            kinds = ("image", "pdf") if slot.explanation.photo else ("pdf", "image")
            field = UploadField(
                label=slot.label,
                help_text=slot.explanation.hint,
                required=False,
                allow=kinds,
                keep_location=slot.explanation.photo,
            )
            field.hide_optional = slot.required
            self.fields[name_of(slot.kind)] = field

    def accepted(self):
        """(kind, accepted file) for every file that was chosen and taken."""
        return [
            (name.removeprefix("dokumen-"), file)
            for name, file in self.cleaned_data.items()
            if file
        ]


def name_of(kind):
    return f"dokumen-{kind}"
