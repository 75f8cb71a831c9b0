"""News of the ministry, from draft to publication."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html

from programs.admin_base import ModelAdmin, RelatedDropdownFilter, Textarea, TextInput, display
from programs.forms import GuidedModelForm, MomentField
from programs.models import News
from programs.templatetags.bina import waktu

DRAFT, COMING, PUBLISHED = "Konsep", "Terjadwal", "Terbit"


class NewsForm(GuidedModelForm):
    published_at = MomentField(
        label="Terbit pada (WIB)",
        required=False,
        widget=TextInput,
        help_text="Kosongkan selama masih konsep. Contoh: 30/11/2026 09.00. Mengosongkannya lagi "
        "menarik berita dari situs.",
    )

    class Meta:
        model = News
        fields = "__all__"
        widgets = {"summary": Textarea, "body": Textarea}
        help_texts = {
            "slug": "Bagian akhir alamat halaman. Jangan diubah setelah berita terbit.",
            "summary": "Satu atau dua kalimat yang dibaca di halaman utama.",
            "body": "Baris kosong memulai paragraf baru. Tulis tanpa data pribadi.",
            "program": "Berita tampil juga di halaman program ini.",
        }


@admin.register(News)
class NewsAdmin(ModelAdmin):
    """A draft is seen by officers as everybody will see it, through the link at its end."""

    form = NewsForm
    list_display = ["title", "program", "state", "published", "author"]
    list_select_related = ["program", "author"]
    list_filter = [("program", RelatedDropdownFilter)]
    search_fields = ["title", "summary"]
    search_help_text = "Cari judul atau ringkasan"
    fields = ["title", "slug", "summary", "body", "program", "published_at", "page"]
    readonly_fields = ["page"]
    actions = None

    def save_model(self, request, obj, form, change):
        if not change:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        return False  # it is withdrawn, and its history stays

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    @display(description="halaman")
    def page(self, news):
        if news.pk is None:
            return "Ada setelah berita disimpan, juga selama masih konsep."
        url = news.get_absolute_url()
        return format_html('<a class="text-link" href="{}">Lihat seperti pembaca</a>', url)

    @display(
        description="keadaan",
        label={DRAFT: "info", COMING: "warning", PUBLISHED: "success"},
    )
    def state(self, news):
        if news.published_at is None:
            return DRAFT
        return PUBLISHED if news.is_public(now=timezone.now()) else COMING

    @display(description="terbit pada", ordering="published_at")
    def published(self, news):
        return waktu(news.published_at)
