"""Results on the desk: how everybody stands, fixing it, opening it again."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from programs import roles
from programs.models import Notification
from tests.factories.programs import officer
from tests.factories.training import (
    DURING,
    NOW,
    EventFactory,
    RegistrationFactory,
    UnitFactory,
    bring_to,
    organizer,
)
from tests.people import body_of, sign_in
from tests.subsidies.desk import words
from tests.training.results_desk import address, holder
from training.enums import EventStatus
from training.models import Attendance, Evaluation, TestAttempt
from training.workflow.results import conclude

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return bring_to(
        EventFactory(
            evaluation_required=True, has_posttest=True, posttest_minimum=60, title="Bimtek IKM"
        ),
        EventStatus.FINISHED,
    )


def person(event, name, *, sessions=0, evaluated=True, score=80, **details):
    """Somebody who was in so many of the sessions."""
    one = RegistrationFactory(event=event, name=name, **details)
    for session in event.sessions.all()[:sessions]:
        Attendance.objects.create(registration=one, session=session, checked_in_at=DURING)
    if evaluated:
        Evaluation.objects.create(registration=one)
    if score is not None:
        TestAttempt.objects.create(registration=one, occasion="POST", answers={}, score=score)
    return one


@pytest.fixture
def people(event):
    return [
        person(event, "Ani", sessions=2, name_confirmed_at=NOW),
        person(event, "Budi", sessions=2),
        person(event, "Cici", sessions=1, evaluated=False, score=50),
        person(event, "Dedi", score=None),
    ]


def shown(response):
    return [(row.registration.name, row.status.value) for row in response.context_data["page"]]


def test_the_results_say_what_is_missing_in_words(client, event, people):
    holder(client, event)

    response = client.get(address(event, "results"))

    assert shown(response) == [
        ("Ani", "QUALIFIED"),
        ("Budi", "QUALIFIED"),
        ("Cici", "PARTLY"),
        ("Dedi", "ABSENT"),
    ]
    text = words(response)
    assert (
        "Hadir 2 dari 4 JP, paling sedikit 80 % diperlukan; evaluasi belum diisi; nilai tes akhir "
        "50, paling sedikit 60" in text
    )
    assert "Hadir 0 dari 4 JP, paling sedikit 80 % diperlukan; tes akhir belum dikerjakan" in text
    assert "Semua 4 Memenuhi syarat 2 Belum memenuhi syarat 1 Tidak hadir 1" in text


def test_who_has_not_looked_at_the_name_is_named_before_certificates_come(client, event, people):
    holder(client, event)

    assert "1 orang yang memenuhi syarat belum memastikan namanya" in words(
        client.get(address(event, "results"))
    )
    assert shown(client.get(address(event, "results"), {"saring": "nama"})) == [
        ("Budi", "QUALIFIED")
    ]


def test_results_are_narrowed_and_searched(client, event, people):
    holder(client, event)

    assert shown(client.get(address(event, "results"), {"saring": "belum"})) == [("Cici", "PARTLY")]
    assert shown(client.get(address(event, "results"), {"q": "DED"})) == [("Dedi", "ABSENT")]
    assert "Tidak ada yang cocok" in words(client.get(address(event, "results"), {"q": "x"}))


def test_results_are_fixed_after_a_question_with_the_numbers(client, event, people):
    person_in_charge = holder(client, event)
    path = address(event, "results_conclude")

    question = words(client.get(path))
    assert "Tetapkan hasil kegiatan ini?" in question
    assert "2 peserta: memenuhi syarat." in question
    assert "4 pendaftar diberi tahu" in question
    event.refresh_from_db()
    assert event.status == EventStatus.FINISHED

    answer = client.post(path)

    assert answer.url == address(event, "results")
    event.refresh_from_db()
    assert event.status == EventStatus.CONCLUDED
    assert event.history.get().actor == person_in_charge
    assert Notification.objects.filter(recipient=people[0].user).exists()
    assert "Hasil sudah ditetapkan" in words(client.get(answer.url))


def test_a_running_event_is_not_concluded(client):
    event = bring_to(EventFactory(), EventStatus.RUNNING)
    holder(client, event)

    answer = client.post(address(event, "results_conclude"))

    assert answer.status_code == 422
    assert "Penetapan hasil tidak dapat dilakukan" in words(answer)


def test_results_are_opened_again_with_a_reason(client, event, people):
    conclude(event, by=None)
    holder(client, event)
    path = address(event, "results_reconsider")

    assert "Sertifikat yang sudah terbit tetap berlaku" in words(client.get(path))
    refused = client.post(path, {"reason": " "})
    assert refused.status_code == 422
    assert "Tulis mengapa hasil dibuka kembali." in words(refused)

    client.post(path, {"reason": "Laporan Zoom sesi 2 belum masuk."})

    event.refresh_from_db()
    assert event.status == EventStatus.FINISHED
    assert event.history.last().reason == "Laporan Zoom sesi 2 belum masuk."


def test_opening_again_before_anything_was_fixed_is_refused_and_keeps_the_reason(
    client, event, people
):
    holder(client, event)

    answer = client.post(address(event, "results_reconsider"), {"reason": "Coba."})

    assert answer.status_code == 422
    assert answer.context_data["form"]["reason"].value() == "Coba."


def test_the_table_can_be_taken_home(client, event, people):
    holder(client, event)

    answer = client.get(address(event, "results_export"))

    rows = list(load_workbook(io.BytesIO(body_of(answer))).active.values)
    assert rows[0][:1] == ("Nama",)
    assert rows[3] == (
        "Cici",
        None,
        None,
        None,
        1,
        2,
        4,
        "belum",
        50,
        "belum memenuhi syarat",
        "hadir 2 dari 4 JP, paling sedikit 80 % diperlukan; evaluasi belum diisi; nilai tes akhir "
        "50, paling sedikit 60",
        "belum",
    )


def test_before_it_begins_there_is_nothing_to_see(client):
    event = EventFactory()
    RegistrationFactory(event=event)
    holder(client, event)

    assert "Belum ada hasil" in words(client.get(address(event, "results")))


PAGES = ["results", "results_conclude", "results_reconsider", "results_export"]


def test_an_auditor_reads_and_fixes_nothing(client, event, people):
    sign_in(client, officer(roles.AUDITOR))

    page = client.get(address(event, "results"))

    assert page.status_code == 200
    assert "Tetapkan hasil" not in words(page)
    assert body_of(client.get(address(event, "results_export")))
    for name in ("results_conclude", "results_reconsider"):
        assert client.post(address(event, name), {"reason": "x"}).status_code == 403
    event.refresh_from_db()
    assert event.status == EventStatus.FINISHED


@pytest.mark.parametrize("page", PAGES)
def test_officers_of_another_unit_find_nothing(client, event, page):
    sign_in(client, organizer(roles.BDI_ADMIN, UnitFactory()))

    assert client.get(address(event, page)).status_code == 404
    assert client.post(address(event, page)).status_code in {404, 405}


def test_the_page_costs_the_same_for_one_and_for_many(client, event):
    holder(client, event)
    person(event, "Ani", sessions=2)
    path = address(event, "results")
    client.get(path)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    before = queries()
    for n in range(12):
        person(event, f"Orang {n}", sessions=1)

    assert queries() == before
    assert before <= 15


def test_an_event_without_jp_counts_sessions(client, event, people):
    event.sessions.update(jp=0)
    holder(client, event)

    text = words(client.get(address(event, "results")))

    assert "hadir paling sedikit 80 % dari 2 sesi" in text
    assert "Cici" in text
    assert "1 dari 2 sesi 50 %" in text
