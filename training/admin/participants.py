"""The participants of an event: the list as organizers read it, and the list as a file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from programs.models import Region
from programs.spreadsheets import stream_csv
from training.admin.reach import event_of, event_page, pages
from training.desk_filters import ParticipantFilter
from training.enums import (
    ENDED_WITHOUT_PLACE,
    HOLDING_A_PLACE,
    EventStatus,
    RegistrationStatus,
)
from training.participant_listing import excel, lines
from training.stages import WORDS

PAGE = 50
MOST_ROWS_IN_EXCEL = 50_000
# Groups of statuses that organizers ask for together.
GROUPS = {
    "tempat": ("Mendapat tempat", HOLDING_A_PLACE),
    "berakhir": ("Tanpa tempat", ENDED_WITHOUT_PLACE),
}
TAKES_NOBODY = [
    EventStatus.DRAFT,
    EventStatus.POSTPONED,
    EventStatus.CANCELLED,
    EventStatus.ARCHIVED,
]


class Asked:
    """What an organizer asked to see, read from the page's address."""

    def __init__(self, event, data):
        self.event, self.data = event, data
        state = data.get("keadaan", "")
        self.state = state if state in GROUPS or state in RegistrationStatus.values else ""
        everybody = event.registrations.all()
        provinces = Region.objects.filter(kind=Region.Kind.PROVINCE).order_by("name")
        self.filter = ParticipantFilter(
            data, everybody, provinces=list(provinces.values_list("code", "name"))
        )

    @property
    def statuses(self):
        if self.state in GROUPS:
            return GROUPS[self.state][1]
        return [self.state] if self.state else RegistrationStatus.values

    def rows(self):
        found = self.filter.qs if self.filter.form.is_valid() else self.filter.queryset
        return found.filter(status__in=self.statuses).order_by("arrival")

    def address(self, **changes):
        """This page's query string with some parameters changed (None takes one away)."""
        query = self.data.copy()
        query.pop("halaman", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"

    @property
    def excel(self):
        return self.address(bentuk="xlsx")

    @property
    def csv(self):
        return self.address(bentuk="csv")

    def chips(self):
        """(words, address, count, is chosen) of the statuses in which somebody is."""
        rows = self.event.registrations.order_by().values_list("status").annotate(Count("pk"))
        counts = dict(rows)
        yield "Semua", self.address(keadaan=None), sum(counts.values()), not self.state
        for key, (words, statuses) in GROUPS.items():
            total = sum(counts.get(status, 0) for status in statuses)
            # One status alone has its own chip.
            is_group = sum(status in counts for status in statuses) > 1
            if is_group or self.state == key:
                yield words, self.address(keadaan=key), total, self.state == key
        for status in RegistrationStatus:
            count = counts.get(status, 0)
            if count or self.state == status:
                words = capfirst(status.label)
                yield words, self.address(keadaan=status), count, self.state == status

    def filters_on(self):
        for name, label, value in self.filter.chosen():
            yield f"{label}: {value}", self.address(**{name: None})


@require_safe
def participants(request, pk):
    event = event_of(request, pk, to_change=False)
    asked = Asked(event, request.GET)
    people = asked.rows().select_related("user", "region__province", "sent_by")
    shown = Paginator(people, PAGE).get_page(request.GET.get("halaman"))
    rows = list(shown)
    _number_the_waiting(event, rows)
    for row in rows:
        row.words = WORDS[row.status]
    return event_page(
        request,
        event,
        "peserta",
        "training/desk_participants.html",
        title="Peserta",
        asked=asked,
        shown=shown,
        rows=rows,
        count=shown.paginator.count,
        chips=list(asked.chips()),
        filters=list(asked.filters_on()),
        takes_people=event.status not in TAKES_NOBODY,
        export=reverse("admin:training_event_export", args=[pk]),
    )


def _number_the_waiting(event, rows):
    """Which place of the waiting list each of these has; one question for all of them."""
    if any(row.status == RegistrationStatus.WAITING for row in rows):
        line = event.registrations.waiting().values_list("pk", flat=True)
        places = {pk: number for number, pk in enumerate(line, 1)}
        for row in rows:
            row.place_in_line = places.get(row.pk)


@require_safe
def export(request, pk):
    """The list as it is filtered, row by row, so that a long one fills no memory."""
    event = event_of(request, pk, to_change=False)
    asked = Asked(event, request.GET)
    rows = asked.rows()
    name = f"peserta-{event.slug}-{timezone.localdate():%Y-%m-%d}"
    if request.GET.get("bentuk") == "xlsx":
        if rows.count() <= MOST_ROWS_IN_EXCEL:
            return FileResponse(excel(rows), as_attachment=True, filename=f"{name}.xlsx")
        messages.warning(
            request,
            f"Lebih dari {MOST_ROWS_IN_EXCEL} baris tidak muat dalam satu berkas Excel. Persempit "
            "dengan saringan, atau unduh sebagai CSV.",
        )
        people = reverse("admin:training_event_participants", args=[pk])
        return redirect(people + asked.address(bentuk=None))
    response = StreamingHttpResponse(
        stream_csv(lines(rows), delimiter=";"), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def urls(model_admin):
    return pages(
        model_admin,
        [("peserta/", participants, "participants"), ("peserta/unduh/", export, "export")],
    )
