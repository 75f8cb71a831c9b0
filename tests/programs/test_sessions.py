"""Who is signed in, as every page finds out: our own short questions answer as Django's would."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.sessions.models import Session
from django.forms.models import model_to_dict
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from programs.models import User
from programs.sessions import SessionStore
from tests.factories.programs import UserFactory

pytestmark = pytest.mark.django_db


def signed_in(client):
    return client.get(reverse("programs:inbox")).status_code == 200


def test_a_person_stays_signed_in_until_the_session_ends(client):
    client.force_login(UserFactory())
    assert signed_in(client)

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not signed_in(client)


def test_a_session_that_nobody_has_begins_anew_under_a_key_of_its_own():
    invented = SessionStore("a" * 32)
    invented["kept"] = "something"
    invented.save()

    assert invented.session_key != "a" * 32
    assert SessionStore(invented.session_key)["kept"] == "something"
    assert dict(SessionStore("b" * 32).items()) == {}


def test_an_account_that_was_closed_or_is_gone_is_signed_out_at_once(client):
    user = UserFactory()
    client.force_login(user)

    user.is_active = False
    user.save()

    assert not signed_in(client)
    request = RequestFactory().get("/")
    request.session = client.session
    request.session[SESSION_KEY] = "0"
    assert get_user(request).is_anonymous


def test_the_person_is_known_with_everything_that_the_register_knows(client):
    user = UserFactory(phone="081234567890")
    client.force_login(user)

    request = RequestFactory().get("/")
    request.session = client.session
    known = get_user(request)

    asked = User.objects.get(pk=user.pk)
    assert known == asked
    assert model_to_dict(known) == model_to_dict(asked)
    assert (known.phone, known.last_login) == (asked.phone, asked.last_login)


@pytest.mark.parametrize(
    "cookie", ['"abcdefgh\\000ij"', "a" * 5000, "' OR 1=1 --", "surel@contoh.id"]
)
def test_a_cookie_that_was_never_a_key_of_ours_is_nobody(client, cookie):
    client.cookies.load(f"sessionid={cookie}")

    assert client.get("/").status_code == 200
    assert not signed_in(client)
