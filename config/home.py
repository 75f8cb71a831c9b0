"""The home page: what the ministry offers to whom, what is open, and what came of it."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.headlines import headline_of
from config.open_now import next_events, open_batches, open_calls
from programs.achievement import by_province, in_unit, standings
from programs.models import Indicator, News
from programs.tile_map import places
from programs.units import with_unit

# For whom, what is behind the door, its picture, and the audience as the list of programs says it.
DOORS = [
    ("Saya pelaku IKM", "Bantuan mesin, e-Smart IKM, webinar, dan kampanye", "shop", "ikm"),
    ("Saya aparatur dinas", "Bimtek, daftar hadir, dan sertifikat", "office", "aparatur"),
    ("Saya dari SMK", "Perusahaan mitra, PKL, dan penyerapan lulusan", "school", "smk"),
    ("Saya dari perusahaan", "Menggandeng SMK dan Diklat 3in1", "factory", "perusahaan"),
]
# What the ministry tells most often of its programs (product.md §6), in this order.
HEADLINES = [
    "lm-smk",
    "lm-perusahaan",
    "lm-pks",
    "webinar-kegiatan",
    "webinar-peserta",
    "esmart-omzet",
    "kampanye-semuanya-ada-di-sini",
]
# What the map can show: where people and businesses are, one choice of each program.
ON_THE_MAP = [
    "lm-smk",
    "lm-pks",
    "esmart-ikm-bergabung",
    "kampanye-semuanya-ada-di-sini",
    "webinar-peserta",
    "bimtek-kabkota",
    "diklat-bekerja",
    "mesin-ikm",
]
LEADING, NEWS = 5, 3


@dataclass
class Door:
    title: str
    about: str
    icon: str
    url: str


@require_safe
@login_not_required
def home(request):
    """``peta`` chooses what the map shows; another word is answered with the usual map."""
    programs = reverse("program_list")
    wanted = Indicator.objects.filter(slug__in={*HEADLINES, *ON_THE_MAP})
    told = standings(wanted, today=timezone.localdate())
    by_slug = {one.indicator.slug: one for one in told}
    news = News.objects.published(now=timezone.now()).select_related("program")
    page = {
        "doors": [
            Door(title, about, icon, f"{programs}?untuk={audience}")
            for title, about, icon, audience in DOORS
        ],
        "calls": open_calls(),
        "batches": open_batches(),
        "events": next_events(),
        "headlines": [headline_of(by_slug[slug]) for slug in HEADLINES if slug in by_slug],
        "news": news[:NEWS],
    }
    return render(request, "home.html", page | _map(by_slug, request.GET.get("peta", "")))


def _map(by_slug, asked):
    """The provinces by the indicator that was asked for, or by the first that has something."""
    choices = [
        by_slug[slug] for slug in ON_THE_MAP if slug in by_slug and by_slug[slug].value is not None
    ]
    wanted = [one for one in choices if one.indicator.slug == asked]
    shown = next(iter(wanted + [one for one in choices if one.value] + choices), None)
    if shown is None:
        return {}
    indicator = shown.indicator
    amounts = by_province(indicator, month=shown.month)
    rows = sorted(
        ((place.name, amounts.get(place.code, 0)) for place in places()),
        key=lambda row: (-row[1], row[0]),
    )
    return {
        "map_choices": choices,
        "map_shown": shown,
        "map_total": with_unit(shown.value, indicator.unit),
        "amounts": amounts,
        "leading": [
            (name, with_unit(amount, indicator.unit)) for name, amount in rows[:LEADING] if amount
        ],
        "provinces": [(name, in_unit(indicator, amount)) for name, amount in rows],
    }
