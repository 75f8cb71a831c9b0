"""What the owner of an application is told, and when. Every fact once, each with whom to ask."""

from django.urls import reverse
from django.utils.formats import date_format

from programs.enums import MembershipState, NotificationKind
from programs.notifications import notify
from subsidies.stages import STAGES


def tell_owner(application, *, fact, subject, body, kind=NotificationKind.NEWS):
    """Tell every approved member of the IKM. ``fact`` names what happened, so it is told once."""
    url = reverse("subsidies:application_detail", args=[application.pk])
    members = application.organization.members.filter(
        memberships__state=MembershipState.APPROVED,
        memberships__organization=application.organization,
        is_active=True,
    ).distinct()
    for member in members:
        notify(
            member,
            key=f"subsidies.{fact}.{member.pk}",
            kind=kind,
            subject=subject,
            body=body,
            url=url,
            contact=application.scheme.contact,
        )


def tell_officer(officer, application, *, fact, subject, body):
    """Tell one officer that a piece of work has come to them."""
    notify(
        officer,
        key=f"subsidies.{fact}.{officer.pk}",
        kind=NotificationKind.TASK,
        subject=subject,
        body=body,
        url=reverse("admin:subsidies_application_change", args=[application.pk]),
        contact=application.scheme.contact,
    )


def tell_stage(application, stage, *, entry, kind=NotificationKind.NEWS, extra=""):
    """Tell the owner that the application reached ``stage``, in the words of the stage table.

    ``entry`` is the history line of the move: one line, one message.
    """
    words = STAGES[stage]
    body = owner_text(words.owner, application.due_on)
    text = "\n\n".join(part for part in (extra, body, words.next_step) if part)
    tell_owner(
        application,
        fact=f"{entry._meta.model_name}.{entry.pk}",
        subject=words.title,
        body=text,
        kind=kind,
    )


def owner_text(text, due_on):
    """The sentence of the stage table with its deadline written out; without one, in due course."""
    due = date_format(due_on, "l, j F Y") if due_on else "sesuai urutan"
    return text.format(due=due)
