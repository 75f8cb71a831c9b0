import pytest
from django.urls import reverse

from programs import roles
from tests.factories.programs import NotificationFactory, UserFactory, officer
from tests.people import sign_in

pytestmark = pytest.mark.django_db

INBOX = "/notifikasi/"


def test_one_reads_ones_own_news_and_nobody_elses(client):
    user = UserFactory()
    NotificationFactory(recipient=user, subject="Perbaikan diminta")
    NotificationFactory(subject="Kabar orang lain")

    text = sign_in(client, user).get(INBOX).text

    assert "Perbaikan diminta" in text
    assert "1 belum dibaca" in text
    assert "Kabar orang lain" not in text


def test_an_empty_inbox_says_what_will_stand_there(client):
    assert "Belum ada kabar" in sign_in(client, UserFactory()).get(INBOX).text


def test_opening_a_message_is_reading_it(client):
    message = NotificationFactory(url="/organisasi/", contact="Sekretariat, (021) 0000 0000")

    text = sign_in(client, message.recipient).get(f"{INBOX}{message.pk}/").text

    message.refresh_from_db()
    assert message.read_at
    assert 'href="/organisasi/"' in text
    assert "Sekretariat, (021) 0000 0000" in text


def test_the_first_reading_counts(client):
    message = NotificationFactory()
    sign_in(client, message.recipient).get(f"{INBOX}{message.pk}/")
    message.refresh_from_db()
    first = message.read_at

    client.get(f"{INBOX}{message.pk}/")

    message.refresh_from_db()
    assert message.read_at == first


def test_a_message_to_somebody_else_does_not_exist(client):
    message = NotificationFactory()

    assert sign_in(client, UserFactory()).get(f"{INBOX}{message.pk}/").status_code == 404


def test_an_auditor_reads_others_messages_in_the_admin_and_not_here(client):
    message = NotificationFactory()

    answer = sign_in(client, officer(roles.AUDITOR)).get(f"{INBOX}{message.pk}/")

    assert answer.status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_all_can_be_marked_at_once(client):
    user = UserFactory()
    NotificationFactory.create_batch(3, recipient=user)
    other = NotificationFactory()

    answer = sign_in(client, user).post(reverse("programs:inbox_read_all"))

    assert answer.url == INBOX
    assert not user.notifications.unread().exists()
    assert other.recipient.notifications.unread().exists()


def test_marking_needs_a_button(client):
    answer = sign_in(client, UserFactory()).get(reverse("programs:inbox_read_all"))

    assert answer.status_code == 405


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_number_of_messages_does_not_add_queries(client, django_assert_max_num_queries, number):
    user = UserFactory()
    NotificationFactory.create_batch(number, recipient=user)
    sign_in(client, user)

    with django_assert_max_num_queries(6):
        client.get(INBOX)


def test_long_lists_have_pages(client):
    user = UserFactory()
    NotificationFactory.create_batch(25, recipient=user)

    text = sign_in(client, user).get(INBOX, {"halaman": 2}).text

    assert "Halaman 2 dari 2" in text
