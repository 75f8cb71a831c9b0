"""What organizers type about participants: a decision with its reason, a new one, a message."""

import json

from django import forms
from django.utils.text import capfirst

from programs.forms import GuidedForm
from training.enums import AudienceKind, RegistrationStatus
from training.forms.registration import IKM, RegistrationForm
from training.workflow.correction import CORRECTED

# Those to whom an organizer may have something to say.
ADDRESSED = [
    RegistrationStatus.ACCEPTED,
    RegistrationStatus.WAITING,
    RegistrationStatus.PENDING,
    RegistrationStatus.ABSENT,
    RegistrationStatus.PARTLY,
    RegistrationStatus.QUALIFIED,
    RegistrationStatus.CERTIFIED,
]


class DecisionForm(GuidedForm):
    """A reason, needed where somebody is refused."""

    reason = forms.CharField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Dibaca orangnya. Contoh: Kegiatan ini untuk aparatur dinas di Sumatera.",
        error_messages={"required": "Tulis alasannya; orangnya membaca alasan ini."},
    )

    def __init__(self, *args, needs_reason, asks_reason, **options):
        super().__init__(*args, **options)
        if not asks_reason:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = needs_reason

    @property
    def words(self):
        return self.cleaned_data.get("reason", "")


class ParticipantForm(RegistrationForm):
    """The form that everybody fills in, as an organizer fills it in for somebody else."""

    groups = [
        ("", ["kind"]),
        ("Orangnya", ["name", "email", "phone"]),
        (
            "Asal",
            [
                "servant_kind",
                "nip",
                "rank",
                "position",
                "position_kind",
                "institution",
                "nib",
                "region",
                "letter",
            ],
        ),
        ("Keperluan lain", ["needs", "consent"]),
    ]

    email = forms.EmailField(
        label="Surel",
        max_length=254,
        help_text="Dipakai untuk masuk dan menerima kabar. Contoh: siti@bukittinggikota.go.id",
    )

    def __init__(self, data=None, files=None, *, event, **options):
        super().__init__(data, files, event=event, user=None, **options)
        self.fields.pop("business", None)
        self.fields["kind"].label = "Mendaftar sebagai"
        consent = self.fields["consent"]
        consent.label = "Orang ini tahu dan setuju didaftarkan"
        consent.help_text = "Ia menerima surel berisi cara masuk dan cara mengundurkan diri."
        consent.error_messages["required"] = (
            "Pastikan dahulu orangnya setuju, lalu centang kotak ini."
        )

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class CorrectionForm(ParticipantForm):
    """What stands in a registration, to be put right; as what somebody comes stays.

    ``seen`` says what stood there when the page was opened: what the organizer left as it was is no
    change, even if the person put it right in the meantime.
    """

    groups = [
        ("", ["name"]),
        (
            "Asal",
            [
                "servant_kind", "nip", "rank", "position", "position_kind", "institution", "nib",
                "region",
            ],
        ),
        ("Mengapa dibetulkan", ["reason"]),
    ]  # fmt: skip

    reason = forms.CharField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Dibaca orangnya. Contoh: Kabupaten salah dipilih saat mendaftar.",
        error_messages={"required": "Tulis alasannya; orangnya membaca alasan ini."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput({"autocomplete": "off"}))

    def __init__(self, data=None, *, registration, **options):
        self.registration = registration
        stored = {name: self._stored(name) for name in CORRECTED}
        super().__init__(
            data,
            event=registration.event,
            initial=stored | {"seen": json.dumps(stored)},
            **options,
        )
        for name in ("email", "phone", "letter", "needs", "consent"):
            self.fields.pop(name, None)
        self.fields["kind"].disabled = True
        if "region" in self.fields:
            self.fields[
                "region"
            ].help_text = "Tempat orangnya bekerja. Bagi pegawai dinas provinsi, pilih provinsinya."
        if registration.certificate_id:
            del self.fields["name"]
        if registration.kind == IKM and registration.organization_id:
            # It is called as the register calls it.
            self.fields.pop("institution", None)

    def _stored(self, name):
        field = self.registration._meta.get_field(name)
        return getattr(self.registration, field.attname) or ""

    def kinds_to_choose(self):
        return [AudienceKind(self.registration.kind)]

    def needed(self, kind):
        """What was never known may stay unknown: a name is put right without it."""
        return [name for name in super().needed(kind) if self._stored(name)]

    def changes(self):
        """What the organizer changed on this page, as ``workflow.correction`` takes it."""
        seen = self._seen()
        found = {}
        for name in CORRECTED:
            if name not in self.fields:
                continue
            value = self.cleaned_data.get(name)
            typed = value.pk if name == "region" and value else value or ""
            if typed != seen.get(name, self._stored(name)):
                found[name] = value if name == "region" else typed
        if "nib" in found:
            found["organization"] = self._company()
        return found

    def _seen(self):
        try:
            seen = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}


class MessageForm(GuidedForm):
    """A message to some participants. Chosen people come by their keys, else by status."""

    statuses = forms.MultipleChoiceField(
        label="Kepada",
        widget=forms.CheckboxSelectMultiple,
        choices=[(status.value, capfirst(status.label)) for status in ADDRESSED],
        error_messages={"required": "Pilih paling sedikit satu kelompok penerima."},
    )
    subject = forms.CharField(
        label="Judul", max_length=120, help_text="Contoh: Tautan Zoom hari kedua berubah"
    )
    body = forms.CharField(
        label="Isi pesan",
        max_length=3000,
        widget=forms.Textarea({"rows": 8}),
        help_text="Nama kegiatan dan narahubung ditambahkan sendiri.",
    )

    def __init__(self, *args, counts, chosen=0, **options):
        """``counts`` are people by status; ``chosen`` people were picked in the list."""
        super().__init__(*args, **options)
        field = self.fields["statuses"]
        if chosen:
            del self.fields["statuses"]
            return
        field.choices = [
            (status.value, capfirst(status.label)) for status in ADDRESSED if counts.get(status)
        ]
        field.choice_help = {
            status.value: f"{counts[status]} orang" for status in ADDRESSED if counts.get(status)
        }
        field.initial = [RegistrationStatus.ACCEPTED.value]
