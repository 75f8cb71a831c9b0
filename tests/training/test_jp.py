"""The JP record: what counts in which year, the paper, the table, and what a revocation undoes."""

import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO

import pikepdf
import pytest
from django.db.models import QuerySet
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from programs import roles
from programs.enums import PaperKind, PaperState
from programs.models import IssuedPaper, NumberSequence
from programs.papers import next_number, typeset
from tests.factories.programs import IssuedPaperFactory, UserFactory
from tests.factories.training import (
    STARTS_AT,
    EventFactory,
    RegistrationFactory,
    UnitFactory,
    bring_to,
    organizer,
)
from tests.pdf_text import pages, words
from tests.people import body_of, sign_in
from tests.subsidies.test_approval_race import together
from training.enums import CivilServantKind, EventKind, EventStatus, RegistrationStatus
from training.jp import Line, by_year
from training.workflow import certificates, jp_record
from training.workflow.jp_record import issue_jp_record, record_of

TODAY = date(2026, 11, 22)
PAGE = "/pelatihan/jp/"


def line(day, jp=4):
    return Line("Bimtek", "Bimtek", "BDI Padang", day, jp, "")


# --- Arithmetic ----------------------------------------------------------------------------------


def test_years_come_newest_first_and_days_in_order():
    years = by_year([line(date(2025, 3, 1)), line(date(2026, 9, 9)), line(date(2026, 2, 1))])

    assert [(year.year, [one.ended_on.month for one in year.lines]) for year in years] == [
        (2026, [2, 9]),
        (2025, [3]),
    ]


@pytest.mark.parametrize(("jp", "missing"), [([4, 15], 1), ([4, 16], 0), ([30], 0), ([0], 20)])
def test_twenty_jp_a_year_are_the_entitlement(jp, missing):
    (year,) = by_year([line(date(2026, 1, day), hours) for day, hours in enumerate(jp, start=1)])

    assert (year.total, year.missing) == (sum(jp), missing)


# --- What counts ---------------------------------------------------------------------------------


def attended(user, *, status=RegistrationStatus.QUALIFIED, jp=4, of_event=None, **details):
    """A registration with its result, at an event whose results stand."""
    event = EventFactory(**(of_event or {}))
    certificate = None
    if status in (RegistrationStatus.CERTIFIED, RegistrationStatus.REVOKED):
        certificate = IssuedPaperFactory(kind=PaperKind.CERTIFICATE, organization=None)
    registration = RegistrationFactory(
        event=event,
        user=user,
        status=status,
        attended_jp=jp,
        certificate=certificate,
        **details,
    )
    bring_to(event, EventStatus.CONCLUDED)
    return registration


def at(year, month=9):
    start = datetime(year, month, 21, 2, 0, tzinfo=UTC)
    return {"starts_at": start, "ends_at": start + timedelta(hours=5), "sessions": 0}


@pytest.mark.django_db
def test_what_counts_are_results_that_stand_and_certificates_in_force(
    django_assert_num_queries,
):
    user = UserFactory()
    attended(user, jp=4)
    attended(user, status=RegistrationStatus.CERTIFIED, jp=16)
    attended(user, status=RegistrationStatus.REVOKED, jp=8)
    attended(user, status=RegistrationStatus.PARTLY, jp=2)
    attended(user, of_event=at(2025), jp=6)
    attended(UserFactory(), jp=4)
    reopened = attended(user, jp=10).event
    type(reopened).objects.filter(pk=reopened.pk).update(status=EventStatus.FINISHED)

    with django_assert_num_queries(1):
        years, _ = record_of(user)

    assert [(year.year, year.total) for year in years] == [(2026, 20), (2025, 6)]


@pytest.mark.django_db
def test_an_event_in_the_first_night_of_the_year_counts_by_the_clock_of_jakarta():
    user = UserFactory()
    new_year = datetime(2025, 12, 31, 18, 0, tzinfo=UTC)  # 01.00 WIB on 1 January
    attended(
        user,
        of_event={
            "starts_at": new_year - timedelta(hours=2), "ends_at": new_year, "sessions": 0
        },
    )  # fmt: skip

    (year,), _ = record_of(user)

    assert year.year == 2026


# --- The page ------------------------------------------------------------------------------------


@pytest.fixture
def person(client):
    user = UserFactory(name="Siti Rahmah")
    sign_in(client, user)
    return user


@pytest.mark.django_db
def test_who_has_nothing_yet_reads_what_will_stand_here(client, person):
    assertContains(client.get(PAGE), "Belum ada jam pelajaran")


@pytest.mark.django_db
def test_a_civil_servant_reads_how_much_of_the_entitlement_is_left(client, person, time_machine):
    time_machine.move_to(STARTS_AT)
    attended(person, jp=16, servant_kind=CivilServantKind.PNS, of_event={"title": "Bimtek ekspor"})
    sign_in(client, person)

    page = client.get(PAGE)

    assertContains(page, "Bimtek ekspor")
    assertContains(page, "dari 20 JP yang menjadi hak Anda setahun; masih 4 JP lagi")
    assertContains(page, "belum terbit")
    assertNotContains(page, "LAN 15/2020")


@pytest.mark.django_db
def test_a_pppk_reads_of_the_limit_as_information(client, person):
    attended(person, jp=30, servant_kind=CivilServantKind.PPPK)

    page = client.get(PAGE)

    assertContains(page, "Peraturan LAN 15/2020 menyebut paling banyak 24 JP setahun")
    assertContains(page, "Bina Industri tidak membatasinya")
    assertContains(page, 'max="20" value="20"')


@pytest.mark.django_db
def test_others_are_told_of_no_entitlement_of_theirs(client, person):
    attended(person, servant_kind=CivilServantKind.OTHER)

    assertNotContains(client.get(PAGE), "yang menjadi hak Anda")


@pytest.mark.django_db
def test_more_activities_cost_no_more_queries(client, person, django_assert_max_num_queries):
    for _ in range(5):
        attended(person, status=RegistrationStatus.CERTIFIED)

    with django_assert_max_num_queries(8):
        client.get(PAGE)


# --- The paper and the table ---------------------------------------------------------------------


def download(client, year=2026):
    return client.post(reverse("training:jp_download", args=[year]))


@pytest.mark.django_db
def test_the_paper_names_what_was_attended_and_adds_it_up(client, person):
    unit = UnitFactory(name="Balai Diklat Industri Padang")
    certified = attended(
        person,
        status=RegistrationStatus.CERTIFIED,
        jp=16,
        of_event={"unit": unit, "title": "Bimtek Regional II"},
        name="Dr. Siti Rahmah, S.T.",
        nip="198503302010011001",
        servant_kind=CivilServantKind.PNS,
    )
    attended(
        person,
        of_event={
            "unit": unit,
            "title": "Webinar ekspor",
            "kind": EventKind.WEBINAR,
            **at(2026, 10),
        },
        name="Dr. Siti Rahmah, S.T.",
        nip="198503302010011001",
        servant_kind=CivilServantKind.PNS,
    )

    answer = download(client)

    paper = IssuedPaper.objects.get(kind=PaperKind.JP_RECORD)
    assertRedirects(
        answer,
        f"{reverse('programs:paper', args=[paper.code])}?unduh",
        fetch_redirect_response=False,
    )
    assert body_of(client.get(answer.url)).startswith(b"%PDF")
    (text,) = pages(typeset(paper))
    assert "BALAI DIKLAT INDUSTRI PADANG" in text
    assert f"Nomor {paper.number}" in text
    assert "Dr. Siti Rahmah, S.T." in text
    assert "198503302010011001" in text
    assert "Bimtek Regional II" in text
    assert certified.certificate.number in text
    assert "Webinar, Balai Diklat Industri Padang" in text
    assert "Jumlah20" in text
    assert "paling sedikit 20 JP setahun" in text.replace("\n", " ")


@pytest.mark.django_db
def test_the_paper_can_be_archived_and_read_aloud_and_takes_many_activities():
    user = UserFactory()
    for _ in range(30):
        attended(user, of_event={"title": "Kebijakan pembinaan industri kecil menengah " * 4})

    paper = issue_jp_record(user, 2026, today=TODAY)

    content = typeset(paper)
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as facts:
        assert (facts["pdfaid:part"], facts["pdfuaid:part"]) == ("2", "1")
    first, *others = pages(content)
    assert others
    assert "DIREKTORAT JENDERAL" not in first
    assert "Jumlah120" in words(content)


@pytest.mark.django_db
def test_the_same_content_is_the_same_paper_and_new_content_replaces_it():
    user = UserFactory()
    attended(user)
    first = issue_jp_record(user, 2026, today=TODAY)
    assert issue_jp_record(user, 2026, today=TODAY + timedelta(days=3)) == first
    attended(user)

    second = issue_jp_record(user, 2026, today=TODAY)

    first.refresh_from_db()
    assert [first.number, second.number] == ["00001/JP/2026", "00002/JP/2026"]
    assert (first.state, first.replaced_by) == (PaperState.REPLACED, second)
    assert second.state == PaperState.VALID


def papers_of_two_presses(user, monkeypatch):
    """How many papers come of pressing the button twice at the same moment."""

    def slowly(series):
        time.sleep(0.2)
        return next_number(series)

    monkeypatch.setattr(jp_record, "next_number", slowly)
    press = partial(issue_jp_record, user, 2026, today=TODAY)
    together(press, press)
    return IssuedPaper.objects.filter(kind=PaperKind.JP_RECORD).count()


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_one_paper(monkeypatch):
    user = UserFactory()
    attended(user)

    assert papers_of_two_presses(user, monkeypatch) == 1
    assert NumberSequence.objects.get(series="rekap-jp/2026").last == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_make_two(monkeypatch):
    user = UserFactory()
    attended(user)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)

    assert papers_of_two_presses(user, monkeypatch) == 2


@pytest.mark.django_db
def test_numbers_run_through_all_people_and_begin_anew_each_year():
    people = UserFactory.create_batch(2)
    for user in people:
        attended(user)
        attended(user, of_event=at(2025))

    numbers = [
        issue_jp_record(user, year, today=day).number
        for user, year, day in [
            (people[0], 2025, TODAY),
            (people[0], 2026, TODAY),
            (people[1], 2026, TODAY),
            (people[1], 2025, date(2027, 1, 4)),
        ]
    ]

    assert numbers == ["00001/JP/2026", "00002/JP/2026", "00003/JP/2026", "00001/JP/2027"]


@pytest.mark.django_db
def test_the_table_holds_the_same(client, person):
    attended(person, name="Siti Rahmah", of_event={"title": "=1+1"})

    answer = client.get(reverse("training:jp_download", args=[2026]))

    rows = list(load_workbook(BytesIO(body_of(answer))).active.iter_rows(values_only=True))
    assert rows[0][2] == "Kegiatan"
    assert rows[1][:3] == ("Siti Rahmah", None, "=1+1")
    assert (rows[1][6], rows[2][6]) == (4, 4)
    assert 'filename="JP 2026.xlsx"' in answer["Content-Disposition"]
    assert not IssuedPaper.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_year_in_which_nothing_counts_has_no_paper(client, person, method):
    attended(UserFactory())

    answer = getattr(client, method)(reverse("training:jp_download", args=[2026]))

    assert answer.status_code == 404
    assert not IssuedPaper.objects.exists()


@pytest.mark.django_db
def test_only_its_owner_opens_the_paper(client):
    user = UserFactory()
    registration = attended(user)
    page = reverse("programs:paper", args=[issue_jp_record(user, 2026, today=TODAY).code])

    for person, status in [
        (user, 200),
        (UserFactory(), 404),
        (organizer(roles.BDI_ADMIN, registration.event.unit), 404),
    ]:
        sign_in(client, person)
        answer = client.get(page)
        body_of(answer)
        assert answer.status_code == status


@pytest.mark.django_db
def test_a_record_that_names_a_revoked_certificate_is_revoked_too():
    user = UserFactory()
    registration = attended(user, status=RegistrationStatus.CERTIFIED)
    attended(user, of_event=at(2025))
    tainted = issue_jp_record(user, 2026, today=TODAY)
    other_year = issue_jp_record(user, 2025, today=TODAY)

    certificates.revoke(registration, by=UserFactory(), reason="Kehadiran dipalsukan.")

    tainted.refresh_from_db()
    other_year.refresh_from_db()
    assert tainted.state == PaperState.REVOKED
    assert registration.certificate.number in tainted.state_reason
    assert other_year.state == PaperState.VALID
    assert issue_jp_record(user, 2026, today=TODAY) is None
