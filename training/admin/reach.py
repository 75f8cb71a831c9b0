"""What all pages about one event on the officers' desk share: whose it is, its address, its head.

A page module offers ``urls(model_admin)``, made of ``pages``, and stands in ``events.PAGES``.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from programs.desk import desk
from programs.once import once
from training import permissions
from training.event_stages import EVENT_WORDS
from training.models import Event


def event_of(request, pk, *, to_change=True):
    """The event of this page: of another unit it does not exist, an auditor does not change it."""
    events = Event.objects.visible_to(request.user).select_related("unit")
    event = get_object_or_404(events, pk=pk)
    may = permissions.can_run if to_change else permissions.can_look_at
    if not may(request.user, event):
        raise PermissionDenied
    return event


def pages(model_admin, rows):
    """Addresses ``<event>/<route>``, named ``training_event_<name>``; rows: (route, view, name)."""
    return [
        path(
            f"<int:pk>/{route}",
            model_admin.admin_site.admin_view(never_cache(once(view))),
            name=f"training_event_{name}",
        )
        for route, view, name in rows
    ]


def event_page(request, event, tab, template, *, status=200, **page):
    """A page that extends ``training/desk_event_page.html``: ``tab`` is the one it stands under."""
    context = desk(
        request,
        admin.site,
        event=event,
        tab=tab,
        words=EVENT_WORDS[event.status],
        may_run=permissions.can_run(request.user, event),
        **page,
    )
    return TemplateResponse(request, template, context, status=status)
