"""What a side writes into the text of a PKS while it is discussed."""

from django import forms

from partnerships.forms.competences import ChoosesCompetences
from partnerships.forms.scope import ChoosesScope
from partnerships.workflow.text import fields_for
from programs.forms import DateField, GuidedForm, NipField


class TextForm(GuidedForm, ChoosesCompetences, ChoosesScope):
    """The fields of both sides and of one's own. Nothing is needed before the text is fixed."""

    purpose = forms.CharField(
        label="Maksud kerja sama",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Satu atau dua kalimat. Contoh: menyelaraskan pembelajaran pemesinan dengan "
        "kebutuhan industri.",
    )
    starts_on = DateField(label="Berlaku mulai", required=False, help_text="Contoh: 01/07/2026")
    ends_on = DateField(
        label="Berlaku sampai",
        required=False,
        help_text="Biasanya tiga sampai lima tahun. Contoh: 30/06/2029",
    )
    signed_place = forms.CharField(
        label="Tempat tanda tangan", max_length=100, required=False, help_text="Contoh: Semarang"
    )
    clauses = forms.CharField(
        label="Ketentuan tambahan",
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="Hak dan kewajiban, pembiayaan, asuransi siswa, penyelesaian perselisihan. "
        "Ketentuan umum sudah ada di naskah.",
    )
    school_signatory = forms.CharField(
        label="Nama penanda tangan",
        max_length=150,
        required=False,
        help_text="Lengkap dengan gelar. Biasanya kepala sekolah.",
    )
    school_position = forms.CharField(label="Jabatan", max_length=100, required=False)
    school_nip = NipField(
        label="NIP", required=False, help_text="18 angka; kosongkan bila bukan pegawai negeri."
    )
    school_email = forms.EmailField(
        label="Surel penanda tangan",
        required=False,
        help_text="Tautan untuk menandatangani dikirim ke sini, tanpa perlu akun.",
    )
    school_number = forms.CharField(label="Nomor surat pada sekolah", max_length=80, required=False)
    company_signatory = forms.CharField(
        label="Nama penanda tangan",
        max_length=150,
        required=False,
        help_text="Pejabat yang berwenang, misalnya direktur atau manajer SDM.",
    )
    company_position = forms.CharField(label="Jabatan", max_length=100, required=False)
    company_email = forms.EmailField(
        label="Surel penanda tangan",
        required=False,
        help_text="Tautan untuk menandatangani dikirim ke sini, tanpa perlu akun.",
    )
    company_number = forms.CharField(
        label="Nomor surat pada perusahaan", max_length=80, required=False
    )

    groups = [
        ("Maksud dan masa berlaku", ["purpose", "starts_on", "ends_on", "signed_place", "clauses"]),
        (
            "Penanda tangan sekolah",
            ["school_signatory", "school_position", "school_nip", "school_email", "school_number"],
        ),
        (
            "Penanda tangan perusahaan",
            ["company_signatory", "company_position", "company_email", "company_number"],
        ),
    ]

    def __init__(self, *args, side, agreement, offered, catalog, chosen, scope, **options):
        mine = fields_for(side)
        options["initial"] = {name: getattr(agreement, name) for name in mine} | {
            "competences": [one.pk for one in chosen]
        }
        super().__init__(*args, **options)
        self.mine = mine
        for _, names in self.groups:
            for name in names:
                if name not in mine:
                    del self.fields[name]
                else:
                    self.fields[name].hide_optional = True
        self.offer(offered, catalog)
        self.add_scope(scope)

    def plain_groups(self):
        """(title, fields) of all but competences and scope, which have a form of their own."""
        return [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in self.groups
            if any(name in self.fields for name in names)
        ]

    def clean(self):
        values = super().clean()
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Tanggal berakhir harus pada atau sesudah tanggal mulai.")
        self.require_one()
        return values

    def values(self):
        return {name: self.cleaned_data[name] for name in self.mine}
