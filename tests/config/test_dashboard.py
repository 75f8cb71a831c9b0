"""*Beranda saya*: first what is expected, then what is mine, then news; never empty."""

import datetime

import pytest
import time_machine

from programs.enums import PRIVACY_NOTICE_VERSION
from programs.my_tasks import Task
from tests.factories.programs import IkmFactory, NotificationFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory
from tests.factories.training import RegistrationFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/beranda/"


@pytest.fixture
def user(client):
    user = UserFactory(name="Rahmah Contoh", notice_version=PRIVACY_NOTICE_VERSION)
    sign_in(client, user)
    return user


class App:
    """An app with these tasks, and no records."""

    def __init__(self, *tasks):
        self.tasks = tasks

    def tasks_for(self, user, today):
        return self.tasks

    def records_for(self, user):
        return []


def task(title, due_on=None):
    return Task(title, "Sebabnya.", "/", "Kerjakan", due_on)


def test_a_newcomer_is_told_what_to_do_first(client, user):
    text = client.get(PAGE).text

    assert "Selamat datang, Rahmah Contoh" in text
    assert "Mulai dengan mendaftarkan usaha Anda" in text
    assert 'href="/organisasi/baru/"' in text
    assert 'href="/bantuan-mesin/cek-kelayakan/"' in text


def test_a_draft_is_a_task_and_the_business_and_its_application_are_mine(client, user):
    application = ApplicationFactory(organization=IkmFactory(owner=user, name="CV Kain Agam"))
    address = f'href="/bantuan-mesin/permohonan/{application.pk}/"'

    with time_machine.travel(application.scheme.closes_on - datetime.timedelta(days=10)):
        sign_in(client, user)
        text = client.get(PAGE).text

    assert "Lengkapi dan kirim permohonan" in text
    assert text.count(address) == 2
    assert f'href="/organisasi/{application.organization_id}/"' in text
    assert "Mulai dengan mendaftarkan" not in text


@time_machine.travel("2026-09-09 03:00:00Z")
def test_the_nearest_deadline_comes_first_and_is_said_in_working_days(client, user, monkeypatch):
    sign_in(client, user)
    september = [datetime.date(2026, 9, day) for day in (15, 8, 10)]
    tasks = [task("Tanpa batas"), *(task(f"Sampai {day.day}", day) for day in september)]
    monkeypatch.setattr("config.dashboard.APPS", [App(*tasks)])

    answer = client.get(PAGE)

    shown = [(task.title, due, kind) for task, due, kind in answer.context["tasks"]]
    assert shown == [
        ("Sampai 8", "Paling lambat Selasa, 8 September 2026, terlambat 1 hari kerja", "danger"),
        ("Sampai 10", "Paling lambat Kamis, 10 September 2026, 1 hari kerja lagi", "warn"),
        ("Sampai 15", "Paling lambat Selasa, 15 September 2026, 4 hari kerja lagi", "warn"),
        ("Tanpa batas", "", ""),
    ]


def test_the_newest_news_and_nobody_elses(client, user):
    for number in range(6):
        NotificationFactory(recipient=user, subject=f"Kabar nomor {number}")
    NotificationFactory(subject="Kabar orang lain")

    text = client.get(PAGE).text

    assert "Kabar nomor 5" in text
    assert "Kabar nomor 1" not in text
    assert "Kabar orang lain" not in text


def test_a_new_privacy_notice_is_pointed_at(client):
    sign_in(client, UserFactory(notice_version="2020-01"))

    assert "Pemberitahuan privasi" in client.get(PAGE).text


def test_nothing_to_do_is_said_as_well(client, user):
    IkmFactory(owner=user)

    assert "Tidak ada. Kami mengabari Anda" in client.get(PAGE).text


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_as_often_however_much_is_there(
    client, user, number, django_assert_max_num_queries
):
    for _ in range(number):
        ApplicationFactory(organization=IkmFactory(owner=user))
        NotificationFactory(recipient=user)
        RegistrationFactory(user=user)

    with django_assert_max_num_queries(15):
        client.get(PAGE)


def test_it_is_only_looked_at(client, user):
    assert client.post(PAGE).status_code == 405


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE).url == f"/akun/login/?next={PAGE}"
