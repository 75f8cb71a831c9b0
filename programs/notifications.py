"""The outbox: mail that goes out if, and only if, the change that caused it was committed.

At-least-once: a crash between the mail server's “yes” and our commit repeats that one mail.
"""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from programs.enums import NotificationKind
from programs.models import Notification, NotificationPreference
from programs.queue import hand_over

MAX_ATTEMPTS = 8
# Young messages are still in the hands of the task that their commit started.
SWEEP_AFTER = timedelta(minutes=2)
SWEEP_AT_ONCE = 500


def notify(recipient, *, key, kind, subject, body, url="", contact=""):
    """Tell one person one fact, once. ``key`` names the fact.

    The message stands in the inbox at once and leaves by mail after the commit, unless the person
    declined mail of this kind; decisions about their money are always mailed (product.md §7).
    ``contact`` is the office that can help; without one it is the ministry's help desk.
    """
    by_mail = (
        kind == NotificationKind.DECISION
        or not NotificationPreference.objects.filter(user=recipient, kind=kind).exists()
    )
    notification, created = Notification.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "kind": kind,
            "subject": subject,
            "body": body,
            "url": url,
            "contact": contact or settings.HELP_CONTACT,
            "by_mail": by_mail,
        },
    )
    if created and by_mail:
        hand_over(send_notification, notification.pk)
    return notification


def send_again(notification):
    """Put a message back into the outbox, on an officer's word. Mail that left may leave twice."""
    Notification.objects.filter(pk=notification.pk).update(
        by_mail=True, sent_at=None, failed_at=None, attempts=0, last_error=""
    )
    hand_over(send_notification, notification.pk)


@shared_task
def send_notification(notification_id):
    """Send one message by mail. Delivered twice, this task finds nothing left to do.

    A mail server that refuses is tried again by the sweep; after ``MAX_ATTEMPTS`` the message is
    marked failed and waits for an officer.
    """
    with transaction.atomic():
        notification = (
            Notification.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("recipient")
            .due()
            .filter(pk=notification_id)
            .first()
        )
        if notification is None:
            return
        notification.attempts += 1
        try:
            mail_for(notification).send()
        except OSError as problem:
            notification.last_error = str(problem)[:300]
            if notification.attempts >= MAX_ATTEMPTS:
                notification.failed_at = timezone.now()
        else:
            notification.sent_at = timezone.now()
            notification.last_error = ""
        notification.save(update_fields=["attempts", "sent_at", "failed_at", "last_error"])


@shared_task
def sweep_notifications():
    """Every few minutes: hand over again what a broker or worker lost. Safe to run twice."""
    due = Notification.objects.due(before=timezone.now() - SWEEP_AFTER).order_by("created_at")
    for notification_id in due.values_list("pk", flat=True)[:SWEEP_AT_ONCE]:
        send_notification(notification_id)


def mail_for(notification):
    """The mail that carries ``notification``: plain text, and the same words in HTML beside it."""
    context = {
        "notification": notification,
        "address": f"{settings.BASE_URL}{notification.url}" if notification.url else "",
        "base_url": settings.BASE_URL,
    }
    mail = EmailMultiAlternatives(
        subject=f"{notification.subject} – Bina Industri",
        body=render_to_string("mail/notification.txt", context),
        to=[notification.recipient.email],
    )
    mail.attach_alternative(render_to_string("mail/notification.html", context), "text/html")
    return mail
