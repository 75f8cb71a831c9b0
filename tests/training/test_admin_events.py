"""Preparing events in the admin: the list, the form with its parts, and who may."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs import roles
from programs.models import Notification, Program
from tests.factories.programs import RegionFactory, officer
from tests.factories.training import (
    NOW,
    STARTS_AT,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
    SpeakerFactory,
    UnitFactory,
    bring_to,
    organizer,
)
from tests.people import sign_in
from tests.programs.evil_files import pdf, upload
from tests.programs.test_admin import ENGLISH, Words
from tests.training.desk import ORGANIZERS, at_work, event_list, page, typed, words
from training.enums import EventStatus, TestOccasion
from training.models import Event, Material, Question, Session, Speaker, TestAttempt

pytestmark = pytest.mark.django_db

PARTS = ["sessions", "quotas", "materials", "questions"]
ADD = "admin:training_event_add"


@pytest.fixture(autouse=True)
def _at_the_time_of_registration():
    with time_machine.travel(NOW, tick=False):
        yield


def change(event):
    return reverse("admin:training_event_change", args=[event.pk])


def management(**rows):
    """The hidden fields of the parts: how many rows are sent, how many stood there before."""
    fields = {}
    for name in PARTS:
        total, known = rows.get(name, (0, 0))
        fields |= {f"{name}-TOTAL_FORMS": total, f"{name}-INITIAL_FORMS": known}
    return fields


def new_event(unit, **changes):
    """A Bimtek with one session, as an officer types it."""
    return {
        **management(sessions=(1, 0)),
        "unit": unit.pk,
        "kind": "BIMTEK",
        "title": "Bimtek Regional 2 Tahun 2026",
        "slug": "",
        "summary": "Dua hari bagi aparatur dinas.",
        "contact": "Panitia BDI, (0751) 000 0000",
        "mode": "ONLINE",
        "online_url": "zoom.example/j/123",
        "audience_kinds": ["APPARATUS"],
        "capacity": "100",
        "has_waiting_list": "on",
        "opens_at": "01/09/2026 08.00",
        "closes_at": "18 September 2026 pukul 16.00 WIB",
        "gives_certificate": "on",
        "certificate_code": "BIMTEK",
        "session_minutes_percent": "80",
        "sessions_percent": "80",
        "sessions-0-title": "Kebijakan IKM",
        "sessions-0-starts_at": "21/09/2026 09.00",
        "sessions-0-ends_at": "21/09/2026 12.30 WITA",
        **changes,
    }


def as_it_stands(event, **changes):
    """An announced event as its form sends it back unchanged, but for ``changes``."""
    sessions = list(event.sessions.order_by("starts_at", "number"))
    values = management(sessions=(len(sessions), len(sessions)))
    for row, session in enumerate(sessions):
        values |= {
            f"sessions-{row}-id": session.pk,
            f"sessions-{row}-event": event.pk,
            f"sessions-{row}-number": session.number,
            f"sessions-{row}-title": session.title,
            f"sessions-{row}-starts_at": typed(session.starts_at),
            f"sessions-{row}-ends_at": typed(session.ends_at),
            f"sessions-{row}-jp": session.jp,
        }
    return {
        **values,
        "unit": event.unit_id,
        "kind": event.kind,
        "title": event.title,
        "slug": event.slug,
        "summary": event.summary,
        "contact": event.contact,
        "mode": event.mode,
        "online_url": event.online_url,
        "place": event.place,
        "capacity": event.capacity,
        "has_waiting_list": "on",
        "opens_at": typed(event.opens_at),
        "closes_at": typed(event.closes_at),
        "gives_certificate": "on",
        "certificate_code": event.certificate_code,
        "session_minutes_percent": "80",
        "sessions_percent": "80",
        **changes,
    }


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


# --- Parts ---------------------------------------------------------------------------------------


def test_sessions_get_their_numbers_and_no_number_stands_twice(client):
    unit = UnitFactory()
    sign_in(client, organizer(roles.BDI_ADMIN, unit))
    second = {
        "sessions-1-title": "Pemasaran",
        "sessions-1-starts_at": "21/09/2026 13.00",
        "sessions-1-ends_at": "21/09/2026 15.00",
    }

    twice = client.post(
        reverse(ADD),
        new_event(
            unit,
            **management(sessions=(2, 0)),
            **second,
            **{"sessions-0-number": "1", "sessions-1-number": "1"},
        ),
    )
    client.post(reverse(ADD), new_event(unit, **management(sessions=(2, 0)), **second))

    assert "Nomor 1 sudah dipakai baris lain." in words(twice)
    event = Event.objects.get()
    assert list(event.sessions.values_list("number", "title")) == [
        (1, "Kebijakan IKM"),
        (2, "Pemasaran"),
    ]


def quota(row, **values):
    return {f"quotas-{row}-{name}": value for name, value in values.items()}


def test_quotas_are_for_a_region_or_a_kind(client):
    unit, region = UnitFactory(), RegionFactory()
    sign_in(client, organizer(roles.BDI_ADMIN, unit))
    rows = management(sessions=(1, 0), quotas=(2, 0))
    by_region = quota(0, region=region.pk, places="10")
    by_kind = quota(1, kind="IKM", places="5")

    both = quota(1, region=region.pk, kind="IKM", places="5")
    twice = quota(1, region=region.pk, places="5")
    for wrong, sentence in [
        (both, "Pilih satu wilayah atau satu jenis peserta, jangan keduanya."),
        (twice, "Kuota ini ada dua kali."),
    ]:
        answer = client.post(reverse(ADD), new_event(unit, **rows, **by_region, **wrong))
        assert sentence in words(answer)
    client.post(reverse(ADD), new_event(unit, **rows, **by_region, **by_kind))

    assert set(Event.objects.get().quotas.values_list("region", "kind", "places")) == {
        (region.pk, "", 10),
        (None, "IKM", 5),
    }


def test_a_quota_is_not_made_smaller_than_what_is_taken(client):
    quota_ = QuotaFactory(places=2, event__sessions=1)
    event = quota_.event
    RegistrationFactory.create_batch(2, event=event, region_quota=quota_)
    at_work(client, event)
    rows = management(sessions=(1, 1), quotas=(1, 1))
    row = quota(0, id=quota_.pk, event=event.pk, region=quota_.region_id, places="1")

    answer = client.post(change(event), as_it_stands(event) | rows | row)

    assert "2 tempat sudah terisi. Tulis paling sedikit 2." in words(answer)


def material(row, **values):
    return {f"materials-{row}-{name}": value for name, value in values.items()}


def test_materials_are_files_or_links(client):
    event = EventFactory(sessions=1)
    person = at_work(client, event)
    rows = management(sessions=(1, 1), materials=(2, 0))
    paper = material(0, title="Paparan", file=upload(pdf(), "paparan.pdf"))
    video = material(1, title="Rekaman", url="https://youtu.example/abc")

    client.post(change(event), as_it_stands(event) | rows | paper | video)

    kept, linked = event.materials.all()
    assert (kept.document.name, kept.document.uploaded_by) == ("paparan.pdf", person)
    assert (linked.url, linked.document) == ("https://youtu.example/abc", None)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {"title": "Paparan", "url": "https://a.example", "file": True},
            "Unggah berkas atau isi tautan, jangan keduanya.",
        ),
        ({"title": "Paparan"}, "Unggah satu berkas atau isi satu tautan."),
    ],
)
def test_a_material_is_one_thing(client, row, sentence):
    event = EventFactory(sessions=1)
    at_work(client, event)
    if row.get("file"):
        row = row | {"file": upload(pdf(), "paparan.pdf")}
    rows = management(sessions=(1, 1), materials=(1, 0))

    answer = client.post(change(event), as_it_stands(event) | rows | material(0, **row))

    assert sentence in words(answer)
    assert not Material.objects.exists()


def question(row, **values):
    return {f"questions-{row}-{name}": value for name, value in values.items()}


def test_a_question_has_its_options_one_a_line(client):
    event = EventFactory(sessions=1)
    at_work(client, event)
    rows = management(sessions=(1, 1), questions=(1, 0))
    asked = question(0, text="Berapa JP?", options="20\r\n 30 \r\n\r\n40", correct="1")

    client.post(change(event), as_it_stands(event) | rows | asked)

    assert list(Question.objects.values_list("number", "options", "correct")) == [
        (1, ["20", "30", "40"], 1)
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"options": "20"}, "Tulis 2 sampai 8 pilihan, satu per baris. Anda menulis 1."),
        ({"options": "20\n20"}, "Ada pilihan yang tertulis dua kali."),
        ({"correct": "3"}, "Tulis urutan pilihan yang benar, dari 1 sampai 2."),
    ],
)
def test_a_question_without_its_answer_is_explained(client, values, sentence):
    event = EventFactory(sessions=1)
    at_work(client, event)
    rows = management(sessions=(1, 1), questions=(1, 0))
    asked = question(0, **({"text": "Berapa?", "options": "20\n30", "correct": "1"} | values))

    answer = client.post(change(event), as_it_stands(event) | rows | asked)

    assert sentence in words(answer)


def test_what_somebody_has_answered_is_not_asked_differently(client):
    event = EventFactory(sessions=1, has_pretest=True)
    event.questions.create(number=1, text="Berapa?", options=["20", "30"], correct=1)
    TestAttempt.objects.create(
        registration=RegistrationFactory(event=event),
        occasion=TestOccasion.PRE,
        answers={},
        score=0,
    )
    at_work(client, event)

    assert 'name="questions-0-text"' not in client.get(change(event)).text


def session_page(session):
    return reverse("admin:training_session_change", args=[session.pk])


def speaker(**values):
    rows = {"speakers-TOTAL_FORMS": 1, "speakers-INITIAL_FORMS": 0}
    return rows | {f"speakers-0-{name}": value for name, value in values.items()}


def test_speakers_stand_on_the_page_of_their_session(client):
    event = EventFactory(sessions=1)
    session = event.sessions.get()
    at_work(client, event)

    answer = client.post(
        session_page(session), speaker(role="MODERATOR", name="Dr. Siti Rahmah, S.T.")
    )

    assert answer.url == page(event)
    assert session.speakers.get().name == "Dr. Siti Rahmah, S.T."
    assert "Dr. Siti Rahmah, S.T. (moderator)" in words(client.get(page(event)))


def test_nobody_names_speakers_at_another_units_session(client):
    session = EventFactory(sessions=1).sessions.get()
    at_work(client, EventFactory())

    client.post(session_page(session), speaker(role="SPEAKER", name="Orang lain"))

    assert not Speaker.objects.exists()


def test_speakers_may_change_on_the_day_but_those_rated_stay(client):
    event = bring_to(EventFactory(sessions=1), EventStatus.RUNNING)
    session = event.sessions.get()
    SpeakerFactory(session=session)
    at_work(client, event)

    form = client.get(session_page(session)).text

    assert 'name="speakers-0-name"' in form
    assert 'name="speakers-0-DELETE"' not in form
    for status in ("FINISHED", "CONCLUDED"):
        Event.objects.filter(pk=event.pk).update(status=status)
    assert 'name="speakers-0-name"' not in client.get(session_page(session)).text


# --- Changing one --------------------------------------------------------------------------------


def test_a_change_of_what_people_planned_by_is_told_to_them(client):
    event = EventFactory()
    registration = RegistrationFactory(event=event)
    RegistrationFactory(event=event, status="WITHDRAWN")
    person = at_work(client, event)

    answer = client.post(
        change(event),
        as_it_stands(event, **{"sessions-0-starts_at": typed(STARTS_AT - timedelta(hours=1))}),
        follow=True,
    )

    event.refresh_from_db()
    assert event.starts_at == STARTS_AT - timedelta(hours=1)
    assert "1 pendaftar diberi tahu tentang perubahan ini." in words(answer)
    assert list(event.history.values_list("action", "actor")) == [("change", person.pk)]
    assert list(Notification.objects.values_list("recipient", flat=True)) == [registration.user_id]


def test_a_change_of_something_else_is_told_to_nobody(client):
    event = EventFactory()
    RegistrationFactory(event=event)
    at_work(client, event)

    client.post(change(event), as_it_stands(event, contact="Panitia baru, 0751 1"))

    event.refresh_from_db()
    assert event.contact == "Panitia baru, 0751 1"
    assert not event.history.exists()
    assert not Notification.objects.exists()


def test_more_places_let_the_waiting_list_move_up(client):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, status="WAITING")
    at_work(client, event)

    client.post(change(event), as_it_stands(event, capacity="2"))

    waiting.refresh_from_db()
    assert waiting.status == "ACCEPTED"


def test_an_edit_leaves_the_counters_to_the_database(client):
    event = EventFactory(capacity=5)
    at_work(client, event)

    with CaptureQueriesContext(connection) as asked:
        client.post(change(event), as_it_stands(event, capacity="6"))

    sql = [one["sql"] for one in asked]
    held = [statement for statement in sql if "FOR NO KEY UPDATE" in statement]
    saved = [one for one in sql if one.startswith('UPDATE "training_event" SET "capacity"')]
    assert held
    assert len(saved) == 1
    assert '"taken"' not in saved[0]


def test_there_are_never_fewer_places_than_participants(client):
    event = EventFactory(capacity=5)
    RegistrationFactory.create_batch(2, event=event)
    at_work(client, event)

    answer = client.post(change(event), as_it_stands(event, capacity="1"))

    assert "2 peserta sudah mendapat tempat. Tulis paling sedikit 2." in words(answer)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"sessions-0-DELETE": "on", "sessions-1-DELETE": "on"},
            "Kegiatan yang diumumkan harus memiliki sesi.",
        ),
        (
            {"closes_at": "30/09/2026 08.00"},
            "Pendaftaran harus ditutup sebelum sesi terakhir selesai.",
        ),
        ({"mode": "PLACE"}, "Isi tempat kegiatan: acara ini tidak hanya daring."),
    ],
)
def test_what_was_announced_stays_an_event(client, changes, sentence):
    event = EventFactory()
    at_work(client, event)

    answer = client.post(change(event), as_it_stands(event, **changes))

    assert sentence in words(answer)
    assert event.sessions.count() == 2


def test_address_and_unit_stand_once_the_event_is_announced(client):
    event = EventFactory()
    at_work(client, event)

    client.post(change(event), as_it_stands(event, slug="alamat-lain", unit=UnitFactory().pk))

    unchanged = Event.objects.get(pk=event.pk)
    assert (unchanged.slug, unchanged.unit) == (event.slug, event.unit)


@pytest.mark.parametrize(
    "status", [EventStatus.RUNNING, EventStatus.FINISHED, EventStatus.POSTPONED]
)
def test_once_it_began_only_contact_link_figures_and_materials_change(client, status):
    event = bring_to(EventFactory(), status)
    at_work(client, event)
    values = as_it_stands(
        event,
        title="Judul lain",
        capacity="500",
        contact="Panitia baru, 0751 1",
        online_url="https://youtu.example/live",
        views="1200",
        **management(sessions=(2, 2), materials=(1, 0)),
        **material(0, title="Rekaman", url="https://youtu.example/abc"),
    )

    client.post(change(event), values)

    saved = Event.objects.get(pk=event.pk)
    assert (saved.title, saved.capacity) == (event.title, event.capacity)
    assert (saved.contact, saved.online_url) == (
        "Panitia baru, 0751 1",
        "https://youtu.example/live",
    )
    assert saved.views == (0 if status == EventStatus.POSTPONED else 1200)
    assert saved.materials.count() == 1


@pytest.mark.parametrize("status", [EventStatus.ARCHIVED, EventStatus.CANCELLED])
def test_what_is_over_is_only_read(client, status):
    event = bring_to(EventFactory(), status)
    at_work(client, event)

    assert client.get(change(event)).status_code == 200
    assert client.post(change(event), as_it_stands(event, title="Lain")).status_code == 403
    assert Event.objects.get(pk=event.pk).title == event.title


def test_another_units_event_does_not_exist(client):
    event = EventFactory()
    at_work(client, EventFactory())

    assert client.get(change(event), follow=True).redirect_chain
    client.post(change(event), as_it_stands(event, title="Lain"))
    assert Event.objects.get(pk=event.pk).title == event.title


def test_an_auditor_reads_the_form_and_changes_nothing(client):
    event = EventFactory()
    sign_in(client, officer(roles.AUDITOR))

    assert client.get(change(event)).status_code == 200
    assert client.post(change(event), as_it_stands(event, title="Lain")).status_code == 403


def test_a_draft_that_nothing_was_done_with_can_be_thrown_away(client):
    draft, announced = EventFactory(status="DRAFT"), EventFactory()
    for event in (draft, announced):
        at_work(client, event)
        client.post(reverse("admin:training_event_delete", args=[event.pk]), {"post": "yes"})

    assert list(Event.objects.all()) == [announced]


def test_the_form_asks_as_often_for_many_sessions_as_for_few(client):
    few, many = EventFactory(sessions=1), EventFactory(sessions=6)
    counts = []
    for event in (few, few, many):
        at_work(client, event)
        with CaptureQueriesContext(connection) as asked:
            client.get(change(event))
        counts.append(len(asked))

    assert counts[1] == counts[2]


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
