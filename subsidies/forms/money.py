"""What officers type about money: the ceiling of a budget line, SP2D files, payment files."""

from django import forms
from django.db.models import TextChoices

from programs.forms import GuidedForm, RupiahField
from programs.rupiah import LARGEST
from programs.spreadsheets import MAX_SIZE
from subsidies.enums import DisbursementStatus
from subsidies.models import BudgetLine

STAGES = [
    (status.value, status.label[:1].upper() + status.label[1:]) for status in DisbursementStatus
]


class AllocationForm(GuidedForm):
    """A first ceiling, or a revision of the DIPA in either direction."""

    class Direction(TextChoices):
        MORE = "tambah", "Menambah pagu"
        LESS = "kurangi", "Mengurangi pagu"

    direction = forms.ChoiceField(
        label="Apa yang ditetapkan?",
        choices=Direction,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih menambah atau mengurangi pagu."},
    )
    amount = RupiahField(
        label="Jumlah", min_value=1, max_value=LARGEST, help_text="Contoh: 6.500.000.000"
    )
    note = forms.CharField(
        label="Dasar penetapan",
        max_length=200,
        help_text="Nomor DIPA atau revisinya, tanggal, dan alasan. "
        "Contoh: Revisi DIPA ke-2, 12 Maret 2026.",
        error_messages={"required": "Tulis dasar penetapannya; uraian ini tetap tercatat."},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["direction"].choice_help = {
            self.Direction.MORE.value: "Pagu awal tahun, atau revisi yang menambah.",
            self.Direction.LESS.value: "Revisi DIPA yang mengambil kembali sebagian pagu.",
        }

    @property
    def change(self):
        """The rupiah to write: negative where the ceiling shrinks."""
        amount = self.cleaned_data["amount"]
        return -amount if self.cleaned_data["direction"] == self.Direction.LESS else amount


class Sp2dFileForm(GuidedForm):
    """The table that the treasury sent. ``sp2d_import`` reads what is in it."""

    file = forms.FileField(
        label="Berkas SP2D (.xlsx atau .csv)",
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={
                "accept": ".csv,.xlsx,text/csv,"
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "data-max-bytes": MAX_SIZE,
            }
        ),
        help_text="Paling besar 5 MB. Baris pertama berisi judul kolom: nomor_registrasi, "
        "nomor_sp2d, tanggal_sp2d, nilai. Urutan kolom bebas.",
        error_messages={"required": "Pilih berkas SP2D dari KPPN, berupa .xlsx atau .csv."},
    )


class PaymentFileForm(GuidedForm):
    """Which payments go into the file for the treasury's system, and in which form."""

    class Form(TextChoices):
        EXCEL = "xlsx", "Excel"
        CSV = "csv", "CSV"

    status = forms.ChoiceField(
        label="Tahap pembayaran",
        choices=STAGES,
        widget=forms.RadioSelect,
        initial=DisbursementStatus.ORDERED,
        error_messages={"required": "Pilih tahap pembayaran yang akan diunduh."},
    )
    budget_line = forms.ModelChoiceField(
        BudgetLine.objects.all(),
        label="Mata anggaran",
        required=False,
        empty_label="Semua mata anggaran",
    )
    form = forms.ChoiceField(
        label="Bentuk berkas",
        choices=Form,
        widget=forms.RadioSelect,
        initial=Form.EXCEL,
        error_messages={"required": "Pilih Excel atau CSV."},
    )

    def __init__(self, *args, tally, **options):
        """``tally`` is {status: words on how many and how much}, shown with each choice."""
        super().__init__(*args, **options)
        self.fields["status"].choice_help = tally
        self.fields["form"].choice_help = {
            self.Form.EXCEL.value: "Nomor rekening dan NPWP disimpan sebagai teks.",
            self.Form.CSV.value: "Untuk aplikasi lain; pemisah titik koma, UTF-8.",
        }
