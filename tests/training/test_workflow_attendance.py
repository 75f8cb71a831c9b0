"""Who was there: code, organizers' list and Zoom report, and who has the last word."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from programs.transitions import TransitionNotAllowed
from tests.factories.programs import UserFactory
from tests.factories.training import (
    DURING,
    STARTS_AT,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
    bring_to,
)
from training.check_in_codes import Verdict, code_at, verify
from training.enums import EventStatus, RegistrationStatus
from training.models import Attendance, ZoomReport
from training.models.session import new_secret
from training.workflow import attendance as workflow
from training.zoom_report import Join, Report

pytestmark = pytest.mark.django_db
SECOND_STARTS_AT = STARTS_AT + timedelta(minutes=150)


@pytest.fixture
def session():
    """The first of two sessions of a running event; its list is open from ``DURING`` on."""
    event = bring_to(EventFactory(), EventStatus.RUNNING)
    return workflow.open_check_in(event.sessions.get(number=1), by=None, now=DURING)


@pytest.fixture
def participant(session):
    return RegistrationFactory(event=session.event)


def code_of(session, moment=DURING):
    return code_at(session.code_secret, session.pk, moment)


def parallel_to(session):
    """Session 3 at the same time. That none of its codes was the first one's today is certain."""
    parallel = SessionFactory(event=session.event, number=3, starts_at=STARTS_AT)
    while verify(session.code_secret, session.pk, code_of(parallel), DURING) != Verdict.WRONG:
        parallel.code_secret = new_secret()
        parallel.save()
    return workflow.open_check_in(parallel, by=None, now=DURING)


def check_in(registration, session, *, code=None, now=DURING):
    return workflow.check_in(registration, session, code=code or code_of(session, now), now=now)


# --- The list is opened and closed ---------------------------------------------------------------


def test_a_list_is_open_for_twenty_minutes_unless_told_otherwise(session):
    assert session.check_in_closes_at == DURING + timedelta(minutes=20)

    again = workflow.open_check_in(session, by=None, now=DURING, minutes=5)

    assert (again.check_in_opens_at, again.check_in_closes_at) == (
        DURING,
        DURING + timedelta(minutes=5),
    )


def test_a_list_that_was_closed_can_be_opened_again(session):
    later = DURING + timedelta(minutes=1)
    session = workflow.close_check_in(session, by=None, now=later)
    assert not session.is_open_for_check_in(now=later)

    session = workflow.open_check_in(session, by=None, now=later + timedelta(minutes=1))

    assert session.is_open_for_check_in(now=later + timedelta(minutes=2))
    assert session.check_in_opens_at == DURING


def test_it_opens_an_hour_before_the_session_at_the_earliest(session):
    second = session.event.sessions.get(number=2)

    with pytest.raises(TransitionNotAllowed, match="satu jam sebelum sesi"):
        workflow.open_check_in(second, by=None, now=SECOND_STARTS_AT - timedelta(minutes=61))

    workflow.open_check_in(second, by=None, now=SECOND_STARTS_AT - timedelta(minutes=60))


@pytest.mark.parametrize("status", [EventStatus.FINISHED, EventStatus.CONCLUDED, "CANCELLED"])
def test_no_list_is_opened_for_what_does_not_take_place(status):
    event = bring_to(EventFactory(), status)

    with pytest.raises(TransitionNotAllowed, match="selama kegiatan berlangsung"):
        workflow.open_check_in(event.sessions.get(number=1), by=None, now=DURING)


# --- By the code ---------------------------------------------------------------------------------


def test_the_right_code_in_time_makes_present_and_twice_does_no_harm(session, participant):
    check_in(participant, session)
    row = check_in(participant, session, now=DURING + timedelta(minutes=2))

    row.refresh_from_db()
    assert (row.is_present, row.checked_in_at) == (True, DURING)
    assert Attendance.objects.count() == 1


def test_the_code_before_this_one_still_counts(session, participant):
    slow = DURING + timedelta(seconds=30)

    row = check_in(participant, session, code=code_of(session, DURING), now=slow)

    assert row.checked_in_at == slow


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(-1, "belum dibuka"), (20, "sudah ditutup pukul 09.25 WIB"), (500, "sudah ditutup")],
)
def test_outside_the_window_no_code_counts(session, participant, minutes, words):
    with pytest.raises(TransitionNotAllowed, match=words):
        check_in(participant, session, now=DURING + timedelta(minutes=minutes))

    assert not Attendance.objects.exists()


def test_until_the_list_is_opened_no_code_counts(session, participant):
    second = session.event.sessions.get(number=2)

    with pytest.raises(TransitionNotAllowed, match="sesi 2 belum dibuka"):
        check_in(participant, second)


def test_a_code_that_has_gone_is_told_from_one_that_never_was(session, participant):
    gone = code_of(session, DURING - timedelta(minutes=5))
    # Yesterday's code is by chance one of today's once in some hundred days.
    yesterday = next(
        code
        for code in (code_of(session, DURING - timedelta(hours=hours)) for hours in range(25, 48))
        if verify(session.code_secret, session.pk, code, DURING) == Verdict.WRONG
    )

    with pytest.raises(workflow.WrongCode, match="sudah berganti"):
        check_in(participant, session, code=gone)
    with pytest.raises(workflow.WrongCode, match="kode dari hari lain tidak berlaku"):
        check_in(participant, session, code=yesterday)


def test_the_code_of_another_session_names_it(session, participant):
    parallel = parallel_to(session)

    with pytest.raises(workflow.WrongCode, match="milik sesi 3"):
        check_in(participant, session, code=code_of(parallel))


@pytest.mark.parametrize("code", ["12345", "1234567", "abcdef", " "])
def test_what_is_no_code_is_asked_for_in_full(session, participant, code):
    with pytest.raises(workflow.WrongCode, match="Ketik keenam angka"):
        check_in(participant, session, code=code)


@pytest.mark.parametrize(
    "status",
    [RegistrationStatus.WAITING, RegistrationStatus.PENDING, RegistrationStatus.WITHDRAWN],
)
def test_without_a_place_no_code_counts(session, status):
    outsider = RegistrationFactory(event=session.event, status=status)

    with pytest.raises(TransitionNotAllowed, match="hanya untuk peserta yang mendapat tempat"):
        check_in(outsider, session)


@pytest.mark.parametrize(
    ("status", "words"),
    [(EventStatus.CONCLUDED, "sudah ditetapkan"), (EventStatus.CANCELLED, "dibatalkan")],
)
def test_an_event_that_is_over_or_off_takes_no_codes(status, words):
    event = EventFactory()
    session = workflow.open_check_in(event.sessions.get(number=1), by=None, now=DURING)
    participant = RegistrationFactory(event=event)
    bring_to(event, status)
    session.refresh_from_db()

    with pytest.raises(TransitionNotAllowed, match=words):
        check_in(participant, session)


# --- By the organizers' list ---------------------------------------------------------------------


def mark(session, registration, is_present, reason=""):
    workflow.mark(session, {registration: is_present}, by=UserFactory(), now=DURING, reason=reason)
    return Attendance.objects.get(registration=registration, session=session)


def test_the_organizers_make_present_and_take_it_back(session, participant):
    row = mark(session, participant, True)
    assert (row.is_present, row.marked_at) == (True, DURING)

    row = mark(session, participant, None)

    assert (row.is_present, row.marked_by, row.marked_at) == (False, None, None)


def test_to_contradict_a_code_takes_a_reason(session, participant):
    check_in(participant, session)

    with pytest.raises(TransitionNotAllowed, match="Tulis alasannya"):
        mark(session, participant, False)
    row = mark(session, participant, False, reason="Kode dititipkan.")

    assert (row.is_present, row.mark_reason) == (False, "Kode dititipkan.")


def test_the_database_asks_for_that_reason_too(session, participant):
    check_in(participant, session)

    with pytest.raises(IntegrityError, match="contradiction_explained"), transaction.atomic():
        Attendance.objects.update(marked=False, marked_by=UserFactory(), marked_at=DURING)


def test_who_was_marked_absent_may_type_the_code_but_stays_absent(session, participant):
    mark(session, participant, False)

    row = check_in(participant, session)

    row.refresh_from_db()
    assert (row.is_present, row.checked_in_at) == (False, DURING)
    assert row.mark_reason == workflow.MARKED_BEFORE


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (EventStatus.OPEN, "setelah kegiatan dimulai"),
        (EventStatus.CONCLUDED, "Buka kembali hasilnya"),
    ],
)
def test_marks_are_made_between_beginning_and_results(status, words):
    event = EventFactory()
    participant = RegistrationFactory(event=event)
    if status != EventStatus.OPEN:
        bring_to(event, status)

    with pytest.raises(TransitionNotAllowed, match=words):
        mark(event.sessions.get(number=1), participant, True)


# --- By the Zoom report --------------------------------------------------------------------------


def stay(name, start, minutes, email=""):
    """Somebody in the meeting from ``start`` minutes after the session began."""
    begun = STARTS_AT + timedelta(minutes=start)
    return Join(2, name, "", email, begun, begun + timedelta(minutes=minutes))


def take_over(session, *joins):
    report = Report(joins=list(joins), problems=[], skipped=0)
    return workflow.import_report(session, report, by=UserFactory())


@pytest.mark.parametrize(("minutes", "is_present"), [(72, True), (71, False)])
def test_eighty_percent_of_the_session_make_present(session, participant, minutes, is_present):
    take_over(session, stay("x", 0, minutes, participant.user.email))

    row = Attendance.objects.get(registration=participant)
    assert (row.zoom_minutes, row.is_present) == (minutes, is_present)


def test_several_stays_add_up_and_overlaps_count_once(session, participant):
    take_over(
        session,
        stay("Siti HP", -10, 40, participant.user.email),
        stay("Siti laptop", 20, 30, participant.user.email),
        stay("Siti laptop", 60, 60, participant.user.email),
    )

    # 0–30, 20–50 and 60–90: what lies before and after the session is not counted.
    assert Attendance.objects.get(registration=participant).zoom_minutes == 80


def test_the_same_report_twice_changes_nothing(session, participant):
    joins = [stay("x", 0, 80, participant.user.email), stay("Tamu", 0, 90)]

    first = take_over(session, *joins)
    rows = list(Attendance.objects.values())
    second = take_over(session, *joins)

    assert (first.matched, first.unmatched, first.enough) == (1, 1, 1)
    assert (second.matched, second.unmatched, second.enough) == (1, 1, 1)
    assert list(Attendance.objects.values()) == rows
    assert session.zoom_attendees.count() == 2
    assert ZoomReport.objects.count() == 2


def test_a_preview_writes_nothing(session, participant):
    report = Report([stay("x", 0, 80, participant.user.email), stay("Tamu", 0, 9)], [], 0)

    found = workflow.preview_report(session, report)

    assert {one.name: registration for one, registration in found} == {
        "x": participant,
        "Tamu": None,
    }
    assert not session.zoom_attendees.exists()


def identify(session, attendee, who):
    workflow.identify(session, {attendee: who}, by=UserFactory())


def test_a_leftover_is_matched_by_hand_and_stays_so(session, participant):
    take_over(session, stay("Ibu Sekretaris", 0, 90))
    attendee = session.zoom_attendees.get()

    identify(session, attendee, participant)
    assert Attendance.objects.get(registration=participant).is_present
    take_over(session, stay("Ibu Sekretaris", 0, 90))

    attendee.refresh_from_db()
    assert attendee.registration == participant
    identify(session, attendee, None)
    row = Attendance.objects.get(registration=participant)
    assert (row.zoom_minutes, row.is_present) == (None, False)


def test_two_devices_matched_to_one_person_count_together_once(session, participant):
    take_over(session, stay("Siti HP", 0, 45), stay("Laptop kantor", 30, 60))
    for attendee in session.zoom_attendees.all():
        identify(session, attendee, participant)

    assert Attendance.objects.get(registration=participant).zoom_minutes == 90


def test_a_host_is_set_aside_for_good(session, participant):
    take_over(session, stay("BDI Padang", 0, 90))
    identify(session, session.zoom_attendees.get(), workflow.OUTSIDER)

    take_over(session, stay("BDI Padang", 0, 90))

    attendee = session.zoom_attendees.get()
    assert (attendee.is_ignored, attendee.registration) == (True, None)


def test_nobody_is_matched_to_another_event(session):
    take_over(session, stay("Tamu", 0, 90))

    with pytest.raises(TransitionNotAllowed, match="peserta kegiatan lain"):
        identify(session, session.zoom_attendees.get(), RegistrationFactory())


def test_zoom_does_not_overrule_the_organizers(session, participant):
    mark(session, participant, False)

    take_over(session, stay("x", 0, 90, participant.user.email))

    row = Attendance.objects.get(registration=participant)
    assert (row.is_present, row.zoom_suffices) == (False, True)
    assert row.mark_reason == workflow.MARKED_BEFORE


def test_a_code_stands_though_the_minutes_do_not_suffice(session, participant):
    check_in(participant, session)

    take_over(session, stay("x", 0, 5, participant.user.email))

    assert Attendance.objects.get(registration=participant).is_present
