"""The home page and the pages of plain text. Open to all."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.enums import PRIVACY_NOTICE_VERSION
from programs.models import Holiday
from programs.working_days import working_days_between
from subsidies.models import Scheme
from subsidies.terms_in_words import promise
from training import event_in_words
from training.models import Event
from training.openness import Badge, badge_of

NEXT_EVENTS = 3

# For whom, what is behind the door, its picture, and the audience as the list of programs says it.
DOORS = [
    ("Saya pelaku IKM", "Bantuan mesin, e-Smart IKM, webinar, dan kampanye", "shop", "ikm"),
    ("Saya aparatur dinas", "Bimtek, daftar hadir, dan sertifikat", "office", "aparatur"),
    ("Saya dari SMK", "Perusahaan mitra, PKL, dan penyerapan lulusan", "school", "smk"),
    ("Saya dari perusahaan", "Menggandeng SMK dan Diklat 3in1", "factory", "perusahaan"),
]


@dataclass
class Door:
    title: str
    about: str
    icon: str
    url: str


@dataclass
class Listed:
    """One of the next events, as the home page tells it."""

    event: Event
    when: str
    hours: event_in_words.Hours
    badge: Badge


@dataclass
class Call:
    """An open call, as the home page tells it."""

    scheme: Scheme
    url: str
    promise: str
    days_left: int


@require_safe
@login_not_required
def home(request):
    programs = reverse("program_list")
    doors = [
        Door(title, about, icon, f"{programs}?untuk={audience}")
        for title, about, icon, audience in DOORS
    ]
    page = {"doors": doors, "calls": open_calls(), "events": next_events()}
    return render(request, "home.html", page)


@require_safe
@login_not_required
def privacy_notice(request):
    return render(request, "pages/privacy_notice.html", {"notice_version": PRIVACY_NOTICE_VERSION})


@require_safe
@login_not_required
def accessibility(request):
    return render(request, "pages/accessibility.html")


@require_safe
@login_not_required
def help_page(request):
    return render(request, "pages/help.html")


def next_events():
    now = timezone.now()
    events = Event.objects.upcoming(now=now).select_related("unit")
    return [
        Listed(
            event,
            event_in_words.days(event),
            event_in_words.hours(event.starts_at),
            badge_of(event, now=now),
        )
        for event in events[:NEXT_EVENTS]
    ]


def open_calls():
    today = timezone.localdate()
    schemes = list(Scheme.objects.open(today=today).prefetch_related("rates"))
    if not schemes:
        return []
    holidays = Holiday.objects.days()
    return [
        Call(
            scheme,
            reverse("subsidies:scheme_detail", args=[scheme.code]),
            f"kami mengganti {promise(scheme)}",
            working_days_between(today, scheme.closes_on, holidays),
        )
        for scheme in schemes
    ]
