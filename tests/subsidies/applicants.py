"""An owner at the keyboard: what tests of the applicant's pages share."""

from django.urls import reverse

from tests.factories.programs import IkmFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory
from tests.people import sign_in


def owner_of(client, **details):
    """An application and its owner, signed in on ``client``."""
    owner = UserFactory(confirmed=True)
    organization = details.pop("organization", None) or IkmFactory(owner=owner)
    application = ApplicationFactory(organization=organization, **details)
    sign_in(client, owner)
    return application, owner


def page_of(name, application, *more):
    return reverse(f"subsidies:{name}", args=[application.pk, *more])
