"""What the facts make of an e-Smart enrolment: workshop passed, shop opened, sold, gone silent.

Whoever writes such a fact (a participation, a shop, a sales report) calls ``follow_facts`` in the
same transaction. Nobody sets these stages by hand.
"""

from django.db import transaction
from django.db.models import Max, Min

from programs import arrows
from programs.enums import MembershipRole, MembershipState
from programs.esmart_enums import ENDED, SILENT_MONTHS, EnrolmentStatus
from programs.models import Enrolment, Membership, Participation, SalesReport, Shop
from programs.months import month_after
from programs.transitions import finish
from programs.workflow.esmart_figures import refresh_soon

SILENCE = f"Tidak ada penjualan selama {SILENT_MONTHS} bulan."
HAVE_SOLD = [EnrolmentStatus.SELLING, EnrolmentStatus.INACTIVE, EnrolmentStatus.GRADUATED]


@transaction.atomic
def follow_facts(organization, *, today):
    """Move the running e-Smart enrolment of an IKM to where its facts say it stands.

    Several steps at once if need be (an imported IKM may have it all). Returns the enrolment, or
    None when the IKM is not enrolled. Three months without sales make it inactive (domain §10.10).
    """
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .exclude(status__in=ENDED)
        .filter(organization=organization)
        .first()
    )
    if enrolment is None:
        return None
    _read_facts(enrolment)
    while (step := _next_step(enrolment, today)) is not None:
        move, reason = step
        finish(move, enrolment, by=None, reason=reason)
    enrolment.save()
    refresh_soon()
    return enrolment


def workshops_passed(enrolment):
    """What counts as the workshop: taken for the IKM, or by one of its owners for nobody."""
    owners = Membership.objects.filter(
        organization=enrolment.organization_id,
        role=MembershipRole.OWNER,
        state=MembershipState.APPROVED,
    ).values("user")
    workshops = Participation.objects.valid().filter(program=enrolment.program_id)
    return workshops.filter(organization=enrolment.organization_id) | workshops.filter(
        organization=None, user__in=owners
    )


def _read_facts(enrolment):
    organization = enrolment.organization_id
    passed = workshops_passed(enrolment)
    facts = {"trained_on": passed.aggregate(first=Min("completed_on"))["first"]}
    facts["onboard_on"] = Shop.objects.filter(organization=organization).aggregate(
        first=Min("opened_on")
    )["first"]
    sales = SalesReport.objects.filter(shop__organization=organization, turnover__gt=0).aggregate(
        first=Min("month"), last=Max("month")
    )
    facts["first_sale"], facts["last_sale"] = sales["first"], sales["last"]
    for name, day in facts.items():
        # Who has sold stays one who has, also when a workshop or a sale is corrected away.
        if day is not None or enrolment.status not in HAVE_SOLD:
            setattr(enrolment, name, day)


def _next_step(enrolment, today):
    """The move that the facts call for now, with its reason; None when it stands right."""
    silent_since = month_after(today, -SILENT_MONTHS)
    sells = enrolment.last_sale is not None and enrolment.last_sale >= silent_since
    first_time = enrolment.status == EnrolmentStatus.ONBOARD and enrolment.last_sale is not None
    possible = [
        (arrows.RETRACT, enrolment.trained_on is None, "Keikutsertaan lokakarya dibatalkan."),
        (arrows.PASS, enrolment.trained_on is not None, ""),
        (arrows.ONBOARD, enrolment.onboard_on is not None, ""),
        # Sales of long ago count as sales, and then as silence.
        (arrows.SELL, sells or first_time, ""),
        (arrows.FALL_SILENT, not sells, SILENCE),
    ]
    for move, is_due, reason in possible:
        if is_due and enrolment.status in move.sources:
            return move, reason
    return None


def follow_participations(*, program, user_ids, organization_ids, today):
    """Follow the facts of every IKM in ``program`` that these people or organizations stand for."""
    owned = Membership.objects.filter(
        user__in=user_ids, role=MembershipRole.OWNER, state=MembershipState.APPROVED
    ).values("organization")
    concerned = Enrolment.objects.running().filter(program=program)
    concerned = concerned.filter(organization__in=organization_ids) | concerned.filter(
        organization__in=owned
    )
    # Always in the same order, so that two who follow at once never wait for each other.
    for enrolment in concerned.select_related("organization").order_by("pk"):
        follow_facts(enrolment.organization, today=today)
