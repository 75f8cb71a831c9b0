"""Putting right what a participant, or whoever entered them, wrote wrongly."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from programs.kept_input import fill, take
from programs.transitions import TransitionNotAllowed
from training.admin.deeds import REFUSED
from training.admin.reach import event_of, event_page, pages
from training.forms.desk_participants import CorrectionForm
from training.permissions import can_issue_certificates
from training.workflow.correction import correct, reason_against_correcting


@require_http_methods(["GET", "HEAD", "POST"])
def correct_participant(request, pk, registration_pk):
    """The data as they stand, in a form; the person is told what was changed, and why."""
    event = event_of(request, pk)
    found = event.registrations.select_related("user", "region__province", "certificate")
    registration = found.filter(pk=registration_pk).first()
    if registration is None:
        raise Http404
    registration.event = event
    back = reverse("admin:training_registration_change", args=[registration.pk])
    sent = request.method == "POST"
    if (refusal := reason_against_correcting(registration)) and not sent:
        messages.error(request, refusal)
        return redirect(back)
    form = CorrectionForm(request.POST if sent else None, registration=registration)
    if sent and form.is_valid():
        try:
            changed = correct(
                registration,
                changes=form.changes(),
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except TransitionNotAllowed as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"Data {changed.name} dibetulkan, dan orangnya diberi tahu.")
            return redirect(back)
    fill(form, take(request))
    return event_page(
        request,
        event,
        "peserta",
        "training/desk_participant_correct.html",
        status=REFUSED if sent else 200,
        title="Betulkan data",
        form=form,
        registration=registration,
        may_replace=can_issue_certificates(request.user, event),
        back=back,
    )


def urls(model_admin):
    return pages(
        model_admin,
        [
            (
                "peserta/<int:registration_pk>/betulkan/",
                correct_participant,
                "participant_correct",
            )
        ],
    )
