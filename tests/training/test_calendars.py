"""Calendar files of events: for all, with mails about a seat, and by a secret address."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from icalendar import Calendar
from pytest_django.asserts import assertContains

from programs.models import Notification
from tests.factories.programs import UserFactory
from tests.factories.training import (
    AFTERWARDS,
    NOW,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
    details_of,
)
from tests.people import sign_in
from tests.training.desk import at_work
from tests.training.event_forms import as_it_stands, change
from training.calendar_mails import calendar_of_the_seat
from training.enums import EventStatus
from training.models import CalendarFeed
from training.workflow import event as event_workflow
from training.workflow import registration as workflow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _while_registration_is_open():
    with time_machine.travel(NOW, tick=False):
        yield


def entries(content):
    return Calendar.from_ical(content).walk("VEVENT")


def file_of(event):
    return reverse("training:event_calendar", args=[event.slug])


def register(event, user):
    return workflow.register(event, user=user, details=details_of(), by=user, now=NOW)


@pytest.fixture
def event():
    return EventFactory(title="Bimtek", slug="bimtek", unit__email="bdi@padang.example")


def test_anybody_saves_an_event_without_its_link(client, event):
    answer = client.get(file_of(event))

    assert answer["Content-Type"] == "text/calendar"
    assert 'filename="bimtek.ics"' in answer["Content-Disposition"]
    first, second = entries(answer.content)
    assert (first["uid"], second["uid"]) == (
        f"pelatihan-{event.pk}-1@localhost",
        f"pelatihan-{event.pk}-2@localhost",
    )
    assert first["location"] == "Daring"
    assert first["organizer"] == "mailto:bdi@padang.example"
    assert event.online_url.encode() not in answer.content


def test_who_has_a_place_gets_the_link(client, event):
    row = RegistrationFactory(event=event)
    sign_in(client, row.user)

    first, _ = entries(client.get(file_of(event)).content)

    assert first["location"] == event.online_url
    assert event.online_url in first["description"]


def test_who_waits_does_not(client, event):
    row = RegistrationFactory(event=event, status="WAITING")
    sign_in(client, row.user)

    assert event.online_url.encode() not in client.get(file_of(event)).content


def test_a_place_is_where_it_is(client):
    event = EventFactory(mode="PLACE", place="Aula BDI Padang")

    first, _ = entries(client.get(file_of(event)).content)

    assert first["location"] == "Aula BDI Padang"


def test_a_draft_has_no_calendar(client):
    assert client.get(file_of(EventFactory(status=EventStatus.DRAFT))).status_code == 404


def test_a_postponed_event_is_uncertain_and_says_so(client, event):
    event_workflow.postpone(event, by=UserFactory(), reason="Banjir.")

    first, _ = entries(client.get(file_of(event)).content)

    assert (first["status"], first["sequence"]) == ("TENTATIVE", 1)
    assert "Ditunda: Bimtek" in first["summary"]


# Mails


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """What a deed sends by mail: [(subject, calendar file or None)]."""

    def send(deed):
        # What came before is no matter here, nor that a bell for it has just been rung.
        Notification.objects.update(by_mail=False)
        cache.clear()
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        return [
            (message.subject, message.attachments[0].content if message.attachments else None)
            for message in mail.outbox
        ]

    return send


def test_the_mail_about_a_place_carries_the_calendar(sent, event):
    [(subject, content)] = sent(lambda: register(event, UserFactory()))

    assert subject.startswith("Anda terdaftar sebagai peserta: Bimtek")
    first, _ = entries(content)
    assert (Calendar.from_ical(content)["method"], first["status"]) == ("PUBLISH", "CONFIRMED")
    assert (first["location"], first["sequence"]) == (event.online_url, 0)


def test_a_change_comes_as_a_newer_version(sent, event):
    register(event, UserFactory())
    before = event_workflow.Shown.of(event)
    event.sessions.filter(number=1).update(title="Materi baru")

    [(_, content)] = sent(
        lambda: event_workflow.save_changes(event, by=UserFactory(), before=before)
    )

    first, _ = entries(content)
    assert first["sequence"] == 1
    assert "Materi baru" in first["summary"]


def test_a_cancelled_event_leaves_the_calendar(sent, event):
    register(event, UserFactory())

    [(_, content)] = sent(lambda: event_workflow.cancel(event, by=UserFactory(), reason="Banjir."))

    first, _ = entries(content)
    assert Calendar.from_ical(content)["method"] == "CANCEL"
    assert (first["status"], first["sequence"]) == ("CANCELLED", 1)


def test_who_withdraws_or_is_rejected_is_rid_of_it_and_sees_no_link(sent, event):
    first, second = register(event, UserFactory()), register(event, UserFactory())

    [(_, withdrawn)] = sent(lambda: workflow.withdraw(first, by=first.user))
    [(_, rejected)] = sent(lambda: workflow.reject(second, by=UserFactory(), reason="Keliru."))

    for content in (withdrawn, rejected):
        assert Calendar.from_ical(content)["method"] == "CANCEL"
        assert event.online_url not in content


def test_who_waits_has_nothing_to_note_down(sent):
    event = EventFactory(capacity=1)
    register(event, UserFactory())

    [(subject, content)] = sent(lambda: register(event, UserFactory()))

    assert subject.startswith("Anda ada di daftar tunggu")
    assert content is None


def test_moving_up_brings_the_calendar(sent):
    event = EventFactory(capacity=1)
    first = register(event, UserFactory())
    register(event, UserFactory())

    mails = sent(lambda: workflow.withdraw(first, by=first.user))

    assert [bool(content) for _, content in mails] == [True, True]


def test_a_late_mail_does_not_take_away_a_place_that_was_won_back(event):
    user = UserFactory()
    first = register(event, user)
    workflow.withdraw(first, by=user)
    told = Notification.objects.get(key=f"training.seat.status.withdrawn.{first.pk}")
    assert calendar_of_the_seat(told)

    register(event, user)

    assert calendar_of_the_seat(told) == []


def test_of_what_is_over_nothing_is_sent(event):
    row = register(event, UserFactory())
    told = Notification.objects.get(key=f"training.seat.status.accepted.{row.pk}")

    with time_machine.travel(AFTERWARDS, tick=False):
        assert calendar_of_the_seat(told) == []


# Sessions that are taken out of the programme


def changed(event, *, without=None, renumber=(None, None), new=None):
    """The event as it is after an edit of its sessions, as the form of the desk ends it."""
    before = event_workflow.Shown.of(event)
    event.sessions.filter(number=without).delete()
    event.sessions.filter(number=renumber[0]).update(number=renumber[1])
    if new:
        SessionFactory(event=event, number=new, title="Materi baru")
    return event_workflow.save_changes(event, by=UserFactory(), before=before)


def standing(content):
    """What a calendar makes of the file: {session number: (status, sequence)}."""
    return {
        int(entry["uid"].partition("@")[0].rpartition("-")[2]): (
            entry["status"],
            entry["sequence"],
        )
        for entry in entries(content)
    }


def test_a_session_deleted_at_the_desk_leaves_the_calendars(client, sent, event):
    row = register(event, UserFactory())
    second = event.sessions.get(number=2)
    at_work(client, event)

    [(subject, content)] = sent(
        lambda: client.post(change(event), as_it_stands(event, **{"sessions-1-DELETE": "on"}))
    )

    assert subject.startswith("Perubahan: Bimtek")
    assert event.sessions.count() == 1
    assert standing(content) == {1: ("CONFIRMED", 1), 2: ("CANCELLED", 1)}
    off = entries(content)[1]
    assert (off.start, off.end) == (second.starts_at, second.ends_at)
    assert off["summary"] == "Dibatalkan: Materi 2 (sesi 2, Bimtek)"
    # A worker that comes late, when more has changed, says it as well.
    told = Notification.objects.get(key=f"training.seat.changed.1.{row.pk}")
    changed(event, new=3)
    [(_, late, _)] = calendar_of_the_seat(told)
    assert standing(late) == {1: ("CONFIRMED", 2), 2: ("CANCELLED", 2), 3: ("CONFIRMED", 2)}


def test_a_new_session_under_a_removed_number_takes_its_entry_over(sent, event):
    register(event, UserFactory())
    changed(event, without=2)

    [(_, content)] = sent(lambda: changed(event, new=2))

    assert standing(content) == {1: ("CONFIRMED", 2), 2: ("CONFIRMED", 2)}
    assert "Materi baru" in entries(content)[1]["summary"]
    [(_, content)] = sent(lambda: changed(event, without=2))
    assert standing(content) == {1: ("CONFIRMED", 3), 2: ("CANCELLED", 3)}
    assert "Materi baru" in entries(content)[1]["summary"]


def test_sessions_that_move_up_leave_the_last_number_behind(sent, event):
    register(event, UserFactory())

    [(_, content)] = sent(lambda: changed(event, without=1, renumber=(2, 1)))

    assert standing(content) == {1: ("CONFIRMED", 1), 2: ("CANCELLED", 1)}
    assert "Materi 2 (sesi 1" in entries(content)[0]["summary"]


def test_who_comes_after_a_removal_never_hears_of_the_session(client, sent, event):
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        changed(event, without=2)

    [(_, content)] = sent(lambda: register(event, UserFactory()))

    assert standing(content) == {1: ("CONFIRMED", 1)}
    assert standing(client.get(file_of(event)).content) == {1: ("CONFIRMED", 1)}


def test_what_was_removed_in_preparation_is_in_nobodys_calendar():
    event = EventFactory(status=EventStatus.DRAFT)

    changed(event, without=2)

    assert not event.removed_sessions.exists()


def test_a_cancelled_event_takes_its_removed_sessions_along(sent, event):
    register(event, UserFactory())
    changed(event, without=2)

    [(_, content)] = sent(lambda: event_workflow.cancel(event, by=UserFactory(), reason="Banjir."))

    assert standing(content) == {1: ("CANCELLED", 2), 2: ("CANCELLED", 2)}


# The secret address


@pytest.fixture
def feed(client):
    user = UserFactory()
    sign_in(client, user)
    client.post(reverse("training:feed_renew"))
    return CalendarFeed.objects.get(user=user)


def feed_of(feed):
    return reverse("training:calendar_feed", args=[feed.token])


def test_the_feed_holds_all_ones_places_and_nothing_else(client, feed, event):
    RegistrationFactory(event=event, user=feed.user)
    RegistrationFactory(event=EventFactory(title="Lain"))
    RegistrationFactory(event=EventFactory(title="Menunggu"), user=feed.user, status="WAITING")
    client.post("/akun/logout/")

    answer = client.get(feed_of(feed))

    assert answer["Content-Type"] == "text/calendar"
    found = entries(answer.content)
    assert len(found) == 2
    assert {entry["location"] for entry in found} == {event.online_url}
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_feed_shows_what_was_cancelled_and_forgets_what_is_long_over(client, feed, event):
    RegistrationFactory(event=event, user=feed.user)
    event_workflow.cancel(event, by=UserFactory(), reason="Banjir.")

    assert {entry["status"] for entry in entries(client.get(feed_of(feed)).content)} == {
        "CANCELLED"
    }
    with time_machine.travel(AFTERWARDS + timedelta(days=200), tick=False):
        assert entries(client.get(feed_of(feed)).content) == []


def test_the_feed_and_ones_own_file_cancel_a_removed_session(client, feed, event):
    RegistrationFactory(event=event, user=feed.user, placed_at=NOW)
    changed(event, without=2)

    for address in (feed_of(feed), file_of(event)):
        assert standing(client.get(address).content) == {
            1: ("CONFIRMED", 1),
            2: ("CANCELLED", 1),
        }


def test_a_new_address_closes_the_old_one(client, feed):
    old = feed_of(feed)
    assertContains(client.get("/pelatihan/saya/"), "Belum ada kegiatan")

    answer = client.post(reverse("training:feed_renew"), follow=True)

    assertContains(answer, "Yang lama tidak berlaku lagi.")
    assert client.get(old).status_code == 404
    assert client.get(feed_of(CalendarFeed.objects.get())).status_code == 200


def test_the_address_can_be_closed(client, feed):
    client.post(reverse("training:feed_revoke"))

    assert client.get(feed_of(feed)).status_code == 404


def test_a_closed_account_has_no_calendar(client, feed):
    feed.user.is_active = False
    feed.user.save()

    assert client.get(feed_of(feed)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_feed_asks_as_often_for_many_as_for_few(
    client, feed, number, django_assert_num_queries
):
    for _ in range(number):
        RegistrationFactory(user=feed.user)
    client.post("/akun/logout/")

    with django_assert_num_queries(4):
        client.get(feed_of(feed))


def test_the_page_shows_the_address(client, feed):
    RegistrationFactory(user=feed.user)

    assertContains(client.get("/pelatihan/saya/"), feed_of(feed))
