"""The list of events and the page of each, open to all."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from programs import roles
from tests.factories.programs import DinasFactory, RegionFactory, UserFactory
from tests.factories.training import (
    DURING,
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
LIST = "/pelatihan/"


@pytest.fixture(autouse=True)
def _while_registration_is_open():
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(event):
    return reverse("training:event_detail", args=[event.slug])


def titles(answer):
    return [event.title for _, events in answer.context["months"] for event, *_ in events]


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


# The list


def test_events_to_come_stand_by_month_the_next_first(client):
    later = STARTS_AT + timedelta(days=20)
    EventFactory(title="Oktober", starts_at=later, ends_at=later + timedelta(hours=2), sessions=0)
    EventFactory(title="September")
    bring_to(EventFactory(title="Dibatalkan"), EventStatus.CANCELLED)
    EventFactory(title="Konsep", status=EventStatus.DRAFT)

    page = client.get(LIST)

    assert titles(page) == ["September", "Oktober"]
    assertContains(page, "September 2026")


def test_what_is_over_or_called_off_is_behind_a_link(client):
    old = STARTS_AT - timedelta(days=40)
    EventFactory(
        title="Lama",
        status=EventStatus.ARCHIVED,
        starts_at=old,
        ends_at=old + timedelta(hours=2),
        sessions=0,
    )
    bring_to(EventFactory(title="Batal"), EventStatus.CANCELLED)
    EventFactory(title="Nanti")

    assertContains(client.get(LIST), 'href="?lalu"')
    assert titles(client.get(LIST, {"lalu": ""})) == ["Batal", "Lama"]


def test_postponed_events_stand_apart(client):
    bring_to(EventFactory(title="Bimtek yang ditunda"), EventStatus.POSTPONED)

    page = client.get(LIST)

    assert titles(page) == []
    assertContains(page, "Ditunda, menunggu jadwal baru")
    assertContains(page, "Bimtek yang ditunda")


@pytest.fixture
def three():
    """One for all, one for apparatus of Sumatera Barat, one for IKM of Bandung."""
    bandung = RegionFactory(code="32.73", name="Kota Bandung")
    webinar = EventFactory(title="Webinar ekspor", kind="WEBINAR", audience_kinds=["PUBLIC"])
    bimtek = EventFactory(
        title="Bimtek mesin",
        unit=UnitFactory(name="BDI Padang"),
        audience_kinds=["APPARATUS"],
        regions=[RegionFactory().province],
    )
    workshop = EventFactory(
        title="Lokakarya batik", kind="WORKSHOP", audience_kinds=["IKM"], regions=[bandung]
    )
    return webinar, bimtek, workshop


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"provinsi": "13"}, ["Webinar ekspor", "Bimtek mesin"]),
        ({"provinsi": "32"}, ["Webinar ekspor", "Lokakarya batik"]),
        ({"peserta": "APPARATUS"}, ["Webinar ekspor", "Bimtek mesin"]),
        ({"jenis": "WORKSHOP"}, ["Lokakarya batik"]),
        ({"bulan": "2026-09"}, ["Webinar ekspor", "Bimtek mesin", "Lokakarya batik"]),
        ({"q": "mesin bimtek"}, ["Bimtek mesin"]),
        ({"jenis": "WEBINAR", "provinsi": "32"}, ["Webinar ekspor"]),
    ],
)
def test_the_list_is_narrowed(client, three, query, found):
    assert titles(client.get(LIST, query)) == found


def test_a_filter_is_taken_away_by_its_chip(client, three):
    page = client.get(LIST, {"jenis": "WORKSHOP", "provinsi": "32", "halaman": "1"})

    assert page.context["chips"] == [
        ("Provinsi 32", "?jenis=WORKSHOP"),
        ("Lokakarya", "?provinsi=32"),
    ]
    assertContains(page, "1 kegiatan dengan saringan ini")


def test_the_unit_is_a_filter_too(client, three):
    _, bimtek, _ = three

    page = client.get(LIST, {"unit": bimtek.unit_id})

    assert titles(page) == ["Bimtek mesin"]
    assert [value for value, _ in page.context["chips"]] == ["BDI Padang"]


def test_nothing_found_says_what_to_do(client, three):
    page = client.get(LIST, {"q": "roket"})

    assertContains(page, "Tidak ada kegiatan yang cocok")
    assertContains(page, "Hapus semua saringan")


def test_an_unknown_value_narrows_nothing(client, three):
    page = client.get(LIST, {"jenis": "PESTA", "bulan": "kemarin", "halaman": "x"})

    assert len(titles(page)) == 3


def test_without_events_the_page_says_so(client):
    assertContains(client.get(LIST), "Belum ada kegiatan yang dijadwalkan")
    assertContains(client.get(LIST, {"lalu": ""}), "Belum ada kegiatan yang lewat")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_many_as_for_few(client, number, django_assert_num_queries):
    for _ in range(number):
        RegistrationFactory(event=EventFactory(regions=[RegionFactory()]))

    with django_assert_num_queries(6):
        client.get(LIST)


def test_many_events_come_page_by_page(client):
    EventFactory.create_batch(21, unit=UnitFactory())

    page = client.get(LIST, {"halaman": "2", "q": "Bimtek"})

    assert len(titles(page)) == 1
    assertContains(page, "21 kegiatan")
    assertContains(page, "?halaman=1&amp;q=Bimtek")


def test_a_running_event_is_still_in_the_list(client):
    bring_to(EventFactory(title="Berlangsung"), EventStatus.RUNNING)

    with time_machine.travel(DURING, tick=False):
        page = client.get(LIST)

    assert titles(page) == ["Berlangsung"]
    assertContains(page, "Sedang berlangsung")


def test_an_officer_of_the_unit_finds_the_way_to_the_desk(client):
    registration = RegistrationFactory()
    event = registration.event
    sign_in(client, organizer(roles.BDI_ADMIN, event.unit))

    assertContains(client.get(page_of(event)), "Buka meja kegiatan")
    page = client.get(reverse("training:registration_detail", args=[registration.pk]))
    assertContains(page, "Buka di meja petugas")

    sign_in(client, organizer(roles.BDI_ADMIN, UnitFactory()))
    assertNotContains(client.get(page_of(event)), "Buka meja kegiatan")


def test_the_home_page_shows_the_next_events(client):
    for number in range(4):
        EventFactory(title=f"Bimtek {number}", sessions=0, ends_at=STARTS_AT + timedelta(hours=2))

    page = client.get("/")

    assert [one.event.title for one in page.context["events"]] == [
        "Bimtek 0",
        "Bimtek 1",
        "Bimtek 2",
    ]
    assertContains(page, "Lihat semua pelatihan")


def test_the_home_page_is_silent_while_nothing_is_planned(client):
    assertNotContains(client.get("/"), "Kegiatan berikutnya")


def test_the_menu_leads_to_the_list(client):
    page = client.get(LIST)

    assertContains(page, f'<a href="{LIST}" aria-current="page">Pelatihan</a>', html=True)
    assertContains(page, f'<a href="{LIST}">Jadwal pelatihan</a>', html=True)
