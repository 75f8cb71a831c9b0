"""The rows that make a figure, one by one, for officers who may see such rows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from config.minister import asked as reading
from config.minister.pages import for_officers, needed, standing_of, usual_period
from programs.achievement import Standing, in_unit
from programs.desk import desk
from programs.measures import Measure, behind, measure_of
from programs.spreadsheets import stream_csv, temporary_xlsx
from programs.tile_map import places

ON_A_PAGE = 50
# Whoever leafs further than this is better served by the file.
MOST_PAGES = 100
# What fits into a sheet beside its header.
MOST_IN_A_SHEET = 1_048_575


class BoundedPaginator(Paginator):
    """The first pages of a list whose length is known: no second count, no endless leafing."""

    def __init__(self, rows, *, number):
        self.number = number
        super().__init__(rows, ON_A_PAGE)

    @cached_property
    def count(self):
        return self.number

    @cached_property
    def num_pages(self):
        return max(1, min(-(-self.number // ON_A_PAGE), MOST_PAGES))


@dataclass
class Found:
    """What somebody asked for: an indicator with its measure, a period and a place."""

    standing: Standing
    measure: Measure
    period: reading.Period
    asked: reading.Asked
    user: object

    @property
    def indicator(self):
        return self.standing.indicator

    @property
    def rows(self):
        return self._behind(self.user)

    @property
    def query(self):
        wanted = {"dari": self.period.first, "sampai": self.period.last}
        if self.asked.province:
            wanted["wilayah"] = self.asked.region
        return f"?{urlencode(wanted)}"

    def count(self, *, is_of_all=False):
        """(how many rows, what they add up to): of all, or of those the officer may see."""
        found = self._behind(None if is_of_all else self.user)
        sums = found.order_by().aggregate(rows=Count("pk"), amount=Sum("counted_amount"))
        return sums["rows"], sums["amount"] or 0

    def _behind(self, user):
        return behind(
            self.measure,
            first=self.period.first,
            last=self.period.last,
            province=self.asked.region,
            user=user,
        )

    def table(self):
        """The rows for a file, with their header."""
        names = {place.code: place.name for place in places()}
        yield ["Tanggal", "Nama", "Provinsi", self.indicator.unit.capitalize()]
        for row in self.rows.iterator(chunk_size=2000):
            yield [
                row["counted_on"],
                row["counted_name"],
                names.get(row["counted_province"], ""),
                row["counted_amount"],
            ]


def _find(request, slug):
    """``Found``, or with None as measure where nothing is counted; 403 says what is missing."""
    asked = reading.read(request.GET)
    standing = standing_of(slug, asked)
    measure = measure_of(standing.indicator)
    if measure and not request.user.has_perm(measure.permission):
        raise PermissionDenied(needed(measure.permission))
    period = reading.read_period(request.GET, usual=usual_period(standing))
    return Found(standing, measure, period, asked, request.user)


@require_safe
@for_officers
def rows(request, slug):
    found = _find(request, slug)
    page = {"title": f"Baris di balik {found.indicator}", "found": found, "asked": found.asked}
    if found.measure:
        page |= _shown(request, found)
    return TemplateResponse(request, "minister/rows.html", desk(request, admin.site, **page))


def _shown(request, found):
    number, amount = found.count()
    # At a million rows a count takes its time: the same one is not asked for twice.
    of_all = found.count(is_of_all=True) if found.measure.is_seen_in_part else (number, amount)
    listed = BoundedPaginator(found.rows, number=number).get_page(request.GET.get("halaman"))
    names = {place.code: place.name for place in places()}
    opens = _opens(request, found.measure)
    return {
        "rows_page": listed,
        "rows": [
            (
                row,
                reverse(found.measure.page, args=[row["counted_page"]]) if opens else "",
                names.get(row["counted_province"], ""),
                in_unit(found.indicator, row["counted_amount"]),
            )
            for row in listed
        ],
        "number": number,
        "amount": in_unit(found.indicator, amount) if amount != number else "",
        "of_all": of_all[0],
        "amount_of_all": in_unit(found.indicator, of_all[1]),
        "is_cut": number > ON_A_PAGE * MOST_PAGES,
        "most": ON_A_PAGE * MOST_PAGES,
        "has_workbook": number <= MOST_IN_A_SHEET,
    }


def _opens(request, measure):
    """Whether the officer may open the records themselves, which may need another right."""
    app, name, _ = measure.page.removeprefix("admin:").split("_")
    model_admin = admin.site.get_model_admin(apps.get_model(app, name))
    return model_admin.has_view_permission(request)


@require_safe
@for_officers
def rows_csv(request, slug):
    found = _find(request, slug)
    if not found.measure:
        return redirect("minister:rows", slug)
    answer = StreamingHttpResponse(
        stream_csv(found.table()), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{_name(found)}.csv"'
    return answer


@require_safe
@for_officers
def rows_xlsx(request, slug):
    """As a workbook, as long as the rows fit into a sheet."""
    found = _find(request, slug)
    if not found.measure or found.count()[0] > MOST_IN_A_SHEET:
        return redirect(f"{reverse('minister:rows', args=[slug])}{found.query}")
    file = temporary_xlsx({"Baris": found.table()})
    return FileResponse(file, as_attachment=True, filename=f"{_name(found)}.xlsx")


def _name(found):
    return f"{found.indicator.slug}-{found.period.first}-{found.period.last}"
