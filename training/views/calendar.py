"""Calendar files: of one event, and the secret address of all one's own."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from training.calendars import CONTENT_TYPE, feed_file, file_name, public_file, seat_file
from training.models import CalendarFeed, Event, Registration
from training.workflow import calendar_feed as workflow

# What is longer ago has left the telephone's calendar as well.
LOOKS_BACK = timedelta(days=180)


@require_safe
@login_not_required
def event_calendar(request, slug):
    """The event's calendar file; for who holds a place in it, with the online link."""
    event = get_object_or_404(
        Event.objects.announced().select_related("unit").prefetch_related("sessions"), slug=slug
    )
    seat = None
    if request.user.is_authenticated:
        seat = event.registrations.of(request.user).placed().first()
    now = timezone.now()
    content = seat_file(seat, now=now) if seat else public_file(event, now=now)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_name(event)}"'
    return response


@require_safe
@login_not_required
@cache_control(private=True, max_age=15 * 60)
def calendar_feed(request, token):
    """What a calendar program fetches, which cannot sign in: the token says whose events."""
    feed = get_object_or_404(CalendarFeed, token=token, user__is_active=True)
    now = timezone.now()
    registrations = (
        Registration.objects.of(feed.user_id)
        .placed()
        .filter(event__ends_at__gte=now - LOOKS_BACK)
        .select_related("event__unit")
        .prefetch_related("event__sessions", "event__removed_sessions")
        .order_by("event__starts_at", "pk")
    )
    response = HttpResponse(feed_file(registrations, now=now), content_type=CONTENT_TYPE)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def feed_renew(request):
    """Make the secret address, or another one in its place."""
    _, is_first = workflow.renew(by=request.user)
    messages.success(
        request,
        "Alamat kalender Anda sudah dibuat."
        if is_first
        else "Alamat kalender sudah diganti. Yang lama tidak berlaku lagi.",
    )
    return redirect("training:registration_list")


@require_POST
def feed_revoke(request):
    workflow.revoke(by=request.user)
    messages.success(request, "Alamat kalender ditutup.")
    return redirect("training:registration_list")
