"""What officers type when they move an event: a reason, a new time, a new name."""

from django import forms
from django.utils.text import slugify

from programs.forms import GuidedForm, MomentField
from training.models import Event

EXAMPLE = "Contoh: 17/08/2026 09.30"


def moment(label, hint=EXAMPLE, **options):
    field = MomentField(label=f"{label} (WIB)", help_text=hint, **options)
    field.widget.attrs["class"] = "w-l"
    return field


class MoveForm(GuidedForm):
    """A move that asks for nothing but a yes. ``given`` is what the workflow function takes."""

    def __init__(self, *args, event, now, **options):
        super().__init__(*args, **options)
        self.event, self.now = event, now

    @property
    def given(self):
        return self.cleaned_data


class ReasonForm(MoveForm):
    reason = forms.CharField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Dibaca setiap pendaftar. Contoh: Narasumber berhalangan.",
        error_messages={"required": "Tulis alasannya; setiap pendaftar membacanya."},
    )


class ReopenForm(MoveForm):
    closes_at = moment("Pendaftaran ditutup lagi")

    def clean_closes_at(self):
        closes_at = self.cleaned_data["closes_at"]
        if closes_at <= self.now:
            raise forms.ValidationError("Waktu tutup yang baru harus sesudah sekarang.")
        if self.event.ends_at and closes_at > self.event.ends_at:
            raise forms.ValidationError("Pendaftaran harus ditutup sebelum sesi terakhir selesai.")
        return closes_at


class RescheduleForm(MoveForm):
    """New times for every session, and a new end of the registration."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.sessions = list(self.event.sessions.all())
        self.groups = []
        for session in self.sessions:
            starts, ends = f"starts_{session.number}", f"ends_{session.number}"
            self.fields[starts] = moment("Mulai", initial=session.starts_at)
            self.fields[ends] = moment("Selesai", initial=session.ends_at)
            for name, words in ((starts, "mulai"), (ends, "selesai")):
                self.fields[name].error_messages["required"] = (
                    f"Isi waktu sesi {session.number} {words}."
                )
            self.groups.append((f"Sesi {session.number}: {session.title}", [starts, ends]))
        self.fields["closes_at"] = moment(
            "Pendaftaran ditutup",
            f"Paling akhir saat sesi terakhir selesai. {EXAMPLE}",
            initial=self.event.closes_at,
        )
        self.groups.append(("Pendaftaran", ["closes_at"]))

    def clean(self):
        cleaned = super().clean()
        for session in self.sessions:
            starts, ends = f"starts_{session.number}", f"ends_{session.number}"
            begins, is_over = cleaned.get(starts), cleaned.get(ends)
            if begins and begins <= self.now:
                self.add_error(starts, "Waktu ini sudah lewat. Isi waktu yang akan datang.")
            if begins and is_over and is_over <= begins:
                self.add_error(ends, "Sesi harus selesai sesudah mulai.")
        return cleaned

    @property
    def given(self):
        values = self.cleaned_data
        return {
            "times": {
                one.number: (values[f"starts_{one.number}"], values[f"ends_{one.number}"])
                for one in self.sessions
            },
            "closes_at": values["closes_at"],
        }


class CopyForm(MoveForm):
    title = forms.CharField(label="Judul kegiatan baru", max_length=200)
    slug = forms.SlugField(
        label="Alamat",
        required=False,
        max_length=80,
        help_text="Bagian akhir alamat halaman. Kosongkan agar dibuat dari judul. "
        "Contoh: bimtek-regional-3-2026",
        error_messages={"invalid": "Pakai huruf kecil, angka, dan tanda hubung saja."},
    )

    def clean(self):
        cleaned = super().clean()
        slug = cleaned.get("slug") or slugify(cleaned.get("title", ""))[:80].strip("-")
        if cleaned.get("title") and "slug" not in self.errors:
            if not slug:
                self.add_error("slug", "Isi alamatnya dengan huruf dan angka.")
            elif Event.objects.filter(slug=slug).exists():
                self.add_error(
                    "slug",
                    f"Alamat {slug} sudah dipakai kegiatan lain. Tambahkan tahunnya.",
                )
        cleaned["slug"] = slug
        return cleaned
