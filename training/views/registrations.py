"""A person's own registrations."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from training.models import Registration
from training.stages import WORDS


@require_safe
def registration_detail(request, pk):
    registration = get_object_or_404(
        Registration.objects.visible_to(request.user).select_related("event__unit"), pk=pk
    )
    return render(
        request,
        "training/registration_detail.html",
        {"registration": registration, "words": WORDS[registration.status]},
    )
