"""Accounts from sign-up to the second factor, and the mails about them."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.urls import reverse

from programs.account_mails import MAILS
from programs.accounts import AccountAdapter
from programs.demo_accounts import DEMO_TOTP_SECRET
from programs.enums import PRIVACY_NOTICE_VERSION
from programs.models import User
from programs.sealed import SealBroken
from programs.workflow.accounts import accounts_for
from tests.factories.programs import PASSWORD, TOTP_SECRET, OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Sari Wulandari",
    "email": "Sari@Contoh.id",
    "phone": "0812 3456 7890",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), {**FORM, **changes})


def test_signing_up_makes_an_account_that_waits_for_its_confirmation(client, mailoutbox):
    answer = sign_up(client)

    user = User.objects.get()
    assert answer.url == reverse("account_email_verification_sent")
    assert (user.email, user.name, str(user.phone)) == (
        "sari@contoh.id",
        "Sari Wulandari",
        "+6281234567890",
    )
    assert user.notice_version == PRIVACY_NOTICE_VERSION
    assert user.notice_seen_at
    assert not user.is_staff
    assert not EmailAddress.objects.get().verified
    assert mailoutbox[0].subject == "Konfirmasi surel Anda – Bina Industri"


def test_the_link_in_the_mail_confirms_and_one_can_sign_in(client, mailoutbox):
    sign_up(client)
    link = re.search(r"http\S+/akun/confirm-email/\S+", mailoutbox[0].body)[0]
    client.get(link)
    client.post(link)

    answer = client.post(
        reverse("account_login"), {"login": "SARI@contoh.id", "password": PASSWORD}
    )

    assert answer.url == reverse("beranda")


def test_the_telephone_may_be_left_out(client):
    sign_up(client, phone="")

    assert User.objects.get().phone == ""


def test_a_name_is_asked_for(client):
    answer = sign_up(client, name=" ")

    assert not User.objects.exists()
    assert "Isi nama lengkap." in answer.text


def test_a_telephone_that_cannot_be_one_is_explained(client):
    answer = sign_up(client, phone="12")

    assert "Tulis nomor telepon lengkap" in answer.text
    assert 'value="Sari Wulandari"' in answer.text


def test_signing_up_twice_tells_the_owner_by_mail_and_the_page_nothing(client, mailoutbox):
    UserFactory(confirmed=True, email="sari@contoh.id")

    answer = sign_up(client)

    assert answer.url == reverse("account_email_verification_sent")
    assert [mail.subject for mail in mailoutbox] == ["Anda sudah memiliki akun – Bina Industri"]
    assert User.objects.count() == 1


def test_an_officer_arrives_at_the_desk(client):
    user = OfficerFactory(confirmed=True)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    answer = client.post(reverse("mfa_authenticate"), {"code": code_for(TOTP_SECRET)})

    assert answer.url == reverse("admin:index")


def test_a_wrong_code_opens_nothing(client):
    user = OfficerFactory(confirmed=True)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    wrong = "111111" if code_for(TOTP_SECRET) != "111111" else "222222"

    client.post(reverse("mfa_authenticate"), {"code": wrong})

    assert "_auth_user_id" not in client.session


def test_a_code_by_mail_signs_in_too(client, mailoutbox):
    user = UserFactory(confirmed=True)
    client.post(reverse("account_request_login_code"), {"email": user.email})
    code = re.search(r"Kode: (\S+)", mailoutbox[0].body)[1]

    answer = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert answer.url == reverse("beranda")


def test_a_second_factor_rests_sealed():
    user = OfficerFactory()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data->>'secret' FROM mfa_authenticator WHERE user_id = %s", [user.pk]
        )
        stored = cursor.fetchone()[0]

    assert stored.startswith("k1$")
    assert TOTP_SECRET not in stored
    assert TOTP(Authenticator.objects.get(user=user)).validate_code(code_for(TOTP_SECRET))


def test_a_secret_from_another_place_is_not_opened():
    with pytest.raises(SealBroken):
        get_adapter().decrypt("k1$AAAA")


@pytest.mark.parametrize(("demo", "accepted"), [(True, True), (False, False)])
def test_the_secret_that_everybody_knows_counts_in_the_demo_alone(settings, demo, accepted):
    settings.DEMO = demo
    user = UserFactory()
    TOTP.activate(user, DEMO_TOTP_SECRET)

    totp = TOTP(Authenticator.objects.get(user=user))

    assert totp.validate_code(code_for(DEMO_TOTP_SECRET)) is accepted


@pytest.mark.parametrize("prefix", MAILS)
def test_every_mail_can_be_written_in_text_and_html(prefix):
    context = {
        "from_email": "lama@contoh.id",
        "to_email": "baru@contoh.id",
        "deleted_email": "lama@contoh.id",
        "ip": "127.0.0.1",
        "activate_url": "http://localhost:8000/akun/confirm-email/abc/",
        "code": "ABC-DEF",
    }

    mail = AccountAdapter().render_mail(prefix, "sari@contoh.id", context)

    html = mail.alternatives[0].content
    for words in (mail.body, html):
        assert MAILS[prefix].words.split(".")[0].split("{")[0] in words
        assert "ABC-DEF" in words
        assert "http://localhost:8000/akun/confirm-email/abc/" in words
        assert "Ada pertanyaan?" in words
        assert "{" not in mail.body


def test_every_mail_that_allauth_can_send_has_our_words():
    names = (
        "email_confirmation email_confirmation_signup account_already_exists unknown_account "
        "login_code password_reset_key password_changed password_reset password_set "
        "email_changed email_confirm email_deleted"
    )

    assert {f"account/email/{name}" for name in names.split()} <= MAILS.keys()


def test_changing_the_password_is_told_by_mail(client, mailoutbox):
    user = UserFactory(confirmed=True)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    new = "tenun-ikat-biru-laut"

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert [mail.subject for mail in mailoutbox] == ["Kata sandi Anda diganti – Bina Industri"]
    assert "127.0.0.1" in mailoutbox[0].body


def test_a_closed_account_cannot_sign_in(client):
    user = UserFactory(confirmed=True, is_active=False)

    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_people_entered_by_others_get_one_account_each_in_few_questions(
    number, django_assert_max_num_queries
):
    known = UserFactory(email="lama@contoh.id", name="Nama lama")
    people = [(f"Baru{n}@Contoh.id", f"Baru {n}", "") for n in range(number)]

    with django_assert_max_num_queries(6):
        users = accounts_for([*people, ("lama@contoh.id", "Nama lain", ""), people[0]])

    assert [user.email for user in users] == [
        *(f"baru{n}@contoh.id" for n in range(number)),
        "lama@contoh.id",
        "baru0@contoh.id",
    ]
    assert users[number] == known
    assert users[number].name == "Nama lama"
    first = users[0]
    assert not first.has_usable_password()
    assert list(first.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("baru0@contoh.id", False, True)
    ]
