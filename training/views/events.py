"""What the ministry offers: the list of events, and the page of each. Open to all."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from programs.models import Region
from training import event_in_words as words
from training.enums import AudienceKind, EventStatus, RegistrationStatus
from training.filters import EventFilter
from training.models import Event, Quota
from training.openness import TAKES_PEOPLE, Openness, badge_of, openness_of
from training.permissions import agencies_of, can_look_at
from training.stages import WORDS

CALLED_OFF = [EventStatus.CANCELLED, EventStatus.POSTPONED]
PAGE = 20


@require_safe
@login_not_required
def event_list(request):
    """Events to come by month, or with ``lalu`` those that are over, with what narrows them."""
    now = timezone.now()
    is_past = "lalu" in request.GET
    events = Event.objects.past(now=now) if is_past else Event.objects.upcoming(now=now)
    filters = EventFilter(request.GET, events.select_related("unit"), **_choices(events))
    page = Paginator(filters.qs, PAGE).get_page(request.GET.get("halaman"))
    chips = [(value, _without(request, name)) for name, value in filters.chosen()]
    return render(
        request,
        "training/event_list.html",
        {
            "filter": filters,
            "page": page,
            "months": [
                (month, [_listed(event, now) for event in of_the_month])
                for month, of_the_month in groupby(page.object_list, key=_month_of)
            ],
            "chips": chips,
            "all_address": "?lalu" if is_past else request.path,
            "is_past": is_past,
            "postponed": [] if is_past or chips else Event.objects.postponed()[:PAGE],
        },
    )


def _choices(events):
    """What leads to something: the units and months of these events. Provinces are known."""
    return {
        "provinces": Region.objects.filter(province=None)
        .order_by("name")
        .values_list("code", "name"),
        "units": events.order_by("unit__name").values_list("unit", "unit__name").distinct(),
        "months": events.datetimes("starts_at", "month", order="ASC"),
    }


def _without(request, name):
    """This list's address with one filter taken away."""
    query = request.GET.copy()
    for parameter in (name, "halaman"):
        query.pop(parameter, None)
    return f"?{query.urlencode()}"


def _month_of(event):
    return timezone.localdate(event.starts_at).replace(day=1)


def _listed(event, now):
    return event, words.days(event), words.hours(event.starts_at), badge_of(event, now=now)


@require_safe
@login_not_required
def event_detail(request, slug):
    events = Event.objects.announced().select_related("unit", "place_region__province")
    event = get_object_or_404(
        events.prefetch_related(
            "regions",
            "sessions__speakers",
            Prefetch("quotas", Quota.objects.select_related("region")),
        ),
        slug=slug,
    )
    now = timezone.now()
    openness = openness_of(event, now=now)
    days = words.programme(event)
    own = _own_registration(request.user, event)
    return render(
        request,
        "training/event_detail.html",
        {
            "event": event,
            "openness": openness,
            "badge": badge_of(event, now=now),
            "takes_people": openness in TAKES_PEOPLE,
            "over_line": words.over_line(event),
            "when": words.days(event),
            "days": days,
            "hours": words.same_hours(days),
            "place": words.place(event),
            "whom": words.whom(event),
            "certificate_terms": words.certificate_terms(event),
            "tests": words.tests(event),
            "reason": _reason(event),
            "own": own,
            "own_words": WORDS[own.status] if own else None,
            # Who was turned down by the organizers is not invited to try again.
            "may_register": own is None or own.status == RegistrationStatus.WITHDRAWN,
            "may_open_desk": request.user.is_staff and can_look_at(request.user, event),
            "for_apparatus": _is_for_apparatus(event),
            "sends_groups": request.user.is_authenticated
            and _is_for_apparatus(event)
            and agencies_of(request.user).exists(),
            **_places(event, openness),
        },
    )


def _own_registration(user, event):
    """The person's latest registration: an active one is always later than one that ended."""
    if not user.is_authenticated:
        return None
    return event.registrations.of(user).order_by("-pk").first()


def _is_for_apparatus(event):
    return not event.audience_kinds or AudienceKind.APPARATUS in event.audience_kinds


def _reason(event):
    """Why it was called off, as its officers told the participants."""
    if event.status not in CALLED_OFF:
        return ""
    return event.history.filter(to_status=event.status).order_by("pk").last().reason


def _places(event, openness):
    """How full the quotas are, which of them are full, and how many wait for those."""
    quotas = list(event.quotas.all())
    if openness not in [*TAKES_PEOPLE, Openness.FULL, Openness.NOT_YET, Openness.CLOSED]:
        return {"quota_bars": [], "full": [], "waiting": 0}
    waiting = dict(
        event.registrations.waiting()
        .values_list("region_quota")
        .annotate(people=Count("pk"))
        .order_by()
    )
    bars = [
        (
            capfirst(str(quota)),
            quota.taken,
            quota.places,
            "Penuh" if quota.is_full else f"{quota.taken} dari {quota.places}",
        )
        for quota in quotas
        if not quota.is_released
    ]
    return {
        "quota_bars": bars,
        "quotas_of_regions": any(quota.region_id for quota in quotas),
        "quotas_were_released": any(quota.is_released for quota in quotas),
        "full": [(quota, waiting.get(quota.pk, 0)) for quota in quotas if quota.is_full],
        "waiting": sum(waiting.values()),
    }
