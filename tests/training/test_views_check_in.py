"""The attendance list on a participant's telephone."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories.programs import UserFactory
from tests.factories.training import (
    DURING,
    STARTS_AT,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
    bring_to,
)
from tests.people import sign_in
from training import wrong_codes
from training.check_in_codes import Verdict, code_at, verify
from training.enums import EventStatus, RegistrationStatus
from training.models import Attendance
from training.models.session import new_secret
from training.workflow import attendance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_first_session(time_machine):
    time_machine.move_to(DURING, tick=False)


@pytest.fixture
def event():
    """Running; the list of the first session is open until 09.25 WIB."""
    event = bring_to(EventFactory(), EventStatus.RUNNING)
    attendance.open_check_in(session(event, 1), by=None, now=DURING)
    return event


@pytest.fixture
def participant(client, event):
    registration = RegistrationFactory(event=event)
    sign_in(client, registration.user)
    return registration


def session(event, number):
    return event.sessions.get(number=number)


def page_of(event, **query):
    return reverse("training:check_in", args=[event.slug], query=query)


def code_of(one, moment=DURING):
    return code_at(one.code_secret, one.pk, moment)


def is_unknown(one, code):
    """Whether ``code`` was not the session's today, by chance."""
    return verify(one.code_secret, one.pk, code, DURING) == Verdict.WRONG


def wrong_code(one):
    return next(code for code in ("000000", "111111", "222222") if is_unknown(one, code))


def open_parallel(event, **details):
    parallel = SessionFactory(event=event, number=3, starts_at=STARTS_AT, **details)
    while not is_unknown(session(event, 1), code_of(parallel)):
        parallel.code_secret = new_secret()
        parallel.save()
    return attendance.open_check_in(parallel, by=None, now=DURING)


def send(client, event, code, number=1):
    return client.post(page_of(event), {"sesi": number, "kode": code})


def test_a_participant_types_the_code_and_is_on_the_list(client, event, participant):
    page = client.get(page_of(event))
    assertContains(page, "Sesi 1")
    assertContains(page, 'inputmode="numeric"')
    assertContains(page, 'autocomplete="one-time-code"')

    answer = send(client, event, code_of(session(event, 1)))

    assertRedirects(answer, page_of(event, sesi=1), fetch_redirect_response=False)
    row = Attendance.objects.get(registration=participant, is_present=True)
    assert (row.session.number, row.checked_in_at) == (1, DURING)
    page = client.get(answer.url)
    assertContains(page, "Kehadiran Anda di sesi 1 tercatat pukul 09.05 WIB.")
    assertContains(page, "Anda tercatat hadir di sesi 1")
    assertContains(page, "Kode diisi pukul 09.05 WIB.")
    assertNotContains(page, "Catat kehadiran</")


def test_the_code_may_be_typed_with_a_space(client, event, participant):
    code = code_of(session(event, 1))

    assert send(client, event, f"{code[:3]} {code[3:]}").status_code == 302


def test_the_qr_code_fills_in_and_a_get_records_nothing(client, event, participant):
    code = code_of(session(event, 1))

    page = client.get(page_of(event, sesi=1, kode=code))

    assertContains(page, f'value="{code}"')
    assertContains(page, "Kode dari QR sudah terisi")
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("code", ["12345678901234567890", "<b>", "-1"])
def test_an_address_with_nonsense_fills_in_nothing(client, event, participant, code):
    page = client.get(page_of(event, sesi=1, kode=code))

    assertContains(page, "Kode enam angka")
    assertNotContains(page, "sudah terisi")


def test_a_stranger_signs_in_and_comes_back_with_the_code(client, event):
    path = page_of(event, sesi=1, kode="123456")

    answer = client.get(path)

    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.url).query)["next"] == [path]


def test_what_was_typed_is_there_after_signing_in_again(client, event, participant):
    client.get(page_of(event))  # the browser remembers who reads here
    client.session.flush()

    send(client, event, "123456")
    sign_in(client, participant.user)

    assertContains(client.get(page_of(event)), 'value="123456"')


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "Ketik keenam angka kode yang tampak di layar panitia."),
        ("12345", "Ketik keenam angka kode yang tampak di layar panitia."),
        ("abcdef", "Ketik keenam angka kode yang tampak di layar panitia."),
    ],
)
def test_half_a_code_is_asked_for_in_full(client, event, participant, code, words):
    answer = send(client, event, code)

    assertContains(answer, words, status_code=422)
    assert not Attendance.objects.filter(is_present=True).exists()


def test_every_wrong_code_gets_its_sentence_at_the_field(client, event, participant):
    first, second = session(event, 1), session(event, 2)
    attendance.open_check_in(second, by=None, now=STARTS_AT + timedelta(minutes=90))
    late = code_of(first, DURING - timedelta(minutes=3))

    assertContains(send(client, event, late), "Kode itu sudah berganti.", status_code=422)
    assertContains(send(client, event, wrong_code(first)), "Kode itu tidak cocok.", status_code=422)


def test_the_code_of_the_parallel_session_is_recognized(client, event, participant):
    parallel = open_parallel(event)

    answer = send(client, event, code_of(parallel))

    assertContains(answer, "Kode itu milik sesi 3.", status_code=422)


def test_of_two_open_lists_one_is_chosen(client, event, participant):
    parallel = open_parallel(event, title="Kelas B")

    page = client.get(page_of(event))
    assertContains(page, "Sesi yang Anda ikuti")
    assertContains(page, "Sesi 3, Kelas B")
    assertContains(client.post(page_of(event), {"kode": "1"}), "Pilih sesi", status_code=422)

    assert send(client, event, code_of(parallel), number=3).status_code == 302
    assert Attendance.objects.get(is_present=True).session == parallel


def test_who_is_in_one_session_is_not_asked_for_the_parallel_one(client, event, participant):
    open_parallel(event)

    page = client.get(send(client, event, code_of(session(event, 1))).url)

    assertContains(page, "Anda tercatat hadir di sesi 1")
    assertNotContains(page, "Kode enam angka")


def test_an_old_qr_code_leads_to_the_list_that_is_open(client, event, participant):
    page = client.get(page_of(event, sesi=2, kode="123456"))

    assertContains(page, "Sesi 1</h2>")
    assertNotContains(page, "123456")


def test_a_session_of_nowhere_is_refused(client, event, participant):
    answer = send(client, event, "123456", number=9)

    assertContains(answer, "Pilih salah satu sesi kegiatan ini.", status_code=422)


def test_a_list_that_was_closed_says_since_when(client, event, participant, time_machine):
    time_machine.move_to(DURING + timedelta(minutes=21), tick=False)

    answer = send(client, event, code_of(session(event, 1)))

    assertContains(answer, "sudah ditutup pukul 09.25 WIB", status_code=422)
    page = client.get(page_of(event, sesi=1))
    assertContains(page, "Belum tercatat")
    assertContains(page, "minta panitia mencatatnya")


def test_between_sessions_the_next_one_is_named_with_its_times(
    client, event, participant, time_machine
):
    time_machine.move_to(STARTS_AT + timedelta(hours=2), tick=False)

    page = client.get(page_of(event))

    assertContains(page, "Belum ada daftar hadir yang dibuka")
    assertContains(page, "Berikutnya sesi 2")
    assertContains(page, "11.30–13.00 WIB (12.30–14.00 WITA, 13.30–15.00 WIT)")


def test_after_the_last_session_nothing_is_promised(client, event, participant, time_machine):
    time_machine.move_to(STARTS_AT + timedelta(hours=6), tick=False)

    assertContains(client.get(page_of(event)), "Semua sesi sudah selesai")


def test_ten_wrong_codes_are_enough_for_five_minutes(client, event, participant, time_machine):
    wrong = wrong_code(session(event, 1))
    for _ in range(wrong_codes.MOST):
        assertContains(send(client, event, wrong), "tidak cocok", status_code=422)

    right = code_of(session(event, 1))
    assertContains(send(client, event, right), "sepuluh kali salah", status_code=422)
    assertContains(send(client, event, right), "minta panitia", status_code=422)
    assert not Attendance.objects.filter(is_present=True).exists()

    later = DURING + timedelta(minutes=5, seconds=1)
    time_machine.move_to(later, tick=False)
    assert send(client, event, code_of(session(event, 1), later)).status_code == 302


def test_one_persons_guesses_do_not_lock_out_another(client, event, participant):
    for _ in range(wrong_codes.MOST + 1):
        send(client, event, wrong_code(session(event, 1)))
    other = RegistrationFactory(event=event)
    sign_in(client, other.user)

    assert send(client, event, code_of(session(event, 1))).status_code == 302


def test_trying_a_closed_list_is_no_guessing(client, event, participant):
    for _ in range(wrong_codes.MOST + 5):
        answer = send(client, event, "123456", number=2)

    assertContains(answer, "belum dibuka", status_code=422)


def test_whoever_has_no_registration_reads_what_to_do(client, event):
    visitor = sign_in(client, UserFactory(email="tamu@contoh.id"))

    page = visitor.get(page_of(event))

    assertContains(page, "Akun ini tidak terdaftar pada kegiatan ini")
    assertContains(page, "tamu@contoh.id")
    assertContains(page, event.contact)
    assert send(visitor, event, code_of(session(event, 1))).status_code == 403
    assert not Attendance.objects.exists()


def test_whoever_waits_reads_that_they_have_no_place(client, event):
    waiting = RegistrationFactory(event=event, status=RegistrationStatus.WAITING)
    sign_in(client, waiting.user)

    assertContains(client.get(page_of(event)), "Anda ada di daftar tunggu")
    assert send(client, event, code_of(session(event, 1))).status_code == 403


def test_the_organizers_keep_the_last_word_and_the_code_is_on_record(client, event, participant):
    officer = UserFactory()
    attendance.mark(session(event, 1), {participant: False}, by=officer, now=DURING)

    answer = send(client, event, code_of(session(event, 1)))

    row = Attendance.objects.get(registration=participant)
    assert (row.is_present, row.checked_in_at) == (False, DURING)
    assertContains(client.get(answer.url), "panitia mencatat Anda tidak hadir")


def test_a_draft_has_no_list(client, participant):
    draft = EventFactory(status=EventStatus.DRAFT)

    assert client.get(page_of(draft)).status_code == 404


def test_more_sessions_cost_no_more_queries(
    client, event, participant, django_assert_max_num_queries
):
    for number in range(3, 12):
        SessionFactory(event=event, number=number)
    for one in event.sessions.all():
        Attendance.objects.create(registration=participant, session=one)

    with django_assert_max_num_queries(12):
        client.get(page_of(event))
