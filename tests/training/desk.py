"""What the tests of the desk have in common: who works there, and the addresses of its pages."""

import re
from datetime import timedelta

from django.urls import reverse

from programs import roles
from tests.factories.training import organizer
from tests.people import sign_in

# Roles that hold events of their own unit.
ORGANIZERS = [roles.BDI_ADMIN, roles.EDUCATION_UNIT_ADMIN, roles.IKMA_OFFICER]


def page(event, name="desk", *more):
    return reverse(f"admin:training_event_{name}", args=[event.pk, *more])


def event_list():
    return reverse("admin:training_event_changelist")


def participant(registration):
    return reverse("admin:training_registration_change", args=[registration.pk])


def at_work(client, event, role=roles.BDI_ADMIN, **details):
    """``client`` as an officer of the unit that holds ``event``; gives the officer."""
    person = organizer(role, event.unit, **details)
    sign_in(client, person)
    return person


def typed(moment):
    """A moment as officers write it: in WIB."""
    return f"{moment + timedelta(hours=7):%d/%m/%Y %H.%M}"


def words(response):
    """What a page says, without its tags."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
