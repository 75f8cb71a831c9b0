"""What the tests of the pages about one event have in common."""

from django.urls import reverse

from programs import roles
from tests.factories.training import organizer
from tests.people import sign_in


def address(event, page, *more):
    return reverse(f"admin:training_event_{page}", args=[event.pk, *more])


def holder(client, event, role=roles.BDI_ADMIN, **details):
    """``client`` as an officer of the unit that holds ``event``; gives the officer."""
    person = organizer(role, event.unit, **details)
    sign_in(client, person)
    return person
