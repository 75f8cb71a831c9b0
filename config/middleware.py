"""Rules that hold for every request."""

from allauth.mfa.utils import is_mfa_enabled
from csp.constants import UNSAFE_INLINE
from django.shortcuts import redirect
from django.urls import reverse

OPEN_TO_STAFF = ("/akun/", "/static/", "/demo/", "/healthz", "/readyz")


class AdminStylesMiddleware:
    """The admin's theme writes colours into a <style> element; scripts stay strict there too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = {"style-src": [UNSAFE_INLINE]}
        return response


class StaffSecondFactorMiddleware:
    """Who works for the ministry signs in with a second factor, or is led to its set-up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated and user.is_staff and not request.path.startswith(OPEN_TO_STAFF):
            if not is_mfa_enabled(user):
                return redirect("mfa_activate_totp")
            if not _second_factor_was_used(request):
                return redirect(f"{reverse('account_reauthenticate')}?next={request.path}")
        return self.get_response(request)


def _second_factor_was_used(request):
    # A passkey counts: allauth records it as "mfa" too.
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)
