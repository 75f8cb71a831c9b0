"""What is checked before deciding: files, answers, words between officers, and sealed numbers."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from programs.desk import desk
from programs.models import SensitiveAccess
from programs.transitions import TransitionNotAllowed
from subsidies import permissions
from subsidies.admin.record_pages import (
    address,
    load,
    may_hand_over,
    note_form,
    refused,
    show,
)
from subsidies.enums import DocumentCheck
from subsidies.forms.desk_decisions import CheckForm, HandOverForm, InternalNoteForm
from subsidies.stages import STAGES
from subsidies.workflow import review
from subsidies.workload import officers_who_may

MAY_CHECK = ("subsidies.check_completeness", "subsidies.check_conformity")


@require_POST
def check(request, pk, file_pk):
    """Accept a file or refuse it, and go to the next one that waits."""
    record = load(request, pk)
    _must_be_a_checker(request.user)
    file = next((file for file in record.files if file.pk == file_pk), None)
    if file is None:
        raise Http404
    request.GET = request.GET.copy()
    request.GET["berkas"] = str(file_pk)
    form = CheckForm(request.POST, auto_id="periksa_%s")
    if not record.may_check:
        return _not_the_turn(request, record)
    if not form.is_valid():
        return show(request, record, status=422, check_form=form)
    try:
        review.check_document(file, by=request.user, **form.cleaned_data)
    except TransitionNotAllowed as problem:
        return refused(request, pk, problem, check_form=form)
    waiting = _others_waiting(record, file)
    if not waiting:
        messages.success(request, "Semua berkas sudah diperiksa.")
    return redirect(address(record, "bukti", berkas=(waiting[0] if waiting else file).pk))


def _others_waiting(record, file):
    """The files that nobody looked at yet: those behind this one first."""
    at = record.files.index(file)
    others = record.files[at + 1 :] + record.files[:at]
    return [other for other in others if other.check_state == DocumentCheck.PENDING]


@require_POST
def pin_note(request, pk):
    """Pin a note to one answer of the owner."""
    record = load(request, pk)
    _must_be_a_checker(request.user)
    if not record.may_check:
        return _not_the_turn(request, record)
    form = note_form(request, record, request.POST)
    if not form.is_valid():
        return show(request, record, status=422, note_form=form)
    field, machine = _field_and_machine(form.cleaned_data["field"], record)
    try:
        review.pin_note(
            record.application,
            field=field,
            text=form.cleaned_data["text"],
            by=request.user,
            machine=machine,
        )
    except TransitionNotAllowed as problem:
        return refused(request, pk, problem, note_form=form)
    messages.success(request, "Catatan ditambahkan; pemohon membacanya saat perbaikan diminta.")
    return redirect(address(record, "catatan"))


def _field_and_machine(value, record):
    """“mesin.name.7” is the name of machine 7."""
    part, name, *key = value.split(".")
    machine = next((machine for machine in record.machines if [str(machine.pk)] == key), None)
    return f"{part}.{name}", machine


@require_POST
def drop_note(request, pk, note_pk):
    record = load(request, pk)
    _must_be_a_checker(request.user)
    note = next((note for note in record.notes if note.pk == note_pk), None)
    if note is None:
        raise Http404
    if not record.may_check:
        return _not_the_turn(request, record)
    try:
        review.drop_note(note, by=request.user)
    except TransitionNotAllowed as problem:
        return refused(request, pk, problem)
    messages.success(request, "Catatan dihapus.")
    return redirect(address(record, "catatan"))


@require_POST
def write_note(request, pk):
    """A word to other officers, at any stage; who only looks on writes nothing."""
    record = load(request, pk)
    if not permissions.can_write_internally(request.user, record.application):
        raise PermissionDenied
    form = InternalNoteForm(request.POST)
    if not form.is_valid():
        return show(request, record, status=422, internal_form=form)
    review.write_internal_note(record.application, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, "Catatan antarpetugas disimpan.")
    return redirect(address(record, "antarpetugas"))


@require_POST
def reveal(request, pk, what):
    """Show a sealed number in full, once; who asked for it is kept for ever."""
    record = load(request, pk)
    application = record.application
    if what == "nik":
        allowed, words = record.may_open_nik, "NIK pemilik"
        number = application.organization.ikm.owner_nik if allowed else ""
    else:
        allowed, words = record.may_open_account, "Nomor rekening"
        number = application.account_number
    if not allowed:
        raise PermissionDenied
    SensitiveAccess.objects.create(user=request.user, what=words, subject=str(application)[:200])
    return show(request, record, opened={what: number})


def hand_over(request, pk):
    """Choose the officer who goes on with it, or take it oneself."""
    record = load(request, pk)
    if not may_hand_over(record, request.user):
        raise PermissionDenied
    officers = officers_who_may(STAGES[record.stage].permission)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and "sendiri" in data:
        data["officer"] = str(request.user.pk)
    form = HandOverForm(data, officers=officers)
    if form.is_valid():
        officer = form.cleaned_data["officer"]
        try:
            review.assign(record.application, to=officer, by=request.user)
        except TransitionNotAllowed as problem:
            return refused(request, pk, problem)
        messages.success(request, f"Permohonan ini sekarang ditangani {officer}.")
        return redirect(address(record))
    context = desk(
        request,
        admin.site,
        title="Serahkan ke petugas lain",
        record=record,
        application=record.application,
        form=form,
    )
    return TemplateResponse(request, "subsidies/desk_hand_over.html", context)


def _must_be_a_checker(user):
    if not any(user.has_perm(right) for right in MAY_CHECK):
        raise PermissionDenied


def _not_the_turn(request, record):
    problem = TransitionNotAllowed(
        f"Pemeriksaan tidak dicatat: permohonan ini sekarang pada tahap “{record.stage.label}”."
    )
    return refused(request, record.application.pk, problem)
