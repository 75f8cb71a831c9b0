"""A word from the organizers to their participants."""

from django.db import transaction

from training.news import tell, when_in_words


@transaction.atomic
def send_message(event, registrations, *, by, subject, body, key):
    """Send ``registrations`` a message by mail and into the inbox; ``key`` names it, once.

    That it was sent stands in the event's history. Returns to how many people.
    """
    people = list(registrations.select_related("user"))
    about = f"{event.title}, {when_in_words(event)}, {event.unit}."
    tell(
        event,
        people,
        fact=f"message.{key}",
        subject=f"{subject}: {event.title}",
        body=f"{body}\n\n{about}",
    )
    event.history.create(
        action="message",
        from_status=event.status,
        to_status=event.status,
        actor=by,
        reason=f"“{subject}”, kepada {len(people)} orang",
    )
    return len(people)
