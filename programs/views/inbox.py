from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from programs.models import Notification
from programs.workflow.inbox import mark_read

ON_A_PAGE = 20


def _own(request):
    # Officers who may see everybody's messages do so in the admin; this is one's own letter box.
    return Notification.objects.filter(recipient=request.user)


@require_safe
def inbox(request):
    page = Paginator(_own(request), ON_A_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "programs/inbox.html", {"page": page})


@require_safe
def notification(request, pk):
    """One message. Opening it is reading it."""
    notification = get_object_or_404(_own(request), pk=pk)
    mark_read(_own(request).filter(pk=pk))
    return render(request, "programs/notification.html", {"notification": notification})


@require_POST
def inbox_read_all(request):
    mark_read(_own(request))
    return redirect("programs:inbox")
