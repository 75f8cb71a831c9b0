"""What the tests of the desk have in common: the addresses of its pages."""

from django.urls import reverse


def page(event, name="desk", *more):
    return reverse(f"admin:training_event_{name}", args=[event.pk, *more])


def event_list():
    return reverse("admin:training_event_changelist")


def participant(registration):
    return reverse("admin:training_registration_change", args=[registration.pk])
