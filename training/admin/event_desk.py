"""An event's own page on the desk: where it stands, what is next, and the buttons."""

from django.views.decorators.http import require_safe

from training.admin.reach import event_of, event_page, pages


@require_safe
def event_desk(request, pk):
    event = event_of(request, pk, to_change=False)
    return event_page(request, event, "ringkasan", "training/desk_event.html", title="Ringkasan")


def urls(model_admin):
    return pages(model_admin, [("meja/", event_desk, "desk")])
