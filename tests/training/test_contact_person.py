"""Whoever is stuck on a page about an event or a batch reads there whom to ask.

Pages are found by themselves. One that is about no single event or batch says so below.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories.diklat import BatchFactory, TraineeFactory
from tests.factories.programs import DinasFactory, UserFactory
from tests.factories.training import (
    AFTERWARDS,
    NOW,
    STARTS_AT,
    EventFactory,
    QuestionFactory,
    RegistrationFactory,
    bring_to,
)
from tests.people import body_of, sign_in
from tests.test_every_page_asks_who_you_are import addresses
from training.diklat_enums import BatchStatus, TraineeStatus
from training.enums import EventStatus, TestOccasion
from training.models import TestAttempt
from training.registration_import import COLUMNS

pytestmark = pytest.mark.django_db

ABOUT_NO_SINGLE_ONE = {
    "training:event_list": "a list",
    "training:diklat_list": "a list",
    "training:registration_list": "a list",
    "training:jp_record": "hours of all events",
    "training:jp_download": "a paper about all events",
    "training:feed_renew": "the address of the own calendar; shows nothing",
    "training:feed_revoke": "as above",
    "training:calendar_feed": "a file with all events; each names its contact person",
    "training:event_calendar": "a file; it names the contact person too",
    "training:group_template": "an empty table",
    "training:material": "a file of the event, or the way to another site",
}
PAGES = [
    (name, parameters)
    for name, parameters in sorted(set(addresses()))
    if name.startswith("training:") and name not in ABOUT_NO_SINGLE_ONE
]
ABOUT_A_TRAINEE = {"training:diklat_trainee", "training:diklat_withdraw"}
PEOPLE = ["newcomer", "participant", "Dinas"]
STAGES = [
    (NOW, EventStatus.OPEN, BatchStatus.OPEN, TraineeStatus.REGISTERED),
    (
        STARTS_AT + timedelta(hours=3),
        EventStatus.RUNNING,
        BatchStatus.RUNNING,
        TraineeStatus.TRAINING,
    ),
    (AFTERWARDS, EventStatus.CONCLUDED, BatchStatus.PLACEMENT, TraineeStatus.PLACED),
]


def test_every_page_about_an_event_or_a_batch_names_its_contact_person(time_machine):
    silent, seen = set(), set()

    for moment, *statuses in STAGES:
        time_machine.move_to(moment, tick=False)
        for who in PEOPLE:
            client, registration, trainee = a_world(who, *statuses)
            for address in PAGES:
                name, path, contact = of_the_world(address, registration, trainee)
                for answer in visits(client, name, path):
                    if answer.status_code == 200:
                        seen.add(name)
                    if answer.status_code in {200, 403, 422} and contact not in main_of(answer):
                        silent.add((name, who, statuses[0], answer.status_code))

    assert silent == set()
    assert seen == {name for name, _ in PAGES}


def a_world(who, event_status, batch_status, trainee_status):
    """Somebody's browser, a registration for an event and one for a batch: theirs or not."""
    person = UserFactory()
    sender = DinasFactory(member=person if who == "Dinas" else UserFactory())
    owner = person if who == "participant" else UserFactory()
    event = EventFactory(
        has_pretest=True,
        has_posttest=True,
        contact="Ibu Ani Contoh, 0751 111",
        evaluation_closes_at=AFTERWARDS + timedelta(days=9),
    )
    QuestionFactory(event=event)
    registration = RegistrationFactory(event=event, user=owner, sent_by=sender)
    if event_status != EventStatus.OPEN:
        bring_to(event, event_status)
        TestAttempt.objects.create(
            registration=registration, occasion=TestOccasion.PRE, answers={"1": 1}, score=0
        )
    batch = BatchFactory(status=batch_status, contact="Bapak Budi Contoh, 021 222")
    trainee = TraineeFactory(batch=batch, user=owner, sent_by=sender, status=trainee_status)
    return sign_in(Client(), person), registration, trainee


def of_the_world(address, registration, trainee):
    """(name, path, whom to ask) of an address, for the record that it is about."""
    name, parameters = address
    event, batch = registration.event, trainee.batch
    is_diklat = name.startswith("training:diklat_")
    record = registration
    if is_diklat:
        record = trainee if name in ABOUT_A_TRAINEE else batch
    values = {"pk": record.pk, "slug": event.slug}
    if "occasion" in parameters:
        values["occasion"] = "awal"
    path = reverse(name, kwargs={parameter: values[parameter] for parameter in parameters})
    return name, path, (batch if is_diklat else event).contact


def visits(client, name, path):
    """What the address answers: to a look, and where a file leads on, to a good and a bad one."""
    yield client.get(path)
    if name == "training:group_check":
        for email in ("siti@dinas.example", "bukan surel"):
            row = f"Siti Rahmah;;{email};;;Kepala Bidang;;13.75"
            table = "\n".join([";".join(COLUMNS), row])
            yield client.post(path, {"file": SimpleUploadedFile("p.csv", table.encode())})


def main_of(answer):
    page = body_of(answer).decode()
    return page.split("<main", 1)[1].split("</main>", 1)[0]
