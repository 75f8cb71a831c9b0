"""Officers keep what the public page of a program says."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from pytest_django.asserts import assertContains

from programs.models import Program
from tests.factories.esmart import ProgramFactory
from tests.factories.programs import officer
from tests.people import sign_in

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Bimtek aparatur",
    "unit": "",
    "summary": "Bimbingan teknis.",
    "audiences": ["APPARATUS", "IKM"],
    "began_on": "8 Juni 2020",
    "story": "Satu.\r\n\r\nDua.",
    "how_to_join": "Pilih kegiatan.",
    "is_active": "on",
}


@pytest.fixture
def program():
    return ProgramFactory(slug="bimtek-aparatur", name="Bimtek", audiences=["WORKER"])


@pytest.fixture
def desk(client):
    keeper = officer()
    keeper.user_permissions.set(
        Permission.objects.filter(codename__in=["view_program", "change_program"])
    )
    return sign_in(client, keeper)


def address(program):
    return reverse("admin:programs_program_change", args=[program.pk])


def test_what_an_officer_writes_is_what_everybody_reads(desk, program):
    assert desk.post(address(program), TYPED).status_code == 302

    program.refresh_from_db()
    assert program.audiences == ["APPARATUS", "IKM"]
    assert program.began_on == datetime.date(2020, 6, 8)
    page = desk.get("/program/bimtek-aparatur/")
    assertContains(page, '<p class="mt">Dua.</p>', html=True)
    assertContains(page, "Pilih kegiatan.")


def test_the_form_shows_what_stands_there_and_the_way_to_the_page(desk, program):
    page = desk.get(address(program))

    assertContains(page, 'value="WORKER"')
    assert page.context["adminform"].form["audiences"].value() == ["WORKER"]
    assertContains(page, "/program/bimtek-aparatur/")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"began_on": "kapan"}, "Tulis tanggal seperti 17/08/2026"),
        ({"audiences": ["SEMUA"]}, "SEMUA"),
        ({"summary": ""}, "Isi"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_changes(desk, program, wrong, words):
    page = desk.post(address(program), TYPED | wrong)

    assertContains(page, words)
    assert Program.objects.get().name == "Bimtek"
