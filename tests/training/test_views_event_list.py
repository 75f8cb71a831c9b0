"""The list of events, and the next of them on the home page; open to all."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories.programs import RegionFactory
from tests.factories.training import (
    DURING,
    NOW,
    STARTS_AT,
    EventFactory,
    RegistrationFactory,
    UnitFactory,
    bring_to,
)
from training.enums import EventStatus

pytestmark = pytest.mark.django_db
LIST = "/pelatihan/"


@pytest.fixture(autouse=True)
def _while_registration_is_open():
    with time_machine.travel(NOW, tick=False):
        yield


def titles(answer):
    return [event.title for _, events in answer.context["months"] for event, *_ in events]


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


@pytest.mark.parametrize(
    ("month", "found"),
    [
        ("2026-09", ["Akhir September", "Webinar ekspor", "Bimtek mesin", "Lokakarya batik"]),
        ("2026-10", ["Awal Oktober"]),
        ("2027-09", ["September tahun depan"]),
    ],
)
def test_a_month_is_that_of_one_year_by_the_clock_of_the_ministry(client, three, month, found):
    new_month = datetime(2026, 9, 30, 17, 0, tzinfo=UTC)  # 1 October, 00.00 WIB
    for title, starts_at in [
        ("Akhir September", new_month - timedelta(minutes=1)),
        ("Awal Oktober", new_month),
        ("September tahun depan", STARTS_AT.replace(year=2027)),
    ]:
        ends_at = starts_at + timedelta(hours=2)
        EventFactory(title=title, starts_at=starts_at, ends_at=ends_at, sessions=0)

    assert sorted(titles(client.get(LIST, {"bulan": month}))) == sorted(found)


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
