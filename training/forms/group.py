"""Several people of a Dinas at once: typed row by row, or as a file."""

from django import forms
from django.db.models import F, Q

from programs.forms import GuidedForm
from programs.models import Region
from programs.spreadsheets import MAX_SIZE
from training import ranks
from training.registration_import import COLUMNS, LONGEST, MOST_ROWS

BLANK_ROWS = 5
MOST_TYPED = 50


class PersonForm(GuidedForm):
    """One row. Fields are named like the columns of the file; the import judges both alike."""

    nama = forms.CharField(
        label="Nama lengkap dengan gelar",
        required=False,
        max_length=150,
        help_text="Persis seperti di sertifikat.",
    )
    email = forms.CharField(
        label="Surel",
        required=False,
        max_length=254,
        widget=forms.EmailInput,
        help_text="Milik orangnya sendiri; dengan surel itu ia masuk.",
    )
    nip = forms.CharField(
        label="NIP",
        required=False,
        max_length=30,
        widget=forms.TextInput({"inputmode": "numeric", "data-no-draf": ""}),
        help_text="18 angka; kosongkan bila bukan ASN.",
    )
    telepon = forms.CharField(
        label="Nomor WhatsApp", required=False, max_length=30, widget=forms.TelInput
    )
    pangkat_golongan = forms.ChoiceField(
        label="Pangkat/golongan",
        required=False,
        choices=[("", "Pilih pangkat atau golongan"), *ranks.CHOICES],
    )
    jabatan = forms.CharField(label="Jabatan", required=False, max_length=LONGEST["position"])
    kode_kabkota = forms.ChoiceField(label="Kabupaten/kota", required=False)

    def __init__(self, *args, agency, regions, **options):
        super().__init__(*args, **options)
        self.agency = agency
        field = self.fields["kode_kabkota"]
        field.choices = regions
        if len(regions) == 1:
            field.widget, field.initial = forms.HiddenInput(), regions[0][0]
            field.choices = regions
        else:
            field.choices = [("", "Pilih kabupaten/kota"), *regions]
        for name, one in self.fields.items():
            one.hide_optional = name in ("nama", "email", "jabatan", "kode_kabkota")

    @property
    def is_filled(self):
        """Whether anything was typed; a region that stands there already does not count."""
        return any(
            self[name].data for name in self.fields if not self.fields[name].widget.is_hidden
        )

    def blame(self, column, sentence):
        """Put what the import says of a column where it was typed."""
        if column == "kode_kabkota" and not self.cleaned_data.get(column):
            sentence = "Pilih kabupaten/kota."
        self.add_error(column if column in self.fields else None, sentence)

    def line(self):
        """The row as the import reads it."""
        typed = {column: self.cleaned_data.get(column, "") for column in COLUMNS}
        if typed["pangkat_golongan"] in ranks.PPPK_RANKS:
            typed["pangkat_golongan"] = f"PPPK {typed['pangkat_golongan']}"
        return typed | {"instansi": self.agency.name}


class PeopleFormSet(forms.BaseFormSet):
    """Rows that were left blank are no people."""

    def filled(self):
        """[(number as people count, form)] of the rows with something in them."""
        return [(number, form) for number, form in enumerate(self, 1) if form.is_filled]


def people_formset(data=None, *, agency, rows=BLANK_ROWS):
    formset = forms.formset_factory(
        PersonForm, formset=PeopleFormSet, extra=rows, max_num=MOST_TYPED, absolute_max=MOST_TYPED
    )
    options = {"agency": agency, "regions": regions_of(agency)}
    return formset(data, prefix="orang", form_kwargs=options)


def regions_of(agency):
    """What a Dinas may name as somebody's region: its own, and what lies in it."""
    within = Region.objects.filter(Q(pk=agency.region_id) | Q(province=agency.region_id))
    return [
        (region.code, f"Provinsi {region.name}" if region.is_province else region.name)
        for region in within.order_by(F("province").asc(nulls_first=True), "name")
    ]


class PeopleFileForm(GuidedForm):
    """The list as Excel or CSV."""

    file = forms.FileField(
        label="Berkas daftar peserta",
        help_text=f"Excel (.xlsx) atau CSV, paling banyak {MOST_ROWS} orang dan 5 MB.",
        widget=forms.FileInput({"accept": ".csv,.xlsx", "data-max-bytes": MAX_SIZE}),
        allow_empty_file=True,
        error_messages={"required": "Pilih berkas daftar peserta dahulu."},
    )
