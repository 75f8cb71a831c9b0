"""What was done under an agreement, as its people write it down."""

from django import forms
from django.utils.text import capfirst

from partnerships.enums import UNITS, WITH_VALUE, ScopeKind
from programs.forms import DateField, GuidedForm, RupiahField, UploadField

MOST = 1_000_000


class ActivityForm(GuidedForm):
    """One activity with its evidence. What was agreed comes first among the kinds."""

    kind = forms.ChoiceField(label="Lingkup")
    description = forms.CharField(
        label="Uraian",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Apa yang dilakukan, di mana, dengan siapa. Contoh: PKL 12 siswa kelas XI di "
        "bengkel CNC.",
    )
    starts_on = DateField(label="Mulai", help_text="Contoh: 17/08/2026")
    ends_on = DateField(label="Selesai", required=False, help_text="Kosongkan bila hanya sehari.")
    quantity = forms.IntegerField(
        label="Jumlah",
        min_value=1,
        max_value=MOST,
        widget=forms.TextInput({"inputmode": "numeric", "class": "w-s"}),
        help_text="Dalam satuan lingkupnya: siswa, guru, pertemuan, kunjungan, atau unit.",
        error_messages={
            "invalid": "Tulis jumlah dengan angka saja. Contoh: 12",
            "min_value": "Tulis jumlah paling sedikit 1.",
            "max_value": "Jumlah itu terlalu besar. Periksa lagi angkanya.",
        },
    )
    value = RupiahField(
        label="Nilai",
        required=False,
        min_value=1,
        max_value=10**14,
        help_text="Hanya untuk bantuan peralatan dan beasiswa. Rupiah bulat.",
    )
    evidence = UploadField(
        label="Bukti",
        required=False,
        help_text="Foto kegiatan, daftar hadir, atau berita acara (PDF, paling besar 5 MB).",
    )

    def __init__(self, *args, agreed, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = [
            ("", "Pilih lingkup"),
            ("Yang disepakati", _named(kind for kind in ScopeKind if kind in agreed)),
            ("Lainnya", _named(kind for kind in ScopeKind if kind not in agreed)),
        ]
        self.fields["value"].show_when = f"kind={'|'.join(WITH_VALUE)}"

    def clean(self):
        values = super().clean()
        if values.get("starts_on"):
            values["ends_on"] = values.get("ends_on") or values["starts_on"]
            if values["ends_on"] < values["starts_on"]:
                self.add_error("ends_on", "Kegiatan harus selesai pada atau sesudah hari mulainya.")
        if values.get("value") and values.get("kind") and values["kind"] not in WITH_VALUE:
            self.add_error("value", "Nilai rupiah hanya untuk peralatan dan beasiswa.")
        return values


def _named(kinds):
    return [(kind.value, f"{capfirst(kind.label)} ({UNITS[kind]})") for kind in kinds]
