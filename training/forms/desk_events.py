"""How officers prepare an event: its terms, sessions, speakers, quotas, materials and questions."""

from django import forms
from django.db.models import Q
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import slugify

from programs.admin_base import CheckboxSelectMultiple, Textarea, TextInput
from programs.enums import Commodity
from programs.forms import DateField, GuidedModelForm, MomentField, UploadField
from programs.models import Program
from training.enums import BEFORE_IT_BEGINS, AudienceKind, EventMode, EventStatus
from training.models import Event, Material, Question, Quota, Registration, Session, Speaker
from training.workflow.places import placed_under

EXAMPLE = "Waktu Indonesia Barat. Contoh: 17/08/2026 09.30."
MINUTES_OF_A_JP = 45
MOST_OPTIONS = 8


class LinesField(forms.CharField):
    """Several things, one a line."""

    widget = Textarea

    def to_python(self, value):
        if isinstance(value, list):
            return value
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value


def moment(label, hint="", **options):
    """A day and hour in WIB, typed in one line."""
    return MomentField(
        label=f"{label} (WIB)", widget=TextInput, help_text=f"{hint} {EXAMPLE}".strip(), **options
    )


def link(label, hint):
    return forms.URLField(
        label=label,
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=TextInput({"inputmode": "url"}),
        help_text=hint,
    )


class EventForm(GuidedModelForm):
    online_url = link(
        "Tautan daring", "Hanya ditunjukkan kepada peserta. Contoh: https://zoom.us/j/123."
    )
    opens_at = moment("Pendaftaran dibuka")
    closes_at = moment("Pendaftaran ditutup", "Paling akhir saat sesi terakhir selesai.")
    evaluation_closes_at = moment(
        "Evaluasi dan tes akhir ditutup", "Kosongkan bila tanpa batas.", required=False
    )
    quotas_released_on = DateField(
        label="Sisa kuota dibuka untuk semua pada",
        widget=TextInput,
        required=False,
        help_text="Mulai hari itu kuota tidak berlaku lagi. Contoh: 14/08/2026.",
    )
    audience_kinds = forms.MultipleChoiceField(
        label="Siapa yang dapat mendaftar",
        choices=AudienceKind,
        widget=CheckboxSelectMultiple,
        required=False,
        help_text="Tidak ada yang dicentang: siapa pun.",
    )
    commodities = forms.MultipleChoiceField(
        label="Komoditas IKM",
        choices=Commodity,
        widget=CheckboxSelectMultiple,
        required=False,
        help_text="Hanya untuk pelaku IKM. Tidak ada yang dicentang: semua komoditas.",
    )

    class Meta:
        model = Event
        fields = "__all__"
        widgets = {"description": Textarea}
        help_texts = {
            "slug": "Bagian akhir alamat halaman; kosongkan agar dibuat dari judul. "
            "Contoh: bimtek-regional-2-2026.",
            "summary": "Satu atau dua kalimat untuk daftar kegiatan.",
            "place": "Nama gedung dan alamat. Kosongkan bila seluruhnya daring.",
            "needs_approval": "Tanpa ini, yang mendaftar langsung mendapat tempat.",
            "session_minutes_percent": "Dari lamanya sesi, menurut laporan Zoom.",
            "sessions_percent": "Dari seluruh JP kegiatan.",
            "views": "Angka dari YouTube atau siaran lain, untuk laporan.",
            "description": "Tujuan, materi, dan yang perlu disiapkan peserta.",
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "program" in self.fields:
            own = Q(pk=self.instance.program_id)
            programs = Program.objects.filter(Q(is_active=True) | own)
            self.fields["program"].queryset = programs

    def clean_slug(self):
        title = self.cleaned_data.get("title", "")
        return self.cleaned_data["slug"] or slugify(title)[:80].strip("-")

    def clean_capacity(self):
        capacity = self.cleaned_data["capacity"]
        if capacity < self.instance.taken:
            raise forms.ValidationError(
                f"{self.instance.taken} peserta sudah mendapat tempat. Tulis paling sedikit "
                f"{self.instance.taken}."
            )
        return capacity

    def clean(self):
        cleaned = super().clean()
        for name, sentence in _faults_of_the_terms(cleaned):
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)
        is_draft = self.instance.status == EventStatus.DRAFT
        has_a_place = cleaned.get("mode", EventMode.ONLINE) != EventMode.ONLINE
        if has_a_place and not is_draft and not cleaned.get("place"):
            self.add_error("place", "Isi tempat kegiatan: acara ini tidak hanya daring.")
        return cleaned


def _faults_of_the_terms(values):
    opens, closes = values.get("opens_at"), values.get("closes_at")
    if opens and closes and closes <= opens:
        yield "closes_at", "Pendaftaran harus ditutup sesudah dibuka."
    if values.get("gives_certificate") and not values.get("certificate_code"):
        yield "certificate_code", "Isi kode kegiatan untuk nomor sertifikat. Contoh: BIMTEK."
    minimum = values.get("posttest_minimum")
    if minimum is not None and not values.get("has_posttest"):
        yield "posttest_minimum", "Nilai paling sedikit hanya berarti bila ada tes akhir."
    elif minimum is not None and minimum > 100:
        yield "posttest_minimum", "Tulis nilai paling banyak 100."
    for name in ("session_minutes_percent", "sessions_percent"):
        percent = values.get(name)
        if percent is not None and not 1 <= percent <= 100:
            yield name, "Tulis persentase dari 1 sampai 100."


class SessionForm(GuidedModelForm):
    """One row of the programme. Number and JP may be left to the system."""

    starts_at = MomentField(label="Mulai (WIB)", widget=TextInput)
    ends_at = MomentField(label="Selesai (WIB)", widget=TextInput)

    class Meta:
        model = Session
        fields = ["number", "title", "starts_at", "ends_at", "jp"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("number", "jp"):
            if name in self.fields:
                self.fields[name].required = False
        for name in ("starts_at", "ends_at"):
            if name in self.fields:
                self.fields[name].widget.attrs.setdefault("placeholder", "17/08/2026 09.30")

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "Sesi harus selesai sesudah mulai.")
        elif starts and ends and cleaned.get("jp") is None:
            minutes = int((ends - starts).total_seconds() // 60)
            cleaned["jp"] = max(1, minutes // MINUTES_OF_A_JP)
        return cleaned


class Numbered(forms.BaseInlineFormSet):
    """Rows whose empty number becomes the next one; no number stands twice."""

    def live_forms(self):
        return [
            form
            for form in self.forms
            if form.has_changed() or form.instance.pk
            if not (self.can_delete and self._should_delete_form(form))
        ]

    def clean(self):
        taken = set()
        for form in self.live_forms():
            number = form.cleaned_data.get("number") if hasattr(form, "cleaned_data") else None
            if number is not None and number in taken:
                form.add_error("number", f"Nomor {number} sudah dipakai baris lain.")
            taken.add(number)
        following = max((number for number in taken if number), default=0)
        for form in self.live_forms():
            if form.is_valid() and form.cleaned_data.get("number") is None:
                following += 1
                form.cleaned_data["number"] = form.instance.number = following
        super().clean()


class SessionFormSet(Numbered):
    def clean(self):
        super().clean()
        event = self.instance
        if any(self.errors) or event.status not in BEFORE_IT_BEGINS:
            return
        ends = [form.cleaned_data["ends_at"] for form in self.live_forms()]
        if not ends:
            raise forms.ValidationError("Kegiatan yang diumumkan harus memiliki sesi.")
        if event.closes_at > max(ends):
            raise forms.ValidationError(
                "Pendaftaran harus ditutup sebelum sesi terakhir selesai. Majukan penutupan "
                "pendaftaran, atau periksa waktu sesi."
            )


class SpeakerForm(GuidedModelForm):
    class Meta:
        model = Speaker
        fields = ["role", "name", "position", "institution"]


class QuotaForm(GuidedModelForm):
    """Places for one region, or for one kind of people."""

    class Meta:
        model = Quota
        fields = ["region", "kind", "places"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get(DELETION_FIELD_NAME) and self._is_used():
            cleaned[DELETION_FIELD_NAME] = False
            self.add_error(
                None, "Kuota ini sudah dipakai pendaftar. Ubah tempatnya, jangan dihapus."
            )
        region, kind = cleaned.get("region"), cleaned.get("kind")
        if bool(region) == bool(kind) and "region" not in self.errors:
            self.add_error("region", "Pilih satu wilayah atau satu jenis peserta, jangan keduanya.")
        places, quota = cleaned.get("places"), self.instance
        if places is not None and places < quota.taken and not quota.is_released:
            self.add_error(
                "places", f"{quota.taken} tempat sudah terisi. Tulis paling sedikit {quota.taken}."
            )
        return cleaned

    def _is_used(self):
        """Also by somebody who withdrew: the row says under which quota they came."""
        of_quota = Q(region_quota=self.instance) | Q(kind_quota=self.instance)
        return Registration.objects.filter(of_quota).exists()


class QuotaFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        seen, kept = set(), []
        for form in self.forms:
            values = getattr(form, "cleaned_data", None) or {}
            quota = values.get("region"), values.get("kind")
            if not any(quota) or values.get("DELETE"):
                continue
            if quota in seen:
                form.add_error("region" if quota[0] else "kind", "Kuota ini ada dua kali.")
            seen.add(quota)
            kept.append(form)
        if self.total_error_count() == 0:
            self._leave_room_for_who_is_in(kept)

    def _leave_room_for_who_is_in(self, kept):
        """A quota added or widened later counts those who have a place already."""
        quotas = [form.instance for form in kept]
        for form, people in zip(kept, placed_under(self.instance, quotas), strict=True):
            if people > form.instance.places and not form.instance.is_released:
                form.add_error(
                    "places", f"{people} tempat sudah terisi. Tulis paling sedikit {people}."
                )


class MaterialForm(GuidedModelForm):
    """A file or a link. The file is kept by the admin page that reads this form."""

    file = UploadField(
        label="Berkas",
        required=False,
        help_text="PDF atau gambar, paling besar 5 MB. Yang lebih besar: isi tautannya.",
    )

    url = link("Tautan", "Misalnya rekaman di YouTube.")

    class Meta:
        model = Material
        fields = ["title", "file", "url"]

    def clean(self):
        cleaned = super().clean()
        file, url = cleaned.get("file"), cleaned.get("url")
        if file and url:
            self.add_error("url", "Unggah berkas atau isi tautan, jangan keduanya.")
        elif not file and not url and not self.instance.document_id and "file" not in self.errors:
            self.add_error("file", "Unggah satu berkas atau isi satu tautan.")
        if url and not file:
            self.instance.document = None
        return cleaned


class QuestionForm(GuidedModelForm):
    options = LinesField(
        label="Pilihan jawaban",
        help_text=f"Satu pilihan per baris, 2 sampai {MOST_OPTIONS} pilihan.",
    )

    class Meta:
        model = Question
        fields = ["number", "text", "options", "correct"]
        widgets = {"text": Textarea}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "number" in self.fields:
            self.fields["number"].required = False
        for name in ("text", "options"):
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = 4

    def clean_options(self):
        options = self.cleaned_data["options"]
        if not 2 <= len(options) <= MOST_OPTIONS:
            raise forms.ValidationError(
                f"Tulis 2 sampai {MOST_OPTIONS} pilihan, satu per baris. Anda menulis "
                f"{len(options)}."
            )
        if len({option.casefold() for option in options}) < len(options):
            raise forms.ValidationError("Ada pilihan yang tertulis dua kali. Hapus salah satunya.")
        if any(len(option) > 200 for option in options):
            raise forms.ValidationError("Persingkat pilihan sampai paling banyak 200 huruf.")
        return options

    def clean(self):
        cleaned = super().clean()
        options, correct = cleaned.get("options"), cleaned.get("correct")
        if options and correct is not None and not 1 <= correct <= len(options):
            self.add_error(
                "correct",
                f"Tulis urutan pilihan yang benar, dari 1 sampai {len(options)}.",
            )
        return cleaned
