"""What a company says it spent on an agreement in a year, by the five kinds of cost."""

from django import forms

from partnerships.models.tax_facts import COSTS
from programs.forms import GuidedForm, RupiahField
from programs.papers import unprintable_letters
from programs.rupiah import LARGEST

MOST_PEOPLE = 1_000_000


def cost(label, hint):
    return RupiahField(label=label, required=False, min_value=0, max_value=LARGEST, help_text=hint)


class TaxFactsForm(GuidedForm):
    groups = [
        ("Peserta", ["participants"]),
        ("Biaya menurut jenisnya", COSTS),
        ("Keterangan", ["note", "reason"]),
    ]

    participants = forms.IntegerField(
        label="Jumlah peserta",
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={
            "required": "Isi jumlah peserta: siswa, guru, atau orang lain yang ikut serta.",
            "invalid": "Tulis jumlah peserta dengan angka saja. Contoh: 30.",
            "min_value": "Tulis paling sedikit 1 peserta.",
            "max_value": "Jumlah peserta terlalu besar. Periksa angkanya.",
        },
    )
    facilities = cost(
        "Fasilitas fisik khusus dan biaya operasionalnya",
        "Tempat, listrik, air, bahan bakar, dan perawatan peralatan untuk praktik. "
        "Contoh: 25.000.000.",
    )
    instructors = cost("Instruktur atau pengajar", "Honor atau gaji selama mengajar.")
    materials = cost("Barang dan bahan", "Yang habis dipakai dalam praktik.")
    honorarium = cost(
        "Honorarium peserta",
        "Uang saku atau pembayaran sejenis kepada siswa dan guru.",
    )
    certification = cost("Sertifikasi kompetensi", "Biaya uji kompetensi peserta.")
    note = forms.CharField(
        label="Keterangan",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dicetak pada lampiran.",
    )
    reason = forms.CharField(
        label="Alasan penggantian",
        max_length=300,
        help_text="Lampiran sebelumnya dinyatakan diganti dengan alasan ini. "
        "Contoh: Biaya sertifikasi baru diketahui pada bulan Maret.",
        error_messages={"required": "Tulis alasan mengganti lampiran yang sudah terbit."},
    )

    def __init__(self, *args, replaces, done, **options):
        """``replaces`` when the year has a paper already; ``done`` are its recorded activities."""
        super().__init__(*args, **options)
        if not replaces:
            del self.fields["reason"]
        recorded = ", ".join(f"{one.kind} {one.quantity} {one.unit}" for one in done)
        self.fields["participants"].help_text = (
            f"Dari kegiatan yang tercatat tahun itu: {recorded}. Ubah bila berbeda."
            if recorded
            else "Belum ada kegiatan tercatat untuk tahun itu. Contoh: 30."
        )

    def clean_note(self):
        note = self.cleaned_data["note"]
        if odd := unprintable_letters(note):
            raise forms.ValidationError(
                f"Tanda {' '.join(odd)} tidak dapat dicetak. Hapus atau ganti dengan kata."
            )
        return note

    def clean(self):
        cleaned = super().clean()
        for name in COSTS:
            if name not in self.errors and cleaned.get(name) is None:
                cleaned[name] = 0
        if not any(name in self.errors for name in COSTS) and not any(
            cleaned[name] for name in COSTS
        ):
            raise forms.ValidationError("Isi paling sedikit satu jenis biaya.")
        return cleaned

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in ["participants", *COSTS, "note"]}
