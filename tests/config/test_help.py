"""The page of help answers for every service, and every way to it ends at an answer."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from tests.look.test_look import PAGES

pytestmark = pytest.mark.django_db
SERVICES = ["mesin", "esmart", "kemitraan", "pelatihan", "verifikasi", "data", "akun", "petugas"]


@pytest.fixture
def sections(client):
    page = client.get("/bantuan/").content.decode()
    return {
        part.split('"', 1)[0]: part.split("</section>", 1)[0]
        for part in page.split('aria-labelledby="')[1:]
    }


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_answers(sections, service):
    assert f'id="{service}"' in sections[service]
    assert sections[service].count("<summary>") >= 2


def test_every_question_mark_of_a_page_leads_to_an_answer(sections):
    asked = {
        topic
        for path in PAGES
        for topic in re.findall(
            r'<c-help topic="([\w-]+)"|help_url \}\}#([\w-]+)', Path(path).read_text()
        )
    }
    asked = {topic for pair in asked for topic in pair if topic}

    assert {"mesin", "esmart", "pelatihan", "kemitraan", "akun", "lapor"} <= asked
    assert asked - set(sections) == set()


def test_who_asks_about_figures_finds_the_open_data(sections):
    assert f'href="{reverse("open_data")}"' in sections["data"]


def test_the_list_of_contents_leads_to_its_sections(client, sections):
    page = client.get("/bantuan/").content.decode()
    contents = page.split('aria-label="Isi halaman"', 1)[1].split("</nav>", 1)[0]

    assert set(re.findall(r'href="#([\w-]+)"', contents)) <= set(sections)
