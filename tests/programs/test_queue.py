"""What is handed to the queue starts after the commit, and a queue that is away harms nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from celery import shared_task
from django.core.cache import cache
from django.db import transaction

from programs.models import NumberSequence
from programs.queue import hand_over, ring, silence

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


class Bell:
    """A task whose runs are only noted down."""

    name = "uji.bel"

    def __init__(self):
        self.started = []

    def apply_async(self, **options):
        self.started.append(options["countdown"])


@pytest.fixture
def rung(django_capture_on_commit_callbacks):
    def commit(task):
        with django_capture_on_commit_callbacks(execute=True):
            ring(task, within=3)
        return task.started

    return commit


@pytest.fixture
def questions(monkeypatch):
    """What the cache was asked."""
    asked = []
    get = cache.get
    monkeypatch.setattr(cache, "get", lambda name: asked.append(name) or get(name))
    return asked


@pytest.mark.django_db
def test_a_bell_rung_often_starts_one_run(rung, questions):
    task = Bell()

    for _ in range(5):
        rung(task)

    assert task.started == [3]
    assert len(questions) == 1


@pytest.mark.django_db
def test_who_comes_after_the_run_began_rings_anew(rung):
    task = Bell()

    rung(task)
    silence(task)

    assert rung(task) == [3, 3]


@pytest.mark.django_db
def test_a_bell_is_asked_for_again_before_a_worker_may_hear_it(rung, questions, time_machine):
    task, start = Bell(), datetime(2026, 6, 1, 9, tzinfo=UTC)
    time_machine.move_to(start, tick=False)
    rung(task)

    time_machine.move_to(start + timedelta(seconds=1.9), tick=False)
    rung(task)
    assert len(questions) == 1

    # Another process let the task begin and took the bell away: clocks may differ by a second.
    cache.delete("bell.uji.bel")
    time_machine.move_to(start + timedelta(seconds=2.1), tick=False)
    assert rung(task) == [3, 3]


@pytest.mark.django_db
def test_a_bell_that_another_process_rang_is_believed_until_its_time(rung, questions, time_machine):
    task, start = Bell(), datetime(2026, 6, 1, 9, tzinfo=UTC)
    time_machine.move_to(start, tick=False)
    cache.add("bell.uji.bel", start.timestamp() - 1, timeout=60)

    for seconds in (0, 0.9, 1.1, 1.2):
        time_machine.move_to(start + timedelta(seconds=seconds), tick=False)
        rung(task)

    assert task.started == []
    assert len(questions) == 3


@pytest.mark.django_db
def test_when_the_workers_are_late_everybody_asks_for_it(rung, questions, time_machine):
    task, start = Bell(), datetime(2026, 6, 1, 9, tzinfo=UTC)
    cache.add("bell.uji.bel", start.timestamp() - 20, timeout=None)

    for seconds in (0, 0.1, 0.2):
        time_machine.move_to(start + timedelta(seconds=seconds), tick=False)
        rung(task)
    cache.delete("bell.uji.bel")  # one of them begins, in another process
    time_machine.move_to(start + timedelta(seconds=0.3), tick=False)

    assert rung(task) == [3]
    assert len(questions) == 4
