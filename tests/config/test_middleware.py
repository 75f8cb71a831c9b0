"""What every answer carries, and what staff must do before they see anything."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from tests.factories.programs import PASSWORD, TOTP_SECRET, OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db


def code_now():
    return format_hotp_value(hotp_value(TOTP_SECRET, next(yield_hotp_counters_from_time())))


def sign_in(client, user):
    return client.post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True
    )


def policy(response):
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {part[0]: part[1:] for part in parts}


@pytest.fixture
def bare_officer():
    """Someone newly made staff, who has no second factor yet."""
    user = UserFactory(confirmed=True)
    user.is_staff = user.is_superuser = True
    user.save()
    return user


def test_scripts_and_styles_come_from_this_site_alone(client):
    found = policy(client.get("/akun/login/"))

    assert found["default-src"] == ["'self'"]
    assert found["script-src"] == ["'self'"]
    assert found["style-src"] == ["'self'"]
    assert found["object-src"] == found["base-uri"] == found["frame-ancestors"] == ["'none'"]


def test_the_admin_keeps_the_same_policy(client):
    officer = OfficerFactory(confirmed=True, is_superuser=True)
    sign_in(client, officer)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    response = client.get("/admin/programs/region/")

    assert response.status_code == 200
    assert policy(response)["script-src"] == ["'self'"]
    assert policy(response)["style-src"] == ["'self'"]


def test_other_safeguards_are_on_every_answer(client):
    response = client.get("/akun/login/")

    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_stranger_finds_the_admin_behind_the_common_sign_in(client):
    response = client.get("/admin/login/?next=/admin/")

    assert response.status_code == 302
    assert response.url.startswith("/akun/login/")


def test_staff_without_a_second_factor_get_no_further_than_its_set_up(client, bare_officer):
    sign_in(client, bare_officer)

    for path in ("/admin/", "/"):
        response = client.get(path)
        assert (response.status_code, response.url) == (302, reverse("mfa_activate_totp"))

    page = client.get("/admin/", follow=True)
    assert "Petugas wajib masuk dengan langkah kedua" in page.content.decode()


def test_a_password_alone_does_not_sign_an_officer_in(client):
    officer = OfficerFactory(confirmed=True, is_superuser=True)

    page = sign_in(client, officer)

    assert page.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert client.get("/admin/").url.startswith("/admin/login/")


def test_a_session_from_before_the_second_factor_is_asked_for_it_once(client, bare_officer):
    sign_in(client, bare_officer)
    TOTP.activate(bare_officer, TOTP_SECRET)

    asked = client.get("/admin/?urut=1")
    assert (asked.status_code, asked.url) == (
        302,
        f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2F%3Furut%3D1",
    )

    back = client.post(asked.url, {"code": code_now()})
    assert (back.status_code, back.url) == (302, "/admin/?urut=1")
    assert client.get("/admin/programs/region/").status_code == 200


def test_an_officer_with_only_a_passkey_is_asked_for_the_passkey(client, bare_officer):
    sign_in(client, bare_officer)
    Authenticator.objects.create(user=bare_officer, type=Authenticator.Type.WEBAUTHN, data={})

    assert client.get("/admin/").url.startswith(reverse("mfa_reauthenticate_webauthn"))


def test_nobody_else_needs_a_second_factor(client):
    sign_in(client, UserFactory(confirmed=True))

    assert client.get("/").status_code == 200


def test_a_device_in_another_language_reads_numbers_the_same_way(client):
    response = client.get("/", headers={"accept-language": "en-US"})

    assert response.status_code == 200
    assert '<html lang="id">' in response.content.decode()
