"""The questions asked of events more than once, each with a name."""

import json
from datetime import timedelta

from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL

from programs.enums import MembershipState, OrganizationKind
from programs.models import Membership, Organization
from programs.plain_rows import ask
from training.enums import ANNOUNCED, BEFORE_IT_BEGINS, AudienceKind, EventStatus

# In our own words: Django takes milliseconds to put it together, the database far less to
# answer it, and in a rush it is asked hundreds of times.
AREA = """
    SELECT jsonb_object_agg(region.code, region.name)
      FROM training_event_regions AS listed
      JOIN programs_region AS region ON region.code = listed.region_id
     WHERE listed.event_id = training_event.id
"""
# What a registration needs to know of its event, in our own SQL for the same reason; in the order
# of the model's fields, as ``from_db`` wants them.
FOR_REGISTRATION = [
    "id", "unit_id", "title", "audience_kinds", "commodities", "contact", "starts_at", "ends_at",
]  # fmt: skip
OF_THE_ADDRESS = f"""
    SELECT {", ".join(f"training_event.{name}" for name in FOR_REGISTRATION)},
           unit.name, ({AREA})
      FROM training_event JOIN programs_organization AS unit ON unit.id = training_event.unit_id
     WHERE training_event.slug = %s AND training_event.status = ANY(%s)
"""  # noqa: S608 - our own column names


def units_of(user):
    """The ministry's units that ``user`` works for, as a subquery of their keys."""
    return Membership.objects.filter(
        user=user,
        state=MembershipState.APPROVED,
        organization__kind=OrganizationKind.UNIT,
    ).values("organization")


def run_by(user, prefix=""):
    """The condition “an event that this officer looks after”: the own unit's, or every one.

    ``prefix`` leads from another model to the event, as in ``event__``.
    """
    if user.has_perm("training.view_every_event") or user.has_perm("training.run_every_event"):
        # Not an empty Q: joined with others by “or”, that would mean nothing instead of all.
        return ~Q(pk__in=[])
    if not user.has_perm("training.view_event"):
        return Q(pk__in=[])
    return Q(**{f"{prefix}unit__in": units_of(user)})


class EventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """On the officers' desk: the events of the own unit, or of every unit by permission."""
        return self.filter(run_by(user))

    def announced(self):
        """What the public sees: everything but what is still being prepared."""
        return self.filter(status__in=ANNOUNCED)

    def with_area(self):
        """Annotate ``area``: {code: name} of the regions whose people may register, or None."""
        return self.annotate(area=RawSQL(AREA, [], output_field=models.JSONField()))  # noqa: S611 - our words

    def for_registration(self, slug):
        """The announced event of this address with its ``area`` and the name of its unit, or None.

        For the moment in which hundreds register; anything else of it is asked for when it is read.
        """
        row = ask(OF_THE_ADDRESS, [slug, [str(status) for status in ANNOUNCED]])
        if row is None:
            return None
        *values, unit_name, area = row
        event = self.model.from_db(connection.alias, FOR_REGISTRATION, values)
        event.unit = Organization.from_db(
            connection.alias, ["id", "name"], [event.unit_id, unit_name]
        )
        event.area = json.loads(area) if area else None
        return event

    def upcoming(self, *, now):
        """Announced and not over yet; the next one first."""
        gone = [EventStatus.CANCELLED, EventStatus.POSTPONED]
        rows = self.announced().exclude(status__in=gone).filter(ends_at__gte=now)
        return rows.order_by("starts_at", "pk")

    def past(self, *, now):
        """Announced and over, or called off for good; the latest first."""
        rows = self.announced().exclude(status=EventStatus.POSTPONED)
        return rows.exclude(pk__in=self.upcoming(now=now).values("pk")).order_by(
            "-starts_at", "-pk"
        )

    def postponed(self):
        """Announced, put off, and without a new day yet."""
        return self.filter(status=EventStatus.POSTPONED).order_by("title")

    def open_for_registration(self, *, now):
        return self.filter(status=EventStatus.OPEN, opens_at__lte=now, closes_at__gt=now)

    def open_to_kind(self, kind):
        """Meant for this kind of people, or for all."""
        return self.filter(
            Q(audience_kinds=[])
            | Q(audience_kinds__contains=[kind])
            | Q(audience_kinds__contains=[AudienceKind.PUBLIC])
        )

    def open_to_region(self, code):
        """Open to the whole country, to this region, to its province, or to a part of it."""
        named = self.model.regions.through.objects.filter(event=OuterRef("pk"))
        inside = named.filter(Q(region__in=[code, code[:2]]) | Q(region__province=code))
        return self.filter(~Exists(named) | Exists(inside))

    def to_close(self, *, now):
        """Open ones whose registration time is over."""
        return self.filter(status=EventStatus.OPEN, closes_at__lte=now)

    def to_begin(self, *, now):
        """Announced ones whose first session has begun."""
        return self.filter(status__in=BEFORE_IT_BEGINS, starts_at__lte=now)

    def to_finish(self, *, now):
        """Running ones whose last session is over."""
        return self.filter(status=EventStatus.RUNNING, ends_at__lte=now)

    def to_release_quotas(self, *, today):
        """Events whose unused quotas are open to all from today on."""
        return self.filter(
            status__in=BEFORE_IT_BEGINS,
            quotas_released_on__lte=today,
            quotas__is_released=False,
        ).distinct()

    def with_room_for_waiting(self):
        """Events before their beginning with a free place and somebody waiting."""
        return self.filter(
            status__in=BEFORE_IT_BEGINS, taken__lt=F("capacity"), registrations__status="WAITING"
        ).distinct()

    def starting_within(self, *, now, hours):
        return self.filter(
            status__in=BEFORE_IT_BEGINS, starts_at__range=(now, now + timedelta(hours=hours))
        )

    def with_session_within(self, *, now, minutes):
        """Events with a session that begins so soon."""
        return self.filter(
            status__in=[*BEFORE_IT_BEGINS, EventStatus.RUNNING],
            sessions__starts_at__range=(now, now + timedelta(minutes=minutes)),
        ).distinct()

    def with_certificates_to_issue(self):
        """Whose certificates were ordered, and somebody who qualified has none yet."""
        return self.filter(
            status=EventStatus.CONCLUDED,
            certificates_ordered_at__isnull=False,
            registrations__status="QUALIFIED",
        ).distinct()
