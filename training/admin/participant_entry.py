"""Entering one participant, and a message to many of them."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from programs.kept_input import fill, take
from programs.once import FIELD, new_token
from programs.transitions import TransitionNotAllowed
from programs.workflow.accounts import account_for
from training.admin.reach import event_of, event_page, pages
from training.enums import RegistrationStatus
from training.forms.desk_participants import ADDRESSED, MessageForm, ParticipantForm
from training.workflow.message import send_message
from training.workflow.registration import attach_letter, register_by_officer


def add_participant(request, pk):
    """One person more; who has no account yet gets one, and the way in by mail."""
    event = event_of(request, pk)
    sent = request.method == "POST"
    form = ParticipantForm(request.POST if sent else None, request.FILES or None, event=event)
    if sent and form.is_valid():
        try:
            registration = _enter(event, form, by=request.user)
        except TransitionNotAllowed as problem:
            form.add_error(None, str(problem))
        else:
            if registration.status == RegistrationStatus.WAITING:
                messages.warning(
                    request,
                    f"{registration.name} masuk daftar tunggu: semua tempat sudah terisi.",
                )
            else:
                messages.success(request, f"{registration.name} terdaftar dan diberi tahu.")
            return redirect("admin:training_registration_change", registration.pk)
    fill(form, take(request))
    return event_page(
        request,
        event,
        "peserta",
        "training/desk_participant_add.html",
        status=422 if sent else 200,
        title="Tambah peserta",
        form=form,
        back=reverse("admin:training_event_participants", args=[pk]),
    )


@transaction.atomic
def _enter(event, form, *, by):
    """All of it or nothing: no account is left of a person who could not be registered."""
    details = form.details()
    user = account_for(form.cleaned_data["email"], name=details["name"], phone=details["phone"])
    (registration,) = register_by_officer(event, [(user, details)], by=by, now=timezone.now())
    if letter := form.cleaned_data.get("letter"):
        attach_letter(registration, by=by, letter=letter)
    return registration


def message(request, pk):
    """Write, look at it with the number of receivers, then send."""
    event = event_of(request, pk)
    sent = request.POST if request.method == "POST" else request.GET
    keys = [key for key in sent.getlist("peserta") if key.isdecimal()]
    chosen = event.registrations.filter(pk__in=keys)
    picked = chosen.count() if keys else 0
    counts = dict(event.registrations.order_by().values_list("status").annotate(Count("pk")))
    form = MessageForm(
        request.POST if request.method == "POST" else None, counts=counts, chosen=picked
    )
    is_ready = request.method == "POST" and form.is_valid()
    receivers = chosen
    if is_ready and not picked:
        receivers = event.registrations.filter(status__in=form.cleaned_data["statuses"])
    if is_ready and "kirim" in request.POST and receivers.exists():
        told = send_message(
            event,
            receivers,
            by=request.user,
            subject=form.cleaned_data["subject"],
            body=form.cleaned_data["body"],
            key=request.POST.get(FIELD) or new_token(),
        )
        messages.success(request, f"Pesan dikirim kepada {told} orang.")
        return redirect("admin:training_event_desk", pk)
    if not is_ready:
        fill(form, take(request))
    looks = is_ready and "ubah" not in request.POST
    return event_page(
        request,
        event,
        "peserta",
        "training/desk_message.html",
        status=200 if is_ready or request.method != "POST" else 422,
        title="Kirim pesan",
        form=form,
        keys=keys if picked else [],
        picked=picked,
        nobody=not any(counts.get(status) for status in ADDRESSED),
        preview=form.cleaned_data if looks else None,
        receivers=receivers.count() if looks else 0,
        back=reverse("admin:training_event_participants", args=[pk]),
    )


def urls(model_admin):
    return pages(
        model_admin,
        [
            ("peserta/tambah/", add_participant, "participant_add"),
            ("pesan/", message, "message"),
        ],
    )
