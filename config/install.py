"""What a telephone needs to keep the site like an app, and to stay polite without a network.

The service worker keeps one page that is the same for everybody, with its stylesheet and icons.
It never keeps an answer that a person was given, so there is nothing to forget on signing out.
"""

import hashlib
import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

WHITE = "#ffffff"
ICONS = [
    {"src": "install/icon-192.png", "sizes": "192x192", "purpose": "any"},
    {"src": "install/icon-512.png", "sizes": "512x512", "purpose": "any"},
    {"src": "install/maskable-512.png", "sizes": "512x512", "purpose": "maskable"},
]
SHORTCUTS = [
    ("Beranda saya", "beranda"),
    ("Cek kelayakan", "subsidies:eligibility"),
    ("Jadwal pelatihan", "training:event_list"),
    ("Periksa dokumen", "programs:verify_form"),
]
# What the page without a network is made of. These very addresses are in its text.
KEPT_FILES = ["bina.css", "icons.svg", "favicon.svg"]


@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
@login_not_required
def webmanifest(request):
    """Name, icons and first page of the installed app.

    The address bar stays in sight: people shall see that this is the ministry's site. The bar's
    colours by day and by night stand in the pages themselves, since a manifest knows only one.
    """
    manifest = {
        "id": "/",
        "name": "Bina Industri – Kementerian Perindustrian",
        "short_name": "Bina Industri",
        "description": "Layanan Kementerian Perindustrian untuk IKM, dinas, SMK, dan perusahaan.",
        "lang": "id",
        "dir": "ltr",
        "start_url": reverse("beranda"),
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": WHITE,
        "background_color": WHITE,
        "icons": [icon | {"src": static(icon["src"]), "type": "image/png"} for icon in ICONS],
        "shortcuts": [{"name": name, "url": reverse(page)} for name, page in SHORTCUTS],
    }
    return JsonResponse(
        manifest,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
@cache_control(public=True, no_cache=True)
@login_not_required
def offline(request):
    """The page that the browser shows when there is no network."""
    return HttpResponse(_offline_page())


@require_safe
@cache_control(public=True, no_cache=True)
@login_not_required
def service_worker(request):
    """The script at the root of the site. It changes whenever what it keeps has changed."""
    kept = [reverse("offline"), *map(static, KEPT_FILES)]
    version = hashlib.sha256("\n".join([*kept, _offline_page()]).encode()).hexdigest()[:12]
    script = render_to_string(
        "offline/sw.js", {"version": version, "page": kept[0], "kept": json.dumps(kept)}
    )
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def _offline_page():
    """Drawn without the request, so that nobody's name can be in it."""
    contact = {
        name.lower(): getattr(settings, name)
        for name in ["HELP_OFFICE", "HELP_PHONE", "HELP_HOURS", "HELP_EMAIL"]
    }
    return render_to_string("offline/page.html", contact)
