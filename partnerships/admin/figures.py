"""“Angka kemitraan”: what was counted, beside what was published, and what needs attention."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnerships import figures
from partnerships.enums import Dimension, Measure
from partnerships.figure_sheets import sheets
from partnerships.models import Figure
from partnerships.paging import CountedAgreementPaginator, CountedPaginator
from programs.admin_base import ReadOnlyAdmin
from programs.desk import desk
from programs.spreadsheets import temporary_xlsx

ON_A_PAGE = 50
ENDING, DORMANT, LOAD = "berakhir", "tidak-berjalan", "beban"
LISTS = [(ENDING, "Berakhir dalam 90 hari"), (DORMANT, "Tidak berjalan"), (LOAD, "Beban")]
GROUPINGS = {grouping.name: grouping for grouping in figures.GROUPINGS}
TABS = [*((one.name, one.label) for one in figures.GROUPINGS), *LISTS]


def _allowed(request):
    if not request.user.has_perm("partnerships.view_figure"):
        raise PermissionDenied


@require_safe
def page(request):
    _allowed(request)
    today = timezone.localdate()
    tab = request.GET.get("tab")
    tab = tab if tab in dict(TABS) else TABS[0][0]
    grouping = GROUPINGS.get(tab)
    total, found = figures.stored(
        *([grouping.dimension] if grouping else []), **figures.attention(request.user, today)
    )
    official = figures.Official()
    return TemplateResponse(
        request,
        "partnerships/desk_figures.html",
        desk(
            request,
            admin.site,
            title="Angka kemitraan",
            total=total,
            headline=[
                (one, getattr(total, one.name), getattr(total, f"live_{one.name}"))
                for one in figures.SIGNED_DEFINITIONS
            ]
            if total
            else [],
            official=official,
            official_rows=figures.official_rows(official),
            live=figures.live(total),
            disputed=list(official.disputed_days),
            measures=figures.SIGNED_DEFINITIONS,
            coverage=figures.coverage(total, official.national) if total else [],
            wanted_schools=figures.WANTED_SCHOOLS,
            tab=tab,
            tabs=[
                (f"?{urlencode({'tab': name})}#tabel", label, name == tab) for name, label in TABS
            ],
            today=today,
            **(_table(request, grouping, found, official) if grouping else {}),
            **(_list(request, tab, total, today) if total and not grouping else {}),
        ),
    )


def _list(request, tab, total, today):
    """The agreements that end soon or sleep, or the companies by how many SMK they mentor."""
    number = request.GET.get("halaman")
    if tab == LOAD:
        rows = CountedPaginator(figures.companies_below(), ON_A_PAGE, number=total.below)
        bars = [
            (
                capfirst(words),
                companies,
                total.all_companies,
                f"{figures.grouped(companies)} perusahaan",
            )
            for words, companies in figures.load()
        ]
        return {"load_bars": bars, "below_page": rows.get_page(number)}
    if tab == ENDING:
        agreements, how_many = figures.ending(request.user, today), total.ending
    else:
        agreements, how_many = figures.dormant(request.user), total.dormant
    rows = CountedAgreementPaginator(agreements, ON_A_PAGE, number=how_many).get_page(number)
    return {
        "agreement_page": rows,
        "agreement_rows": [(one, (one.ends_on - today).days) for one in rows],
        "last_day": today + timedelta(days=figures.ENDING_WITHIN),
    }


def _table(request, grouping, found, official):
    """A table by phase, province, competence, sector or year; the provinces as a map as well."""
    rows = found[grouping.dimension]
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("halaman"))
    return {
        "grouping": grouping,
        "headings": figures.DEFINITIONS,
        "table_page": shown,
        "table_rows": [
            (
                row,
                _said(official, row.key) if grouping.dimension == Dimension.PHASE else "",
                [(one.heading, getattr(row, one.name)) for one in figures.DEFINITIONS],
            )
            for row in shown
        ],
        "shares": {
            row.key: (row.schools, row.registered_schools)
            for row in rows
            if row.key and row.registered_schools
        }
        if grouping.dimension == Dimension.PROVINCE
        else {},
    }


def _said(official, key):
    """“Diumumkan: 219, 234 atau 261 SMK; 49 atau 50 perusahaan” of a launch."""
    values = official.of_phase.get(key, {})
    parts = [
        f"{figures.in_words(values[measure])} {words}"
        for measure, words in [
            (Measure.SCHOOLS, "SMK"),
            (Measure.COMPANIES, "perusahaan"),
            (Measure.AGREEMENTS, "PKS"),
        ]
        if measure in values
    ]
    return f"Diumumkan: {'; '.join(parts)}" if parts else ""


@require_safe
def export(request):
    """All tables at once, with what each figure means."""
    _allowed(request)
    today = timezone.localdate()
    file = temporary_xlsx(sheets(request.user, today))
    return FileResponse(file, as_attachment=True, filename=f"angka-kemitraan-{today}.xlsx")


def urls(model_admin):
    """For the admin of agreements, under whose address the page stands."""
    return [
        path(route, model_admin.admin_site.admin_view(never_cache(view)), name=name)
        for route, view, name in [
            ("angka/", page, "partnerships_figures"),
            ("angka/unduh/", export, "partnerships_figures_export"),
        ]
    ]


@admin.register(Figure)
class FigureAdmin(ReadOnlyAdmin):
    """Stands in the menu for the page: the stored rows themselves say nothing to anybody."""

    def changelist_view(self, request, extra_context=None):
        _allowed(request)
        return redirect(reverse("admin:partnerships_figures"))
