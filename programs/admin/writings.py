from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from programs.admin_base import ChoicesDropdownFilter, DropdownFilter, ReadOnlyAdmin, display
from programs.models import Document, IssuedPaper, Notification
from programs.notifications import send_again
from programs.templatetags.bina import tanggal, ukuran, waktu


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """What was handed in, as a list of facts. The file itself is opened where it belongs."""

    list_display = ["name", "organization", "kind", "size_words", "uploaded", "uploaded_by"]
    list_select_related = ["organization", "uploaded_by"]
    search_fields = ["name"]
    search_help_text = "Cari nama berkas atau SHA-256 lengkap"
    date_hierarchy = "uploaded_at"
    fields = [
        "name",
        "organization",
        "kind",
        "size_words",
        "pages",
        "sha256",
        "uploaded",
        "uploaded_by",
    ]

    def get_search_results(self, request, queryset, search_term):
        if len(search_term) == 64:
            return queryset.filter(sha256=search_term.lower()), False
        return super().get_search_results(request, queryset, search_term)

    @display(description="jenis isi", ordering="content_type")
    def kind(self, document):
        return document.extension.removeprefix(".").upper()

    @display(description="ukuran", ordering="size")
    def size_words(self, document):
        return ukuran(document.size)

    @display(description="diunggah pada", ordering="uploaded_at")
    def uploaded(self, document):
        return waktu(document.uploaded_at)


@admin.register(IssuedPaper)
class IssuedPaperAdmin(ReadOnlyAdmin):
    list_display = ["number", "kind", "subject", "holder", "issued", "state_words"]
    list_filter = [("kind", ChoicesDropdownFilter), ("state", ChoicesDropdownFilter)]
    search_fields = ["number", "code", "holder"]
    search_help_text = "Cari nomor, kode periksa, atau nama"
    date_hierarchy = "issued_on"
    fields = [
        "kind",
        "number",
        "subject",
        "holder",
        "organization",
        "issued",
        "issued_by",
        "state_words",
        "state_reason",
        "replaced_by",
        "check_page",
        "sha256",
        "signed_by",
    ]

    @display(description="tanggal terbit", ordering="issued_on")
    def issued(self, paper):
        return tanggal(paper.issued_on)

    @display(
        description="keadaan",
        ordering="state",
        label={"Berlaku": "success", "Dicabut": "danger", "Diganti": "warning"},
    )
    def state_words(self, paper):
        return paper.get_state_display().capitalize()

    @display(description="halaman pemeriksaan")
    def check_page(self, paper):
        address = reverse("programs:verify", args=[paper.code])
        return format_html('<a class="text-link" href="{}">{}</a>', address, paper.code)


class StateFilter(DropdownFilter):
    title = "keadaan surel"
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [("menunggu", "menunggu"), ("terkirim", "terkirim"), ("gagal", "gagal")]

    def queryset(self, request, queryset):
        match self.value():
            case "menunggu":
                return queryset.due()
            case "terkirim":
                return queryset.filter(sent_at__isnull=False)
            case "gagal":
                return queryset.filter(failed_at__isnull=False)
        return queryset


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    """Every message that the system told somebody, and whether its mail has left."""

    list_display = ["subject", "recipient", "kind", "state", "created", "attempts"]
    list_select_related = ["recipient"]
    list_filter = [StateFilter, ("kind", ChoicesDropdownFilter)]
    search_fields = ["subject", "recipient__name", "recipient__email"]
    search_help_text = "Cari judul, nama, atau surel penerima"
    date_hierarchy = "created_at"
    actions = ["send_mail_again"]
    fields = [
        "recipient",
        "kind",
        "subject",
        "body",
        "contact",
        "state",
        "created",
        "read",
        "sent",
        "attempts",
        "last_error",
    ]

    @display(
        description="keadaan surel",
        label={
            "Terkirim": "success",
            "Menunggu": "warning",
            "Gagal": "danger",
            "Hanya di situs": "info",
        },
    )
    def state(self, notification):
        return notification.state_words.capitalize()

    @display(description="dibuat pada", ordering="created_at")
    def created(self, notification):
        return waktu(notification.created_at)

    @display(description="dibaca pada")
    def read(self, notification):
        return waktu(notification.read_at)

    @display(description="terkirim pada")
    def sent(self, notification):
        return waktu(notification.sent_at)

    def has_send_permission(self, request):
        return request.user.has_perm("programs.change_notification")

    @admin.action(description="Kirim ulang surel", permissions=["send"])
    def send_mail_again(self, request, queryset):
        for notification in queryset:
            send_again(notification)
            self.log_change(request, notification, [{"changed": {"fields": ["pengiriman"]}}])
        self.message_user(request, f"{len(queryset)} surel dikirim ulang.", messages.SUCCESS)
