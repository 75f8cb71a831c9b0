"""What an officer types when a suggested pair does not fit, and how a partner is looked for."""

from django import forms

from partnerships.models import Suggestion
from programs.forms import GuidedForm


class RefusalForm(GuidedForm):
    """Why these two do not fit; one form for each suggestion of the page."""

    reason = forms.CharField(
        label="Alasan tidak cocok",
        max_length=Suggestion._meta.get_field("reason").max_length,
        widget=forms.Textarea({"rows": 2}),
        help_text="Dibaca petugas lain. Contoh: Pabriknya pindah ke provinsi lain.",
        error_messages={"required": "Tulis alasan pasangan ini tidak diusulkan."},
    )

    def __init__(self, data=None, *, partner, **options):
        super().__init__(data, auto_id=f"id_{partner.pk}_%s", **options)
