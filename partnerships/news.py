"""What schools, companies and officers are told about a PKS. Every fact once."""

from django.urls import reverse

from partnerships.enums import Side
from partnerships.permissions import steering_officers
from programs.enums import NotificationKind
from programs.notifications import notify_many
from programs.permissions import people_of

SUBJECT_LENGTH = 150


def page_of(agreement):
    return reverse("partnerships:agreement_detail", args=[agreement.pk])


def desk_page_of(agreement):
    return reverse("admin:partnerships_agreement_change", args=[agreement.pk])


def tell_side(agreement, side, *, fact, subject, body, kind=NotificationKind.NEWS, url=""):
    """Tell the people of one side one fact about their agreement."""
    organization = agreement.school if side == Side.SCHOOL else agreement.company
    _tell(
        people_of(organization),
        fact=f"{fact}.{side.lower()}",
        subject=subject,
        body=f"{about(agreement)}\n\n{body}",
        url=url or page_of(agreement),
        kind=kind,
    )


def tell_both(agreement, *, fact, subject, body, kind=NotificationKind.NEWS, url=""):
    for side in Side:
        tell_side(agreement, side, fact=fact, subject=subject, body=body, kind=kind, url=url)


def tell_officers(agreement, *, fact, subject, body, kind=NotificationKind.TASK):
    """Tell those who steer link and match that something waits on the desk."""
    _tell(
        steering_officers(),
        fact=f"{fact}.officers",
        subject=subject,
        body=f"{about(agreement)}\n\n{body}",
        url=desk_page_of(agreement),
        kind=kind,
    )


def about(agreement):
    number = f" Nomor {agreement.number}." if agreement.number else ""
    return f"Kerja sama {agreement.school} dan {agreement.company}.{number}"


def _tell(people, *, fact, subject, body, url, kind):
    notify_many(
        [
            (
                person,
                f"partnerships.{fact}.{person.pk}",
                subject if len(subject) <= SUBJECT_LENGTH else f"{subject[: SUBJECT_LENGTH - 1]}…",
                body,
                url,
            )
            for person in people
        ],
        kind=kind,
    )
