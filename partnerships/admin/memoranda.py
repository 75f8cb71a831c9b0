"""Memoranda with ministries, foreign partners and associations: parties, scope, follow-ups."""

from django.contrib import admin
from django.db.models import Count, Min, Q
from django.http import FileResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from partnerships.models import Memorandum, MemorandumFollowUp, MemorandumParty
from partnerships.workflow import memoranda
from programs.admin_base import (
    ChoicesDropdownFilter,
    DropdownFilter,
    FileInput,
    ModelAdmin,
    StackedInline,
    TabularInline,
    Textarea,
    TextInput,
    action,
    display,
)
from programs.forms import DateField, GuidedModelForm, UploadField
from programs.models import User
from programs.spreadsheets import temporary_xlsx
from programs.templatetags.bina import tanggal, ukuran

NEAR_DAYS = 90
CLOSED, OVER, NEAR, RUNNING, OPEN_ENDED = (
    "Ditutup",
    "Berakhir",
    "Akan berakhir",
    "Berlaku",
    "Masa berlaku belum dicatat",
)
LATE, NEXT, QUIET = "Terlambat", "Dalam 7 hari", "Tidak mendesak"


def state_of(memorandum, today):
    if memorandum.is_closed:
        return CLOSED
    if memorandum.ends_on is None:
        return OPEN_ENDED
    if memorandum.ends_on < today:
        return OVER
    return NEAR if (memorandum.ends_on - today).days <= NEAR_DAYS else RUNNING


def day(label, hint):
    return DateField(label=label, required=False, widget=TextInput, help_text=hint)


class MemorandumForm(GuidedModelForm):
    signed_on = day("Ditandatangani pada", "Kosongkan bila belum diketahui. Contoh: 29/11/2016.")
    starts_on = day("Berlaku mulai", "Kosongkan bila belum diketahui.")
    ends_on = day("Berlaku sampai", "Kosongkan bila tidak dibatasi atau belum diketahui.")
    scan = UploadField(
        label="Pindaian naskah",
        required=False,
        widget=FileInput,
        help_text="PDF, paling besar 5 MB. Naskah yang sudah ada digantikan yang baru.",
        allow=("pdf",),
    )

    class Meta:
        model = Memorandum
        fields = "__all__"
        widgets = {"scope": Textarea}
        help_texts = {
            "number": "Nomor dari semua pihak, dipisahkan titik koma. Contoh: 668/M-IND/11/2016.",
            "source": "Dari mana isi catatan ini, bila bukan dari naskahnya sendiri.",
            "is_closed": "Nota yang ditutup tidak lagi mengingatkan siapa pun.",
        }


class PartyInline(TabularInline):
    model = MemorandumParty
    extra = 0
    tab = True
    hide_title = True


class FollowUpForm(GuidedModelForm):
    due_on = day("Paling lambat", "Contoh: 17/08/2026.")
    done_on = day("Selesai pada", "Isi bersama hasilnya.")

    class Meta:
        model = MemorandumFollowUp
        fields = "__all__"

    def clean(self):
        """The database asks for the result too; here the sentence stands at its field."""
        cleaned = super().clean()
        if cleaned.get("done_on") and not cleaned.get("result"):
            self.add_error("result", "Tulis hasil tindak lanjut yang sudah selesai.")
        return cleaned


class FollowUpInline(StackedInline):
    model = MemorandumFollowUp
    form = FollowUpForm
    extra = 0
    tab = True
    hide_title = True
    fields = ["task", ("responsible", "due_on"), ("done_on", "result")]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The officers are read once for all rows."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "responsible":
            officers = User.objects.filter(is_staff=True, is_active=True).order_by("name", "pk")
            field.choices = [("", "Belum ditentukan"), *((one.pk, str(one)) for one in officers)]
        return field


class StateFilter(DropdownFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [
            ("berlaku", "Berlaku"),
            ("akan-berakhir", f"Akan berakhir ({NEAR_DAYS} hari)"),
            ("berakhir", OVER),
            ("ditutup", CLOSED),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "berlaku":
                return queryset.running(today=today)
            case "akan-berakhir":
                return queryset.ending_within(NEAR_DAYS, today=today)
            case "berakhir":
                return queryset.over(today=today)
            case "ditutup":
                return queryset.filter(is_closed=True)
        return queryset


class FollowUpFilter(DropdownFilter):
    title = "tindak lanjut"
    parameter_name = "tindak_lanjut"

    def lookups(self, request, model_admin):
        return [
            ("terlambat", LATE),
            ("tujuh-hari", "Jatuh tempo dalam 7 hari"),
            ("tanpa-penanggung-jawab", "Belum ada penanggung jawab"),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        waiting = MemorandumFollowUp.objects.waiting()
        match self.value():
            case "terlambat":
                waiting = waiting.overdue(today=today)
            case "tujuh-hari":
                waiting = waiting.due_within(memoranda.REMIND_DAYS, today=today)
                waiting = waiting.filter(due_on__gte=today)
            case "tanpa-penanggung-jawab":
                waiting = waiting.filter(responsible=None)
            case _:
                return queryset
        return queryset.filter(pk__in=waiting.values("memorandum"))


@admin.register(Memorandum)
class MemorandumAdmin(ModelAdmin):
    form = MemorandumForm
    list_display = ["title", "kind_words", "state", "next_step", "period", "signed", "number"]
    list_filter = [("kind", ChoicesDropdownFilter), StateFilter, FollowUpFilter]
    search_fields = ["title", "number", "parties__name", "scope"]
    search_help_text = "Cari judul, nomor, pihak, atau ruang lingkup"
    readonly_fields = ["document_link", "state"]
    inlines = [PartyInline, FollowUpInline]
    actions_list = ["download"]
    fieldsets = [
        (None, {"fields": ["state", "kind", "title", "number", "scope", "source"]}),
        ("Masa berlaku", {"fields": ["signed_on", ("starts_on", "ends_on"), "is_closed"]}),
        ("Naskah", {"fields": ["document_link", "scan"]}),
    ]

    def get_queryset(self, request):
        waiting = Q(follow_ups__done_on=None)
        return (
            super()
            .get_queryset(request)
            .select_related("document")
            .annotate(
                open_steps=Count("follow_ups", filter=waiting, distinct=True),
                next_due=Min("follow_ups__due_on", filter=waiting),
            )
        )

    def save_model(self, request, memorandum, form, change):
        super().save_model(request, memorandum, form, change)
        if accepted := form.cleaned_data.get("scan"):
            memoranda.keep_scan(memorandum, accepted, by=request.user)

    @display(description="jenis", ordering="kind")
    def kind_words(self, memorandum):
        return memorandum.get_kind_display()

    @display(description="ditandatangani", ordering="signed_on")
    def signed(self, memorandum):
        return tanggal(memorandum.signed_on)

    @display(description="berlaku sampai", ordering="ends_on")
    def period(self, memorandum):
        return tanggal(memorandum.ends_on)

    @display(
        description="keadaan",
        label={
            RUNNING: "success",
            NEAR: "warning",
            OVER: "danger",
            CLOSED: "info",
            OPEN_ENDED: "info",
        },
    )
    def state(self, memorandum):
        return state_of(memorandum, timezone.localdate()) if memorandum.pk else "–"

    @display(
        description="tindak lanjut",
        ordering="next_due",
        label={LATE: "danger", NEXT: "warning", QUIET: "info"},
    )
    def next_step(self, memorandum):
        """(its colour, the words): how urgent the next open follow-up is."""
        if memorandum.is_closed or not memorandum.open_steps:
            return None
        today = timezone.localdate()
        if memorandum.next_due is None:
            return QUIET, f"{memorandum.open_steps} terbuka, tanpa tenggat"
        days = (memorandum.next_due - today).days
        if days < 0:
            return LATE, f"Terlambat sejak {tanggal(memorandum.next_due)}"
        urgency = NEXT if days <= memoranda.REMIND_DAYS else QUIET
        return urgency, f"Paling lambat {tanggal(memorandum.next_due)}"

    @display(description="naskah tersimpan")
    def document_link(self, memorandum):
        document = memorandum.document if memorandum.pk else None
        if document is None:
            return "Belum ada"
        return format_html(
            '<a class="text-link" href="{}">{}</a>, {}',
            reverse("programs:document", args=[document.code]),
            document.name,
            ukuran(document.size),
        )

    def has_download_permission(self, request):
        return self.has_view_permission(request)

    @action(
        description="Unduh Excel",
        url_path="unduh",
        icon="download",
        permissions=["download"],
    )
    def download(self, request):
        """All memoranda with parties and follow-ups, a sheet each."""
        name = f"nota-kesepahaman-{timezone.localdate():%Y-%m-%d}.xlsx"
        return FileResponse(temporary_xlsx(sheets()), as_attachment=True, filename=name)


def sheets():
    today = timezone.localdate()
    return {
        "Nota kesepahaman": _memoranda(today),
        "Para pihak": _parties(),
        "Tindak lanjut": _follow_ups(today),
    }


def _memoranda(today):
    yield [
        "Judul", "Jenis", "Nomor", "Ditandatangani", "Mulai", "Berakhir", "Keadaan",
        "Ruang lingkup", "Sumber",
    ]  # fmt: skip
    for one in Memorandum.objects.all():
        yield [
            one.title,
            one.get_kind_display(),
            one.number,
            one.signed_on,
            one.starts_on,
            one.ends_on,
            state_of(one, today),
            one.scope,
            one.source,
        ]


def _parties():
    yield ["Nota kesepahaman", "Pihak", "Negara", "Penanda tangan"]
    for one in MemorandumParty.objects.select_related("memorandum").order_by("memorandum", "pk"):
        yield [one.memorandum.title, one.name, one.country, one.signatory]


def _follow_ups(today):
    yield [
        "Nota kesepahaman", "Tindak lanjut", "Penanggung jawab", "Paling lambat", "Selesai",
        "Hasil", "Keadaan",
    ]  # fmt: skip
    steps = MemorandumFollowUp.objects.select_related("memorandum", "responsible")
    for one in steps.order_by("memorandum", "due_on", "pk"):
        late = one.done_on is None and one.due_on is not None and one.due_on < today
        yield [
            one.memorandum.title,
            one.task,
            str(one.responsible or ""),
            one.due_on,
            one.done_on,
            one.result,
            "selesai" if one.done_on else LATE.lower() if late else "terbuka",
        ]
