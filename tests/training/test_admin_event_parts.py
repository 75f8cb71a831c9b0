"""The parts of an event in its form: sessions, speakers, quotas, materials, questions."""

import pytest
import time_machine
from django.urls import reverse

from programs import roles
from tests.factories.programs import RegionFactory
from tests.factories.training import (
    NOW,
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
from tests.training.desk import at_work, page, words
from tests.training.event_forms import (
    ADD,
    as_it_stands,
    change,
    management,
    material,
    new_event,
    session_page,
)
from training.enums import EventStatus, TestOccasion
from training.models import Event, Material, Question, Speaker, TestAttempt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_time_of_registration():
    with time_machine.travel(NOW, tick=False):
        yield


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


def test_a_quota_added_later_has_room_for_those_who_are_in_already(client):
    jambi = RegionFactory(code="15.71", name="Kota Jambi")
    event = EventFactory(sessions=1)
    RegistrationFactory.create_batch(3, event=event, region=jambi)
    RegistrationFactory(event=event)
    at_work(client, event)
    rows = management(sessions=(1, 1), quotas=(1, 0))

    def add(places):
        row = quota(0, event=event.pk, region=jambi.province_id, places=places)
        return client.post(change(event), as_it_stands(event) | rows | row)

    assert "3 tempat sudah terisi. Tulis paling sedikit 3." in words(add("2"))
    assert not event.quotas.exists()

    add("3")
    assert (event.quotas.get().places, event.quotas.get().taken) == (3, 3)


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


def test_a_quota_under_which_somebody_registered_is_not_deleted(client):
    used = QuotaFactory(event__sessions=1)
    event = used.event
    unused = QuotaFactory(event=event, region=None, kind="IKM")
    RegistrationFactory(event=event, region_quota=used)
    at_work(client, event)
    rows = management(sessions=(1, 1), quotas=(2, 2))
    known = {"id": used.pk, "event": event.pk, "region": used.region_id, "places": "1"}
    other = {"id": unused.pk, "event": event.pk, "kind": "IKM", "places": "1"}

    refused = client.post(
        change(event),
        as_it_stands(event) | rows | quota(0, **known, DELETE="on") | quota(1, **other),
    )
    done = client.post(
        change(event),
        as_it_stands(event) | rows | quota(0, **known) | quota(1, **other, DELETE="on"),
    )

    assert refused.status_code == 200
    assert "Kuota ini sudah dipakai pendaftar. Ubah tempatnya, jangan dihapus." in words(refused)
    assert done.status_code == 302
    assert list(event.quotas.all()) == [used]
