"""A person sees where the registration stands, and gives the place up."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from programs import roles
from programs.models import Notification
from tests.factories.programs import DinasFactory, UserFactory
from tests.factories.training import (
    AFTERWARDS,
    DURING,
    NOW,
    EventFactory,
    RegistrationFactory,
    bring_to,
    organizer,
)
from tests.people import sign_in
from training.enums import EventStatus
from training.workflow import event as event_workflow
from training.workflow import registration as workflow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _while_registration_is_open():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def user(client):
    user = UserFactory(name="Siti Rahmah", phone="+6281234567890")
    sign_in(client, user)
    return user


def page_of(registration):
    return reverse("training:registration_detail", args=[registration.pk])


# The page of a registration


def test_the_page_shows_the_link_to_those_with_a_place_alone(client, user):
    event = EventFactory(capacity=1)
    placed = RegistrationFactory(event=event, user=user)
    waiting = RegistrationFactory(event=event, status="WAITING")
    assertContains(client.get(page_of(placed)), event.online_url)

    sign_in(client, waiting.user)
    assertNotContains(client.get(page_of(waiting)), event.online_url)


def test_presence_is_told_session_by_session(client, user):
    row = RegistrationFactory(user=user)
    bring_to(row.event, EventStatus.FINISHED)
    first, _ = row.event.sessions.all()
    row.attendances.create(session=first, checked_in_at=DURING)

    with time_machine.travel(AFTERWARDS, tick=False):
        sign_in(client, user)
        page = client.get(page_of(row))

    [(_, lines)] = page.context["days"]
    assert [line.word for line in lines] == ["Hadir", "Belum tercatat"]


def test_a_cancelled_event_says_so_on_the_page(client, user):
    row = RegistrationFactory(user=user)
    event_workflow.cancel(row.event, by=UserFactory(), reason="Banjir.")

    page = client.get(page_of(row))

    assertContains(page, "Kegiatan ini dibatalkan")
    assertContains(page, "Alasan: Banjir.")
    assertNotContains(page, row.event.online_url)
    assertNotContains(page, "Undurkan diri")


def test_a_postponed_event_keeps_the_registration(client, user):
    row = RegistrationFactory(user=user)
    event_workflow.postpone(row.event, by=UserFactory(), reason="Banjir.")

    page = client.get(page_of(row))

    assertContains(page, "pendaftaran Anda tetap berlaku")
    assertContains(page, "Undurkan diri")


def test_a_rejection_shows_its_reason(client, user):
    row = RegistrationFactory(user=user)
    workflow.reject(row, by=UserFactory(), reason="Bukan aparatur.")

    page = client.get(page_of(row))

    assertContains(page, "Alasan: Bukan aparatur.")
    assertContains(page, "Tidak diterima panitia")


def test_the_way_is_told_in_words(client, user):
    event = EventFactory(capacity=1)
    first = RegistrationFactory(event=event)
    row = workflow.register(
        event, user=user, details={"kind": "PUBLIC", "name": "Siti"}, by=user, now=NOW
    )
    workflow.withdraw(first, by=first.user)

    titles = [item.title for item in client.get(page_of(row)).context["timeline"]]

    assert titles == [
        "Anda mendaftar dan masuk daftar tunggu",
        "Mendapat tempat dari daftar tunggu",
        "Kegiatan berlangsung",
        "Hasil ditetapkan dan sertifikat terbit",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_however_much_is_there(
    client, user, number, django_assert_max_num_queries
):
    event = EventFactory(sessions=number, has_pretest=True)
    row = RegistrationFactory(event=event, user=user)
    for session in event.sessions.all():
        row.attendances.create(session=session)
        event.materials.create(title="Materi", url="https://contoh.id/")

    with django_assert_max_num_queries(12):
        client.get(page_of(row))


def test_somebody_elses_registration_does_not_exist(client, user):
    row = RegistrationFactory()

    for name in ("registration_detail", "registration_withdraw", "registration_letter"):
        assert client.get(reverse(f"training:{name}", args=[row.pk])).status_code == 404


def test_the_dinas_that_sent_somebody_sees_and_withdraws_them(client, user):
    row = RegistrationFactory(sent_by=DinasFactory(member=user), source="AGENCY")

    assertContains(client.get(page_of(row)), f"Anda melihat pendaftaran {row.name}")
    client.post(reverse("training:registration_withdraw", args=[row.pk]))

    row.refresh_from_db()
    assert row.status == "WITHDRAWN"


def test_an_auditor_reads_and_changes_nothing(client):
    row = RegistrationFactory()
    sign_in(client, organizer(roles.AUDITOR, row.event.unit))

    assert client.get(page_of(row)).status_code == 200
    for name in ("registration_withdraw", "registration_letter"):
        assert client.post(reverse(f"training:{name}", args=[row.pk])).status_code == 403
    row.refresh_from_db()
    assert row.status == "ACCEPTED"


def test_officers_of_another_unit_see_nothing(client):
    row = RegistrationFactory()
    sign_in(client, organizer(roles.BDI_ADMIN, EventFactory().unit))

    assert client.get(page_of(row)).status_code == 404


# Giving it up


def test_withdrawing_asks_first_and_gives_the_place_to_the_next(client, user):
    event = EventFactory(capacity=1)
    row = RegistrationFactory(event=event, user=user)
    second = RegistrationFactory(event=event, status="WAITING")
    leave = reverse("training:registration_withdraw", args=[row.pk])
    assertContains(client.get(leave), "Tempatnya langsung dipakai orang lain")

    answer = client.post(leave, follow=True)

    assertContains(answer, "Anda mengundurkan diri")
    assertContains(answer, "Daftar lagi")
    second.refresh_from_db()
    assert second.status == "ACCEPTED"
    assert Notification.objects.filter(recipient=second.user).exists()


def test_withdrawing_twice_or_too_late_says_why(client, user):
    row = RegistrationFactory(user=user)
    bring_to(row.event, EventStatus.RUNNING)

    answer = client.post(reverse("training:registration_withdraw", args=[row.pk]))

    assertContains(answer, "Kegiatan ini sudah dimulai.", status_code=422)


# All of one's own


@pytest.mark.parametrize("number", [1, 3])
def test_all_ones_own_in_one_list(client, user, number, django_assert_num_queries):
    rows = [RegistrationFactory(user=user) for _ in range(number)]
    RegistrationFactory()

    with django_assert_num_queries(6):
        page = client.get("/pelatihan/saya/")

    assert {row for row, *_ in page.context["rows"]} == set(rows)


def test_an_empty_list_says_where_to_begin(client, user):
    assertContains(client.get("/pelatihan/saya/"), "Lihat jadwal pelatihan")


def test_what_was_called_off_is_marked_in_the_list(client, user):
    event_workflow.cancel(RegistrationFactory(user=user).event, by=UserFactory(), reason="Banjir.")
    event_workflow.postpone(
        RegistrationFactory(user=user).event, by=UserFactory(), reason="Banjir."
    )

    page = client.get("/pelatihan/saya/")

    assertContains(page, "Dibatalkan")
    assertContains(page, "Ditunda")
