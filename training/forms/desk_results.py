"""What officers type on the pages from attendance to certificates."""

from django import forms

from programs.dates import ZONES
from programs.forms import GuidedForm
from programs.spreadsheets import MAX_SIZE
from training.models.session import CHECK_IN_MINUTES

LONGEST_WINDOW = 240


class OpenListForm(GuidedForm):
    """For how long the attendance list of a session takes codes."""

    minutes = forms.IntegerField(
        label="Lama dibuka (menit)",
        min_value=1,
        max_value=LONGEST_WINDOW,
        initial=CHECK_IN_MINUTES,
        error_messages={
            "required": "Tulis berapa menit daftar hadir dibuka, misalnya 20.",
            "invalid": "Tulis lamanya dengan angka, misalnya 20.",
            "min_value": "Daftar hadir dibuka paling sedikit 1 menit.",
            "max_value": "Daftar hadir dibuka paling lama 240 menit.",
        },
    )

    def __init__(self, *args, **options):
        options.setdefault("auto_id", "buka_%s")
        super().__init__(*args, **options)
        self.fields["minutes"].widget.attrs["class"] = "w-s"


class MarkForm(GuidedForm):
    """What the organizers' list says of the people who were chosen."""

    PRESENT, ABSENT, NOTHING = "hadir", "tidak-hadir", "hapus"
    MEANING = {PRESENT: True, ABSENT: False, NOTHING: None}

    mark = forms.ChoiceField(
        label="Catat sebagai",
        choices=[
            ("", "Pilih catatan"),
            (PRESENT, "Hadir"),
            (ABSENT, "Tidak hadir"),
            (NOTHING, "Tanpa catatan panitia"),
        ],
        error_messages={"required": "Pilih dahulu: hadir, tidak hadir, atau tanpa catatan."},
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=200,
        required=False,
        help_text="Wajib bila kode atau Zoom menunjukkan orang itu hadir.",
    )

    def __init__(self, *args, **options):
        options.setdefault("auto_id", "catat_%s")
        super().__init__(*args, **options)
        self.fields["reason"].widget.attrs["size"] = 40

    @property
    def is_present(self):
        return self.MEANING[self.cleaned_data["mark"]]


class ZoomReportForm(GuidedForm):
    """The participants report of one meeting. ``zoom_report`` reads what is in it."""

    file = forms.FileField(
        label="Laporan peserta dari Zoom (.csv atau .xlsx)",
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={
                "accept": ".csv,.xlsx,text/csv,"
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "data-max-bytes": MAX_SIZE,
            }
        ),
        help_text="Paling besar 5 MB. Ekspor dari Zoom tanpa mencentang “Show unique users”, "
        "supaya setiap kali masuk dan keluar tercatat.",
        error_messages={"required": "Pilih laporan peserta dari Zoom, berupa .csv atau .xlsx."},
    )
    zone = forms.ChoiceField(
        label="Jam di laporan itu menurut",
        choices=[(name, name) for name in ZONES],
        widget=forms.RadioSelect,
        help_text="Zoom menulis jam menurut pengaturan akun yang mengekspornya.",
        error_messages={"required": "Pilih zona waktu laporan: WIB, WITA, atau WIT."},
    )


class ZoomMatchForm(forms.Form):
    """Who each of these people in the report is: a participant, nobody, or not decided yet.

    ``attendees`` are rows with ``guesses``, the registrations to choose from.
    """

    UNDECIDED, OUTSIDER = "", "bukan"

    def __init__(self, data=None, *, attendees, choices_of):
        super().__init__(data)
        self.attendees = {f"orang-{one.pk}": one for one in attendees}
        for name, one in self.attendees.items():
            field = forms.ChoiceField(
                label=f"{one.name} adalah",
                required=False,
                choices=[
                    (self.UNDECIDED, "Belum diputuskan"),
                    *choices_of(one),
                    (self.OUTSIDER, "Bukan peserta"),
                ],
                initial=self.decided(one),
                error_messages={
                    "invalid_choice": "Pilih salah satu dari daftar, atau cari peserta lain."
                },
            )
            self.fields[name] = field

    @classmethod
    def decided(cls, one):
        if one.is_ignored:
            return cls.OUTSIDER
        return str(one.registration_id or cls.UNDECIDED)

    def changes(self):
        """(attendee, new decision) of those that were decided otherwise than they stand."""
        return [
            (one, self.cleaned_data[name])
            for name, one in self.attendees.items()
            if name in self.data and self.cleaned_data[name] != self.decided(one)
        ]


class ReasonForm(GuidedForm):
    """Why something that was settled is opened again, or taken back."""

    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, hint, missing, **options):
        super().__init__(*args, **options)
        self.fields["reason"].help_text = hint
        self.fields["reason"].error_messages["required"] = missing


class ReplaceForm(ReasonForm):
    """A corrected certificate: the name as it must be, and what was wrong."""

    name = forms.CharField(
        label="Nama lengkap dengan gelar",
        max_length=150,
        help_text="Persis seperti di sertifikat baru. Contoh: Dr. Siti Rahmah, S.T., M.Si.",
        error_messages={"required": "Tulis nama lengkap seperti di sertifikat baru."},
    )
    field_order = ["name", "reason"]
