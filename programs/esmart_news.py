"""What owners of IKM and officers are told about e-Smart. Every fact once."""

from django.db.models import Q
from django.urls import reverse

from programs.enums import MembershipState, NotificationKind
from programs.models import User
from programs.notifications import notify_many


def people_of(organization):
    """Who is told about an IKM: the people who belong to it."""
    return User.objects.filter(
        memberships__organization=organization,
        memberships__state=MembershipState.APPROVED,
        is_active=True,
    ).distinct()


def officers_with(codename):
    """Officers who hold a permission of the register, such as ``verify_enrolment``."""
    holds = Q(groups__permissions__codename=codename) | Q(user_permissions__codename=codename)
    return User.objects.filter(holds, is_active=True, is_staff=True).distinct()


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
