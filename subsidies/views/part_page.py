"""One part of an application as a page: answers and files in one form that saves what is valid.

Nothing that was typed is lost: valid answers are saved beside faulty ones, a faulty file leaves
the others alone, and whichever button is pressed, the answers travel along.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django_htmx.http import HttpResponseClientRedirect

from programs.kept_input import fill, take
from programs.transitions import TransitionNotAllowed
from subsidies.checklist import Slot, may_edit, parts_of
from subsidies.document_kinds import PER_MACHINE
from subsidies.enums import ApplicationStatus, Condition, DocumentCheck
from subsidies.forms.papers import SHOWN_WHEN, PapersForm, name_of
from subsidies.models import CorrectionNote
from subsidies.views.files import describe
from subsidies.views.part_order import address_after, address_of, dots, is_same, open_notes
from subsidies.workflow import answers as workflow

NOT_ASKED = "Berkas ini tidak diminta menurut jawaban Anda di atas, jadi tidak kami simpan."
# Papers of a machine whose condition is answered on the same page.
FOLLOWS_AN_ANSWER = {Condition.DOMESTIC, Condition.IMPORTED_BY_APPLICANT}


def part_page(request, application, find, *, make_form, save, template, extra=None):
    """Show a part, or save what was sent of it.

    ``find(parts)`` picks the part; ``make_form(application, part, data, notes)`` builds its form
    (None for a part that is files alone); ``save(values)`` is the workflow call that stores it.
    """
    parts = parts_of(application)
    part = find(parts)
    if part is None:
        raise Http404
    if not may_edit(application, part):
        return _closed(request, application)
    if request.method == "POST":
        return _save(request, application, part, find, make_form, save, template, extra)
    form = make_form(application, part, None, open_notes(part))
    fill(form, take(request)) if form else None
    papers = PapersForm(slots=slots_to_offer(application, part))
    return _show(request, application, parts, part, form, papers, template, extra)


def _save(request, application, part, find, make_form, save, template, extra):
    form = make_form(application, part, request.POST, open_notes(part))
    if form is not None:
        _save_answers(form, save)
    if request.htmx:
        return _saved_by_itself(request, application, part, form, make_form)
    papers = PapersForm(request.POST, request.FILES, slots=slots_to_offer(application, part))
    _take_files(request, application, part, find, papers)
    answered = _answer_a_note(request, application, part)
    is_removed = _remove_file(request, application, part)
    application.refresh_from_db()
    parts = parts_of(application)
    part = find(parts)
    if (form and form.errors) or papers.errors:
        if form is not None:
            form = _again(form, make_form, application, part, request.POST)
        return _show(request, application, parts, part, form, papers, template, extra, status=422)
    if answered or is_removed or "unggah" in request.POST:
        kind = request.POST.get("unggah") or is_removed
        anchor = f"#{name_of(kind)}" if kind else ""
        return redirect(address_of(application, part) + anchor)
    messages.success(request, f"{part.title}: tersimpan.")
    if "lanjut" in request.POST:
        return redirect(address_after(application, parts, part))
    return redirect("subsidies:application_detail", application.pk)


def _save_answers(form, save):
    """Save the valid answers; what the workflow refuses becomes a fault of the form."""
    form.is_valid()
    values = form.values_to_save()
    if not values:
        return
    try:
        with transaction.atomic():
            save(values)
    except TransitionNotAllowed as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as problem:
        _add_problem(form, problem)


def _add_problem(form, problem):
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for name, errors in problem.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _again(form, make_form, application, part, data):
    """The form as it was typed, its errors kept, now knowing what is stored."""
    errors = form._errors
    form = make_form(application, part, data, open_notes(part)).shown_again()
    form._errors, form.cleaned_data = errors, {}
    return form


def _take_files(request, application, part, find, papers):
    papers.is_valid()
    chosen = papers.accepted()
    asked = {slot.kind for slot in find(parts_of(application)).slots} if chosen else set()
    for kind, accepted in chosen:
        if kind not in asked:
            papers.add_error(name_of(kind), NOT_ASKED)
            continue
        try:
            with transaction.atomic():
                workflow.attach(
                    application, kind=kind, accepted=accepted, by=request.user, machine=part.machine
                )
        except TransitionNotAllowed as refusal:
            papers.add_error(name_of(kind), str(refusal))
        else:
            messages.success(request, f"{accepted.name} sudah kami terima.")


def _answer_a_note(request, application, part):
    """The owner says that an answer stands as it is; True when that was the button."""
    if "benar" not in request.POST:
        return False
    chosen = request.POST["benar"]
    notes = [note for note in part.notes if str(note.pk) == chosen]
    for note in notes:
        note = CorrectionNote(pk=note.pk, application=application)
        try:
            workflow.answer_note(note, by=request.user)
        except TransitionNotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Catatan petugas dijawab: isian ini sudah benar.")
    return bool(notes)


def _remove_file(request, application, part):
    """Take out the file whose button was pressed; its kind, or nothing."""
    if "hapus" not in request.POST:
        return ""
    chosen = request.POST["hapus"]
    for slot in part.slots:
        for file in slot.files:
            if str(file.pk) == chosen:
                try:
                    workflow.detach(file, by=request.user)
                except TransitionNotAllowed as refusal:
                    messages.error(request, str(refusal))
                else:
                    messages.success(request, f"{file.document.name} sudah dihapus.")
                return slot.kind
    return ""


def _closed(request, application):
    if application.status == ApplicationStatus.CORRECTION:
        messages.info(
            request, "Bagian ini sudah diterima. Perbaiki hanya bagian yang diberi catatan petugas."
        )
    elif application.submitted_at:
        day = date_format(timezone.localtime(application.submitted_at), "j F Y, H.i")
        messages.info(
            request, f"Permohonan ini sudah dikirim pada {day} WIB; isinya tidak dapat diubah."
        )
    address = reverse("subsidies:application_detail", args=[application.pk])
    # htmx would put the whole record into the line that says when the form was saved.
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _show(request, application, parts, part, form, papers, template, extra, status=200):
    position = next(number for number, one in enumerate(parts, 1) if is_same(one, part))
    page = {
        "application": application,
        "part": part,
        "form": form,
        "papers": papers,
        "paper_rows": _paper_rows(application, part, papers),
        "notes": [note for note in open_notes(part) if not note.name],
        "position": position,
        "total": len(parts),
        "dots": dots(parts, part),
        "draft_key": draft_key(application, part),
        "may_change_machines": application.status == ApplicationStatus.DRAFT,
        **(extra(application, part) if extra else {}),
    }
    return render(request, template, page, status=status)


def _saved_by_itself(request, application, part, form, make_form):
    """The short answer to a save that nobody pressed a button for."""
    for record in filter(None, [application, part.machine]):
        record.refresh_from_db()
    left = [name for name in form.errors if name != "__all__"] if form else []
    refusals = form.non_field_errors() if form else []
    fresh = make_form(application, part, None, []) if form else None
    return render(
        request,
        "subsidies/parts/saved.html",
        {
            "at": timezone.now(),
            "left": len(left),
            "refusals": refusals,
            "opened": fresh["opened"] if fresh else None,
            "draft_key": draft_key(application, part) if not (left or refusals) else "",
        },
    )


def draft_key(application, part):
    """Under which name the browser keeps its own copy of what is typed on this page."""
    machine = f"-{part.machine.pk}" if part.machine else ""
    return f"permohonan-{application.pk}-{part.key}{machine}"


def slots_to_offer(application, part):
    """The part's slots and those that an answer on this very page would add."""
    slots = list(part.slots)
    if part.machine is None:
        return slots
    known = {slot.kind for slot in slots}
    for asked in application.scheme.documents.all():
        if (
            asked.kind in PER_MACHINE
            and asked.kind not in known
            and asked.condition in FOLLOWS_AN_ANSWER
        ):
            slots.append(Slot(asked.kind, part.machine, False, ()))
    return sorted(slots, key=lambda slot: slot.kind)


def _paper_rows(application, part, papers):
    """For the page: each slot with its input, where one more file may be added."""
    fresh = PapersForm(slots=slots_to_offer(application, part))
    rows = []
    for slot in slots_to_offer(application, part):
        name = name_of(slot.kind)
        form = papers if name in papers.fields else fresh
        describe(slot.files)
        is_accepted = any(file.check_state == DocumentCheck.ACCEPTED for file in slot.files)
        show_when = SHOWN_WHEN.get(slot.kind, "") if part.machine and not slot.files else ""
        rows.append(
            {
                "slot": slot,
                "field": form[name],
                "wants_file": not is_accepted or bool(slot.rejected),
                "show_when": show_when,
            }
        )
    return rows
