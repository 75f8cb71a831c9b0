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
from programs.plain_rows import insert
from programs.queue import hand_over, ring, silence

MAX_ATTEMPTS = 8
# Young messages are still in the hands of the task that their commit started.
SWEEP_AFTER = timedelta(minutes=2)
SWEEP_AT_ONCE = WRITTEN_AT_ONCE = 500
_attachments = {}


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


def notify_many(messages, *, kind, contact=""):
    """Tell many people one fact each, as ``notify`` does, in a constant number of queries.

    ``messages`` are (recipient, key, subject, body, url). What was told before is not told again.
    """
    messages = list(messages)
    declined = (
        set()
        if kind == NotificationKind.DECISION
        else set(
            NotificationPreference.objects.filter(
                kind=kind, user__in={recipient.pk for recipient, *_ in messages}
            ).values_list("user", flat=True)
        )
    )
    notifications = [
        Notification(
            recipient=recipient,
            key=key,
            kind=kind,
            subject=subject,
            body=body,
            url=url,
            contact=contact or settings.HELP_CONTACT,
            by_mail=recipient.pk not in declined,
        )
        for recipient, key, subject, body, url in messages
    ]
    for start in range(0, len(notifications), WRITTEN_AT_ONCE):
        insert(Notification, notifications[start : start + WRITTEN_AT_ONCE], ignore_conflicts=True)
    by_mail = [notification.key for notification in notifications if notification.by_mail]
    if len(by_mail) == 1:
        # Perhaps one of hundreds that come in the same minute, from as many people.
        ring(send_waiting_notifications, within=3)
        return
    for start in range(0, len(by_mail), SWEEP_AT_ONCE):
        hand_over(send_notifications, by_mail[start : start + SWEEP_AT_ONCE])


def attaches(prefix):
    """Register ``files(notification)``: what goes along with mails whose key begins so.

    Files are (name, content, content type), made when the mail leaves, so that they are fresh.
    """

    def register(files):
        _attachments[prefix] = files
        return files

    return register


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
def send_notifications(keys):
    """Send the messages with these keys, each in a transaction of its own."""
    waiting = Notification.objects.due().filter(key__in=keys)
    for notification_id in waiting.order_by("pk").values_list("pk", flat=True):
        send_notification(notification_id)


@shared_task
def send_waiting_notifications():
    """Send what waits now, the oldest first; what is left after that the sweep sends."""
    silence(send_waiting_notifications)
    _send(Notification.objects.due())


@shared_task
def sweep_notifications():
    """Every few minutes: send what a broker or worker lost. Safe to run twice."""
    _send(Notification.objects.due(before=timezone.now() - SWEEP_AFTER))


def _send(due):
    for notification_id in due.order_by("created_at").values_list("pk", flat=True)[:SWEEP_AT_ONCE]:
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
    for prefix, files in _attachments.items():
        if notification.key.startswith(prefix):
            for name, content, content_type in files(notification):
                mail.attach(name, content, content_type)
    return mail
