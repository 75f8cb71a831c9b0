"""What a school or a company says of itself, and the competences with their numbers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from partnerships.enums import Accreditation, SchoolStatus
from partnerships.forms.competences import EXAMPLE, CompetenceField
from programs.business_fields import KbliYearField, WorkersField
from programs.forms import GuidedForm, KbliField, NipField, PhoneField

MOST_PUPILS = 20_000
BLANK_ROWS = 3
MOST_ROWS = 60


class NumberOfPeople(forms.IntegerField):
    """So many people, none of them negative."""

    def __init__(self, **options):
        super().__init__(
            min_value=1,
            max_value=MOST_PUPILS,
            required=False,
            widget=forms.TextInput({"inputmode": "numeric", "class": "w-s"}),
            error_messages={
                "invalid": "Tulis dengan angka saja. Contoh: 120",
                "min_value": "Tulis paling sedikit 1, atau kosongkan.",
                "max_value": "Jumlah itu melebihi 20.000. Periksa lagi angkanya.",
            },
            **options,
        )


class SchoolForm(GuidedForm):
    """A SMK as a partner."""

    status = forms.ChoiceField(
        label="Status sekolah",
        required=False,
        choices=[(value, capfirst(label)) for value, label in SchoolStatus.choices],
        widget=forms.RadioSelect,
    )
    accreditation = forms.ChoiceField(
        label="Akreditasi",
        required=False,
        choices=[
            ("", "Pilih akreditasi"),
            *((value, capfirst(label)) for value, label in Accreditation.choices),
        ],
    )
    pupils = NumberOfPeople(label="Jumlah siswa")
    head_name = forms.CharField(
        label="Nama kepala sekolah",
        max_length=150,
        required=False,
        help_text="Lengkap dengan gelar; dipakai sebagai penanda tangan pada naskah.",
    )
    head_nip = NipField(
        label="NIP kepala sekolah",
        required=False,
        help_text="18 angka; kosongkan bila bukan pegawai negeri.",
    )
    contact_name = forms.CharField(
        label="Narahubung hubungan industri", max_length=150, required=False
    )
    contact_phone = PhoneField(
        label="Telepon narahubung", required=False, help_text="Contoh: 0812 3456 7890"
    )
    contact_email = forms.EmailField(label="Surel narahubung", required=False)

    groups = [
        ("Sekolah", ["status", "accreditation", "pupils"]),
        ("Kepala sekolah", ["head_name", "head_nip"]),
        ("Narahubung", ["contact_name", "contact_phone", "contact_email"]),
    ]


class CompanyForm(GuidedForm):
    """A company as a partner."""

    kbli_code = KbliField(
        label="Kode KBLI",
        required=False,
        help_text="Lima angka pada NIB, untuk kegiatan utama. Contoh: 25920. Sektor Anda dibaca "
        "dari kode ini.",
    )
    kbli_version = KbliYearField(initial=2020)
    workers = WorkersField()
    wants_schools = forms.IntegerField(
        label="Berapa SMK yang ingin dibina?",
        min_value=1,
        max_value=500,
        widget=forms.TextInput({"inputmode": "numeric", "class": "w-s"}),
        help_text="Anjurannya paling sedikit lima.",
        error_messages={
            "invalid": "Tulis dengan angka saja. Contoh: 5",
            "min_value": "Tulis paling sedikit 1.",
            "max_value": "Jumlah itu melebihi 500. Periksa lagi angkanya.",
        },
    )
    signatory_name = forms.CharField(
        label="Nama penanda tangan",
        max_length=150,
        required=False,
        help_text="Pejabat yang berwenang menandatangani perjanjian.",
    )
    signatory_position = forms.CharField(label="Jabatan", max_length=100, required=False)
    contact_name = forms.CharField(label="Narahubung SDM", max_length=150, required=False)
    contact_phone = PhoneField(
        label="Telepon narahubung", required=False, help_text="Contoh: 0812 3456 7890"
    )
    contact_email = forms.EmailField(label="Surel narahubung", required=False)

    groups = [
        ("Perusahaan", ["kbli_code", "kbli_version", "workers", "wants_schools"]),
        ("Penanda tangan", ["signatory_name", "signatory_position"]),
        ("Narahubung SDM", ["contact_name", "contact_phone", "contact_email"]),
    ]


class CompetenceRow(GuidedForm):
    """A competence with its number of people. An emptied row takes it away."""

    competence = CompetenceField(label="Kompetensi", required=False)
    number = NumberOfPeople()

    def __init__(self, *args, catalog, label, **options):
        super().__init__(*args, **options)
        self.fields["competence"].catalog = catalog
        self.fields["number"].label = label
        for field in self.fields.values():
            field.hide_optional = True

    def clean(self):
        values = super().clean()
        if (
            values.get("number")
            and not values.get("competence")
            and "competence" not in self.errors
        ):
            self.add_error("competence", f"Tulis kompetensinya. {EXAMPLE}")
        return values


class CompetenceRows(forms.BaseFormSet):
    """All rows together: no competence twice."""

    def clean(self):
        seen = set()
        for row in self.forms:
            competence = getattr(row, "cleaned_data", {}).get("competence")
            if competence in seen:
                raise ValidationError(
                    f"{competence.full_name} tertulis dua kali. Hapus salah satu."
                )
            if competence:
                seen.add(competence)

    def figures(self):
        """{competence: number or None} in the order of the page."""
        return {
            row.cleaned_data["competence"]: row.cleaned_data.get("number")
            for row in self.forms
            if row.cleaned_data.get("competence")
        }


def competence_rows(data=None, *, known, catalog, label):
    """The rows of a page. ``known`` are (competence, number) as they stand."""
    rows = forms.formset_factory(
        CompetenceRow,
        formset=CompetenceRows,
        extra=BLANK_ROWS,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )
    return rows(
        data,
        prefix="kompetensi",
        initial=[{"competence": one, "number": number} for one, number in known],
        form_kwargs={"catalog": catalog, "label": label},
    )
