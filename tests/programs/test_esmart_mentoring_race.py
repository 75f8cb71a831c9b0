"""Two officers divide the work at once; no mentor gets more than they can carry."""

import threading

import pytest
from django.db import connection

from programs.transitions import TransitionNotAllowed
from programs.workflow import mentoring
from tests.factories.esmart import MentorFactory, MentoringTaskFactory


def _assign_at_once(mentor, tasks):
    outcomes, gate = [], threading.Barrier(len(tasks))

    def press(task):
        gate.wait()
        try:
            mentoring.assign(task, mentor=mentor, by=None)
            outcomes.append("given")
        except TransitionNotAllowed:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_do_not_overload_a_mentor():
    mentor = MentorFactory(most_tasks=1)

    outcomes = _assign_at_once(mentor, MentoringTaskFactory.create_batch(2))

    assert outcomes == ["given", "refused"]
    assert mentor.tasks.open().count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_mentor_they_would(monkeypatch):
    mentor = MentorFactory(most_tasks=1)
    both_have_looked, real_give = threading.Barrier(2), mentoring._give

    def unlocked(pk):
        return type(mentor).objects.select_related("user").get(pk=pk)

    def give(task, found, by, **options):
        both_have_looked.wait(timeout=10)
        return real_give(task, found, by, **options)

    monkeypatch.setattr(mentoring, "_locked_mentor", unlocked)
    monkeypatch.setattr(mentoring, "_give", give)

    outcomes = _assign_at_once(mentor, MentoringTaskFactory.create_batch(2))

    assert outcomes == ["given", "given"]
    assert mentor.tasks.open().count() == 2
