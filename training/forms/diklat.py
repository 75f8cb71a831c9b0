"""What people write when they register for a Diklat 3in1, or send somebody to it."""

from django import forms

from programs.forms import DateField, GuidedForm, NikField, PhoneField
from programs.region_field import RegencyField
from training.diklat_enums import Education, Gender
from training.models import PartnerDemand


class WantedField(forms.ModelChoiceField):
    """The work that partners promise, as choice cards."""

    widget = forms.RadioSelect

    def label_from_instance(self, demand):
        return f"{demand.position}, {demand.company}"


class PersonForm(GuidedForm):
    """One person for one batch. ``details`` are the fields of the record; the NIK goes apart."""

    name = forms.CharField(
        label="Nama lengkap",
        max_length=150,
        help_text="Seperti pada KTP; nama ini tertulis pada sertifikat.",
    )
    birth_date = DateField(label="Tanggal lahir", help_text="Contoh: 17/08/2004")
    gender = forms.ChoiceField(
        label="Jenis kelamin",
        choices=[(value, label.capitalize()) for value, label in Gender.choices],
        widget=forms.RadioSelect,
    )
    nik = NikField(
        label="NIK",
        required=False,
        help_text="16 angka pada KTP. Disimpan tersandi, untuk sertifikat kompetensi.",
    )
    region = RegencyField(label="Kabupaten/kota tempat tinggal")
    education = forms.ChoiceField(
        label="Pendidikan terakhir", choices=[("", "Pilih pendidikan"), *Education.choices]
    )
    email = forms.EmailField(label="Surel", max_length=254, required=False)
    phone = PhoneField(label="Nomor telepon", help_text="Contoh: 0812 3456 7890")
    wanted = WantedField(
        PartnerDemand.objects.none(),
        label="Tempat kerja yang Anda minati",
        required=False,
        blank=True,
        empty_label="Di mana saja",
        help_text="Pilihan ini tidak mengikat; penempatan diatur setelah uji kompetensi.",
    )
    needs = forms.CharField(
        label="Kebutuhan khusus",
        required=False,
        max_length=200,
        help_text="Misalnya kursi roda, alat bantu dengar, atau makanan tertentu.",
    )

    groups = [
        ("Data diri", ["name", "birth_date", "gender", "nik", "region", "education"]),
        ("Kontak", ["email", "phone"]),
        ("Pelatihan", ["wanted", "needs"]),
    ]

    def __init__(self, *args, batch, **options):
        super().__init__(*args, **options)
        demands = batch.demands.select_related("company", "region__province")
        self.fields["wanted"].queryset = demands
        self.fields["wanted"].hide_optional = True  # “anywhere” is one of the choices
        self.fields["wanted"].choice_help = {
            demand.pk: f"Kebutuhan {demand.places} orang"
            + (f", {demand.region.full_name}." if demand.region else ".")
            for demand in demands
        }

    @property
    def details(self):
        values = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: value for name, value in values.items() if name not in ("nik", *self.apart)}

    apart = ()

    def blame(self, problem):
        """Put the faults of a ``ValidationError`` at their fields, the others above the form."""
        faults = getattr(problem, "message_dict", {None: problem.messages})
        for name, sentences in faults.items():
            self.add_error(name if name in self.fields else None, sentences)


class RegistrationForm(PersonForm):
    """Somebody registers themselves; the address is that of their account."""

    agrees = forms.BooleanField(
        label="Saya memenuhi syarat peserta dan bersedia mengikuti pelatihan sampai selesai",
        error_messages={
            "required": "Centang pernyataan ini untuk mendaftar. Syarat peserta tertulis di "
            "halaman pelatihan."
        },
    )

    groups = [
        ("Data diri", ["name", "birth_date", "gender", "nik", "region", "education"]),
        ("Kontak", ["phone"]),
        ("Pelatihan", ["wanted", "needs", "agrees"]),
    ]
    apart = ("agrees",)

    def __init__(self, *args, batch, user, **options):
        super().__init__(*args, batch=batch, **options)
        del self.fields["email"]
        self.initial.setdefault("name", user.name)
        self.initial.setdefault("phone", str(user.phone))


class SentPersonForm(PersonForm):
    """A Dinas or a company sends somebody."""

    sent_by = forms.ModelChoiceField(None, label="Dikirim atas nama", empty_label=None)

    groups = [("Pengirim", ["sent_by"]), *PersonForm.groups]
    apart = ("sent_by",)

    def __init__(self, *args, organizations, **options):
        super().__init__(*args, **options)
        self.fields["sent_by"].queryset = organizations
        self.fields["wanted"].label = "Tempat kerja yang diminati"
        self.fields[
            "email"
        ].help_text = "Surel orang itu sendiri. Tanpa surel, kabar untuknya dikirim kepada Anda."


class EnteredPersonForm(PersonForm):
    """An officer of the unit enters somebody who came in person or in a letter."""

    sent_by_name = forms.CharField(
        label="Dikirim oleh",
        required=False,
        max_length=150,
        help_text="Dinas, asosiasi, atau pesantren yang mengirim, bila ada.",
    )

    groups = [*PersonForm.groups, ("Pengirim", ["sent_by_name"])]
    apart = ("sent_by_name",)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["wanted"].label = "Tempat kerja yang diminati"
        self.fields[
            "email"
        ].help_text = "Surel orang itu sendiri. Tanpa surel, kabar untuknya dikirim kepada Anda."


class LeaveForm(GuidedForm):
    """Why somebody gives their place back."""

    reason = forms.CharField(
        label="Alasan mengundurkan diri",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Beberapa kata sudah cukup. Contoh: sudah mendapat pekerjaan.",
        error_messages={"required": "Tulis alasannya, beberapa kata sudah cukup."},
    )
