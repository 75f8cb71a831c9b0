"""What several forms ask of a business, in the same words: scale, licence and turnover."""

from django import forms

from programs.enums import LegalForm
from programs.forms import RupiahField

MOST_WORKERS = 100_000
MOST_RUPIAH = 10**14


class LegalFormField(forms.ChoiceField):
    def __init__(self, **options):
        options.setdefault("label", "Bentuk usaha")
        options.setdefault("choices", [("", "Pilih bentuk usaha"), *LegalForm.choices])
        super().__init__(**options)


class KbliYearField(forms.TypedChoiceField):
    """Which edition of the KBLI a code is of; not answered, it is that of 2020."""

    def __init__(self, **options):
        super().__init__(
            label="Tahun KBLI",
            required=False,
            coerce=int,
            empty_value=2020,
            choices=[(2020, "KBLI 2020"), (2025, "KBLI 2025")],
            help_text="Tertulis pada NIB. NIB yang terbit sebelum Desember 2025 memakai KBLI 2020.",
            **options,
        )


class WorkersField(forms.IntegerField):
    def __init__(self, **options):
        super().__init__(
            label="Jumlah pekerja",
            required=False,
            localize=True,
            min_value=1,
            max_value=MOST_WORKERS,
            error_messages={
                "invalid": "Tulis jumlah pekerja dengan angka saja. Contoh: 12",
                "min_value": (
                    "Tulis paling sedikit 1 pekerja; pemilik yang ikut bekerja juga dihitung."
                ),
                "max_value": "Jumlah itu melebihi 100.000. Periksa lagi angkanya.",
            },
            **options,
        )
        self.widget.attrs["class"] = "w-s"
        self.widget.suffix = "orang"


class InvestmentField(RupiahField):
    """Investment without land and buildings, which decides the scale (Permenperin 64/2016)."""

    def __init__(self, **options):
        super().__init__(
            label="Nilai investasi di luar tanah dan bangunan",
            required=False,
            max_value=MOST_RUPIAH,
            help_text="Mesin, peralatan, dan modal usaha, dalam rupiah bulat. Contoh: 640.000.000",
            **options,
        )


class TurnoverField(RupiahField):
    def __init__(self, **options):
        super().__init__(
            label="Omzet setahun",
            required=False,
            max_value=MOST_RUPIAH,
            help_text="Penjualan tahun lalu dalam rupiah bulat. Contoh: 600.000.000",
            **options,
        )
