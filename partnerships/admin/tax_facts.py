"""What companies entered for the super tax deduction, for officers to read."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from partnerships.models import TaxFacts
from programs.admin_base import ReadOnlyAdmin, display, in_rupiah, plain_year
from programs.templatetags.bina import rupiah, waktu


@admin.register(TaxFacts)
class TaxFactsAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "number", "tax_year", "people", "sum_words", "paper_link"]
    list_select_related = ["agreement__school", "agreement__company", "paper"]
    list_filter = ["year"]
    search_fields = ["agreement__company__name", "agreement__school__name", "agreement__number"]
    search_help_text = "Cari perusahaan, SMK, atau nomor PKS"
    fields = [
        "agreement",
        "tax_year",
        "participants",
        "facilities",
        "instructors",
        "materials",
        "honorarium",
        "certification",
        "sum_words",
        "note",
        "entered_by",
        "entered",
        "paper_link",
    ]
    readonly_preprocess_fields = {
        "facilities": in_rupiah,
        "instructors": in_rupiah,
        "materials": in_rupiah,
        "honorarium": in_rupiah,
        "certification": in_rupiah,
        "tax_year": plain_year,
    }

    @display(description="nomor PKS", ordering="agreement__number")
    def number(self, facts):
        return facts.agreement.number

    @display(description="tahun pajak", ordering="year")
    def tax_year(self, facts):
        return str(facts.year)

    @display(description="peserta", ordering="participants")
    def people(self, facts):
        return facts.participants

    @display(description="jumlah biaya")
    def sum_words(self, facts):
        return rupiah(facts.total)

    @display(description="diperbarui pada")
    def entered(self, facts):
        return waktu(facts.updated_at)

    @display(description="lampiran")
    def paper_link(self, facts):
        return format_html(
            '<a class="text-link" href="{}">{}</a>',
            reverse("programs:paper", args=[facts.paper.code]),
            facts.paper.number,
        )
