"""The page of an event, open to all."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from programs import roles
from tests.factories.programs import DinasFactory, RegionFactory, UserFactory
from tests.factories.training import (
    NOW,
    STARTS_AT,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
    SessionFactory,
    SpeakerFactory,
    UnitFactory,
    bring_to,
    organizer,
)
from tests.people import sign_in
from training import event_in_words as words
from training.enums import AudienceKind, EventStatus
from training.models.event import TAKEN_SLUGS
from training.urls import urlpatterns
from training.workflow import event as workflow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _while_registration_is_open():
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(event):
    return reverse("training:event_detail", args=[event.slug])


def test_a_stranger_reads_everything_about_an_event(client):
    event = EventFactory(
        title="Bimtek Regional II",
        unit__name="BDI Padang",
        audience_kinds=[AudienceKind.APPARATUS],
        regions=[RegionFactory().province],
        evaluation_required=True,
        has_posttest=True,
        posttest_minimum=70,
        description="Bawa laptop.\n\nSiapkan data IKM.",
    )
    SpeakerFactory(session=event.sessions.first(), name="Dr. Aminah, M.T.", institution="BDI")
    SpeakerFactory(session=event.sessions.first(), name="Budi Santoso", role="MODERATOR")

    page = client.get(page_of(event))

    for sentence in [
        "Bimtek untuk aparatur dinas, daring, gratis",
        "Senin, 21 September 2026",
        "<b>09.00–13.00 WIB</b>",
        "10.00–14.00 WITA, 11.00–15.00 WIT",
        "Aparatur dinas dari Sumatera Barat.",
        "BDI Padang",
        "4 JP, bila hadir paling sedikit 80\N{NO-BREAK SPACE}% dari jumlah JP, mengisi evaluasi, "
        "dan mencapai nilai tes akhir paling sedikit 70.",
        "Ada tes akhir.",
        "<p>Siapkan data IKM.</p>",
        "Dr. Aminah, M.T., Widyaiswara, BDI",
        "Moderator: Budi Santoso",
        "Ditutup Jumat, 18 September 2026, pukul 16.00 WIB.",
        "dari 100 tempat tersisa",
        event.contact,
        f'href="{page_of(event)}daftar/"',
        f'href="{page_of(event)}kalender.ics"',
    ]:
        assertContains(page, sentence)
    assertNotContains(page, event.online_url)


def test_a_draft_is_nobodys_business(client):
    event = EventFactory(status=EventStatus.DRAFT)

    assert client.get(page_of(event)).status_code == 404


@pytest.mark.parametrize(
    ("mode", "place", "sentence"),
    [
        ("ONLINE", "", "Daring. Tautan tampil di halaman pendaftaran Anda"),
        ("PLACE", "Aula BDI", "Aula BDI, Kota Bukittinggi, Sumatera Barat"),
        ("HYBRID", "Aula BDI", "Sumatera Barat; dapat juga diikuti daring."),
    ],
)
def test_where_it_is(client, mode, place, sentence):
    region = RegionFactory() if place else None
    event = EventFactory(mode=mode, place=place, place_region=region)

    assertContains(client.get(page_of(event)), sentence)


def test_days_with_other_hours_are_told_apart(client):
    event = EventFactory(sessions=1)
    SessionFactory(
        event=event,
        number=2,
        starts_at=STARTS_AT + timedelta(days=1, hours=4),
        ends_at=STARTS_AT + timedelta(days=1, hours=6),
    )
    event.ends_at = STARTS_AT + timedelta(days=1, hours=6)
    event.save()

    page = client.get(page_of(event))

    assertContains(page, "Senin–Selasa, 21–22 September 2026")
    assertContains(page, "Senin, 21 September 2026: <b>09.00–10.30 WIB</b>")
    assertContains(page, "Selasa, 22 September 2026: <b>13.00–15.00 WIB</b>")


def test_an_evening_in_jakarta_ends_the_next_day_in_papua():
    at_ten = datetime(2026, 9, 21, 15, 30, tzinfo=UTC)

    assert words.hours(at_ten) == ("22.30 WIB", "23.30 WITA, 00.30 WIT (hari berikutnya)")


def test_a_full_event_offers_its_waiting_list(client):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, status="WAITING")

    page = client.get(page_of(event))

    for sentence in ["Semua 1 tempat sudah terisi.", "Masuk daftar tunggu", "1 orang di daftar"]:
        assertContains(page, sentence)


def test_a_full_event_without_a_waiting_list_offers_nothing(client):
    event = EventFactory(capacity=1, has_waiting_list=False)
    RegistrationFactory(event=event)

    page = client.get(page_of(event))

    assertContains(page, "tidak memiliki daftar tunggu")
    assertNotContains(page, "/daftar/")


def test_the_places_of_each_region_and_which_are_full(client):
    jambi = RegionFactory(code="15.71").province
    event = EventFactory(quotas_released_on=datetime(2026, 9, 15, tzinfo=UTC).date())
    full = QuotaFactory(event=event, region=jambi, places=1)
    QuotaFactory(event=event, region=RegionFactory().province, places=30)
    RegistrationFactory(event=event, region_quota=full)
    RegistrationFactory(event=event, region_quota=full, status="WAITING")

    page = client.get(page_of(event))

    assert page.context["quota_bars"] == [
        ("Sumatera Barat", 0, 30, "0 dari 30"),
        ("Provinsi 15", 1, 1, "Penuh"),
    ]
    assertContains(page, "Kuota yang tidak terpakai dibuka untuk semua pada 15 September 2026.")
    assertContains(page, "<b>Provinsi 15 sudah penuh.</b>")
    assertContains(page, "sekarang 1 orang")
    assertContains(page, 'aria-label="Tempat terisi: Sumatera Barat 0 dari 30; Provinsi 15 1 dari')


def test_released_quotas_are_no_limit_any_more(client):
    event = EventFactory()
    QuotaFactory(event=event, is_released=True)

    page = client.get(page_of(event))

    assert page.context["quota_bars"] == []
    assertContains(page, "sudah dibuka untuk semua wilayah")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"opens_at": NOW + timedelta(days=1)}, "Pendaftaran dibuka Jumat, 11 September 2026"),
        ({"closes_at": NOW - timedelta(hours=1)}, "Pendaftaran sudah ditutup."),
        ({"status": EventStatus.CLOSED}, "Pendaftaran sudah ditutup."),
        ({"needs_approval": True}, "Panitia memeriksa setiap pendaftaran"),
    ],
)
def test_when_one_can_register(client, changes, sentence):
    event = EventFactory(opens_at=changes.pop("opens_at", NOW - timedelta(days=9)), **changes)

    assertContains(client.get(page_of(event)), sentence)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(EventStatus.RUNNING, "Kegiatan sedang berlangsung"), (EventStatus.ARCHIVED, "sudah selesai")],
)
def test_what_was_held_says_so(client, status, sentence):
    event = bring_to(EventFactory(), status)

    page = client.get(page_of(event))

    assertContains(page, sentence)
    assertNotContains(page, "/daftar/")


def test_a_cancelled_event_says_why(client):
    event = EventFactory()
    workflow.cancel(event, by=UserFactory(), reason="Narasumber sakit.")

    page = client.get(page_of(event))

    assertContains(page, "Kegiatan ini dibatalkan")
    assertContains(page, "Alasan: Narasumber sakit.")
    assertNotContains(page, "kalender.ics")


def test_a_postponed_event_says_why_and_that_the_days_do_not_hold(client):
    event = EventFactory()
    workflow.postpone(event, by=UserFactory(), reason="Banjir.")

    page = client.get(page_of(event))

    assertContains(page, "Alasan: Banjir.")
    assertContains(page, "tidak berlaku lagi")


def test_one_sees_ones_own_registration(client):
    registration = RegistrationFactory()
    sign_in(client, registration.user)

    page = client.get(page_of(registration.event))

    assertContains(page, "Anda terdaftar sebagai peserta")
    assertContains(page, reverse("training:registration_detail", args=[registration.pk]))
    assertNotContains(page, "/daftar/")


def test_who_withdrew_may_come_again_and_who_was_turned_down_may_not(client):
    event, user = EventFactory(), UserFactory()
    sign_in(client, user)
    RegistrationFactory(event=event, user=user, status="WITHDRAWN")
    assertContains(client.get(page_of(event)), "/daftar/")

    RegistrationFactory(event=event, user=user, status="REJECTED")
    assertNotContains(client.get(page_of(event)), "/daftar/")


def test_a_dinas_is_offered_to_register_its_people(client):
    event, member = EventFactory(), UserFactory()
    DinasFactory(member=member)
    assertContains(client.get(page_of(event)), "Masuk untuk mendaftarkan rombongan")

    sign_in(client, member)
    assertContains(client.get(page_of(event)), "Daftarkan rombongan")

    sign_in(client, UserFactory())
    assertNotContains(client.get(page_of(event)), "rombongan")


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_however_much_is_there(
    client, number, django_assert_max_num_queries
):
    event = EventFactory(sessions=number, regions=[RegionFactory()])
    for session in event.sessions.all():
        SpeakerFactory.create_batch(number, session=session)
    for code in range(number):
        QuotaFactory(event=event, region=RegionFactory(code=f"15.0{code + 1}"))
    RegistrationFactory.create_batch(number, event=event)

    with django_assert_max_num_queries(7):
        client.get(page_of(event))


def test_no_event_takes_the_address_of_another_page():
    fixed = {str(page.pattern).partition("/")[0] for page in urlpatterns} - {""}

    assert {word for word in fixed if "<" not in word} == TAKEN_SLUGS
    with pytest.raises(ValidationError, match="sudah dipakai halaman lain"):
        EventFactory(slug="diklat").full_clean()


def test_an_officer_of_the_unit_finds_the_way_to_the_desk(client):
    registration = RegistrationFactory()
    event = registration.event
    sign_in(client, organizer(roles.BDI_ADMIN, event.unit))

    assertContains(client.get(page_of(event)), "Buka meja kegiatan")
    page = client.get(reverse("training:registration_detail", args=[registration.pk]))
    assertContains(page, "Buka di meja petugas")

    sign_in(client, organizer(roles.BDI_ADMIN, UnitFactory()))
    assertNotContains(client.get(page_of(event)), "Buka meja kegiatan")
