"""Zoom reports of a session: checked, recorded, and the people in them whom nobody recognized."""

import io
import secrets

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from programs.dates import ZONES
from programs.kept_input import fill, take
from programs.uploads import UploadRefused, accept_table
from training.admin.attendance import session_of
from training.admin.deeds import REFUSED, done
from training.admin.reach import event_of, event_page, pages
from training.forms.desk_results import ZoomMatchForm, ZoomReportForm
from training.likely_people import People
from training.models import Registration
from training.workflow import attendance as workflow
from training.zoom_import import ImportRefused, check, record
from training.zoom_report import ReportRefused

# How long a checked file waits for the officer's yes; it lies on the server, not in the browser.
KEPT_SECONDS = 30 * 60
ON_A_PAGE = 50
FOUND_AT_MOST = 30
STATES = {
    "belum": ("Belum cocok", Q(registration=None, is_ignored=False)),
    "cocok": ("Sudah cocok", Q(registration__isnull=False)),
    "bukan": ("Bukan peserta", Q(is_ignored=True)),
}


@require_http_methods(["GET", "HEAD", "POST"])
def zoom(request, pk, session_pk):
    """Check a report, show whom it knows, and record it when the officer says so."""
    event = event_of(request, pk, to_change=request.method == "POST")
    session = session_of(event, session_pk)
    if "kode" in request.POST:
        return _record(request, session, request.POST["kode"])
    if request.method != "POST":
        return show(request, session)
    form = ZoomReportForm(request.POST, request.FILES)
    if form.is_valid():
        upload, zone = form.cleaned_data["file"], form.cleaned_data["zone"]
        content = upload.read()
        try:
            preview = check(session, io.BytesIO(content), zone=ZONES[zone])
        except ReportRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, session, preview, zone, upload.name, content)
    return show(request, session, form=form, status=REFUSED)


def _preview(request, session, preview, zone, name, content):
    code = ""
    if not preview.problems:
        code = secrets.token_urlsafe(24)
        cache.set(_place(request, code), (session.pk, zone, name, content), KEPT_SECONDS)
    return event_page(
        request,
        session.event,
        "hadir",
        "training/desk_zoom_preview.html",
        title="Laporan Zoom",
        session=session,
        preview=preview,
        zone=zone,
        code=code,
        back=_address(session),
    )


def _record(request, session, code):
    """Read the kept file once more and record it whole."""
    kept = cache.get(_place(request, code))
    if kept is None or kept[0] != session.pk:
        messages.warning(
            request,
            "Pratinjau ini sudah tidak tersimpan; tidak ada yang dicatat. Unggah laporannya lagi.",
        )
        return redirect(_address(session))
    _, zone, name, content = kept
    try:
        file = accept_table(name, content)
        recorded = done(
            request,
            lambda: record(
                session, io.BytesIO(content), zone=ZONES[zone], by=request.user, kept=file
            ),
            lambda result: (
                f"Laporan dicatat: {result.matched} orang cocok dengan peserta, {result.enough} "
                f"di antaranya cukup lama hadir, {result.unmatched} belum cocok."
            ),
        )
    except (ReportRefused, ImportRefused, UploadRefused) as refusal:
        messages.error(request, str(refusal))
        recorded = False
    if not recorded:
        return show(request, session, status=REFUSED)
    cache.delete(_place(request, code))
    return redirect(_address(session))


def _place(request, code):
    """Where a checked file waits; another officer's code leads nowhere."""
    return f"zoom:{request.user.pk}:{code[:64]}"


def _address(session, state="", page=""):
    path = reverse("admin:training_event_zoom", args=[session.event_id, session.pk])
    query = "&".join(f"{key}={value}" for key, value in [("saring", state), ("halaman", page)]
                     if value)  # fmt: skip
    return f"{path}?{query}" if query else path


def show(request, session, *, form=None, match_form=None, status=200):
    """Upload, the reports so far, and the people in them, one state at a time."""
    event = session.event
    counts = session.zoom_attendees.aggregate(
        **{state: Count("pk", filter=condition) for state, (_, condition) in STATES.items()}
    )
    state = _state(request)
    page = Paginator(_attendees(session, state), ON_A_PAGE).get_page(_page_number(request))
    if match_form is None:
        sent_to = reverse("admin:training_event_zoom_match", args=[event.pk, session.pk])
        match_form = fill(_match_form(session, list(page.object_list)), take(request, sent_to))
    zone = event.unit.region.time_zone if event.unit.region_id else ""
    return event_page(
        request,
        event,
        "hadir",
        "training/desk_zoom.html",
        status=status,
        title="Laporan Zoom",
        session=session,
        form=form or ZoomReportForm(initial={"zone": _zone_name(zone)}),
        reports=session.zoom_reports.select_related("imported_by"),
        counts=counts,
        chips=[
            (words, _address(session, key), counts[key], key == state)
            for key, (words, _) in STATES.items()
        ],
        state=state,
        page=page,
        rows=[(one, match_form[name]) for name, one in match_form.attendees.items()],
        match_form=match_form,
        known=sum(counts.values()),
        may_mark=event.status in workflow.OPEN_FOR_MARKS,
        back=reverse("admin:training_event_attendance", args=[event.pk])
        + f"?sesi={session.number}",
    )


def _state(request):
    asked = request.POST.get("saring") or request.GET.get("saring", "")
    return asked if asked in STATES else "belum"


def _page_number(request):
    return request.POST.get("halaman") or request.GET.get("halaman")


def _zone_name(key):
    return next((name for name, zone in ZONES.items() if zone.key == key), "WIB")


def _attendees(session, state):
    rows = session.zoom_attendees.filter(STATES[state][1]).select_related("registration")
    return rows.order_by("-minutes", "name", "pk")


def _match_form(session, attendees, data=None):
    """The selects of a page of people: for each the participants whose names are likest."""
    placed = session.event.registrations.placed().order_by("name", "pk")
    people = list(placed.values_list("pk", "name", "institution"))
    words = {pk: f"{name}, {office}" if office else name for pk, name, office in people}
    known = People({pk: name for pk, name, _ in people})
    taken = set(
        session.zoom_attendees.exclude(registration=None).values_list("registration", flat=True)
    )

    def choices_of(one):
        keys = [guess.person for guess in known.likeliest(name=one.name, email=one.email)]
        if one.registration_id and one.registration_id not in keys:
            keys.insert(0, one.registration_id)
        return [
            (str(pk), f"{words[pk]} (sudah cocok)" if pk in taken and pk != one.registration_id
             else words[pk])
            for pk in keys
            if pk in words
        ]  # fmt: skip

    return ZoomMatchForm(data, attendees=attendees, choices_of=choices_of)


@require_POST
def match(request, pk, session_pk):
    """Say who the people of one page are."""
    event = event_of(request, pk)
    session = session_of(event, session_pk)
    keys = [
        name.removeprefix("orang-")
        for name in request.POST
        if name.startswith("orang-") and name.removeprefix("orang-").isdecimal()
    ]
    attendees = list(session.zoom_attendees.filter(pk__in=keys).select_related("registration"))
    form = _match_form(session, attendees, request.POST)
    if not form.is_valid():
        return show(request, session, match_form=form, status=REFUSED)
    changes = form.changes()
    if not changes:
        messages.info(request, "Tidak ada yang berubah. Pilih dahulu siapa orang itu.")
        return redirect(_address(session, _state(request), _page_number(request)))
    people = _people(event, [decision for _, decision in changes])
    decided = {attendee: people.get(decision) for attendee, decision in changes}
    if not done(
        request,
        lambda: workflow.identify(session, decided, by=request.user),
        f"Keputusan tentang {len(changes)} orang disimpan.",
    ):
        return show(request, session, match_form=form, status=REFUSED)
    return redirect(_address(session, _state(request)))


def _people(event, decisions):
    """{what was chosen: who that is}; “not decided” is not in it."""
    keys = [decision for decision in decisions if decision.isdecimal()]
    people = {str(one.pk): one for one in event.registrations.placed().filter(pk__in=keys)}
    return people | {ZoomMatchForm.OUTSIDER: workflow.OUTSIDER}


@require_http_methods(["GET", "HEAD", "POST"])
def person(request, pk, session_pk, attendee_pk):
    """One person of the report whom no guess fits: any participant can be searched for."""
    event = event_of(request, pk, to_change=request.method == "POST")
    session = session_of(event, session_pk)
    attendee = get_object_or_404(
        session.zoom_attendees.select_related("registration"), pk=attendee_pk
    )
    if request.method == "POST":
        decision = request.POST.get("peserta", "")
        people = _people(event, [decision])
        if decision not in people:
            raise Http404
        who = people[decision]
        name = "bukan peserta" if who == workflow.OUTSIDER else who.name
        if done(
            request,
            lambda: workflow.identify(session, {attendee: who}, by=request.user),
            f"{attendee.name} dicatat sebagai {name}.",
        ):
            return redirect(_address(session))
    wanted = " ".join(request.GET.get("q", "").split())[:100]
    found = Registration.objects.none()
    if wanted:
        found = event.registrations.placed().filter(
            Q(name__icontains=wanted)
            | Q(institution__icontains=wanted)
            | Q(user__email__icontains=wanted)
        )
    return event_page(
        request,
        event,
        "hadir",
        "training/desk_zoom_person.html",
        status=REFUSED if request.method == "POST" else 200,
        title="Siapa orang ini?",
        session=session,
        attendee=attendee,
        wanted=wanted,
        found=found.select_related("user").order_by("name", "pk")[:FOUND_AT_MOST],
        may_mark=event.status in workflow.OPEN_FOR_MARKS,
        back=_address(session),
    )


def urls(model_admin):
    here = "hadir/<int:session_pk>/zoom/"
    return pages(
        model_admin,
        [
            (here, zoom, "zoom"),
            (f"{here}cocokkan/", match, "zoom_match"),
            (f"{here}<int:attendee_pk>/", person, "zoom_person"),
        ],
    )
