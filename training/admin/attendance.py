"""The attendance lists of an event: session by session, what code, Zoom and organizers say."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from programs.kept_input import fill, take
from training.admin.deeds import REFUSED, done
from training.admin.reach import event_of, event_page, pages
from training.enums import HOLDING_A_PLACE
from training.forms.desk_results import MarkForm, OpenListForm
from training.models import Attendance, ZoomReport
from training.workflow import attendance as workflow

ON_A_PAGE = 100
STATES = {
    "": "Semua",
    "belum": "Belum tercatat hadir",
    "hadir": "Hadir",
    "berbeda": "Kode dan Zoom berbeda",
}


class Row(NamedTuple):
    """A participant with what is known of them in this session; None: nothing yet."""

    registration: object
    attendance: object


class SessionList:
    """The participants of one session, as an officer narrows them."""

    def __init__(self, session, query):
        self.session = session
        self.wanted = " ".join(query.get("q", "").split())[:100]
        self.state = query.get("saring", "") if query.get("saring", "") in STATES else ""
        self.number = query.get("halaman")

    @property
    def known(self):
        return Attendance.objects.filter(session=self.session)

    def people(self):
        """All who hold a place; those who lost it are no longer expected."""
        rows = self.session.event.registrations.placed()
        known = self.known.filter(registration=OuterRef("pk"))
        if self.wanted:
            rows = rows.filter(
                Q(name__icontains=self.wanted)
                | Q(institution__icontains=self.wanted)
                | Q(user__email__icontains=self.wanted)
                | Q(nip=self.wanted)
            )
        if self.state == "belum":
            rows = rows.exclude(Exists(known.filter(is_present=True)))
        elif self.state == "hadir":
            rows = rows.filter(Exists(known.filter(is_present=True)))
        elif self.state == "berbeda":
            # Without a report Zoom has said nothing, and contradicts nobody.
            rows = rows.filter(
                Exists(ZoomReport.objects.filter(session=self.session)),
                Exists(
                    known.filter(
                        Q(checked_in_at=None, zoom_suffices=True)
                        | Q(checked_in_at__isnull=False, zoom_suffices=False)
                    )
                ),
            )
        return rows

    def page(self):
        people = self.people().select_related("user").order_by("name", "pk")
        return Paginator(people, ON_A_PAGE).get_page(self.number)

    def rows(self, page):
        registrations = list(page.object_list)
        known = {
            row.registration_id: row
            for row in self.known.filter(registration__in=registrations).select_related("marked_by")
        }
        return [Row(one, known.get(one.pk)) for one in registrations]

    def chips(self):
        """(words, address, whether it is chosen)"""
        return [
            (words, self.address(saring=state), state == self.state)
            for state, words in STATES.items()
        ]

    def address(self, **changes):
        asked = {"q": self.wanted, "saring": self.state} | changes
        return list_address(self.session, **{key: value for key, value in asked.items() if value})


def list_address(session, **query):
    query = {"sesi": session.number, **query}
    return f"{reverse('admin:training_event_attendance', args=[session.event_id])}?" + urlencode(
        query
    )


def sessions_of(event):
    """The sessions in their order, each with how many were there."""
    present = Q(attendances__is_present=True, attendances__registration__status__in=HOLDING_A_PLACE)
    counted = event.sessions.annotate(present=Count("attendances", filter=present))
    sessions = list(counted.order_by("starts_at", "number"))
    for session in sessions:
        session.event = event
    return sessions


def session_of(event, pk):
    session = get_object_or_404(event.sessions, pk=pk)
    session.event = event
    return session


def at_hand(sessions, now):
    """The session an officer probably means: the open one, else the last that has begun."""
    begun = [session for session in sessions if session.starts_at <= now]
    is_open = [session for session in sessions if session.is_open_for_check_in(now=now)]
    return (is_open or begun or sessions[:1] or [None])[-1]


@require_safe
def attendance(request, pk):
    event = event_of(request, pk, to_change=False)
    return show(request, event)


def show(request, event, *, session=None, query=None, status=200, **typed):
    """The page; ``typed`` is what came back with faults, as it was typed."""
    now = timezone.now()
    sessions = sessions_of(event)
    if session is None:
        number = request.GET.get("sesi", "")
        named = [one for one in sessions if str(one.number) == number]
        session = named[0] if named else at_hand(sessions, now)
    else:
        session = next(one for one in sessions if one.pk == session.pk)
    if session is None:
        return event_page(
            request, event, "hadir", "training/desk_attendance_none.html", title="Daftar hadir"
        )
    asked = SessionList(session, request.GET if query is None else query)
    page = asked.page()
    mark_form = typed.pop("mark_form", None)
    chosen = set(typed.pop("chosen", ()))
    if mark_form is None:
        kept = take(request, reverse("admin:training_event_attendance_mark", args=[
            event.pk, session.pk]))  # fmt: skip
        mark_form = fill(MarkForm(), kept)
        chosen = set(kept.getlist("peserta")) if kept else chosen
    return event_page(
        request,
        event,
        "hadir",
        "training/desk_attendance.html",
        status=status,
        title="Daftar hadir",
        sessions=[(one, list_address(one), one.pk == session.pk) for one in sessions],
        session=session,
        window=window(session, now),
        open_form=typed.pop("open_form", None) or OpenListForm(),
        asked=asked,
        page=page,
        rows=asked.rows(page),
        mark_form=mark_form,
        chosen=chosen,
        expected=event.taken,
        missing=max(event.taken - session.present, 0),
        may_mark=event.status in workflow.OPEN_FOR_MARKS,
        back=f"?{urlencode({'q': asked.wanted, 'saring': asked.state, 'halaman': page.number})}",
    )


def window(session, now):
    """Where the attendance list stands: “open”, “later”, “closed” or “never” opened."""
    if session.is_open_for_check_in(now=now):
        return "open"
    if session.check_in_opens_at is None:
        return "never"
    return "later" if session.check_in_opens_at > now else "closed"


@require_POST
def open_list(request, pk, session_pk):
    event = event_of(request, pk)
    session = session_of(event, session_pk)
    form = OpenListForm(request.POST)
    if not form.is_valid():
        return show(request, event, session=session, status=REFUSED, open_form=form)
    minutes = form.cleaned_data["minutes"]
    if not done(
        request,
        lambda: workflow.open_check_in(
            session, by=request.user, now=timezone.now(), minutes=minutes
        ),
        f"Daftar hadir sesi {session.number} dibuka selama {minutes} menit.",
    ):
        return show(request, event, session=session, status=REFUSED, open_form=form)
    if "layar" in request.POST:
        return redirect("admin:training_event_check_in_screen", event.pk, session.pk)
    return redirect(list_address(session))


@require_POST
def close_list(request, pk, session_pk):
    event = event_of(request, pk)
    session = session_of(event, session_pk)
    done(
        request,
        lambda: workflow.close_check_in(session, by=request.user, now=timezone.now()),
        f"Daftar hadir sesi {session.number} ditutup.",
    )
    return redirect(list_address(session))


@require_POST
def mark(request, pk, session_pk):
    """Write the organizers' list: for the chosen rows, or for all that the filter shows."""
    event = event_of(request, pk)
    session = session_of(event, session_pk)
    query = QueryDict(request.POST.get("kembali", "").removeprefix("?"))
    asked = SessionList(session, query)
    chosen = [key for key in request.POST.getlist("peserta") if key.isdecimal()]
    form = MarkForm(request.POST)
    again = {"session": session, "query": query, "chosen": chosen, "mark_form": form}
    if not form.is_valid():
        return show(request, event, status=REFUSED, **again)
    people = asked.people() if "semua" in request.POST else asked.people().filter(pk__in=chosen)
    people = list(people)
    if not people:
        messages.warning(request, "Pilih dahulu peserta yang akan dicatat.")
        return show(request, event, status=REFUSED, **again)
    if not done(
        request,
        lambda: workflow.mark(
            session,
            dict.fromkeys(people, form.is_present),
            by=request.user,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
        ),
        f"Catatan {len(people)} peserta disimpan.",
    ):
        return show(request, event, status=REFUSED, **again)
    kept = {key: query.get(key, "") for key in ("q", "saring", "halaman")}
    return redirect(list_address(session, **{key: value for key, value in kept.items() if value}))


@require_safe
def sheet(request, pk, session_pk):
    """The list on paper, to be signed in the room."""
    event = event_of(request, pk, to_change=False)
    session = session_of(event, session_pk)
    people = event.registrations.placed().select_related("region__province")
    return event_page(
        request,
        event,
        "hadir",
        "training/desk_attendance_sheet.html",
        title=f"Daftar hadir sesi {session.number}",
        session=session,
        people=people.order_by("name", "pk"),
    )


def urls(model_admin):
    return pages(
        model_admin,
        [
            ("hadir/", attendance, "attendance"),
            ("hadir/<int:session_pk>/buka/", open_list, "attendance_open"),
            ("hadir/<int:session_pk>/tutup/", close_list, "attendance_close"),
            ("hadir/<int:session_pk>/catat/", mark, "attendance_mark"),
            ("hadir/<int:session_pk>/cetak/", sheet, "attendance_sheet"),
        ],
    )
