"""A Dinas registers its people: typed on the page, or as a file with a preview first."""

import io
import secrets

from django.contrib import messages
from django.core.cache import cache
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.kept_input import take
from programs.once import once
from programs.spreadsheets import TableRefused, write_xlsx
from programs.transitions import TransitionNotAllowed
from training import event_in_words as words
from training.enums import AudienceKind
from training.forms.group import BLANK_ROWS, PeopleFileForm, people_formset, regions_of
from training.models import Event
from training.permissions import agencies_of
from training.registration_import import (
    COLUMNS,
    ImportRefused,
    check,
    record,
    record_rows,
)
from training.workflow.registration import refuse_unless_open

# How long a checked file waits for the yes; it lies on the server, not in the browser.
KEPT_SECONDS = 30 * 60


@require_http_methods(["GET", "POST"])
@once
def group_new(request, slug):
    """Rows to type people into, and the way to send a file instead."""
    event = _event(slug)
    agency, agencies = _agency(request)
    if stop := _turned_away(request, event, agency):
        return stop
    if request.method != "POST":
        kept = take(request)
        people = people_formset(kept, agency=agency) if kept else people_formset(agency=agency)
        return _form_page(request, event, agency, agencies, people)
    if "tambah" in request.POST:
        people = people_formset(_with_more_rows(request.POST), agency=agency)
        return _form_page(request, event, agency, agencies, people)
    people = people_formset(request.POST, agency=agency)
    if not people.is_valid():
        return _form_page(request, event, agency, agencies, people, status=422)
    filled = people.filled()
    if not filled:
        nobody = "Isi paling sedikit satu orang, atau unggah berkas di bawah."
        return _form_page(request, event, agency, agencies, people, refused=nobody, status=422)
    refused = ""
    try:
        report = record_rows(
            [(number, form.line()) for number, form in filled],
            event=event,
            by=request.user,
            now=timezone.now(),
            agency=agency,
        )
    except ImportRefused as refusal:
        refused = str(refusal)
    else:
        if not report.refused:
            messages.success(request, report.in_words)
            return redirect("training:group_new", event.slug)
        by_number = {row.number: row for row in report.rows}
        for number, form in filled:
            for column, sentence in by_number[number].problems:
                form.blame(column, sentence)
    return _form_page(request, event, agency, agencies, people, refused=refused, status=422)


@require_POST
@once
def group_check(request, slug):
    """What each row of a file would do; with the code of a preview, do it."""
    event = _event(slug)
    agency, agencies = _agency(request)
    if stop := _turned_away(request, event, agency):
        return stop
    if "kode" in request.POST:
        return _record(request, event, agency)
    form = PeopleFileForm(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            report = check(io.BytesIO(content), event=event, agency=agency)
        except TableRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, event, agency, report, content)
    people = people_formset(agency=agency)
    return _form_page(request, event, agency, agencies, people, file_form=form, status=422)


@require_safe
def group_template(request, slug):
    """An empty table with the right headings, and the codes that this Dinas may use."""
    event = _event(slug)
    agency, _ = _agency(request)
    if agency is None:
        return _turned_away(request, event, agency)
    target = io.BytesIO()
    write_xlsx(
        target,
        {
            "Peserta": [COLUMNS],
            "Kode wilayah": [("kode_kabkota", "Nama"), *regions_of(agency)],
            "Contoh": [COLUMNS, _example(agency)],
        },
    )
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"peserta-{event.slug}.xlsx")


def _example(agency):
    code, _ = regions_of(agency)[-1]
    return (
        "Dr. Siti Rahmah Contoh, S.T., M.Si.",
        "198503152010012002",
        "siti.rahmah@dinas.example",
        "081234567890",
        "III/c",
        "Kepala Bidang Perindustrian",
        agency.name,
        code,
    )


def _event(slug):
    return get_object_or_404(Event.objects.announced().prefetch_related("regions"), slug=slug)


def _agency(request):
    """The Dinas in whose name this is done, and all that the person works for."""
    agencies = list(agencies_of(request.user).select_related("region").distinct())
    asked = request.POST.get("dinas") or request.GET.get("dinas")
    chosen = next((one for one in agencies if str(one.pk) == asked), None)
    return chosen or next(iter(agencies), None), agencies


def _turned_away(request, event, agency):
    """The answer for whoever cannot register a group now; None for those who can."""
    if agency is None:
        page = {"event": event}
        return render(request, "training/group_nobody.html", page, status=403)
    if event.audience_kinds and AudienceKind.APPARATUS not in event.audience_kinds:
        messages.info(request, "Kegiatan ini bukan untuk aparatur dinas.")
        return redirect("training:event_detail", event.slug)
    try:
        refuse_unless_open(event, now=timezone.now())
    except TransitionNotAllowed as refusal:
        messages.info(request, str(refusal))
        return redirect("training:event_detail", event.slug)
    return None


def _with_more_rows(typed):
    data = typed.copy()
    rows = data.get("orang-TOTAL_FORMS", "")
    data["orang-TOTAL_FORMS"] = str((int(rows) if rows.isdecimal() else 0) + BLANK_ROWS)
    return data


def _form_page(request, event, agency, agencies, people, *, file_form=None, refused="", status=200):
    return render(
        request,
        "training/group_new.html",
        {
            "event": event,
            "when": words.days(event),
            "agency": agency,
            "agencies": agencies,
            "people": people,
            "file_form": file_form or PeopleFileForm(),
            "columns": COLUMNS,
            "refused": refused,
            "sent": event.registrations.filter(sent_by=agency).active().order_by("arrival"),
        },
        status=status,
    )


def _preview(request, event, agency, report, content):
    code = ""
    if report.ready and not report.refused:
        code = secrets.token_urlsafe(24)
        cache.set(_place(request, event, code), content, KEPT_SECONDS)
    return render(
        request,
        "training/group_preview.html",
        {"event": event, "agency": agency, "report": report, "code": code},
        status=422 if report.refused else 200,
    )


def _record(request, event, agency):
    """Read the kept file once more and enter everybody, or nobody."""
    place = _place(request, event, request.POST["kode"])
    content = cache.get(place)
    if content is None:
        messages.warning(
            request,
            "Pratinjau ini sudah tidak tersimpan; belum ada yang didaftarkan. Unggah berkasnya "
            "lagi.",
        )
        return redirect("training:group_new", event.slug)
    try:
        report = record(
            io.BytesIO(content), event=event, by=request.user, now=timezone.now(), agency=agency
        )
    except (TableRefused, ImportRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("training:group_new", event.slug)
    if report.refused:  # somebody was faster than the one who read the preview
        return _preview(request, event, agency, report, content)
    cache.delete(place)
    messages.success(request, report.in_words)
    return redirect("training:group_new", event.slug)


def _place(request, event, code):
    """Where a checked file waits; another person's code leads nowhere."""
    return f"rombongan:{request.user.pk}:{event.pk}:{code[:64]}"
