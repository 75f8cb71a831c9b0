"""All agreements in a list, and the way to the pages of one of them (ADR 6)."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache

from partnerships import permissions
from partnerships.admin import (
    agreement_amendments,
    agreement_ending,
    agreement_moves,
    agreement_overview,
    agreement_proposal,
    agreement_reports,
    agreement_signing,
    agreement_text,
    figures,
)
from partnerships.admin.agreement_desk import ending_words, on_the_desk
from partnerships.admin.agreement_filters import (
    CompetenceFilter,
    EndingFilter,
    ReportFilter,
    SchoolProvinceFilter,
    SectorFilter,
)
from partnerships.enums import AgreementStatus
from partnerships.exports import agreement_rows
from partnerships.imports import AGREEMENTS
from partnerships.models import Agreement
from partnerships.paging import AgreementPaginator
from partnerships.stages import STAGES
from partnerships.workflow import agreement as workflow
from partnerships.workflow import signing
from programs.admin_base import (
    ChoicesDropdownFilter,
    ReadOnlyAdmin,
    RelatedDropdownFilter,
    action,
    display,
)
from programs.admin_export import GivesTables
from programs.admin_import import TakesTables
from programs.models import Organization
from programs.once import once
from programs.templatetags.bina import tanggal
from programs.transitions import TransitionNotAllowed

S = AgreementStatus
COLOURS = {"ok": "success", "warn": "warning", "danger": "danger", "info": "info"}
# So many schools and companies with the searched name are looked up by their keys.
FEW_SIDES = 1000
STATUS_COLOURS = {
    status.label.capitalize(): COLOURS.get(STAGES[status].badge, "default") for status in S
}


@admin.register(Agreement)
class AgreementAdmin(TakesTables, GivesTables, ReadOnlyAdmin):
    """The list is the theme's; an agreement itself stands on pages of its own."""

    table = AGREEMENTS
    export_name = "PKS"
    rows_of = staticmethod(agreement_rows)
    list_display = ["heading", "pks_number", "state", "phase_name", "term"]
    list_display_links = None
    list_filter = [
        ("status", ChoicesDropdownFilter),
        ("phase", RelatedDropdownFilter),
        SchoolProvinceFilter,
        CompetenceFilter,
        SectorFilter,
        ("source", ChoicesDropdownFilter),
        EndingFilter,
        ReportFilter,
    ]
    search_fields = ["number"]  # the rest is asked of the register, see get_search_results
    search_help_text = "Cari nomor PKS, nama sekolah atau perusahaan, NPSN, atau NIB"
    ordering = ["-proposed_at", "-pk"]
    actions = ["pass_on_to_text", "send_links_again"]
    actions_list = ["propose", "import_table", "export"]

    def get_paginator(self, request, queryset, per_page, **options):
        """Of agreements by their keys; Django pages a record's log with this as well."""
        paginator = AgreementPaginator if queryset.model is Agreement else Paginator
        return paginator(queryset, per_page, **options)

    def get_urls(self):
        report = "<int:pk>/laporan/<int:report_pk>/"
        amendment = "<int:pk>/addendum/<int:amendment_pk>/"
        signer = "<int:pk>/tanda-tangan/<str:signer>/"
        pages = [
            ("usulkan/", agreement_proposal.propose, "new"),
            ("<int:pk>/change/", agreement_overview.overview, "change"),
            ("<int:pk>/langkah/", agreement_moves.move, "move"),
            ("<int:pk>/naskah/", agreement_text.text, "text"),
            ("<int:pk>/tanda-tangan/", agreement_signing.signing, "signing"),
            ("<int:pk>/tanda-tangan/selesai/", agreement_signing.complete, "complete"),
            (f"{signer}tautan/", agreement_signing.send_link, "send_link"),
            (f"{signer}kertas/", agreement_signing.on_paper, "on_paper"),
            ("<int:pk>/kegiatan/", agreement_reports.cooperation, "cooperation"),
            ("<int:pk>/kegiatan/catat/", agreement_reports.record, "record"),
            (
                "<int:pk>/kegiatan/<int:activity_pk>/batalkan/",
                agreement_reports.withdraw,
                "withdraw_activity",
            ),
            (report, agreement_reports.report, "report"),
            ("<int:pk>/addendum/", agreement_amendments.amendments, "amendments"),
            ("<int:pk>/addendum/usulkan/", agreement_amendments.propose, "propose_amendment"),
            (amendment, agreement_amendments.decide, "decide_amendment"),
            ("<int:pk>/perpanjangan/", agreement_ending.ending, "ending"),
        ]
        wrap = self.admin_site.admin_view
        return [
            *(
                path(
                    route,
                    wrap(never_cache(on_the_desk(once(view)))),
                    name=f"partnerships_agreement_{name}",
                )
                for route, view, name in pages
            ),
            *figures.urls(self),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_names()

    def get_search_results(self, request, queryset, search_term):
        """Names and numbers of the two sides are looked up first: one index each."""
        words = " ".join(search_term.split())
        if not words:
            return queryset, False
        named = Q(*(Q(name__icontains=word) for word in words.split()))
        numbered = Q(npsn=words.upper()) | Q(nib=words)
        called = Organization.objects.filter(named | numbered).order_by()
        sides = called.values("pk")
        few = list(sides[: FEW_SIDES + 1].values_list("pk", flat=True))
        # A word in thousands of names is left to the database, instead of thousands of keys.
        if len(few) <= FEW_SIDES:
            sides = few
        condition = Q(number__icontains=words) | Q(school__in=sides) | Q(company__in=sides)
        return queryset.filter(condition), False

    # --- Deeds on the list ---------------------------------------------------------------------

    def has_steer_permission(self, request):
        return permissions.can_steer(request.user)

    def has_propose_permission(self, request):
        return request.user.has_perm("partnerships.propose_agreement")

    @action(description="Usulkan PKS", url_path="usulkan-pks", permissions=["propose"], icon="add")
    def propose(self, request):
        return agreement_proposal.begin()

    @admin.action(
        description="Teruskan ke naskah, dengan kompetensi usulannya", permissions=["steer"]
    )
    def pass_on_to_text(self, request, queryset):
        self._each(request, queryset, partial(workflow.match, by=request.user), "diteruskan")

    @admin.action(description="Kirim lagi tautan tanda tangan", permissions=["steer"])
    def send_links_again(self, request, queryset):
        self._each(request, queryset, partial(_send_again, by=request.user), "dikirimi tautan")

    def _each(self, request, queryset, deed, done):
        """Every chosen agreement by itself: what cannot be done hinders none of the others."""
        count, refused = 0, []
        for agreement in queryset:
            try:
                deed(agreement)
            except (TransitionNotAllowed, ValidationError) as problem:
                refused.append(f"{agreement}: {problem}")
            else:
                count += 1
        if count:
            messages.success(request, f"{count} PKS {done}.")
        for sentence in refused[:10]:
            messages.warning(request, sentence)
        if len(refused) > 10:
            messages.warning(request, f"Dan {len(refused) - 10} PKS lain tidak dapat {done}.")

    # --- The columns ---------------------------------------------------------------------------

    @display(description="sekolah dan perusahaan", ordering="school__name")
    def heading(self, agreement):
        return format_html(
            '<span><a class="text-link" href="{}">{}</a><br>{}</span>',
            reverse("admin:partnerships_agreement_change", args=[agreement.pk]),
            agreement.school,
            agreement.company,
        )

    @display(description="nomor PKS", ordering="number")
    def pks_number(self, agreement):
        return agreement.number or "–"

    @display(description="status", ordering="status", label=STATUS_COLOURS)
    def state(self, agreement):
        return capfirst(agreement.get_status_display())

    @display(description="tahap", ordering="phase")
    def phase_name(self, agreement):
        return agreement.phase or "–"

    @display(description="berakhir", ordering="ends_on")
    def term(self, agreement):
        if not agreement.ends_on:
            return "–"
        last = tanggal(agreement.terminated_on or agreement.ends_on)
        words = ending_words(agreement, timezone.localdate())
        return format_html("{}<br>{}", last, words) if words else last


def _send_again(agreement, *, by):
    open_ones = agreement.signatures.filter(signed_at=None).exclude(email="")
    if agreement.status != S.READY or not open_ones.exists():
        raise TransitionNotAllowed("tidak ada tanda tangan yang ditunggu lewat surel.")
    signing.send_links(agreement, by=by)
