"""Rules that hold for every request."""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

# Signing in and out, and what does not show anybody's data.
OPEN_TO_STAFF = (
    *("/akun/", "/static/", "/demo/", "/healthz", "/readyz"),
    *("/luring/", "/sw.js", "/manifest.webmanifest"),
)


class StaffSecondFactorMiddleware:
    """Who works for the ministry signs in with a second factor, or is led to its set-up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated and user.is_staff and not request.path.startswith(OPEN_TO_STAFF):
            if not is_mfa_enabled(user):
                messages.warning(
                    request,
                    "Petugas wajib masuk dengan langkah kedua. Aktifkan aplikasi pengautentikasi "
                    "terlebih dahulu.",
                )
                return redirect("mfa_activate_totp")
            if not _second_factor_was_used(request):
                back = urlencode({"next": request.get_full_path()})
                return redirect(f"{reverse(_second_factor_page(user))}?{back}")
        return self.get_response(request)


class WrongMethodPageMiddleware:
    """Who opens the address of a button, say from a restored tab, reads why nothing is there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page


def _second_factor_was_used(request):
    # A passkey counts: allauth records it as "mfa" too.
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def _second_factor_page(user):
    if is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        return "mfa_reauthenticate"
    return "mfa_reauthenticate_webauthn"
