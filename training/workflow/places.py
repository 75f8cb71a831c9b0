"""Places and the waiting list. Whoever gives or frees a place holds the event's row first.

The order of locks is always event, then registration; so nobody waits for one who waits for them.
The database counts along (trigger ``count_places``) and refuses one place too many.
"""

from collections import Counter

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from programs.plain_rows import ask
from programs.transitions import finish
from training import arrows
from training.enums import BEFORE_IT_BEGINS, HELD, HOLDING_A_PLACE, RegistrationStatus
from training.models import Event, Quota, Registration
from training.news import tell_status

# What may have changed since the page was opened, and decides about a place.
REFRESHED = [
    "arrivals", "taken", "capacity", "status", "opens_at", "closes_at", "has_waiting_list",
    "needs_approval",
]  # fmt: skip
TAKE_TICKET = f"""
    UPDATE training_event SET arrivals = arrivals + %s WHERE id = %s
    RETURNING {", ".join(REFRESHED)},
              EXISTS (SELECT FROM training_quota WHERE event_id = training_event.id),
              EXISTS (SELECT FROM training_registration
                       WHERE event_id = training_event.id AND user_id = ANY(%s)
                         AND status = '{RegistrationStatus.REJECTED}'),
              ARRAY(SELECT nextval(pg_get_serial_sequence('training_registration', 'id'))
                      FROM generate_series(1, %s))
"""  # noqa: S608 - our own column names


class Places:
    """What is still free, counted down as places are given. Valid while the event is locked."""

    def __init__(self, event):
        self.free = event.capacity - event.taken
        # The ticket tells whether there are any: most have none, and a rush is short of time.
        self.quotas = list(event.quotas.all()) if getattr(event, "has_quotas", True) else []
        self._left = {quota.pk: quota.places - quota.taken for quota in self.quotas}

    def quotas_for(self, *, kind, region):
        """(quota of the region or None, quota of the kind or None) that a person falls under.

        A quota of a kabupaten/kota comes before that of its province.
        """
        return _quotas_for(self.quotas, kind, region.code if region else "")

    def take(self, *quotas):
        """Take a place under these quotas; False when there is none."""
        limits = [quota for quota in quotas if quota and not quota.is_released]
        if self.free < 1 or any(self._left[quota.pk] < 1 for quota in limits):
            return False
        self.free -= 1
        for quota in limits:
            self._left[quota.pk] -= 1
        return True


def lock_event(event):
    """A fresh copy of the event; others who give or free places wait until the commit."""
    return Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)


def take_ticket(event, comers):
    """Lock the event, bring what decides about a place up to date, and give ``comers``, which are
    registrations not yet written, their arrival numbers and their keys.

    ``event.turned_down`` tells whether the organizers refused one of them before.
    """
    many = len(comers)
    people = [one.user_id for one in comers]
    *values, keys = ask(TAKE_TICKET, [many, event.pk, people, many])
    for name, value in zip([*REFRESHED, "has_quotas", "turned_down"], values, strict=True):
        setattr(event, name, value)
    first = event.arrivals - many + 1
    for comer, arrival, key in zip(comers, range(first, first + many), keys, strict=True):
        comer.arrival, comer.pk = arrival, key


@transaction.atomic
def fill_free_places(event, *, by=None):
    """Give free places to the waiting list, in the order in which people came.

    Whose region or kind has no quota left is passed over until one of its places is free. Returns
    the registrations that moved up. Nobody moves up once the event has begun.
    """
    event = lock_event(event)
    if event.status not in BEFORE_IT_BEGINS:
        return []
    places, moved = Places(event), []
    by_pk = {quota.pk: quota for quota in places.quotas}
    if places.free < 1:
        return []
    waiting = event.registrations.waiting().select_related("user")
    for registration in waiting.select_for_update(of=("self",)):
        quotas = by_pk.get(registration.region_quota_id), by_pk.get(registration.kind_quota_id)
        if places.take(*quotas):
            registration.placed_at = timezone.now()
            finish(arrows.MOVE_UP, registration, by=by)
            moved.append(registration)
        if places.free < 1:
            break
    tell_status(event, moved)
    return moved


@transaction.atomic
def release_quotas(event):
    """Open what the quotas left unused to everybody, and let the waiting list move up."""
    event = lock_event(event)
    if event.quotas.filter(is_released=False).update(is_released=True):
        event.history.create(
            action="release_quotas", from_status=event.status, to_status=event.status
        )
    return fill_free_places(event)


def position_of(registration):
    """Which place of the waiting list this is, starting at 1."""
    return (
        Registration.objects.filter(
            event=registration.event_id,
            status=RegistrationStatus.WAITING,
            arrival__lt=registration.arrival,
        ).count()
        + 1
    )


def assign_quotas(event):
    """Tie registrations to the quotas as they are after an edit, also of those who have a place.

    ``placed_under`` says before the edit whether a quota has room for them. Once the event has
    begun, those who have a place stay under the quota that they came under.
    """
    statuses = [RegistrationStatus.PENDING, RegistrationStatus.WAITING]
    if event.status not in HELD:
        statuses += HOLDING_A_PLACE
    places, changed = Places(event), []
    for registration in event.registrations.filter(status__in=statuses).select_related("region"):
        before = registration.region_quota_id, registration.kind_quota_id
        quotas = places.quotas_for(kind=registration.kind, region=registration.region)
        registration.region_quota, registration.kind_quota = quotas
        if before != (registration.region_quota_id, registration.kind_quota_id):
            changed.append(registration)
    # Out of the old ones first: a quota that was given to another region is never too full between.
    of_changed = event.registrations.filter(pk__in=[registration.pk for registration in changed])
    of_changed.update(region_quota=None, kind_quota=None)
    Registration.objects.bulk_update(changed, ["region_quota", "kind_quota"], batch_size=500)


def placed_under(event, quotas):
    """How many people with a place would count under each of ``quotas``, if these were all.

    The quotas need not be saved. Empty for an event that has begun: nobody is moved any more.
    """
    if event.pk is None or event.status in HELD:
        return [0] * len(quotas)
    groups = event.registrations.filter(status__in=HOLDING_A_PLACE).order_by()
    counted = Counter()
    for kind, code, people in groups.values_list("kind", "region").annotate(Count("pk")):
        for quota in _quotas_for(quotas, kind, code or ""):
            counted[id(quota)] += people
    return [counted[id(quota)] for quota in quotas]


def _quotas_for(quotas, kind, code):
    by_region = {quota.region_id: quota for quota in quotas if quota.region_id}
    by_kind = {quota.kind: quota for quota in quotas if quota.kind}
    return by_region.get(code) or by_region.get(code[:2]), by_kind.get(kind)


def quotas_in_use(event):
    """Quotas that somebody's registration stands under: they cannot be deleted any more."""
    return Quota.objects.filter(event=event, taken__gt=0)
