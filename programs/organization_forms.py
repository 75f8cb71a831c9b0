"""What people tell the register about their business, and whom they want to join."""

import hashlib

from django import forms

from programs.business_fields import (
    InvestmentField,
    KbliYearField,
    LegalFormField,
    TurnoverField,
    WorkersField,
)
from programs.enums import Commodity, OrganizationKind
from programs.forms import GuidedForm, KbliField, NibField, NikField, NpsnField, NpwpField
from programs.models import Organization
from programs.region_field import RegencyField
from programs.review import doubts_about


class IkmForm(GuidedForm):
    """An IKM as its people describe it.

    What looks wrong is shown once, as a question: the same values sent again are accepted, and an
    officer looks at them (``domain.md`` §G).
    """

    groups = [
        ("Usaha", ["name", "legal_form", "nib", "npwp", "kbli_code", "kbli_version", "commodity"]),
        ("Tempat usaha", ["region", "address"]),
        ("Pemilik", ["owner_name", "nik"]),
        ("Ukuran usaha", ["workers", "investment", "turnover", "brands"]),
    ]

    name = forms.CharField(
        label="Nama usaha",
        max_length=200,
        help_text="Seperti pada NIB. Contoh: CV Sandang Contoh",
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    legal_form = LegalFormField(help_text="Seperti pada NIB atau akta.")
    nib = NibField(
        label="NIB",
        required=False,
        help_text="13 angka. Contoh: 9120001234567. Belum punya? NIB diurus gratis di OSS; isi "
        "kemudian.",
    )
    npwp = NpwpField(
        label="NPWP",
        required=False,
        help_text="15 atau 16 angka, dengan atau tanpa titik. Contoh: 01.312.166.0-091.000",
    )
    kbli_code = KbliField(
        label="Kode KBLI",
        required=False,
        help_text="Lima angka pada NIB, untuk kegiatan utama. Contoh: 14111",
    )
    kbli_version = KbliYearField(initial=2020)
    commodity = forms.ChoiceField(
        label="Komoditas",
        required=False,
        choices=[("", "Pilih komoditas"), *Commodity.choices],
        help_text="Barang yang paling banyak Anda buat.",
    )
    region = RegencyField(label="Kabupaten/kota")
    address = forms.CharField(
        label="Alamat usaha",
        max_length=500,
        help_text="Jalan, nomor, kelurahan atau desa, kecamatan.",
        widget=forms.Textarea({"rows": 3, "autocomplete": "street-address"}),
    )
    owner_name = forms.CharField(
        label="Nama pemilik",
        max_length=150,
        help_text="Seperti pada KTP. Pada CV, PT, dan koperasi: nama direktur atau ketua.",
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    nik = NikField(
        label="NIK pemilik",
        help_text="16 angka pada KTP. Disimpan tersandi dan hanya ditampilkan sebagian.",
    )
    workers = WorkersField(help_text="Termasuk pemilik yang ikut bekerja.")
    investment = InvestmentField()
    turnover = TurnoverField()
    brands = forms.CharField(
        label="Merek", required=False, max_length=200, help_text="Contoh: Songket Rahmah"
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, organization=None, **options):
        if organization is not None:
            options["initial"] = {**_as_typed(organization), **options.get("initial", {})}
        super().__init__(*args, **options)
        self.organization = organization
        self.doubts = []
        for name in ("nib", "npwp", "nik"):
            self.fields[name].widget.attrs["class"] = "w-l mono"
        self.fields["kbli_code"].widget.attrs["class"] = "w-m mono"
        profile = getattr(organization, "ikm", None)
        if profile and profile.owner_nik:
            self.fields["nik"].required = False
            self.fields["nik"].hide_optional = True
            self.fields[
                "nik"
            ].help_text = f"Tersimpan: {profile.masked_nik}. Isi hanya bila ingin menggantinya."

    def raises_doubts(self):
        """Whether valid values look wrong, and the person has not been asked about just these.

        Afterwards ``doubts`` holds what to ask, and the form carries that it was asked.
        """
        told = [doubt for doubt in self._doubts() if doubt.words]
        digest = hashlib.sha256(repr([(d.field, d.note) for d in told]).encode()).hexdigest()[:16]
        self.doubts = told
        is_new = bool(told) and self.cleaned_data["seen"] != digest
        if is_new:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = digest
        return is_new

    def _doubts(self):
        typed = self.cleaned_data
        profile = getattr(self.organization, "ikm", None)
        nib_changed = typed["nib"] != getattr(self.organization, "nib", None)
        kbli = (typed["kbli_code"], typed["kbli_version"])
        kbli_changed = profile is None or kbli != (profile.kbli_code, profile.kbli_version)
        return doubts_about(
            nib=typed["nib"] if nib_changed else "",
            nik=typed["nik"],
            kbli_code=typed["kbli_code"] if kbli_changed else "",
            kbli_version=typed["kbli_version"],
            besides=self.organization,
        )


def _as_typed(organization):
    profile = getattr(organization, "ikm", None)
    of_the_profile = [
        "owner_name",
        "legal_form",
        "kbli_code",
        "kbli_version",
        "commodity",
        "workers",
        "investment",
        "turnover",
        "brands",
    ]
    return {
        **{name: getattr(organization, name) for name in ("name", "nib", "npwp", "address")},
        "region": organization.region_id,
        **{name: getattr(profile, name) for name in of_the_profile if profile},
    }


class JoinForm(GuidedForm):
    """Which organization somebody belongs to: by its NIB or NPSN, or a Dinas from the list."""

    BUSINESS, SCHOOL, AGENCY = "usaha", "sekolah", "dinas"

    where = forms.ChoiceField(
        label="Anda bekerja di mana?",
        choices=[(BUSINESS, "Usaha atau perusahaan"), (SCHOOL, "Sekolah"), (AGENCY, "Dinas")],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih usaha, sekolah, atau dinas."},
    )
    nib = NibField(
        label="NIB usaha itu", required=False, help_text="13 angka. Contoh: 9120001234567"
    )
    npsn = NpsnField(
        label="NPSN sekolah itu", required=False, help_text="8 angka. Contoh: 20328456"
    )
    agency = forms.ModelChoiceField(
        label="Dinas",
        required=False,
        queryset=Organization.objects.of_kind(OrganizationKind.AGENCY).order_by("name"),
        empty_label="Pilih dinas",
        help_text="Dinas yang belum ada dalam daftar didaftarkan oleh petugas; hubungi kami.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["where"].choice_help = {
            self.BUSINESS: "Pemiliknya akan menyetujui permintaan Anda.",
            self.SCHOOL: "Orang sekolah yang sudah terdaftar menyetujui, atau petugas kementerian.",
            self.AGENCY: "Petugas kementerian akan memeriksa permintaan Anda.",
        }
        asked = [("nib", self.BUSINESS), ("npsn", self.SCHOOL), ("agency", self.AGENCY)]
        for name, answer in asked:
            self.fields[name].hide_optional = True
            self.fields[name].show_when = f"where={answer}"
        for name in ("nib", "npsn"):
            self.fields[name].widget.attrs["class"] = "w-l mono"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("where") == self.SCHOOL and "npsn" not in self.errors:
            self._find_school(cleaned)
        if cleaned.get("where") == self.AGENCY and not cleaned.get("agency"):
            self.add_error("agency", "Pilih dinas tempat Anda bekerja.")
        if cleaned.get("where") == self.BUSINESS and "nib" not in self.errors:
            if not cleaned.get("nib"):
                self.add_error("nib", "Isi NIB usaha itu.")
            elif (organization := _with_nib(cleaned["nib"])) is None:
                self.add_error(
                    "nib",
                    f"Belum ada usaha dengan NIB {cleaned['nib']}. Periksa lagi angkanya, atau "
                    "daftarkan usahanya bila memang belum terdaftar.",
                )
            else:
                cleaned["organization"] = organization
        if cleaned.get("where") == self.AGENCY:
            cleaned["organization"] = cleaned.get("agency")
        return cleaned

    def _find_school(self, cleaned):
        if not cleaned.get("npsn"):
            self.add_error("npsn", "Isi NPSN sekolah itu.")
            return
        schools = Organization.objects.of_kind(OrganizationKind.SCHOOL)
        cleaned["organization"] = schools.filter(npsn=cleaned["npsn"]).order_by("pk").first()
        if cleaned["organization"] is None:
            self.add_error(
                "npsn",
                f"Belum ada sekolah dengan NPSN {cleaned['npsn']}. Periksa lagi angkanya, atau "
                "hubungi kami agar sekolah itu didaftarkan.",
            )


def _with_nib(nib):
    """The first that was registered with this NIB: later ones wait for an officer's eye."""
    return Organization.objects.filter(nib=nib).order_by("pk").first()
