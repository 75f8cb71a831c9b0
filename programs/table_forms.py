"""The tables that officers hand in. The import modules read what is in them."""

from django import forms

from programs.forms import GuidedForm
from programs.spreadsheets import MAX_SIZE


class TableFileForm(GuidedForm):
    file = forms.FileField(
        allow_empty_file=True,
        widget=forms.FileInput(
            {
                "accept": ".csv,.xlsx,text/csv,"
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "data-max-bytes": MAX_SIZE,
            }
        ),
        help_text="Paling besar 5 MB. Baris pertama berisi judul kolom; urutannya bebas.",
    )

    def __init__(self, *args, noun, **options):
        super().__init__(*args, **options)
        field = self.fields["file"]
        field.label = f"Berkas {noun} (.xlsx atau .csv)"
        field.error_messages["required"] = f"Pilih berkas {noun}, berupa .xlsx atau .csv."
