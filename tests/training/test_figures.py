"""The figures that the ministry reports: what is counted, for whom, and what it costs."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from programs import roles
from tests.factories.diklat import BatchFactory, TraineeFactory
from tests.factories.programs import OrganizationFactory, RegionFactory, UserFactory, officer
from tests.factories.training import (
    DURING,
    STARTS_AT,
    EventFactory,
    RegistrationFactory,
    SpeakerFactory,
    UnitFactory,
    bring_to,
    organizer,
)
from tests.people import body_of, sign_in
from tests.subsidies.desk import words
from training.diklat_enums import BatchStatus, TraineeStatus
from training.enums import (
    ASPECTS_OF_THE_EVENT,
    AudienceKind,
    EventKind,
    EventStatus,
    RegistrationStatus,
)
from training.figures import DEFINITIONS, GROUPINGS, Figures, held, sheet, table
from training.models import (
    Attendance,
    Evaluation,
    EvaluationScore,
    Event,
    Registration,
    TestAttempt,
)

pytestmark = pytest.mark.django_db
PAGE, EXPORT = "admin:training_figures", "admin:training_figures_export"


@pytest.fixture
def places():
    return {
        "bukittinggi": RegionFactory(),
        "padang": RegionFactory(code="13.71", name="Kota Padang"),
        "jambi": RegionFactory(code="15.71", name="Kota Jambi"),
    }


def running(**details):
    return bring_to(EventFactory(**details), EventStatus.RUNNING)


def total(events=None, grouping="kegiatan"):
    return table(held(Event.objects.all() if events is None else events), grouping).total


def lines(grouping):
    found = table(held(Event.objects.all()), grouping).lines
    return {line.label: line.figures for line in found}


def comes(registration, sessions=1):
    for session in registration.event.sessions.all()[:sessions]:
        Attendance.objects.create(registration=registration, session=session, checked_in_at=DURING)
    return registration


def test_only_events_that_take_place_are_told_of():
    for status in EventStatus:
        if status in (EventStatus.DRAFT, EventStatus.CANCELLED, EventStatus.POSTPONED):
            EventFactory(status=status)
        elif status in (EventStatus.OPEN, EventStatus.CLOSED):
            RegistrationFactory(event=EventFactory(status=status))
        else:
            bring_to(EventFactory(), status)

    assert total().events == 4
    assert total().participants == 0


def test_participants_hold_a_place_and_people_are_counted_once(places):
    first, second = running(), running()
    both = UserFactory()
    for event in (first, second):
        RegistrationFactory(event=event, user=both, region=places["padang"])
    RegistrationFactory(event=first, region=places["bukittinggi"])
    RegistrationFactory(event=first, status=RegistrationStatus.WAITING, region=places["jambi"])

    found = total()

    assert (found.participants, found.people, found.areas) == (3, 2, 2)


def test_a_province_is_no_kabupaten(places):
    event = running()
    RegistrationFactory(event=event, region=places["padang"].province)
    RegistrationFactory(event=event, region=places["padang"])
    RegistrationFactory(event=event, region=None)

    assert total().areas == 1
    assert {label: one.participants for label, one in lines("wilayah").items()} == {
        "Sumatera Barat": 2,
        "Tanpa wilayah": 1,
    }


def test_who_came_to_one_session_has_attended():
    event = running()
    comes(RegistrationFactory(event=event), sessions=2)
    RegistrationFactory(event=event)
    absent = comes(RegistrationFactory(event=event))
    Attendance.objects.filter(registration=absent).update(
        marked=False, marked_by=absent.user, marked_at=DURING, mark_reason="Titip kode."
    )

    assert total().attended == 1


def test_companies_are_told_apart_by_register_or_by_name():
    event = running()
    firm = OrganizationFactory()
    company = {"event": event, "kind": AudienceKind.COMPANY}
    for details in (
        {"organization": firm},
        {"organization": firm, "institution": "PT Lain"},
        {"institution": "Asosiasi Pengrajin"},
        {"institution": " asosiasi pengrajin "},
        {"institution": "PT Baja"},
    ):
        RegistrationFactory(**company, **details)
    RegistrationFactory(event=event, institution="Dinas Perindustrian")

    assert total().companies == 3


def test_jp_and_certificates_are_those_that_still_count():
    event = running()
    for status in ("QUALIFIED", "PARTLY", "ABSENT"):
        one = RegistrationFactory(event=event)
        Registration.objects.filter(pk=one.pk).update(status=status, attended_jp=4)

    assert (total().jp, total().certificates) == (4, 0)


def test_satisfaction_is_the_mean_of_all_marks_and_gain_of_both_tests():
    event = running()
    speaker = SpeakerFactory(session=event.sessions.first())
    for marks in ((5, 4, 3), (4, 4, 2)):
        evaluation = Evaluation.objects.create(registration=RegistrationFactory(event=event))
        for aspect, mark in zip(ASPECTS_OF_THE_EVENT, marks, strict=True):
            EvaluationScore.objects.create(evaluation=evaluation, aspect=aspect, score=mark)
        EvaluationScore.objects.create(
            evaluation=evaluation, aspect="MASTERY", speaker=speaker, score=5
        )
    for pre, post in ((40, 90), (60, 55), (None, 100), (10, None)):
        one = RegistrationFactory(event=event)
        for occasion, score in (("PRE", pre), ("POST", post)):
            if score is not None:
                TestAttempt.objects.create(
                    registration=one, occasion=occasion, score=score, answers={}
                )

    found = total()

    assert found.satisfaction == Decimal("4.00")
    assert found.gain == Decimal("22.50")
    assert found.participants == 6
    assert total(Event.objects.none()) == Figures(0, 0, 0, 0, 0, 0, 0, 0, None, None, 0)


def test_the_same_people_are_grouped_by_event_unit_year_and_province(places):
    padang, medan = UnitFactory(name="BDI Padang"), UnitFactory(name="BDI Medan")
    new_year = datetime(2025, 12, 31, 18, 0, tzinfo=UTC)  # 1 January 2026, 01.00 WIB
    one = running(unit=padang, title="Bimtek satu", views=200)
    two = running(unit=padang, title="Bimtek dua", views=10)
    late = running(unit=medan, title="Malam tahun baru", starts_at=new_year)
    Event.objects.filter(pk=late.pk).update(starts_at=new_year)
    Event.objects.filter(pk=one.pk).update(starts_at=datetime(2025, 5, 1, tzinfo=UTC))
    person = UserFactory()
    for event in (one, two):
        RegistrationFactory(event=event, user=person, region=places["padang"])
    RegistrationFactory(event=late, region=places["jambi"])

    def seen(grouping):
        return {
            label: (found.events, found.participants, found.people, found.views)
            for label, found in lines(grouping).items()
        }

    assert seen("kegiatan") == {
        "Bimtek satu": (1, 1, 1, 200),
        "Bimtek dua": (1, 1, 1, 10),
        "Malam tahun baru": (1, 1, 1, 0),
    }
    assert seen("unit") == {"BDI Padang": (2, 2, 1, 210), "BDI Medan": (1, 1, 1, 0)}
    assert seen("tahun") == {"2026": (2, 2, 2, 10), "2025": (1, 1, 1, 200)}
    assert seen("wilayah") == {
        "Sumatera Barat": (2, 2, 1, None),
        "Provinsi 15": (1, 1, 1, None),
    }
    for grouping in GROUPINGS:
        found = total(grouping=grouping)
        assert (found.events, found.participants, found.people, found.views) == (3, 3, 2, 210)


def test_an_event_that_nobody_came_to_is_told_of_as_well():
    running(title="Sepi")

    assert lines("kegiatan")["Sepi"].participants == 0
    assert lines("unit")[Event.objects.get().unit.name].events == 1
    assert total(grouping="wilayah").events == 1


# --- The page -----------------------------------------------------------------------------------


@pytest.fixture
def two_units():
    mine, theirs = UnitFactory(name="BDI Padang"), UnitFactory(name="BDI Medan")
    RegistrationFactory(event=running(unit=mine, title="Bimtek kami"))
    RegistrationFactory(event=running(unit=theirs, title="Webinar mereka", kind=EventKind.WEBINAR))
    return mine, theirs


def test_each_unit_reads_its_own_and_some_read_all(client, two_units):
    mine, _ = two_units
    sign_in(client, organizer(roles.BDI_ADMIN, mine))
    own = words(client.get(reverse(PAGE)))
    assert "Bimtek kami" in own
    assert "Webinar mereka" not in own
    assert "BDI Medan" not in own

    for role in (roles.AUDITOR, roles.BPSDMI_OFFICER):
        sign_in(client, officer(role))
        text = words(client.get(reverse(PAGE)))
        assert "Bimtek kami" in text
        assert "Webinar mereka" in text

    sign_in(client, officer(roles.PPK))
    assert client.get(reverse(PAGE)).status_code == 403
    assert client.get(reverse(EXPORT)).status_code == 403


def test_every_figure_says_what_it_counts(client, two_units):
    sign_in(client, officer(roles.AUDITOR))

    text = words(client.get(reverse(PAGE)))

    assert [one.name for one in DEFINITIONS] == list(Figures._fields)
    for definition in DEFINITIONS:
        assert f"{definition.label} {definition.meaning}" in text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, {"Bimtek kami", "Webinar mereka", "Webinar lama"}),
        ({"jenis": "WEBINAR"}, {"Webinar mereka", "Webinar lama"}),
        (
            {"jenis": "LAIN", "tahun": "abc", "unit": "0"},
            {"Bimtek kami", "Webinar mereka", "Webinar lama"},
        ),
        ({"tahun": "2026"}, {"Bimtek kami", "Webinar mereka"}),
        ({"tahun": "2025"}, {"Webinar lama"}),
        ({"tahun": "2026", "jenis": "WEBINAR"}, {"Webinar mereka"}),
    ],
)
def test_the_figures_are_narrowed(client, two_units, query, titles):
    last_year = STARTS_AT.replace(year=2025)
    running(title="Webinar lama", kind=EventKind.WEBINAR, starts_at=last_year, sessions=0)
    sign_in(client, officer(roles.AUDITOR))

    rows = client.get(reverse(PAGE), query).context_data["rows"]

    assert {line.label for line, _ in rows} == titles


def test_the_figures_are_narrowed_to_a_unit(client, two_units):
    sign_in(client, officer(roles.AUDITOR))

    rows = client.get(reverse(PAGE), {"unit": two_units[0].pk, "tab": "unit"}).context_data["rows"]

    assert [line.label for line, _ in rows] == ["BDI Padang"]


@pytest.mark.parametrize(
    ("query", "units"),
    [
        ({}, {("BDI Padang", 2026), ("BDI Medan", 2025)}),
        ({"tahun": "2026"}, {("BDI Padang", 2026)}),
        ({"unit": "BDI Padang"}, {("BDI Padang", 2026)}),
    ],
)
def test_the_rates_of_diklat_are_narrowed_too(client, two_units, query, units):
    for unit, year in zip(two_units, (2026, 2025), strict=True):
        batch = BatchFactory(
            course__unit=unit,
            status=BatchStatus.RUNNING,
            starts_on=date(year, 3, 2),
            ends_on=date(year, 3, 20),
        )
        TraineeFactory(batch=batch, status=TraineeStatus.TRAINING)
    sign_in(client, officer(roles.AUDITOR))
    if "unit" in query:
        query = {"unit": two_units[0].pk}

    rates = client.get(reverse(PAGE), query | {"tab": "diklat"}).context_data["rates"]

    assert {row.group for row in rates} == units


@pytest.mark.parametrize("tab", [*GROUPINGS, "diklat"])
def test_every_table_has_its_page_even_when_it_is_empty(client, tab):
    sign_in(client, officer(roles.AUDITOR))

    assert "Belum ada angka" in words(client.get(reverse(PAGE), {"tab": tab}))


def test_all_tables_come_in_one_workbook(client, two_units):
    sign_in(client, organizer(roles.BDI_ADMIN, two_units[0]))

    answer = client.get(reverse(EXPORT), {"tab": "tahun"})

    book = load_workbook(io.BytesIO(body_of(answer)))
    assert book.sheetnames == [
        "Per kegiatan", "Per unit", "Per tahun", "Per provinsi", "Diklat 3in1", "Keterangan",
    ]  # fmt: skip
    rows = list(book["Per kegiatan"].values)
    assert [row[:4] for row in rows] == [
        ("Kegiatan", None, "Kegiatan", "Peserta"),
        ("Bimtek kami", "BDI Padang", 1, 1),
        ("Jumlah", None, 1, 1),
    ]


def test_a_table_takes_the_same_questions_for_one_event_and_for_many(client, places):
    sign_in(client, officer(roles.AUDITOR))
    RegistrationFactory(event=running(), region=places["padang"])

    def queries():
        counts = []
        for tab in [*GROUPINGS, "diklat"]:
            client.get(reverse(PAGE), {"tab": tab})
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(PAGE), {"tab": tab}).status_code == 200
            counts.append(len(captured))
        return counts

    before = queries()
    for place in places.values():
        RegistrationFactory(event=running(), region=place)

    assert queries() == before
    assert max(before) <= 10

    with CaptureQueriesContext(connection) as captured:
        for grouping in GROUPINGS:
            list(sheet(held(Event.objects.all()), grouping))
    assert len(captured) <= 4 * len(GROUPINGS)


def test_the_list_of_events_leads_to_the_figures(client, two_units):
    sign_in(client, officer(roles.AUDITOR))
    list_page = reverse("admin:training_event_changelist")

    assert "Lihat angka" in client.get(list_page).text
    assert client.get(f"{list_page}lihat-angka/").url == reverse(PAGE)
