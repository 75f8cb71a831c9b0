"""What organizers read of tests and evaluations: marks by name, opinions without."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from programs import roles
from tests.factories.programs import officer
from tests.factories.training import (
    EventFactory,
    RegistrationFactory,
    SpeakerFactory,
    UnitFactory,
    organizer,
)
from tests.people import body_of, sign_in
from tests.subsidies.desk import words
from tests.training.results_desk import address, holder
from training.enums import ASPECTS_OF_A_SPEAKER, ASPECTS_OF_THE_EVENT
from training.models import Evaluation, EvaluationScore, Question, TestAttempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = EventFactory(has_pretest=True, has_posttest=True)
    for number, text in enumerate(("Berapa JP sehari?", "Siapa penyelenggara?"), 1):
        Question.objects.create(
            event=event, number=number, text=text, options=["Satu", "Dua", "Tiga"], correct=2
        )
    return event


def takes(event, name, pre=None, post=None, answers=(2, 2)):
    one = RegistrationFactory(event=event, name=name)
    chosen = {str(number): answer for number, answer in enumerate(answers, 1)}
    for occasion, score in (("PRE", pre), ("POST", post)):
        if score is not None:
            TestAttempt.objects.create(
                registration=one, occasion=occasion, score=score, answers=chosen
            )
    return one


def sheets(answer):
    book = load_workbook(io.BytesIO(body_of(answer)))
    return {sheet.title: list(sheet.values) for sheet in book}


def test_marks_and_gain_stand_beside_each_name(client, event):
    takes(event, "Ani", 40, 90)
    takes(event, "Budi", 60, 50)
    takes(event, "Cici", post=70)
    takes(event, "Dedi")
    holder(client, event)

    response = client.get(address(event, "tests"))

    assert [
        (row.name, row.pre, row.post, row.gain_words) for row in response.context_data["page"]
    ] == [
        ("Ani", 40, 90, "+50"),
        ("Budi", 60, 50, "−10"),
        ("Cici", None, 70, "–"),
        ("Dedi", None, None, "–"),
    ]
    text = words(response)
    assert "50,0 rata-rata tes awal, 2 orang" in text
    assert "70,0 rata-rata tes akhir, 3 orang" in text
    assert "20,0 rata-rata kenaikan, 2 orang yang mengerjakan keduanya" in text
    searched = client.get(address(event, "tests"), {"q": "bud"})
    assert [row.name for row in searched.context_data["page"]] == ["Budi"]


def test_each_question_says_how_many_had_it_right(client, event):
    takes(event, "Ani", 50, answers=(2, 1))
    takes(event, "Budi", 0, answers=(3,))
    takes(event, "Cici", post=100)
    holder(client, event)

    quiz = client.get(address(event, "tests")).context_data["quiz"]

    assert [(one.pre, one.post, one.answer) for one in quiz.questions] == [
        (50, 100, "Dua"),
        (0, 100, "Dua"),
    ]


def test_the_tests_can_be_taken_home(client, event):
    takes(event, "Ani", 40, 90)
    holder(client, event)

    found = sheets(client.get(address(event, "tests_export")))

    assert found["Peserta"][1] == ("Ani", None, 40, 90, 50)
    assert found["Soal"][1] == (1, "Berapa JP sehari?", "Dua", 100, 100)


def test_an_event_without_tests_says_so(client):
    event = EventFactory()
    holder(client, event)

    assert "Kegiatan ini tidak memakai tes" in words(client.get(address(event, "tests")))


# --- Evaluation ---------------------------------------------------------------------------------


def evaluates(event, marks, comment="", speaker=None, speaker_mark=None):
    evaluation = Evaluation.objects.create(
        registration=RegistrationFactory(event=event), comment=comment
    )
    for aspect, mark in zip(ASPECTS_OF_THE_EVENT, marks, strict=True):
        EvaluationScore.objects.create(evaluation=evaluation, aspect=aspect, score=mark)
    if speaker_mark:
        for aspect in ASPECTS_OF_A_SPEAKER:
            EvaluationScore.objects.create(
                evaluation=evaluation, aspect=aspect, speaker=speaker, score=speaker_mark
            )
    return evaluation


def opinions(client, event):
    return client.get(address(event, "evaluation")).context_data["opinions"]


def test_opinions_are_summed_up_by_aspect_and_speaker(client, event):
    speaker = SpeakerFactory(session=event.sessions.first(), name="Dr. Rahmah")
    for marks in ((5, 4, 3), (4, 4, 2), (4, 4, 1)):
        evaluates(event, marks, speaker=speaker, speaker_mark=marks[0])
    RegistrationFactory(event=event)
    holder(client, event)

    found = opinions(client, event)

    assert (found.count, found.missing) == (3, 1)
    assert [(one.mean_words, one.counts) for one in found.event] == [
        ("4,33", (0, 0, 0, 2, 1)),
        ("4,00", (0, 0, 0, 3, 0)),
        ("2,00", (1, 1, 1, 0, 0)),
    ]
    ((rated, marks),) = found.speakers
    assert (rated, [one.mean_words for one in marks]) == (speaker, ["4,33", "4,33"])
    assert "Dr. Rahmah" in words(client.get(address(event, "evaluation")))


def test_what_one_or_two_people_said_is_not_shown(client, event):
    evaluates(event, (1, 1, 1), comment="Ruangannya panas.")
    evaluates(event, (5, 5, 5), comment="Bagus.")
    holder(client, event)

    response = client.get(address(event, "evaluation"))

    text = words(response)
    assert "Belum ditampilkan" in text
    assert "Ruangannya panas." not in text
    assert "Rata-rata" not in text
    found = sheets(client.get(address(event, "evaluation_export")))
    assert found["Nilai"][1][:3] == (
        "Kegiatan",
        "Materi bermanfaat untuk pekerjaan saya",
        "kurang dari 3 jawaban",
    )
    assert found["Saran"] == [("Saran",)]


def test_a_speaker_rated_by_two_stays_hidden_beside_one_rated_by_three(client, event):
    first, second = (SpeakerFactory(session=event.sessions.first()) for _ in range(2))
    for turn in range(3):
        evaluates(event, (4, 4, 4), speaker=first if turn < 2 else second, speaker_mark=4)
    holder(client, event)

    found = opinions(client, event)

    assert all(one.is_shown for one in found.event)
    assert not any(one.is_shown for _, rated in found.speakers for one in rated)


def test_comments_come_without_names_and_without_order(client, event):
    said = [f"Saran nomor {n}" for n in range(12)]
    authors = [evaluates(event, (4, 4, 4), comment=words_).registration for words_ in said]
    holder(client, event)

    orders = {tuple(opinions(client, event).comments) for _ in range(6)}

    assert all(sorted(order) == sorted(said) for order in orders)
    assert len(orders) > 1
    text = words(client.get(address(event, "evaluation")))
    assert not [author.name for author in authors if author.name in text]


# --- Who ----------------------------------------------------------------------------------------

PAGES = ["tests", "tests_export", "evaluation", "evaluation_export"]


@pytest.mark.parametrize("page", PAGES)
def test_an_auditor_reads_and_other_units_find_nothing(client, event, page):
    sign_in(client, officer(roles.AUDITOR))
    answer = client.get(address(event, page))
    assert answer.status_code == 200
    body_of(answer)
    assert client.post(address(event, page)).status_code == 405

    sign_in(client, organizer(roles.BDI_ADMIN, UnitFactory()))
    assert client.get(address(event, page)).status_code == 404


@pytest.mark.parametrize("page", ["tests", "evaluation"])
def test_the_pages_cost_the_same_for_one_and_for_many(client, event, page):
    speaker = SpeakerFactory(session=event.sessions.first())
    holder(client, event)
    takes(event, "Ani", 40, 90)
    evaluates(event, (4, 4, 4), speaker=speaker, speaker_mark=4)
    path = address(event, page)
    client.get(path)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    before = queries()
    for n in range(6):
        takes(event, f"Orang {n}", 10 * n, 90)
        evaluates(event, (4, 4, 4), speaker=speaker, speaker_mark=4, comment=f"Saran {n}")
        SpeakerFactory(session=event.sessions.first())

    assert queries() == before
    assert before <= 15
