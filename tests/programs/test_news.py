"""News of the ministry: who reads what, and how officers keep it."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from programs import roles
from programs.models import News
from tests.factories.esmart import ProgramFactory
from tests.factories.programs import NewsFactory, UserFactory, officer
from tests.people import sign_in

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 28, 3, tzinfo=datetime.UTC)
LIST, ADD = "/berita/", reverse("admin:programs_news_add")
TYPED = {
    "title": "Pendaftaran dibuka",
    "slug": "pendaftaran-dibuka",
    "summary": "Pendaftaran bantuan mesin dibuka.",
    "body": "Mulai hari ini.\r\n\r\nGratis.",
    "program": "",
    "published_at": "28/11/2026 09.00",
}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def keeper():
    return officer(roles.IKMA_OFFICER)


def test_everybody_reads_what_is_published_the_newest_first(client):
    NewsFactory(title="Lama", published_at=NOW - datetime.timedelta(days=9))
    NewsFactory(title="Baru", published_at=NOW)
    NewsFactory(title="Besok", published_at=NOW + datetime.timedelta(days=1))
    NewsFactory(title="Konsep", published_at=None)

    page = client.get(LIST)

    assert [news.title for news in page.context["page"]] == ["Baru", "Lama"]


def test_an_empty_list_says_what_will_be_there(client):
    assertContains(client.get(LIST), "Belum ada berita")


def test_many_news_are_in_pages_and_ask_no_more(client, django_assert_max_num_queries):
    for _ in range(25):
        NewsFactory(program=ProgramFactory())

    with django_assert_max_num_queries(2):
        first = client.get(LIST)
    last = client.get(LIST, {"halaman": "999"})

    assertContains(first, "Halaman 1 dari 3")
    assert len(last.context["page"].object_list) == 5


def test_news_is_read_in_paragraphs_with_the_way_to_its_program(client):
    program = ProgramFactory(slug="e-smart-ikm", name="e-Smart")
    news = NewsFactory(program=program, body="Satu.\r\n \r\nDua <b>tebal</b>.")
    NewsFactory(title="Kabar yang lain")

    page = client.get(news.get_absolute_url())

    assertContains(page, '<p class="mt">Satu.</p>', html=True)
    assertContains(page, "Dua &lt;b&gt;tebal&lt;/b&gt;.")
    assertContains(page, "/program/e-smart-ikm/")
    assertContains(page, "Kabar yang lain")


@pytest.mark.parametrize("published_at", [None, NOW + datetime.timedelta(hours=1)])
def test_a_draft_is_nobody_elses_business(client, published_at):
    draft = NewsFactory(published_at=published_at)

    assert client.get(draft.get_absolute_url()).status_code == 404
    assert sign_in(client, UserFactory()).get(draft.get_absolute_url()).status_code == 404


def test_an_officer_sees_a_draft_as_everybody_will(client, keeper):
    draft = NewsFactory(published_at=None)

    page = sign_in(client, keeper).get(draft.get_absolute_url())

    assertContains(page, "Konsep, belum diterbitkan")
    assertContains(page, "noindex")


def test_the_form_leads_an_officer_to_the_draft(client, keeper):
    draft = NewsFactory(published_at=None)

    sign_in(client, keeper)

    assertContains(
        client.get(reverse("admin:programs_news_change", args=[draft.pk])),
        f'href="{draft.get_absolute_url()}"',
    )
    assertContains(client.get(ADD), "Ada setelah berita disimpan")


def test_what_is_published_carries_no_mark_of_a_draft(client, keeper):
    page = sign_in(client, keeper).get(NewsFactory().get_absolute_url())

    assertNotContains(page, "Konsep")


def test_an_officer_writes_and_publishes(client, keeper):
    answer = sign_in(client, keeper).post(ADD, TYPED)

    assert answer.status_code == 302
    news = News.objects.get()
    assert news.author == keeper
    assert news.published_at == datetime.datetime(2026, 11, 28, 2, tzinfo=datetime.UTC)
    assertContains(client.get(LIST), "Pendaftaran dibuka")


def test_without_a_moment_it_stays_a_draft_and_can_be_withdrawn_again(client, keeper):
    sign_in(client, keeper).post(ADD, TYPED | {"published_at": ""})
    news = News.objects.get()
    change = reverse("admin:programs_news_change", args=[news.pk])

    client.post(change, TYPED)
    assert News.objects.published(now=NOW).exists()
    client.post(change, TYPED | {"published_at": ""})

    assert not News.objects.published(now=NOW).exists()
    assert News.objects.get().author == keeper


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"published_at": "besok"}, "Tulis hari dan jam seperti 17/08/2026 09.30."),
        ({"title": ""}, "Isi"),
        ({"body": ""}, "Isi"),
    ],
)
def test_what_cannot_be_read_is_told_and_kept(client, keeper, wrong, words):
    page = sign_in(client, keeper).post(ADD, TYPED | wrong)

    assertContains(page, words)
    assertContains(page, "Pendaftaran bantuan mesin dibuka.")
    assert not News.objects.exists()


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.BDI_ADMIN])
def test_who_does_not_keep_news_writes_none(client, role):
    assert sign_in(client, officer(role)).post(ADD, TYPED).status_code == 403


def test_an_auditor_reads_drafts(client):
    draft = NewsFactory(published_at=None)

    assertContains(
        sign_in(client, officer(roles.AUDITOR)).get(reverse("admin:programs_news_changelist")),
        draft.title,
    )


@pytest.mark.parametrize("empty", ["title", "summary", "body"])
def test_news_without_words_is_refused_by_the_database(empty):
    with pytest.raises(IntegrityError, match="programs_news_has_something_to_tell"):
        NewsFactory(**{empty: ""})


def test_the_page_of_a_program_tells_its_latest_news(client):
    program = ProgramFactory()
    for number in range(4):
        NewsFactory(
            title=f"Kabar e-Smart {number}",
            program=program,
            published_at=NOW - datetime.timedelta(days=number),
        )
    NewsFactory(title="Kabar lain")

    page = client.get(f"/program/{program.slug}/")

    assert [news.title for news in page.context["news"]] == [
        "Kabar e-Smart 0",
        "Kabar e-Smart 1",
        "Kabar e-Smart 2",
    ]
