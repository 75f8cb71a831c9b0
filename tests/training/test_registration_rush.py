"""The rush as people meet it: many send the form at the same moment, and each gets an answer."""

import queue
import threading

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from programs.models import User
from tests.factories.programs import RegionFactory
from tests.factories.training import NOW, EventFactory

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, PLACES, AT_ONCE = 60, 20, 12


def test_each_press_gets_a_place_or_a_position_and_never_an_error_page(monkeypatch):
    monkeypatch.setattr("programs.notifications.hand_over", lambda task, what: None)
    region = RegionFactory()
    event = EventFactory(capacity=PLACES, audience_kinds=["APPARATUS"])
    form = {
        "kind": "APPARATUS",
        "phone": "081234567890",
        "servant_kind": "OTHER",
        "position": "Staf",
        "institution": "Dinas Perindustrian",
        "region": region.pk,
        "consent": "on",
    }
    users = queue.SimpleQueue()
    for user in User.objects.bulk_create(
        [User(email=f"tekan{n}@contoh.id", name=f"Warga {n}", password="!") for n in range(PEOPLE)]
    ):
        users.put(user)
    answers, gate = [], threading.Barrier(AT_ONCE)
    address = reverse("training:registration_new", args=[event.slug])

    def press():
        gate.wait()
        try:
            while True:
                user = users.get_nowait()
                client = Client()
                client.force_login(user)
                answers.append(client.post(address, form | {"name": user.name}).status_code)
        except queue.Empty:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(AT_ONCE)]
    with time_machine.travel(NOW):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert answers == [302] * PEOPLE
    by_arrival = event.registrations.order_by("arrival").values_list("status", flat=True)
    assert list(by_arrival) == ["ACCEPTED"] * PLACES + ["WAITING"] * (PEOPLE - PLACES)
