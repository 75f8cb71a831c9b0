"""Slides, papers and recordings of an event, for those who take part in it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from programs.documents import serve
from training.models import Material
from training.permissions import can_look_at


@require_safe
def material(request, pk):
    """The file, or the way to the link. For whoever has no place, it does not exist."""
    material = get_object_or_404(Material.objects.select_related("document", "event"), pk=pk)
    event = material.event
    if not (
        event.registrations.of(request.user).placed().exists() or can_look_at(request.user, event)
    ):
        raise Http404
    if material.document is None:
        return redirect(material.url)
    return serve(material.document, as_attachment="unduh" in request.GET)
