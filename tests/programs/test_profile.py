import pytest

from programs.enums import NotificationKind
from tests.factories.programs import UserFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/akun/profil/"


@pytest.fixture
def user(client):
    user = UserFactory(name="Sari")
    sign_in(client, user)
    return user


def test_name_and_telephone_are_kept(client, user):
    answer = client.post(PAGE, {"name": "Sari Wulandari", "phone": "081234567890", "mailed": []})

    user.refresh_from_db()
    assert answer.url == PAGE
    assert (user.name, str(user.phone)) == ("Sari Wulandari", "+6281234567890")


def test_mails_that_are_not_wanted_are_declined_and_can_be_wanted_again(client, user):
    client.post(PAGE, {"name": "Sari", "mailed": ["TASK"]})
    declined = set(user.mail_declined.values_list("kind", flat=True))
    assert declined == {NotificationKind.NEWS, NotificationKind.REMINDER}

    client.post(PAGE, {"name": "Sari", "mailed": ["TASK", "NEWS", "REMINDER"]})
    assert not user.mail_declined.exists()


def test_decisions_cannot_be_declined(client, user):
    answer = client.post(PAGE, {"name": "Sari", "mailed": ["DECISION"]})

    assert answer.status_code == 422
    assert 'value="DECISION"' not in client.get(PAGE).text


def test_the_page_shows_what_was_chosen(client, user):
    user.mail_declined.create(kind=NotificationKind.NEWS)

    shown = client.get(PAGE).context["form"]["mailed"].value()

    assert set(shown) == {NotificationKind.TASK, NotificationKind.REMINDER}


def test_a_name_is_needed_and_the_rest_is_kept(client, user):
    answer = client.post(PAGE, {"name": "", "phone": "081234567890"})

    assert answer.status_code == 422
    assert "Isi nama lengkap." in answer.text
    assert "081234567890" in answer.text


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE).url == f"/akun/login/?next={PAGE}"
