"""The attendance list on a participant's telephone: the code on the screen, typed or scanned."""

from typing import NamedTuple

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from programs.kept_input import fill, take
from programs.templatetags.bina import jam, waktu
from programs.transitions import TransitionNotAllowed
from training import event_in_words, wrong_codes
from training.forms.answers import CheckInForm
from training.models import Event
from training.stages import WORDS
from training.workflow import attendance as workflow


class Line(NamedTuple):
    """One session as the participant sees it: its hours, and how their attendance stands."""

    session: object
    hours: event_in_words.Hours
    is_present: bool
    is_open: bool
    badge: str
    icon: str
    word: str
    text: str


@require_http_methods(["GET", "POST"])
def check_in(request, slug):
    """Which list is open now, and the field for its code. A GET never records anything."""
    event = get_object_or_404(Event.objects.announced(), slug=slug)
    registration = event.registrations.of(request.user).order_by("-arrival").first()
    if registration is None or not registration.holds_a_place:
        return _to_others(request, event, registration)
    now = timezone.now()
    lines = _lines(registration, event, now)
    named = [line for line in lines if str(line.session.number) == _number(request)]
    to_fill = named
    if request.method == "POST":
        form = CheckInForm(request.POST, sessions=_sessions(named or lines))
        if form.is_valid() and _record(request, registration, named[0].session, form, now):
            page = reverse("training:check_in", args=[event.slug])
            return redirect(f"{page}?{urlencode({'sesi': named[0].session.number})}")
    else:
        to_fill = _to_fill(lines, named)
        form = None
        if to_fill:
            scanned = _scanned(request) if to_fill == named else {}
            form = CheckInForm(sessions=_sessions(to_fill), initial=scanned)
            form = fill(form, take(request))
    return render(
        request,
        "training/check_in.html",
        {
            "event": event,
            "registration": registration,
            "lines": lines,
            "form": form,
            "line": next(iter(to_fill or named or [line for line in lines if line.is_open]), None),
            "next": next((line for line in lines if line.session.ends_at > now), None),
            "is_scanned": bool(form and not form.is_bound and form.initial.get("kode")),
        },
        status=422 if form and form.errors else 200,
    )


def _record(request, registration, session, form, now):
    """Whether the person is on the session's list now; else the form says why not."""
    if not wrong_codes.may_try(request.user, session):
        form.add_error("kode", wrong_codes.REFUSAL)
        return False
    try:
        row = workflow.check_in(registration, session, code=form.cleaned_data["kode"], now=now)
    except workflow.WrongCode as refusal:
        form.add_error("kode", str(refusal))
        return False
    except TransitionNotAllowed as refusal:
        wrong_codes.forget(request.user, session)
        form.add_error("kode", str(refusal))
        return False
    wrong_codes.forget(request.user, session)
    if row.marked is False:
        messages.warning(
            request,
            f"Kode sesi {session.number} tercatat, tetapi panitia mencatat Anda tidak hadir. "
            "Hubungi panitia agar diperiksa.",
        )
    else:
        messages.success(
            request,
            f"Kehadiran Anda di sesi {session.number} tercatat pukul {jam(row.checked_in_at)}.",
        )
    return True


def _to_fill(lines, named):
    """The open sessions that the person is not on the list of; of a QR code its own alone."""
    if named and named[0].is_present:
        return []
    to_fill = [line for line in lines if line.is_open and not line.is_present]
    return [line for line in named if line in to_fill] or to_fill


def _number(request):
    return (request.POST if request.method == "POST" else request.GET).get("sesi", "")


def _sessions(lines):
    return [line.session for line in lines]


def _lines(registration, event, now):
    known = {row.session_id: row for row in registration.attendances.all()}
    return [_line(session, known.get(session.pk), now) for session in event.sessions.all()]


def _line(session, row, now):
    is_open = session.is_open_for_check_in(now=now)
    state = ("warn", "alert", "Belum tercatat", "Bila Anda hadir, minta panitia mencatatnya.")
    if row and row.is_present:
        state = ("ok", "check", "Hadir", _known_by(row))
    elif row and row.marked is False:
        reason = f" Alasan: {row.mark_reason}." if row.mark_reason else ""
        state = ("danger", "x", "Tidak hadir", f"Dicatat panitia.{reason.replace('..', '.')}")
    elif is_open:
        state = ("accent", "clock", "Dibuka", f"Dibuka sampai {jam(session.check_in_closes_at)}.")
    elif session.check_in_opens_at and session.check_in_opens_at > now:
        state = ("", "clock", "Belum dibuka", f"Dibuka {waktu(session.check_in_opens_at)}.")
    elif session.check_in_opens_at is None and session.ends_at > now:
        state = ("", "clock", "Belum dibuka", "Dibuka panitia saat sesi berlangsung.")
    return Line(
        session,
        event_in_words.hours(session.starts_at, session.ends_at),
        bool(row and row.is_present),
        is_open,
        *state,
    )


def _known_by(row):
    if row.checked_in_at:
        return f"Kode diisi pukul {jam(row.checked_in_at)}."
    return "Dicatat panitia." if row.marked else f"{row.zoom_minutes} menit menurut laporan Zoom."


def _scanned(request):
    """What the QR code on the screen brought along."""
    code = request.GET.get("kode", "")
    return {"kode": code} if code.isdecimal() and len(code) <= 6 else {}


def _to_others(request, event, registration):
    """Somebody without a place reads why there is no list for them, and what to do."""
    return render(
        request,
        "training/check_in_refused.html",
        {
            "event": event,
            "registration": registration,
            "words": WORDS[registration.status] if registration else None,
        },
        status=403 if request.method == "POST" else 200,
    )
