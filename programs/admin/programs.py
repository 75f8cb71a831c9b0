"""The ministry's programs, and who completed an activity of them."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from programs.admin.places import ProvinceFilter
from programs.admin_base import (
    BooleanRadioFilter,
    CheckboxSelectMultiple,
    ModelAdmin,
    ReadOnlyAdmin,
    RelatedDropdownFilter,
    Textarea,
    TextInput,
    display,
)
from programs.admin_history import TellsOldAndNew
from programs.enums import Audience, OrganizationKind
from programs.forms import DateField, GuidedModelForm
from programs.models import Organization, Participation, Program
from programs.templatetags.bina import tanggal

VALID, WITHDRAWN = "Berlaku", "Dibatalkan"


class ProgramForm(GuidedModelForm):
    audiences = forms.MultipleChoiceField(
        label="Untuk siapa",
        choices=[(audience.value, capfirst(audience.label)) for audience in Audience],
        widget=CheckboxSelectMultiple,
        required=False,
        help_text="Pintu di halaman utama membawa mereka ke program ini.",
    )
    began_on = DateField(
        label="Berjalan sejak",
        widget=TextInput,
        required=False,
        help_text="Kosongkan bila tidak diketahui. Contoh: 28/02/2017.",
    )

    class Meta:
        model = Program
        fields = "__all__"
        widgets = {"summary": Textarea, "story": Textarea, "how_to_join": Textarea}
        help_texts = {
            "slug": "Bagian akhir alamat halaman. Contoh: e-smart-ikm.",
            "summary": "Satu atau dua kalimat yang dibaca semua orang.",
            "story": "Untuk halaman program. Baris kosong memulai paragraf baru.",
            "how_to_join": "Langkah demi langkah, dan siapa yang ditanya. Baris kosong memulai "
            "paragraf baru.",
            "is_active": "Program yang selesai tetap tercatat, tetapi tidak dapat dipilih lagi.",
        }


@admin.register(Program)
class ProgramAdmin(TellsOldAndNew, ModelAdmin):
    """What the public page says; what is done in a program is recorded by the services."""

    form = ProgramForm
    list_display = ["name", "unit", "state"]
    list_select_related = ["unit"]
    list_filter = [("is_active", BooleanRadioFilter)]
    search_fields = ["name", "summary"]
    search_help_text = "Cari nama atau ringkasan program"
    fields = [
        "name",
        "slug",
        "unit",
        "summary",
        "audiences",
        "began_on",
        "story",
        "how_to_join",
        "is_active",
        "page",
    ]

    def has_delete_permission(self, request, obj=None):
        return False  # activities and figures name it

    def get_readonly_fields(self, request, obj=None):
        return ["slug", "page"] if obj else ["page"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit":
            kwargs["queryset"] = Organization.objects.of_kind(OrganizationKind.UNIT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description="halaman")
    def page(self, program):
        if program.pk is None:
            return "Ada setelah program disimpan."
        url = reverse("program_detail", args=[program.slug])
        return format_html('<a class="text-link" href="{}">Lihat seperti semua orang</a>', url)

    @display(
        description="keadaan",
        ordering="is_active",
        label={"Berjalan": "success", "Selesai": "info"},
    )
    def state(self, program):
        return "Berjalan" if program.is_active else "Selesai"


@admin.register(Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    """Who completed what: written by the services when results are concluded."""

    list_display = ["user", "activity", "program", "place", "completed", "jp", "state"]
    list_select_related = ["user", "program", "region__province"]
    list_filter = [("program", RelatedDropdownFilter), ProvinceFilter]
    search_fields = ["user__name", "user__email", "activity"]
    search_help_text = "Cari nama, surel, atau kegiatan"
    fields = [
        "user",
        "program",
        "activity",
        "kind",
        "organization",
        "region",
        "completed",
        "jp",
        "state",
    ]

    @display(description="wilayah", ordering="region__name")
    def place(self, participation):
        return capfirst(participation.region.full_name) if participation.region else "–"

    @display(description="selesai pada", ordering="completed_on")
    def completed(self, participation):
        return tanggal(participation.completed_on)

    @display(
        description="keadaan",
        ordering="withdrawn_at",
        label={VALID: "success", WITHDRAWN: "warning"},
    )
    def state(self, participation):
        return WITHDRAWN if participation.withdrawn_at else VALID
