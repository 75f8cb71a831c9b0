"""News is told if, and only if, its fact was committed; once; and never lost."""

import threading
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from programs.enums import NotificationKind
from programs.models import Notification
from programs.notifications import (
    MAX_ATTEMPTS,
    SWEEP_AFTER,
    notify,
    send_again,
    send_notification,
    sweep_notifications,
)
from tests.factories.programs import NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db

WORDS = {"subject": "Perbaikan diminta", "body": "Jawab paling lambat Selasa."}


BOTH_SEND = threading.Barrier(2)


class SlowMailServer(LocmemBackend):
    """Takes a mail only when two are being handed over at the same moment, or after a while."""

    def send_messages(self, messages):
        with suppress(threading.BrokenBarrierError):
            BOTH_SEND.wait(timeout=1)
        return super().send_messages(messages)


class NobodyAtHome(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture
def mail_server_away(settings):
    settings.EMAIL_BACKEND = "tests.programs.test_outbox.NobodyAtHome"


@pytest.fixture
def broker_away(monkeypatch):
    def refuse(*args, **options):
        raise OperationalError("Connection refused")

    monkeypatch.setattr(send_notification, "apply_async", refuse)


def tell(user, **changes):
    return notify(user, **{"key": "fakta.1", "kind": NotificationKind.TASK, **WORDS, **changes})


def old(**details):
    return NotificationFactory(
        created_at=timezone.now() - SWEEP_AFTER - timedelta(seconds=1), **details
    )


def test_a_fact_stands_in_the_inbox_and_is_mailed_in_text_and_html(
    django_capture_on_commit_callbacks, mailoutbox, settings
):
    user = UserFactory()

    with django_capture_on_commit_callbacks(execute=True):
        message = tell(user, url="/organisasi/")

    message.refresh_from_db()
    assert message.sent_at
    assert user.notifications.get() == message
    mail = mailoutbox[0]
    assert (mail.to, mail.subject) == ([user.email], "Perbaikan diminta – Bina Industri")
    for words in (mail.body, mail.alternatives[0].content):
        assert "Jawab paling lambat Selasa." in words
        assert f"{settings.BASE_URL}/organisasi/" in words
        assert settings.HELP_CONTACT in words


def test_the_same_fact_is_told_once(django_capture_on_commit_callbacks, mailoutbox):
    user = UserFactory()

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tell(user)

    assert Notification.objects.count() == 1
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_told(mailoutbox):
    user = UserFactory()

    with transaction.atomic():
        tell(user)
        transaction.set_rollback(True)

    assert not Notification.objects.exists()
    assert mailoutbox == []


def test_a_declined_kind_stands_in_the_inbox_alone(django_capture_on_commit_callbacks, mailoutbox):
    user = UserFactory()
    user.mail_declined.create(kind=NotificationKind.TASK)

    with django_capture_on_commit_callbacks(execute=True):
        message = tell(user)

    assert mailoutbox == []
    assert user.notifications.unread().get() == message
    assert message.state_words == "hanya di situs"


def test_a_decision_is_mailed_whatever_was_declined(django_capture_on_commit_callbacks, mailoutbox):
    user = UserFactory()
    for kind in NotificationKind:
        if kind != NotificationKind.DECISION:
            user.mail_declined.create(kind=kind)

    with django_capture_on_commit_callbacks(execute=True):
        tell(user, kind=NotificationKind.DECISION)

    assert len(mailoutbox) == 1


def test_it_names_the_office_that_can_help(django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        tell(UserFactory(), contact="BDI Padang, (0751) 000")

    assert "BDI Padang, (0751) 000" in mailoutbox[0].body


def test_a_task_delivered_twice_mails_once(mailoutbox):
    message = NotificationFactory()

    send_notification(message.pk)
    send_notification(message.pk)

    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_breaks_nothing_and_the_sweep_sends_once(broker_away, mailoutbox):
    user = UserFactory()
    with transaction.atomic():
        message = tell(user)
    assert mailoutbox == []
    Notification.objects.update(created_at=timezone.now() - SWEEP_AFTER - timedelta(seconds=1))

    sweep_notifications()
    sweep_notifications()

    message.refresh_from_db()
    assert message.sent_at
    assert len(mailoutbox) == 1


def test_the_sweep_leaves_young_messages_to_their_task(mailoutbox):
    NotificationFactory()

    sweep_notifications()

    assert mailoutbox == []


def test_the_sweep_does_not_touch_what_is_done(mailoutbox):
    old(sent_at=timezone.now())
    old(failed_at=timezone.now())
    old(by_mail=False)

    sweep_notifications()

    assert mailoutbox == []


def test_a_mail_server_that_is_away_is_tried_again_and_then_an_officer_sees_it(mail_server_away):
    message = old()

    for attempt in range(1, MAX_ATTEMPTS + 3):
        sweep_notifications()
        message.refresh_from_db()
        assert message.attempts == min(attempt, MAX_ATTEMPTS)
        assert (message.failed_at is not None) == (attempt >= MAX_ATTEMPTS)

    assert message.sent_at is None
    assert message.last_error == "Connection unexpectedly closed"
    assert message.state_words == "gagal"


def test_one_mail_that_cannot_leave_does_not_hold_up_the_others(settings, mailoutbox):
    first, second = old(), old()
    settings.EMAIL_BACKEND = "tests.programs.test_outbox.NobodyAtHome"
    send_notification(first.pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    sweep_notifications()

    assert {mail.to[0] for mail in mailoutbox} == {
        first.recipient.email,
        second.recipient.email,
    }


def test_an_officer_sends_a_failed_one_again(django_capture_on_commit_callbacks, mailoutbox):
    message = old(failed_at=timezone.now(), attempts=MAX_ATTEMPTS, last_error="ditolak")

    with django_capture_on_commit_callbacks(execute=True):
        send_again(message)

    message.refresh_from_db()
    assert (message.failed_at, message.last_error, message.attempts) == (None, "", 1)
    assert message.sent_at
    assert len(mailoutbox) == 1


def two_workers_at_once():
    message, gate = NotificationFactory(), threading.Barrier(2)

    def work():
        gate.wait()
        try:
            send_notification(message.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture
def slow_mail_server(settings):
    BOTH_SEND.reset()
    settings.EMAIL_BACKEND = "tests.programs.test_outbox.SlowMailServer"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_mail_once(mailoutbox, slow_mail_server):
    two_workers_at_once()

    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_mail_twice(mailoutbox, slow_mail_server, monkeypatch):
    """The negative control of the test above."""
    monkeypatch.setattr(
        type(Notification.objects.all()), "select_for_update", lambda rows, **options: rows
    )

    two_workers_at_once()

    assert len(mailoutbox) == 2
