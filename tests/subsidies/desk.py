"""What the tests of the officers' desk have in common: reading its pages as an officer does."""

import re
from html.parser import HTMLParser

from django.urls import reverse

from programs import roles
from tests.factories.programs import officer
from tests.people import sign_in

ADMIN = "admin:subsidies_application_"
# Roles that work with applications; the verifier is the one of the application's own visit.
DESK_ROLES = [
    roles.IKMA_OFFICER,
    roles.COMPLETENESS_CHECKER,
    roles.CONFORMITY_CHECKER,
    roles.ASSESSOR,
    roles.PPK,
    roles.KPA,
    roles.FINANCE_OFFICER,
    roles.SPM_SIGNATORY,
    roles.AUDITOR,
]


def address(application, name="change", *more):
    return reverse(f"{ADMIN}{name}", args=[application.pk, *more])


def queue_address(name="changelist"):
    return reverse(f"{ADMIN}{name}")


def signed_in(client, *held, **details):
    """``client`` as an officer with these roles; gives the officer."""
    person = officer(*held, **details)
    sign_in(client, person)
    return person


class _Controls(HTMLParser):
    def __init__(self):
        super().__init__()
        self.decisions, self.posts, self.links = [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "input" and given.get("name") == "decision":
            self.decisions.append(given["value"])
        if tag == "form" and given.get("method") == "post":
            self.posts.append(given.get("action", ""))
        if tag == "a":
            self.links.append(given.get("href", ""))


def controls(response):
    found = _Controls()
    found.feed(response.content.decode())
    return found


def buttons(response, application):
    """The decisions that a record page offers: keys of its form, and pages of their own."""
    found = controls(response)
    pages = {
        address(application, "assess"): "assess",
        address(application, "visit"): "visit",
        f"{queue_address('decree')}?permohonan={application.pk}": "decree",
    }
    return {*found.decisions, *(pages[link] for link in found.links if link in pages)}


def words(response):
    """What a page says, without its tags."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
