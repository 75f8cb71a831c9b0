"""Registering for a Diklat 3in1: oneself on a telephone, or others in the name of one's office."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs.kept_input import fill, take
from programs.once import once
from programs.transitions import TransitionNotAllowed
from training import diklat_permissions as permissions
from training.diklat_enums import BatchStatus
from training.forms.diklat import RegistrationForm, SentPersonForm
from training.models import Batch
from training.workflow import trainee as workflow


@require_http_methods(["GET", "HEAD", "POST"])
@once
def diklat_register(request, pk):
    """A person registers; afterwards their own page says what comes next."""
    batch, today = _announced(pk), timezone.localdate()
    mine = batch.trainees.active().of_person(request.user).first()
    if mine is not None:
        messages.info(request, "Anda sudah terdaftar pada angkatan ini.")
        return redirect("training:diklat_trainee", mine.pk)
    data = request.POST if request.method == "POST" else None
    form = RegistrationForm(data, batch=batch, user=request.user)
    if form.is_valid():
        trainee = _register(
            form,
            batch,
            by=request.user,
            today=today,
            user=request.user,
            details=form.details | {"email": request.user.email},
        )
        if trainee is not None:
            messages.success(request, f"Pendaftaran Anda untuk {batch.course} sudah kami terima.")
            return redirect("training:diklat_trainee", trainee.pk)
    return _show(request, "training/diklat_register.html", batch, form, today)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def diklat_send(request, pk):
    """A Dinas or a company sends people, one after another."""
    batch, today = _announced(pk), timezone.localdate()
    organizations = permissions.sending_organizations(request.user)
    if not organizations:
        return render(request, "training/diklat_send_nobody.html", {"batch": batch}, status=403)
    data = request.POST if request.method == "POST" else None
    form = SentPersonForm(data, batch=batch, organizations=organizations)
    if form.is_valid():
        sender = form.cleaned_data["sent_by"]
        trainee = _register(
            form,
            batch,
            by=request.user,
            today=today,
            sent_by=sender,
            details=form.details,
        )
        if trainee is not None:
            messages.success(request, f"{trainee} sudah didaftarkan atas nama {sender}.")
            return redirect("training:diklat_send", batch.pk)
    sent = (
        batch.trainees.active()
        .filter(sent_by__in=organizations)
        .select_related("region__province", "sent_by", "batch")
    )
    return _show(request, "training/diklat_send.html", batch, form, today, sent=sent)


def _announced(pk):
    return get_object_or_404(Batch.objects.announced().with_names(), pk=pk)


def _register(form, batch, **person):
    """The new trainee, or None with the sentence in the form."""
    try:
        return workflow.register(batch, nik=form.cleaned_data["nik"], **person)
    except TransitionNotAllowed as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as problem:
        form.blame(problem)
    return None


def _show(request, template, batch, form, today, **page):
    fill(form, take(request))
    is_open = batch.status == BatchStatus.OPEN and batch.opens_on <= today <= batch.closes_on
    return render(
        request,
        template,
        {"batch": batch, "form": form, "is_open": is_open, "today": today, **page},
        status=422 if form.is_bound else 200,
    )
