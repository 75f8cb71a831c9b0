"""One short form for everybody; which questions it asks follows from as what one comes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from programs.enums import MembershipState, OrganizationKind
from programs.forms import GuidedForm, NibField, NipField, PhoneField, UploadField
from programs.models import Organization
from programs.region_field import RegencyOrProvinceField
from training import ranks
from training.certificate_names import read_certificate_name
from training.enums import AudienceKind, CivilServantKind, PositionKind

APPARATUS, IKM, SCHOOL, COMPANY, PUBLIC = (
    AudienceKind.APPARATUS,
    AudienceKind.IKM,
    AudienceKind.SCHOOL,
    AudienceKind.COMPANY,
    AudienceKind.PUBLIC,
)
# What each kind of people is asked besides name, telephone, needs and consent.
ASKED = {
    APPARATUS: [
        "servant_kind", "nip", "rank", "position", "position_kind", "institution", "region",
        "letter",
    ],
    IKM: ["business", "institution", "region"],
    SCHOOL: ["position", "institution", "region"],
    COMPANY: ["position", "institution", "nib", "region"],
    PUBLIC: ["region"],
}  # fmt: skip
NEEDED = {
    APPARATUS: ["servant_kind", "position", "institution", "region"],
    IKM: ["institution", "region"],
    SCHOOL: ["position", "institution", "region"],
    COMPANY: ["position", "institution", "region"],
    PUBLIC: ["region"],
}
INSTITUTION = {
    APPARATUS: ("Instansi", "Contoh: Dinas Perindustrian Kota Bukittinggi"),
    IKM: ("Nama usaha", "Seperti pada NIB atau papan nama usaha."),
    SCHOOL: ("Nama sekolah", "Contoh: SMK Negeri 2 Bukittinggi"),
    COMPANY: ("Nama perusahaan atau asosiasi", "Contoh: PT Contoh Jaya"),
}
# A field takes them through a function: a list of its own would be copied for every form.
SERVANT_KINDS = [(kind.value, capfirst(kind.label)) for kind in CivilServantKind]
RANKS = [("", "Pilih pangkat atau golongan"), *ranks.CHOICES]
POSITION_KINDS = [
    ("", "Pilih jenis jabatan"),
    *((kind.value, capfirst(kind.label)) for kind in PositionKind),
]
FIELDS_OF_A_KIND = list(dict.fromkeys(name for names in ASKED.values() for name in names))


class RegistrationForm(GuidedForm):
    """A person for one event. ``user`` may name an IKM of theirs; None fills in for somebody else.

    Answers that the chosen kind is not asked are dropped, whatever the browser sent.
    """

    groups = [
        ("", ["kind"]),
        ("Anda", ["name", "phone"]),
        (
            "Asal",
            [
                "servant_kind", "nip", "rank", "position", "position_kind", "business",
                "institution", "nib", "region", "letter",
            ],
        ),
        ("Keperluan lain", ["needs", "consent"]),
    ]  # fmt: skip

    kind = forms.ChoiceField(label="Anda mendaftar sebagai", widget=forms.RadioSelect)
    name = forms.CharField(
        label="Nama lengkap dengan gelar",
        max_length=150,
        help_text="Persis seperti yang dicetak di sertifikat. Contoh: Dr. Siti Rahmah, S.T., M.Si.",
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = PhoneField(
        label="Nomor WhatsApp",
        help_text="Untuk panitia bila ada perubahan mendadak. Contoh: 0812 3456 7890",
    )
    servant_kind = forms.ChoiceField(
        label="Status kepegawaian",
        required=False,
        widget=forms.RadioSelect,
        choices=lambda: SERVANT_KINDS,
    )
    nip = NipField(
        label="NIP",
        required=False,
        help_text="18 angka, PNS maupun PPPK. Kosongkan bila bukan ASN. Contoh: 198503152010011002",
    )
    rank = forms.ChoiceField(
        label="Pangkat/golongan",
        required=False,
        choices=lambda: RANKS,
    )
    position = forms.CharField(
        label="Jabatan",
        required=False,
        max_length=150,
        help_text="Contoh: Kepala Bidang Perindustrian",
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    position_kind = forms.ChoiceField(
        label="Jenis jabatan",
        required=False,
        choices=lambda: POSITION_KINDS,
    )
    business = forms.ModelChoiceField(
        Organization.objects.none(),
        label="Usaha Anda",
        required=False,
        empty_label="Usaha saya belum terdaftar di Bina Industri",
    )
    institution = forms.CharField(
        label="Instansi, sekolah, atau perusahaan",
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    nib = NibField(
        label="NIB perusahaan",
        required=False,
        help_text="13 angka. Kosongkan bila asosiasi. Contoh: 9120001234567",
    )
    region = RegencyOrProvinceField(
        label="Kabupaten/kota",
        required=False,
        help_text="Tempat Anda bekerja. Pegawai dinas provinsi memilih provinsinya.",
    )
    letter = UploadField(
        label="Surat tugas",
        required=False,
        help_text="PDF atau foto, paling besar 5 MB. Dapat juga diunggah nanti.",
    )
    needs = forms.CharField(
        label="Kebutuhan khusus",
        required=False,
        max_length=200,
        help_text="Misalnya juru bahasa isyarat, akses kursi roda, atau bahan berhuruf besar.",
    )
    consent = forms.BooleanField(
        label="Saya setuju data ini dipakai untuk kegiatan ini",
        help_text="Panitia memakainya untuk mengurus tempat, mencatat kehadiran, dan menerbitkan "
        "sertifikat. Siapa pun yang memegang sertifikat Anda dapat memeriksa keasliannya.",
        error_messages={
            "required": "Centang persetujuan ini agar panitia dapat mendaftarkan Anda."
        },
    )

    def __init__(self, data=None, files=None, *, event, user, **options):
        super().__init__(data, files, **options)
        self.event = event
        self.kinds = self.kinds_to_choose()
        self._ask_only_for_these_kinds()
        if user is not None and "business" in self.fields:
            self.fields["business"].queryset = _businesses_of(user)
        for name, width in [("phone", "w-l"), ("nip", "w-l mono"), ("nib", "w-m mono")]:
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = width
        for name in ("nip", "nib"):
            if name in self.fields:
                # Numbers of people stay out of the telephone's memory.
                self.fields[name].widget.attrs["data-no-draf"] = ""

    def kinds_to_choose(self):
        return [AudienceKind(kind) for kind in self.event.audience_kinds] or list(AudienceKind)

    def needed(self, kind):
        """The fields without which this kind of people is not registered."""
        return NEEDED[kind]

    @property
    def only_kind(self):
        return self.kinds[0] if len(self.kinds) == 1 else None

    def _ask_only_for_these_kinds(self):
        kind = self.fields["kind"]
        kind.choices = [(one.value, capfirst(one.label)) for one in self.kinds]
        if self.only_kind:
            kind.widget, kind.initial = forms.HiddenInput(), self.only_kind.value
            kind.choices = [(self.only_kind.value, self.only_kind.label)]
        for name in FIELDS_OF_A_KIND:
            askers = [one for one in self.kinds if name in ASKED[one]]
            if not askers:
                del self.fields[name]
                continue
            field = self.fields[name]
            if len(askers) < len(self.kinds):
                field.show_when = f"kind={'|'.join(askers)}"
            field.hide_optional = any(name in self.needed(one) for one in askers)
        if self.only_kind in INSTITUTION:
            label, example = INSTITUTION[self.only_kind]
            self.fields["institution"].label = label
            self.fields["institution"].help_text = example

    def clean_name(self):
        try:
            return read_certificate_name(self.cleaned_data["name"])
        except ValueError as problem:
            raise ValidationError(str(problem)) from None

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if not kind:
            return cleaned
        for name in FIELDS_OF_A_KIND:
            if name not in ASKED[kind]:
                cleaned.pop(name, None)
                self._errors.pop(name, None)
        business = cleaned.get("business")
        if business:
            cleaned["institution"] = business.name
            cleaned["region"] = business.region or cleaned.get("region")
        for name in self.needed(kind):
            if name in self.fields and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, self._missing(name, kind))
        self._compare_nip(cleaned)
        return cleaned

    def _missing(self, name, kind):
        if name == "institution":
            label = INSTITUTION[kind][0]
            return f"Isi {label[0].lower()}{label[1:]}."
        return {
            "servant_kind": "Pilih status kepegawaian Anda.",
            "position": "Isi jabatan Anda.",
            "region": "Pilih kabupaten/kota Anda.",
        }[name]

    def _compare_nip(self, cleaned):
        """Civil servants have a NIP, others none."""
        if "servant_kind" not in self.fields or "nip" in self.errors:
            return
        servant = cleaned.get("servant_kind")
        if servant in (CivilServantKind.PNS, CivilServantKind.PPPK) and not cleaned.get("nip"):
            self.add_error("nip", "Isi NIP Anda, atau pilih “Bukan ASN”.")
        if servant == CivilServantKind.OTHER:
            cleaned["nip"] = cleaned["rank"] = ""

    def details(self):
        """The answers as ``workflow.registration`` takes them."""
        cleaned = self.cleaned_data
        details = {
            name: cleaned.get(name) or ""
            for name in [
                "kind", "name", "phone", "servant_kind", "nip", "rank", "position",
                "position_kind", "institution", "nib", "needs",
            ]
        }  # fmt: skip
        return details | {
            "region": cleaned.get("region"),
            "organization": cleaned.get("business") or self._company(),
        }

    def _company(self):
        """The company in the register with this NIB, if it is there."""
        if self.cleaned_data["kind"] != COMPANY or not self.cleaned_data.get("nib"):
            return None
        companies = Organization.objects.of_kind(OrganizationKind.COMPANY)
        return companies.filter(nib=self.cleaned_data["nib"]).order_by("pk").first()

    @property
    def commodity(self):
        """What the chosen business makes; "" where nothing is known of it."""
        profile = getattr(self.cleaned_data.get("business"), "ikm", None)
        return profile.commodity if profile else ""


def _businesses_of(user):
    return Organization.objects.filter(
        kind=OrganizationKind.IKM,
        memberships__user=user,
        memberships__state=MembershipState.APPROVED,
    ).select_related("ikm", "region")
