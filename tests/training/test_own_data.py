"""What a person may ask for, what hinders an end, and whom files open to."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from programs import roles
from programs.my_data import data_of
from programs.workflow.accounts import reasons_against_closing
from tests.factories.programs import DinasFactory, DocumentFactory, RegionFactory, UserFactory
from tests.factories.training import (
    DURING,
    EventFactory,
    RegistrationFactory,
    bring_to,
    organizer,
)
from tests.people import body_of, sign_in
from training.enums import EventStatus
from training.models import Evaluation
from training.personal_data import registrations_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return RegistrationFactory(
        name="Siti Rahmah, S.T.", nip="198503152010012002", rank="III/c", region=RegionFactory()
    )


def test_the_own_data_hold_every_registration(row):
    row.attendances.create(session=row.event.sessions.first(), checked_in_at=DURING)
    row.test_attempts.create(occasion="PRE", answers={}, score=40)
    evaluation = Evaluation.objects.create(registration=row, comment="Jelas.")
    evaluation.scores.create(aspect="CONTENT", score=5)

    told = json.loads(json.dumps(data_of(row.user), cls=DjangoJSONEncoder))

    [one] = told["kegiatan_pelatihan"]
    assert (one["nama_di_sertifikat"], one["nip"], one["pangkat_golongan"]) == (
        "Siti Rahmah, S.T.",
        "198503152010012002",
        "Penata (III/c)",
    )
    assert one["kehadiran"] == [{"sesi": "Materi 1", "hadir": True, "menit_zoom": None}]
    assert one["tes"] == [{"saat": "tes awal", "nilai": 40}]
    assert one["evaluasi"]["saran"] == "Jelas."
    assert [mark["nilai"] for mark in one["evaluasi"]["nilai"]] == [5]
    assert data_of(UserFactory())["kegiatan_pelatihan"] == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_own_data_cost_the_same_for_many_as_for_few(number, django_assert_num_queries):
    user = UserFactory()
    for _ in range(number):
        RegistrationFactory(user=user)

    with django_assert_num_queries(4):
        registrations_of(user)


def test_an_account_with_a_place_to_come_is_not_closed(row):
    [sentence] = reasons_against_closing(row.user)

    assert sentence.startswith(f"Anda masih terdaftar pada {row.event}.")


def test_what_was_held_or_given_up_hinders_nothing(row):
    bring_to(row.event, EventStatus.RUNNING)
    RegistrationFactory(user=row.user, status="WITHDRAWN")

    assert reasons_against_closing(row.user) == []


def document_of(client, user, document):
    sign_in(client, user)
    answer = client.get(reverse("programs:document", args=[document.code]))
    body_of(answer)
    return answer.status_code


def test_a_letter_opens_to_its_person_the_dinas_and_the_organizers(client, row):
    row.assignment_letter = letter = DocumentFactory(organization=None)
    member = UserFactory()
    row.sent_by = DinasFactory(member=member)
    row.save()

    for user in (row.user, member, organizer(roles.BDI_ADMIN, row.event.unit)):
        assert document_of(client, user, letter) == 200
    others = [UserFactory(), organizer(roles.BDI_ADMIN, EventFactory().unit)]
    others.append(RegistrationFactory(event=row.event).user)
    for user in others:
        assert document_of(client, user, letter) == 404


def test_materials_open_to_people_with_a_place(client, row):
    document = DocumentFactory(organization=None)
    row.event.materials.create(title="Paparan", document=document)
    waiting = RegistrationFactory(event=row.event, status="WAITING").user

    assert document_of(client, row.user, document) == 200
    assert document_of(client, organizer(roles.BDI_ADMIN, row.event.unit), document) == 200
    for user in (waiting, UserFactory(), RegistrationFactory().user):
        assert document_of(client, user, document) == 404


def test_a_zoom_report_opens_to_the_organizers_alone(client, row):
    document = DocumentFactory(organization=None)
    row.event.sessions.first().zoom_reports.create(document=document, lines=1)

    assert document_of(client, organizer(roles.BDI_ADMIN, row.event.unit), document) == 200
    assert document_of(client, row.user, document) == 404
