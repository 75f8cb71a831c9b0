"""“Angka e-Smart”: what was counted, beside what was published, and who joined the campaigns."""

from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programs import esmart_figures as figures
from programs.achievement import in_unit
from programs.admin_base import ReadOnlyAdmin
from programs.desk import desk
from programs.esmart_enums import EsmartDimension
from programs.esmart_figure_sheets import sheets
from programs.models import EsmartFigure
from programs.rupiah import format_rupiah
from programs.spreadsheets import temporary_xlsx

TABS = {grouping.name: grouping for grouping in figures.GROUPINGS}


def _allowed(request):
    if not request.user.has_perm("programs.view_esmartfigure"):
        raise PermissionDenied


@admin.register(EsmartFigure)
class EsmartFigureAdmin(ReadOnlyAdmin):
    """Stands in the menu for the page: the stored rows themselves say nothing to anybody."""

    def changelist_view(self, request, extra_context=None):
        _allowed(request)
        return TemplateResponse(
            request,
            "programs/desk_esmart_figures.html",
            desk(request, self.admin_site, title="Angka e-Smart IKM", **_figures(request)),
        )

    def get_urls(self):
        view = self.admin_site.admin_view(never_cache(require_safe(self.export)))
        return [path("unduh/", view, name="programs_esmartfigure_export"), *super().get_urls()]

    def export(self, request):
        """All tables at once, with what each figure means."""
        _allowed(request)
        name = f"angka-esmart-{timezone.localdate()}.xlsx"
        return FileResponse(temporary_xlsx(sheets()), as_attachment=True, filename=name)


def _figures(request):
    total, found = figures.stored()
    campaigns = list(figures.all_campaigns())
    tab = request.GET.get("tab")
    grouping = TABS.get(tab, figures.GROUPINGS[0])
    asked = request.GET.get("kampanye")
    campaign = next((one for one in campaigns if one.slug == asked), next(iter(campaigns), None))
    official = figures.Official()
    participants = {one.slug: one.participants for one in campaigns}
    query = {"tab": grouping.name, "kampanye": campaign.slug if campaign else ""}
    return {
        "total": total,
        "four": [(one, getattr(total, one.name, 0)) for one in figures.FOUR],
        "sums": [
            (one, figures.told(one.name, getattr(total, one.name, 0))) for one in figures.SUMS
        ],
        "official": [
            (
                indicator,
                _in_unit(indicator, figures.beside(indicator, total, participants)),
                [(one, in_unit(indicator, one.value)) for one in said],
            )
            for indicator, said in official.groups
        ],
        "disputed": official.disputed(),
        "turnover_by_month": figures.every_month(
            {figures.first_day(row.key): row.turnover for row in found[EsmartDimension.MONTH]},
            format_rupiah,
        ),
        "grouping": grouping,
        "tabs": [
            (_address({**query, "tab": one.name}, "rincian"), one.label, one == grouping)
            for one in figures.GROUPINGS
        ],
        "headings": [*figures.FOUR, *figures.SUMS],
        **_table(grouping, found[grouping.dimension]),
        "campaign": campaign,
        "campaigns": [
            (_address({**query, "kampanye": one.slug}, "kampanye"), one, one == campaign)
            for one in campaigns
        ],
        "counts": figures.CampaignCounts(campaign) if campaign else None,
    }


def _in_unit(indicator, number):
    return None if number is None else in_unit(indicator, number)


def _address(query, place):
    return f"?{urlencode(query)}#{place}"


def _table(grouping, rows):
    """A table of the page with its picture: bars of the turnover, or the map of the provinces."""
    of_provinces = grouping.dimension == EsmartDimension.PROVINCE
    of_months = grouping.dimension == EsmartDimension.MONTH
    return {
        "table_rows": [
            (figures.first_day(row.key) if of_months else row.label, figures.cells(row))
            for row in (reversed(rows) if of_months else rows)
        ],
        "bars": [] if of_months else figures.turnover_bars(rows),
        "shares": {row.key: (row.onboard, row.enrolled) for row in rows if row.key and row.enrolled}
        if of_provinces
        else {},
    }
