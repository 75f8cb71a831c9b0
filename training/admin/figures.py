"""The figures of all events that an officer may see, on one page and as Excel."""

from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programs.desk import desk
from training import diklat_figures
from training.admin.workbooks import workbook
from training.enums import EventKind
from training.figures import DEFINITIONS, GROUPINGS, held, meanings, sheet, table
from training.models import Batch, Event

ON_A_PAGE = 100
DIKLAT = "diklat"
# Of a single event these say nothing: one event, and as many people as participants.
OF_ONE = ("events", "people")


class Asked:
    """Which events and batches an officer wants the figures of; never more than they may see."""

    def __init__(self, user, query):
        self.user = user
        self.seen = held(Event.objects.visible_to(user))
        names = {str(event.unit): event.unit_name for event in self.seen}
        self.units = sorted(names.items(), key=lambda unit: unit[1])
        self.years = sorted({str(event.year) for event in self.seen}, reverse=True)
        self.unit = _known(query.get("unit"), names)
        self.year = _known(query.get("tahun"), self.years)
        self.kind = _known(query.get("jenis"), EventKind.values)
        self.tab = _known(query.get("tab"), [*GROUPINGS, DIKLAT]) or "kegiatan"

    @property
    def events(self):
        return [
            event
            for event in self.seen
            if self.unit in ("", str(event.unit))
            and self.year in ("", str(event.year))
            and self.kind in ("", event.kind)
        ]

    @property
    def batches(self):
        batches = Batch.objects.visible_to(self.user)
        if self.unit:
            batches = batches.filter(course__unit=self.unit)
        return batches.filter(year=self.year) if self.year else batches

    def query(self, **changes):
        asked = {"tab": self.tab, "unit": self.unit, "tahun": self.year, "jenis": self.kind}
        return "?" + urlencode({key: value for key, value in (asked | changes).items() if value})

    def tabs(self):
        words = [(name, grouping.label) for name, grouping in GROUPINGS.items()]
        return [
            (label, self.query(tab=name), name == self.tab)
            for name, label in [*words, (DIKLAT, "Diklat 3in1")]
        ]


def _known(value, choices):
    return value if value in choices else ""


def asked_by(request):
    if not request.user.has_perm("training.view_event"):
        raise PermissionDenied
    return Asked(request.user, request.GET)


@require_safe
def figures(request):
    asked = asked_by(request)
    found = rates = None
    if asked.tab == DIKLAT:
        rates = diklat_figures.rates_by(asked.batches, "course__unit__name", "year")
    else:
        found = table(asked.events, asked.tab)
    shown = [one for one in DEFINITIONS if asked.tab != "kegiatan" or one.name not in OF_ONE]
    page = Paginator(found.lines if found else [], ON_A_PAGE).get_page(request.GET.get("halaman"))
    return TemplateResponse(
        request,
        "training/desk_figures.html",
        desk(
            request,
            admin.site,
            title="Angka pelatihan",
            asked=asked,
            kinds=EventKind.choices,
            total=[
                (definition, getattr(found.total, definition.name)) for definition in DEFINITIONS
            ]
            if found
            else [],
            grouping=GROUPINGS.get(asked.tab),
            headings=shown,
            page=page,
            rows=[
                (line, [(one.label, getattr(line.figures, one.name)) for one in shown])
                for line in page
            ],
            rates=rates,
        ),
    )


@require_safe
def export(request):
    """All tables at once, with what each figure means."""
    asked = asked_by(request)
    sheets = {grouping.label: sheet(asked.events, name) for name, grouping in GROUPINGS.items()}
    sheets["Diklat 3in1"] = diklat_figures.table(asked.batches)
    sheets["Keterangan"] = meanings()
    return workbook(f"angka-pelatihan-{timezone.localdate():%Y-%m-%d}", sheets)


def urls(model_admin):
    return [
        path(route, model_admin.admin_site.admin_view(never_cache(view)), name=name)
        for route, view, name in [
            ("angka/", figures, "training_figures"),
            ("angka/unduh/", export, "training_figures_export"),
        ]
    ]
