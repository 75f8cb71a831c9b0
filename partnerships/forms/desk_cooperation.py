"""What officers type about the cooperation itself: activities, reports, and their judgement."""

from django import forms
from django.utils.text import capfirst

from partnerships.enums import UNITS, WITH_VALUE, ScopeKind, Side
from partnerships.forms.desk_moves import A_DAY, NOT_A_NUMBER
from programs.forms import DateField, GuidedForm, RupiahField, UploadField

SIDES = [
    (str(Side.SCHOOL), "Sekolah"),
    (str(Side.COMPANY), "Perusahaan"),
    ("", "Petugas Kementerian"),
]


class SideField(forms.TypedChoiceField):
    """For whom an officer writes; None when the ministry speaks for itself."""

    def __init__(self, **options):
        options = {
            "label": "Dicatat atas nama",
            "choices": SIDES,
            "required": False,
            "widget": forms.RadioSelect,
            "coerce": Side,
            "empty_value": None,
        } | options
        super().__init__(**options)
        self.hide_optional = True


class ActivityForm(GuidedForm):
    kind = forms.ChoiceField(
        label="Lingkup",
        choices=[("", "Pilih lingkup"), *((one, capfirst(one.label)) for one in ScopeKind)],
    )
    description = forms.CharField(
        label="Uraian",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="Contoh: PKL gelombang kedua di bengkel CNC.",
    )
    starts_on = DateField(label="Mulai", help_text=f"{A_DAY}.")
    ends_on = DateField(
        label="Selesai", required=False, help_text="Kosongkan bila selesai pada hari yang sama."
    )
    quantity = forms.IntegerField(
        label="Jumlah",
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput({"class": "w-s", "maxlength": "6", "inputmode": "numeric"}),
        help_text="Dihitung dalam satuan lingkupnya: "
        + ", ".join(dict.fromkeys(UNITS.values()))
        + ".",
        error_messages=dict.fromkeys(
            NOT_A_NUMBER, "Tulis jumlah sebagai angka bulat mulai dari 1."
        ),
    )
    value = RupiahField(
        label="Nilai (Rp)",
        required=False,
        min_value=1,
        max_value=10**12,
        help_text="Hanya untuk bantuan peralatan dan beasiswa.",
    )
    evidence = UploadField(
        label="Bukti", required=False, help_text="Foto, daftar hadir, atau berita acara (PDF)."
    )
    side = SideField()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["value"].show_when = f"kind={'|'.join(WITH_VALUE)}"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("starts_on") and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = cleaned["starts_on"]
        if cleaned.get("value") and cleaned.get("kind") not in WITH_VALUE:
            self.add_error("value", "Nilai rupiah hanya untuk peralatan dan beasiswa.")
        return cleaned

    def values(self):
        names = ["kind", "description", "starts_on", "ends_on", "quantity", "value"]
        return {name: self.cleaned_data[name] for name in names}


class ReportForm(GuidedForm):
    summary = forms.CharField(
        label="Yang sudah berjalan",
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Tulis apa yang sudah berjalan."},
    )
    obstacles = forms.CharField(
        label="Hambatan", required=False, max_length=3000, widget=forms.Textarea({"rows": 3})
    )
    plan = forms.CharField(
        label="Rencana semester berikutnya",
        required=False,
        max_length=3000,
        widget=forms.Textarea({"rows": 3}),
    )
    side = SideField(label="Dilaporkan atas nama")


class EvaluationForm(GuidedForm):
    score = forms.TypedChoiceField(
        label="Nilai",
        choices=[
            (1, "1: tidak berjalan"),
            (2, "2: jauh di bawah target"),
            (3, "3: sebagian target tercapai"),
            (4, "4: hampir semua target tercapai"),
            (5, "5: semua target tercapai"),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih nilai 1 sampai 5."},
    )
    evaluation = forms.CharField(
        label="Evaluasi",
        max_length=3000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Dibaca kedua pihak.",
        error_messages={"required": "Tulis evaluasinya dengan kata-kata."},
    )
