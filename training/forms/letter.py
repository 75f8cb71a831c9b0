from programs.forms import GuidedForm, UploadField


class LetterForm(GuidedForm):
    """The surat tugas of somebody who is registered already."""

    letter = UploadField(label="Surat tugas", help_text="PDF atau foto, paling besar 5 MB.")
