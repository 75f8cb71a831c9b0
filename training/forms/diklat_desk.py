"""What officers type about the people of a batch: grades, presence, results, work, follow-up."""

from django import forms

from programs.forms import DateField, GuidedForm
from programs.region_field import RegencyField
from training.diklat_enums import AttendanceState, FollowupState

A_DAY = "Contoh: 17/08/2026"


class RowForm(GuidedForm):
    """One person's row in a table: its labels are the headings, read aloud with the name."""

    def __init__(self, data=None, *, person, **options):
        super().__init__(data, **({"prefix": str(person.pk)} | options))
        self.person = person
        for field in self.fields.values():
            # Radio buttons have labels of their own, in a fieldset with the name.
            if not isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs["aria-label"] = f"{field.label}: {person.name}"


class GradeForm(RowForm):
    score = forms.IntegerField(
        label="Nilai",
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput({"class": "w-s", "maxlength": "3"}),
    )
    note = forms.CharField(label="Catatan", required=False, max_length=300)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        words = f"Nilai {self.person.name} adalah angka bulat antara 0 dan 100."
        for code in ("invalid", "min_value", "max_value"):
            self.fields["score"].error_messages[code] = words


class DeclineForm(GuidedForm):
    reason = forms.CharField(
        label="Alasan tidak lulus",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="Dibaca pendaftar. Contoh: Semua tempat terisi oleh pendaftar dengan nilai "
        "seleksi lebih tinggi.",
        error_messages={"required": "Tulis alasannya; pendaftar membacanya."},
    )


class PresenceForm(RowForm):
    state = forms.ChoiceField(
        label="Kehadiran",
        choices=[(value, label.capitalize()) for value, label in AttendanceState.choices],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=150,
        widget=forms.TextInput({"placeholder": "Catatan"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["state"].error_messages["required"] = f"Pilih kehadiran {self.person.name}."


class TestForm(GuidedForm):
    """What all results of one day have in common."""

    __test__ = False  # pytest takes what begins with Test for a test

    assessed_on = DateField(label="Tanggal uji", help_text=A_DAY)
    valid_until = DateField(
        label="Sertifikat berlaku sampai",
        required=False,
        help_text="Boleh menyusul. " + A_DAY,
    )


class ResultForm(RowForm):
    PASSED, FAILED = "kompeten", "belum"

    outcome = forms.ChoiceField(
        label="Hasil uji",
        required=False,
        choices=[("", "Belum ada"), (PASSED, "Kompeten"), (FAILED, "Belum kompeten")],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(label="Nomor sertifikat", required=False, max_length=60)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("number") and cleaned.get("outcome") == self.FAILED:
            self.add_error(
                "number", f"{self.person.name} belum kompeten, jadi tidak memiliki sertifikat."
            )
        if cleaned.get("number") and not cleaned.get("outcome"):
            self.add_error("outcome", f"Pilih hasil uji {self.person.name}.")
        return cleaned


class CertificateForm(RowForm):
    """The number of a certificate that came after the result."""

    number = forms.CharField(label="Nomor sertifikat", required=False, max_length=60)


class LeaveTrainingForm(GuidedForm):
    reason = forms.CharField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="Dibaca peserta. Contoh: Sakit dan tidak dapat melanjutkan.",
    )


class VoidForm(GuidedForm):
    reason = forms.CharField(
        label="Alasan pembatalan",
        max_length=300,
        help_text="Contoh: Tertukar dengan peserta lain.",
    )


class PlaceManyForm(GuidedForm):
    """Several people go to the same partner on the same day."""

    demand = forms.ModelChoiceField(None, label="Mitra", empty_label="Pilih mitra")
    starts_on = DateField(label="Hari pertama bekerja", help_text=A_DAY)

    def __init__(self, *args, demands, **options):
        super().__init__(*args, **options)
        self.fields["demand"].queryset = demands


class OutcomeForm(GuidedForm):
    """What one person does after the training."""

    PARTNER, COMPANY, OWN, NONE = "mitra", "perusahaan", "usaha", "belum"

    kind = forms.ChoiceField(
        label="Setelah pelatihan",
        choices=[
            (PARTNER, "Bekerja di mitra angkatan ini"),
            (COMPANY, "Bekerja di perusahaan lain"),
            (OWN, "Menjalankan usaha sendiri"),
            (NONE, "Belum bekerja"),
        ],
        widget=forms.RadioSelect,
    )
    demand = forms.ModelChoiceField(None, label="Mitra", required=False, empty_label="Pilih mitra")
    company_name = forms.CharField(
        label="Nama perusahaan atau usaha", required=False, max_length=200
    )
    position = forms.CharField(
        label="Pekerjaan", required=False, max_length=100, help_text="Contoh: Operator jahit"
    )
    region = RegencyField(label="Kabupaten/kota", required=False)
    starts_on = DateField(label="Mulai bekerja", required=False, help_text=A_DAY)
    reason = forms.CharField(
        label="Keterangan",
        required=False,
        max_length=300,
        help_text="Contoh: Melanjutkan sekolah, atau masih mencari pekerjaan.",
    )
    NEEDED = {
        PARTNER: {"demand": "Pilih mitra.", "starts_on": "Isi hari pertama bekerja."},
        COMPANY: {
            "company_name": "Isi nama perusahaan.",
            "position": "Isi pekerjaannya.",
            "starts_on": "Isi hari pertama bekerja.",
        },
        OWN: {
            "company_name": "Isi nama usaha.",
            "position": "Isi bidang usahanya.",
            "starts_on": "Isi sejak kapan usaha berjalan.",
        },
        NONE: {"reason": "Tulis keterangannya, beberapa kata sudah cukup."},
    }

    def __init__(self, *args, demands, **options):
        super().__init__(*args, **options)
        self.fields["demand"].queryset = demands
        shown = {
            "demand": self.PARTNER,
            "company_name": f"{self.COMPANY}|{self.OWN}",
            "position": f"{self.COMPANY}|{self.OWN}",
            "region": f"{self.COMPANY}|{self.OWN}",
            "starts_on": f"{self.PARTNER}|{self.COMPANY}|{self.OWN}",
            "reason": self.NONE,
        }
        for name, kinds in shown.items():
            self.fields[name].show_when = f"kind={kinds}"
            self.fields[name].hide_optional = True

    def clean(self):
        cleaned = super().clean()
        for name, words in self.NEEDED.get(cleaned.get("kind"), {}).items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
        return cleaned


class FollowupForm(RowForm):
    """The answer of one person; an empty one was not asked yet."""

    state = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[
            ("", "Belum ditanya"),
            *((value, label.capitalize()) for value, label in FollowupState.choices),
        ],
    )
    note = forms.CharField(label="Catatan", required=False, max_length=300)
