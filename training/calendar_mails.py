"""The calendar file that goes along with mails about a seat (see ``programs.notifications``).

It is made when the mail leaves, from what is true then.
"""

from django.utils import timezone

from programs.notifications import attaches
from training.calendars import CONTENT_TYPE, file_name, seat_file
from training.enums import ENDED_WITHOUT_PLACE, RegistrationStatus
from training.models import Registration
from training.news import SEAT


@attaches(SEAT)
def calendar_of_the_seat(notification):
    """The event for who holds a place in it; its withdrawal for who held one.

    Who waits or only asked has nothing to note down yet; of what is over nothing is sent.
    """
    registration = (
        Registration.objects.select_related("event__unit")
        .prefetch_related("event__sessions", "event__removed_sessions")
        .filter(pk=notification.key.rpartition(".")[2])
        .first()
    )
    now = timezone.now()
    if registration is None or registration.placed_at is None or registration.event.ends_at < now:
        return []
    is_given_up = registration.status in ENDED_WITHOUT_PLACE
    if is_given_up and _has_another_seat(registration):
        return []
    if not is_given_up and registration.status != RegistrationStatus.ACCEPTED:
        return []
    content = seat_file(registration, now=now, is_given_up=is_given_up)
    return [(file_name(registration.event), content, CONTENT_TYPE)]


def _has_another_seat(registration):
    """Whether the person withdrew and is back by now: their calendar must keep the event."""
    others = registration.event.registrations.of(registration.user_id)
    return others.active().filter(placed_at__isnull=False).exists()
