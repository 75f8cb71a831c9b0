"""What officers type about a batch itself: its data, its partners, and its ends."""

from django import forms
from django.core.exceptions import ValidationError

from programs.admin_base import Select, TextInput
from programs.forms import DateField, GuidedForm, GuidedModelForm, NibField
from programs.region_field import RegencyField
from programs.transitions import TransitionNotAllowed
from training.models import Batch, Course
from training.workflow.batch import must_fit

A_DAY = "Contoh: 17/08/2026"


class CourseForm(GuidedModelForm):
    class Meta:
        model = Course
        fields = "__all__"


class BatchForm(GuidedModelForm):
    """The days, the place and the size of a batch. ``workflow`` keeps what was typed."""

    starts_on = DateField(label="Pelatihan mulai", help_text=A_DAY, widget=TextInput)
    ends_on = DateField(label="Pelatihan selesai", help_text=A_DAY, widget=TextInput)
    opens_on = DateField(label="Pendaftaran dibuka", help_text=A_DAY, widget=TextInput)
    closes_on = DateField(
        label="Pendaftaran ditutup",
        help_text="Hari terakhir mendaftar, sebelum pelatihan mulai. " + A_DAY,
        widget=TextInput,
    )
    region = RegencyField(label="Kabupaten/kota tempat pelatihan", widget=Select)

    class Meta:
        model = Batch
        fields = [
            "course",
            "number",
            "starts_on",
            "ends_on",
            "place",
            "region",
            "capacity",
            "opens_on",
            "closes_on",
            "contact",
        ]

    def _post_clean(self):
        """The rules of the whole row, also of columns that the form does not show."""
        super()._post_clean()
        if self.errors:
            return
        self.instance.year = self.instance.starts_on.year
        stored = Batch.objects.filter(pk=self.instance.pk).first()
        try:
            self.instance.validate_constraints()
            if stored is not None:
                must_fit(stored, self.instance)
        except ValidationError as problem:
            self.add_error(None, problem.messages)
        except TransitionNotAllowed as refusal:
            self.add_error(None, str(refusal))


class CancelForm(GuidedForm):
    reason = forms.CharField(
        label="Alasan pembatalan",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Dibaca pendaftar dan peserta.",
    )


class ReopenForm(GuidedForm):
    closes_on = DateField(label="Hari terakhir pendaftaran", help_text=A_DAY)
    reason = forms.CharField(
        label="Alasan perpanjangan",
        max_length=300,
        help_text="Contoh: tempat belum terisi.",
    )


class DemandForm(GuidedForm):
    """The work that one partner promises. Companies were searched before, by name or NIB."""

    company = forms.ChoiceField(label="Perusahaan mitra", widget=forms.RadioSelect)
    nib = NibField(
        label="NIB perusahaan baru",
        required=False,
        help_text="13 angka. Boleh menyusul.",
    )
    position = forms.CharField(
        label="Pekerjaan", max_length=100, help_text="Contoh: Operator jahit"
    )
    places = forms.IntegerField(
        label="Kebutuhan (orang)", min_value=1, max_value=500, widget=forms.TextInput
    )
    region = RegencyField(
        label="Kabupaten/kota tempat kerja",
        required=False,
        empty_label="Sama dengan alamat perusahaan",
    )
    groups = [("", ["company", "nib", "position", "places", "region"])]
    NEW = "baru"

    def __init__(self, *args, companies, name, **options):
        super().__init__(*args, **options)
        self.companies = {str(company.pk): company for company in companies}
        choices = [(key, company.name) for key, company in self.companies.items()]
        if name:
            choices.append((self.NEW, f"Perusahaan baru: {name}"))
        field = self.fields["company"]
        field.choices = choices
        field.choice_help = {
            key: ", ".join(
                part
                for part in (
                    f"NIB {company.nib}" if company.nib else "",
                    company.region.full_name if company.region else "",
                )
                if part
            )
            for key, company in self.companies.items()
        } | {self.NEW: "Belum ada dalam register; dicatat dengan nama ini."}
        self.fields["places"].widget.attrs["class"] = "w-s"
        self.fields["nib"].show_when = f"company={self.NEW}"
        if not name:
            del self.fields["nib"]

    @property
    def chosen(self):
        """The company, or None for a new one."""
        return self.companies.get(self.cleaned_data["company"])
