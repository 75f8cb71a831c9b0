"""What the ministry offers: the list of events and the page of each. Open to all."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from training.models import Event


@require_safe
@login_not_required
def event_detail(request, slug):
    event = get_object_or_404(Event.objects.announced(), slug=slug)
    return render(request, "training/event_detail.html", {"event": event})
