"""The queue stops, the worker is killed: nothing is lost and nothing is sent twice."""

import pytest
from django.db import transaction

from programs.enums import NotificationKind
from programs.models import Notification
from programs.notifications import notify, sweep_notifications
from tests.factories.programs import UserFactory
from tests.faults import kill, wait_until


@pytest.fixture
def sent(tmp_path):
    """How many mails have left."""
    return lambda: len(list((tmp_path / "mail").glob("*.eml")))


def tell(user, key="uji.1"):
    with transaction.atomic():
        return notify(
            user, kind=next(iter(NotificationKind)), key=key, subject="Kabar", body="Isi kabar."
        )


def waiting_long():
    """As if hours had passed: then the sweep takes care of what was left."""
    Notification.objects.update(created_at="2026-01-01T00:00:00Z")


def test_a_real_worker_sends_one_mail(start_worker, sent):
    start_worker()

    news = tell(UserFactory())

    wait_until(lambda: Notification.objects.filter(pk=news.pk, sent_at__isnull=False), "sent")
    assert sent() == 1


def test_the_queue_is_away_when_something_happens(queue, start_worker, client, sent):
    queue.stop()

    news = tell(UserFactory())

    assert client.get("/readyz").json()["queue"] == "away"
    news.refresh_from_db()
    assert news.sent_at is None

    queue.start()
    start_worker()
    assert client.get("/readyz").json()["queue"] == "ok"
    waiting_long()
    sweep_notifications.delay()
    sweep_notifications.delay()

    wait_until(lambda: Notification.objects.filter(pk=news.pk, sent_at__isnull=False), "sent")
    assert sent() == 1


def test_a_worker_is_killed_while_it_sends(start_worker, silent_mail_server, sent):
    port = silent_mail_server.getsockname()[1]
    worker = start_worker(EMAIL_URL=f"smtp://127.0.0.1:{port}")
    news = tell(UserFactory())
    call, _ = silent_mail_server.accept()

    with call:
        kill(worker)

    news.refresh_from_db()
    assert news.sent_at is None
    start_worker()
    waiting_long()
    sweep_notifications.delay()
    wait_until(lambda: Notification.objects.filter(pk=news.pk, sent_at__isnull=False), "sent")
    assert sent() == 1
