"""Decrees and payments: their lists, the file for the treasury, and the treasury's answer."""

from django.contrib import admin
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

from programs.admin_base import (
    ChoicesDropdownFilter,
    ReadOnlyAdmin,
    RelatedDropdownFilter,
    action,
    display,
)
from programs.once import once
from programs.templatetags.bina import rupiah, tanggal
from subsidies.admin import payment_pages
from subsidies.enums import DisbursementStatus
from subsidies.models import Decree, Disbursement

WAITING, PAID = "info", "success"


@admin.register(Decree)
class DecreeAdmin(ReadOnlyAdmin):
    """The decisions that name the recipients. A decree is issued from the queue."""

    list_display = ["number", "signed", "signatory", "budget_line", "issued_by"]
    list_display_links = ["number"]
    list_select_related = ["budget_line", "issued_by"]
    list_filter = [("budget_line", RelatedDropdownFilter)]
    search_fields = ["number"]
    search_help_text = "Cari nomor SK"
    date_hierarchy = "signed_on"
    fields = ["number", "signed", "signatory", "budget_line", "issued_by", "recipients"]

    @display(description="tanggal SK", ordering="signed_on")
    def signed(self, decree):
        return tanggal(decree.signed_on)

    @display(description="penerima")
    def recipients(self, decree):
        address = reverse("admin:subsidies_disbursement_changelist")
        return format_html(
            '<a class="text-link" href="{}?decree__id__exact={}">{} pembayaran</a>',
            address,
            decree.pk,
            decree.disbursements.count(),
        )


@admin.register(Disbursement)
class DisbursementAdmin(ReadOnlyAdmin):
    """What is owed and paid. The steps are taken on the record page of the application."""

    list_display = ["registration", "recipient", "sum", "state", "spp", "spm", "sp2d"]
    list_display_links = ["registration"]
    list_select_related = ["application__organization", "decree"]
    list_filter = [
        ("status", ChoicesDropdownFilter),
        ("decree__budget_line", RelatedDropdownFilter),
    ]
    search_fields = [
        "application__registration_number",
        "application__organization__name",
        "sp2d_number",
    ]
    search_help_text = "Cari nomor registrasi, nama IKM, atau nomor SP2D"
    actions_list = ["payment_file", "import_sp2d"]
    fields = [
        "application_link",
        "recipient",
        "sum",
        "state",
        "decree",
        ("spp", "requested_by"),
        ("spm", "ordered_by"),
        ("sp2d", "recorded_by"),
    ]

    def get_queryset(self, request):
        # A list does not need the secret, so it is not opened for a list.
        return super().get_queryset(request).defer("application__account_number")

    def lookup_allowed(self, lookup, value, request):
        return lookup == "decree__id__exact" or super().lookup_allowed(lookup, value, request)

    @display(description="nomor registrasi", ordering="application__registration_number")
    def registration(self, payment):
        return payment.application.registration_number

    @display(description="permohonan")
    def application_link(self, payment):
        return format_html(
            '<a class="text-link" href="{}">{}</a>',
            reverse("admin:subsidies_application_change", args=[payment.application_id]),
            payment.application.registration_number,
        )

    @display(description="IKM")
    def recipient(self, payment):
        return payment.application.organization.name

    @display(description="jumlah", ordering="amount")
    def sum(self, payment):
        return rupiah(payment.amount)

    @display(
        description="tahap",
        ordering="status",
        label={
            "SK terbit": WAITING,
            "SPP dibuat": WAITING,
            "SPM terbit": "warning",
            "Dicairkan (SP2D)": PAID,
        },
    )
    def state(self, payment):
        words = DisbursementStatus(payment.status).label
        return words[:1].upper() + words[1:]

    @display(description="SPP")
    def spp(self, payment):
        return paper(payment.spp_number, payment.spp_on)

    @display(description="SPM")
    def spm(self, payment):
        return paper(payment.spm_number, payment.spm_on)

    @display(description="SP2D")
    def sp2d(self, payment):
        return paper(payment.sp2d_number, payment.sp2d_on)

    def has_pay_permission(self, request):
        return payment_pages.may_take_payment_file(request.user)

    # No names with a dot: the theme would look them up in the database before it is migrated.
    def has_record_permission(self, request):
        return request.user.has_perm("subsidies.record_payment")

    @action(
        description="Unduh berkas pembayaran",
        url_path="berkas",
        icon="download",
        permissions=["pay"],
    )
    @method_decorator(never_cache)
    def payment_file(self, request):
        return payment_pages.payment_file(request)

    @action(
        description="Catat SP2D dari berkas",
        url_path="impor-sp2d",
        icon="upload_file",
        permissions=["record"],
    )
    @method_decorator([never_cache, once])
    def import_sp2d(self, request):
        return payment_pages.import_sp2d(request)


def paper(number, day):
    return f"{number}, {tanggal(day)}" if number else "–"
