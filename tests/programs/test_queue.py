"""What is handed to the queue starts after the commit, and a queue that is away harms nobody."""

import pytest
from celery import shared_task
from django.db import transaction

from programs.models import NumberSequence
from programs.queue import hand_over, ring

done = []


@shared_task
def note_down(record_id):
    done.append(record_id)


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


@pytest.mark.django_db(transaction=True)
def test_work_starts_when_its_transaction_is_committed():
    with transaction.atomic():
        hand_over(note_down, 7)
        assert done == []

    assert done == [7]


@pytest.mark.django_db(transaction=True)
def test_work_of_a_failed_transaction_never_starts():
    with transaction.atomic():
        hand_over(note_down, 7)
        transaction.set_rollback(True)

    assert done == []


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_is_away_stops_neither_the_fact_nor_what_else_waits(monkeypatch, caplog):
    def away(*args, **options):
        raise ConnectionError("the queue is away")

    monkeypatch.setattr(note_down, "apply_async", away)
    with transaction.atomic():
        NumberSequence.objects.create(series="RM/2026")
        hand_over(note_down, 7)
        transaction.on_commit(lambda: done.append("the next"))

    assert NumberSequence.objects.filter(series="RM/2026").exists()
    assert done == ["the next"]
    assert "the queue is away" in caplog.text


@pytest.mark.django_db
def test_a_bell_rung_often_starts_one_run(django_capture_on_commit_callbacks):
    started = []

    class Task:
        name = "uji.bel"

        def apply_async(self, **options):
            started.append(options["countdown"])

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            ring(Task(), within=3)

    assert started == [3]
