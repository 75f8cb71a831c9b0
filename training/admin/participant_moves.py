"""What organizers decide about participants, one or many: accept, refuse, withdraw for them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from programs.kept_input import fill, take
from programs.transitions import TransitionNotAllowed
from training import arrows
from training.admin.reach import event_of, event_page, pages
from training.enums import RegistrationStatus
from training.forms.desk_participants import DecisionForm
from training.workflow import registration as life


@dataclass(frozen=True)
class Decision:
    """A button above the list. ``run(registration, by, words)`` is one function of workflow."""

    key: str
    label: str
    verb: str
    arrow: object
    run: Callable
    about: str
    asks_reason: bool = False
    needs_reason: bool = False
    is_harsh: bool = False


DECISIONS = {
    decision.key: decision
    for decision in [
        Decision(
            "terima",
            "Terima",
            "diterima",
            arrows.ACCEPT,
            lambda registration, by, words: life.accept(registration, by=by),
            "Yang diterima langsung mendapat tempat menurut urutan mendaftar; bila tempat habis, "
            "masuk daftar tunggu. Setiap orang diberi tahu.",
        ),
        Decision(
            "tolak",
            "Tolak",
            "ditolak",
            arrows.REJECT,
            lambda registration, by, words: life.reject(registration, by=by, reason=words),
            "Tempatnya berpindah ke daftar tunggu. Setiap orang menerima surel dengan alasan Anda.",
            asks_reason=True,
            needs_reason=True,
            is_harsh=True,
        ),
        Decision(
            "undurkan",
            "Undurkan",
            "diundurkan",
            arrows.WITHDRAW,
            lambda registration, by, words: life.withdraw(registration, by=by, reason=words),
            "Hanya atas permintaan orangnya. Tempatnya berpindah ke daftar tunggu, dan ia diberi "
            "tahu.",
            asks_reason=True,
            is_harsh=True,
        ),
    ]
}


def decide(request, pk):
    """Ask once more, with the names; then take the decision for each, or say why it cannot be."""
    event = event_of(request, pk)
    sent = request.POST if request.method == "POST" else request.GET
    decision = DECISIONS.get(sent.get("tindakan", ""))
    if decision is None:
        raise Http404
    people = reverse("admin:training_event_participants", args=[pk])
    keys = [key for key in sent.getlist("peserta") if key.isdecimal()]
    chosen = list(event.registrations.filter(pk__in=keys).order_by("arrival"))
    if not chosen:
        messages.warning(request, f"Pilih dahulu orang yang akan {decision.verb}.")
        return redirect(people)
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        needs_reason=decision.needs_reason,
        asks_reason=decision.asks_reason,
    )
    if request.method == "POST" and form.is_valid():
        _decide_each(request, decision, chosen, form.words)
        return redirect(_page_of(chosen[0]) if sent.get("kembali") == "orang" else people)
    fill(form, take(request))
    able = [one for one in chosen if one.status in decision.arrow.sources]
    return event_page(
        request,
        event,
        "peserta",
        "training/desk_participants_decide.html",
        status=422 if request.method == "POST" else 200,
        title=f"{decision.label} peserta",
        decision=decision,
        able=able,
        unable=[one for one in chosen if one not in able],
        back_to=sent.get("kembali", ""),
        form=form,
        back=_page_of(chosen[0]) if sent.get("kembali") == "orang" else people,
    )


def _decide_each(request, decision, chosen, words):
    done, waiting = 0, 0
    for registration in chosen:
        try:
            result = decision.run(registration, request.user, words)
        except TransitionNotAllowed as problem:
            messages.error(request, f"{registration.name}: {problem}")
        else:
            waiting += result.status == RegistrationStatus.WAITING
            done += result.status != RegistrationStatus.WAITING
    if done:
        messages.success(request, f"{done} orang {decision.verb} dan diberi tahu.")
    if waiting:
        messages.warning(
            request, f"{waiting} orang masuk daftar tunggu, karena tempat sudah terisi."
        )


def _page_of(registration):
    return reverse("admin:training_registration_change", args=[registration.pk])


def urls(model_admin):
    return pages(model_admin, [("peserta/putuskan/", decide, "decide")])
