"""The officers' queue: what waits for whom, how it is narrowed, handed out and taken home."""

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from programs import roles
from programs.models import Notification, Region
from programs.working_days import add_working_days
from subsidies.admin import queue as queue_module
from subsidies.enums import Stage
from subsidies.models import Application
from subsidies.models.queue_queries import Tally
from tests.factories.programs import IkmFactory, RegionFactory, officer
from tests.factories.subsidies import ApplicationFactory, SchemeFactory
from tests.people import body_of, sign_in
from tests.subsidies.desk import queue_address, signed_in, words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def scheme():
    return SchemeFactory()


def at(stage, scheme, **facts):
    """An application at a stage; other facts are written past its workflow."""
    application = ApplicationFactory(
        stage=stage, scheme=scheme, organization=facts.pop("organization", None) or IkmFactory()
    )
    if facts:
        Application.objects.filter(pk=application.pk).update(**facts)
    return application


def shown(response):
    return [row.application for row in response.context_data["rows"]]


def test_an_officer_begins_with_the_stages_of_their_own(client, scheme):
    mine = at(Stage.COMPLETENESS, scheme)
    at(Stage.CONFORMITY, scheme)
    at(Stage.DRAFT, scheme)
    signed_in(client, roles.COMPLETENESS_CHECKER)

    response = client.get(queue_address())

    assert shown(response) == [mine]
    assert mine.organization.name in words(response)


def test_the_day_begins_at_the_queue_for_who_works_in_it(client):
    signed_in(client, roles.PPK)
    assert client.get("/admin/").url == queue_address()

    signed_in(client, roles.SYSTEM_ADMIN)
    assert client.get("/admin/").status_code == 200


def test_who_has_no_stage_sees_all_but_drafts(client, scheme):
    applications = [at(Stage.COMPLETENESS, scheme), at(Stage.CLOSED, scheme)]
    at(Stage.DRAFT, scheme)
    signed_in(client, roles.AUDITOR)

    assert set(shown(client.get(queue_address()))) == set(applications)


def test_a_verifier_sees_the_visits_that_were_assigned(client, scheme):
    mine, _ = at(Stage.VISIT, scheme), at(Stage.VISIT, scheme)
    sign_in(client, mine.visit.verifier)

    assert shown(client.get(queue_address())) == [mine]
    assert shown(client.get(queue_address(), {"lingkup": "semua"})) == [mine]


@pytest.mark.parametrize("role", [roles.BDI_ADMIN, roles.SYSTEM_ADMIN])
def test_others_find_no_queue(client, role):
    signed_in(client, role)

    assert client.get(queue_address()).status_code == 403


def test_the_most_urgent_comes_first_with_its_clock_in_words(client, scheme):
    days = {
        -2: TODAY - datetime.timedelta(days=7),
        0: TODAY,
        3: add_working_days(TODAY, 3, frozenset()),
    }
    for day in (3, -2, 0):
        at(Stage.COMPLETENESS, scheme, due_on=days[day])
    signed_in(client, roles.COMPLETENESS_CHECKER)

    response = client.get(queue_address())

    assert [row.application.due_on for row in response.context_data["rows"]] == sorted(
        days.values()
    )
    text = words(response)
    assert "Terlambat 5 hari kerja" in text
    assert "3 hari kerja lagi" in text
    assert "1 terlambat" in text


def test_a_correction_waits_for_the_applicant_and_is_nobodys_delay(client, scheme):
    at(Stage.CORRECTION, scheme, due_on=TODAY - datetime.timedelta(days=5))
    signed_in(client, roles.AUDITOR)

    text = words(client.get(queue_address()))

    assert "Menunggu pemohon" in text
    assert "0 terlambat" in text


def test_the_tiles_lead_to_what_they_count(client, scheme):
    late = at(Stage.COMPLETENESS, scheme, due_on=TODAY - datetime.timedelta(days=9))
    today = at(Stage.COMPLETENESS, scheme, due_on=TODAY)
    taken = at(
        Stage.COMPLETENESS, scheme, due_on=TODAY + datetime.timedelta(days=9), assigned_to=officer()
    )
    signed_in(client, roles.COMPLETENESS_CHECKER)

    def tile(number):
        tiles = list(client.get(queue_address()).context_data["queue"].tiles())
        figure, _, address, _ = tiles[number]
        return figure, shown(client.get(queue_address() + address))

    assert tile(0) == (3, [late, today, taken])
    assert tile(1) == (1, [late])
    assert tile(2) == (1, [today])
    assert tile(3) == (2, [late, today])


@pytest.mark.parametrize(
    "typed",
    [
        "9120000000077",
        "9120.0000.00077",
        "RM-2026-0147",
        "rm-2026-01",
        "0147",
        "kriya contoh",
    ],
)
def test_one_box_finds_name_nib_and_number(client, scheme, typed):
    wanted = at(
        Stage.CONFORMITY,
        scheme,
        organization=IkmFactory(name="IKM Kriya Contoh", nib="9120000000077"),
        registration_number="RM-2026-0147",
    )
    at(Stage.CONFORMITY, scheme, registration_number="RM-2026-0999")
    signed_in(client, roles.COMPLETENESS_CHECKER)

    assert shown(client.get(queue_address(), {"q": typed})) == [wanted]


def test_filters_narrow_the_list_and_each_can_be_taken_away(client, scheme):
    region = RegionFactory(code="32.73", name="Kota Bandung")
    Region.objects.filter(pk="32").update(bimtek_region=3)
    bandung = IkmFactory(region=region)
    there = at(Stage.COMPLETENESS, scheme, organization=bandung)
    here = at(Stage.COMPLETENESS, scheme, claimed=999_000_000)
    signed_in(client, roles.COMPLETENESS_CHECKER)

    def found(**asked):
        return shown(client.get(queue_address(), asked))

    assert found(provinsi="32") == [there]
    assert found(regional="2") == [here]
    assert found(nilai_min="900.000.000") == [here]
    assert found(nilai_maks="200 juta") == [there, here]
    assert found(program=scheme.budget_line_id, tahap="COMPLETENESS") == [there, here]
    assert found(petugas="-") == [there, here]
    response = client.get(queue_address(), {"provinsi": "32", "tahap": "COMPLETENESS"})
    assert [words for words, _ in response.context_data["chips"]] == ["Provinsi: Provinsi 32"]
    assert "provinsi" not in response.context_data["chips"][0][1]


def test_an_amount_that_cannot_be_read_is_explained(client, scheme):
    signed_in(client, roles.COMPLETENESS_CHECKER)

    assert "200 juta" in words(client.get(queue_address(), {"nilai_maks": "200 juta"}))


@pytest.mark.parametrize(
    ("order", "first"), [("nilai-besar", 1), ("nilai-kecil", 0), ("terlama", 0), ("terbaru", 1)]
)
def test_the_list_is_sorted_as_asked(client, scheme, order, first):
    now = timezone.now()
    applications = [
        at(
            Stage.COMPLETENESS,
            scheme,
            claimed=(number + 1) * 1_000_000,
            submitted_at=now + datetime.timedelta(hours=number),
        )
        for number in range(2)
    ]
    signed_in(client, roles.COMPLETENESS_CHECKER)

    assert shown(client.get(queue_address(), {"urut": order}))[0] == applications[first]


@pytest.mark.parametrize("stage", [s for s in Stage if s != Stage.DRAFT])
def test_every_stage_can_be_asked_for(client, scheme, stage):
    application = at(stage, scheme)
    at(Stage.SPP if stage != Stage.SPP else Stage.SPM, scheme)
    signed_in(client, roles.AUDITOR)

    assert shown(client.get(queue_address(), {"tahap": stage})) == [application]


def test_a_tally_counts_each_stage_and_not_beyond_its_bound(scheme):
    for stage in (Stage.VISIT, Stage.VISIT, Stage.MINUTES, Stage.SPP):
        at(stage, scheme)
    stages = [Stage.VISIT, Stage.MINUTES, Stage.SPP]

    every = Application.objects.tally(stages, today=TODAY, at_most=10)
    bounded = Application.objects.tally([Stage.VISIT], today=TODAY, at_most=1)

    assert every == {
        Stage.VISIT: Tally(2, 0, 0, 2),
        Stage.MINUTES: Tally(1, 0, 0, 1),
        Stage.SPP: Tally(1, 0, 0, 1),
    }
    assert bounded[Stage.VISIT].total == 1


def test_pages_end_where_counting_ends(client, scheme, monkeypatch):
    monkeypatch.setattr(queue_module, "PAGE", 2)
    monkeypatch.setattr(queue_module, "MOST", 4)
    for _ in range(6):
        at(Stage.COMPLETENESS, scheme)
    signed_in(client, roles.COMPLETENESS_CHECKER)

    pages = [client.get(queue_address(), {"halaman": number}) for number in (1, 2)]

    assert [len(shown(page)) for page in pages] == [2, 2]
    assert [page.context_data["queue"].has_next for page in pages] == [True, False]
    assert "Lebih dari" in words(pages[0])


def test_the_number_of_queries_does_not_depend_on_the_rows(client, scheme):
    signed_in(client, roles.IKMA_OFFICER)

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(queue_address(), {"provinsi": "13", "q": "Contoh"})
        return len(found)

    at(Stage.COMPLETENESS, scheme)
    for_one = queries()
    at(Stage.SPP, scheme)
    at(Stage.VISIT, scheme)

    assert queries() == for_one <= 15


def test_work_is_handed_out_in_bulk_and_told(client, scheme):
    applications = [at(Stage.COMPLETENESS, scheme) for _ in range(2)]
    checker = officer(roles.COMPLETENESS_CHECKER, name="Pemeriksa A")
    signed_in(client, roles.IKMA_OFFICER)
    assert "Pemeriksa A (0 berkas)" in words(client.get(queue_address()))

    answer = client.post(
        queue_address("assign"),
        {
            "permohonan": [a.pk for a in applications],
            "petugas": checker.pk,
            "kembali": "tahap=COMPLETENESS",
        },
        follow=True,
    )

    assert "2 permohonan ditugaskan kepada Pemeriksa A." in words(answer)
    assert answer.redirect_chain[0][0] == f"{queue_address()}?tahap=COMPLETENESS"
    assert {a.assigned_to for a in Application.objects.all()} == {checker}
    assert Notification.objects.filter(recipient=checker).count() == 2


def test_work_is_not_handed_to_who_cannot_do_it(client, scheme):
    application = at(Stage.SPP, scheme)
    checker = officer(roles.COMPLETENESS_CHECKER)
    signed_in(client, roles.IKMA_OFFICER)

    answer = client.post(
        queue_address("assign"),
        {"permohonan": application.pk, "petugas": checker.pk},
        follow=True,
    )

    assert "tidak bertugas pada tahap “Pembuatan SPP”" in words(answer)
    assert Application.objects.get(pk=application.pk).assigned_to is None


def test_an_officer_takes_work_but_hands_out_none(client, scheme):
    application = at(Stage.COMPLETENESS, scheme)
    other = officer(roles.COMPLETENESS_CHECKER)
    me = signed_in(client, roles.COMPLETENESS_CHECKER)

    refused = client.post(
        queue_address("assign"), {"permohonan": application.pk, "petugas": other.pk}
    )
    assert refused.status_code == 403
    client.post(queue_address("assign"), {"permohonan": application.pk, "petugas": me.pk})

    assert shown(client.get(queue_address(), {"lingkup": "saya"})) == [application]


def test_nothing_chosen_is_said(client, scheme):
    signed_in(client, roles.IKMA_OFFICER)

    answer = client.post(queue_address("assign"), {}, follow=True)

    assert "Pilih dahulu permohonan" in words(answer)


def test_an_auditor_hands_out_nothing(client, scheme):
    application = at(Stage.COMPLETENESS, scheme)
    auditor = signed_in(client, roles.AUDITOR)

    page = client.get(queue_address())
    answer = client.post(
        queue_address("assign"), {"permohonan": application.pk, "petugas": auditor.pk}
    )

    assert "Tugaskan" not in words(page)
    assert answer.status_code == 403


def test_the_filtered_list_leaves_as_a_stream(client, scheme):
    at(Stage.COMPLETENESS, scheme, organization=IkmFactory(name="=1+1 Contoh"))
    at(Stage.SPP, scheme)
    signed_in(client, roles.AUDITOR)

    answer = client.get(queue_address("export"), {"tahap": "COMPLETENESS", "bentuk": "csv"})

    assert answer.streaming
    lines = body_of(answer).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Nomor registrasi;IKM;NIB")
    assert ";'=1+1 Contoh;" in lines[1]
    assert ";Pemeriksaan kelengkapan;" in lines[1]


def test_the_filtered_list_leaves_as_excel(client, scheme):
    application = at(Stage.SPP, scheme)
    signed_in(client, roles.AUDITOR)

    answer = client.get(queue_address("export"), {"bentuk": "xlsx"})

    sheet = load_workbook(io.BytesIO(body_of(answer))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][0] == application.registration_number
    assert rows[1][2] == application.organization.nib
    assert rows[1][10] == 100_000_000


def test_a_deadline_that_passed_on_friday_is_late_on_sunday():
    friday, sunday = datetime.date(2026, 11, 20), datetime.date(2026, 11, 22)

    assert queue_module.days_left(friday, sunday, frozenset()) == -1
    assert queue_module.days_left(sunday, sunday, frozenset()) == 0


def test_an_empty_queue_says_what_it_is(client):
    signed_in(client, roles.COMPLETENESS_CHECKER)

    assert "Tidak ada yang menunggu Anda" in words(client.get(queue_address()))
    assert "Tidak ada yang cocok" in words(client.get(queue_address(), {"q": "tidak ada ini"}))
