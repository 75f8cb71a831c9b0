"""The record page, and what an officer does on it. Every POST is one function of ``workflow``."""

from typing import NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from programs.desk import desk
from programs.kept_input import fill, take
from programs.transitions import TransitionNotAllowed
from subsidies import permissions
from subsidies.admin.decisions import BY_KEY, has_right, offers
from subsidies.admin.record import Record
from subsidies.comparison import answers_for, fields_to_note
from subsidies.enums import ApplicationStatus, Stage, VisitStatus
from subsidies.forms.desk_decisions import CheckForm, DecisionForm, InternalNoteForm, NoteForm
from subsidies.workload import verifiers

# Papers shown beside the one on the desk; the others are a press away.
AROUND = 7


class PageLink(NamedTuple):
    """A decision that takes a page of its own."""

    label: str
    url: str
    help: str
    hindrance: str = ""


def load(request, pk):
    return Record(request.user, pk, today=timezone.localdate())


def address(record, fragment="", **query):
    url = reverse("admin:subsidies_application_change", args=[record.application.pk])
    if query:
        url += "?" + "&".join(f"{name}={value}" for name, value in query.items())
    return f"{url}#{fragment}" if fragment else url


@require_safe
def change(request, pk):
    return show(request, load(request, pk))


def show(request, record, *, status=200, **typed):
    """The page; ``typed`` are forms that came back with faults, shown as they were typed."""
    offered = offers(record, request.user)
    free = [offer for offer in offered if not offer.hindrance]
    links = page_links(record, request.user)
    form = typed.pop("decision_form", None)
    if form is None and free:
        sent_to = reverse("admin:subsidies_application_decide", args=[record.application.pk])
        form = fill(decision_form(record, free), take(request, sent_to))
    chosen = _chosen_file(request, record)
    context = desk(
        request,
        admin.site,
        title=str(record.application),
        record=record,
        application=record.application,
        scheme=record.application.scheme,
        free=free,
        hindered=[offer for offer in offered if offer.hindrance],
        links=[link for link in links if not link.hindrance],
        hindered_links=[link for link in links if link.hindrance],
        form=form,
        # Where only a refusal is open, or the way on is a page, the form stands aside.
        aside=bool(links) or [offer.key for offer in free] == ["reject"],
        may_hand_over=may_hand_over(record, request.user),
        evidence=_evidence(record, chosen),
        note_form=typed.pop("note_form", None) or note_form(request, record),
        internal_form=typed.pop("internal_form", None) or InternalNoteForm(),
        check_form=typed.pop("check_form", None) or CheckForm(auto_id="periksa_%s"),
        **typed,
    )
    return TemplateResponse(request, "subsidies/desk_record.html", context, status=status)


def decision_form(record, free, data=None):
    needs_verifier = any("verifier" in offer.fields for offer in free)
    return DecisionForm(
        data,
        decisions=free,
        verifiers=verifiers() if needs_verifier else None,
        today=record.today,
    )


def page_links(record, user):
    application, stage = record.application, record.stage
    if stage == Stage.ASSESSMENT and permissions.can_assess(user, application):
        visited = application.visited_by_id == user.pk
        return [
            PageLink(
                "Tetapkan nilai penggantian",
                reverse("admin:subsidies_application_assess", args=[application.pk]),
                "Potongan tiap mesin dengan alasannya, lalu hitungan.",
                "Anda yang mengunjungi pemohon; penilaian dilakukan petugas lain."
                if visited
                else "",
            )
        ]
    if stage in (Stage.VISIT_PLANNING, Stage.VISIT) and permissions.can_conduct_visit(
        user, application
    ):
        planned = application.visit.status == VisitStatus.SCHEDULED
        return [
            PageLink(
                "Isi hasil kunjungan" if planned else "Jadwalkan kunjungan",
                reverse("admin:subsidies_application_visit", args=[application.pk]),
                "Foto, daftar periksa, dan temuan." if planned else "Pemohon diberi tahu harinya.",
            )
        ]
    if stage == Stage.DECREE and permissions.can_issue_decree(user, application):
        return [
            PageLink(
                "Terbitkan surat keputusan",
                f"{reverse('admin:subsidies_application_decree')}?permohonan={application.pk}",
                "Satu SK dapat memuat beberapa penerima.",
            )
        ]
    return []


def may_hand_over(record, user):
    """Visits change hands with their schedule; what is over is nobody's work."""
    if record.stage in (Stage.VISIT_PLANNING, Stage.VISIT, Stage.CORRECTION):
        return False
    return bool(record.words.permission) and permissions.can_hand_over(user, record.application)


@require_POST
def decide(request, pk):
    record = load(request, pk)
    decision = BY_KEY.get(request.POST.get("decision", ""))
    if decision is None:
        messages.warning(request, "Pilih salah satu keputusan.")
        return show(request, record, status=422)
    if not has_right(request.user, decision):
        raise PermissionDenied
    free = {offer.key: offer for offer in offers(record, request.user) if not offer.hindrance}
    if decision.key not in free:
        return _not_now(request, record, decision)
    form = decision_form(record, list(free.values()), request.POST)
    if not form.is_valid():
        return show(request, record, status=422, decision_form=form)
    try:
        result = decision.run(record, request.user, form.cleaned_data, record.today)
    except (TransitionNotAllowed, ValidationError) as problem:
        return refused(request, pk, problem, decision_form=form)
    if getattr(result, "status", "") == ApplicationStatus.WAITING:
        messages.warning(
            request, "Pagu tidak cukup: permohonan masuk daftar tunggu dan pemohon diberi tahu."
        )
    else:
        messages.success(request, decision.done)
    return redirect(address(record))


def _not_now(request, record, decision):
    """Somebody was quicker, or something still hinders it. What was typed is not lost."""
    hindrance = decision.stages.count(record.stage) and decision.hinder(record, request.user)
    messages.error(
        request,
        f"{decision.label}: {hindrance}"
        if hindrance
        else f"{decision.label} tidak dicatat: permohonan ini sekarang pada tahap "
        f"“{record.stage.label}”. Mungkin petugas lain sudah memutuskan; lihat riwayat.",
    )
    return show(request, record, status=409, kept_words=_words_typed(request))


def refused(request, pk, problem, **typed):
    """The page again, as things stand now, with the sentence and with what was typed."""
    sentences = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
    for sentence in sentences:
        messages.error(request, sentence)
    record = load(request, pk)
    form = typed.get("decision_form")
    keys = {offer.key for offer in offers(record, request.user) if not offer.hindrance}
    if form is not None and form.cleaned_data.get("decision") not in keys:
        typed = {"kept_words": _words_typed(request)}
    return show(request, record, status=409, **typed)


def _words_typed(request):
    return [words for name in ("reason", "remark", "text") if (words := request.POST.get(name, ""))]


class Evidence(NamedTuple):
    """The paper on the desk, with its neighbours and the answers it must agree with."""

    file: object
    number: int
    total: int
    previous: object
    next: object
    answers: list
    around: list


def _chosen_file(request, record):
    wanted = request.GET.get("berkas", "")
    files = record.files
    chosen = next((file for file in files if str(file.pk) == wanted), None)
    if chosen is None and record.may_check and record.unchecked:
        chosen = record.unchecked[0]
    return chosen or (files[0] if files else None)


def _evidence(record, file):
    if file is None:
        return None
    at = record.files.index(file)
    return Evidence(
        file,
        at + 1,
        len(record.files),
        record.files[at - 1] if at else None,
        record.files[at + 1] if at + 1 < len(record.files) else None,
        answers_for(file, record.application, record.changes),
        record.files[max(0, min(at - AROUND // 2, len(record.files) - AROUND)) :][:AROUND],
    )


def note_form(request, record, data=None):
    """The form of a new note; a link beside an answer has chosen the field already."""
    if not record.may_check:
        return None
    return NoteForm(
        data,
        choices=fields_to_note(record.machines),
        initial={"field": request.GET.get("isian", "")},
    )
