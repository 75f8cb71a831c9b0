"""Forms of the decisions about an agreement that need more than a reason."""

from django import forms

from programs.forms import DateField, GuidedForm


class TerminateForm(GuidedForm):
    """From which day on, and why."""

    on = DateField(
        label="Dihentikan per tanggal",
        help_text="Hari terakhir perjanjian berlaku, paling akhir hari ini. Contoh: 17/08/2026",
        error_messages={"required": "Isi hari terakhir perjanjian berlaku."},
    )
    reason = forms.CharField(
        label="Alasan penghentian",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Pihak lain dan petugas membaca alasan ini.",
        error_messages={"required": "Tulis alasan penghentian."},
    )


class RenewForm(GuidedForm):
    """Nothing to fill in: the press is the answer."""
