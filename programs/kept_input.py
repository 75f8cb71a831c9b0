"""What somebody typed into a page whose session had ended comes back after they sign in again.

The typed values wait in the browser's session on the server for a day at most, never in the page
or a cookie. An ended session no longer says whose it was, so a signed cookie names the last person
who signed in with this browser: what was typed is shown to that person alone, and dropped when
somebody else signs in. Without the cookie nothing is kept. Files, passwords and NIK are not kept.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure as default_csrf_failure

from programs.once import NOT_CONTENT

SESSION_KEY = "kept_input"
COOKIE = "bina_reader"
COOKIE_AGE = timedelta(days=30)
KEPT_FOR = timedelta(days=1)
MOST_PAGES = 3
MOST_CHARACTERS = 60_000
NEVER_KEPT = ("password", "sandi", "nik", "otp")
ENDED = "Sesi Anda sudah berakhir. Masuk kembali untuk melanjutkan."
ENDED_AND_KEPT = (
    "Sesi Anda sudah berakhir. Isian Anda kami simpan; masuk kembali untuk melanjutkannya."
)
NOT_RECEIVED = (
    "Halaman tadi dibuka sebelum Anda masuk kembali, sehingga kirimannya belum kami terima."
)
RETURNED = (
    "Isian Anda dari sebelum sesi berakhir dikembalikan. Periksa, lalu kirim lagi. "
    "NIK, kata sandi, dan berkas perlu diisi lagi."
)


class KeptInputMiddleware:
    """Catches the form that arrives at a closed page without anybody being signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            _drop_what_is_not_theirs(request)
        response = self.get_response(request)
        user = request.user
        if user.is_authenticated and _last_reader(request) != user.pk:
            response.set_signed_cookie(
                COOKIE,
                user.pk,
                salt=COOKIE,
                max_age=COOKIE_AGE,
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    def process_view(self, request, view, args, kwargs):
        is_closed = getattr(view, "login_required", True)
        if request.method != "POST" or request.user.is_authenticated or not is_closed:
            return None
        messages.info(request, ENDED_AND_KEPT if keep(request) else ENDED)
        return _to_sign_in(request)


def csrf_failure(request, reason=""):
    """A page from before somebody signed in again in another tab: its token is old, not its words.

    Only for our own pages: a foreign one must not be able to put words into our forms.
    """
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not (is_ours and request.user.is_authenticated):
        return default_csrf_failure(request, reason)
    keep(request, owner=request.user.pk)
    messages.info(request, NOT_RECEIVED)
    return HttpResponseRedirect(_page_of_the_form(request))


def keep(request, owner=None):
    """Put aside what this POST carries, for ``owner`` or else the last person of this browser."""
    owner = owner or _last_reader(request)
    typed = request.POST.copy()
    for name in request.POST:
        if name in NOT_CONTENT or any(word in name.lower() for word in NEVER_KEPT):
            del typed[name]
    encoded = typed.urlencode()
    if owner is None or not typed or len(encoded) > MOST_CHARACTERS:
        return False
    kept = request.session.get(SESSION_KEY, {})
    kept.pop(request.path, None)
    kept[request.path] = {
        "owner": owner,
        "typed": encoded,
        "until": (timezone.now() + KEPT_FOR).timestamp(),
    }
    request.session[SESSION_KEY] = dict(list(kept.items())[-MOST_PAGES:])
    return True


def take(request, path=""):
    """What was typed on this page before the session ended, once; else None.

    The person is told. ``fill`` puts it into a form. A form that is sent to another address than
    the page it stands on names that address as ``path``.
    """
    if request.method != "GET" or SESSION_KEY not in request.session:
        return None
    kept = request.session[SESSION_KEY]
    page = kept.pop(path or request.path, None)
    if page is None:
        return None
    request.session[SESSION_KEY] = kept
    if page["owner"] != request.user.pk or page["until"] < timezone.now().timestamp():
        return None
    messages.info(request, RETURNED)
    return QueryDict(page["typed"])


def fill(form, kept):
    """Show the kept values in an unbound form, as they were typed. Nothing is judged yet."""
    if kept is None:
        return form
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        is_kept = any(typed == key or typed.startswith(f"{key}_") for typed in kept)
        if is_kept or isinstance(field, forms.BooleanField):
            form.initial[name] = field.widget.value_from_datadict(kept, {}, key)
    return form


def fill_all(forms_of_a_page, kept):
    """The same for a page of several forms, as a formset is one."""
    for form in forms_of_a_page:
        fill(form, kept)
    return forms_of_a_page


def _last_reader(request):
    reader = request.get_signed_cookie(COOKIE, None, salt=COOKIE, max_age=COOKIE_AGE)
    return int(reader) if reader else None


def _drop_what_is_not_theirs(request):
    kept = request.session.get(SESSION_KEY)
    if kept and any(page["owner"] != request.user.pk for page in kept.values()):
        del request.session[SESSION_KEY]


def _page_of_the_form(request):
    """A button's own address answers no GET; the page on which it stood does."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    parts = urlsplit(page if page and ours else request.get_full_path())
    return parts._replace(scheme="", netloc="", fragment="").geturl()


def _to_sign_in(request):
    response = redirect_to_login(_page_of_the_form(request), reverse("account_login"))
    if request.headers.get("HX-Request"):
        # htmx would put the sign-in page into the middle of this one.
        response = HttpResponse(status=204, headers={"HX-Redirect": response.url})
    add_never_cache_headers(response)
    return response
