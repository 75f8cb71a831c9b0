"""How officers type the terms of a call: days and rupiah as people write them."""

from django import forms

from programs.admin_base import Textarea, TextInput
from programs.enums import Scale
from programs.forms import DateField, GuidedModelForm, RupiahField
from subsidies.enums import TIMED_STAGES, Stage
from subsidies.models import Scheme, SchemeKbli, SchemeScale, SchemeStage


def day(label, hint):
    return DateField(label=label, widget=TextInput, help_text=f"{hint} Contoh: 17/08/2026.")


class SchemeForm(GuidedModelForm):
    opens_on = day("Pengajuan dibuka", "Hari pertama IKM dapat mengajukan.")
    closes_on = day("Pengajuan ditutup", "Hari terakhir IKM dapat mengajukan.")
    purchase_from = day("Pembelian mulai", "Mesin yang dibeli sebelum hari ini tidak diganti.")
    purchase_until = day("Pembelian sampai", "Mesin yang dibeli sesudah hari ini tidak diganti.")
    install_by = day("Batas pemasangan", "Mesin sudah terpasang paling lambat hari ini.")
    pay_by = day("Batas pengajuan pembayaran", "SPP tidak dapat dibuat sesudah hari ini.")
    floor = RupiahField(
        label="Penggantian paling sedikit (Rp)",
        min_value=0,
        widget=TextInput,
        help_text="Di bawah nilai ini permohonan tidak diganti. Contoh: 5.000.000.",
    )
    ceiling = RupiahField(
        label="Penggantian paling banyak per perusahaan (Rp)",
        min_value=1,
        widget=TextInput,
        help_text="Di atas nilai ini penggantian dipotong. Contoh: 300.000.000.",
    )

    class Meta:
        model = Scheme
        fields = "__all__"
        widgets = {"excluded_costs": Textarea}
        help_texts = {
            "code": "Dipakai di alamat halaman. Huruf kecil, angka, dan tanda hubung. "
            "Contoh: restruk-ikm-2026.",
            "name": "Seperti yang dibaca pemohon. Contoh: Penggantian pembelian mesin IKM 2026.",
            "fiscal_year": "Contoh: 2026.",
            "legal_basis": "Peraturan beserta nomor dan tahunnya.",
            "budget_line": "Penggantian diambil dari pagu mata anggaran ini.",
            "max_participations": "Berapa kali satu IKM boleh menerima, semua tahun dihitung.",
            "correction_days": "Waktu pemohon untuk memperbaiki; lewat dari itu permohonan gugur.",
            "no_transfer_months": "Berapa bulan mesin tidak boleh dijual atau dipindahkan.",
            "excluded_costs": "Satu biaya per baris. Contoh: PPN.",
            "contact": "Nama kantor dan telepon yang dapat membantu pemohon.",
        }

    def clean_code(self):
        code = self.cleaned_data["code"]
        if Scheme.objects.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                f"Kode {code} sudah dipakai skema lain. Untuk mengubah skema itu, buka skemanya "
                "lalu pilih Buat versi baru; untuk skema lain, tulis kode yang berbeda."
            )
        return code


class ScaleForm(GuidedModelForm):
    """A row of limits. Empty means no limit on that side."""

    investment_min = RupiahField(
        label="Investasi paling sedikit (Rp)", min_value=0, required=False, widget=TextInput
    )
    investment_max = RupiahField(
        label="Investasi paling banyak (Rp)", min_value=0, required=False, widget=TextInput
    )

    class Meta:
        model = SchemeScale
        fields = "__all__"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "scale" in self.fields:
            # Five columns stand side by side: “industri” would fill the narrowest.
            self.fields["scale"].choices = [("", "Pilih")] + [
                (scale.value, scale.label.removeprefix("industri ").capitalize()) for scale in Scale
            ]

    def clean(self):
        cleaned = super().clean()
        for noun, low, high in [
            ("Pekerja", "workers_min", "workers_max"),
            ("Investasi", "investment_min", "investment_max"),
        ]:
            least, most = cleaned.get(low), cleaned.get(high)
            if least is not None and most is not None and least > most:
                self.add_error(
                    high, f"{noun} paling banyak tidak boleh kurang dari yang paling sedikit."
                )
        return cleaned


class KbliForm(GuidedModelForm):
    kbli_version = forms.TypedChoiceField(
        label="Tahun KBLI", coerce=int, choices=[(2020, "2020"), (2025, "2025")], initial=2020
    )

    class Meta:
        model = SchemeKbli
        fields = "__all__"
        help_texts = {"prefix": "2 angka untuk seluruh golongan pokok, sampai 5 angka untuk satu."}


class StageForm(GuidedModelForm):
    """Only stages on which somebody waits for the ministry have a service time."""

    class Meta:
        model = SchemeStage
        fields = "__all__"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "stage" in self.fields:
            self.fields["stage"].choices = [("", "Pilih tahap")] + [
                (stage.value, Stage(stage).label) for stage in TIMED_STAGES
            ]
