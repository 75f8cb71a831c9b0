"""Which kabupaten and kota have sent somebody, and inviting those that have not."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse

from programs.enums import MembershipState, NotificationKind, OrganizationKind
from programs.models import Membership, Organization, Region
from programs.notifications import notify_many
from programs.transitions import TransitionNotAllowed
from training.enums import BEFORE_IT_BEGINS, HOLDING_A_PLACE
from training.models import Registration
from training.news import when_in_words


@dataclass(frozen=True)
class Covered:
    """One kabupaten or kota of an event's area, and how many it has sent."""

    region: Region
    people: int


def area_of(events):
    """The kabupaten and kota that the events are meant for; all where none is named."""
    codes = set()
    for event in events:
        named = {region.code for region in event.regions.all()}
        if not named:
            return Region.objects.exclude(province=None)
        codes |= named
    return Region.objects.exclude(province=None).filter(Q(code__in=codes) | Q(province__in=codes))


def coverage(events):
    """Each kabupaten and kota of the area with the number of its people who hold a place."""
    counted = dict(
        Registration.objects.filter(event__in=events, status__in=HOLDING_A_PLACE)
        .exclude(region=None)
        .values_list("region")
        .annotate(people=Count("user", distinct=True))
        .order_by()
    )
    regions = area_of(events).select_related("province").order_by("province__name", "name")
    return [Covered(region, counted.get(region.code, 0)) for region in regions]


@transaction.atomic
def invite_missing(event, *, by):
    """Invite the Dinas of every kabupaten and kota that has sent nobody; each once for an event.

    Returns (people who know of it now, regions without any Dinas account). Refused once the event
    has begun.
    """
    if event.status not in BEFORE_IT_BEGINS:
        raise TransitionNotAllowed("Undangan hanya dapat dikirim sebelum kegiatan dimulai.")
    missing = [row.region for row in coverage([event]) if row.people == 0]
    members = list(
        Membership.objects.filter(
            state=MembershipState.APPROVED,
            organization__kind=OrganizationKind.AGENCY,
            organization__region__in=missing,
            user__is_active=True,
        ).select_related("user", "organization")
    )
    notify_many(
        [
            (
                member.user,
                f"training.invitation.{event.pk}.{member.user_id}",
                f"Undangan: {event.title}"[:150],
                f"{member.organization} belum mengirim peserta ke {event.title}, "
                f"{when_in_words(event)}. Daftarkan pegawai Anda sebelum pendaftaran ditutup; "
                "kegiatan ini gratis.",
                reverse("training:event_detail", args=[event.slug]),
            )
            for member in members
        ],
        kind=NotificationKind.NEWS,
        contact=event.contact,
    )
    event.history.create(
        action="invite",
        from_status=event.status,
        to_status=event.status,
        actor=by,
        reason=f"{len(members)} orang dari dinas yang belum mengirim peserta",
    )
    reached = {member.organization.region_id for member in members}
    return len(members), [region for region in missing if region.code not in reached]


def agencies_without_people(event):
    """Dinas of the area that could be invited: to show before the button is pressed."""
    missing = [row.region for row in coverage([event]) if row.people == 0]
    return Organization.objects.of_kind(OrganizationKind.AGENCY).filter(region__in=missing)
