"""What owners of IKM and officers are told about e-Smart. Every fact once."""

from django.urls import reverse

from programs.enums import NotificationKind
from programs.notifications import notify_many
from programs.permissions import officers_with, people_of


def tell_people(organization, *, fact, subject, body, url, kind=NotificationKind.NEWS):
    """Tell the people of an IKM one fact; told twice, it reaches them once."""
    _tell(people_of(organization), fact, subject, body, url, kind)


def tell_officers(codename, *, fact, subject, body, url):
    """Tell those who may act that something waits on the desk."""
    _tell(officers_with(codename), fact, subject, body, url, NotificationKind.TASK)


def page_of(enrolment):
    """Where an IKM reads how it stands in e-Smart."""
    return reverse("esmart:enrolment_detail", args=[enrolment.pk])


def desk_page_of(enrolment):
    return reverse("admin:programs_enrolment_change", args=[enrolment.pk])


def _tell(people, fact, subject, body, url, kind):
    notify_many(
        [(person, f"esmart.{fact}.{person.pk}", subject[:150], body, url) for person in people],
        kind=kind,
    )
