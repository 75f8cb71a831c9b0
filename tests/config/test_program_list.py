"""The list of programs: for whom they are, how each stands. Open to all."""

import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from programs.enums import Audience
from programs.models import Indicator, LiveFigure, OfficialFigure, Program
from tests.factories.esmart import ProgramFactory
from tests.factories.figures import IndicatorFactory, counted

pytestmark = pytest.mark.django_db
LIST = "/program/"


def names(page):
    return [one.program.name for one in page.context["listed"]]


@pytest.fixture
def programs():
    ProgramFactory(name="e-Smart", slug="e-smart-ikm", audiences=[Audience.IKM])
    ProgramFactory(name="Bimtek", slug="bimtek-aparatur", audiences=[Audience.APPARATUS])
    ProgramFactory(name="WUB", slug="wub", audiences=[Audience.IKM, Audience.WORKER])


def test_everybody_sees_all_programs_those_that_one_can_join_here_first(client, programs):
    assert names(client.get(LIST)) == ["Bimtek", "e-Smart", "WUB"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("ikm", ["e-Smart", "WUB"]),
        ("aparatur", ["Bimtek"]),
        ("pencari-kerja", ["WUB"]),
    ],
)
def test_a_door_leads_to_the_programs_for_these_people(client, programs, word, found):
    page = client.get(LIST, {"untuk": word})

    assert names(page) == found
    assertContains(page, "Program untuk")


def test_for_whom_there_is_nothing_the_page_says_so(client, programs):
    page = client.get(LIST, {"untuk": "smk"})

    assertContains(page, "Belum ada program untuk SMK")
    assertContains(page, "Lihat semua program")


@pytest.mark.parametrize("word", ["IKM", "<script>", "ikm' OR 1=1", "\x00", "ikm,smk"])
def test_an_audience_that_does_not_exist_is_answered_with_all(client, programs, word):
    page = client.get(LIST, {"untuk": word})

    assert len(names(page)) == 3
    assertContains(page, "tidak dikenal")
    assertNotContains(page, "<script>alert")


def test_a_finished_program_stands_last_and_is_not_joined(client, programs):
    Program.objects.filter(slug="bimtek-aparatur").update(is_active=False)

    page = client.get(LIST)

    assert names(page)[-1] == "Bimtek"
    assertContains(page, "Selesai")
    assertNotContains(page, "Lihat jadwal bimtek")


def test_the_first_indicator_of_a_program_is_its_headline(client, programs):
    program = Program.objects.get(slug="e-smart-ikm")
    IndicatorFactory(program=program, name="Kedua", position=20)
    counted(IndicatorFactory(program=program, name="Pertama", position=10), {"2026-01": 1_250})

    page = client.get(LIST, {"untuk": "ikm"})

    assertContains(page, "<b>1.250</b>", html=True)
    assertContains(page, "Pertama")
    assertNotContains(page, "Kedua")


def test_what_is_not_recorded_here_is_told_as_it_was_announced(client, programs):
    indicator = IndicatorFactory(program=Program.objects.get(slug="e-smart-ikm"))
    day = datetime.date(2020, 10, 26)
    OfficialFigure.objects.create(
        indicator=indicator, as_of=day, value=1_600_000, source="Siaran pers"
    )

    page = client.get(LIST)

    assertContains(page, "<b>1,6 juta</b>", html=True)
    assertContains(page, "Angka resmi 26 Oktober 2020. Sumber: Siaran pers.")


def test_a_program_of_which_nothing_is_known_has_no_figure(client, programs):
    IndicatorFactory(program=Program.objects.get(slug="wub"), name="Wirausaha baru")

    assertNotContains(client.get(LIST), "Wirausaha baru")


def test_a_figure_says_its_unit_where_its_name_does_not(client, programs):
    program = Program.objects.get(slug="wub")
    counted(IndicatorFactory(program=program, name="Ekspor", unit="dolar AS"), {"2026-01": 9})

    assertContains(client.get(LIST), "Ekspor (dolar AS)")


def test_an_empty_register_says_what_will_be_here(client):
    assertContains(client.get(LIST), "Daftar program sedang disiapkan")


def test_more_programs_ask_no_more_questions(client, programs, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        client.get(LIST)
    for number in range(12):
        program = ProgramFactory(slug=f"lain-{number}")
        counted(IndicatorFactory(program=program), {"2026-01": 3, "2026-02": 4})
    assert Indicator.objects.count() == 12
    assert LiveFigure.objects.count() == 24
    with django_assert_max_num_queries(5):
        client.get(LIST)
