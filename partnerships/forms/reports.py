"""The half-yearly report, as either side hands it in."""

from django import forms

from programs.forms import GuidedForm


class ReportForm(GuidedForm):
    """What went on, what stood in the way, what comes."""

    summary = forms.CharField(
        label="Yang sudah berjalan",
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Kegiatan semester ini dan hasilnya. Kegiatan yang dicatat ikut terlampir.",
        error_messages={"required": "Tulis apa yang sudah berjalan, walaupun belum ada kegiatan."},
    )
    obstacles = forms.CharField(
        label="Hambatan",
        max_length=3000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Contoh: jadwal PKL berbenturan dengan ujian.",
    )
    plan = forms.CharField(
        label="Rencana semester berikutnya",
        max_length=3000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
