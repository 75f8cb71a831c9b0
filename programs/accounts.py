"""Accounts as allauth handles them, in our words and with our safeguards."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django import forms
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from programs.account_mails import MAILS
from programs.demo_accounts import DEMO_TOTP_SECRET
from programs.enums import PRIVACY_NOTICE_VERSION
from programs.forms import GuidedForm, PhoneField
from programs.models import User
from programs.plain_rows import fetch
from programs.sealed import seal, unseal
from programs.templatetags.bina import waktu

# Where allauth keeps the secret: the seal opens nowhere else.
MFA_SECRET = "mfa_authenticator.data"  # noqa: S105 - a place, not a secret


class AccountBackend(AuthenticationBackend):
    """Signs in as allauth does. Who that was, every page asks; so in SQL put together once."""

    def get_user(self, user_id):
        user = fetch(User, id=user_id)
        return user if user and self.user_can_authenticate(user) else None


class SignupForm(GuidedForm):
    """What we ask besides e-mail and password. The telephone is for calls alone, never for codes.

    No consent is asked: an account is part of a public service. That the privacy notice was shown
    is written down with its version.
    """

    name = forms.CharField(
        label="Nama lengkap",
        max_length=150,
        help_text="Seperti pada KTP. Contoh: Sari Wulandari",
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = PhoneField(
        label="Nomor telepon",
        required=False,
        help_text="Dipakai petugas bila perlu menelepon Anda. Contoh: 0812 3456 7890",
    )
    field_order = ["name", "email", "phone", "password1", "password2"]

    def signup(self, request, user):
        """Everything was saved by ``AccountAdapter.save_user``."""


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data["name"]
        user.phone = form.cleaned_data["phone"]
        user.notice_version = PRIVACY_NOTICE_VERSION
        user.notice_seen_at = timezone.now()
        if commit:
            user.save()
        return user

    def clean_email(self, email):
        return super().clean_email(email).lower()

    def get_login_redirect_url(self, request):
        """Officers work in the admin; everybody else begins at their tasks."""
        if request.user.is_staff:
            return reverse("admin:index")
        return super().get_login_redirect_url(request)

    def render_mail(self, template_prefix, email, context, headers=None):
        """A mail about the account, in text and HTML."""
        mail = MAILS[template_prefix]
        context = {**context, "email": email, "at": waktu(context.get("timestamp"))}
        to_show = {
            "subject": mail.subject,
            "words": mail.words.format(**context),
            "button": mail.button,
            "code": context.get("code"),
            "address": next(
                filter(
                    None,
                    map(context.get, ["activate_url", "password_reset_url", "signup_url"]),
                ),
                "",
            ),
            "contact": settings.HELP_CONTACT,
        }
        message = EmailMultiAlternatives(
            subject=f"{mail.subject} – Bina Industri",
            body=render_to_string("mail/account.txt", to_show),
            from_email=self.get_from_email(),
            to=[email] if isinstance(email, str) else email,
            headers=headers,
        )
        message.attach_alternative(render_to_string("mail/account.html", to_show), "text/html")
        return message


class MfaAdapter(DefaultMFAAdapter):
    """Second factors rest sealed in the database."""

    def encrypt(self, text):
        return seal(text, context=MFA_SECRET)

    def decrypt(self, encrypted_text):
        secret = unseal(encrypted_text, context=MFA_SECRET)
        if secret == DEMO_TOTP_SECRET and not settings.DEMO:
            # Everybody knows it. A secret that nobody knows in its place: no code is ever right.
            return generate_totp_secret()
        return secret

    def get_totp_label(self, user):
        return user.email
