"""Handing work to the queue: after the commit, and without harm when the queue is away."""

import time

from django.core.cache import cache
from django.db import transaction

# The clocks of two machines differ by less than so many seconds.
CLOCKS_DIFFER = 1
# Name of a task: until when this process need not ask whether its bell still rings.
_surely_ringing = {}


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
        now = time.time()
        if now < _surely_ringing.get(task.name, 0):
            return
        rung = cache.get(_bell(task))
        first = rung is None and cache.add(_bell(task), now, timeout=within * 20)
        # Nobody hears it before its time. A late worker may hear it at any moment: then it is
        # asked for each time.
        _surely_ringing[task.name] = (rung or now) + within - CLOCKS_DIFFER
        if first:
            task.apply_async(countdown=within, retry=False)

    transaction.on_commit(after_commit, robust=True)


def silence(task):
    """What ``task`` does first: whoever comes after it began to look rings anew."""
    _surely_ringing.pop(task.name, None)
    cache.delete(_bell(task))


def _bell(task):
    return f"bell.{task.name}"
