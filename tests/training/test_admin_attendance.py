"""The attendance lists on the desk, and the screen that shows the code."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs import roles
from tests.factories.programs import officer
from tests.factories.training import (
    DURING,
    STARTS_AT,
    EventFactory,
    RegistrationFactory,
    UnitFactory,
    bring_to,
    organizer,
)
from tests.people import sign_in
from tests.qr_codes import code_of, codes_on_page
from tests.subsidies.desk import words
from tests.training.results_desk import address, holder
from training.check_in_codes import code_at
from training.enums import EventStatus
from training.models import Attendance, ZoomReport
from training.workflow import attendance

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return bring_to(EventFactory(), EventStatus.RUNNING)


@pytest.fixture
def session(event):
    return event.sessions.get(number=1)


@pytest.fixture
def during():
    with time_machine.travel(DURING, tick=False):
        yield


def people(event, *names):
    return [
        RegistrationFactory(event=event, name=name, institution=f"Dinas {name}") for name in names
    ]


def known(registration):
    row = Attendance.objects.filter(registration=registration).first()
    return row and (row.marked, row.is_present, row.mark_reason)


def send(client, event, session, page="attendance_mark", **data):
    return client.post(address(event, page, session.pk), data)


def shown(response):
    return [registration.name for registration, _ in response.context_data["rows"]]


def test_the_list_says_what_code_zoom_and_organizers_say(client, event, session, during):
    by_code, by_zoom, by_list, _ = people(event, "Ani", "Budi", "Cici", "Dedi")
    Attendance.objects.create(registration=by_code, session=session, checked_in_at=DURING)
    Attendance.objects.create(
        registration=by_zoom, session=session, zoom_minutes=80, zoom_suffices=True
    )
    person = holder(client, event, name="Ratna Wijaya")
    attendance.mark(session, {by_list: True}, by=person, now=DURING, reason="Terlambat masuk.")

    response = client.get(address(event, "attendance"))

    assert shown(response) == ["Ani", "Budi", "Cici", "Dedi"]
    text = words(response)
    assert "Ani Dinas Ani 09.05 WIB – – Hadir" in text
    assert "Budi Dinas Budi – 80 menit cukup – Hadir" in text
    assert "Cici Dinas Cici – – Hadir Ratna Wijaya, 09.05 WIB: Terlambat masuk. Hadir" in text
    assert "Dedi Dinas Dedi – – – Belum" in text
    assert "4 peserta 3 tercatat hadir 1 belum tercatat hadir" in text


def test_the_list_opens_at_the_session_that_takes_place(client, event):
    holder(client, event)

    with time_machine.travel(STARTS_AT - timedelta(hours=3), tick=False):
        page = client.get(address(event, "attendance"))
        assert page.context_data["session"].number == 1
        assert [one.number for one, _, _ in page.context_data["sessions"]] == [1, 2]
    with time_machine.travel(STARTS_AT + timedelta(hours=3), tick=False):
        assert client.get(address(event, "attendance")).context_data["session"].number == 2
        first = client.get(address(event, "attendance"), {"sesi": "1"})
        assert first.context_data["session"].number == 1


def test_an_event_without_sessions_says_what_to_do_first(client):
    event = EventFactory(sessions=0, status=EventStatus.DRAFT)
    holder(client, event)

    assert "Belum ada sesi" in words(client.get(address(event, "attendance")))


def test_people_are_searched_and_narrowed(client, event, session, during):
    ani, _, cici = people(event, "Ani", "Budi", "Cici")
    Attendance.objects.create(registration=ani, session=session, checked_in_at=DURING)
    ZoomReport.objects.create(session=session, lines=1)
    holder(client, event)

    def listed(**query):
        return shown(client.get(address(event, "attendance"), query))

    assert listed(q="dinas budi") == ["Budi"]
    assert listed(q=cici.user.email) == ["Cici"]
    assert listed(saring="hadir") == ["Ani"]
    assert listed(saring="belum") == ["Budi", "Cici"]
    # The code was typed, but Zoom never saw the person.
    assert listed(saring="berbeda") == ["Ani"]
    assert listed(saring="apa saja") == ["Ani", "Budi", "Cici"]
    ZoomReport.objects.all().delete()
    assert listed(saring="berbeda") == []


def test_the_list_is_opened_for_so_many_minutes_and_closed_again(client, event, session, during):
    holder(client, event)

    answer = send(client, event, session, "attendance_open", minutes="15", layar="1")

    assert answer.url == address(event, "check_in_screen", session.pk)
    session.refresh_from_db()
    assert session.check_in_closes_at == DURING + timedelta(minutes=15)
    assert "Terbuka sampai 09.20 WIB" in words(client.get(address(event, "attendance")))

    send(client, event, session, "attendance_close")

    session.refresh_from_db()
    assert not session.is_open_for_check_in(now=DURING + timedelta(seconds=2))


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        ("", "Tulis berapa menit daftar hadir dibuka, misalnya 20."),
        ("seperempat jam", "Tulis lamanya dengan angka, misalnya 20."),
        ("0", "Daftar hadir dibuka paling sedikit 1 menit."),
        ("1000", "Daftar hadir dibuka paling lama 240 menit."),
    ],
)
def test_how_long_is_a_number_of_minutes(client, event, session, during, minutes, sentence):
    holder(client, event)

    answer = send(client, event, session, "attendance_open", minutes=minutes)

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_list_of_tomorrow_is_not_opened_today(client, event, session):
    holder(client, event)

    with time_machine.travel(STARTS_AT - timedelta(days=1), tick=False):
        answer = send(client, event, session, "attendance_open", minutes="20")

    assert answer.status_code == 422
    assert "paling awal dibuka satu jam sebelum sesi dimulai" in words(answer)


def test_the_chosen_are_marked_and_the_filter_stays(client, event, session, during):
    ani, budi, cici = people(event, "Ani", "Budi", "Cici")
    holder(client, event)

    answer = send(
        client, event, session, peserta=[ani.pk, cici.pk], mark="hadir", kembali="?saring=belum"
    )

    assert answer.status_code == 302
    assert answer.url == f"{address(event, 'attendance')}?sesi=1&saring=belum"
    assert [known(one) for one in (ani, budi, cici)] == [
        (True, True, ""),
        None,
        (True, True, ""),
    ]


def test_all_that_the_filter_shows_can_be_marked_at_once(client, event, session, during):
    ani, budi, cici = people(event, "Ani", "Budi", "Cici")
    Attendance.objects.create(registration=ani, session=session, checked_in_at=DURING)
    holder(client, event)

    send(client, event, session, semua="1", mark="tidak-hadir", kembali="?saring=belum")

    assert [known(one) for one in (ani, budi, cici)] == [
        (None, True, ""),
        (False, False, ""),
        (False, False, ""),
    ]


def test_to_contradict_the_code_takes_a_reason_and_nothing_typed_is_lost(
    client, event, session, during
):
    ani, budi = people(event, "Ani", "Budi")
    Attendance.objects.create(registration=ani, session=session, checked_in_at=DURING)
    holder(client, event)

    answer = send(client, event, session, peserta=[ani.pk, budi.pk], mark="tidak-hadir")

    assert answer.status_code == 422
    assert "Tulis alasannya: kode atau laporan Zoom menunjukkan Ani hadir." in words(answer)
    assert answer.context_data["chosen"] == {str(ani.pk), str(budi.pk)}
    assert answer.context_data["mark_form"]["mark"].value() == "tidak-hadir"
    assert known(budi) is None

    send(
        client,
        event,
        session,
        peserta=[ani.pk],
        mark="tidak-hadir",
        reason="Kodenya dikirim teman.",
    )
    assert known(ani) == (False, False, "Kodenya dikirim teman.")

    send(client, event, session, peserta=[ani.pk], mark="hapus")
    assert known(ani) == (None, True, "")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"mark": "hadir"}, "Pilih dahulu peserta yang akan dicatat."),
        ({"mark": ""}, "Pilih dahulu: hadir, tidak hadir, atau tanpa catatan."),
        ({"mark": "hadir", "peserta": ["x", "99999"]}, "Pilih dahulu peserta"),
    ],
)
def test_a_mark_is_for_somebody(client, event, session, during, data, sentence):
    people(event, "Ani")
    holder(client, event)

    answer = send(client, event, session, **data)

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_concluded_results_are_not_marked_over(client, session, during):
    event = session.event
    (ani,) = people(event, "Ani")
    for status in (EventStatus.FINISHED, EventStatus.CONCLUDED):
        type(event).objects.filter(pk=event.pk).update(status=status)
    holder(client, event)

    assert "Hasil kegiatan ini sudah ditetapkan" in words(client.get(address(event, "attendance")))
    answer = send(client, event, session, peserta=[ani.pk], mark="hadir")
    assert answer.status_code == 422
    assert known(ani) is None


def test_what_was_typed_comes_back_after_signing_in_again(client, event, session, during):
    (ani,) = people(event, "Ani")
    person = holder(client, event)
    client.get(address(event, "attendance"))
    client.session.flush()

    send(client, event, session, peserta=[ani.pk], mark="tidak-hadir", reason="Kamera mati.")
    sign_in(client, person)
    answer = client.get(address(event, "attendance"))

    assert answer.context_data["mark_form"]["reason"].value() == "Kamera mati."
    assert answer.context_data["chosen"] == {str(ani.pk)}
    assert known(ani) is None


def test_participants_of_another_event_are_not_marked(client, event, session, during):
    stranger = RegistrationFactory(event=EventFactory())
    holder(client, event)

    assert send(client, event, session, peserta=[stranger.pk], mark="hadir").status_code == 422
    assert send(client, stranger.event, session, mark="hadir").status_code == 404
    other = stranger.event.sessions.first()
    assert send(client, event, other, mark="hadir").status_code == 404


def test_the_sheet_has_a_line_for_each_and_prints(client, event, session):
    people(event, "Cici", "Ani")
    holder(client, event)

    text = words(client.get(address(event, "attendance_sheet", session.pk)))

    assert "Ani" in text
    assert text.index("Ani") < text.index("Cici")
    assert "Tanda tangan" in text


# --- The screen ---------------------------------------------------------------------------------


def test_the_screen_shows_the_code_of_this_half_minute(client, event, session, settings):
    settings.BASE_URL = "https://bina.example"
    ani, _ = people(event, "Ani", "Budi")
    person = holder(client, event)
    attendance.open_check_in(session, by=person, now=DURING)
    Attendance.objects.create(registration=ani, session=session, checked_in_at=DURING)

    with time_machine.travel(DURING + timedelta(seconds=12), tick=False):
        response = client.get(address(event, "check_in_screen", session.pk))

    code = code_at(session.code_secret, session.pk, DURING + timedelta(seconds=12))
    text = words(response)
    assert f"{code[:3]} {code[3:]}" in text
    assert "Berganti dalam 18 detik. Daftar hadir ditutup pukul 09.25 WIB." in text
    assert "1 dari 2 peserta tercatat hadir" in text
    assert f"bina.example/pelatihan/{event.slug}/hadir" in text
    assert 'class="qr"' in response.text
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in response.text
    assert session.code_secret not in response.text
    assert "style=" not in response.text


def test_its_code_leads_a_participant_to_the_list_with_the_code_filled_in(
    client, event, session, settings
):
    settings.BASE_URL = "https://bina.example"
    (ani,) = people(event, "Ani")
    attendance.open_check_in(session, by=holder(client, event), now=DURING)

    with time_machine.travel(DURING, tick=False):
        screen = client.get(address(event, "check_in_screen", session.pk))
        code = code_at(session.code_secret, session.pk, DURING)
        list_page = f"/pelatihan/{event.slug}/hadir/?sesi=1&kode={code}"
        assert codes_on_page(screen.text) == [code_of(f"https://bina.example{list_page}")]

        sign_in(client, ani.user)
        field = client.get(list_page).context["form"]["kode"]

    assert field.value() == code


def test_the_screen_renews_only_its_middle_where_scripts_run(client, event, session):
    person = holder(client, event)
    attendance.open_check_in(session, by=person, now=DURING)

    with time_machine.travel(DURING, tick=False):
        response = client.get(
            address(event, "check_in_screen", session.pk), headers={"HX-Request": "true"}
        )

    assert response.text.lstrip().startswith('<div id="kode"')
    assert "<html" not in response.text


@pytest.mark.parametrize(
    ("opened", "at", "sentence"),
    [
        (None, DURING, "Daftar hadir belum dibuka"),
        (DURING, DURING + timedelta(minutes=30), "Daftar hadir ditutup pukul 09.25 WIB"),
    ],
)
def test_there_is_no_code_outside_the_window(client, event, session, opened, at, sentence):
    person = holder(client, event)
    if opened:
        attendance.open_check_in(session, by=person, now=opened)

    with time_machine.travel(at, tick=False):
        response = client.get(address(event, "check_in_screen", session.pk))

    assert sentence in words(response)
    assert not re.search(r"\b\d{3} \d{3}\b", words(response))


# --- Who ----------------------------------------------------------------------------------------


def test_an_auditor_reads_the_lists_and_never_the_code(client, event, session, during):
    (ani,) = people(event, "Ani")
    sign_in(client, officer(roles.AUDITOR))

    page = client.get(address(event, "attendance"))

    assert page.status_code == 200
    assert 'method="post" action="/admin/training' not in page.text
    assert client.get(address(event, "attendance_sheet", session.pk)).status_code == 200
    assert client.get(address(event, "check_in_screen", session.pk)).status_code == 403
    for name in ("attendance_open", "attendance_close", "attendance_mark"):
        answer = send(client, event, session, name, minutes="20", mark="hadir", peserta=[ani.pk])
        assert answer.status_code == 403, name
    assert known(ani) is None


@pytest.mark.parametrize(
    "page",
    ["attendance", "attendance_open", "attendance_close", "attendance_mark", "attendance_sheet",
     "check_in_screen"],
)  # fmt: skip
def test_officers_of_another_unit_find_nothing(client, event, session, page):
    sign_in(client, organizer(roles.BDI_ADMIN, UnitFactory()))
    more = [] if page == "attendance" else [session.pk]

    for method in (client.get, client.post):
        assert method(address(event, page, *more)).status_code in {404, 405}


def queries_of(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_pages_cost_the_same_for_one_and_for_many(client, event, session, during):
    holder(client, event)
    paths = [
        address(event, "attendance"),
        address(event, "attendance_sheet", session.pk),
        address(event, "check_in_screen", session.pk),
    ]
    people(event, "Ani")
    for path in paths:
        client.get(path)
    before = [queries_of(client, path) for path in paths]

    for one in people(event, *(f"Orang {n}" for n in range(12))):
        Attendance.objects.create(registration=one, session=session, checked_in_at=DURING)

    assert [queries_of(client, path) for path in paths] == before
    assert max(before) <= 15, before


def test_hundreds_of_people_come_page_by_page(client, during):
    event = bring_to(EventFactory(capacity=120), EventStatus.RUNNING)
    people(event, *(f"Orang {n:03d}" for n in range(105)))
    holder(client, event)

    second = client.get(address(event, "attendance"), {"halaman": "2"})

    assert shown(second) == [f"Orang {n:03d}" for n in range(100, 105)]
