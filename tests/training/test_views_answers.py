"""Tests, evaluation, name and materials: what participants hand in, and get."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from programs import roles
from tests.factories.programs import DocumentFactory, IssuedPaperFactory, UserFactory
from tests.factories.training import (
    AFTERWARDS,
    DURING,
    NOW,
    STARTS_AT,
    EventFactory,
    QuestionFactory,
    RegistrationFactory,
    SpeakerFactory,
    bring_to,
    organizer,
)
from tests.people import body_of, sign_in
from training.enums import EventStatus, RegistrationStatus, SpeakerRole, TestOccasion
from training.models import Evaluation, EvaluationScore, Material, Registration, TestAttempt
from training.workflow import results

pytestmark = pytest.mark.django_db
IN_THE_LAST_SESSION = STARTS_AT + timedelta(hours=3)


@pytest.fixture
def event():
    """A Bimtek with a test before and after, three questions, one speaker and a moderator."""
    event = EventFactory(has_pretest=True, has_posttest=True, evaluation_required=True)
    for number in range(1, 4):
        QuestionFactory(event=event, number=number, correct=2)
    first = event.sessions.get(number=1)
    SpeakerFactory(session=first, name="Dr. Ani Contoh")
    SpeakerFactory(session=first, name="Budi Moderator", role=SpeakerRole.MODERATOR)
    return event


@pytest.fixture
def participant(client, event):
    registration = RegistrationFactory(event=event, name="Siti Rahmah, S.T.")
    sign_in(client, registration.user)
    return registration


def page_of(name, registration, *more):
    return reverse(f"training:{name}", args=[registration.pk, *more])


def hand_in(client, registration, occasion, answers):
    data = {f"soal_{number}": chosen for number, chosen in enumerate(answers, start=1)}
    return client.post(page_of("test", registration, occasion), data)


def own_page(registration):
    return reverse("training:registration_detail", args=[registration.pk])


# --- Tests ---------------------------------------------------------------------------------------


def test_a_pretest_is_taken_once_and_marked(client, participant, time_machine):
    time_machine.move_to(NOW, tick=False)
    page = client.get(page_of("test", participant, "awal"))
    assertContains(page, "3 soal pilihan ganda")
    assertContains(page, "<legend>1. ")

    answer = hand_in(client, participant, "awal", [2, 2, 1])

    assertRedirects(answer, page_of("test", participant, "awal"), fetch_redirect_response=False)
    attempt = TestAttempt.objects.get()
    assert (attempt.occasion, attempt.score) == (TestOccasion.PRE, 67)
    assert attempt.answers == {"1": 2, "2": 2, "3": 1}
    page = client.get(answer.url)
    assertContains(page, "<b>67</b>", html=True)
    assertContains(page, "setelah tes ditutup")
    assertNotContains(page, "Yang benar")

    hand_in(client, participant, "awal", [2, 2, 2])
    assert TestAttempt.objects.get().score == 67


def test_every_question_is_answered_and_what_was_chosen_stays(client, participant, time_machine):
    time_machine.move_to(NOW, tick=False)

    page = hand_in(client, participant, "awal", [2])

    assertContains(page, "Ada 2 hal yang perlu diperbaiki", status_code=422)
    assertContains(page, "Jawab soal 2.", status_code=422)
    assertContains(page, "Jawab soal 3.", status_code=422)
    chosen = page.context["form"]["soal_1"].subwidgets[1].data
    assert chosen["selected"]
    assert not TestAttempt.objects.exists()


def test_an_answer_that_was_never_offered_is_asked_for_again(client, participant, time_machine):
    time_machine.move_to(NOW, tick=False)

    assertContains(
        hand_in(client, participant, "awal", [9, 2, "x"]), "Jawab soal 1.", status_code=422
    )


def test_after_the_posttest_the_gain_shows(client, participant, time_machine):
    TestAttempt.objects.create(
        registration=participant, occasion=TestOccasion.PRE, answers={}, score=33
    )
    bring_to(participant.event, EventStatus.RUNNING)
    time_machine.move_to(IN_THE_LAST_SESSION, tick=False)

    answer = hand_in(client, participant, "akhir", [2, 2, 2])

    page = client.get(answer.url)
    assertContains(page, "<b>100</b>", html=True)
    assertContains(page, "<b>+67</b>", html=True)
    assertContains(page, "kenaikan dari tes awal")


def test_a_loss_is_called_no_gain(client, participant, time_machine):
    time_machine.move_to(IN_THE_LAST_SESSION, tick=False)
    for occasion, score in [(TestOccasion.PRE, 80), (TestOccasion.POST, 60)]:
        TestAttempt.objects.create(
            registration=participant, occasion=occasion, answers={}, score=score
        )

    page = client.get(page_of("test", participant, "akhir"))

    assertContains(page, "<b>-20</b>", html=True)
    assertContains(page, "dibanding tes awal")


def test_a_minimum_is_named_before_and_after(client, participant, time_machine):
    event = participant.event
    event.posttest_minimum = 70
    event.save()
    bring_to(event, EventStatus.RUNNING)
    time_machine.move_to(IN_THE_LAST_SESSION, tick=False)
    assertContains(client.get(page_of("test", participant, "akhir")), "nilai paling sedikit 70")

    page = client.get(hand_in(client, participant, "akhir", [2, 1, 1]).url)

    assertContains(page, "Syarat sertifikat adalah nilai paling sedikit 70.")
    assertContains(page, event.contact)


@pytest.mark.parametrize(
    ("changes", "shows"),
    [
        ({"status": EventStatus.CONCLUDED}, True),
        ({"status": EventStatus.FINISHED}, False),
        ({"status": EventStatus.FINISHED, "closes": AFTERWARDS - timedelta(hours=1)}, True),
        ({"status": EventStatus.FINISHED, "closes": AFTERWARDS + timedelta(hours=1)}, False),
    ],
)
def test_right_answers_show_once_nobody_can_be_asked_any_more(
    client, participant, time_machine, changes, shows
):
    event = participant.event
    event.evaluation_closes_at = changes.get("closes")
    event.save()
    TestAttempt.objects.create(
        registration=participant,
        occasion=TestOccasion.POST,
        answers={"1": 2, "2": 1},
        score=33,
    )
    bring_to(event, changes["status"])
    time_machine.move_to(AFTERWARDS, tick=False)

    page = client.get(page_of("test", participant, "akhir"))

    assert ("Yang benar: <b>Benar</b>" in page.text) is shows
    assert ("Anda memilih: Salah." in page.text) is shows
    assert ("tidak dijawab" in page.text) is shows


@pytest.mark.parametrize(
    ("occasion", "moment", "reason"),
    [
        ("awal", DURING + timedelta(hours=2), "Tes awal ditutup saat sesi pertama selesai."),
        ("akhir", DURING, "Tes akhir dibuka saat sesi terakhir dimulai."),
    ],
)
def test_out_of_time_the_page_says_why(client, participant, time_machine, occasion, moment, reason):
    time_machine.move_to(moment, tick=False)

    assertContains(client.get(page_of("test", participant, occasion)), reason)
    assertContains(hand_in(client, participant, occasion, [2, 2, 2]), reason, status_code=422)
    assert not TestAttempt.objects.exists()


def test_a_test_that_is_not_held_says_so(client, time_machine):
    registration = RegistrationFactory()
    sign_in(client, registration.user)

    assertContains(
        client.get(page_of("test", registration, "awal")), "Kegiatan ini tidak memakai tes awal."
    )


def test_there_is_no_third_test(client, participant):
    assert client.get(page_of("test", participant, "tengah")).status_code == 404


def test_questions_do_not_tell_their_answers(client, participant, time_machine):
    time_machine.move_to(NOW, tick=False)

    page = client.get(page_of("test", participant, "awal"))

    assertNotContains(page, "correct")
    assertNotContains(page, "checked")


# --- Evaluation ----------------------------------------------------------------------------------


def marks(speaker, **changes):
    data = {"CONTENT": 5, "ORGANIZATION": 4, "FACILITIES": 3, "comment": "Waktunya kurang."}
    data |= {f"MASTERY_{speaker.pk}": 5, f"DELIVERY_{speaker.pk}": 4}
    return data | changes


@pytest.fixture
def running(participant, time_machine):
    bring_to(participant.event, EventStatus.RUNNING)
    time_machine.move_to(DURING, tick=False)
    return participant


def speaker_of(registration):
    return registration.event.sessions.get(number=1).speakers.get(role=SpeakerRole.SPEAKER)


def test_the_event_and_its_speakers_are_rated_and_no_moderator(client, running):
    page = client.get(page_of("evaluation", running))
    assertContains(page, "Dr. Ani Contoh, sesi 1")
    assertContains(page, "tanpa nama Anda")
    assertContains(page, "syarat sertifikat")
    assertNotContains(page, "Budi Moderator")

    answer = client.post(page_of("evaluation", running), marks(speaker_of(running)))

    assertRedirects(answer, own_page(running), fetch_redirect_response=False)
    evaluation = Evaluation.objects.get(registration=running)
    assert evaluation.comment == "Waktunya kurang."
    assert set(evaluation.scores.values_list("aspect", "speaker__name", "score")) == {
        ("CONTENT", None, 5),
        ("ORGANIZATION", None, 4),
        ("FACILITIES", None, 3),
        ("MASTERY", "Dr. Ani Contoh", 5),
        ("DELIVERY", "Dr. Ani Contoh", 4),
    }


def test_a_missing_mark_is_asked_for_by_name_and_the_others_stay(client, running):
    speaker = speaker_of(running)
    data = marks(speaker)
    del data[f"MASTERY_{speaker.pk}"]

    page = client.post(page_of("evaluation", running), data)

    assertContains(page, "Pilih nilai untuk Dr. Ani Contoh, “menguasai materi”.", status_code=422)
    assertContains(page, "Waktunya kurang.", status_code=422)
    assert not EvaluationScore.objects.exists()


@pytest.mark.parametrize("mark", [0, 6, "sangat"])
def test_marks_go_from_one_to_five(client, running, mark):
    page = client.post(page_of("evaluation", running), marks(speaker_of(running), CONTENT=mark))

    assert page.status_code == 422
    assert not Evaluation.objects.exists()


def test_it_is_filled_in_once(client, running):
    client.post(page_of("evaluation", running), marks(speaker_of(running)))

    page = client.post(page_of("evaluation", running), marks(speaker_of(running), CONTENT=1))

    assertContains(page, "Anda sudah mengisi evaluasi. Terima kasih.", status_code=422)
    assert EvaluationScore.objects.get(aspect="CONTENT").score == 5


def test_before_the_event_there_is_nothing_to_evaluate(client, participant, time_machine):
    time_machine.move_to(NOW, tick=False)

    assertContains(
        client.get(page_of("evaluation", participant)), "Evaluasi dibuka setelah kegiatan dimulai."
    )


def test_once_the_results_stand_it_is_too_late(client, running):
    bring_on = running.event
    bring_on.status = EventStatus.FINISHED
    bring_on.save()
    results.conclude(bring_on, by=None)

    assertContains(
        client.get(page_of("evaluation", running)), "Hasil kegiatan ini sudah ditetapkan"
    )


def test_more_speakers_cost_no_more_queries(client, running, django_assert_max_num_queries):
    for session in running.event.sessions.all():
        SpeakerFactory.create_batch(6, session=session)

    with django_assert_max_num_queries(12):
        client.get(page_of("evaluation", running))


# --- The name on the certificate -----------------------------------------------------------------


def test_the_name_is_shown_put_right_and_confirmed(client, participant):
    page = client.get(page_of("name_confirm", participant))
    assertContains(page, '<p class="big wrap-any">Siti Rahmah, S.T.</p>', html=True)

    page = client.post(
        page_of("name_confirm", participant), {"name": "Dr.  Siti Rahmah, S.T.", "lihat": "1"}
    )
    assertContains(page, '<p class="big wrap-any">Dr. Siti Rahmah, S.T.</p>', html=True)
    participant.refresh_from_db()
    assert participant.name_confirmed_at is None

    answer = client.post(page_of("name_confirm", participant), {"name": "Dr. Siti Rahmah, S.T."})

    assertRedirects(answer, own_page(participant), fetch_redirect_response=False)
    page = client.get(answer.url)
    assertContains(page, "Nama di sertifikat diubah")
    assertContains(page, "Nama semula: Siti Rahmah, S.T.", count=1)
    participant.refresh_from_db()
    assert participant.name == "Dr. Siti Rahmah, S.T."
    assert participant.name_confirmed_at is not None
    assert participant.history.get(action="confirm_name").reason == "Nama semula: Siti Rahmah, S.T."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Tulis nama Anda seperti di sertifikat."),
        ("12345", "Tulis nama dengan huruf."),
        ("Siti 🌸 Rahmah", "“🌸” tidak dapat dicetak di sertifikat."),
        ("سيتي", "tidak dapat dicetak di sertifikat."),
        ("S" * 151, "150"),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused(client, participant, name, words):
    page = client.post(page_of("name_confirm", participant), {"name": name})

    assertContains(page, words, status_code=422)


def test_once_issued_only_a_replacement_helps(client, event):
    registration = RegistrationFactory(
        event=event,
        status=RegistrationStatus.CERTIFIED,
        attended_jp=4,
        certificate=IssuedPaperFactory(kind="CERTIFICATE"),
    )
    sign_in(client, registration.user)

    assertContains(client.get(page_of("name_confirm", registration)), "Minta panitia menggantinya")
    page = client.post(page_of("name_confirm", registration), {"name": "Orang Lain"})
    assertContains(page, "Minta panitia menggantinya", status_code=422)
    assert Registration.objects.get(pk=registration.pk).name == registration.name


@pytest.mark.parametrize(
    ("of_event", "of_registration", "words"),
    [
        ({"gives_certificate": False}, {}, "tidak memberi sertifikat"),
        ({}, {"status": RegistrationStatus.WITHDRAWN}, "tidak terdaftar lagi"),
    ],
)
def test_without_a_certificate_in_sight_no_name_is_asked(client, of_event, of_registration, words):
    registration = RegistrationFactory(event=EventFactory(**of_event), **of_registration)
    sign_in(client, registration.user)

    assertContains(client.get(page_of("name_confirm", registration)), words)


# --- Others --------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("name", "more"), [("test", ["awal"]), ("evaluation", []), ("name_confirm", [])]
)
def test_nobody_answers_for_somebody_else(client, participant, method, name, more):
    for person in (
        UserFactory(),
        organizer(roles.BDI_ADMIN, participant.event.unit),
        RegistrationFactory(event=participant.event).user,
    ):
        sign_in(client, person)
        assert getattr(client, method)(page_of(name, participant, *more)).status_code == 404


# --- Materials -----------------------------------------------------------------------------------


@pytest.fixture
def slides(event):
    return Material.objects.create(
        event=event, title="Paparan", document=DocumentFactory(organization=None)
    )


def test_participants_and_organizers_get_the_materials(client, participant, slides):
    page = reverse("training:material", args=[slides.pk])

    answer = client.get(page)
    assert body_of(answer).startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("inline")
    download = client.get(f"{page}?unduh")
    assert body_of(download)
    assert download["Content-Disposition"].startswith("attachment")

    sign_in(client, organizer(roles.BDI_ADMIN, participant.event.unit))
    assert body_of(client.get(page)).startswith(b"%PDF")


def test_a_link_leads_on(client, participant):
    link = Material.objects.create(
        event=participant.event, title="Rekaman", url="https://rekaman.example/1"
    )

    answer = client.get(reverse("training:material", args=[link.pk]))

    assert (answer.status_code, answer.url) == (302, "https://rekaman.example/1")


@pytest.mark.parametrize(
    "status",
    [RegistrationStatus.WAITING, RegistrationStatus.WITHDRAWN, RegistrationStatus.PENDING, None],
)
def test_whoever_has_no_place_gets_none(client, slides, status):
    user = UserFactory()
    if status:
        RegistrationFactory(event=slides.event, user=user, status=status)
    sign_in(client, user)

    assert client.get(reverse("training:material", args=[slides.pk])).status_code == 404


def test_officers_of_another_unit_get_none(client, slides):
    sign_in(client, organizer(roles.BDI_ADMIN, EventFactory().unit))

    assert client.get(reverse("training:material", args=[slides.pk])).status_code == 404
