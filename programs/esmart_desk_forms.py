"""What officers type when they move an enrolment in e-Smart."""

from django import forms

from programs.forms import DateField, GuidedForm, ReasonForm


class YesForm(GuidedForm):
    """A move that asks for nothing but a yes."""


class ScheduleForm(GuidedForm):
    """A place in a workshop: which, and on what day. Whether the day fits is for the workflow."""

    workshop = forms.CharField(
        label="Nama lokakarya",
        max_length=200,
        help_text="Contoh: Lokakarya e-Smart IKM Bukittinggi",
    )
    workshop_on = DateField(label="Tanggal lokakarya", help_text="Contoh: 17/08/2027")


class WhyForm(ReasonForm):
    """The reason of a move; it stays in the history, and the people of the IKM read it."""

    def __init__(self, *args, **options):
        super().__init__(
            *args,
            label="Alasan",
            hint="Tulis agar pemilik usaha mengerti. Contoh: NIB bukan milik usaha ini.",
            missing="Tulis alasannya; alasan ini tersimpan dalam riwayat.",
            max_length=500,
            **options,
        )
