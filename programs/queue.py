"""Handing work to the queue: after the commit, and without harm when the queue is away."""

from django.core.cache import cache
from django.db import transaction


def hand_over(task, record_id):
    """Let a worker run ``task(record_id)`` once the transaction is committed.

    The fact that asked for it is committed by then: a queue that is away must not turn a finished
    decision into an error page. Django writes the failure to the log, and a sweep of the task's
    own module finds the work later.
    """

    # A function of its own: Django asks a robust callback for its name, which a partial has not.
    def after_commit():
        task.apply_async([record_id], retry=False)

    transaction.on_commit(after_commit, robust=True)


def ring(task, *, within):
    """Let a worker run ``task()`` within so many seconds after the commit; rung often, once.

    For work that many people cause in the same moment and that one run does for all of them. The
    task begins with ``silence``.
    """

    def after_commit():
        if cache.add(_bell(task), 1, timeout=within * 20):
            task.apply_async(countdown=within, retry=False)

    transaction.on_commit(after_commit, robust=True)


def silence(task):
    """What ``task`` does first: whoever comes after it began to look rings anew."""
    cache.delete(_bell(task))


def _bell(task):
    return f"bell.{task.name}"
