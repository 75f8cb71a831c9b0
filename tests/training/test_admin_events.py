"""Preparing events in the admin: the list, the form, and who may."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs import roles
from programs.models import Program
from tests.factories.programs import RegionFactory, officer
from tests.factories.training import (
    NOW,
    EventFactory,
    RegistrationFactory,
    UnitFactory,
    organizer,
)
from tests.people import sign_in
from tests.programs.test_admin import ENGLISH, Words
from tests.training.desk import ORGANIZERS, at_work, event_list, page, words
from tests.training.event_forms import (
    ADD,
    change,
    new_event,
    session_page,
)
from training.enums import EventStatus
from training.models import Event, Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_time_of_registration():
    with time_machine.travel(NOW, tick=False):
        yield


# --- The list ----------------------------------------------------------------------------------


def titles(client, query=""):
    return {event.title for event in client.get(event_list() + query).context["cl"].result_list}


def test_officers_find_their_own_units_events_and_no_others(client):
    own = EventFactory(title="Bimtek Padang")
    EventFactory(title="Bimtek Makassar")
    at_work(client, own)

    assert titles(client) == {"Bimtek Padang"}


@pytest.mark.parametrize("role", [roles.BPSDMI_OFFICER, roles.AUDITOR])
def test_some_see_the_events_of_all_units(client, role):
    EventFactory(title="Bimtek Padang")
    EventFactory(title="Bimtek Makassar")
    sign_in(client, officer(role))

    assert titles(client) == {"Bimtek Padang", "Bimtek Makassar"}


def test_a_row_says_where_the_event_stands_and_leads_to_its_desk(client):
    event = EventFactory(title="Bimtek Padang", capacity=2)
    RegistrationFactory.create_batch(2, event=event)
    RegistrationFactory(event=event, status="WAITING")
    at_work(client, event)

    answer = client.get(event_list())

    assert f'href="{page(event)}?' in answer.text or f'href="{page(event)}"' in answer.text
    shown = words(answer)
    for part in ("Bimtek Padang", "21 September 2026", "Pendaftaran dibuka", "2 dari 2"):
        assert part in shown
    assert answer.context["cl"].result_list[0].in_line == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=batik", {"Webinar batik"}),
        ("?status__exact=DRAFT", {"Webinar batik"}),
        ("?kind__exact=WEBINAR", {"Webinar batik"}),
        ("?tahun=2026", {"Bimtek Padang"}),
        ("?tahun=2025", set()),
        ("?wilayah=13", {"Bimtek Padang"}),
        ("?wilayah=32", {"Webinar batik"}),
    ],
)
def test_the_list_is_narrowed(client, query, found):
    sumatra = RegionFactory(code="13.75", name="Kota Bukittinggi")
    bandung = RegionFactory(code="32.73", name="Kota Bandung")
    event = EventFactory(title="Bimtek Padang", regions=[sumatra.province])
    EventFactory(
        unit=event.unit,
        title="Webinar batik",
        kind="WEBINAR",
        status="DRAFT",
        sessions=0,
        starts_at=None,
        ends_at=None,
        place_region=bandung,
    )
    at_work(client, event)

    assert titles(client, query) == found


def test_who_looks_after_all_units_narrows_by_unit(client):
    event = EventFactory(title="Bimtek Padang")
    EventFactory(title="Bimtek Makassar")
    sign_in(client, officer(roles.BPSDMI_OFFICER))

    assert titles(client, f"?unit={event.unit_id}") == {"Bimtek Padang"}


def test_the_list_asks_as_often_for_three_as_for_one(client):
    event = EventFactory()
    at_work(client, event)
    client.get(event_list())
    with CaptureQueriesContext(connection) as for_one:
        client.get(event_list())
    EventFactory.create_batch(2, unit=event.unit)

    with CaptureQueriesContext(connection) as for_three:
        client.get(event_list())

    assert len(for_three) == len(for_one) <= 15


@pytest.mark.parametrize(
    "role", [roles.BDI_ADMIN, roles.EDUCATION_UNIT_ADMIN, roles.BPSDMI_OFFICER]
)
def test_organizers_begin_their_day_at_the_events(client, role):
    sign_in(client, officer(role))

    assert client.get(reverse("admin:index")).url == event_list()


# --- Writing a new one ---------------------------------------------------------------------------


@pytest.mark.parametrize("role", ORGANIZERS)
def test_an_officer_writes_a_new_event_as_people_write(client, role):
    unit = UnitFactory()
    sign_in(client, organizer(role, unit))

    answer = client.post(reverse(ADD), new_event(unit))

    event = Event.objects.get()
    assert answer.url == page(event)
    assert event.status == EventStatus.DRAFT
    assert event.slug == "bimtek-regional-2-tahun-2026"
    assert event.online_url == "https://zoom.example/j/123"
    assert event.opens_at == datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
    assert event.closes_at == datetime(2026, 9, 18, 9, 0, tzinfo=UTC)
    session = event.sessions.get()
    assert (session.number, session.jp) == (1, 3)
    assert (event.starts_at, event.ends_at) == (session.starts_at, session.ends_at)
    assert session.ends_at - session.starts_at == timedelta(minutes=150)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Isi judul."),
        ({"opens_at": "besok"}, "Tulis hari dan jam seperti 17/08/2026 09.30."),
        ({"closes_at": "01/08/2026 08.00"}, "Pendaftaran harus ditutup sesudah dibuka."),
        ({"capacity": "0"}, "Sediakan paling sedikit satu tempat."),
        ({"certificate_code": ""}, "Isi kode kegiatan untuk nomor sertifikat."),
        ({"posttest_minimum": "70"}, "Nilai paling sedikit hanya berarti bila ada tes akhir."),
        (
            {"posttest_minimum": "120", "has_posttest": "on"},
            "Tulis nilai paling banyak 100.",
        ),
        ({"sessions_percent": "0"}, "Tulis persentase dari 1 sampai 100."),
        ({"sessions-0-ends_at": "21/09/2026 08.00"}, "Sesi harus selesai sesudah mulai."),
        ({"sessions-0-starts_at": ""}, "Isi mulai"),
        ({"slug": "bimtek-lama"}, "Alamat ini sudah dipakai kegiatan lain. Tambahkan tahunnya."),
    ],
)
def test_what_cannot_be_is_explained_and_nothing_is_lost(client, changes, sentence):
    old = EventFactory(slug="bimtek-lama")
    at_work(client, old)

    answer = client.post(reverse(ADD), new_event(old.unit, **changes))

    assert answer.status_code == 200
    assert sentence in words(answer)
    assert "Dua hari bagi aparatur dinas." in answer.text
    assert Event.objects.count() == 1


def test_a_second_press_makes_no_second_event(client):
    unit = UnitFactory()
    sign_in(client, organizer(roles.BDI_ADMIN, unit))

    client.post(reverse(ADD), new_event(unit))
    client.post(reverse(ADD), new_event(unit))

    assert Event.objects.count() == 1


def test_events_are_held_for_the_own_unit_alone(client):
    own, other = UnitFactory(), UnitFactory()
    sign_in(client, organizer(roles.BDI_ADMIN, own))

    form = client.get(reverse(ADD))
    answer = client.post(reverse(ADD), new_event(other))

    assert f'value="{own.pk}" selected' in form.text
    assert other.name not in form.text
    assert answer.status_code == 200
    assert not Event.objects.exists()


def test_bpsdmi_holds_events_for_every_unit(client):
    sign_in(client, officer(roles.BPSDMI_OFFICER))

    client.post(reverse(ADD), new_event(UnitFactory()))

    assert Event.objects.exists()


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.SYSTEM_ADMIN, roles.PPK])
def test_who_holds_no_events_writes_none(client, role):
    sign_in(client, officer(role))

    assert client.get(reverse(ADD)).status_code == 403


def test_a_program_that_has_ended_is_offered_no_more(client):
    unit = UnitFactory()
    sign_in(client, organizer(roles.BDI_ADMIN, unit))
    Program.objects.create(slug="lama", name="Program lama", summary="Sudah selesai", is_active=0)
    Program.objects.create(slug="baru", name="Program baru", summary="Masih berjalan")

    form = client.get(reverse(ADD)).text

    assert "Program baru" in form
    assert "Program lama" not in form


# --- Language and policy -------------------------------------------------------------------------


def test_the_forms_speak_indonesian_and_need_no_exception(client):
    event = EventFactory()
    at_work(client, event)

    for path in [
        event_list(),
        reverse(ADD),
        change(event),
        session_page(event.sessions.first()),
        reverse("admin:training_series_add"),
        reverse("admin:training_registration_changelist"),
    ]:
        answer = client.get(path)
        english = {one for one in Words(answer.text).found if ENGLISH.search(one)}
        assert english == set(), path
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_sessions_have_no_list_of_their_own(client):
    at_work(client, EventFactory())

    assert client.get(reverse("admin:training_session_changelist")).url == event_list()
    assert Session.objects.exists()
