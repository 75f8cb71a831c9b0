"""A part of an application is open in one tab while the application leaves in another."""

import threading
import time

import pytest
from django.db import connection, transaction
from pytest_django.asserts import assertContains

from subsidies.enums import NoteState
from subsidies.workflow import application as applications
from tests.subsidies.applicants import owner_of, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def somebody_waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]


def test_a_note_that_comes_too_late_is_refused_in_words(client):
    application, owner = owner_of(client, correction=True)
    machine, note = application.machines.get(), application.correction_notes.get()
    typed = {"name": machine.name, "quantity": "1", "serial_number": machine.serial_number}
    answers = []

    def say_that_it_stands():
        address = page_of("application_machine", application, machine.pk)
        try:
            answers.append(client.post(address, typed | {"benar": note.pk}))
        finally:
            connection.close()

    tab = threading.Thread(target=say_that_it_stands)
    with transaction.atomic():
        applications.withdraw(application, by=owner, reason="Mesin dijual.")
        tab.start()
        while tab.is_alive() and not somebody_waits_for_a_lock():
            time.sleep(0.01)
    tab.join()

    (answer,) = answers
    assertContains(answer, "isinya tidak dapat diubah", status_code=422)
    note.refresh_from_db()
    assert note.state == NoteState.OPEN
